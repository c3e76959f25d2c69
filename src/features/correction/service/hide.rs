//! What is not shown on a page, and pages that are not shown.

use super::{Case, keeping, next, reason_of};
use crate::domain::correction::{Change, Kind, Moved, Refusal, Role, Verdict};
use crate::domain::ids::{AuthorId, CorrectionId, WorkId};
use crate::error::AppError;
use crate::features::correction::queries::people::{self, AuthorRow};
use crate::features::correction::queries::{self, Spot};
use crate::features::correction::types::CorrectionDraft;
use crate::infra::context::Cx;

/// Takes a work off its claimant's page; it stays on its own. Sent twice, it answers the same.
pub async fn hide_work(
    cx: Cx,
    author: AuthorId,
    work: WorkId,
    reason: String,
) -> Result<String, AppError> {
    let draft = CorrectionDraft {
        form: "work".into(),
        work: work.0,
        reason: reason.clone(),
        ..CorrectionDraft::default()
    };
    let done = hide_work_now(&cx, author, work, &reason).await;
    let (row, correction) = keeping(&cx, author, draft, done).await?;
    Ok(next(&row, "author", "done", correction))
}

async fn hide_work_now(
    cx: &Cx,
    author: AuthorId,
    work: WorkId,
    reason: &str,
) -> Result<(AuthorRow, CorrectionId), AppError> {
    let mut case = Case::open(cx, author, &[]).await?;
    let row = case.author.clone();
    if case.role != Role::Claimant {
        // What stands on a page although it is true is its owner's choice.
        return Err(Refusal::NotClaimant.into());
    }
    case.require_shown()?;
    let spots = queries::spots(&mut case.tx, &[work.0], |spot| {
        spot.author == Some(author.0)
    })
    .await?;
    let hidden = |spot: &Spot| spot.stance.as_deref() == Some("hidden");
    if spots.is_empty() {
        return Err(AppError::Conflict);
    }
    if spots.iter().all(hidden) {
        let (kind, account) = (Kind::Hide, case.account);
        let before = queries::find_latest(&mut case.tx, kind, account, author, Some(work)).await?;
        return before
            .map(|before| (row, CorrectionId(before.id)))
            .ok_or(AppError::Conflict);
    }
    let reason = reason_of(reason)?;
    let moved: Vec<Moved> = spots.iter().map(Spot::moved).collect();
    let decisions: Vec<_> = spots
        .iter()
        .map(|spot| (spot, Verdict::Hidden, author))
        .collect();
    let change = Change::HideWork { moved };
    let correction = case
        .write(change, None, Some(work), &reason, &decisions)
        .await?;
    for spot in &spots {
        queries::update_spot(&mut case.tx, spot, Some(author.0), Some("hidden")).await?;
    }
    case.close(&[author]).await?;
    Ok((row, correction))
}

/// Hides a whole page. Sent twice, it answers the same.
pub async fn hide_page(
    cx: Cx,
    author: AuthorId,
    seen: i64,
    reason: String,
) -> Result<String, AppError> {
    let draft = CorrectionDraft {
        form: "hide".into(),
        reason: reason.clone(),
        ..CorrectionDraft::default()
    };
    let done = hide_page_now(&cx, author, seen, &reason).await;
    let (row, correction) = keeping(&cx, author, draft, done).await?;
    Ok(next(&row, "", "done", correction))
}

async fn hide_page_now(
    cx: &Cx,
    author: AuthorId,
    seen: i64,
    reason: &str,
) -> Result<(AuthorRow, CorrectionId), AppError> {
    let mut case = Case::open(cx, author, &[]).await?;
    let row = case.author.clone();
    if row.hidden_at.is_some() {
        let (kind, account) = (Kind::Hide, case.account);
        let before = queries::find_latest(&mut case.tx, kind, account, author, None).await?;
        return before
            .map(|before| (row, CorrectionId(before.id)))
            .ok_or(Refusal::Hidden.into());
    }
    case.require_seen(seen).await?;
    let reason = reason_of(reason)?;
    let change = Change::HidePage;
    let correction = case.write(change, None, None, &reason, &[]).await?;
    people::update_hidden(&mut case.tx, author, Some(cx.now())).await?;
    case.close(&[]).await?;
    Ok((row, correction))
}
