#!/usr/bin/env bash
# Measures imports with the release build on this machine and writes their part of docs/performance.md.
# Settings: BENCH_WORKS (the largest generated corpus, 1000000 by default).
set -euo pipefail
source "$(dirname "$0")/common.sh"

[[ -x "$bzpeer" ]] || fail "there is no release build; run 'make build' first."
folder="$(mktemp -d)"
chmod 755 "$folder"
postgres_pid=
finish() {
  if [[ -n "$postgres_pid" ]]; then
    kill -INT "$postgres_pid" 2>/dev/null || true
    wait "$postgres_pid" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap finish EXIT

# A server of our own for the run, on a socket in the folder, as an unprivileged user.
start_postgres() {
  local bin
  bin="$(find_postgres)" || return 1
  # A folder of links may hold some of the programs only.
  bin="$(dirname "$(readlink -f "$bin/initdb")")"
  local as=()
  if [[ "$(id -u)" == 0 ]]; then
    as=(setpriv --reuid postgres --regid postgres --clear-groups --)
  fi
  mkdir "$folder/postgres"
  [[ "$(id -u)" == 0 ]] && chown postgres: "$folder/postgres"
  "${as[@]}" "$bin/initdb" --pgdata="$folder/postgres/data" --username=bench --auth=trust --encoding=UTF8 --locale=C >"$folder/initdb.log"
  "${as[@]}" "$bin/postgres" -D "$folder/postgres/data" -k "$folder/postgres" -c listen_addresses= \
    -c shared_buffers=512MB -c max_wal_size=4GB >"$folder/postgres.log" 2>&1 &
  postgres_pid=$!
  for _ in $(seq 100); do
    # Ready comes a moment before the first role may log in.
    "$bin/createdb" -h "$folder/postgres" -U bench bzpeer 2>/dev/null && break
    sleep 0.2
  done
  postgres_url="postgres://bench@localhost/bzpeer?host=$folder/postgres"
}

if start_postgres; then
  export BENCH_POSTGRES_URL="$postgres_url"
else
  say "PostgreSQL is not here; its part is left out."
fi
BZPEER_BIN="$bzpeer" BZPEER_SITE_ROOT="$site" BENCH_FOLDER="$folder" node scripts/bench-import.mjs
