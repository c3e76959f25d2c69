//! What a visitor, a claimant or the reader of a mailed link is shown.

use super::steps;
use crate::db::{Db, Sql, addresses};
use crate::domain::claim::State;
use crate::domain::ids::{AccountId, AuthorId, ClaimId};
use crate::error::{AppError, Problem};
use crate::features::claim::queries::{self, ClaimRow};
use crate::features::claim::types::{
    ClaimForm, ClaimStatus, ClaimViewer, ClaimableWork, Holder, OwnClaim, ProofLink, WORKS_PER_PAGE,
};
use crate::infra::context::Cx;
use crate::infra::drafts;
use crate::infra::random::token_hash;
use crate::infra::session;

/// How things stand between an author and the viewer.
pub async fn status(cx: Cx, author: AuthorId) -> Result<ClaimStatus, AppError> {
    let mut db = cx.db();
    status_of(&mut db, cx.viewer.as_ref(), author, cx.now()).await
}

async fn status_of(
    db: &mut Db,
    viewer: Option<&session::Viewer>,
    author: AuthorId,
    now: i64,
) -> Result<ClaimStatus, AppError> {
    let standing = queries::find_standing(db, author).await?;
    let latest = match viewer {
        Some(viewer) => queries::find_latest(db, viewer.account, author).await?,
        None => None,
    };
    let mine = match latest {
        Some(row) => {
            let id = ClaimId(row.id);
            let state = steps::state(&row)?;
            let mailed_to = match state {
                State::Proving => queries::find_mailed_to(db, id, now).await?,
                _ => None,
            };
            let held = standing.as_ref().map(|standing| standing.account_id);
            Some(OwnClaim {
                claim: id,
                works: queries::count_selected(db, id).await?,
                mailed_to,
                second: held.is_some_and(|holder| holder != row.account_id),
                reason: row.reason.clone(),
                state,
            })
        }
        None => None,
    };
    let holder = match standing {
        Some(row) => Some(holder_of(db, &row).await?),
        None => None,
    };
    let viewer = match viewer {
        None => ClaimViewer::Visitor,
        Some(viewer) if viewer.email_verified => ClaimViewer::Verified,
        Some(_) => ClaimViewer::Unverified,
    };
    Ok(ClaimStatus {
        author,
        viewer,
        holder,
        mine,
    })
}

async fn holder_of(db: &mut impl Sql, row: &ClaimRow) -> Result<Holder, AppError> {
    let (name, _, _) = queries::lookup_account(db, AccountId(row.account_id))
        .await?
        .ok_or(AppError::Internal)?;
    let state = steps::state(row)?;
    Ok(Holder {
        name,
        level: state.level().ok_or(AppError::Internal)?,
        proof: steps::proof(row),
        domain: steps::proof_domain(row),
        since: queries::approved_at(db, ClaimId(row.id))
            .await?
            .unwrap_or(row.updated_at),
        works: queries::count_selected(db, ClaimId(row.id)).await?,
        contested: matches!(state, State::Contested { .. }),
    })
}

/// The claim form for an account; page `page` of the author's works, from 1.
pub async fn form(cx: Cx, author: AuthorId, page: i64) -> Result<ClaimForm, AppError> {
    let viewer = cx.require_viewer()?;
    let mut db = cx.db();
    let (name, slug) = addresses::shown_author(&mut db, author)
        .await?
        .ok_or(AppError::NotFound)?;
    let status = status_of(&mut db, Some(viewer), author, cx.now()).await?;
    let under_way = status.mine.as_ref().filter(|mine| mine.state.is_open());
    let total = queries::count_author_works(&mut db, author).await?;
    let pages = (total + WORKS_PER_PAGE - 1) / WORKS_PER_PAGE;
    let page = page.clamp(1, pages.max(1));
    let works = queries::list_author_works(
        &mut db,
        author,
        under_way.map(|mine| mine.claim),
        WORKS_PER_PAGE,
        (page - 1) * WORKS_PER_PAGE,
    )
    .await?;
    let draft = match &cx.viewer {
        Some(viewer) => drafts::lookup(&mut db, viewer.account, drafts::CLAIM, author.0).await?,
        None => None,
    };
    Ok(ClaimForm {
        draft: draft.unwrap_or_default(),
        name,
        slug,
        status,
        works: works
            .into_iter()
            .map(|(work, title, year, selected)| ClaimableWork {
                work: work.into(),
                title,
                year,
                selected,
            })
            .collect(),
        page,
        total,
        domains: queries::list_domains(&mut db, author).await?,
    })
}

/// What a mailed link is about; only for the account that asked for it.
pub async fn proof_link(cx: Cx, token: String) -> Result<ProofLink, AppError> {
    let account = cx.require_viewer()?.account;
    let mut db = cx.db();
    let link = queries::lookup_link(&mut db, &token_hash(&token), cx.now())
        .await?
        .filter(|link| link.account_id == account.0)
        .ok_or(AppError::Invalid(Problem::Link))?;
    let claim = queries::lookup(&mut db, ClaimId(link.claim_id))
        .await?
        .ok_or(AppError::Invalid(Problem::Link))?;
    let author = AuthorId(claim.author_id);
    let (name, _) = queries::lookup_author(&mut db, author)
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(ProofLink {
        author,
        name,
        email: link.email,
    })
}
