//! SQL of searching.

use super::types::PER_PAGE;
use crate::args;
use crate::db::words::{begin_with, whole_words};
use crate::db::{Arg, DbResult, Sql, Statement};

/// A listed author.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HitRow {
    /// Row number.
    pub id: i64,
    /// Last part of the address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Number of works.
    pub works_count: i64,
    /// Latest institution.
    pub institution: Option<String>,
    /// Title of the latest work.
    pub sample: Option<String>,
    /// Standing claims.
    pub claims: i64,
}

const COLUMNS: &str = "a.id, a.slug, a.name, a.works_count,
    (SELECT i.name FROM author_institutions ai JOIN institutions i ON i.id = ai.institution_id
     WHERE ai.author_id = a.id ORDER BY COALESCE(ai.to_year, 9999) DESC, i.id LIMIT 1) AS institution,
    (SELECT w.title FROM authorships s JOIN works w ON w.id = s.work_id
     WHERE s.author_id = a.id AND (s.stance IS NULL OR s.stance <> 'hidden')
     ORDER BY s.work_id DESC LIMIT 1) AS sample,
    (SELECT COUNT(*) FROM claims c WHERE c.author_id = a.id
     AND c.state IN ('approved', 'upheld', 'contested')) AS claims";

const TOKENS: (&str, &str) = ("author_name_tokens", "author_id");

fn condition(words: &[Vec<String>]) -> (String, Vec<Arg>) {
    let mut values = Vec::new();
    (begin_with("a.id", TOKENS, words, &mut values), values)
}

/// One page of authors by words of the name; `page` from 1. First those whose whole name was typed, with either name in front,
/// then those with most of the words in full, then those with most works.
pub async fn list(db: &mut impl Sql, words: &[Vec<String>], page: u32) -> DbResult<Vec<HitRow>> {
    let (condition, mut values) = condition(words);
    let whole = whole_words("a.id", TOKENS, words, &mut values);
    let mut typed: Vec<&str> = words
        .iter()
        .filter_map(|spellings| spellings.first())
        .map(String::as_str)
        .collect();
    // "Wang, Wei" and "Wei Wang"; "van Berg, Ada" and "Ada van Berg".
    let mut exact = Vec::new();
    for _ in 0..typed.len().max(1) {
        values.push(Arg::from(typed.join(" ")));
        exact.push(format!("${}", values.len()));
        if !typed.is_empty() {
            typed.rotate_left(1);
        }
    }
    let exact = exact.join(", ");
    values.push(Arg::from(PER_PAGE));
    values.push(Arg::from(PER_PAGE * (i64::from(page) - 1)));
    let n = values.len();
    let sql = format!(
        "SELECT {COLUMNS} FROM authors a WHERE a.merged_into IS NULL AND a.hidden_at IS NULL AND {condition}
         ORDER BY CASE WHEN a.name_key IN ({exact}) THEN 0 ELSE 1 END, {whole} DESC, a.works_count DESC, a.name_key,
            a.id LIMIT ${} OFFSET ${n}",
        n - 1
    );
    db.all_assembled(Statement::Owned(sql), values).await
}

/// How many authors match.
pub async fn count(db: &mut impl Sql, words: &[Vec<String>]) -> DbResult<i64> {
    let (condition, values) = condition(words);
    let sql = format!(
        "SELECT COUNT(*) FROM authors a WHERE a.merged_into IS NULL AND a.hidden_at IS NULL AND {condition}"
    );
    let rows: Vec<(i64,)> = db.all_assembled(Statement::Owned(sql), values).await?;
    Ok(rows.first().map_or(0, |row| row.0))
}

/// The work with an identifier: (id, slug, title).
pub async fn work_by_identifier(
    db: &mut impl Sql,
    scheme: &str,
    value: &str,
) -> DbResult<Option<(i64, String, String)>> {
    db.optional(
        "SELECT w.id, w.slug, w.title FROM work_identifiers i JOIN works w ON w.id = i.work_id
         WHERE i.scheme = $1 AND i.value = $2 AND w.withdrawn_at IS NULL",
        args![scheme, value],
    )
    .await
}

/// Authors with the most works.
pub async fn prominent(db: &mut impl Sql, most: i64) -> DbResult<Vec<HitRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM authors a WHERE a.works_count > 0 AND a.hidden_at IS NULL
         ORDER BY a.works_count DESC, a.id DESC LIMIT $1"
    );
    db.all_assembled(Statement::Owned(sql), args![most]).await
}

/// Numbers of authors and works.
pub async fn totals(db: &mut impl Sql) -> DbResult<(i64, i64)> {
    db.one(
        "SELECT (SELECT COUNT(*) FROM authors WHERE works_count > 0 AND hidden_at IS NULL),
            (SELECT COUNT(*) FROM works WHERE withdrawn_at IS NULL AND merged_into IS NULL)",
        args![],
    )
    .await
}

/// Frequent topics: (id, slug, name, works).
pub async fn topics(db: &mut impl Sql, most: i64) -> DbResult<Vec<(i64, String, String, i64)>> {
    db.all(
        "SELECT t.id, t.slug, t.name, x.n FROM
            (SELECT topic_id, COUNT(*) AS n FROM work_topics GROUP BY topic_id
             ORDER BY n DESC, topic_id LIMIT $1) x
         JOIN topics t ON t.id = x.topic_id ORDER BY x.n DESC, t.id",
        args![most],
    )
    .await
}
