//! SQL of works.

use super::types::{LISTED_AUTHORS, PER_PAGE, WorksOf};
use crate::args;
use crate::db::{Arg, DbResult, Sql, Statement, placeholders};
use crate::domain::ids::WorkId;

/// A row of a list or page.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WorkRow {
    /// Row number.
    pub id: i64,
    /// Stored word of the kind.
    pub kind: String,
    /// Readable title.
    pub title: String,
    /// Sanitised HTML.
    pub title_html: String,
    /// Last part of the address.
    pub slug: String,
    /// Year.
    pub year: Option<i64>,
    /// ISO date or part of one.
    pub published_on: Option<String>,
    /// Where it appeared.
    pub venue: Option<String>,
    /// Sanitised HTML.
    pub abstract_html: Option<String>,
    /// The source's own page.
    pub url: Option<String>,
    /// The list of authors stops before its end.
    pub more_authors: bool,
    /// A source says that it was retracted.
    pub retracted: bool,
    /// Epoch milliseconds.
    pub updated_at: i64,
}

/// An authorship of a listed work.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct BylineRow {
    /// Of which work.
    pub work_id: i64,
    /// From 1.
    pub position: i64,
    /// Of which author; nothing while it waits to be placed.
    pub author_id: Option<i64>,
    /// Last part of the author's address.
    pub slug: Option<String>,
    /// Name as printed, or the author's name where the printed one is a former name.
    pub name: String,
    /// Affiliation as printed.
    pub affiliation_printed: Option<String>,
}

/// How a list is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Year descending, then title.
    Newest,
    /// Year ascending, then title.
    Oldest,
    /// Title.
    Title,
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Narrow {
    /// Stored word of a kind.
    pub kind: Option<String>,
    /// A year.
    pub year: Option<i64>,
    /// Folded words that the folded title contains.
    pub words: Vec<String>,
}

const COLUMNS: &str = "w.id, w.kind, w.title, w.title_html, w.slug, w.year, w.published_on, w.venue, \
                       w.abstract_html, w.url, w.more_authors, w.retracted, w.updated_at";

/// Of `works w`: those that are listed. Others keep an address and nothing else.
const LISTED: &str = "w.withdrawn_at IS NULL AND w.merged_into IS NULL";

/// `$1` is whose works.
fn membership(of: WorksOf) -> (&'static str, i64) {
    match of {
        WorksOf::Author(id) => (
            "w.id IN (SELECT s.work_id FROM authorships s
                      JOIN authors a ON a.id = s.author_id AND a.hidden_at IS NULL
                      WHERE s.author_id = $1 AND (s.stance IS NULL OR s.stance <> 'hidden'))",
            id,
        ),
        WorksOf::Topic(id) => (
            "w.id IN (SELECT work_id FROM work_topics WHERE topic_id IN (
                WITH RECURSIVE below (id) AS (
                    SELECT id FROM topics WHERE id = $1
                    UNION
                    SELECT t.id FROM below b JOIN topics t ON t.broader_id = b.id
                ) SELECT id FROM below))",
            id,
        ),
        WorksOf::Institution(id) => (
            "w.id IN (SELECT work_id FROM authorship_institutions WHERE institution_id = $1)",
            id,
        ),
    }
}

fn condition(of: WorksOf, narrow: &Narrow) -> (String, Vec<Arg>) {
    let (member, id) = membership(of);
    let mut sql = format!("{LISTED} AND {member}");
    let mut values = args![id];
    if let Some(kind) = &narrow.kind {
        values.push(Arg::from(kind));
        sql.push_str(&format!(" AND w.kind = ${}", values.len()));
    }
    if let Some(year) = narrow.year {
        values.push(Arg::from(year));
        sql.push_str(&format!(" AND w.year = ${}", values.len()));
    }
    for word in &narrow.words {
        // Folded words hold letters and digits only, so nothing in them is a wildcard.
        values.push(Arg::from(format!("%{word}%")));
        sql.push_str(&format!(" AND w.title_key LIKE ${}", values.len()));
    }
    (sql, values)
}

