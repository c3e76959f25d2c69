//! SQL of following.

use crate::args;
use crate::db::{DbResult, Sql, Tx};
use crate::domain::ids::{AccountId, FollowTarget};

/// Number of followers.
pub async fn count(db: &mut impl Sql, target: FollowTarget) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM follows WHERE target_kind = $1 AND target_id = $2",
            args![target.kind(), target.id()],
        )
        .await?;
    Ok(n)
}

/// Whether the account follows the target.
pub async fn exists(db: &mut impl Sql, account: AccountId, target: FollowTarget) -> DbResult<bool> {
    let row: Option<(i64,)> = db
        .optional(
            "SELECT created_at FROM follows
             WHERE account_id = $1 AND target_kind = $2 AND target_id = $3",
            args![account, target.kind(), target.id()],
        )
        .await?;
    Ok(row.is_some())
}

/// Whether there is such an author, topic or institution.
pub async fn target_exists(db: &mut impl Sql, target: FollowTarget) -> DbResult<bool> {
    let sql = match target {
        FollowTarget::Author(_) => {
            "SELECT id FROM authors WHERE id = $1 AND merged_into IS NULL AND hidden_at IS NULL"
        }
        FollowTarget::Topic(_) => "SELECT id FROM topics WHERE id = $1",
        FollowTarget::Institution(_) => "SELECT id FROM institutions WHERE id = $1",
    };
    let row: Option<(i64,)> = db.optional(sql, args![target.id()]).await?;
    Ok(row.is_some())
}

/// Adds; answers whether it was new.
pub async fn add(
    tx: &mut Tx,
    account: AccountId,
    target: FollowTarget,
    now: i64,
) -> DbResult<bool> {
    let n = tx
        .execute(
            "INSERT INTO follows (account_id, target_kind, target_id, created_at)
             VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            args![account, target.kind(), target.id(), now],
        )
        .await?;
    Ok(n > 0)
}

/// Removes; answers whether it was there.
pub async fn remove(tx: &mut Tx, account: AccountId, target: FollowTarget) -> DbResult<bool> {
    let n = tx
        .execute(
            "DELETE FROM follows WHERE account_id = $1 AND target_kind = $2 AND target_id = $3",
            args![account, target.kind(), target.id()],
        )
        .await?;
    Ok(n > 0)
}
