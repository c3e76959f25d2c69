//! SQL of topics.

use super::types::PER_PAGE;
use crate::args;
use crate::db::words::begin_with;
use crate::db::{Arg, DbResult, Sql, Statement};
use crate::domain::ids::TopicId;

/// A topic's own row.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TopicRow {
    /// Name.
    pub name: String,
    /// Last part of the address.
    pub slug: String,
    /// Word of the scheme.
    pub scheme: String,
    /// Its code there.
    pub code: String,
    /// What it is about.
    pub description: Option<String>,
}

/// A topic with a number of works.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CountedRow {
    /// Row number.
    pub id: i64,
    /// Last part of the address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Word of the scheme.
    pub scheme: String,
    /// Its code there.
    pub code: String,
    /// Works.
    pub n: i64,
}

/// An author with the works that are counted here, and how many authors there are in all.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PersonRow {
    /// Row number.
    pub id: i64,
    /// Last part of the address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Works.
    pub works: i64,
    /// Standing claims.
    pub claims: i64,
    /// Authors in all.
    pub total: i64,
}

/// Levels that are followed upwards; a scheme with more has a circle in it.
const MOST_LEVELS: i64 = 12;
/// The newest works that are looked at for topics of other schemes.
const SAMPLE: i64 = 2_000;

/// A topic.
pub async fn lookup(db: &mut impl Sql, id: TopicId) -> DbResult<Option<TopicRow>> {
    db.optional(
        "SELECT name, slug, scheme, code, description FROM topics WHERE id = $1",
        args![id],
    )
    .await
}

/// Those above a topic, the broadest first: (id, slug, name).
pub async fn broader(db: &mut impl Sql, id: TopicId) -> DbResult<Vec<(i64, String, String)>> {
    db.all(
        "WITH RECURSIVE above (id, level) AS (
            SELECT broader_id, 1 FROM topics WHERE id = $1
            UNION ALL
            SELECT t.broader_id, a.level + 1 FROM above a JOIN topics t ON t.id = a.id
            WHERE a.level < $2
         )
         SELECT t.id, t.slug, t.name FROM above a JOIN topics t ON t.id = a.id
         WHERE t.id <> $1 ORDER BY a.level DESC",
        args![id, MOST_LEVELS],
    )
    .await
}

/// Those right below a topic, with the works on them and below them, most first.
pub async fn narrower(db: &mut impl Sql, id: TopicId, most: i64) -> DbResult<Vec<CountedRow>> {
    db.all(
        "WITH RECURSIVE below (top, id) AS (
            SELECT id, id FROM topics WHERE broader_id = $1 AND id <> $1
            UNION
            SELECT b.top, t.id FROM below b JOIN topics t ON t.broader_id = b.id
         )
         SELECT t.id, t.slug, t.name, t.scheme, t.code, COALESCE(x.n, 0) AS n FROM topics t
         LEFT JOIN (SELECT b.top, COUNT(DISTINCT w.work_id) AS n FROM below b
                    JOIN work_topics w ON w.topic_id = b.id GROUP BY b.top) x ON x.top = t.id
         WHERE t.broader_id = $1 AND t.id <> $1
         ORDER BY COALESCE(x.n, 0) DESC, t.name_key, t.id LIMIT $2",
        args![id, most],
    )
    .await
}

/// Topics of other schemes by the works that they share with a topic, among its newest.
pub async fn elsewhere(
    db: &mut impl Sql,
    id: TopicId,
    scheme: &str,
    most: i64,
) -> DbResult<Vec<CountedRow>> {
    db.all(
        "SELECT t.id, t.slug, t.name, t.scheme, t.code, x.n FROM
            (SELECT o.topic_id, COUNT(*) AS n FROM
                (SELECT work_id FROM work_topics WHERE topic_id = $1 ORDER BY work_id DESC LIMIT $3) s
             JOIN work_topics o ON o.work_id = s.work_id
             JOIN topics p ON p.id = o.topic_id WHERE p.scheme <> $2
             GROUP BY o.topic_id) x
         JOIN topics t ON t.id = x.topic_id ORDER BY x.n DESC, t.name_key, t.id LIMIT $4",
        args![id, scheme, SAMPLE, most],
    )
    .await
}

