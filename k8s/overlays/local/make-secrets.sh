#!/bin/sh
# Generates the local overlay's passwords and tokens, once: files in secrets/, which Git ignores. Existing values are
# kept, because databases keep the passwords that they were created with.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets

# 24 random bytes in hexadecimal: passwords become parts of addresses, which then need no escaping.
random() { od -An -v -tx1 -N24 /dev/urandom | tr -d ' \n'; }

# make NAME KEY...: secrets/NAME.env with a random value for each key that it does not have
make() {
  file=secrets/$1.env
  shift
  made=
  rm -f "$file.new"
  [ ! -e "$file" ] || cp "$file" "$file.new"
  for key; do
    [ ! -e "$file.new" ] || ! grep -q "^$key=" "$file.new" || continue
    value=$(random)
    # The shell does not notice when od fails inside a pipe.
    [ ${#value} = 48 ] || { echo "no random bytes from /dev/urandom" >&2; exit 1; }
    echo "$key=$value" >>"$file.new"
    made="$made $key"
  done
  mv "$file.new" "$file"
  if [ -n "$made" ]; then echo "$file: made$made"; else echo "$file: kept"; fi
}

make tokens jwt-secret jwt-accepted-secret service-token
make links link-secret link-accepted-secret
make rabbitmq password auth gateway converter notifier monitoring erlang-cookie
make mysql password root-password
make mongodb password gateway converter
make redis password auth gateway converter notifier monitoring
