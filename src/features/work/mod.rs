//! Works: preprints, papers, data, software.

pub mod api;
pub mod types;
pub mod view;

#[cfg(feature = "ssr")]
mod bibtex;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
pub mod service;
