#!/usr/bin/env bash
# What can be wrong without running anything.
set -euo pipefail
source "$(dirname "$0")/common.sh"
export RUSTFLAGS="${DEV_RUSTFLAGS:---cfg erase_components}"

say "Formatting"
{ cargo fmt --check && cargo fmt --check --manifest-path fuzz/Cargo.toml; } || fail "some Rust files are not formatted; 'make fmt' mends that."

say "Clippy: server, tests"
cargo clippy --locked --quiet --features ssr --all-targets -- -D warnings

say "Clippy: browser"
cargo clippy --locked --quiet --features hydrate --target wasm32-unknown-unknown --lib -- -D warnings

say "Shell scripts"
for script in scripts/*.sh .ci/run; do
  bash -n "$script"
done
if have shellcheck; then
  shellcheck -x -P scripts scripts/*.sh .ci/run
fi

say "Types of the browser tests"
if [[ -x end2end/node_modules/.bin/tsc ]]; then
  (cd end2end && ./node_modules/.bin/tsc --noEmit)
else
  fail "end2end/node_modules is missing; 'make setup' installs it."
fi
