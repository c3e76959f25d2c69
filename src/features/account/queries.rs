//! SQL of accounts, their sessions and their mailed links.

use crate::args;
use crate::db::{DbResult, Sql, Tx};
use crate::domain::email::Email;
use crate::domain::ids::AccountId;

/// A row of `accounts`, without the password.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AccountRow {
    /// Which account.
    pub id: i64,
    /// As typed.
    pub email: String,
    /// The name given.
    pub name: String,
    /// Epoch milliseconds; none while the address is not proved.
    pub email_verified_at: Option<i64>,
    /// Whether invitations are welcome.
    pub accepts_invitations: bool,
    /// Epoch milliseconds.
    pub created_at: i64,
}

/// A new account.
pub struct NewAccount<'a> {
    /// Its address.
    pub email: &'a Email,
    /// Its name, already checked.
    pub name: &'a str,
    /// See [`super::password::hash`].
    pub password_hash: &'a str,
    /// Epoch milliseconds when the address was proved, if it was.
    pub email_verified_at: Option<i64>,
}

/// What a mailed link is for, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Prove the account's address.
    Verify,
    /// Set a new password.
    Reset,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Purpose::Verify => "verify",
            Purpose::Reset => "reset",
        }
    }
}

/// Opens an account unless the address has one.
pub async fn add(tx: &mut Tx, account: &NewAccount<'_>, now: i64) -> DbResult<Option<AccountId>> {
    let row: Option<(i64,)> = tx
        .optional(
            "INSERT INTO accounts (email, email_key, name, password_hash, email_verified_at,
                 moderator, accepts_invitations, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (email_key) DO NOTHING RETURNING id",
            args![
                account.email.as_str(),
                account.email.key(),
                account.name,
                account.password_hash,
                account.email_verified_at,
                false,
                true,
                now
            ],
        )
        .await?;
    Ok(row.map(|(id,)| AccountId(id)))
}

/// The account with this number.
pub async fn lookup(db: &mut impl Sql, account: AccountId) -> DbResult<Option<AccountRow>> {
    db.optional(
        "SELECT id, email, name, email_verified_at, accepts_invitations, created_at
         FROM accounts WHERE id = $1",
        args![account],
    )
    .await
}

/// The account with this address.
pub async fn find_by_email(db: &mut impl Sql, email: &Email) -> DbResult<Option<AccountRow>> {
    db.optional(
        "SELECT id, email, name, email_verified_at, accepts_invitations, created_at
         FROM accounts WHERE email_key = $1",
        args![email.key()],
    )
    .await
}

/// Number and password hash for an address.
pub async fn find_password(db: &mut impl Sql, email: &Email) -> DbResult<Option<(i64, String)>> {
    db.optional(
        "SELECT id, password_hash FROM accounts WHERE email_key = $1",
        args![email.key()],
    )
    .await
}

/// The password hash of an account.
pub async fn lookup_password(db: &mut impl Sql, account: AccountId) -> DbResult<Option<String>> {
    let row: Option<(String,)> = db
        .optional(
            "SELECT password_hash FROM accounts WHERE id = $1",
            args![account],
        )
        .await?;
    Ok(row.map(|(hash,)| hash))
}

/// Sets the password hash.
pub async fn update_password(tx: &mut Tx, account: AccountId, hash: &str) -> DbResult<()> {
    tx.execute(
        "UPDATE accounts SET password_hash = $1 WHERE id = $2",
        args![hash, account],
    )
    .await?;
    Ok(())
}

/// Notes that the address is proved; answers whether that is new.
pub async fn update_verified(tx: &mut Tx, account: AccountId, now: i64) -> DbResult<bool> {
    let n = tx
        .execute(
            "UPDATE accounts SET email_verified_at = $1 WHERE id = $2 AND email_verified_at IS NULL",
            args![now, account],
        )
        .await?;
    Ok(n > 0)
}

/// Sets the name.
pub async fn update_name(tx: &mut Tx, account: AccountId, name: &str) -> DbResult<()> {
    tx.execute(
        "UPDATE accounts SET name = $1 WHERE id = $2",
        args![name, account],
    )
    .await?;
    Ok(())
}

