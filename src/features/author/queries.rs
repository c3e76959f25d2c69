//! SQL of authors.

use crate::args;
use crate::db::{DbResult, Sql};
use crate::domain::ids::{AccountId, AuthorId};
use crate::domain::verification::CLOSE_COLLABORATOR_MIN_JOINT_WORKS;

/// Other printed forms of the name.
pub async fn other_names(db: &mut impl Sql, id: AuthorId, name: &str) -> DbResult<Vec<(String,)>> {
    db.all(
        "SELECT name FROM author_names WHERE author_id = $1 AND name <> $2 ORDER BY name LIMIT 40",
        args![id, name],
    )
    .await
}

/// Institutions: (id, slug, name, from, to), latest first.
pub async fn institutions(
    db: &mut impl Sql,
    id: AuthorId,
) -> DbResult<Vec<(i64, String, String, Option<i64>, Option<i64>)>> {
    db.all(
        "SELECT i.id, i.slug, i.name, ai.from_year, ai.to_year
         FROM author_institutions ai JOIN institutions i ON i.id = ai.institution_id
         WHERE ai.author_id = $1 ORDER BY COALESCE(ai.to_year, 9999) DESC, i.name LIMIT 20",
        args![id],
    )
    .await
}

/// Identifiers: (scheme, value).
pub async fn identifiers(db: &mut impl Sql, id: AuthorId) -> DbResult<Vec<(String, String)>> {
    db.all(
        "SELECT scheme, value FROM author_identifiers WHERE author_id = $1 ORDER BY scheme, value",
        args![id],
    )
    .await
}

/// What the works of an author add up to.
#[derive(Clone, Copy, Debug, Default, sqlx::FromRow)]
pub struct WorkSums {
    /// Works.
    pub works: i64,
    /// Calendar years with a work.
    pub years: i64,
    /// Works with a DOI or from two independent sources.
    pub evidenced: i64,
    /// Works that the author confirmed.
    pub confirmed: i64,
    /// Works with an identifier from a registry.
    pub registered: i64,
}

/// Sums over an author's works, without those the author disowned.
pub async fn work_sums(db: &mut impl Sql, id: AuthorId) -> DbResult<WorkSums> {
    db.one(
        "SELECT COUNT(*) AS works, COUNT(DISTINCT w.year) AS years,
            COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM work_identifiers i
                    WHERE i.work_id = w.id AND i.scheme = 'doi')
                OR (SELECT COUNT(DISTINCT r.source) FROM work_records r WHERE r.work_id = w.id) >= 2
                THEN 1 ELSE 0 END), 0) AS evidenced,
            COALESCE(SUM(CASE WHEN a.confirmed > 0 THEN 1 ELSE 0 END), 0) AS confirmed,
            COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM work_identifiers i
                    WHERE i.work_id = w.id AND i.scheme NOT IN ('url', 'other'))
                THEN 1 ELSE 0 END), 0) AS registered
         FROM (SELECT work_id, SUM(CASE WHEN stance = 'confirmed' THEN 1 ELSE 0 END) AS confirmed
               FROM authorships
               WHERE author_id = $1 AND (stance IS NULL OR stance <> 'hidden')
               GROUP BY work_id) a
         JOIN works w ON w.id = a.work_id",
        args![id],
    )
    .await
}

/// Number of topics of an author's works.
pub async fn topic_count(db: &mut impl Sql, id: AuthorId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(DISTINCT t.topic_id) FROM authorships a
             JOIN work_topics t ON t.work_id = a.work_id
             WHERE a.author_id = $1 AND (a.stance IS NULL OR a.stance <> 'hidden')",
            args![id],
        )
        .await?;
    Ok(n)
}

/// Close collaborators: (id, slug, name, joint works, level of their standing claim or 0), most
/// joint works first.
pub async fn close_collaborators(
    db: &mut impl Sql,
    id: AuthorId,
) -> DbResult<Vec<(i64, String, String, i64, i64)>> {
    db.all(
        "SELECT c.id, c.slug, c.name, j.joint, COALESCE(
            (SELECT MAX(k.level) FROM claims k
             WHERE k.author_id = c.id AND k.state IN ('approved', 'upheld')), 0)
         FROM (SELECT b.author_id, COUNT(DISTINCT b.work_id) AS joint
               FROM authorships a JOIN authorships b
                 ON b.work_id = a.work_id AND b.author_id <> a.author_id
               WHERE a.author_id = $1 AND (a.stance IS NULL OR a.stance <> 'hidden')
                 AND (b.stance IS NULL OR b.stance <> 'hidden')
               GROUP BY b.author_id HAVING COUNT(DISTINCT b.work_id) >= $2) j
         JOIN authors c ON c.id = j.author_id AND c.hidden_at IS NULL
         ORDER BY j.joint DESC, c.name_key, c.id",
        args![id, CLOSE_COLLABORATOR_MIN_JOINT_WORKS],
    )
    .await
}

/// The level of the claim that stands on an author.
pub async fn claim_level(db: &mut impl Sql, id: AuthorId) -> DbResult<Option<Option<i64>>> {
    let row: Option<(Option<i64>,)> = db
        .optional(
            "SELECT level FROM claims
             WHERE author_id = $1 AND state IN ('approved', 'upheld', 'contested') ORDER BY id",
            args![id],
        )
        .await?;
    Ok(row.map(|r| r.0))
}

/// Followers of an author.
pub async fn followers(db: &mut impl Sql, id: AuthorId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM follows WHERE target_kind = 'author' AND target_id = $1",
            args![id],
        )
        .await?;
    Ok(n)
}

/// When the upheld reports against an author were decided, later than `since`.
pub async fn upheld_reports(db: &mut impl Sql, id: AuthorId) -> DbResult<Vec<(i64,)>> {
    db.all(
        "SELECT decided_at FROM reports
         WHERE author_id = $1 AND kind = 'report' AND state = 'upheld' AND decided_at IS NOT NULL
         ORDER BY decided_at",
        args![id],
    )
    .await
}

/// Sources of an author's works and when each was last read.
pub async fn sources(db: &mut impl Sql, id: AuthorId) -> DbResult<Vec<(String, i64)>> {
    db.all(
        "SELECT r.source, MAX(r.imported_at) FROM authorships a
         JOIN work_records r ON r.work_id = a.work_id
         WHERE a.author_id = $1 GROUP BY r.source ORDER BY r.source",
        args![id],
    )
    .await
}

/// Whether the account holds the author.
pub async fn is_holder(db: &mut impl Sql, id: AuthorId, account: AccountId) -> DbResult<bool> {
    let row: Option<(i64,)> = db
        .optional(
            "SELECT id FROM claims WHERE author_id = $1 AND account_id = $2
             AND state IN ('approved', 'upheld', 'contested') LIMIT 1",
            args![id, account],
        )
        .await?;
    Ok(row.is_some())
}
