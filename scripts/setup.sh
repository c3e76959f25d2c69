#!/usr/bin/env bash
# Installs what is missing for one purpose: build (default), browser, test, bench or all.
# Every check is quick when the thing is there, so the other commands call this each time.
set -euo pipefail
source "$(dirname "$0")/common.sh"

CARGO_LEPTOS_VERSION=0.3.10
RUST_MINIMUM="$(sed -nE 's/^rust-version = "([0-9.]+)"/\1/p' Cargo.toml)"
# The command line tool and the crate must be the same version, to the last digit.
WASM_BINDGEN_VERSION="$(awk '/^name = "wasm-bindgen"$/ {getline; gsub(/[^0-9.]/, ""); print; exit}' Cargo.lock)"

# --- helpers -------------------------------------------------------------------------------------------------------

as_root() {
  if [[ "$(id -u)" == 0 ]]; then
    "$@"
  elif have sudo && sudo -n true 2>/dev/null; then
    sudo "$@"
  elif have sudo && [[ -t 0 ]]; then
    sudo "$@"
  else
    return 1
  fi
}

# Installs Debian or Ubuntu packages; false where apt is absent, refused or fails.
apt_install() {
  have apt-get || return 1
  say "Installing with apt: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1 && return 0
  # Package lists on a new machine are often empty or old.
  as_root apt-get update -q >/dev/null 2>&1 || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# True if version $1 is at least $2.
version_at_least() { [[ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" == "$2" ]]; }

# Downloads a prebuilt tool into cargo's bin folder: URL of a .tar.gz, name of the tool, version its --version must
# print, suffix of the checksum file beside it. Gives up within seconds where there is no way out.
prebuilt() {
  local url="$1" tool="$2" version="$3" sum_suffix="$4" folder found
  have curl && have tar || return 1
  folder="$(mktemp -d)"
  # shellcheck disable=SC2064 # the folder of this call, not of a later one
  trap "rm -rf '$folder'" RETURN
  curl -fsSL --connect-timeout 5 --speed-time 15 --speed-limit 2000 -o "$folder/tool.tar.gz" "$url" 2>/dev/null || return 1
  if curl -fsSL --connect-timeout 5 -m 15 -o "$folder/sum" "$url$sum_suffix" 2>/dev/null; then
    if [[ "$(cut -d' ' -f1 "$folder/sum")" != "$(sha256sum "$folder/tool.tar.gz" | cut -d' ' -f1)" ]]; then
      say "The checksum of the prebuilt $tool does not match; compiling it instead."
      return 1
    fi
  fi
  tar -xzf "$folder/tool.tar.gz" -C "$folder" 2>/dev/null || return 1
  found="$(find "$folder" -type f -name "$tool" | head -n 1)"
  [[ -n "$found" ]] && chmod +x "$found" || return 1
  # A binary for another libc fails here, before it replaces anything.
  [[ "$("$found" --version 2>/dev/null)" == *"$version"* ]] || return 1
  mkdir -p "$cargo_bin"
  install -m 755 "$found" "$cargo_bin/$tool"
}

machine() { uname -m; }

# --- what building takes -------------------------------------------------------------------------------------------

need_rust() {
  if ! have cargo; then
    if have rustup; then
      rustup default stable >/dev/null 2>&1 || fail "rustup has no toolchain and could not install one; run 'rustup default stable'."
    else
      fail "Rust is missing: install rustup as https://rustup.rs says, then run this again."
    fi
  elif ! rustc --version >/dev/null 2>&1; then
    rustup default stable >/dev/null 2>&1 || fail "rustup has no toolchain and could not install one; run 'rustup default stable'."
  fi
  local version
  version="$(rustc --version | cut -d' ' -f2)"
  version_at_least "$version" "$RUST_MINIMUM" ||
    fail "Rust $version is too old, BZPEER needs $RUST_MINIMUM or newer; 'rustup update stable' brings it."

  [[ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" ]] && return
  have rustup || fail "the Rust target wasm32-unknown-unknown is missing and there is no rustup to add it."
  say "Adding the Rust target wasm32-unknown-unknown"
  rustup target add wasm32-unknown-unknown ||
    fail "the Rust target wasm32-unknown-unknown could not be added; 'rustup target add wasm32-unknown-unknown' shows why."
}

need_c_compiler() {
  have cc && return
  apt_install gcc libc6-dev || true
  have cc || fail "a C compiler is missing (it builds SQLite): install gcc or clang."
}

need_wasm_bindgen() {
  [[ "$(wasm-bindgen --version 2>/dev/null)" == "wasm-bindgen $WASM_BINDGEN_VERSION"* ]] && return
  local platform
  case "$(uname -s)-$(machine)" in
    Linux-x86_64) platform=x86_64-unknown-linux-musl ;;
    Linux-aarch64) platform=aarch64-unknown-linux-gnu ;;
    Darwin-arm64) platform=aarch64-apple-darwin ;;
    *) platform= ;;
  esac
  say "Installing wasm-bindgen $WASM_BINDGEN_VERSION"
  if [[ -n "$platform" ]] && prebuilt \
    "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/$WASM_BINDGEN_VERSION/wasm-bindgen-$WASM_BINDGEN_VERSION-$platform.tar.gz" \
    wasm-bindgen "$WASM_BINDGEN_VERSION" .sha256sum; then
    return
  fi
  say "No prebuilt wasm-bindgen could be had: compiling it (2 to 4 minutes on two cores)."
  # Not with --locked: this form is the one that was tried with this version.
  cargo install --quiet wasm-bindgen-cli --version "$WASM_BINDGEN_VERSION" --force ||
    fail "wasm-bindgen $WASM_BINDGEN_VERSION could not be installed; 'cargo install wasm-bindgen-cli --version $WASM_BINDGEN_VERSION' shows why."
}

need_cargo_leptos() {
  [[ "$(cargo-leptos --version 2>/dev/null)" == *"$CARGO_LEPTOS_VERSION"* ]] && return
  local platform
  case "$(uname -s)-$(machine)" in
    Linux-x86_64) platform=x86_64-unknown-linux-gnu ;;
    Linux-aarch64) platform=aarch64-unknown-linux-gnu ;;
    Darwin-arm64) platform=aarch64-apple-darwin ;;
    *) platform= ;;
  esac
  say "Installing cargo-leptos $CARGO_LEPTOS_VERSION"
  if [[ -n "$platform" ]] && prebuilt \
    "https://github.com/leptos-rs/cargo-leptos/releases/download/v$CARGO_LEPTOS_VERSION/cargo-leptos-$platform.tar.gz" \
    cargo-leptos "$CARGO_LEPTOS_VERSION" .sha256; then
    return
  fi
  say "No prebuilt cargo-leptos could be had: compiling it (10 to 15 minutes on two cores, once)."
  cargo install --quiet cargo-leptos --version "$CARGO_LEPTOS_VERSION" --locked --features no_downloads --force ||
    fail "cargo-leptos $CARGO_LEPTOS_VERSION could not be installed; 'cargo install cargo-leptos --version $CARGO_LEPTOS_VERSION --locked --features no_downloads' shows why."
}

