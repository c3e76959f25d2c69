//! Server functions of the research graph.

use leptos::prelude::*;

use super::types::GraphSlice;
use crate::error::AppError;

/// The papers, people, topics and institutions near an author. `wide` asks for the explorer's larger slice.
#[server(endpoint = "graph/slice")]
pub async fn load_slice(author: String, wide: bool) -> Result<GraphSlice, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::slice(cx, author, wide)).await
}
