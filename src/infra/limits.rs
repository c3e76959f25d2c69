//! How often one may try: counters in the database, so that a restart or a second node forgets nothing.

use std::net::IpAddr;

use crate::args;
use crate::db::{Db, DbResult, Sql};
use crate::error::AppError;

/// A limit: at most `max` times in each window of `window_ms`.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What is counted, for example `login_account`.
    pub scope: &'static str,
    /// Hits allowed per window.
    pub max: i64,
    /// Length of a window in milliseconds.
    pub window_ms: i64,
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Log-in attempts per address typed in.
pub const LOGIN_ACCOUNT: Limit = Limit {
    scope: "login_account",
    max: 10,
    window_ms: 15 * MINUTE,
};
/// Log-in attempts per network address.
pub const LOGIN_ADDRESS: Limit = Limit {
    scope: "login_address",
    max: 60,
    window_ms: 15 * MINUTE,
};
/// Sign-ups per network address.
pub const SIGNUP_ADDRESS: Limit = Limit {
    scope: "signup_address",
    max: 20,
    window_ms: HOUR,
};
/// Mails that anyone can cause to one recipient (verification, reset).
pub const MAIL_RECIPIENT: Limit = Limit {
    scope: "mail_recipient",
    max: 5,
    window_ms: HOUR,
};
/// Password resets asked for per network address.
pub const RESET_ADDRESS: Limit = Limit {
    scope: "reset_address",
    max: 20,
    window_ms: HOUR,
};
/// Claims started per account.
pub const CLAIM_ACCOUNT: Limit = Limit {
    scope: "claim_account",
    max: 10,
    window_ms: 24 * HOUR,
};
/// Claims started per network address.
pub const CLAIM_ADDRESS: Limit = Limit {
    scope: "claim_address",
    max: 30,
    window_ms: 24 * HOUR,
};
/// Invitations sent per network address (per account the level decides, see `domain::invitation`).
pub const INVITATION_ADDRESS: Limit = Limit {
    scope: "invitation_address",
    max: 50,
    window_ms: 24 * HOUR,
};
/// Messages sent per account.
pub const MESSAGE_ACCOUNT: Limit = Limit {
    scope: "message_account",
    max: 120,
    window_ms: HOUR,
};
/// Follows and unfollows per account.
pub const FOLLOW_ACCOUNT: Limit = Limit {
    scope: "follow_account",
    max: 300,
    window_ms: HOUR,
};
/// Reports and objections per network address.
pub const REPORT_ADDRESS: Limit = Limit {
    scope: "report_address",
    max: 10,
    window_ms: 24 * HOUR,
};

/// Corrections made and undone per account.
pub const CORRECTION_ACCOUNT: Limit = Limit {
    scope: "correction_account",
    max: 120,
    window_ms: HOUR,
};

/// Counts one try and refuses it when the window is full. Commits by itself: a try counts also
/// when what was tried then fails.
pub async fn hit(db: &Db, limit: Limit, subject: &str, now: i64) -> Result<(), AppError> {
    let window_start = now - now.rem_euclid(limit.window_ms);
    let mut tx = db.begin().await?;
    let (hits,): (i64,) = tx
        .one(
            "INSERT INTO rate_hits (scope, subject, window_start, hits) VALUES ($1, $2, $3, 1)
             ON CONFLICT (scope, subject, window_start) DO UPDATE SET hits = rate_hits.hits + 1
             RETURNING hits",
            args![limit.scope, subject, window_start],
        )
        .await?;
    tx.commit().await?;
    if hits > limit.max {
        let retry_after_seconds = (window_start + limit.window_ms - now + 999) / 1000;
        return Err(AppError::TooMany {
            retry_after_seconds,
        });
    }
    Ok(())
}

/// Forgets windows that ended more than a day ago. A job calls it now and then.
pub async fn forget_old(db: &Db, now: i64) -> DbResult<u64> {
    let mut tx = db.begin().await?;
    let gone = tx
        .execute(
            "DELETE FROM rate_hits WHERE window_start < $1",
            args![now - 48 * HOUR],
        )
        .await?;
    tx.commit().await?;
    Ok(gone)
}

/// The subject for limits per network address: the address itself, or for IPv6 its /64, which is
/// what one customer gets.
pub fn address_subject(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let s = v6.segments();
            format!("{:x}:{:x}:{:x}:{:x}::/64", s[0], s[1], s[2], s[3])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_addresses_in_one_ipv6_64_are_one_subject() {
        let a = "2001:db8:1:2:3::1".parse().unwrap();
        let b = "2001:db8:1:2:ffff::9".parse().unwrap();
        let c = "2001:db8:1:3::1".parse().unwrap();
        assert_eq!(address_subject(a), address_subject(b));
        assert_ne!(address_subject(a), address_subject(c));
        assert_eq!(
            address_subject("::ffff:192.0.2.7".parse().unwrap()),
            "192.0.2.7"
        );
    }
}
