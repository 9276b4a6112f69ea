#!/bin/sh
# The service `secrets` of compose.yaml runs this before all others:
#   generate-secrets.sh                  makes what is missing
#   generate-secrets.sh renew NAME...    makes new values, for the next start of those who use them
#   generate-secrets.sh swap-jwt         signs with the second secret of tokens, which was accepted before
#   generate-secrets.sh rotate-link      signs links with a new key; those of the one before are accepted
# Values lie in the volume source-secret, one file each. From them it writes, at every run, what each container mounts:
# a server the passwords of all its users, a service the addresses with its own password, and its tokens.
set -eu
# Only the container that needs a volume's secrets mounts it, each with a user id of its own.
umask 022

secrets=${SECRETS_DIR:-/run/secrets}
# What each user may do: the files of Kubernetes, too.
rights=${RIGHTS_DIR:-/run/rights}
source=$secrets/source

# 32 bytes in hexadecimal: addresses and configuration files need no escaping.
random() {
  value=$(head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n')
  [ ${#value} -eq 64 ] || { echo "no random number could be made" >&2; exit 1; }
  printf %s "$value"
}

# $1: name of a value. Made once; the file appears when it is complete.
make() {
  [ -s "$source/$1" ] && return
  random >"$source/$1.new"
  mv "$source/$1.new" "$source/$1"
  echo "generated: $1"
}

# $1: name of a value, which was made.
value() { cat "$source/$1"; }

# $1: folder and file. There is no line break at the end: some readers would take it as part of the secret.
write() {
  printf %s "$2" >"$secrets/$1.new"
  mv "$secrets/$1.new" "$secrets/$1"
}

# $1: a file in which @NAME@ stands for the password of a server's user, $2: the server. Prints it with the passwords.
fill() {
  script='/^#/d'
  for file in "$source/$2"-*; do script="$script;s/@${file#"$source/$2-"}@/$(cat "$file")/g"; done
  sed "$script" "$rights/$1"
}

case ${1:-} in
  '') ;;
  renew)
    shift
    for name; do
      [ -e "$source/$name" ] || { echo "there is no value $name; there are: $(ls "$source" | tr '\n' ' ')" >&2; exit 1; }
    done
    for name; do rm "$source/$name"; done
    ;;
  swap-jwt)
    cp "$source/jwt" "$source/jwt.old"
    mv "$source/jwt-accepted" "$source/jwt"
    mv "$source/jwt.old" "$source/jwt-accepted"
    ;;
  rotate-link) mv "$source/link" "$source/link-accepted" ;;
  *) echo "expected nothing, renew, swap-jwt or rotate-link, not \"$1\"" >&2; exit 1 ;;
esac

# A swap that was cut off before its last step: tokens of the secret before must stay good.
if [ ! -s "$source/jwt-accepted" ] && [ -s "$source/jwt.old" ]; then mv "$source/jwt.old" "$source/jwt-accepted"; fi

for user in password auth gateway converter notifier monitoring; do make "rabbitmq-$user"; done
for user in password auth gateway converter notifier monitoring; do make "redis-$user"; done
for user in password gateway converter; do make "mongodb-$user"; done
# Tokens signed with jwt-accepted are accepted: it is the next secret, or the one before.
for name in mysql-auth mysql-root jwt jwt-accepted link link-accepted service-token; do make "$name"; done

write rabbitmq/definitions.json "$(fill rabbitmq.json rabbitmq)
"
write rabbitmq/password "$(value rabbitmq-password)"
write redis/users.acl "$(fill redis.acl redis)
"
write redis/password "$(value redis-password)"
write mysql/password "$(value mysql-auth)"
write mysql/root-password "$(value mysql-root)"
for user in password gateway converter; do write "mongodb/$user" "$(value "mongodb-$user")"; done

# $1: folder, $2: user at the servers. The addresses of RabbitMQ and Redis.
write_addresses() {
  name=$2
  [ "$2" = jackalope ] && name=password
  write "$1/amqp-url" "amqp://$2:$(value "rabbitmq-$name")@rabbitmq:5672"
  write "$1/redis-url" "redis://$2:$(value "redis-$name")@redis:6379"
}

# $1: folder, $2: user, $3: name of its password
write_mongodb() { write "$1/mongodb-url" "mongodb://$2:$(value "mongodb-$3")@mongodb:27017/?authSource=admin"; }

for service in auth gateway converter notifier; do write_addresses $service $service; done
for service in gateway converter; do write_mongodb $service $service $service; done
write auth/mysql-url "mysql://jackalope:$(value mysql-auth)@mysql:3306/jackalope"
for service in auth gateway; do
  write $service/jwt-secret "$(value jwt)"
  write $service/jwt-accepted-secret "$(value jwt-accepted)"
done
for service in auth gateway notifier; do write $service/service-token "$(value service-token)"; done
for service in gateway notifier; do write $service/link-secret "$(value link)"; done
write gateway/link-accepted-secret "$(value link-accepted)"

# For people: the administrators' addresses.
write_addresses operator jackalope
write_mongodb operator jackalope password
