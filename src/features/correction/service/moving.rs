//! Works that are another person's, and works that are this one's.

use super::{Case, author_in, current, keeping, next, other_author, reason_of};
use crate::db::Sql;
use crate::domain::correction::{
    Change, Kind, Moved, Refusal, Role, Verdict, akin,
    rules::{self, Asked},
};
use crate::domain::ids::{AuthorId, CorrectionId, WorkId};
use crate::error::{AppError, Problem};
use crate::features::correction::queries::people::{self, AuthorRow};
use crate::features::correction::queries::{self, Spot};
use crate::features::correction::types::CorrectionDraft;
use crate::infra::context::Cx;

/// The most works that one split can name.
const MOST_WORKS: usize = 1_000;

/// What the form of a split sends.
pub struct Splitting {
    /// The author that the works leave.
    pub author: AuthorId,
    /// The works.
    pub works: Vec<i64>,
    /// Number or address of the author they go to; empty for a new one.
    pub to: String,
    /// What the form has seen.
    pub seen: i64,
    /// Why.
    pub reason: String,
}

/// Gives works to a new author or to an existing one; answers where to go on. Sent twice, it answers the same.
pub async fn split(cx: Cx, sent: Splitting) -> Result<String, AppError> {
    let draft = CorrectionDraft {
        form: "split".into(),
        reason: sent.reason.clone(),
        text: sent.to.clone(),
        ..CorrectionDraft::default()
    };
    let done = split_now(&cx, &sent).await;
    let (row, correction) = keeping(&cx, sent.author, draft, done).await?;
    Ok(next(&row, "", "done", correction))
}

async fn split_now(cx: &Cx, sent: &Splitting) -> Result<(AuthorRow, CorrectionId), AppError> {
    let existing = match sent.to.trim() {
        "" => None,
        text => Some(author_in(text).ok_or(AppError::Invalid(Problem::Reference))?),
    };
    let author = sent.author;
    let mut case = Case::open(cx, author, existing.as_slice()).await?;
    let row = case.author.clone();
    let mut works = sent.works.clone();
    works.sort_unstable();
    works.dedup();
    works.truncate(MOST_WORKS);
    if works.is_empty() {
        return Err(Refusal::NoWorks.into());
    }
    let spots = queries::spots(&mut case.tx, &works, |spot| spot.author == Some(author.0)).await?;
    if spots.is_empty()
        && let Some(before) = repeated(&mut case, Kind::Split, None, &works).await?
    {
        return Ok((row, before));
    }
    case.require_shown()?;
    case.require_seen(sent.seen).await?;
    let mut found: Vec<i64> = spots.iter().map(|spot| spot.work).collect();
    found.dedup();
    if found != works {
        return Err(AppError::Conflict);
    }
    let reason = reason_of(&sent.reason)?;
    if people::count_authorships(&mut case.tx, author).await? <= spots.len() as i64 {
        return Err(Refusal::AllWorks.into());
    }
    let to = match existing {
        Some(existing) => {
            check_target(&mut case, existing, &spots).await?;
            existing
        }
        None => people::add(&mut case.tx, &spots[0].printed, cx.now()).await?,
    };
    let moved: Vec<Moved> = spots.iter().map(Spot::moved).collect();
    let decisions: Vec<_> = spots.iter().map(|spot| (spot, Verdict::Is, to)).collect();
    let change = Change::Split {
        moved,
        created: existing.is_none(),
    };
    let correction = case
        .write(change, Some(to), None, &reason, &decisions)
        .await?;
    for spot in &spots {
        queries::update_spot(&mut case.tx, spot, Some(to.0), None).await?;
    }
    case.close(&[author, to]).await?;
    Ok((row, correction))
}

/// Whether works may go to an existing author: a claimant gives them to an unclaimed one of a fitting name only.
async fn check_target(case: &mut Case<'_>, to: AuthorId, spots: &[Spot]) -> Result<(), AppError> {
    if to == case.id() {
        return Err(Refusal::SameAuthor.into());
    }
    other_author(&mut case.tx, to).await?;
    if case.role == Role::Moderator {
        return Ok(());
    }
    if queries::stakes(&mut case.tx, to).await?.0.holder.is_some() {
        return Err(Refusal::HeldByOther.into());
    }
    let names = people::list_names(&mut case.tx, to).await?;
    let fits = |spot: &Spot| names.iter().any(|name| akin(name, &spot.printed));
    if spots.iter().all(fits) {
        Ok(())
    } else {
        Err(Refusal::NameDiffers.into())
    }
}

/// The correction that a form sent twice would repeat: the latest of this kind by this person, if it moved these works.
async fn repeated(
    case: &mut Case<'_>,
    kind: Kind,
    work: Option<WorkId>,
    works: &[i64],
) -> Result<Option<CorrectionId>, AppError> {
    let (author, account) = (case.id(), case.account);
    let before = queries::find_latest(&mut case.tx, kind, account, author, work).await?;
    Ok(before.and_then(|row| {
        let detail: crate::domain::correction::Detail = serde_json::from_str(&row.detail).ok()?;
        let moved = detail.change.moved();
        let all = works
            .iter()
            .all(|work| moved.iter().any(|moved| moved.work.0 == *work));
        all.then_some(CorrectionId(row.id))
    }))
}

/// Takes a work off an author: it is somebody else's. It goes to a new author, whom a later import may find to be a known one,
/// but never this one. Sent twice, it answers the same.
pub async fn not_mine(
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
    let done = not_mine_now(&cx, author, work, &reason).await;
    let (row, correction) = keeping(&cx, author, draft, done).await?;
    Ok(next(&row, "author", "done", correction))
}

