//! SQL of drafts.

use crate::args;
use crate::db::{DbResult, Sql, Tx};
use crate::domain::ids::AccountId;

/// The JSON kept of a refused form.
pub async fn lookup_draft(
    db: &mut impl Sql,
    account: AccountId,
    form: &str,
    target: i64,
) -> DbResult<Option<String>> {
    let row: Option<(String,)> = db
        .optional(
            "SELECT body FROM drafts WHERE account_id = $1 AND form = $2 AND target_id = $3",
            args![account, form, target],
        )
        .await?;
    Ok(row.map(|(body,)| body))
}

/// Keeps the JSON of a refused form, in place of what was kept before.
pub async fn update_draft(
    tx: &mut Tx,
    account: AccountId,
    form: &str,
    target: i64,
    body: &str,
    now: i64,
) -> DbResult<()> {
    tx.execute(
        "INSERT INTO drafts (account_id, form, target_id, body, updated_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account_id, form, target_id)
         DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
        args![account, form, target, body, now],
    )
    .await?;
    Ok(())
}

/// Forgets a draft, in the transaction that makes it superfluous.
pub async fn remove_draft(
    tx: &mut Tx,
    account: AccountId,
    form: &str,
    target: i64,
) -> DbResult<()> {
    tx.execute(
        "DELETE FROM drafts WHERE account_id = $1 AND form = $2 AND target_id = $3",
        args![account, form, target],
    )
    .await?;
    Ok(())
}
