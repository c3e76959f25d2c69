//! BZPEER: a public, evidenced page for every author, and focused collaboration between researchers.
//!
//! `docs/architecture.md` shows how the modules hang together; a test reads the `use` lines and
//! refuses an import that goes the wrong way.
#![recursion_limit = "256"]

pub mod app;
pub mod domain;
pub mod error;
pub mod features;
pub mod pages;
pub mod paths;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod db;
#[cfg(feature = "ssr")]
pub mod infra;
#[cfg(feature = "ssr")]
pub mod ingest;
#[cfg(feature = "ssr")]
pub mod server;

/// Called by the browser once the page's WebAssembly is there.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
