//! Server functions of notices.

use leptos::prelude::*;

use super::types::Notices;
use crate::error::AppError;

/// How many notices the viewer has not read.
#[server(endpoint = "notice/unread")]
pub async fn unread_notices() -> Result<i64, AppError> {
    use super::service;
    crate::infra::context::serve(service::unread).await
}

/// The viewer's notices, newest first; `page` counts from 1.
#[server(endpoint = "notice/list")]
pub async fn list_notices(page: u32) -> Result<Notices, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::list(cx, page)).await
}

/// Marks all as read.
#[server(endpoint = "notice/read-all")]
pub async fn read_all_notices() -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(service::read_all).await
}

/// Marks as read what leads to a path.
#[server(endpoint = "notice/read")]
pub async fn read_notices_at(href: String) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::read_at(cx, href)).await
}

/// How many notices there are, and how many are unread.
#[server(endpoint = "notice/counts")]
pub async fn notice_counts() -> Result<(i64, i64), AppError> {
    use super::service;
    crate::infra::context::serve(service::counts).await
}
