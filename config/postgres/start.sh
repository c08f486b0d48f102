#!/usr/bin/env bash
# Starts PostgreSQL in its container as "primary" or "standby". Runs as root at first: PostgreSQL wants to own its key, and the
# files that are mounted here belong to somebody of the host.
set -euo pipefail
role=$1

own() { install -o postgres -g postgres -m "$1" "$2" "/run/tls/${3:-$(basename "$2")}"; }
own 0644 /run/secrets/ca.crt
own 0644 /run/secrets/server.crt
own 0600 /run/secrets/server.key

if [ "$role" = standby ]; then
  own 0600 <(printf 'primary:5432:replication:replicator:%s\n' "$(</run/secrets/replication_password)") pgpass
  # A copy that was interrupted never becomes the data directory.
  if [ ! -s "$PGDATA/PG_VERSION" ]; then
    rm -rf "$PGDATA.arriving"
    install -d -o postgres -g postgres "$(dirname "$PGDATA")"
    gosu postgres pg_basebackup --pgdata "$PGDATA.arriving" --slot standby --wal-method stream --checkpoint fast \
      --dbname 'host=primary user=replicator passfile=/run/tls/pgpass sslmode=verify-full sslrootcert=/run/tls/ca.crt'
    gosu postgres touch "$PGDATA.arriving/standby.signal"
    rm -rf "$PGDATA"
    mv "$PGDATA.arriving" "$PGDATA"
  fi
fi

exec docker-entrypoint.sh postgres -c "config_file=/etc/postgresql/$role.conf"
