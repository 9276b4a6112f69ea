#!/bin/sh
# Copies programs, and the libraries that they load at their start, into another folder tree:
#   copy-program.sh FOLDER PROGRAM...
# Debian's ffmpeg depends on much more: drivers for screens and sound cards, which are loaded when they are used.
# The copied packages are listed in /var/lib/dpkg/status.d, where vulnerability scanners look.
set -eu

target=$1
shift

programs=$(for program in "$@"; do command -v "$program"; done)
libraries=$(ldd $programs | awk '$2 == "=>" { print $3 }' | sort -u)
case $libraries in *not*) echo "a library is missing: $(ldd $programs)" >&2; exit 1 ;; esac

for file in $programs $libraries; do
  # Under the name that the loader asks for, often a link; /lib itself is a link to /usr/lib.
  folder=$(realpath "$(dirname "$file")")
  mkdir -p "$target$folder"
  cp "$file" "$target$folder/"
done

mkdir -p "$target/var/lib/dpkg/status.d"
for package in $(dpkg-query --search $(realpath $programs $libraries) | sed 's/: .*//' | sort -u); do
  dpkg --status "$package" >"$target/var/lib/dpkg/status.d/${package%%:*}"
done
