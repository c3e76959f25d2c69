//! Authors who may be one person: what moderators see and decide. Joining two of them is a correction like any other.

use super::viewer;
use crate::db::Db;
use crate::domain::correction::Kind;
use crate::domain::events::Event;
use crate::domain::ids::{AuthorId, CorrectionId};
use crate::error::AppError;
use crate::features::correction::queries::{self, people, read, reviews};
use crate::features::correction::types::{
    Candidate, LogLine, Named, Pair, REVIEWS_SHOWN, ReviewList, ToldApart,
};
use crate::infra::context::Cx;
use crate::paths;

/// Names listed of what two authors share.
const SHARED_SHOWN: i64 = 6;
/// Lines of the logs.
const LOG_SHOWN: i64 = 30;

/// The list, most probable first, and the last decisions.
pub async fn list(cx: Cx) -> Result<ReviewList, AppError> {
    cx.require_moderator()?;
    let mut db = cx.db();
    let mut open = Vec::new();
    for (low, high, probability) in reviews::list_open(&mut db, REVIEWS_SHOWN).await? {
        open.push(pair(&cx, &mut db, AuthorId(low), AuthorId(high), probability).await?);
    }
    let named = |id: i64, label: String, slug: &str| {
        let href = Some(paths::author(AuthorId(id), slug));
        (AuthorId(id), Named { label, href })
    };
    let apart = reviews::list_apart(&mut db, LOG_SHOWN)
        .await?
        .into_iter()
        .map(
            |(low, low_name, low_slug, high, high_name, high_slug, by, at)| ToldApart {
                low: named(low, low_name, &low_slug),
                high: named(high, high_name, &high_slug),
                by,
                at,
            },
        )
        .collect();
    let log = read::list_log(&mut db, LOG_SHOWN)
        .await?
        .into_iter()
        .filter_map(|(id, at, kind, author, name, slug, by, reason, undone)| {
            Some(LogLine {
                correction: CorrectionId(id),
                at,
                kind: Kind::parse(&kind)?,
                author: Named {
                    label: name,
                    href: Some(paths::corrections(AuthorId(author), &slug)),
                },
                by,
                reason,
                undone: undone.is_some(),
            })
        })
        .collect();
    Ok(ReviewList {
        open,
        total: reviews::count_open(&mut db).await?,
        apart,
        log,
    })
}

async fn pair(
    cx: &Cx,
    db: &mut Db,
    low: AuthorId,
    high: AuthorId,
    probability: f64,
) -> Result<Pair, AppError> {
    let (low_stakes, _) = queries::stakes(db, low).await?;
    let (high_stakes, _) = queries::stakes(db, high).await?;
    let low_side = candidate(db, low, low_stakes.holder.is_some()).await?;
    let high_side = candidate(db, high, high_stakes.holder.is_some()).await?;
    // The claimed one stays; of two unclaimed the one with more works, then the one that came first.
    let high_stays = (high_side.claimed, high_side.works) > (low_side.claimed, low_side.works);
    let (kept, joined) = if high_stays {
        (high_side, low_side)
    } else {
        (low_side, high_side)
    };
    let mut shared = Vec::new();
    for (what, names) in [
        (
            "Co-authors",
            reviews::shared_co_authors(db, low, high, SHARED_SHOWN).await?,
        ),
        (
            "Institutions",
            reviews::shared_institutions(db, low, high, SHARED_SHOWN).await?,
        ),
        (
            "Topics",
            reviews::shared_topics(db, low, high, SHARED_SHOWN).await?,
        ),
        (
            "Venues",
            reviews::shared_venues(db, low, high, SHARED_SHOWN).await?,
        ),
    ] {
        if !names.is_empty() {
            shared.push(format!("{what}: {}", names.join(", ")));
        }
    }
    let mut against = Vec::new();
    let joint = people::count_joint_works(db, low, high).await?;
    if joint > 0 {
        let works = crate::domain::clock::count(joint, "work", "works");
        against.push(format!("Both stand as authors on {works}."));
    }
    let orcids = people::list_orcids(db, low).await?;
    let others = people::list_orcids(db, high).await?;
    let both = !orcids.is_empty() && !others.is_empty();
    if both && !orcids.iter().any(|orcid| others.contains(orcid)) {
        against.push("Their ORCID iDs differ.".to_owned());
    }
    let me = viewer(cx).account;
    let own = me.is_some_and(|me| low_stakes.takes_part(me) || high_stakes.takes_part(me));
    Ok(Pair {
        seen: queries::version(db, kept.author).await?,
        kept,
        joined,
        percent: (probability * 100.0).round().clamp(0.0, 100.0) as i64,
        shared,
        against,
        own,
    })
}

async fn candidate(db: &mut Db, author: AuthorId, claimed: bool) -> Result<Candidate, AppError> {
    let row = reviews::lookup_candidate(db, author)
        .await?
        .ok_or(AppError::Internal)?;
    let identifiers = read::list_author_identifiers(db, &[author.0]).await?;
    Ok(Candidate {
        author,
        href: paths::author(author, &row.slug),
        name: row.name,
        works: row.works_count,
        years: match (row.from_year, row.to_year) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (Some(from), Some(to)) => format!("{from}–{to}"),
            _ => String::new(),
        },
        identifiers: identifiers
            .into_iter()
            .map(|(_, scheme, value)| format!("{scheme}:{value}"))
            .collect(),
        claimed,
    })
}

/// A moderator finds that two authors are different people. A second time it only answers.
pub async fn tell_apart(cx: Cx, one: AuthorId, other: AuthorId) -> Result<(), AppError> {
    let by = decider(&cx, one, other).await?;
    let mut tx = cx.app.db.begin().await?;
    let before = reviews::lookup_state(&mut tx, one, other).await?;
    match before.as_deref() {
        None => return Err(AppError::NotFound),
        Some("different") => return Ok(()),
        Some(_) => {}
    }
    if !reviews::update_apart(&mut tx, one, other, by, cx.now()).await? {
        return Err(AppError::Conflict);
    }
    let (low, high) = reviews::pair(one, other);
    let event = Event::AuthorsToldApart {
        low: AuthorId(low),
        high: AuthorId(high),
        by,
    };
    cx.app.emit(&mut tx, Some(by), event).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts a pair that was told apart back on the list. A second time it only answers.
pub async fn reopen(cx: Cx, one: AuthorId, other: AuthorId) -> Result<(), AppError> {
    decider(&cx, one, other).await?;
    let mut tx = cx.app.db.begin().await?;
    let before = reviews::lookup_state(&mut tx, one, other).await?;
    match before.as_deref() {
        None => return Err(AppError::NotFound),
        Some("open") => return Ok(()),
        Some(_) => {}
    }
    if !reviews::update_reopened(&mut tx, one, other, "different").await? {
        return Err(AppError::Conflict);
    }
    tx.commit().await?;
    Ok(())
}

/// A moderator who takes part in neither author.
async fn decider(
    cx: &Cx,
    one: AuthorId,
    other: AuthorId,
) -> Result<crate::domain::ids::AccountId, AppError> {
    let moderator = cx.require_moderator()?.account();
    let mut db = cx.db();
    for author in [one, other] {
        if queries::stakes(&mut db, author)
            .await?
            .0
            .takes_part(moderator)
        {
            return Err(crate::domain::correction::Refusal::OwnCase.into());
        }
    }
    Ok(moderator)
}
