#!/bin/sh
# The service `secrets` of compose.yaml runs this before all others. It fills the volumes below /run/secrets with random
# passwords, and keeps those that exist. It writes a password in each form that its readers need: the server's
# configuration, and the address with user and password that services read as NAME_FILE.
set -eu
# Only containers that need a volume's secrets mount it, each with a user id of its own.
umask 022

secrets=${SECRETS_DIR:-/run/secrets}

# 32 bytes in hexadecimal: addresses and configuration files need no escaping.
random() {
  value=$(head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n')
  [ ${#value} -eq 64 ] || { echo "no random number could be made" >&2; exit 1; }
  printf %s "$value"
}

# Whether the secret of $1 must be made. The file `complete` is written last: an interrupted run starts again.
is_missing() { [ ! -e "$secrets/$1/complete" ]; }

done_with() {
  : >"$secrets/$1/complete"
  echo "generated: $1"
}

# $1: folder and file. There is no line break at the end: some readers would take it as part of the secret.
write() { printf %s "$2" >"$secrets/$1"; }

if is_missing rabbitmq; then
  password=$(random)
  write rabbitmq/user.conf "default_user = jackalope
default_pass = $password
"
  write rabbitmq/password "$password"
  write rabbitmq/url "amqp://jackalope:$password@rabbitmq:5672"
  done_with rabbitmq
fi

if is_missing redis; then
  password=$(random)
  write redis/password.conf "requirepass $password
"
  write redis/password "$password"
  write redis/url "redis://:$password@redis:6379"
  done_with redis
fi

if is_missing mysql; then
  password=$(random)
  root_password=$(random)
  write mysql/password "$password"
  write mysql/root-password "$root_password"
  write mysql/url "mysql://jackalope:$password@mysql:3306/jackalope"
  done_with mysql
fi

if is_missing mongodb; then
  password=$(random)
  write mongodb/password "$password"
  write mongodb/url "mongodb://jackalope:$password@mongodb:27017/?authSource=admin"
  done_with mongodb
fi

if is_missing jwt; then
  secret=$(random)
  write jwt/secret "$secret"
  done_with jwt
fi

if is_missing service; then
  token=$(random)
  write service/token "$token"
  done_with service
fi

if is_missing link; then
  secret=$(random)
  write link/secret "$secret"
  done_with link
fi
