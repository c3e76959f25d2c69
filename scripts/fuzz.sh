#!/usr/bin/env bash
# Fuzzes the readers of records, one after the other: scripts/fuzz.sh [SECONDS [TARGET...]], 60 seconds and all of them by
# default. The samples in ../shared/data, where they are, begin each corpus in fuzz/corpus; what breaks a reader is left
# in fuzz/artifacts. Stable Rust is enough: without a sanitizer, whose place is taken by the lack of unsafe code.
# FUZZ_SANITIZER=address needs a nightly toolchain (cargo +nightly) or RUSTC_BOOTSTRAP=1.
set -euo pipefail
source "$(dirname "$0")/common.sh"

CARGO_FUZZ_VERSION=0.13.2
MAX_BYTES=65536
MAX_SEEDS=300

seconds="${1:-60}"
shift || true
[[ "$seconds" =~ ^[0-9]+$ ]] || fail "the first argument is a number of seconds, not '$seconds'."
targets=("$@")
if [[ ${#targets[@]} == 0 ]]; then
  for file in fuzz/fuzz_targets/*.rs; do
    targets+=("$(basename "$file" .rs)")
  done
fi
data="$root/../shared/data"

# Where the samples of a target lie. Invented records of formats without any are in fuzz/seeds.
samples() {
  case "$1" in
    acl) echo acl_anthology_full/acl-anthology-to-2018.tar.zst ;;
    acl_people) echo acl_anthology_xml/data/yaml ;;
    arxiv_abs) echo arxiv_abs_legacy.tar.gz ;;
    arxiv_atom) echo arxiv_atom_api ;;
    arxiv_lines) echo arxiv_kaggle_jsonl ;;
    bibtex) echo bibtex ;;
    crossref) echo crossref_rest_json ;;
    csl_json) echo seed-author ;;
    datacite) echo datacite_json ;;
    dblp) echo dblp_xml ;;
    markup) echo bibtex arxiv_kaggle_jsonl ;;
    oai_pmh) echo arxiv_oai_pmh ;;
    openalex) echo openalex_works_jsonl openalex_works_api_list openalex_entities_json ;;
    orcid_json) echo orcid_record_json ;;
    orcid_xml) echo orcid_model_samples_xml ;;
    pubmed) echo pubmed_xml ;;
    ror) echo ror_json ;;
    semantic_scholar) echo semantic_scholar_json ;;
  esac
}

# Cuts the samples of a target into pieces that a fuzzer can handle, once.
seed() {
  local corpus="fuzz/corpus/$1" work file name
  [[ -d "$corpus" ]] && return 0
  mkdir -p "$corpus"
  work="$(mktemp -d)"
  for name in $(samples "$1"); do
    [[ -e "$data/$name" ]] || continue
    find "$data/$name" -type f | sort | while read -r file; do
      case "$file" in
        *.tar.gz) tar -xzf "$file" -C "$work" ;;
        *.tar.zst) zstd -dc "$file" | tar -xf - -C "$work" ;;
        *.zip) unzip -p "$file" | head -c "$MAX_BYTES" >"$work/$(basename "$file")" || true ;;
        *.zst) zstd -dc "$file" | head -c "$MAX_BYTES" >"$work/$(basename "$file")" || true ;;
        *.jsonl) head -n 40 "$file" | split -l 1 -a 3 - "$work/$(basename "$file")-" ;;
        *.bib) split -l 60 -a 4 "$file" "$work/$(basename "$file")-" ;;
        *.md) ;;
        *) head -c "$MAX_BYTES" "$file" >"$work/$(basename "$file")" ;;
      esac
    done
  done
  [[ -d "fuzz/seeds/$1" ]] && cp "fuzz/seeds/$1/"* "$corpus/"
  find "$work" -type f -size "-$((MAX_BYTES / 1024 + 1))k" | sort | awk -v max="$MAX_SEEDS" "NR <= max" |
    while read -r file; do cp "$file" "$corpus/"; done
  rm -rf "$work"
  if [[ -z "$(ls -A "$corpus")" ]]; then
    say "$1 begins with nothing: there are no samples of it in $data"
  fi
}

have cargo-fuzz || {
  say "Installing cargo-fuzz $CARGO_FUZZ_VERSION"
  cargo install --locked --quiet cargo-fuzz --version "$CARGO_FUZZ_VERSION"
}

broken=()
for target in "${targets[@]}"; do
  [[ -f "fuzz/fuzz_targets/$target.rs" ]] || fail "there is no target '$target' in fuzz/fuzz_targets."
  seed "$target"
  say "$target: $seconds s"
  log="$(mktemp)"
  # A file takes no more than 20 s and 2 GB, or it counts as broken.
  if cargo fuzz run --sanitizer "${FUZZ_SANITIZER:-none}" "$target" -- -max_total_time="$seconds" -max_len="$MAX_BYTES" \
    -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 >"$log" 2>&1; then
    grep -E '^stat::(number_of_executed_units|average_exec_per_sec|new_units_added|peak_rss_mb)' "$log"
  else
    broken+=("$target")
    # Without the bytes of the file, which are printed as numbers. A failed build tells all it has to say.
    grep -E -A 2 'panicked at|^error|ERROR: libFuzzer|Test unit written|Reproduce with' "$log" | cut -c 1-300 || tail -n 20 "$log"
  fi
  rm -f "$log"
done
[[ ${#broken[@]} == 0 ]] || fail "these targets found something: ${broken[*]}; the files are in fuzz/artifacts."
say "No target found anything."
