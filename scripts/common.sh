# shellcheck shell=bash disable=SC2034
# Sourced by the other scripts: where things are, and one way to speak.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root" || exit 1

cargo_bin="${CARGO_HOME:-$HOME/.cargo}/bin"
export PATH="$cargo_bin:$root/end2end/node_modules/.bin:$PATH"
target="${CARGO_TARGET_DIR:-$root/target}"
case "$target" in /*) ;; *) target="$root/$target" ;; esac
bzpeer="$target/release/bzpeer"
# cargo-leptos writes the site to the place that Cargo.toml names, whatever CARGO_TARGET_DIR says.
site="$root/target/site"

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() {
  printf '\033[1;31mStopped:\033[0m %s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# First existing executable of the arguments.
first_executable() {
  local candidate
  for candidate in "$@"; do
    if [[ -n "$candidate" && -x "$candidate" ]]; then
      echo "$candidate"
      return 0
    fi
  done
  return 1
}

find_chromium() {
  first_executable "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome-stable \
    /usr/bin/google-chrome "$(command -v chromium || true)"
}

# The folder of the newest PostgreSQL server binaries on this machine.
find_postgres() {
  local found
  found="$(first_executable "$(command -v initdb || true)" \
    "$(find /usr/lib/postgresql /usr/pgsql-* /opt/homebrew/opt/postgresql* -name initdb 2>/dev/null | sort -V | tail -n 1)")" || return 1
  dirname "$found"
}
