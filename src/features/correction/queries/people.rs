//! What belongs to an author beside the authorships: rows, names, followers, reports.

use crate::args;
use crate::db::bulk::{Bulk, Kind};
use crate::db::{DbResult, Sql, Tx};
use crate::domain::correction::Follower;
use crate::domain::ids::{AccountId, AuthorId, CorrectionId, ReportId};
use crate::domain::names;

/// An author's row as corrections need it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AuthorRow {
    /// Number.
    pub id: i64,
    /// The name shown.
    pub name: String,
    /// Last part of the address.
    pub slug: String,
    /// Whether a person chose the name.
    pub name_decided: bool,
    /// The author that took this one's place.
    pub merged_into: Option<i64>,
    /// Since when the page is hidden.
    pub hidden_at: Option<i64>,
}

/// One author.
pub async fn lookup(db: &mut impl Sql, author: AuthorId) -> DbResult<Option<AuthorRow>> {
    db.optional(
        "SELECT id, name, slug, name_decided, merged_into, hidden_at FROM authors WHERE id = $1",
        args![author],
    )
    .await
}

/// A new author without works.
pub async fn add(tx: &mut Tx, name: &str, now: i64) -> DbResult<AuthorId> {
    let id = tx
        .insert(
            "INSERT INTO authors (name, name_key, slug, works_count, created_at)
             VALUES ($1, $2, $3, 0, $4) RETURNING id",
            args![name, names::name_key(name), names::slug(name), now],
        )
        .await?;
    Ok(AuthorId(id))
}

/// Every form of an author's name: the one shown, and those printed.
pub async fn list_names(db: &mut impl Sql, author: AuthorId) -> DbResult<Vec<String>> {
    let rows: Vec<(String,)> = db
        .all(
            "SELECT name FROM authors WHERE id = $1
             UNION SELECT name FROM author_names WHERE author_id = $1
             UNION SELECT name_printed FROM authorships WHERE author_id = $1",
            args![author],
        )
        .await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

/// The author's ORCID iDs.
pub async fn list_orcids(db: &mut impl Sql, author: AuthorId) -> DbResult<Vec<String>> {
    let rows: Vec<(String,)> = db
        .all(
            "SELECT value FROM author_identifiers WHERE author_id = $1 AND scheme = 'orcid' ORDER BY value",
            args![author],
        )
        .await?;
    Ok(rows.into_iter().map(|(value,)| value).collect())
}

/// How many authorships an author has.
pub async fn count_authorships(db: &mut impl Sql, author: AuthorId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM authorships WHERE author_id = $1",
            args![author],
        )
        .await?;
    Ok(n)
}

/// On how many works both authors stand.
pub async fn count_joint_works(db: &mut impl Sql, one: AuthorId, other: AuthorId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(DISTINCT a.work_id) FROM authorships a
             JOIN authorships b ON b.work_id = a.work_id AND b.author_id = $2 WHERE a.author_id = $1",
            args![one, other],
        )
        .await?;
    Ok(n)
}

/// Whether somebody holds another author of exactly this folded name.
pub async fn exists_claimed_namesake(
    db: &mut impl Sql,
    key: &str,
    but: AuthorId,
) -> DbResult<bool> {
    let row: Option<(i64,)> = db
        .optional(
            "SELECT a.id FROM authors a JOIN claims c ON c.author_id = a.id
             WHERE a.name_key = $1 AND a.id <> $2 AND c.state IN ('approved', 'contested', 'upheld') LIMIT 1",
            args![key, but],
        )
        .await?;
    Ok(row.is_some())
}

/// Gives every authorship of one author to another.
pub async fn update_all_spots(tx: &mut Tx, from: AuthorId, to: AuthorId) -> DbResult<()> {
    tx.execute(
        "UPDATE authorships SET author_id = $2 WHERE author_id = $1",
        args![from, to],
    )
    .await?;
    Ok(())
}

/// Says whose place an author's row took, or that it stands for itself again.
pub async fn update_merged(tx: &mut Tx, author: AuthorId, into: Option<AuthorId>) -> DbResult<()> {
    tx.execute(
        "UPDATE authors SET merged_into = $2 WHERE id = $1",
        args![author, into.map(|into| into.0)],
    )
    .await?;
    Ok(())
}

/// Hides the page, or shows it again.
pub async fn update_hidden(tx: &mut Tx, author: AuthorId, at: Option<i64>) -> DbResult<()> {
    tx.execute(
        "UPDATE authors SET hidden_at = $2 WHERE id = $1",
        args![author, at],
    )
    .await?;
    Ok(())
}

