//! Who is asking: sessions as rows of our own table, named by a cookie.

use crate::args;
use crate::db::{Db, DbResult, Sql, Tx};
use crate::domain::ids::AccountId;
use crate::infra::random::token_hash;

const DAY: i64 = 86_400_000;
/// A session ends this long after it was last used.
pub const IDLE: i64 = 30 * DAY;
/// `seen_at` is written at most this often, so that reading pages stays reading.
const TOUCH_EVERY: i64 = DAY / 2;

/// The account behind a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Whose session this is.
    pub account: AccountId,
    /// The name the person gave.
    pub name: String,
    /// Whether the e-mail address was proved.
    pub email_verified: bool,
    /// Whether the account moderates.
    pub moderator: bool,
    /// Hash of the session's token, to tell this session from the others.
    pub session: String,
}

/// The cookie's name: with `__Host-` wherever the browser can enforce it.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-bzpeer" } else { "bzpeer" }
}

/// The `Set-Cookie` value that starts a session.
pub fn cookie(token: &str, secure: bool) -> String {
    format!(
        "{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}",
        cookie_name(secure),
        IDLE / 1000,
        if secure { "; Secure" } else { "" }
    )
}

/// The `Set-Cookie` value that makes the browser forget.
pub fn end_cookie(secure: bool) -> String {
    format!(
        "{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{}",
        cookie_name(secure),
        if secure { "; Secure" } else { "" }
    )
}

/// The token in a `Cookie` header, if ours is there.
pub fn token_from_cookies(header: &str, secure: bool) -> Option<&str> {
    header.split(';').find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == cookie_name(secure) && !value.is_empty()).then_some(value)
    })
}

/// Starts a session and answers nothing: the caller puts `token` into the cookie.
pub async fn start(
    tx: &mut Tx,
    account: AccountId,
    token: &str,
    user_agent: &str,
    now: i64,
) -> DbResult<()> {
    let user_agent: String = user_agent.chars().take(300).collect();
    tx.execute(
        "INSERT INTO sessions (token_hash, account_id, user_agent, created_at, seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $4, $5)",
        args![token_hash(token), account, user_agent, now, now + IDLE],
    )
    .await?;
    Ok(())
}

/// The viewer for a token, if its session is alive.
pub async fn lookup(db: &Db, token: &str, now: i64) -> DbResult<Option<Viewer>> {
    let hash = token_hash(token);
    let row: Option<(i64, String, Option<i64>, bool, i64)> = db
        .clone()
        .optional(
            "SELECT a.id, a.name, a.email_verified_at, a.moderator, s.seen_at
             FROM sessions s JOIN accounts a ON a.id = s.account_id
             WHERE s.token_hash = $1 AND s.expires_at > $2",
            args![hash.as_str(), now],
        )
        .await?;
    let Some((account, name, verified, moderator, seen_at)) = row else {
        return Ok(None);
    };
    if now - seen_at > TOUCH_EVERY {
        let mut tx = db.begin().await?;
        tx.execute(
            "UPDATE sessions SET seen_at = $1, expires_at = $2 WHERE token_hash = $3",
            args![now, now + IDLE, hash.as_str()],
        )
        .await?;
        tx.commit().await?;
    }
    Ok(Some(Viewer {
        account: AccountId(account),
        name,
        email_verified: verified.is_some(),
        moderator,
        session: hash,
    }))
}

/// Ends one session.
pub async fn end(tx: &mut Tx, session: &str) -> DbResult<()> {
    tx.execute("DELETE FROM sessions WHERE token_hash = $1", args![session])
        .await?;
    Ok(())
}

/// Ends every session of an account; answers how many there were.
pub async fn end_all(tx: &mut Tx, account: AccountId) -> DbResult<u64> {
    tx.execute("DELETE FROM sessions WHERE account_id = $1", args![account])
        .await
}

/// Deletes sessions that ran out. A job calls it now and then.
pub async fn forget_expired(db: &Db, now: i64) -> DbResult<u64> {
    let mut tx = db.begin().await?;
    let gone = tx
        .execute("DELETE FROM sessions WHERE expires_at <= $1", args![now])
        .await?;
    tx.commit().await?;
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_host_bound_and_secure_under_https() {
        assert_eq!(
            cookie("t", true),
            "__Host-bzpeer=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure"
        );
        assert!(!cookie("t", false).contains("Secure"));
    }

    #[test]
    fn our_cookie_is_found_among_others() {
        assert_eq!(
            token_from_cookies("a=b; bzpeer=xyz; c=d", false),
            Some("xyz")
        );
        assert_eq!(token_from_cookies("bzpeer=xyz", true), None);
        assert_eq!(token_from_cookies("bzpeer=", false), None);
    }
}
