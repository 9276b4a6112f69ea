#!/bin/sh
# Runs worker-kit's command line in kubectl's current cluster, with the administrators' rights at RabbitMQ and Redis:
#   k8s/worker-kit.sh queues
#   k8s/worker-kit.sh dead conversion.mail
# It runs in a pod of the gateway, whose own user may not list keys, nor read the dead letters' jobs of others.
set -eu

namespace=${NAMESPACE:-jackalope}

on_cluster() { kubectl --namespace "$namespace" "$@"; }

rabbitmq=$(on_cluster exec rabbitmq-0 --container=rabbitmq -- \
  sed -n 's/.*"name": "jackalope", "password": "\([^"]*\)".*/\1/p' /run/users/definitions.json)
redis=$(on_cluster exec redis-0 --container=redis -- printenv REDISCLI_AUTH)

# By stdin: arguments can be read by every user of a machine.
printf '%s\n%s\n' "amqp://jackalope:$rabbitmq@rabbitmq:5672" "redis://jackalope:$redis@redis:6379" |
  on_cluster exec --stdin deployment/gateway -- sh -euc '
    read -r AMQP_URL
    read -r REDIS_URL
    export AMQP_URL REDIS_URL
    exec node packages/worker-kit/src/command-line/main.ts "$@"' worker-kit "$@"