async fn not_mine_now(
    cx: &Cx,
    author: AuthorId,
    work: WorkId,
    reason: &str,
) -> Result<(AuthorRow, CorrectionId), AppError> {
    let mut case = Case::open(cx, author, &[]).await?;
    let row = case.author.clone();
    let spots = queries::spots(&mut case.tx, &[work.0], |spot| {
        spot.author == Some(author.0)
    })
    .await?;
    let Some(first) = spots.first() else {
        let before = repeated(&mut case, Kind::NotMine, Some(work), &[work.0]).await?;
        return before.map(|before| (row, before)).ok_or(AppError::Conflict);
    };
    case.require_shown()?;
    let reason = reason_of(reason)?;
    let to = people::add(&mut case.tx, &first.printed, cx.now()).await?;
    let decisions: Vec<_> = spots
        .iter()
        .map(|spot| (spot, Verdict::IsNot, author))
        .collect();
    let change = Change::NotMine {
        moved: spots.iter().map(Spot::moved).collect(),
    };
    let correction = case
        .write(change, Some(to), Some(work), &reason, &decisions)
        .await?;
    for spot in &spots {
        queries::update_spot(&mut case.tx, spot, Some(to.0), None).await?;
    }
    case.close(&[author, to]).await?;
    Ok((row, correction))
}

/// An authorship as the form of "this is mine" showed it.
struct Shown {
    work: WorkId,
    /// The place in its list of authors.
    position: i64,
    /// The author who had it.
    from: Option<AuthorId>,
}

impl Shown {
    /// `work:position:from`, where `from` is 0 for nobody.
    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split(':').map(str::parse::<i64>);
        let (work, position, from) = (
            numbers.next()?.ok()?,
            numbers.next()?.ok()?,
            numbers.next()?.ok()?,
        );
        numbers.next().is_none().then_some(Self {
            work: WorkId(work),
            position,
            from: (from > 0).then_some(AuthorId(from)),
        })
    }
}

/// Gives an authorship to the author; answers where to go on. Sent twice, it answers the same.
pub async fn mine(
    cx: Cx,
    author: AuthorId,
    spot: String,
    reason: String,
) -> Result<String, AppError> {
    let draft = CorrectionDraft {
        form: "mine".into(),
        reason: reason.clone(),
        ..CorrectionDraft::default()
    };
    let done = mine_now(&cx, author, &spot, &reason).await;
    let (row, correction) = keeping(&cx, author, draft, done).await?;
    Ok(next(&row, "", "done", correction))
}

async fn mine_now(
    cx: &Cx,
    author: AuthorId,
    spot: &str,
    reason: &str,
) -> Result<(AuthorRow, CorrectionId), AppError> {
    let sent = Shown::parse(spot).ok_or(AppError::Invalid(Problem::Reference))?;
    let from = sent.from;
    let mut case = Case::open(cx, author, from.as_slice()).await?;
    let row = case.author.clone();
    let all = queries::spots(&mut case.tx, &[sent.work.0], |_| true).await?;
    let spot = all
        .iter()
        .find(|spot| spot.position == sent.position)
        .ok_or(AppError::Invalid(Problem::Reference))?;
    if spot.author == Some(author.0)
        && let Some(before) =
            repeated(&mut case, Kind::Mine, Some(sent.work), &[sent.work.0]).await?
    {
        return Ok((row, before));
    }
    case.require_shown()?;
    let already = all.iter().any(|spot| spot.author == Some(author.0));
    if !already && spot.author != from.map(|from| from.0) {
        return Err(AppError::Conflict);
    }
    let reason = reason_of(reason)?;
    let stakes = match from {
        Some(from) => Some(queries::stakes(&mut case.tx, from).await?.0),
        None => None,
    };
    let names = people::list_names(&mut case.tx, author).await?;
    rules::mine(Asked {
        role: case.role,
        from: stakes.as_ref(),
        akin: names.iter().any(|name| akin(name, &spot.printed)),
        collective: spot.collective,
        already,
    })?;
    let emptied = match from {
        Some(from) => {
            people::count_authorships(&mut case.tx, from).await? == 1
                && other_is_free(&mut case.tx, from).await?
        }
        None => false,
    };
    let change = Change::Mine {
        moved: vec![spot.moved()],
        emptied,
    };
    let decisions = [(spot, Verdict::Is, author)];
    let work = Some(sent.work);
    let correction = case.write(change, from, work, &reason, &decisions).await?;
    let stance = (case.role == Role::Claimant).then_some("confirmed");
    queries::update_spot(&mut case.tx, spot, Some(author.0), stance).await?;
    if let Some(from) = from
        && emptied
    {
        // It was this authorship and nothing else: its address leads to where that went.
        case.lead_to(from, author).await?;
    }
    let authors: Vec<AuthorId> = [Some(author), from].into_iter().flatten().collect();
    case.close(&authors).await?;
    Ok((row, correction))
}

/// Whether an author stands for itself, is shown, and nobody has a claim on it.
async fn other_is_free(db: &mut impl Sql, other: AuthorId) -> Result<bool, AppError> {
    let row = people::lookup(db, other).await?;
    let stands = row.is_some_and(|row| row.merged_into.is_none() && row.hidden_at.is_none());
    let (stakes, _) = queries::stakes(db, other).await?;
    Ok(stands
        && stakes.holder.is_none()
        && stakes.claimants.is_empty()
        && current(db, other).await? == other)
}
