//! SQL of notices, and of the names that their sentences need.

use std::collections::BTreeSet;

use crate::args;
use crate::db::{Arg, DbResult, Sql, Tx, placeholders};
use crate::domain::ids::{AccountId, AuthorId, ClaimId, InvitationId, ReportId};

/// A notice as stored.
#[derive(sqlx::FromRow)]
pub struct NoticeRow {
    pub id: i64,
    pub body: String,
    pub href: String,
    pub created_at: i64,
    pub read_at: Option<i64>,
}

/// Adds a notice.
pub async fn add(
    tx: &mut Tx,
    account: AccountId,
    body: &str,
    href: &str,
    now: i64,
) -> DbResult<()> {
    tx.execute(
        "INSERT INTO notifications (account_id, body, href, created_at) VALUES ($1, $2, $3, $4)",
        args![account, body, href, now],
    )
    .await?;
    Ok(())
}

/// Whether an unread notice with this link waits already.
pub async fn exists_unread(db: &mut impl Sql, account: AccountId, href: &str) -> DbResult<bool> {
    let row: Option<(i64,)> = db
        .optional(
            "SELECT id FROM notifications
             WHERE account_id = $1 AND href = $2 AND read_at IS NULL ORDER BY id LIMIT 1",
            args![account, href],
        )
        .await?;
    Ok(row.is_some())
}

/// Notices of an account, newest first.
pub async fn list(
    db: &mut impl Sql,
    account: AccountId,
    limit: i64,
    offset: i64,
) -> DbResult<Vec<NoticeRow>> {
    db.all(
        "SELECT id, body, href, created_at, read_at FROM notifications
         WHERE account_id = $1 ORDER BY id DESC LIMIT $2 OFFSET $3",
        args![account, limit, offset],
    )
    .await
}

/// How many notices there are.
pub async fn count(db: &mut impl Sql, account: AccountId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM notifications WHERE account_id = $1",
            args![account],
        )
        .await?;
    Ok(n)
}

/// How many notices are unread.
pub async fn count_unread(db: &mut impl Sql, account: AccountId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM notifications WHERE account_id = $1 AND read_at IS NULL",
            args![account],
        )
        .await?;
    Ok(n)
}

/// Marks every notice as read.
pub async fn update_read(tx: &mut Tx, account: AccountId, now: i64) -> DbResult<()> {
    tx.execute(
        "UPDATE notifications SET read_at = $1 WHERE account_id = $2 AND read_at IS NULL",
        args![now, account],
    )
    .await?;
    Ok(())
}

/// Marks the notices with this link as read, and those whose link begins and ends with these two and has one part between.
pub async fn update_read_at(
    tx: &mut Tx,
    account: AccountId,
    href: &str,
    (start, tail): (&str, &str),
    now: i64,
) -> DbResult<()> {
    tx.execute(
        "UPDATE notifications SET read_at = $1
         WHERE account_id = $2 AND read_at IS NULL
         AND (href = $3 OR (SUBSTR(href, 1, LENGTH($4)) = $4
            AND href LIKE '/authors/%/%' || $5 AND NOT href LIKE '/authors/%/%/%' || $5))",
        args![now, account, href, start, tail],
    )
    .await?;
    Ok(())
}

/// Name and slug of an author.
pub async fn lookup_author(
    db: &mut impl Sql,
    author: AuthorId,
) -> DbResult<Option<(String, String)>> {
    db.optional(
        "SELECT name, slug FROM authors WHERE id = $1",
        args![author],
    )
    .await
}

/// Number, name and slug of authors.
pub async fn list_authors(
    db: &mut impl Sql,
    authors: &BTreeSet<i64>,
) -> DbResult<Vec<(i64, String, String)>> {
    if authors.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, name, slug FROM authors WHERE id IN ({})",
        placeholders(1, authors.len())
    );
    let values = authors.iter().map(|author| Arg::from(*author)).collect();
    db.all_assembled(sql.into(), values).await
}

/// The name of an account.
pub async fn lookup_name(db: &mut impl Sql, account: AccountId) -> DbResult<Option<String>> {
    let row: Option<(String,)> = db
        .optional("SELECT name FROM accounts WHERE id = $1", args![account])
        .await?;
    Ok(row.map(|(name,)| name))
}

/// The subject of an invitation.
pub async fn lookup_subject(
    db: &mut impl Sql,
    invitation: InvitationId,
) -> DbResult<Option<String>> {
    let row: Option<(String,)> = db
        .optional(
            "SELECT subject FROM invitations WHERE id = $1",
            args![invitation],
        )
        .await?;
    Ok(row.map(|(subject,)| subject))
}

/// Whose claim it is.
pub async fn lookup_claimant(db: &mut impl Sql, claim: ClaimId) -> DbResult<Option<AccountId>> {
    let row: Option<(i64,)> = db
        .optional("SELECT account_id FROM claims WHERE id = $1", args![claim])
        .await?;
    Ok(row.map(|(id,)| AccountId(id)))
}

/// Who filed a report; none for a visitor.
pub async fn lookup_reporter(db: &mut impl Sql, report: ReportId) -> DbResult<Option<AccountId>> {
    let row: Option<(Option<i64>,)> = db
        .optional(
            "SELECT reporter_id FROM reports WHERE id = $1",
            args![report],
        )
        .await?;
    Ok(row.and_then(|(id,)| id).map(AccountId))
}

/// The account whose claim on the author stands.
pub async fn lookup_holder(db: &mut impl Sql, author: AuthorId) -> DbResult<Option<AccountId>> {
    let row: Option<(i64,)> = db
        .optional(
            "SELECT account_id FROM claims
             WHERE author_id = $1 AND state IN ('approved', 'contested', 'upheld') ORDER BY id LIMIT 1",
            args![author],
        )
        .await?;
    Ok(row.map(|(account,)| AccountId(account)))
}
