#!/bin/sh
# Replaces the secret that signs access tokens in kubectl's current cluster, without logging anybody out:
#   k8s/rotate-jwt-secret.sh
# Auth and the gateway always accept a second secret. It is made anew, it signs, and the old one is made worthless when the
# tokens that it signed have expired. Both roll out three times. It changes the Secret `tokens`; where a secret store's
# operator writes that Secret, take the same steps in the store.
# If it was interrupted, run it again: users whose token is from before must then refresh it.
set -eu

namespace=${NAMESPACE:-jackalope}
# Longest life of an access token, and the clock skew that verifiers allow, in seconds.
life=${ACCESS_TOKEN_TTL_SECONDS:-600}
wait=$((life + 60))

on_cluster() { kubectl --namespace "$namespace" "$@"; }

# 32 bytes in hexadecimal
random() {
  value=$(od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n')
  [ ${#value} = 64 ] || { echo "no random bytes from /dev/urandom" >&2; exit 1; }
  printf %s "$value"
}

# $1: what is done, $2: the secret that signs, $3: the second one that is accepted. By stdin: arguments can be read by
# every user of this machine.
step() {
  echo "$1"
  printf '{"stringData": {"jwt-secret": "%s", "jwt-accepted-secret": "%s"}}' "$2" "$3" |
    on_cluster patch secret tokens --type=merge --patch-file=/dev/stdin
  on_cluster rollout restart deployment/auth deployment/gateway
  for deployment in auth gateway; do
    on_cluster rollout status "deployment/$deployment" --timeout=10m
  done
}

old=$(on_cluster get secret tokens --output='jsonpath={.data.jwt-secret}' | base64 -d)
[ -n "$old" ] || { echo "the Secret tokens in $namespace has no jwt-secret" >&2; exit 1; }
new=$(random)
next=$(random)

step "1/3: a new secret is accepted" "$old" "$new"
step "2/3: it signs, and the old one is accepted" "$new" "$old"
echo "waiting $wait s for the last tokens of the old secret"
sleep "$wait"
step "3/3: the old secret is accepted no longer" "$new" "$next"
