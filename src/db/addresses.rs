//! Which page an address leads to: authors and works that turned out to be another, and those that are not shown.

use std::collections::{HashMap, HashSet};

use crate::args;
use crate::db::bulk::Given;
use crate::db::{DbResult, Sql};
use crate::domain::correction::FormerNames;
use crate::domain::ids::{AuthorId, WorkId};

/// Longer chains of mergers are taken for a loop, which nothing should ever write.
const LONGEST_CHAIN: usize = 64;

/// Where an address of an author leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// To this author, by this number.
    Here(AuthorRow),
    /// To this author, who took the place of the one named.
    Moved(AuthorRow),
    /// Nowhere: the author is hidden, or the address would tell a former name.
    Gone {
        /// The author that it was about; the answer must not tell who that is.
        author: AuthorId,
        /// Whether the author is hidden, so that undoing it brings the page back.
        hidden: bool,
    },
}

/// An author as addresses need one.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuthorRow {
    /// Row number.
    pub id: i64,
    /// The name shown.
    pub name: String,
    /// Last part of the address.
    pub slug: String,
    /// The author that took this one's place.
    pub merged_into: Option<i64>,
    /// Since when the page is hidden, epoch milliseconds.
    pub hidden_at: Option<i64>,
}

/// Where `/authors/{id}/{slug}` leads, whoever asks; nothing where there is no such author.
///
/// A wrong `slug` leads to the right one, except where the author has former names: then every other one leads nowhere, so
/// that trying tells nobody which it was.
pub async fn author(
    db: &mut impl Sql,
    id: AuthorId,
    slug: Option<&str>,
) -> DbResult<Option<Address>> {
    let Some(first) = lookup(db, id).await? else {
        return Ok(None);
    };
    let mut on_the_way = Vec::new();
    let mut last = first.clone();
    while let Some(next) = last.merged_into {
        on_the_way.push(last);
        if on_the_way.len() > LONGEST_CHAIN {
            return Ok(None);
        }
        match lookup(db, AuthorId(next)).await? {
            Some(row) => last = row,
            None => return Ok(None),
        }
    }
    let author = AuthorId(last.id);
    if last.hidden_at.is_some() {
        return Ok(Some(Address::Gone {
            author,
            hidden: true,
        }));
    }
    let asked = slug.filter(|slug| !slug.is_empty() && *slug != last.slug);
    if (asked.is_some() || !on_the_way.is_empty())
        && tells_former_name(db, &last, &on_the_way, asked).await?
    {
        return Ok(Some(Address::Gone {
            author,
            hidden: false,
        }));
    }
    Ok(Some(if on_the_way.is_empty() {
        Address::Here(last)
    } else {
        Address::Moved(last)
    }))
}

/// Which of these authors were merged into another, and into whom in the end.
///
/// # Errors
/// The database's.
pub async fn today(
    db: &mut impl Sql,
    authors: impl IntoIterator<Item = i64>,
) -> DbResult<HashMap<i64, i64>> {
    // Author named to author reached so far.
    let mut reached: HashMap<i64, i64> = authors.into_iter().map(|id| (id, id)).collect();
    let mut asked: HashSet<i64> = reached.keys().copied().collect();
    for _ in 0..LONGEST_CHAIN {
        let steps: Vec<(i64, i64)> = Given::ids(asked)?
            .all(
                db,
                "SELECT a.id, a.merged_into FROM {given} g CROSS JOIN authors a
                 WHERE a.id = g.id AND a.merged_into IS NOT NULL",
            )
            .await?;
        if steps.is_empty() {
            break;
        }
        let steps: HashMap<i64, i64> = steps.into_iter().collect();
        for at in reached.values_mut() {
            *at = steps.get(at).copied().unwrap_or(*at);
        }
        asked = steps.into_values().collect();
    }
    reached.retain(|named, at| named != at);
    Ok(reached)
}

/// The author itself, where it is shown under this number: for forms, which are never sent to an old address.
pub async fn shown_author(db: &mut impl Sql, id: AuthorId) -> DbResult<Option<(String, String)>> {
    db.optional(
        "SELECT name, slug FROM authors WHERE id = $1 AND merged_into IS NULL AND hidden_at IS NULL",
        args![id],
    )
    .await
}

/// An author's former names.
pub async fn former_names(
    db: &mut impl Sql,
    author: AuthorId,
    shown: &str,
) -> DbResult<FormerNames> {
    let keys: Vec<(String,)> = db
        .all(
            "SELECT name_key FROM former_names WHERE author_id = $1 ORDER BY name_key",
            args![author],
        )
        .await?;
    Ok(FormerNames::new(keys.into_iter().map(|(key,)| key), shown))
}

async fn lookup(db: &mut impl Sql, id: AuthorId) -> DbResult<Option<AuthorRow>> {
    db.optional(
        "SELECT id, name, slug, merged_into, hidden_at FROM authors WHERE id = $1",
        args![id],
    )
    .await
}

async fn tells_former_name(
    db: &mut impl Sql,
    last: &AuthorRow,
    on_the_way: &[AuthorRow],
    asked: Option<&str>,
) -> DbResult<bool> {
    let former = former_names(db, AuthorId(last.id), &last.name).await?;
    if former.is_empty() {
        return Ok(false);
    }
    let by_number = on_the_way.iter().any(|row| former.covers(&row.name));
    let by_words = asked.is_some_and(|slug| on_the_way.first().is_none_or(|row| row.slug != slug));
    Ok(by_number || by_words)
}

/// Where an address of a work leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkAddress {
    /// To this work.
    Here(WorkId),
    /// To this work, which the one named turned out to be.
    Moved(WorkId),
    /// Nowhere: every source withdrew its record.
    Gone,
}

/// Where `/works/{id}` leads; nothing where there is no such work.
pub async fn work(db: &mut impl Sql, id: WorkId) -> DbResult<Option<WorkAddress>> {
    let mut at = id;
    for _ in 0..=LONGEST_CHAIN {
        let row: Option<(Option<i64>, Option<i64>)> = db
            .optional(
                "SELECT merged_into, withdrawn_at FROM works WHERE id = $1",
                args![at],
            )
            .await?;
        match row {
            None => return Ok(None),
            Some((Some(next), _)) => at = WorkId(next),
            Some((None, Some(_))) => return Ok(Some(WorkAddress::Gone)),
            Some((None, None)) if at == id => return Ok(Some(WorkAddress::Here(at))),
            Some((None, None)) => return Ok(Some(WorkAddress::Moved(at))),
        }
    }
    Ok(None)
}
