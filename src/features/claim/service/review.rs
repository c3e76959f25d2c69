//! What moderators see and decide about claims. Nobody decides on a claim that they take part in.

use std::collections::{HashMap, HashSet};

use super::steps;
use crate::db::{Db, Sql, Tx};
use crate::domain::claim::{self, Actor, REASON_MAX_CHARS, Refusal, State};
use crate::domain::email::Email;
use crate::domain::ids::{AccountId, AuthorId, ClaimId};
use crate::domain::names::name_key;
use crate::error::AppError;
use crate::features::claim::queries::review::{self as read, LogRow, ReviewRow};
use crate::features::claim::queries::{self, ClaimRow};
use crate::features::claim::types::{
    Contest, LOG_SHOWN, LogLine, PickedWork, QUEUE_SHOWN, ReviewClaim, ReviewQueue,
};
use crate::infra::context::{Cx, Moderator};

/// Titles shown of the works a claimant selected.
const PICKED_SHOWN: i64 = 10;
/// Lines shown of one claim's history.
const HISTORY_SHOWN: i64 = 20;
/// Claims against one standing claim shown at once.
const CONTENDERS_SHOWN: i64 = 10;
/// Claims found by the author's name.
const FOUND_SHOWN: i64 = 20;

/// Everything to decide about claims, and the last decisions.
pub async fn queue(cx: Cx, search: String) -> Result<ReviewQueue, AppError> {
    let moderator = cx.require_moderator()?;
    let mut db = cx.db();
    let pending = read::list_pending(&mut db, QUEUE_SHOWN).await?;
    let contested = read::list_contested(&mut db, QUEUE_SHOWN).await?;
    let mut contests = Vec::with_capacity(contested.len());
    for standing in contested {
        let author = AuthorId(standing.author_id);
        let others = read::list_contenders(&mut db, author, CONTENDERS_SHOWN).await?;
        let mut both = evidence(&mut db, [vec![standing], others].concat(), moderator).await?;
        let contenders = both.split_off(1);
        if let Some(standing) = both.pop() {
            contests.push(Contest {
                standing,
                contenders,
            });
        }
    }
    let key = name_key(&search);
    let found = if key.is_empty() {
        Vec::new()
    } else {
        read::search_standing(&mut db, &key, FOUND_SHOWN).await?
    };
    Ok(ReviewQueue {
        pending: evidence(&mut db, pending, moderator).await?,
        pending_total: read::count_pending(&mut db).await?,
        contests,
        contests_total: read::count_contested(&mut db).await?,
        found: evidence(&mut db, found, moderator).await?,
        log: read::list_decisions(&mut db, LOG_SHOWN)
            .await?
            .into_iter()
            .map(line)
            .collect(),
    })
}

fn line(row: LogRow) -> LogLine {
    LogLine {
        at: row.at,
        claim: ClaimId(row.claim_id),
        author: AuthorId(row.author_id),
        author_name: row.author_name,
        author_slug: row.author_slug,
        claimant: row.claimant,
        actor: row.actor,
        event: row.event,
        state: row.state,
        reason: row.reason,
    }
}

/// Puts the evidence beside each claim, in a fixed number of queries.
async fn evidence(
    db: &mut Db,
    rows: Vec<ReviewRow>,
    moderator: Moderator,
) -> Result<Vec<ReviewClaim>, AppError> {
    let claims: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let authors: Vec<i64> = rows.iter().map(|row| row.author_id).collect();
    let mut works: HashMap<i64, Vec<PickedWork>> = HashMap::new();
    for (claim, work, slug, title) in read::list_picked(db, &claims, PICKED_SHOWN).await? {
        works.entry(claim).or_default().push(PickedWork {
            work: work.into(),
            slug,
            title,
        });
    }
    let mut log: HashMap<i64, Vec<LogLine>> = HashMap::new();
    for row in read::list_history(db, &claims, HISTORY_SHOWN).await? {
        log.entry(row.claim_id).or_default().push(line(row));
    }
    let mut domains: HashMap<i64, Vec<String>> = HashMap::new();
    for (author, domain) in read::list_domains(db, &authors).await? {
        domains.entry(author).or_default().push(domain);
    }
    // Who takes part in a contest takes part in both of its claims.
    let mine: HashSet<i64> = rows
        .iter()
        .filter(|row| row.account_id == moderator.account().0)
        .map(|row| row.author_id)
        .collect();
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let claim = ClaimRow {
            id: row.id,
            account_id: row.account_id,
            author_id: row.author_id,
            state: row.state,
            level: row.level,
            proof_kind: row.proof_kind,
            proof_detail: row.proof_detail,
            reason: row.reason,
            updated_at: row.updated_at,
        };
        let proof_domain = steps::proof_domain(&claim);
        let account = Email::parse(&row.account_email).ok();
        out.push(ReviewClaim {
            claim: ClaimId(row.id),
            author: AuthorId(row.author_id),
            author_name: row.author_name,
            author_slug: row.author_slug,
            account_name: row.account_name,
            account_at_institution: account.as_ref().is_some_and(|email| {
                domains
                    .get(&row.author_id)
                    .is_some_and(|domains| domains.iter().any(|domain| email.is_at(domain)))
            }),
            account_domain: account.map_or_else(String::new, |email| email.domain().to_owned()),
            proof: steps::proof(&claim),
            // The detail is a note exactly when it is not the address that proved the claim.
            note: claim
                .proof_detail
                .clone()
                .filter(|_| proof_domain.is_none()),
            proof_domain,
            state: steps::state(&claim)?,
            updated_at: row.updated_at,
            works_selected: row.works_selected,
            works_total: row.works_total,
            works: works.remove(&row.id).unwrap_or_default(),
            log: log.remove(&row.id).unwrap_or_default(),
            own: mine.contains(&row.author_id),
        });
    }
    Ok(out)
}

