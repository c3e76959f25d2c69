//! One step of one claim, with everything that follows from it in the same transaction: the log, the events, the mail,
//! the contest that a second claim opens, and what the author page counts as confirmed.

use super::letters;
use crate::db::{DbError, Tx};
use crate::domain::claim::{self, Actor, Facts, Proof, State};
use crate::domain::email::Email;
use crate::domain::events::Event;
use crate::domain::ids::{AccountId, AuthorId, ClaimId};
use crate::domain::verification::{ProofKind, recheck_due};
use crate::error::AppError;
use crate::features::claim::queries::{self, ClaimRow};
use crate::infra::context::Cx;
use crate::infra::mail::enqueue;

/// A write that another one beat is a conflict, everything else our fault.
pub fn conflict(error: DbError) -> AppError {
    if error.is_unique_violation() {
        AppError::Conflict
    } else {
        error.into()
    }
}

/// The state of a row.
pub fn state(row: &ClaimRow) -> Result<State, AppError> {
    row.state().ok_or_else(|| {
        tracing::error!(claim = row.id, state = %row.state, "a claim is in no known state");
        AppError::Internal
    })
}

/// The kind of proof on file.
pub fn proof(row: &ClaimRow) -> Option<ProofKind> {
    row.proof_kind.as_deref().and_then(ProofKind::parse)
}

/// The domain of the address that proved the claim.
pub fn proof_domain(row: &ClaimRow) -> Option<String> {
    let by_mail = matches!(
        proof(row),
        Some(ProofKind::InstitutionEmail | ProofKind::PrintedEmail)
    );
    let email = Email::parse(row.proof_detail.as_deref().filter(|_| by_mail)?).ok()?;
    Some(email.domain().to_owned())
}

/// Takes a step and everything that follows from it. `row` may carry a new proof (`proof_kind`, `proof_detail`), which is
/// stored with the step. The caller holds the author's lock and commits.
///
/// # Errors
/// The rules' refusal as [`AppError::Claim`], [`AppError::Conflict`] when the claim changed since it was read.
pub async fn take(
    cx: &Cx,
    tx: &mut Tx,
    row: ClaimRow,
    event: claim::Event,
    actor: Actor,
    by: AccountId,
) -> Result<ClaimRow, AppError> {
    take_because(cx, tx, row, event, actor, by, None).await
}

/// [`take`] with a reason for a step whose state holds none (a contest upheld or transferred).
pub async fn take_because(
    cx: &Cx,
    tx: &mut Tx,
    row: ClaimRow,
    event: claim::Event,
    actor: Actor,
    by: AccountId,
    reason: Option<&str>,
) -> Result<ClaimRow, AppError> {
    let now = cx.now();
    let before = state(&row)?;
    let (claim, author, account) = (
        ClaimId(row.id),
        AuthorId(row.author_id),
        AccountId(row.account_id),
    );
    let (_, _, email_verified) = queries::lookup_account(tx, account)
        .await?
        .ok_or(AppError::Internal)?;
    let standing = queries::find_standing(tx, author).await?;
    let facts = Facts {
        actor,
        email_verified,
        works_selected: queries::count_selected(tx, claim).await?,
        // A proof is stored by the step that it carries, so it was checked when the state was entered, or just now.
        proofs: proof(&row)
            .map(|kind| Proof {
                kind,
                at: if event == claim::Event::Prove {
                    now
                } else {
                    row.updated_at
                },
            })
            .into_iter()
            .collect(),
        orcid_shared_works: 0,
        claimed_by_other: standing.is_some_and(|held| held.account_id != account.0),
    };
    let after = claim::step(&before, &event, &facts, now).map_err(AppError::Claim)?;
    let mut new = row.clone();
    new.state = after.as_str().to_owned();
    new.level = after.level().map(|level| level.as_i64());
    new.reason = after.reason().or(reason).map(str::to_owned);
    new.updated_at = now;
    if actor == Actor::Moderator && after.is_standing() && new.proof_kind.is_none() {
        new.proof_kind = Some(ProofKind::Moderator.as_str().to_owned());
    }
    let recheck = after.level().and_then(|level| recheck_due(level, now));
    if !queries::update_state(tx, &row, &new, recheck)
        .await
        .map_err(conflict)?
    {
        return Err(AppError::Conflict);
    }
    let said = new.reason.clone();
    queries::add_log(
        tx,
        claim,
        by,
        event.as_str(),
        after.as_str(),
        said.as_deref(),
        now,
    )
    .await?;

    if before.is_standing() && !after.is_standing() {
        queries::forget_stances(tx, author).await?;
    }
    let by_moderator = (actor == Actor::Moderator).then_some(by);
    let happened = match (&after, by_moderator) {
        (State::Approved { level }, by) => Some(Event::ClaimApproved {
            claim,
            author,
            account,
            level: *level,
            by,
        }),
        (State::PendingReview, _) => Some(Event::ClaimPendingReview {
            claim,
            author,
            account,
        }),
        (State::Withdrawn, _) => Some(Event::ClaimWithdrawn {
            claim,
            author,
            account,
        }),
        (State::Rejected { reason }, Some(by)) => Some(Event::ClaimRejected {
            claim,
            author,
            account,
            by,
            reason: reason.clone(),
        }),
        (State::Revoked { reason }, Some(by)) => Some(Event::ClaimRevoked {
            claim,
            author,
            account,
            by,
            reason: reason.clone(),
        }),
        (State::Upheld { .. }, _) => Some(Event::ClaimUpheld {
            claim,
            author,
            account,
            by,
        }),
        (State::Transferred, Some(by)) => Some(Event::ClaimTransferred {
            claim,
            author,
            account,
            by,
        }),
        // A contest is told by `contest`, which knows the other side; works selected are news to nobody.
        _ => None,
    };
    if let Some(happened) = happened {
        cx.app.emit(tx, Some(by), happened).await?;
    }
    tell(cx, tx, &new, &after).await?;

    match after {
        State::Approved { .. } => {
            queries::confirm_works(tx, claim, author).await?;
            queries::end_links(tx, claim, now).await?;
            // Whoever else waits for this author now waits against a standing claim.
            for waiting in queries::list_pending(tx, author).await? {
                contest(cx, tx, author, &waiting).await?;
            }
        }
        State::PendingReview => contest(cx, tx, author, &new).await?,
        _ => {}
    }
    Ok(new)
}

