//! Rules of accounts. Each part of the life of an account has its file.

mod entry;
mod mailbox;
mod recovery;
mod settings;

pub use entry::{LoggedIn, create, log_in, log_out, sign_up};
pub use mailbox::{letters, shows_letters};
pub use recovery::{
    request_reset, reset_link, reset_password, send_verification, verification_link, verify_email,
};
pub use settings::{
    badge, change_name, change_password, end_session, grant_moderator, log_out_everywhere,
    must_verify, set_accepts_invitations, settings,
};

use super::letters::Letter;
use super::queries::{self, Purpose};
use super::types::NAME_MAX;
use crate::db::{Db, DbResult, Tx};
use crate::domain::email::Email;
use crate::domain::ids::AccountId;
use crate::error::{AppError, Problem};
use crate::infra::context::{App, Cx};
use crate::infra::mail;
use crate::infra::random::token_hash;
use crate::infra::session;

const HOUR: i64 = 3_600_000;
/// How long a link that proves an address works.
const VERIFY_FOR: i64 = 24 * HOUR;
/// How long a link that sets a new password works.
const RESET_FOR: i64 = HOUR;
/// How long a link that ran out is remembered, to tell "used" from "never ours".
const REMEMBER_LINKS: i64 = 7 * 24 * HOUR;

fn parse_email(text: &str) -> Result<Email, AppError> {
    Email::parse(text).map_err(|_| AppError::Invalid(Problem::Email))
}

/// A name: trimmed, 1 to 200 characters, nothing invisible that changes how the text around it reads.
fn parse_name(text: &str) -> Result<String, AppError> {
    let name = text.trim();
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if name.is_empty() || name.chars().count() > NAME_MAX as usize || name.chars().any(hidden) {
        return Err(AppError::Invalid(Problem::Name));
    }
    Ok(name.to_owned())
}

/// Keeps a new link for `purpose` and answers its token.
async fn new_link(
    app: &App,
    tx: &mut Tx,
    purpose: Purpose,
    account: AccountId,
    email: &str,
) -> DbResult<String> {
    let now = app.clock.now();
    let life = match purpose {
        Purpose::Verify => VERIFY_FOR,
        Purpose::Reset => RESET_FOR,
    };
    let token = app.random.token();
    queries::add_token(
        tx,
        &token_hash(&token),
        purpose,
        account,
        email,
        now,
        now + life,
    )
    .await?;
    Ok(token)
}

async fn post(app: &App, tx: &mut Tx, to: &str, letter: Letter) -> DbResult<()> {
    mail::enqueue(tx, to, letter.subject, &letter.body, app.clock.now()).await
}

/// Starts a session for this request's browser, ending the one it had; answers the cookie's token.
async fn renew_session(cx: &Cx, tx: &mut Tx, account: AccountId) -> DbResult<String> {
    if let Some(viewer) = &cx.viewer {
        session::end(tx, &viewer.session).await?;
    }
    let token = cx.app.random.token();
    session::start(tx, account, &token, &cx.user_agent, cx.now()).await?;
    Ok(token)
}

/// Forgets mailed links that ran out a week ago. A job calls it now and then.
pub async fn forget_expired_links(db: &Db, now: i64) -> DbResult<u64> {
    let mut tx = db.begin().await?;
    let gone = queries::remove_tokens_expired_before(&mut tx, now - REMEMBER_LINKS).await?;
    tx.commit().await?;
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_bounded_and_shows_all_it_holds() {
        assert_eq!(parse_name("  Ada Quill ").unwrap(), "Ada Quill");
        assert_eq!(
            parse_name("</textarea><script>").unwrap(),
            "</textarea><script>"
        );
        assert!(parse_name(&"é".repeat(200)).is_ok());
        for bad in [
            "",
            "   ",
            "a\nb",
            "a\u{0}b",
            "a\u{202e}b",
            "a\u{200b}b",
            &"é".repeat(201),
        ] {
            assert_eq!(
                parse_name(bad),
                Err(AppError::Invalid(Problem::Name)),
                "{bad:?}"
            );
        }
    }
}