/// Approves a claim under review.
pub async fn approve(cx: Cx, claim: i64, seen: i64) -> Result<(), AppError> {
    let case = Case::open(&cx, claim).await?;
    case.decide(&cx, claim::Event::Approve, seen, None).await
}

/// Rejects a claim under review.
pub async fn reject(cx: Cx, claim: i64, seen: i64, reason: String) -> Result<(), AppError> {
    let mut case = Case::open(&cx, claim).await?;
    let event = claim::Event::Reject {
        reason: super::plain_text(&reason),
    };
    case.step(&cx, event, seen, None).await?;
    let (author, actor, by) = (AuthorId(case.row.author_id), case.actor, case.by);
    let told = "The second claim was rejected.";
    steps::settle(&cx, &mut case.tx, author, actor, by, told).await?;
    case.close(&cx).await
}

/// Ends a standing claim.
pub async fn revoke(cx: Cx, claim: i64, seen: i64, reason: String) -> Result<(), AppError> {
    let case = Case::open(&cx, claim).await?;
    let reason = super::plain_text(&reason);
    case.decide(&cx, claim::Event::Revoke { reason }, seen, None)
        .await
}

/// Decides a contest for the standing claim and rejects every claim against it, for the same reason.
pub async fn uphold(cx: Cx, claim: i64, seen: i64, reason: String) -> Result<(), AppError> {
    let mut case = Case::open(&cx, claim).await?;
    let reason = checked_reason(&reason)?;
    case.step(&cx, claim::Event::Uphold, seen, Some(&reason))
        .await?;
    let author = AuthorId(case.row.author_id);
    for other in queries::list_pending(&mut case.tx, author).await? {
        let reason = reason.clone();
        let actor = case.actor;
        let event = claim::Event::Reject { reason };
        steps::take(&cx, &mut case.tx, other, event, actor, case.by).await?;
    }
    case.close(&cx).await
}

/// Decides a contest for `contender`, which is approved.
pub async fn transfer(
    cx: Cx,
    claim: i64,
    seen: i64,
    contender: i64,
    reason: String,
) -> Result<(), AppError> {
    let mut case = Case::open(&cx, claim).await?;
    let reason = checked_reason(&reason)?;
    let other = queries::lookup(&mut case.tx, ClaimId(contender))
        .await?
        .filter(|other| other.author_id == case.row.author_id && other.id != case.row.id)
        .ok_or(AppError::NotFound)?;
    case.step(&cx, claim::Event::Transfer, seen, Some(&reason))
        .await?;
    let actor = case.actor;
    steps::take(
        &cx,
        &mut case.tx,
        other,
        claim::Event::Approve,
        actor,
        case.by,
    )
    .await?;
    case.close(&cx).await
}

/// A claim on a moderator's desk: nothing else moves on its author until the case is closed.
struct Case {
    tx: Tx,
    row: ClaimRow,
    actor: Actor,
    by: AccountId,
}

impl Case {
    async fn open(cx: &Cx, claim: i64) -> Result<Self, AppError> {
        let by = cx.require_moderator()?.account();
        let claim = ClaimId(claim);
        let mut db = cx.db();
        let row = queries::lookup(&mut db, claim)
            .await?
            .ok_or(AppError::NotFound)?;
        let author = AuthorId(row.author_id);
        let mut tx = cx.app.db.begin().await?;
        queries::lock_author(&mut tx, author).await?;
        let row = queries::lookup(&mut tx, claim)
            .await?
            .ok_or(AppError::NotFound)?;
        let actor = Actor::of(
            row.account_id == by.0,
            takes_part(&mut tx, author, by).await?,
            true,
        );
        Ok(Self { tx, row, actor, by })
    }

    /// Takes the step if the rules allow it and the moderator has seen the claim as it is.
    async fn step(
        &mut self,
        cx: &Cx,
        event: claim::Event,
        seen: i64,
        reason: Option<&str>,
    ) -> Result<(), AppError> {
        let changed = self.row.updated_at != seen;
        let row = self.row.clone();
        // The rules speak first: "already approved" says more than "changed".
        let done =
            steps::take_because(cx, &mut self.tx, row, event, self.actor, self.by, reason).await;
        done.and(if changed {
            Err(AppError::Conflict)
        } else {
            Ok(())
        })
    }

    async fn decide(
        mut self,
        cx: &Cx,
        event: claim::Event,
        seen: i64,
        reason: Option<&str>,
    ) -> Result<(), AppError> {
        self.step(cx, event, seen, reason).await?;
        self.close(cx).await
    }

    async fn close(self, cx: &Cx) -> Result<(), AppError> {
        self.tx.commit().await?;
        cx.app.mailer.wake();
        Ok(())
    }
}

/// Whether the account has a claim on this author that is under way or stands.
async fn takes_part(
    db: &mut impl Sql,
    author: AuthorId,
    account: AccountId,
) -> Result<bool, AppError> {
    let latest = queries::find_latest(db, account, author).await?;
    Ok(match latest {
        Some(row) => {
            let state: State = steps::state(&row)?;
            state.is_open() || state.is_standing()
        }
        None => false,
    })
}

/// A reason for a decision whose state holds none, by the rule of those that do.
fn checked_reason(reason: &str) -> Result<String, AppError> {
    let reason = super::plain_text(reason);
    match reason.chars().count() {
        0 => Err(AppError::Claim(Refusal::ReasonMissing)),
        1..=REASON_MAX_CHARS => Ok(reason),
        chars => Err(AppError::Claim(Refusal::ReasonTooLong { chars })),
    }
}