/// If the author is held by somebody else, `contender`, which has reached review, contests that claim: both sides are told.
async fn contest(
    cx: &Cx,
    tx: &mut Tx,
    author: AuthorId,
    contender: &ClaimRow,
) -> Result<(), AppError> {
    let Some(held) = queries::find_standing(tx, author)
        .await?
        .filter(|held| held.account_id != contender.account_id)
    else {
        return Ok(());
    };
    let other = AccountId(contender.account_id);
    let event = Event::ClaimContested {
        claim: ClaimId(held.id),
        author,
        account: AccountId(held.account_id),
        contender: ClaimId(contender.id),
    };
    if !matches!(state(&held)?, State::Contested { .. }) {
        // `take` comes here for the other states only, and never for a contest: no circle.
        Box::pin(take(
            cx,
            tx,
            held.clone(),
            claim::Event::Contest,
            Actor::Contender,
            other,
        ))
        .await?;
    }
    cx.app.emit(tx, Some(other), event).await?;
    let (name, slug) = queries::lookup_author(tx, author)
        .await?
        .ok_or(AppError::Internal)?;
    let link = letters::author_link(&cx.app.config.base_url, author, &slug);
    for (account, letter) in [
        (held.account_id, letters::contested_holder(&name, &link)),
        (
            contender.account_id,
            letters::contested_contender(&name, &link),
        ),
    ] {
        send(cx, tx, AccountId(account), letter).await?;
    }
    Ok(())
}

/// Ends the contest on an author when nobody contests any more, for `reason`, which the holder is told. `by` took the last
/// claim back, or rejected it as a moderator.
pub async fn settle(
    cx: &Cx,
    tx: &mut Tx,
    author: AuthorId,
    actor: Actor,
    by: AccountId,
    reason: &str,
) -> Result<(), AppError> {
    let Some(held) = queries::find_standing(tx, author).await? else {
        return Ok(());
    };
    if matches!(state(&held)?, State::Contested { .. })
        && queries::list_pending(tx, author).await?.is_empty()
    {
        let event = claim::Event::Settle;
        take_because(cx, tx, held, event, actor, by, Some(reason)).await?;
    }
    Ok(())
}

/// Mails the owner about a decision.
async fn tell(cx: &Cx, tx: &mut Tx, row: &ClaimRow, after: &State) -> Result<(), AppError> {
    let author = AuthorId(row.author_id);
    let (name, slug) = queries::lookup_author(tx, author)
        .await?
        .ok_or(AppError::Internal)?;
    let link = letters::author_link(&cx.app.config.base_url, author, &slug);
    let reason = row.reason.as_deref().unwrap_or_default();
    let letter = match after {
        State::Approved { level } => letters::approved(&name, &link, *level),
        State::Rejected { .. } => letters::rejected(&name, &link, reason),
        State::Revoked { .. } => letters::revoked(&name, &link, reason),
        State::Upheld { .. } => letters::upheld(&name, &link, reason),
        State::Transferred => letters::transferred(&name, &link, reason),
        _ => return Ok(()),
    };
    send(cx, tx, AccountId(row.account_id), letter).await
}

async fn send(
    cx: &Cx,
    tx: &mut Tx,
    account: AccountId,
    letter: letters::Letter,
) -> Result<(), AppError> {
    let (_, email, _) = queries::lookup_account(tx, account)
        .await?
        .ok_or(AppError::Internal)?;
    enqueue(tx, &email, &letter.subject, &letter.body, cx.now()).await?;
    Ok(())
}
