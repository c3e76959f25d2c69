#!/usr/bin/env bash
# Release build: the server with its site, static files compressed beside the originals.
set -euo pipefail
source "$(dirname "$0")/common.sh"

have cargo-leptos || fail "cargo-leptos is missing; 'make setup' installs it."
have wasm-opt || fail "wasm-opt is missing; 'make setup' installs it from end2end/package-lock.json."

# A build that changes nothing still takes a minute (wasm-opt, compression), so it is left out when no source is newer.
if [[ -x "$bzpeer" && -f "$site/hash.txt" && "$site/hash.txt" -nt "$bzpeer" ]] &&
  [[ -z "$(find Cargo.toml Cargo.lock src style public migrations scripts/build.sh -newer "$site/hash.txt" -print -quit)" ]]; then
  say "$bzpeer and $site are up to date."
  exit 0
fi

started=$SECONDS
cargo leptos build --release --precompress --cargo-locked
[[ -x "$bzpeer" ]] || fail "the build ended without $bzpeer."
[[ -d "$site/pkg" ]] || fail "the build ended without $site/pkg."
# The names with hashes go where the files are, so that program and site can be moved apart.
cp "$target/release/hash.txt" "$site/hash.txt"
say "Built $bzpeer and $site in $((SECONDS - started)) s."
