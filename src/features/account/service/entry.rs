//! Signing up, logging in, logging out.

use super::super::letters;
use super::super::password;
use super::super::queries::{self, NewAccount, Purpose};
use super::{new_link, parse_email, parse_name, post, renew_session};
use crate::domain::events::Event;
use crate::domain::ids::AccountId;
use crate::error::{AppError, Problem};
use crate::infra::context::{App, Cx};
use crate::infra::limits;
use crate::infra::session;
use crate::paths;

/// Opens an account and mails a link that proves the address; where the address has an account, its owner is told
/// instead. The answer and the work (a hash, a link, a mail) are the same, so that neither words nor time tell which.
pub async fn sign_up(
    cx: Cx,
    name: String,
    email: String,
    password: String,
) -> Result<(), AppError> {
    let app = &cx.app;
    let name = parse_name(&name)?;
    let email = parse_email(&email)?;
    limits::hit(
        &app.db,
        limits::SIGNUP_ADDRESS,
        &limits::address_subject(cx.ip),
        cx.now(),
    )
    .await?;
    password::judge(&password, &[&name, email.as_str()]).await?;
    limits::hit(&app.db, limits::MAIL_RECIPIENT, &email.key(), cx.now()).await?;
    let password_hash = password::hash(&app.random, &password).await?;

    let mut tx = app.db.begin().await?;
    let new = NewAccount {
        email: &email,
        name: &name,
        password_hash: &password_hash,
        email_verified_at: None,
    };
    match queries::add(&mut tx, &new, cx.now()).await? {
        Some(account) => {
            let token = new_link(app, &mut tx, Purpose::Verify, account, email.as_str()).await?;
            post(app, &mut tx, email.as_str(), letters::verify(app, &token)).await?;
            app.emit(&mut tx, Some(account), Event::AccountCreated { account })
                .await?;
        }
        None => {
            // Mailed to the address as its owner wrote it: the typed spelling may be another mailbox.
            let owner = queries::find_by_email(&mut tx, &email)
                .await?
                .ok_or(AppError::Conflict)?;
            let token = new_link(
                app,
                &mut tx,
                Purpose::Reset,
                AccountId(owner.id),
                &owner.email,
            )
            .await?;
            post(
                app,
                &mut tx,
                &owner.email,
                letters::already_known(app, &token),
            )
            .await?;
        }
    }
    tx.commit().await?;
    app.mailer.wake();
    Ok(())
}

/// Opens an account for an operator. Nothing is mailed.
///
/// # Errors
/// [`AppError::Conflict`] when the address has an account; [`AppError::Invalid`] for a bad name, address or password.
pub async fn create(
    app: &App,
    email: &str,
    name: &str,
    password: &str,
    verified: bool,
) -> Result<AccountId, AppError> {
    let name = parse_name(name)?;
    let email = parse_email(email)?;
    password::judge(password, &[&name, email.as_str()]).await?;
    let password_hash = password::hash(&app.random, password).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let new = NewAccount {
        email: &email,
        name: &name,
        password_hash: &password_hash,
        email_verified_at: verified.then_some(now),
    };
    let account = queries::add(&mut tx, &new, now)
        .await?
        .ok_or(AppError::Conflict)?;
    app.emit(&mut tx, None, Event::AccountCreated { account })
        .await?;
    if verified {
        app.emit(&mut tx, None, Event::EmailVerified { account })
            .await?;
    }
    tx.commit().await?;
    Ok(account)
}

/// A log-in that succeeded.
pub struct LoggedIn {
    /// For the cookie.
    pub token: String,
    /// The path to go to.
    pub next: String,
}

/// Logs in. Unknown address, wrong password and no address at all are one refusal and take one hash each.
pub async fn log_in(
    cx: Cx,
    email: String,
    password: String,
    next: String,
) -> Result<LoggedIn, AppError> {
    let db = &cx.app.db;
    limits::hit(
        db,
        limits::LOGIN_ADDRESS,
        &limits::address_subject(cx.ip),
        cx.now(),
    )
    .await?;
    let email = parse_email(&email).ok();
    let found = match &email {
        Some(email) => {
            limits::hit(db, limits::LOGIN_ACCOUNT, &email.key(), cx.now()).await?;
            queries::find_password(&mut cx.db(), email).await?
        }
        None => None,
    };
    let (account, kept) = found.unzip();
    let right = password::verify(kept.clone(), &password).await?;
    let (Some(account), true) = (account.map(AccountId), right) else {
        return Err(AppError::Invalid(Problem::Credentials));
    };
    let mut tx = db.begin().await?;
    // The password may have been changed while it was checked; then it opens nothing any more.
    if queries::lookup_password(&mut tx, account).await? != kept {
        return Err(AppError::Invalid(Problem::Credentials));
    }
    let token = renew_session(&cx, &mut tx, account).await?;
    tx.commit().await?;
    Ok(LoggedIn {
        token,
        next: destination(&next),
    })
}

/// Ends this session. Without one there is nothing to do.
pub async fn log_out(cx: Cx) -> Result<(), AppError> {
    if let Some(viewer) = &cx.viewer {
        let mut tx = cx.app.db.begin().await?;
        session::end(&mut tx, &viewer.session).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Where to go after logging in: a path of this site, spelled so that it can stand in a header.
fn destination(next: &str) -> String {
    let Some(path) = paths::safe_next(next) else {
        return paths::HOME.to_owned();
    };
    path.bytes()
        .map(|byte| match byte {
            b'!'..=b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_logging_in_one_stays_on_this_site() {
        assert_eq!(destination("/authors/1/a?b=c"), "/authors/1/a?b=c");
        assert_eq!(destination("/search?q=é b"), "/search?q=%C3%A9%20b");
        assert_eq!(destination("/a\u{0}"), "/a%00");
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "javascript:x",
            "",
        ] {
            assert_eq!(destination(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