/// One page of the authors with works on a topic or below it, those with the most works first.
pub async fn authors(
    db: &mut impl Sql,
    id: TopicId,
    most: i64,
    skip: i64,
) -> DbResult<Vec<PersonRow>> {
    db.all(
        "WITH RECURSIVE below (id) AS (
            SELECT id FROM topics WHERE id = $1
            UNION
            SELECT t.id FROM below b JOIN topics t ON t.broader_id = b.id
         )
         SELECT a.id, a.slug, a.name, x.n AS works, x.total,
            (SELECT COUNT(*) FROM claims c WHERE c.author_id = a.id
             AND c.state IN ('approved', 'upheld', 'contested')) AS claims
         FROM (SELECT y.author_id, y.n, COUNT(*) OVER () AS total FROM
                (SELECT s.author_id, COUNT(DISTINCT s.work_id) AS n FROM work_topics t
                 JOIN authorships s ON s.work_id = t.work_id
                 JOIN works w ON w.id = s.work_id AND w.withdrawn_at IS NULL AND w.merged_into IS NULL
                 JOIN authors p ON p.id = s.author_id AND p.hidden_at IS NULL AND p.merged_into IS NULL
                 WHERE t.topic_id IN (SELECT id FROM below) AND (s.stance IS NULL OR s.stance <> 'hidden')
                 GROUP BY s.author_id) y
               JOIN authors q ON q.id = y.author_id
               ORDER BY y.n DESC, q.name_key, y.author_id LIMIT $2 OFFSET $3) x
         JOIN authors a ON a.id = x.author_id ORDER BY x.n DESC, a.name_key, a.id",
        args![id, most, skip],
    )
    .await
}

fn condition(words: &[Vec<String>], scheme: Option<&str>) -> (String, Vec<Arg>) {
    let mut values = Vec::new();
    let tokens = ("topic_name_tokens", "topic_id");
    let mut parts = vec![begin_with("t.id", tokens, words, &mut values)];
    if let Some(scheme) = scheme {
        values.push(Arg::from(scheme));
        parts.push(format!("t.scheme = ${}", values.len()));
    }
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        parts.push("TRUE".to_owned());
    }
    (parts.join(" AND "), values)
}

/// One page of topics by the words of their names and their scheme, in the order of the names; `page` from 1.
pub async fn list(
    db: &mut impl Sql,
    words: &[Vec<String>],
    scheme: Option<&str>,
    page: u32,
) -> DbResult<Vec<CountedRow>> {
    let (condition, mut values) = condition(words, scheme);
    values.push(Arg::from(PER_PAGE));
    values.push(Arg::from(PER_PAGE * (i64::from(page) - 1)));
    let n = values.len();
    let sql = format!(
        "SELECT t.id, t.slug, t.name, t.scheme, t.code,
            (SELECT COUNT(*) FROM work_topics w WHERE w.topic_id = t.id) AS n
         FROM topics t WHERE {condition} ORDER BY t.name_key, t.id LIMIT ${} OFFSET ${n}",
        n - 1
    );
    db.all_assembled(Statement::Owned(sql), values).await
}

/// How many topics match.
pub async fn count(
    db: &mut impl Sql,
    words: &[Vec<String>],
    scheme: Option<&str>,
) -> DbResult<i64> {
    let (condition, values) = condition(words, scheme);
    let sql = format!("SELECT COUNT(*) FROM topics t WHERE {condition}");
    let rows: Vec<(i64,)> = db.all_assembled(Statement::Owned(sql), values).await?;
    Ok(rows.first().map_or(0, |row| row.0))
}

/// The schemes that topics are of.
pub async fn schemes(db: &mut impl Sql) -> DbResult<Vec<(String,)>> {
    db.all(
        "SELECT DISTINCT scheme FROM topics ORDER BY scheme",
        args![],
    )
    .await
}
