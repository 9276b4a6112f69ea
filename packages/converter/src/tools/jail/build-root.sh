# Gives this mount namespace a file system of its own, says "ready", and keeps it until standard input ends.
#
# Arguments: an empty folder to build in, the folder that tools may work in, paths to be shown, read-only.
set -e
PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1
work=$2
shift 2

mount -t tmpfs -o size=1m,mode=755,nosuid,nodev tools "$root"
mkdir "$root/dev" "$root/old" "$root/proc"
for device in null zero urandom; do
  : > "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
for path in "$@"; do
  [ -e "$path" ] || continue
  mkdir -p "$root$(dirname "$path")"
  if [ -L "$path" ]; then
    ln -s "$(readlink "$path")" "$root$path"
  elif [ -d "$path" ]; then
    mkdir -p "$root$path"
    mount --rbind -o ro,nosuid "$path" "$root$path"
  else
    : > "$root$path"
    mount --bind -o ro,nosuid "$path" "$root$path"
  fi
done
mkdir -p "$root$work"
mount --bind "$work" "$root$work"
# umount looks there.
mount --rbind /proc "$root/proc"
cd "$root"
pivot_root . old
umount -l /old
mount -o remount,bind,ro,nosuid,nodev /
umount -l /proc
echo ready
exec cat > /dev/null
