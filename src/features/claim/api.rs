//! Server functions of claims.
#![allow(
    clippy::too_many_arguments,
    reason = "every field of a form is an argument of its server function"
)]

use leptos::prelude::*;

use super::types::{ClaimForm, ClaimStatus, ProofLink, ReviewQueue};
use crate::domain::ids::AuthorId;
use crate::error::AppError;

/// How things stand between an author and the viewer.
#[server(endpoint = "claim/status")]
pub async fn load_claim_status(author: AuthorId) -> Result<ClaimStatus, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::status(cx, author)).await
}

/// The claim form; sends visitors to the log-in page.
#[server(endpoint = "claim/form")]
pub async fn load_claim_form(author: AuthorId, page: i64) -> Result<ClaimForm, AppError> {
    use super::service;
    let form = crate::infra::context::serve(|cx| service::form(cx, author, page)).await;
    if form == Err(AppError::NotLoggedIn) {
        // Any last part of the address will do: the page finds the author by number.
        leptos_axum::redirect(&crate::paths::login_then(&crate::paths::claim(
            author, "author",
        )));
    }
    form
}

/// Saves the works selected on one page and, unless `step` is `page:N`, puts the proof forward.
///
/// `works` are the boxes ticked, `shown` the numbers of all works on that page joined by commas, `all` is `true` when
/// every one of them is meant. `proof` is `email` or `moderator`.
#[server(endpoint = "claim/submit")]
pub async fn submit_claim(
    author: AuthorId,
    #[server(default)] works: Vec<i64>,
    #[server(default)] shown: String,
    #[server(default)] all: String,
    #[server(default)] proof: String,
    #[server(default)] email: String,
    #[server(default)] note: String,
    #[server(default)] step: String,
) -> Result<(), AppError> {
    use super::service::{self, Submission};
    let submission = Submission {
        author,
        works,
        shown,
        all: all == "true",
        proof,
        email,
        note,
        step,
    };
    let next = crate::infra::context::serve(|cx| service::submit(cx, submission)).await?;
    leptos_axum::redirect(&next);
    Ok(())
}

/// What a mailed link is about. Reading it does not use it up.
#[server(endpoint = "claim/proof-link")]
pub async fn load_proof_link(token: String) -> Result<ProofLink, AppError> {
    use super::service;
    let next = crate::paths::login_then(&format!("{}?token={token}", crate::paths::VERIFY_CLAIM));
    let link = crate::infra::context::serve(|cx| service::proof_link(cx, token)).await;
    if link == Err(AppError::NotLoggedIn) {
        leptos_axum::redirect(&next);
    }
    link
}

/// Uses a mailed link: proves the claim.
#[server(endpoint = "claim/prove")]
pub async fn prove_claim(token: String) -> Result<(), AppError> {
    use super::service;
    let next = crate::infra::context::serve(|cx| service::prove(cx, token)).await?;
    leptos_axum::redirect(&next);
    Ok(())
}

/// Takes the viewer's claim back, also a standing one.
#[server(endpoint = "claim/withdraw")]
pub async fn withdraw_claim(claim: i64) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::withdraw(cx, claim)).await
}

/// What moderators have to decide; `search` finds standing claims by the author's name.
#[server(endpoint = "claim/queue")]
pub async fn load_review_queue(search: String) -> Result<ReviewQueue, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::review::queue(cx, search)).await
}

/// A moderator approves. `seen` is the claim's `updated_at` on the moderator's screen, here and below.
#[server(endpoint = "claim/approve")]
pub async fn approve_claim(claim: i64, seen: i64) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::review::approve(cx, claim, seen)).await
}

/// A moderator rejects; the reason is told to the claimant.
#[server(endpoint = "claim/reject")]
pub async fn reject_claim(
    claim: i64,
    seen: i64,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::review::reject(cx, claim, seen, reason)).await
}

/// A moderator decides a contest for the standing claim: every claim against it is rejected.
#[server(endpoint = "claim/uphold")]
pub async fn uphold_claim(
    claim: i64,
    seen: i64,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::review::uphold(cx, claim, seen, reason)).await
}

/// A moderator decides a contest for the second claim, `contender`, which takes the author over.
#[server(endpoint = "claim/transfer")]
pub async fn transfer_claim(
    claim: i64,
    seen: i64,
    contender: i64,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::review::transfer(cx, claim, seen, contender, reason))
        .await
}

/// A moderator ends a standing claim; the reason is told to its owner.
#[server(endpoint = "claim/revoke")]
pub async fn revoke_claim(
    claim: i64,
    seen: i64,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::review::revoke(cx, claim, seen, reason)).await
}
