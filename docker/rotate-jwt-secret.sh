#!/bin/sh
# Replaces the secret that signs access tokens in the system of compose.yaml, without logging anybody out:
#   docker/rotate-jwt-secret.sh
# Auth and the gateway always accept a second secret. It is made anew, it signs, and the old one is made worthless when the
# tokens that it signed have expired. They restart three times, for seconds each.
set -eu
cd "$(dirname "$0")/.."

# Longest life of an access token, and the clock skew that verifiers allow, in seconds.
life=${ACCESS_TOKEN_TTL_SECONDS:-600}
wait=$((life + 60))

# $1: what is done, the rest: arguments of docker/generate-secrets.sh
step() {
  echo "$1"
  shift
  docker compose run --rm --no-deps secrets "$@"
  docker compose up --detach --wait --no-deps --force-recreate auth gateway
}

step "1/3: a new secret is accepted" renew jwt-accepted
step "2/3: it signs, and the old one is accepted" swap-jwt
echo "waiting $wait s for the last tokens of the old secret"
sleep "$wait"
step "3/3: the old secret is accepted no longer" renew jwt-accepted
