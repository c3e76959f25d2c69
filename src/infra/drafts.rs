//! What was typed into a form that was then refused: kept on the server, so that it stands in the
//! form again also where no script could keep it. Gone once the form has gone through.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::args;
use crate::db::{Db, DbResult, Sql, Tx};
use crate::domain::ids::AccountId;

/// The form that sends an invitation; its target is the author.
pub const INVITATION: &str = "invitation";
/// The form that writes a message; its target is the conversation.
pub const MESSAGE: &str = "message";
/// The form that claims an author; its target is the author.
pub const CLAIM: &str = "claim";
/// The form that reports an author's page; its target is the author.
pub const REPORT: &str = "report";
/// A form that corrects an author's record; its target is the author.
pub const CORRECTION: &str = "correction";

/// More than any form accepts; a longer text is cut rather than kept, so that drafts cannot be used
/// to fill the disk.
pub const MOST_CHARS: usize = 10_000;

/// At most [`MOST_CHARS`] characters of a text.
pub fn cut(text: &str) -> String {
    text.chars().take(MOST_CHARS).collect()
}

/// What was kept, or nothing where it cannot be read any more.
pub async fn lookup<T: DeserializeOwned>(
    db: &mut impl Sql,
    account: AccountId,
    form: &str,
    target: i64,
) -> DbResult<Option<T>> {
    let row: Option<(String,)> = db
        .optional(
            "SELECT body FROM drafts WHERE account_id = $1 AND form = $2 AND target_id = $3",
            args![account, form, target],
        )
        .await?;
    Ok(row.and_then(|(body,)| serde_json::from_str(&body).ok()))
}

/// Keeps a draft in place of what was kept before, in a transaction of its own: the one that would
/// have sent it was refused.
pub async fn keep(
    db: &Db,
    account: AccountId,
    form: &str,
    target: i64,
    draft: &impl Serialize,
    now: i64,
) -> DbResult<()> {
    // Only texts, numbers and lists of them are handed in, which JSON can always hold.
    let Ok(body) = serde_json::to_string(draft) else {
        return Ok(());
    };
    let mut tx = db.begin().await?;
    tx.execute(
        "INSERT INTO drafts (account_id, form, target_id, body, updated_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account_id, form, target_id)
         DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
        args![account, form, target, body, now],
    )
    .await?;
    tx.commit().await
}

/// Forgets a draft, in the transaction that makes it superfluous.
pub async fn remove(tx: &mut Tx, account: AccountId, form: &str, target: i64) -> DbResult<()> {
    tx.execute(
        "DELETE FROM drafts WHERE account_id = $1 AND form = $2 AND target_id = $3",
        args![account, form, target],
    )
    .await?;
    Ok(())
}
