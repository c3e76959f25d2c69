#!/usr/bin/env bash
# Runs every check in order, stops at the first that fails, and ends with totals.
set -euo pipefail
source "$(dirname "$0")/common.sh"
export DEV_RUSTFLAGS="${DEV_RUSTFLAGS:---cfg erase_components}"

logs="$target/test-logs"
mkdir -p "$logs"
summary=()

step() { # name, log file, command...
  local name="$1" log="$logs/$2" started=$SECONDS
  shift 2
  say "$name"
  if ! "$@" 2>&1 | tee "$log"; then
    fail "$name failed; its output is in $log."
  fi
  summary+=("$(printf '%-34s %4d s' "$name" "$((SECONDS - started))")")
}

cargo_tests() {
  RUSTFLAGS="$DEV_RUSTFLAGS" cargo test --locked --features ssr --no-fail-fast
}

# Sum of the numbers that stand before a word in lines that match a pattern.
sum_before() { # word, pattern, file
  awk -v word="$1" -v pattern="$2" '
    $0 ~ pattern {
      for (i = 2; i <= NF; i++) if ($i ~ "^" word "[;,.]?$") n += $(i - 1)
    }
    END { print n + 0 }' "$3"
}

step "Formatting, clippy, types" lint.log scripts/lint.sh
step "Unit, service and database tests" cargo-test.log cargo_tests
step "Release build" build.log scripts/build.sh
step "Browser tests" e2e.log scripts/e2e.sh

rust_passed="$(sum_before passed '^test result:' "$logs/cargo-test.log")"
rust_ignored="$(sum_before ignored '^test result:' "$logs/cargo-test.log")"
browser_passed="$(sum_before passed '^ +[0-9]+ passed' "$logs/e2e.log")"
browser_skipped="$(sum_before skipped '^ +[0-9]+ skipped' "$logs/e2e.log")"

((rust_passed > 0)) || fail "no Rust test ran."
((browser_passed > 0)) || fail "no browser test ran."

echo
say "All checks passed in $((SECONDS / 60)) min $((SECONDS % 60)) s"
printf '    %s\n' "${summary[@]}"
echo "    Rust tests:    $rust_passed passed, $rust_ignored ignored"
echo "    Browser tests: $browser_passed passed, $browser_skipped skipped"
