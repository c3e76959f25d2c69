#!/usr/bin/env bash
# Measures the release build on this machine and writes docs/performance.md. Settings: BENCH_ROUNDS, BENCH_SECONDS.
set -euo pipefail
source "$(dirname "$0")/common.sh"

[[ -x "$bzpeer" && -d "$site/pkg" ]] || fail "there is no release build; run 'make build' first."
have wrk || fail "wrk is missing: install Debian's 'wrk'."
nginx="$(first_executable "$(command -v nginx || true)" /usr/sbin/nginx)" ||
  fail "nginx is missing: install Debian's 'nginx-light'."

BZPEER_BIN="$bzpeer" BZPEER_SITE_ROOT="$site" NGINX="$nginx" exec node scripts/bench.mjs
