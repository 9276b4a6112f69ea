#!/bin/bash
# Does for SecantusDB what the entry point of the image mongo does with MONGO_INITDB_ROOT_USERNAME and
# MONGO_INITDB_ROOT_PASSWORD, each also as NAME_FILE. With both set, clients must log in.
set -euo pipefail

# $1: name of a variable. Sets it from the file that NAME_FILE names.
from_file() {
  local file_variable=$1_FILE
  local file=${!file_variable:-}
  [ -z "$file" ] || export "$1=$(<"$file")"
  unset "$file_variable"
}

initialize() {
  mongod --bind_ip 127.0.0.1 &
  local server=$!
  /opt/secantusdb/bin/python - <<'PYTHON'
import os
import pymongo
client = pymongo.MongoClient("127.0.0.1", serverSelectionTimeoutMS=60000)
client.admin.command(
    "createUser",
    os.environ["MONGO_INITDB_ROOT_USERNAME"],
    pwd=os.environ["MONGO_INITDB_ROOT_PASSWORD"],
    roles=[{"role": "root", "db": "admin"}],
)
PYTHON
  for file in /docker-entrypoint-initdb.d/*.js; do
    [ ! -e "$file" ] || mongosh --quiet "$file"
  done
  kill "$server"
  wait "$server" || true
  touch /data/db/initialized
}

if [ "$1" = mongod ]; then
  from_file MONGO_INITDB_ROOT_USERNAME
  from_file MONGO_INITDB_ROOT_PASSWORD
  if [ -n "${MONGO_INITDB_ROOT_USERNAME:-}" ]; then
    [ -e /data/db/initialized ] || initialize
    set -- "$@" --auth
  fi
fi
exec "$@"
