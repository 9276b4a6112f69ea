#!/bin/bash
# Does for MariaDB what the entry point of the image mysql does with MYSQL_ROOT_PASSWORD, MYSQL_ROOT_HOST,
# MYSQL_DATABASE, MYSQL_USER and MYSQL_PASSWORD, each also as NAME_FILE.
set -euo pipefail

data=/var/lib/mysql
socket=/var/run/mysqld/mysqld.sock

# $1: name of a variable. Sets it from the file that NAME_FILE names.
from_file() {
  local file_variable=$1_FILE
  local file=${!file_variable:-}
  [ -z "$file" ] || export "$1=$(<"$file")"
  unset "$file_variable"
}

initialize() {
  mariadb-install-db --datadir="$data" --skip-test-db --auth-root-authentication-method=normal >&2
  mysqld --datadir="$data" --socket="$socket" --skip-networking &
  local server=$!
  until mysqladmin --socket="$socket" --silent ping; do
    kill -0 "$server" || { echo "the server ended during its set-up" >&2; exit 1; }
    sleep 0.2
  done
  local host=${MYSQL_ROOT_HOST:-%}
  {
    echo "ALTER USER root@localhost IDENTIFIED BY '$MYSQL_ROOT_PASSWORD';"
    [ "$host" = localhost ] ||
      echo "CREATE USER root@'$host' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD'; GRANT ALL ON *.* TO root@'$host' WITH GRANT OPTION;"
    [ -z "${MYSQL_DATABASE:-}" ] || echo "CREATE DATABASE \`$MYSQL_DATABASE\`;"
    [ -z "${MYSQL_USER:-}" ] || {
      echo "CREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY '$MYSQL_PASSWORD';"
      [ -z "${MYSQL_DATABASE:-}" ] || echo "GRANT ALL ON \`$MYSQL_DATABASE\`.* TO '$MYSQL_USER'@'%';"
    }
  } | mysql --socket="$socket" --user=root
  kill "$server"
  wait "$server"
}

if [ "$1" = mysqld ]; then
  for name in MYSQL_ROOT_PASSWORD MYSQL_ROOT_HOST MYSQL_DATABASE MYSQL_USER MYSQL_PASSWORD; do from_file "$name"; done
  # As in the real image: a folder with the system database is initialized.
  if [ ! -d "$data/mysql" ]; then
    [ -n "${MYSQL_ROOT_PASSWORD:-}" ] || { echo "MYSQL_ROOT_PASSWORD is not set" >&2; exit 1; }
    initialize
  fi
  set -- "$@" --datadir="$data" --socket="$socket" --bind-address='*'
fi
exec "$@"
