#!/bin/sh
# Generates the local overlay's passwords and tokens, once: files in secrets/, which Git ignores. Existing files are
# kept, because databases keep the passwords that they were created with.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets

# 24 random bytes in hexadecimal: passwords become parts of addresses, which then need no escaping.
random() { od -An -v -tx1 -N24 /dev/urandom | tr -d ' \n'; }

# make NAME KEY...: secrets/NAME.env with a random value for each key
make() {
  file=secrets/$1.env
  shift
  if [ -s "$file" ]; then
    echo "kept $file"
    return
  fi
  for key; do
    value=$(random)
    # The shell does not notice when od fails inside a pipe.
    [ ${#value} = 48 ] || { echo "no random bytes from /dev/urandom" >&2; exit 1; }
    echo "$key=$value"
  done >"$file.new"
  mv "$file.new" "$file"
  echo "made $file"
}

make tokens jwt-secret service-token
make links link-secret
make rabbitmq password erlang-cookie
make mysql password root-password
make mongodb password
make redis password
