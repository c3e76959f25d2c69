//! Server functions of following.

use leptos::prelude::*;

use super::types::FollowState;
use crate::error::AppError;

/// Follower count and whether the viewer follows.
#[server(endpoint = "follow/state")]
pub async fn follow_status(kind: String, id: i64) -> Result<FollowState, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::state(cx, kind, id)).await
}

/// Follows; doing it twice is the same as once.
#[server(endpoint = "follow/add")]
pub async fn follow(kind: String, id: i64) -> Result<FollowState, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::follow(cx, kind, id)).await
}

/// Stops following; doing it twice is the same as once.
#[server(endpoint = "follow/remove")]
pub async fn unfollow(kind: String, id: i64) -> Result<FollowState, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::unfollow(cx, kind, id)).await
}
