//! The research graph: what is near an author.

pub mod api;
pub mod types;
pub mod view;

#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
pub mod service;
