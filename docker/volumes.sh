#!/bin/sh
# Saves all data of the system of compose.yaml into a folder, or restores them:
#   docker/volumes.sh save FOLDER
#   docker/volumes.sh restore FOLDER
# The system must be stopped, so that the volumes are consistent. The saved data include passwords and tokens.
set -eu

# converter-work holds temporary files only, and all other secrets are written anew from source-secret.
volumes='rabbitmq-data redis-data mysql-data mongodb-data source-secret'

fail() {
  echo "$0: $*" >&2
  exit 1
}

# $1: how to mount the volumes, $2: the command to run for each volume. In the command $volume is its name,
# /volumes/$volume its content, and /folder the folder.
with_volumes() {
  set -- "$1" "for volume in $(echo $volumes); do $2; done"
  for volume in $volumes; do set -- "$@" --volume "${project}_$volume:/volumes/$volume:$1"; done
  script=$2
  shift 2
  docker run --rm --network none --entrypoint sh --volume "$folder:/folder" "$@" "$image" -euc "umask 077; $script"
}

[ $# -eq 2 ] || fail "expected: save FOLDER, or restore FOLDER"
action=$1
case $2 in /*) folder=$2 ;; *) folder=$PWD/$2 ;; esac
cd "$(dirname "$0")/.."
project=${COMPOSE_PROJECT_NAME:-jackalope}
# Any image with tar works; this one is present.
image=$(sed -n 's/^ *image: \(redis:.*\)$/\1/p' compose.yaml | head -n 1)
[ -z "$(docker compose ps --quiet)" ] || fail "the system is running; stop it first: docker compose stop"

case $action in
  save)
    mkdir -p -m 700 "$folder"
    with_volumes ro 'file=/folder/$volume.tar.gz
      tar --numeric-owner -C "/volumes/$volume" -czf "$file.new" .
      mv "$file.new" "$file"
      echo "saved: $volume"'
    ;;
  restore)
    for volume in $volumes; do
      [ -f "$folder/$volume.tar.gz" ] || fail "$folder/$volume.tar.gz is missing; nothing was changed"
    done
    # Creates missing volumes.
    docker compose create
    with_volumes rw 'find "/volumes/$volume" -mindepth 1 -delete
      tar --numeric-owner -C "/volumes/$volume" -xzf "/folder/$volume.tar.gz"
      echo "restored: $volume"'
    ;;
  *) fail "expected save or restore, not \"$action\"" ;;
esac
