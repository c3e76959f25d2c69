//! Accounts: signing up, proving an address, logging in and out, settings.

pub mod api;
pub mod types;
pub mod view;

#[cfg(feature = "ssr")]
mod cookie;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod password;
#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
pub mod service;
