//! SQL of the people of an invitation: who holds which author, and who blocked whom.

use super::pair;
use crate::args;
use crate::db::{DbResult, Sql, Tx};
use crate::domain::ids::{AccountId, AuthorId};

/// Claims in these states make an author claimed.
macro_rules! standing {
    () => {
        "('approved', 'contested', 'upheld')"
    };
}

/// The author at whose page an invitation is written.
#[derive(sqlx::FromRow)]
pub struct AuthorRow {
    pub id: i64,
    pub name: String,
    pub slug: String,
}

/// The account that holds an author.
#[derive(sqlx::FromRow)]
pub struct HolderRow {
    pub account_id: i64,
    pub state: String,
    pub name: String,
    pub email: String,
    pub accepts_invitations: bool,
}

/// The author, if there is one.
pub async fn lookup_author(db: &mut impl Sql, author: AuthorId) -> DbResult<Option<AuthorRow>> {
    db.optional(
        "SELECT id, name, slug FROM authors
         WHERE id = $1 AND merged_into IS NULL AND hidden_at IS NULL",
        args![author],
    )
    .await
}

/// Who holds the author, if anybody.
pub async fn lookup_holder(db: &mut impl Sql, author: AuthorId) -> DbResult<Option<HolderRow>> {
    db.optional(
        concat!(
            "SELECT c.account_id, c.state, a.name, a.email, a.accepts_invitations
             FROM claims c JOIN accounts a ON a.id = c.account_id
             WHERE c.author_id = $1 AND c.state IN ",
            standing!(),
            " ORDER BY c.id LIMIT 1"
        ),
        args![author],
    )
    .await
}

/// The author records that an account holds, highest level first: (author, slug, level).
pub async fn list_held(
    db: &mut impl Sql,
    account: AccountId,
) -> DbResult<Vec<(i64, String, Option<i64>)>> {
    db.all(
        concat!(
            "SELECT a.id, a.slug, c.level FROM claims c JOIN authors a ON a.id = c.author_id
             WHERE c.account_id = $1 AND c.state IN ",
            standing!(),
            " ORDER BY c.level DESC, c.id LIMIT 20"
        ),
        args![account],
    )
    .await
}

/// Where mail for an account goes.
pub async fn lookup_email(db: &mut impl Sql, account: AccountId) -> DbResult<Option<String>> {
    let row: Option<(String,)> = db
        .optional("SELECT email FROM accounts WHERE id = $1", args![account])
        .await?;
    Ok(row.map(|(email,)| email))
}

/// Makes everybody who acts on this pair of people at the same moment wait for this transaction.
/// SQLite writes one after the other anyway; PostgreSQL needs the row locks, taken in one order.
pub async fn lock_pair(tx: &mut Tx, a: AccountId, b: AccountId) -> DbResult<()> {
    let (low, high) = pair(a, b);
    for account in [low, high] {
        tx.execute(
            "UPDATE accounts SET name = name WHERE id = $1",
            args![account],
        )
        .await?;
    }
    Ok(())
}

/// Whether `blocker` blocked `blocked`.
pub async fn exists_block(
    db: &mut impl Sql,
    blocker: AccountId,
    blocked: AccountId,
) -> DbResult<bool> {
    let row: Option<(i64,)> = db
        .optional(
            "SELECT created_at FROM blocks WHERE blocker_id = $1 AND blocked_id = $2",
            args![blocker, blocked],
        )
        .await?;
    Ok(row.is_some())
}

/// Adds a block; twice is the same as once.
pub async fn add_block(
    tx: &mut Tx,
    blocker: AccountId,
    blocked: AccountId,
    now: i64,
) -> DbResult<()> {
    tx.execute(
        "INSERT INTO blocks (blocker_id, blocked_id, created_at) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING",
        args![blocker, blocked, now],
    )
    .await?;
    Ok(())
}

/// Removes a block.
pub async fn remove_block(tx: &mut Tx, blocker: AccountId, blocked: AccountId) -> DbResult<()> {
    tx.execute(
        "DELETE FROM blocks WHERE blocker_id = $1 AND blocked_id = $2",
        args![blocker, blocked],
    )
    .await?;
    Ok(())
}
