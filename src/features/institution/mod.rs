//! Institutions of authors.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
mod languages;
#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
pub mod service;
