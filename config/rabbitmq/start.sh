#!/usr/bin/env bash
# Starts RabbitMQ in its container. Runs as root at first: the mounted files belong to somebody of the host, and RabbitMQ, which
# is not root, has to read its key.
set -euo pipefail
for file in ca.crt server.crt server.key definitions.json; do
  install -o rabbitmq -g rabbitmq -m 0400 "/run/secrets/$file" "/run/tls/$file"
done
exec docker-entrypoint.sh rabbitmq-server
