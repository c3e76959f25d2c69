//! Conversations of two people.

pub mod api;
pub mod types;
pub mod view;

#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
pub mod service;
