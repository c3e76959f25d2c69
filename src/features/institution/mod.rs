//! Institutions of authors.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
pub mod service;
