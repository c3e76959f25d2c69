//! Invitations from one researcher to another, and the conversations that accepted ones open.

pub mod api;
pub mod conversation;
pub mod form;
pub mod list;
pub mod types;
pub mod view;

#[cfg(feature = "ssr")]
mod deciding;
#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
pub mod service;
