# The commands of the project. `make help` lists them; scripts/ holds what is longer than a line.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Tools that cargo installs, and wasm-opt from the lock file in end2end/.
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(CURDIR)/end2end/node_modules/.bin:$(PATH)

# Erased component types compile far faster. They cost about 5 % of the wasm's size, so the release build goes without.
# Every dev-profile command shares this value: a different one would compile all dependencies again.
DEV_RUSTFLAGS := --cfg erase_components
BZPEER := $(or $(CARGO_TARGET_DIR),target)/release/bzpeer

.PHONY: help run build test lint fmt e2e shots bench bench-import bench-identity dev setup

help: ## List these commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "make %-14s %s\n", $$1, $$2}'

run: ## Install what is missing, build, load the demo community if the database is empty, serve on 127.0.0.1:3000
	@scripts/setup.sh build
	@$(MAKE) --no-print-directory build
	@exec $(BZPEER) serve --demo

build: ## Release build: target/release/bzpeer and target/site/
	@scripts/build.sh

test: ## Everything that must pass: formatting, clippy, all tests, release build, browser tests
	@scripts/setup.sh test
	@DEV_RUSTFLAGS="$(DEV_RUSTFLAGS)" scripts/test.sh

lint: ## Formatting, clippy (server and browser), shell syntax, types of the browser tests
	@DEV_RUSTFLAGS="$(DEV_RUSTFLAGS)" scripts/lint.sh

fmt: ## Format the Rust sources
	@cargo fmt && cargo fmt --manifest-path fuzz/Cargo.toml

e2e: build ## Browser tests against the release build (ARGS="--project=scripts-off follow")
	@scripts/setup.sh browser
	@scripts/e2e.sh $(ARGS)

shots: build ## Screenshots of every page: 390 and 1280 px, light and dark, in end2end/test-results/shots
	@scripts/setup.sh browser
	@BZPEER_SHOTS=1 scripts/e2e.sh pages $(ARGS)

bench: ## Measure the release build and write docs/performance.md
	@scripts/setup.sh bench
	@$(MAKE) --no-print-directory build
	@scripts/bench.sh

bench-import: ## Measure imports with the release build and write their part of docs/performance.md
	@scripts/setup.sh build
	@$(MAKE) --no-print-directory build
	@scripts/bench-import.sh

bench-identity: ## How well authors of one name are told apart, on the ACL Anthology beside this repository
	@cargo bench --locked --features ssr --bench identity

dev: ## Watch the sources, rebuild and reload (development profile)
	@scripts/setup.sh build
	@cargo leptos watch -- serve --demo

setup: ## Install everything that any of these commands needs
	@scripts/setup.sh all
