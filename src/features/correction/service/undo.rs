//! Undoing a correction: the reverse, as far as the record is still as the correction left it.

use std::collections::HashSet;

use super::{Case, current, next, reason_of};
use crate::domain::correction::{
    Change, Detail, Kind, Moved, Refusal, Role, Ruling, akin, effective, rules,
};
use crate::domain::events::Event;
use crate::domain::ids::{AccountId, AuthorId, CorrectionId};
use crate::error::AppError;
use crate::features::correction::queries::people;
use crate::features::correction::queries::{self, CorrectionRow, Spot, reviews};
use crate::infra::context::Cx;

/// Undoes a correction; answers where to go on (`back`: `author`, or the page of corrections). A second time it only answers.
pub async fn undo(
    cx: Cx,
    correction: CorrectionId,
    reason: String,
    back: String,
) -> Result<String, AppError> {
    cx.require_verified()?;
    let row = queries::lookup(&mut cx.db(), correction)
        .await?
        .ok_or(AppError::NotFound)?;
    // A later merger may have taken the author along: then it is the one who stands there now whose rights count, and the
    // merger is named as what has to be undone first.
    let author = current(&mut cx.db(), AuthorId(row.author_id)).await?;
    let others: Vec<AuthorId> = row.other_author_id.map(AuthorId).into_iter().collect();
    let mut case = Case::open(&cx, author, &others).await?;
    rules::may_undo(case.role, case.account, AccountId(row.actor_account_id))?;
    let row = queries::lookup(&mut case.tx, correction)
        .await?
        .ok_or(AppError::NotFound)?;
    let page = case.author.clone();
    if row.undone_at.is_some() {
        return Ok(next(&page, &back, "undone", correction));
    }
    let reason = reason_of(&reason)?;
    if let Some((later, kind)) = queries::find_later(&mut case.tx, &row).await? {
        let later_kind = Kind::parse(&kind).ok_or(AppError::Internal)?;
        return Err(Refusal::BuiltOn {
            later: later_kind,
            correction: later,
        }
        .into());
    }
    if AuthorId(row.author_id) != author {
        return Err(AppError::Conflict);
    }
    let detail: Detail = serde_json::from_str(&row.detail).map_err(|error| {
        tracing::error!(%error, %correction, "what undoing needs cannot be read");
        AppError::Internal
    })?;
    queries::update_undone(&mut case.tx, correction, case.account, &reason, cx.now()).await?;
    let touched = reverse(&mut case, &row, detail.change).await?;
    let event = Event::CorrectionUndone {
        correction,
        author,
        other: row.other_author_id.map(AuthorId),
        correction_kind: Kind::parse(&row.kind).ok_or(AppError::Internal)?,
        by: case.account,
    };
    let actor = Some(case.account);
    cx.app.emit(&mut case.tx, actor, event).await?;
    case.close(&touched).await?;
    // The address may have changed with the name.
    let page = people::lookup(&mut cx.db(), author)
        .await?
        .ok_or(AppError::Internal)?;
    Ok(next(&page, &back, "undone", correction))
}

/// Takes the change back; answers whose rows have to be made anew.
async fn reverse(
    case: &mut Case<'_>,
    row: &CorrectionRow,
    change: Change,
) -> Result<Vec<AuthorId>, AppError> {
    let author = case.id();
    let other = row.other_author_id.map(AuthorId);
    let correction = CorrectionId(row.id);
    let mut touched = vec![author];
    touched.extend(other);
    match change {
        Change::Merge {
            moved,
            followers,
            reports,
        } => {
            let other = other.ok_or(AppError::Internal)?;
            people::update_merged(&mut case.tx, other, None).await?;
            touched.extend(put_back(case, &moved).await?);
            give_later_ones(case, correction, &moved, other).await?;
            people::remove_former(&mut case.tx, author, correction).await?;
            for follower in &followers {
                people::move_follower_back(&mut case.tx, follower, author, other).await?;
            }
            for report in reports {
                people::move_report_back(&mut case.tx, report, author, other).await?;
            }
            reviews::update_reopened(&mut case.tx, author, other, "merged").await?;
        }
        Change::Split { moved, created } => {
            touched.extend(put_back(case, &moved).await?);
            if created {
                end_if_empty(case, other.ok_or(AppError::Internal)?).await?;
            }
        }
        Change::NotMine { moved } => {
            touched.extend(put_back(case, &moved).await?);
            end_if_empty(case, other.ok_or(AppError::Internal)?).await?;
        }
        Change::Mine { moved, emptied } => {
            if emptied && let Some(other) = other {
                people::update_merged(&mut case.tx, other, None).await?;
            }
            touched.extend(put_back(case, &moved).await?);
        }
        Change::HideWork { moved } => touched.extend(put_back(case, &moved).await?),
        Change::Rename {
            before,
            decided_before,
            ..
        } => {
            people::remove_former(&mut case.tx, author, correction).await?;
            people::update_name(&mut case.tx, author, &before, decided_before).await?;
        }
        Change::HidePage => people::update_hidden(&mut case.tx, author, None).await?,
    }
    Ok(touched)
}

