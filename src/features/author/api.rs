//! Server functions of authors.

use leptos::prelude::*;

use super::types::AuthorPage;
use crate::error::AppError;

/// The top of the page at `/authors/{id}/{slug}`; `slug` is empty where the address ends before it.
#[server(endpoint = "author/page")]
pub async fn load_author(
    id: String,
    #[server(default)] slug: String,
) -> Result<AuthorPage, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::page(cx, id, slug)).await
}
