//! SQL of the moderators' list of authors who may be one person.

use crate::args;
use crate::db::{DbResult, Sql, Tx};
use crate::domain::ids::{AccountId, AuthorId};

/// Lower number first, as the table keeps a pair.
pub fn pair(one: AuthorId, other: AuthorId) -> (i64, i64) {
    (one.0.min(other.0), one.0.max(other.0))
}

/// Open pairs of authors that both stand for themselves and are shown, most probable first: (low, high, probability).
pub async fn list_open(db: &mut impl Sql, limit: i64) -> DbResult<Vec<(i64, i64, f64)>> {
    db.all(
        "SELECT r.author_low, r.author_high, r.probability FROM identity_reviews r
         JOIN authors l ON l.id = r.author_low JOIN authors h ON h.id = r.author_high
         WHERE r.state = 'open' AND l.merged_into IS NULL AND h.merged_into IS NULL
           AND l.hidden_at IS NULL AND h.hidden_at IS NULL
         ORDER BY r.probability DESC, r.author_low, r.author_high LIMIT $1",
        args![limit],
    )
    .await
}

/// How many there are.
pub async fn count_open(db: &mut impl Sql) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM identity_reviews r
             JOIN authors l ON l.id = r.author_low JOIN authors h ON h.id = r.author_high
             WHERE r.state = 'open' AND l.merged_into IS NULL AND h.merged_into IS NULL
               AND l.hidden_at IS NULL AND h.hidden_at IS NULL",
            args![],
        )
        .await?;
    Ok(n)
}

/// The last pairs told apart: (low, its name, its slug, high, its name, its slug, by, at).
pub async fn list_apart(
    db: &mut impl Sql,
    limit: i64,
) -> DbResult<Vec<(i64, String, String, i64, String, String, String, i64)>> {
    db.all(
        "SELECT l.id, l.name, l.slug, h.id, h.name, h.slug, a.name, r.decided_at FROM identity_reviews r
         JOIN authors l ON l.id = r.author_low JOIN authors h ON h.id = r.author_high
         JOIN accounts a ON a.id = r.decided_by
         WHERE r.state = 'different' AND r.decided_at IS NOT NULL
         ORDER BY r.decided_at DESC, r.author_low, r.author_high LIMIT $1",
        args![limit],
    )
    .await
}

/// The state of a pair.
pub async fn lookup_state(
    db: &mut impl Sql,
    one: AuthorId,
    other: AuthorId,
) -> DbResult<Option<String>> {
    let (low, high) = pair(one, other);
    let row: Option<(String,)> = db
        .optional(
            "SELECT state FROM identity_reviews WHERE author_low = $1 AND author_high = $2",
            args![low, high],
        )
        .await?;
    Ok(row.map(|(state,)| state))
}

/// Finds that an open pair is two people; answers whether it was open.
pub async fn update_apart(
    tx: &mut Tx,
    one: AuthorId,
    other: AuthorId,
    by: AccountId,
    now: i64,
) -> DbResult<bool> {
    let (low, high) = pair(one, other);
    let n = tx
        .execute(
            "UPDATE identity_reviews SET state = 'different', decided_at = $3, decided_by = $4
             WHERE author_low = $1 AND author_high = $2 AND state = 'open'",
            args![low, high, now, by],
        )
        .await?;
    Ok(n > 0)
}

/// The pair was joined, if it was on the list.
pub async fn update_merged(
    tx: &mut Tx,
    one: AuthorId,
    other: AuthorId,
    by: AccountId,
    now: i64,
) -> DbResult<()> {
    let (low, high) = pair(one, other);
    tx.execute(
        "UPDATE identity_reviews SET state = 'merged', decided_at = $3, decided_by = $4
         WHERE author_low = $1 AND author_high = $2",
        args![low, high, now, by],
    )
    .await?;
    Ok(())
}

/// Puts a decided pair back on the list; answers whether it was in that state.
pub async fn update_reopened(
    tx: &mut Tx,
    one: AuthorId,
    other: AuthorId,
    state: &'static str,
) -> DbResult<bool> {
    let (low, high) = pair(one, other);
    let n = tx
        .execute(
            "UPDATE identity_reviews SET state = 'open', decided_at = NULL, decided_by = NULL
             WHERE author_low = $1 AND author_high = $2 AND state = $3",
            args![low, high, state],
        )
        .await?;
    Ok(n > 0)
}

