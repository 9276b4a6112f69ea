#!/bin/bash
# Runs SecantusDB under the name of mongod, with some of its options.
set -euo pipefail

# An acknowledged write is on disk, as with mongod's journal and `j: true`.
options=(--standalone --sync-on-commit --port 27017 --storage-path /data/db/secantusdb)
host=0.0.0.0
cache=512M
while [ $# -gt 0 ]; do
  case $1 in
    --auth) options+=(--auth) ;;
    --bind_ip) host=$2 && shift ;;
    --bind_ip_all) host=0.0.0.0 ;;
    # A decimal number of GiB.
    --wiredTigerCacheSizeGB) cache=$(awk -v gib="$2" 'BEGIN { printf "%dM", gib * 1024 }') && shift ;;
    *) echo "mongod: this stand-in does not know the option $1" >&2 && exit 2 ;;
  esac
  shift
done
exec /opt/secantusdb/bin/python /opt/secantusdb/bin/secantusd-py "${options[@]}" --host "$host" --cache-size "$cache"
