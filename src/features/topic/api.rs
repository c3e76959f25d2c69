//! Server functions of topics.

use leptos::prelude::*;

use super::types::{TopicList, TopicPage};
use crate::error::AppError;

/// A topic's page, with one page of its authors.
#[server(endpoint = "topic/page")]
pub async fn load_topic(id: String, people: u32) -> Result<TopicPage, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::page(cx, id, people)).await
}

/// Topics whose names hold words that begin with the words of `q`, all where it is empty; of one scheme where one is given.
#[server(endpoint = "topic/list")]
pub async fn list_topics(q: String, scheme: String, page: u32) -> Result<TopicList, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::list(cx, q, scheme, page)).await
}