/// Sets the name shown. What follows from it is made anew by `db::authors::refresh`.
pub async fn update_name(tx: &mut Tx, author: AuthorId, name: &str, decided: bool) -> DbResult<()> {
    tx.execute(
        "UPDATE authors SET name = $2, name_key = $3, slug = $4, name_decided = $5 WHERE id = $1",
        args![
            author,
            name,
            names::name_key(name),
            names::slug(name),
            decided
        ],
    )
    .await?;
    tx.execute(
        "UPDATE authorships SET name_shown = NULL WHERE author_id = $1 AND name_shown IS NOT NULL",
        args![author],
    )
    .await?;
    Ok(())
}

/// Makes folded names former ones.
pub async fn add_former(
    tx: &mut Tx,
    author: AuthorId,
    keys: &[String],
    correction: CorrectionId,
) -> DbResult<()> {
    let mut rows = Bulk::new(
        "former_names",
        &[
            ("author_id", Kind::Int),
            ("name_key", Kind::Text),
            ("correction_id", Kind::Int),
        ],
    );
    for key in keys {
        rows.push((author.0, key, correction.0))?;
    }
    rows.write(tx).await?;
    Ok(())
}

/// What one correction made former names of this author is none any more.
pub async fn remove_former(
    tx: &mut Tx,
    author: AuthorId,
    correction: CorrectionId,
) -> DbResult<()> {
    tx.execute(
        "DELETE FROM former_names WHERE author_id = $1 AND correction_id = $2",
        args![author, correction],
    )
    .await?;
    Ok(())
}

/// Former names of an author, folded.
pub async fn list_former(db: &mut impl Sql, author: AuthorId) -> DbResult<Vec<String>> {
    let rows: Vec<(String,)> = db
        .all(
            "SELECT name_key FROM former_names WHERE author_id = $1 ORDER BY name_key",
            args![author],
        )
        .await?;
    Ok(rows.into_iter().map(|(key,)| key).collect())
}

/// The followers of `from` follow `to` instead; answers who they were.
pub async fn move_followers(tx: &mut Tx, from: AuthorId, to: AuthorId) -> DbResult<Vec<Follower>> {
    let rows: Vec<(i64, i64, bool)> = tx
        .all(
            "SELECT f.account_id, f.created_at, EXISTS (SELECT 1 FROM follows o WHERE o.account_id = f.account_id
                 AND o.target_kind = 'author' AND o.target_id = $2)
             FROM follows f WHERE f.target_kind = 'author' AND f.target_id = $1 ORDER BY f.account_id",
            args![from, to],
        )
        .await?;
    tx.execute(
        "INSERT INTO follows (account_id, target_kind, target_id, created_at)
         SELECT account_id, 'author', $2, created_at FROM follows
         WHERE target_kind = 'author' AND target_id = $1 ON CONFLICT DO NOTHING",
        args![from, to],
    )
    .await?;
    tx.execute(
        "DELETE FROM follows WHERE target_kind = 'author' AND target_id = $1",
        args![from],
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|(account, since, both)| Follower {
            account: AccountId(account),
            since,
            both,
        })
        .collect())
}

/// Gives a follower back whom [`move_followers`] took along, unless the person follows neither any more.
pub async fn move_follower_back(
    tx: &mut Tx,
    follower: &Follower,
    from: AuthorId,
    to: AuthorId,
) -> DbResult<()> {
    let added = tx
        .execute(
            "INSERT INTO follows (account_id, target_kind, target_id, created_at)
             SELECT account_id, 'author', $3, $4 FROM follows
             WHERE account_id = $1 AND target_kind = 'author' AND target_id = $2 ON CONFLICT DO NOTHING",
            args![follower.account, from, to, follower.since],
        )
        .await?;
    if added > 0 && !follower.both {
        tx.execute(
            "DELETE FROM follows WHERE account_id = $1 AND target_kind = 'author' AND target_id = $2",
            args![follower.account, from],
        )
        .await?;
    }
    Ok(())
}

/// The reports about `from` are about `to` now; answers which.
pub async fn move_reports(tx: &mut Tx, from: AuthorId, to: AuthorId) -> DbResult<Vec<ReportId>> {
    let rows: Vec<(i64,)> = tx
        .all(
            "UPDATE reports SET author_id = $2 WHERE author_id = $1 RETURNING id",
            args![from, to],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| ReportId(id)).collect())
}

/// Gives a report back that [`move_reports`] took along.
pub async fn move_report_back(
    tx: &mut Tx,
    report: ReportId,
    from: AuthorId,
    to: AuthorId,
) -> DbResult<()> {
    tx.execute(
        "UPDATE reports SET author_id = $3 WHERE id = $1 AND author_id = $2",
        args![report, from, to],
    )
    .await?;
    Ok(())
}