/// One page of works, `page` from 1.
pub async fn list(
    db: &mut impl Sql,
    of: WorksOf,
    narrow: &Narrow,
    order: Order,
    page: u32,
) -> DbResult<Vec<WorkRow>> {
    let (condition, mut values) = condition(of, narrow);
    let order = match order {
        Order::Newest => "w.year IS NULL, w.year DESC, w.title_key, w.id",
        Order::Oldest => "w.year IS NULL, w.year, w.title_key, w.id",
        Order::Title => "w.title_key, w.id",
    };
    values.push(Arg::from(PER_PAGE));
    values.push(Arg::from(PER_PAGE * (i64::from(page) - 1)));
    let n = values.len();
    let sql = format!(
        "SELECT {COLUMNS} FROM works w WHERE {condition} ORDER BY {order} LIMIT ${} OFFSET ${n}",
        n - 1
    );
    db.all_assembled(Statement::Owned(sql), values).await
}

/// How many works match.
pub async fn count(db: &mut impl Sql, of: WorksOf, narrow: &Narrow) -> DbResult<i64> {
    let (condition, values) = condition(of, narrow);
    let sql = format!("SELECT COUNT(*) FROM works w WHERE {condition}");
    let rows: Vec<(i64,)> = db.all_assembled(Statement::Owned(sql), values).await?;
    Ok(rows.first().map_or(0, |row| row.0))
}

/// Which kinds and years occur, with their counts: (kind, year, count).
pub async fn facets(db: &mut impl Sql, of: WorksOf) -> DbResult<Vec<(String, Option<i64>, i64)>> {
    let (member, id) = membership(of);
    let sql = format!(
        "SELECT w.kind, w.year, COUNT(*) FROM works w WHERE {LISTED} AND {member} GROUP BY w.kind, w.year
         ORDER BY w.kind, w.year"
    );
    db.all_assembled(Statement::Owned(sql), args![id]).await
}

/// The works with these ids, in no order.
pub async fn find(db: &mut impl Sql, ids: &[i64]) -> DbResult<Vec<WorkRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM works w WHERE w.id IN ({})",
        placeholders(1, ids.len())
    );
    db.all_assembled(
        Statement::Owned(sql),
        ids.iter().map(|id| Arg::from(*id)).collect(),
    )
    .await
}

/// The first authors of these works (up to [`LISTED_AUTHORS`] each), by work and position.
pub async fn bylines(db: &mut impl Sql, works: &[i64]) -> DbResult<Vec<BylineRow>> {
    if works.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT s.work_id, s.position, s.author_id, a.slug,
            COALESCE(s.name_shown, s.name_printed) AS name, s.affiliation_printed
         FROM authorships s LEFT JOIN authors a ON a.id = s.author_id AND a.hidden_at IS NULL
         WHERE s.position <= $1 AND s.work_id IN ({}) ORDER BY s.work_id, s.position",
        placeholders(2, works.len())
    );
    let mut values = args![LISTED_AUTHORS];
    values.extend(works.iter().map(|id| Arg::from(*id)));
    db.all_assembled(Statement::Owned(sql), values).await
}

/// How many authors each of these works has: (work, count).
pub async fn author_counts(db: &mut impl Sql, works: &[i64]) -> DbResult<Vec<(i64, i64)>> {
    if works.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT work_id, COUNT(*) FROM authorships WHERE work_id IN ({}) GROUP BY work_id",
        placeholders(1, works.len())
    );
    db.all_assembled(
        Statement::Owned(sql),
        works.iter().map(|id| Arg::from(*id)).collect(),
    )
    .await
}

/// The first authors of one work, up to `most`.
pub async fn authors_of(db: &mut impl Sql, work: WorkId, most: i64) -> DbResult<Vec<BylineRow>> {
    db.all(
        "SELECT s.work_id, s.position, s.author_id, a.slug,
            COALESCE(s.name_shown, s.name_printed) AS name, s.affiliation_printed
         FROM authorships s LEFT JOIN authors a ON a.id = s.author_id AND a.hidden_at IS NULL
         WHERE s.work_id = $1 ORDER BY s.position LIMIT $2",
        args![work, most],
    )
    .await
}

/// Topics of a work: (id, slug, name, scheme, code).
pub async fn topics_of(
    db: &mut impl Sql,
    work: WorkId,
) -> DbResult<Vec<(i64, String, String, String, String)>> {
    db.all(
        "SELECT t.id, t.slug, t.name, t.scheme, t.code FROM work_topics wt
         JOIN topics t ON t.id = wt.topic_id WHERE wt.work_id = $1 ORDER BY t.name, t.id",
        args![work],
    )
    .await
}

