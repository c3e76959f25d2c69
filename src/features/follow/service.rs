//! Rules of following: any logged-in account may, as often as the limit allows.

use super::queries;
use super::types::FollowState;
use crate::domain::events::Event;
use crate::domain::ids::FollowTarget;
use crate::error::{AppError, Problem};
use crate::infra::context::Cx;
use crate::infra::limits;

fn target(kind: &str, id: i64) -> Result<FollowTarget, AppError> {
    FollowTarget::parse(kind, id).ok_or(AppError::Invalid(Problem::Reference))
}

/// How things stand.
pub async fn state(cx: Cx, kind: String, id: i64) -> Result<FollowState, AppError> {
    let target = target(&kind, id)?;
    let mut db = cx.db();
    let followers = queries::count(&mut db, target).await?;
    let following = match &cx.viewer {
        Some(viewer) => queries::exists(&mut db, viewer.account, target).await?,
        None => false,
    };
    Ok(FollowState {
        followers,
        following,
        logged_in: cx.viewer.is_some(),
    })
}

/// Adds the follow if it is not there.
pub async fn follow(cx: Cx, kind: String, id: i64) -> Result<FollowState, AppError> {
    let target = target(&kind, id)?;
    let account = cx.require_viewer()?.account;
    limits::hit(
        &cx.app.db,
        limits::FOLLOW_ACCOUNT,
        &account.to_string(),
        cx.now(),
    )
    .await?;
    let mut tx = cx.app.db.begin().await?;
    if !queries::target_exists(&mut tx, target).await? {
        return Err(AppError::NotFound);
    }
    if queries::add(&mut tx, account, target, cx.now()).await? {
        let event = Event::Followed { account, target };
        cx.app.emit(&mut tx, Some(account), event).await?;
    }
    tx.commit().await?;
    state(cx, kind, id).await
}

/// Removes the follow if it is there.
pub async fn unfollow(cx: Cx, kind: String, id: i64) -> Result<FollowState, AppError> {
    let target = target(&kind, id)?;
    let account = cx.require_viewer()?.account;
    limits::hit(
        &cx.app.db,
        limits::FOLLOW_ACCOUNT,
        &account.to_string(),
        cx.now(),
    )
    .await?;
    let mut tx = cx.app.db.begin().await?;
    if queries::remove(&mut tx, account, target).await? {
        let event = Event::Unfollowed { account, target };
        cx.app.emit(&mut tx, Some(account), event).await?;
    }
    tx.commit().await?;
    state(cx, kind, id).await
}