/// One side of a pair.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CandidateRow {
    /// Number.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Last part of the address.
    pub slug: String,
    /// Works.
    pub works_count: i64,
    /// First year of a work.
    pub from_year: Option<i64>,
    /// Last year of a work.
    pub to_year: Option<i64>,
}

/// One side of a pair.
pub async fn lookup_candidate(
    db: &mut impl Sql,
    author: AuthorId,
) -> DbResult<Option<CandidateRow>> {
    db.optional(
        "SELECT a.id, a.name, a.slug, a.works_count,
             (SELECT MIN(w.year) FROM authorships s JOIN works w ON w.id = s.work_id WHERE s.author_id = a.id) AS from_year,
             (SELECT MAX(w.year) FROM authorships s JOIN works w ON w.id = s.work_id WHERE s.author_id = a.id) AS to_year
         FROM authors a WHERE a.id = $1",
        args![author],
    )
    .await
}

/// People who wrote with both, at most `limit`: names, most works first.
pub async fn shared_co_authors(
    db: &mut impl Sql,
    one: AuthorId,
    other: AuthorId,
    limit: i64,
) -> DbResult<Vec<String>> {
    names(
        db,
        "SELECT c.name FROM authors c WHERE c.hidden_at IS NULL AND c.id NOT IN ($1, $2)
           AND c.id IN (SELECT b.author_id FROM authorships a JOIN authorships b ON b.work_id = a.work_id WHERE a.author_id = $1)
           AND c.id IN (SELECT b.author_id FROM authorships a JOIN authorships b ON b.work_id = a.work_id WHERE a.author_id = $2)
         ORDER BY c.works_count DESC, c.id LIMIT $3",
        one,
        other,
        limit,
    )
    .await
}

/// Institutions of both.
pub async fn shared_institutions(
    db: &mut impl Sql,
    one: AuthorId,
    other: AuthorId,
    limit: i64,
) -> DbResult<Vec<String>> {
    names(
        db,
        "SELECT i.name FROM institutions i
         JOIN author_institutions a ON a.institution_id = i.id AND a.author_id = $1
         JOIN author_institutions b ON b.institution_id = i.id AND b.author_id = $2
         ORDER BY i.name LIMIT $3",
        one,
        other,
        limit,
    )
    .await
}

/// Topics of both.
pub async fn shared_topics(
    db: &mut impl Sql,
    one: AuthorId,
    other: AuthorId,
    limit: i64,
) -> DbResult<Vec<String>> {
    names(
        db,
        "SELECT t.name FROM topics t
         WHERE t.id IN (SELECT wt.topic_id FROM authorships s JOIN work_topics wt ON wt.work_id = s.work_id WHERE s.author_id = $1)
           AND t.id IN (SELECT wt.topic_id FROM authorships s JOIN work_topics wt ON wt.work_id = s.work_id WHERE s.author_id = $2)
         ORDER BY t.name LIMIT $3",
        one,
        other,
        limit,
    )
    .await
}

/// Venues of both.
pub async fn shared_venues(
    db: &mut impl Sql,
    one: AuthorId,
    other: AuthorId,
    limit: i64,
) -> DbResult<Vec<String>> {
    names(
        db,
        "SELECT DISTINCT w.venue FROM authorships s JOIN works w ON w.id = s.work_id
         WHERE s.author_id = $1 AND w.venue IS NOT NULL AND w.venue IN
             (SELECT v.venue FROM authorships r JOIN works v ON v.id = r.work_id WHERE r.author_id = $2)
         ORDER BY w.venue LIMIT $3",
        one,
        other,
        limit,
    )
    .await
}

async fn names(
    db: &mut impl Sql,
    sql: &'static str,
    one: AuthorId,
    other: AuthorId,
    limit: i64,
) -> DbResult<Vec<String>> {
    let rows: Vec<(String,)> = db.all(sql, args![one, other, limit]).await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}