/// Sets whether invitations are welcome.
pub async fn update_accepts_invitations(
    tx: &mut Tx,
    account: AccountId,
    accepts: bool,
) -> DbResult<()> {
    tx.execute(
        "UPDATE accounts SET accepts_invitations = $1 WHERE id = $2",
        args![accepts, account],
    )
    .await?;
    Ok(())
}

/// Makes the account a moderator; answers whether that is new.
pub async fn update_moderator(tx: &mut Tx, account: AccountId) -> DbResult<bool> {
    let n = tx
        .execute(
            "UPDATE accounts SET moderator = $1 WHERE id = $2 AND moderator <> $1",
            args![true, account],
        )
        .await?;
    Ok(n > 0)
}

/// Notifications that the account has not read.
pub async fn count_unread(db: &mut impl Sql, account: AccountId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM notifications WHERE account_id = $1 AND read_at IS NULL",
            args![account],
        )
        .await?;
    Ok(n)
}

/// The living sessions of an account, the latest used first, at most 100:
/// (hash, user agent, created, seen).
pub async fn list_sessions(
    db: &mut impl Sql,
    account: AccountId,
    now: i64,
) -> DbResult<Vec<(String, String, i64, i64)>> {
    db.all(
        "SELECT token_hash, user_agent, created_at, seen_at FROM sessions
         WHERE account_id = $1 AND expires_at > $2
         ORDER BY seen_at DESC, created_at DESC, token_hash LIMIT 100",
        args![account, now],
    )
    .await
}

/// Ends one session if it belongs to the account; answers whether it did.
pub async fn remove_session(tx: &mut Tx, account: AccountId, session: &str) -> DbResult<bool> {
    let n = tx
        .execute(
            "DELETE FROM sessions WHERE token_hash = $1 AND account_id = $2",
            args![session, account],
        )
        .await?;
    Ok(n > 0)
}

/// Keeps the hash of a mailed link.
pub async fn add_token(
    tx: &mut Tx,
    hash: &str,
    purpose: Purpose,
    account: AccountId,
    email: &str,
    now: i64,
    expires_at: i64,
) -> DbResult<()> {
    tx.execute(
        "INSERT INTO email_tokens (token_hash, purpose, account_id, email, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![hash, purpose.word(), account, email, now, expires_at],
    )
    .await?;
    Ok(())
}

/// The address a link was sent to, its account, and when it was used and ends: (email, account, used, expires).
pub async fn find_token(
    db: &mut impl Sql,
    hash: &str,
    purpose: Purpose,
) -> DbResult<Option<(String, i64, Option<i64>, i64)>> {
    db.optional(
        "SELECT email, account_id, used_at, expires_at FROM email_tokens
         WHERE token_hash = $1 AND purpose = $2",
        args![hash, purpose.word()],
    )
    .await
}

/// Uses a link up; answers its account, or nothing when it was used, is too old or for another purpose. One statement,
/// so that of two at the same moment only one wins.
pub async fn use_token(
    tx: &mut Tx,
    hash: &str,
    purpose: Purpose,
    now: i64,
) -> DbResult<Option<AccountId>> {
    let row: Option<(i64,)> = tx
        .optional(
            "UPDATE email_tokens SET used_at = $1
             WHERE token_hash = $2 AND purpose = $3 AND used_at IS NULL AND expires_at > $1
             RETURNING account_id",
            args![now, hash, purpose.word()],
        )
        .await?;
    Ok(row.map(|(id,)| AccountId(id)))
}

/// Uses up every other open link of this purpose.
pub async fn use_all_tokens(
    tx: &mut Tx,
    account: AccountId,
    purpose: Purpose,
    now: i64,
) -> DbResult<()> {
    tx.execute(
        "UPDATE email_tokens SET used_at = $1
         WHERE account_id = $2 AND purpose = $3 AND used_at IS NULL",
        args![now, account, purpose.word()],
    )
    .await?;
    Ok(())
}

/// Deletes links that ran out before `before`, whatever they were for.
pub async fn remove_tokens_expired_before(tx: &mut Tx, before: i64) -> DbResult<u64> {
    tx.execute(
        "DELETE FROM email_tokens WHERE expires_at < $1",
        args![before],
    )
    .await
}