need_node() {
  if ! have node || ! have npm; then
    apt_install nodejs npm || true
  fi
  { have node && have npm; } || fail "Node.js with npm is missing: install Node 20 or newer."
  local major
  major="$(node --version | sed -E 's/^v([0-9]+).*/\1/')"
  ((major >= 20)) || fail "Node $(node --version) is too old, BZPEER needs Node 20 or newer."
}

# wasm-opt for the build and Playwright for the browser tests, at the versions of one lock file.
need_node_packages() {
  local stamp=end2end/node_modules/.installed
  [[ -f "$stamp" ]] && cmp -s end2end/package-lock.json "$stamp" && return
  say "Installing wasm-opt and Playwright from end2end/package-lock.json"
  (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error) ||
    fail "the npm packages of end2end/package-lock.json could not be installed; 'npm ci' in end2end/ shows why."
  cp end2end/package-lock.json "$stamp"
}

# --- what testing and measuring take -------------------------------------------------------------------------------

need_rust_components() {
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
  have rustup || fail "rustfmt or clippy is missing and there is no rustup to add them."
  rustup component add rustfmt clippy || fail "rustfmt and clippy could not be added; 'rustup component add rustfmt clippy' shows why."
}

need_chromium() {
  local chromium
  if ! chromium="$(find_chromium)" || ! "$chromium" --version >/dev/null 2>&1; then
    apt_install chromium || true
  fi
  # Ubuntu's package of that name only points to a snap, which many machines cannot run.
  if chromium="$(find_chromium)" && "$chromium" --version >/dev/null 2>&1; then
    return
  fi
  say "No Chromium from the system: trying Playwright's own"
  (cd end2end && npx playwright install --with-deps chromium-headless-shell) ||
    fail "Chromium is missing: install Debian's 'chromium', or set CHROMIUM to one that is there."
}

need_postgres() {
  [[ -n "${BZPEER_TEST_POSTGRES_URL:-}" ]] && return
  find_postgres >/dev/null && return
  if have apt-get && [[ ! -e /etc/postgresql-common/createcluster.conf ]]; then
    # The tests start a server of their own in a temporary folder; this machine needs none that runs all the time.
    as_root mkdir -p /etc/postgresql-common || true
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null || true
  fi
  apt_install postgresql || true
  find_postgres >/dev/null ||
    fail "PostgreSQL server binaries (initdb, postgres) are missing: install Debian's 'postgresql', or set BZPEER_TEST_POSTGRES_URL."
}

need_bench_tools() {
  have wrk || apt_install wrk || true
  have wrk || fail "wrk is missing: install Debian's 'wrk'."
  [[ -x /usr/sbin/nginx ]] || have nginx || apt_install nginx-light || true
  [[ -x /usr/sbin/nginx ]] || have nginx || fail "nginx is missing: install Debian's 'nginx-light'."
}

purpose="${1:-build}"
build() { need_rust && need_c_compiler && need_node && need_node_packages && need_wasm_bindgen && need_cargo_leptos; }
case "$purpose" in
  build) build ;;
  browser)
    need_node
    need_node_packages
    need_chromium
    ;;
  test)
    build
    need_rust_components
    need_postgres
    need_chromium
    ;;
  bench)
    build
    need_bench_tools
    ;;
  all)
    build
    need_rust_components
    need_postgres
    need_chromium
    need_bench_tools
    say "Everything is there."
    ;;
  *) fail "unknown purpose '$purpose': give build, browser, test, bench or all." ;;
esac
