#!/bin/sh
# Installs Debian packages as root. It starts and enables no service:
#   install-debian-packages.sh PACKAGE...
# Exit code 0 when all are installed. All output goes to stdout and stderr.
set -eu

policy=/usr/sbin/policy-rc.d
policy_aside=$policy.jackalope-aside
links_before=

main() {
  exec 9>/run/jackalope-install.lock
  # Another clone may be installing: each would remove the other's policy.
  if command -v flock >/dev/null; then flock 9; fi
  links_before=$(mktemp)
  trap finish EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  list_enabling_links >"$links_before"

  export DEBIAN_FRONTEND=noninteractive
  # A download fails when the package lists are missing or old.
  run_apt --download-only "$@" || { apt-get update && run_apt --download-only "$@"; }
  forbid_starting
  run_apt "$@"
}

run_apt() {
  apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@"
}

# 101 means "not allowed" to invoke-rc.d and deb-systemd-invoke.
forbid_starting() {
  if [ -e "$policy" ] && ! grep -q jackalope "$policy"; then mv "$policy" "$policy_aside"; fi
  printf '#!/bin/sh\n# Written by jackalope while it installs packages; may be removed.\nexit 101\n' >"$policy"
  chmod 755 "$policy"
}

finish() {
  code=$?
  trap - EXIT
  if [ -e "$policy" ] && grep -q jackalope "$policy"; then rm "$policy"; fi
  if [ -e "$policy_aside" ]; then mv "$policy_aside" "$policy"; fi
  disable_new_services
  rm -f "$links_before"
  exit "$code"
}

# The policy does not keep packages from enabling their services for the next boot.
disable_new_services() {
  list_enabling_links | while IFS= read -r link; do
    if grep -qxF "$link" "$links_before"; then continue; fi
    case $link in
      /etc/rc?.d/S*) update-rc.d "$(basename "$link" | cut -c4-)" disable >/dev/null 2>&1 || true ;;
      *) rm -f "$link" ;;
    esac
  done
}

list_enabling_links() {
  find /etc/systemd/system -type l ! -lname /dev/null 2>/dev/null || true
  find /etc/rc2.d /etc/rc3.d /etc/rc4.d /etc/rc5.d -name 'S*' -type l 2>/dev/null || true
}

main "$@"
