//! Server functions of searching.

use leptos::prelude::*;

use super::types::{Found, Overview};
use crate::error::AppError;

/// Authors whose names hold words that begin with the words of `q`.
#[server(endpoint = "search/authors")]
pub async fn search_authors(q: String, page: u32) -> Result<Found, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::authors(cx, q, page)).await
}

/// Counts, prominent authors and frequent topics.
#[server(endpoint = "search/overview")]
pub async fn load_overview() -> Result<Overview, AppError> {
    use super::service;
    crate::infra::context::serve(service::overview).await
}
