#!/bin/bash
# SecantusDB under the name, and with those options, of mongod.
set -euo pipefail

# An acknowledged write is on the disk, as with the journal of mongod and `j: true`.
options=(--standalone --sync-on-commit --port 27017 --storage-path /data/db/secantusdb)
host=0.0.0.0
cache=512M
while [ $# -gt 0 ]; do
  case $1 in
    --auth) options+=(--auth) ;;
    --bind_ip) host=$2 && shift ;;
    --bind_ip_all) host=0.0.0.0 ;;
    # In GiB, with a fraction.
    --wiredTigerCacheSizeGB) cache=$(awk -v gib="$2" 'BEGIN { printf "%dM", gib * 1024 }') && shift ;;
    *) echo "mongod: this stand-in does not know the option $1" >&2 && exit 2 ;;
  esac
  shift
done
exec /opt/secantusdb/bin/python /opt/secantusdb/bin/secantusd-py "${options[@]}" --host "$host" --cache-size "$cache"
