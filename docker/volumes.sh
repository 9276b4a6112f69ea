#!/bin/sh
# Saves everything that the system of compose.yaml has stored into a folder, or brings it back:
#   docker/volumes.sh save FOLDER
#   docker/volumes.sh restore FOLDER
# The system must be stopped: only then do the volumes fit each other. Passwords and tokens are among what is saved.
set -eu

cd "$(dirname "$0")/.."
project=${COMPOSE_PROJECT_NAME:-jackalope}
# Any image with tar would do; this one is there.
image=$(sed -n 's/^ *image: \(redis:.*\)$/\1/p' compose.yaml | head -n 1)
# All but converter-work, which holds nothing that outlives a conversion.
volumes='rabbitmq-data redis-data mysql-data mongodb-data
rabbitmq-secret redis-secret mysql-secret mongodb-secret jwt-secret service-secret'

fail() {
  echo "$0: $*" >&2
  exit 1
}

# $1: volume, $2: how to mount it, $3: what to run, with the volume at /volume and the folder at /folder.
with_volume() {
  docker run --rm --network none --entrypoint sh \
    --volume "${project}_$1:/volume:$2" --volume "$folder:/folder" "$image" -euc "$3"
}

[ $# -eq 2 ] || fail "expected: save FOLDER, or restore FOLDER"
action=$1
case $2 in /*) folder=$2 ;; *) folder=$OLDPWD/$2 ;; esac
[ -z "$(docker compose ps --quiet)" ] || fail "the system is running; stop it first: docker compose stop"

case $action in
  save)
    mkdir -p -m 700 "$folder"
    for volume in $volumes; do
      file=/folder/$volume.tar.gz
      with_volume "$volume" ro "umask 077; tar --numeric-owner -C /volume -czf $file.new .; mv $file.new $file"
      echo "saved: $volume"
    done
    ;;
  restore)
    for volume in $volumes; do
      [ -f "$folder/$volume.tar.gz" ] || fail "$folder/$volume.tar.gz is missing; nothing was changed"
    done
    # Makes the volumes where there are none.
    docker compose create
    for volume in $volumes; do
      with_volume "$volume" rw "find /volume -mindepth 1 -delete; tar --numeric-owner -C /volume -xzf /folder/$volume.tar.gz"
      echo "restored: $volume"
    done
    ;;
  *) fail "expected save or restore, not \"$action\"" ;;
esac
