//! Server functions of authors.

use leptos::prelude::*;

use super::types::AuthorPage;
use crate::error::AppError;

/// The top of an author's page.
#[server(endpoint = "author/page")]
pub async fn load_author(id: String) -> Result<AuthorPage, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::page(cx, id)).await
}
