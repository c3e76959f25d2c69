#!/usr/bin/env bash
# Browser tests against an existing release build. Arguments go to Playwright.
set -euo pipefail
source "$(dirname "$0")/common.sh"

[[ -x "$bzpeer" && -d "$site/pkg" ]] || fail "there is no release build; run 'make build' first."
if chromium="$(find_chromium)"; then
  export CHROMIUM="$chromium"
fi
export BZPEER_BIN="$bzpeer" BZPEER_SITE_ROOT="$site"
cd end2end
exec ./node_modules/.bin/playwright test "$@"