/// Gives authorships back to whom they were taken from, unless another correction that holds says otherwise. Answers whose
/// rows that touched.
async fn put_back(case: &mut Case<'_>, moved: &[Moved]) -> Result<Vec<AuthorId>, AppError> {
    let mut touched = Vec::new();
    for (spot, before) in queries::spots_of_moved(&mut case.tx, moved).await? {
        let decision = effective(&rulings(case, &spot).await?);
        let from = match before.from {
            Some(from) => Some(current(&mut case.tx, from).await?),
            None => None,
        };
        let to = decision
            .is
            .or(from.filter(|from| !decision.is_not.contains(from)));
        let now = spot.author.map(AuthorId);
        if let Some(now) = now
            && case.role == Role::Claimant
            && Some(now) != to
        {
            let (stakes, _) = queries::stakes(&mut case.tx, now).await?;
            if stakes.holder.is_some_and(|holder| holder != case.account) {
                return Err(Refusal::OtherClaimed.into());
            }
        }
        let stance = if decision.hidden {
            Some("hidden")
        } else if to == from {
            before.stance.as_deref()
        } else {
            None
        };
        let author = to.map(|to| to.0);
        queries::update_spot(&mut case.tx, &spot, author, stance).await?;
        if to.is_none() {
            queries::add_unplaced(&mut case.tx, spot.work).await?;
        }
        touched.extend(to);
        touched.extend(now);
    }
    Ok(touched)
}

/// What imports have brought to a merged author since, under a form of the joined one's name that is none of its own, goes with
/// that one. What fits both stays until the next import places it anew.
async fn give_later_ones(
    case: &mut Case<'_>,
    correction: CorrectionId,
    moved: &[Moved],
    other: AuthorId,
) -> Result<(), AppError> {
    let author = case.id();
    let known: HashSet<(i64, String, i64)> =
        queries::export::list_decisions(&mut case.tx, &[correction])
            .await?
            .into_iter()
            .map(|row| (row.work_id, row.name_key, row.nth))
            .collect();
    let joined: HashSet<&str> = moved.iter().map(|moved| moved.key.as_str()).collect();
    let own: HashSet<&str> = known
        .iter()
        .map(|(_, key, _)| key.as_str())
        .filter(|key| !joined.contains(key))
        .collect();
    for spot in queries::spots_of(&mut case.tx, author).await? {
        let named = (spot.work, spot.key.clone(), spot.nth);
        if known.contains(&named) || spot.stance.is_some() {
            continue;
        }
        let fits = |keys: &HashSet<&str>| keys.iter().any(|key| akin(key, &spot.key));
        if fits(&joined) && !fits(&own) {
            queries::update_spot(&mut case.tx, &spot, Some(other.0), None).await?;
        }
    }
    Ok(())
}

/// The rulings on an authorship that hold, of the authors who stand today.
async fn rulings(case: &mut Case<'_>, spot: &Spot) -> Result<Vec<Ruling>, AppError> {
    let mut rulings = queries::rulings(&mut case.tx, spot).await?;
    for ruling in &mut rulings {
        ruling.author = current(&mut case.tx, ruling.author).await?;
    }
    Ok(rulings)
}

/// An author that a correction made, and that has nothing left, leads to where its works came from.
async fn end_if_empty(case: &mut Case<'_>, made: AuthorId) -> Result<(), AppError> {
    let author = case.id();
    let row = people::lookup(&mut case.tx, made).await?;
    let (stakes, _) = queries::stakes(&mut case.tx, made).await?;
    let free = stakes.holder.is_none() && stakes.claimants.is_empty();
    let ends = row.is_some_and(|row| row.merged_into.is_none())
        && free
        && people::count_authorships(&mut case.tx, made).await? == 0;
    if ends {
        people::move_followers(&mut case.tx, made, author).await?;
        case.lead_to(made, author).await?;
    }
    Ok(())
}
