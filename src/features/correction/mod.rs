//! Corrections of the public record: merging, splitting, "not mine", "this is mine", naming, hiding; all of it logged in
//! public and undone again if need be. How they outlive imports is in docs/rules.md.

pub mod api;
pub mod types;
pub mod view;

#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
pub mod service;
