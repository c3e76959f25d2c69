//! Claiming: linking an account to the public record of an author, and what moderators decide about that.

pub mod api;
pub mod types;
pub mod view;

#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
pub mod service;
