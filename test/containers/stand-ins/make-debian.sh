#!/bin/sh
# Makes an image of a minimal Debian 13, similar to debian:trixie-slim:
#   make-debian.sh IMAGE [CERTIFICATES]
# CERTIFICATES: a file of certificate authorities that package managers inside must trust.
set -eu

image=$1
certificates=${2:-}
folder=$(mktemp -d)

clean_up() {
  code=$?
  trap - EXIT
  # Remains of an interrupted debootstrap.
  umount "$folder/proc" "$folder/sys" 2>/dev/null || true
  rm -rf --one-file-system "$folder"
  exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

debootstrap --variant=minbase trixie "$folder"

cd "$folder"
rm -rf etc/resolv.conf var/cache/apt/archives/*.deb var/cache/apt/*.bin var/lib/apt/lists/* var/log/* tmp/* \
  usr/share/doc/* usr/share/man/* usr/share/locale/* usr/share/info/*
for excluded in doc man locale info; do echo "path-exclude /usr/share/$excluded/*"; done >etc/dpkg/dpkg.cfg.d/slim
echo 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true"; };' >etc/apt/apt.conf.d/slim
mkdir -p etc/ssl
: >etc/ssl/build-machine.crt
[ -z "$certificates" ] || cp "$certificates" etc/ssl/build-machine.crt

tar --create . | docker import - "$image"
