//! Server functions of topics.

use leptos::prelude::*;

use super::types::TopicPage;
use crate::error::AppError;

/// A topic's page.
#[server(endpoint = "topic/page")]
pub async fn load_topic(id: String) -> Result<TopicPage, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::page(cx, id)).await
}
