//! Two authors are one person.

use super::{Case, current, keeping, next, other_author, reason_of};
use crate::domain::correction::Refusal;
use crate::domain::correction::{
    Change, Kind, Moved, Verdict, akin,
    rules::{self, Merger},
};
use crate::domain::ids::{AuthorId, CorrectionId};
use crate::error::AppError;
use crate::features::correction::queries::people::AuthorRow;
use crate::features::correction::queries::{self, people, reviews};
use crate::features::correction::types::CorrectionDraft;
use crate::infra::context::Cx;

/// Joins `other` with `author`, which stays; answers where to go on. Sent twice, it answers the same.
pub async fn merge(
    cx: Cx,
    author: AuthorId,
    other: AuthorId,
    seen: i64,
    reason: String,
    back: String,
) -> Result<String, AppError> {
    let draft = CorrectionDraft {
        form: "merge".into(),
        reason: reason.clone(),
        text: other.to_string(),
        ..CorrectionDraft::default()
    };
    let done = merge_now(&cx, author, other, seen, &reason).await;
    let (row, correction) = keeping(&cx, author, draft, done).await?;
    Ok(next(&row, &back, "done", correction))
}

async fn merge_now(
    cx: &Cx,
    author: AuthorId,
    other: AuthorId,
    seen: i64,
    reason: &str,
) -> Result<(AuthorRow, CorrectionId), AppError> {
    let mut case = Case::open(cx, author, &[other]).await?;
    let row = case.author.clone();
    let (kind, account) = (Kind::Merge, case.account);
    if let Some(before) = queries::find_latest(&mut case.tx, kind, account, author, None).await?
        && before.other_author_id == Some(other.0)
        && current(&mut case.tx, other).await? == author
    {
        return Ok((row, CorrectionId(before.id)));
    }
    case.require_shown()?;
    if author == other {
        return Err(Refusal::SameAuthor.into());
    }
    let joined = other_author(&mut case.tx, other).await?;
    case.require_seen(seen).await?;
    let reason = reason_of(reason)?;
    check(&mut case, other).await?;

    let spots = queries::spots_of(&mut case.tx, other).await?;
    let own = queries::spots_of(&mut case.tx, author).await?;
    let moved: Vec<Moved> = spots.iter().map(queries::Spot::moved).collect();
    let followers = people::move_followers(&mut case.tx, other, author).await?;
    let reports = people::move_reports(&mut case.tx, other, author).await?;
    let decisions: Vec<_> = spots
        .iter()
        .chain(&own)
        .map(|spot| {
            let hidden = spot.stance.as_deref() == Some("hidden");
            let verdict = if hidden { Verdict::Hidden } else { Verdict::Is };
            (spot, verdict, author)
        })
        .collect();
    let change = Change::Merge {
        moved,
        followers,
        reports,
    };
    let correction = case
        .write(change, Some(other), None, &reason, &decisions)
        .await?;
    people::update_all_spots(&mut case.tx, other, author).await?;
    case.lead_to(AuthorId(joined.id), author).await?;
    // A name that may not be shown there may not be shown here either.
    let former = people::list_former(&mut case.tx, other).await?;
    people::add_former(&mut case.tx, author, &former, correction).await?;
    let (now, account) = (cx.now(), case.account);
    reviews::update_merged(&mut case.tx, author, other, account, now).await?;
    case.close(&[author, other]).await?;
    Ok((row, correction))
}

/// Asks the rules.
async fn check(case: &mut Case<'_>, other: AuthorId) -> Result<(), AppError> {
    let author = case.id();
    let (joined, joined_pending) = queries::stakes(&mut case.tx, other).await?;
    let names = people::list_names(&mut case.tx, author).await?;
    let other_names = people::list_names(&mut case.tx, other).await?;
    let orcids = people::list_orcids(&mut case.tx, author).await?;
    let other_orcids = people::list_orcids(&mut case.tx, other).await?;
    let joint_works = people::count_joint_works(&mut case.tx, author, other).await?;
    rules::merge(Merger {
        role: case.role,
        kept: &case.stakes,
        joined: &joined,
        joined_pending,
        akin: names
            .iter()
            .any(|name| other_names.iter().any(|other| akin(name, other))),
        identifiers_differ: !orcids.is_empty()
            && !other_orcids.is_empty()
            && !orcids.iter().any(|orcid| other_orcids.contains(orcid)),
        joint_works,
    })?;
    Ok(())
}
