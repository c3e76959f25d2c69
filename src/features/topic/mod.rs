//! Topics of works, from the sources' own schemes.

pub mod api;
pub mod types;

#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
pub mod service;