/// Identifiers of a work: (scheme, value).
pub async fn identifiers_of(db: &mut impl Sql, work: WorkId) -> DbResult<Vec<(String, String)>> {
    db.all(
        "SELECT scheme, value FROM work_identifiers WHERE work_id = $1 ORDER BY scheme, value",
        args![work],
    )
    .await
}

/// A record that a work was read from.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RecordRow {
    /// Who said so.
    pub source: String,
    /// The source's name for it.
    pub record_key: String,
    /// Epoch milliseconds.
    pub imported_at: i64,
    /// The record as JSON, see [`super::service::content`].
    pub content: Option<String>,
    /// first, identifier or title
    pub matched_by: String,
    /// 0 to 1: how sure it is that it belongs to the work.
    pub confidence: f64,
    /// Epoch milliseconds: the source took it back.
    pub withdrawn_at: Option<i64>,
}

/// Records that a work was read from, the one that made it first.
pub async fn records_of(db: &mut impl Sql, work: WorkId) -> DbResult<Vec<RecordRow>> {
    db.all(
        "SELECT source, record_key, imported_at, content, matched_by, confidence, withdrawn_at
         FROM work_records WHERE work_id = $1
         ORDER BY CASE WHEN matched_by = 'first' THEN 0 ELSE 1 END, imported_at, source, record_key",
        args![work],
    )
    .await
}

/// Which source gave which field, as JSON; nothing where one record gave all.
pub async fn origins_of(db: &mut impl Sql, work: WorkId) -> DbResult<Option<String>> {
    let found: Option<(Option<String>,)> = db
        .optional("SELECT origins FROM works WHERE id = $1", args![work])
        .await?;
    Ok(found.and_then(|(origins,)| origins))
}

/// Whether an author of a work has a former name that must not be shown.
pub async fn has_former_names(db: &mut impl Sql, work: WorkId) -> DbResult<bool> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM authorships s JOIN former_names f ON f.author_id = s.author_id
             WHERE s.work_id = $1",
            args![work],
        )
        .await?;
    Ok(n > 0)
}

/// Organisations of the authors of a work up to a position: (position, id, slug, name, confidence).
pub async fn institutions_of(
    db: &mut impl Sql,
    work: WorkId,
    last: i64,
) -> DbResult<Vec<(i64, i64, String, String, f64)>> {
    db.all(
        "SELECT x.position, i.id, i.slug, i.name, x.confidence
         FROM authorship_institutions x JOIN institutions i ON i.id = x.institution_id
         WHERE x.work_id = $1 AND x.position <= $2 ORDER BY x.position, x.confidence DESC, i.name, i.id",
        args![work, last],
    )
    .await
}

/// Every author's printed name on these works, in order: (work, name, the family name in it, not one person).
pub async fn printed_names(
    db: &mut impl Sql,
    works: &[i64],
) -> DbResult<Vec<(i64, String, Option<String>, bool)>> {
    if works.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT work_id, COALESCE(name_shown, name_printed),
            CASE WHEN name_shown IS NULL THEN family_printed END, collective
         FROM authorships WHERE work_id IN ({})
         ORDER BY work_id, position",
        placeholders(1, works.len())
    );
    db.all_assembled(
        Statement::Owned(sql),
        works.iter().map(|id| Arg::from(*id)).collect(),
    )
    .await
}

/// Identifiers of these works: (work, scheme, value).
pub async fn identifiers_of_all(
    db: &mut impl Sql,
    works: &[i64],
) -> DbResult<Vec<(i64, String, String)>> {
    if works.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT work_id, scheme, value FROM work_identifiers WHERE work_id IN ({})
         ORDER BY work_id, scheme, value",
        placeholders(1, works.len())
    );
    db.all_assembled(
        Statement::Owned(sql),
        works.iter().map(|id| Arg::from(*id)).collect(),
    )
    .await
}

/// The records of these works that no source took back: (work, source, its name for the record, the record as JSON).
pub async fn contents_of_all(
    db: &mut impl Sql,
    works: &[i64],
) -> DbResult<Vec<(i64, String, String, String)>> {
    if works.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT work_id, source, record_key, content FROM work_records
         WHERE withdrawn_at IS NULL AND content IS NOT NULL AND work_id IN ({})
         ORDER BY work_id, source, record_key",
        placeholders(1, works.len())
    );
    db.all_assembled(
        Statement::Owned(sql),
        works.iter().map(|id| Arg::from(*id)).collect(),
    )
    .await
}
