//! SQL of reports.

use crate::args;
use crate::db::{DbResult, Sql, Tx};
use crate::domain::ids::{AccountId, AuthorId, ReportId};

/// Files a report.
pub async fn add(
    tx: &mut Tx,
    author: AuthorId,
    kind: &str,
    reporter: Option<AccountId>,
    contact: Option<&str>,
    body: &str,
    now: i64,
) -> DbResult<ReportId> {
    let id = tx
        .insert(
            "INSERT INTO reports (author_id, kind, reporter_id, contact, body, state, created_at)
             VALUES ($1, $2, $3, $4, $5, 'open', $6) RETURNING id",
            args![
                author,
                kind,
                reporter.map(|account| account.0),
                contact,
                body,
                now
            ],
        )
        .await?;
    Ok(ReportId(id))
}

/// Who a report is between: the author, the reporter, the account that holds the author.
pub async fn lookup_sides(
    db: &mut impl Sql,
    report: ReportId,
) -> DbResult<Option<(i64, Option<i64>, Option<i64>)>> {
    db.optional(
        "SELECT r.author_id, r.reporter_id,
                (SELECT MIN(c.account_id) FROM claims c
                 WHERE c.author_id = r.author_id AND c.state IN ('approved', 'contested', 'upheld'))
         FROM reports r WHERE r.id = $1",
        args![report],
    )
    .await
}

/// Decides an open report; answers whether it was still open.
pub async fn update_decided(
    tx: &mut Tx,
    report: ReportId,
    state: &str,
    by: AccountId,
    reason: &str,
    now: i64,
) -> DbResult<bool> {
    let n = tx
        .execute(
            "UPDATE reports SET state = $2, decided_at = $3, decided_by = $4, reason = $5
             WHERE id = $1 AND state = 'open'",
            args![report, state, now, by, reason],
        )
        .await?;
    Ok(n > 0)
}

/// An open report with the names around it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OpenRow {
    /// Number.
    pub id: i64,
    /// About whom.
    pub author_id: i64,
    /// The author's name.
    pub author_name: String,
    /// The last part of the author's address.
    pub author_slug: String,
    /// The kind's word.
    pub kind: String,
    /// The account that filed it.
    pub reporter_id: Option<i64>,
    /// Its name.
    pub reporter_name: Option<String>,
    /// An address for an answer.
    pub contact: Option<String>,
    /// What was written.
    pub body: String,
    /// When.
    pub created_at: i64,
    /// The account that holds the author.
    pub holder_id: Option<i64>,
}

/// Open reports, longest waiting first.
pub async fn list_open(db: &mut impl Sql, limit: i64) -> DbResult<Vec<OpenRow>> {
    db.all(
        "SELECT r.id, r.author_id, u.name AS author_name, u.slug AS author_slug, r.kind, r.reporter_id,
                a.name AS reporter_name, r.contact, r.body, r.created_at,
                (SELECT MIN(c.account_id) FROM claims c
                 WHERE c.author_id = r.author_id AND c.state IN ('approved', 'contested', 'upheld')) AS holder_id
         FROM reports r JOIN authors u ON u.id = r.author_id LEFT JOIN accounts a ON a.id = r.reporter_id
         WHERE r.state = 'open' ORDER BY r.created_at, r.id LIMIT $1",
        args![limit],
    )
    .await
}

/// How many reports are open.
pub async fn count_open(db: &mut impl Sql) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one("SELECT COUNT(*) FROM reports WHERE state = 'open'", args![])
        .await?;
    Ok(n)
}

/// A decided report with the names around it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DecidedRow {
    /// Number.
    pub id: i64,
    /// About whom.
    pub author_id: i64,
    /// The author's name.
    pub author_name: String,
    /// The last part of the author's address.
    pub author_slug: String,
    /// The kind's word.
    pub kind: String,
    /// `upheld` or `dismissed`.
    pub state: String,
    /// The name of who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: i64,
    /// Why.
    pub reason: Option<String>,
}

/// The last decisions, newest first.
pub async fn list_decided(db: &mut impl Sql, limit: i64) -> DbResult<Vec<DecidedRow>> {
    db.all(
        "SELECT r.id, r.author_id, u.name AS author_name, u.slug AS author_slug, r.kind, r.state,
                a.name AS decided_by, r.decided_at, r.reason
         FROM reports r JOIN authors u ON u.id = r.author_id LEFT JOIN accounts a ON a.id = r.decided_by
         WHERE r.state IN ('upheld', 'dismissed') AND r.decided_at IS NOT NULL
         ORDER BY r.decided_at DESC, r.id DESC LIMIT $1",
        args![limit],
    )
    .await
}
