//! Reports and objections about author pages, and what moderators decide about them. Claims are decided in
//! [`crate::features::claim`]; the moderators' page shows both.

pub mod api;
pub mod types;
pub mod view;

#[cfg(feature = "ssr")]
pub mod queries;
#[cfg(feature = "ssr")]
pub mod service;
