//! Server functions of corrections.
#![allow(
    clippy::too_many_arguments,
    reason = "every field of a form is an argument of its server function"
)]

use leptos::prelude::*;

use super::types::{Asked, CorrectionsPage, Offer, ReviewList, Tools};
use crate::domain::ids::{AuthorId, CorrectionId, WorkId};
use crate::error::AppError;

/// The page of an author's corrections; `slug` is the last part of the address that was asked for.
#[server(endpoint = "correction/page", input = leptos::server_fn::codec::Json)]
pub async fn load_corrections(
    author: AuthorId,
    slug: String,
    asked: Asked,
) -> Result<CorrectionsPage, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::page(cx, author, slug, asked)).await
}

/// What the viewer may correct on an author's page; `done` is a correction just made or undone, or 0.
#[server(endpoint = "correction/tools")]
pub async fn load_tools(author: AuthorId, done: i64) -> Result<Tools, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::tools(cx, author, done)).await
}

/// Authorships of a work that may be the viewer's.
#[server(endpoint = "correction/offers")]
pub async fn load_offers(work: WorkId) -> Result<Vec<Offer>, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::offers(cx, work)).await
}

/// Joins `other` with `author`, which stays. `seen` is what the form was made from, here and below.
#[server(endpoint = "correction/merge")]
pub async fn merge_authors(
    author: AuthorId,
    #[server(default)] other: i64,
    seen: i64,
    #[server(default)] reason: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    use super::service;
    let other = AuthorId(other);
    let next =
        crate::infra::context::serve(|cx| service::merge(cx, author, other, seen, reason, back))
            .await?;
    leptos_axum::redirect(&next);
    Ok(())
}

/// Gives works to the author that `to` names by number or address; to a new one where it is empty.
#[server(endpoint = "correction/split")]
pub async fn split_author(
    author: AuthorId,
    #[server(default)] works: Vec<i64>,
    #[server(default)] to: String,
    seen: i64,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::service::{self, Splitting};
    let sent = Splitting {
        author,
        works,
        to,
        seen,
        reason,
    };
    let next = crate::infra::context::serve(|cx| service::split(cx, sent)).await?;
    leptos_axum::redirect(&next);
    Ok(())
}

/// Corrects one work on an author's page: `what` is `not_mine` or `hide`.
#[server(endpoint = "correction/work")]
pub async fn correct_work(
    author: AuthorId,
    work: WorkId,
    #[server(default)] what: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::service;
    use crate::error::Problem;
    let next = crate::infra::context::serve(|cx| async move {
        match what.as_str() {
            "not_mine" => service::not_mine(cx, author, work, reason).await,
            "hide" => service::hide_work(cx, author, work, reason).await,
            _ => Err(AppError::Invalid(Problem::Form)),
        }
    })
    .await?;
    leptos_axum::redirect(&next);
    Ok(())
}

/// Gives an authorship to an author. `spot` is `work:position:from`, as the form showed it; `from` is the author who had
/// it, 0 for nobody.
#[server(endpoint = "correction/mine")]
pub async fn take_work(
    author: AuthorId,
    #[server(default)] spot: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::service;
    let next = crate::infra::context::serve(|cx| service::mine(cx, author, spot, reason)).await?;
    leptos_axum::redirect(&next);
    Ok(())
}

/// Shows another name; with `former` set to `true` the names until now are not shown any more.
#[server(endpoint = "correction/rename")]
pub async fn rename_author(
    author: AuthorId,
    #[server(default)] name: String,
    #[server(default)] former: String,
    seen: i64,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::service;
    let former = former == "true";
    let next =
        crate::infra::context::serve(|cx| service::rename(cx, author, name, former, seen, reason))
            .await?;
    leptos_axum::redirect(&next);
    Ok(())
}

/// Hides a whole page.
#[server(endpoint = "correction/hide")]
pub async fn hide_author(
    author: AuthorId,
    seen: i64,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::service;
    let next =
        crate::infra::context::serve(|cx| service::hide_page(cx, author, seen, reason)).await?;
    leptos_axum::redirect(&next);
    Ok(())
}

/// Undoes a correction; `back` is `author` to go on at the author's page.
#[server(endpoint = "correction/undo")]
pub async fn undo_correction(
    correction: CorrectionId,
    #[server(default)] reason: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    use super::service;
    let next =
        crate::infra::context::serve(|cx| service::undo(cx, correction, reason, back)).await?;
    leptos_axum::redirect(&next);
    Ok(())
}

/// Authors who may be one person, and the last corrections; for moderators.
#[server(endpoint = "correction/reviews")]
pub async fn load_reviews() -> Result<ReviewList, AppError> {
    use super::service;
    crate::infra::context::serve(service::reviews).await
}

/// A moderator finds that two authors are different people.
#[server(endpoint = "correction/apart")]
pub async fn tell_apart(one: AuthorId, other: AuthorId) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::tell_apart(cx, one, other)).await
}

/// A moderator puts a pair that was told apart back on the list.
#[server(endpoint = "correction/reopen")]
pub async fn reopen_pair(one: AuthorId, other: AuthorId) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::reopen(cx, one, other)).await
}
