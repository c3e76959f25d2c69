//! What a logged-in person sees and changes of the own account.

use super::super::letters;
use super::super::password;
use super::super::queries::{self, Purpose};
use super::super::types::{AccountBadge, AccountSettings, Device};
use super::{parse_email, parse_name, post};
use crate::domain::events::Event;
use crate::domain::ids::AccountId;
use crate::error::{AppError, Problem};
use crate::infra::context::{App, Cx};
use crate::infra::limits;
use crate::infra::session;

/// What the header shows of the viewer.
pub async fn badge(cx: Cx) -> Result<Option<AccountBadge>, AppError> {
    let Some(viewer) = &cx.viewer else {
        return Ok(None);
    };
    let unread = queries::count_unread(&mut cx.db(), viewer.account).await?;
    Ok(Some(AccountBadge {
        name: viewer.name.clone(),
        moderator: viewer.moderator,
        unread,
    }))
}

/// Whether to ask the viewer to prove the address.
pub async fn must_verify(cx: Cx) -> Result<bool, AppError> {
    Ok(cx.viewer.is_some_and(|viewer| !viewer.email_verified))
}

/// The viewer's settings and sessions.
pub async fn settings(cx: Cx) -> Result<AccountSettings, AppError> {
    let viewer = cx.require_viewer()?;
    let mut db = cx.db();
    let row = queries::lookup(&mut db, viewer.account)
        .await?
        .ok_or(AppError::NotLoggedIn)?;
    let sessions = queries::list_sessions(&mut db, viewer.account, cx.now())
        .await?
        .into_iter()
        .map(|(id, user_agent, created_at, seen_at)| Device {
            current: id == viewer.session,
            name: device_in_words(&user_agent),
            id,
            created_at,
            seen_at,
        })
        .collect();
    Ok(AccountSettings {
        name: row.name,
        email: row.email,
        email_verified: row.email_verified_at.is_some(),
        accepts_invitations: row.accepts_invitations,
        created_at: row.created_at,
        sessions,
    })
}

/// Sets the viewer's name.
pub async fn change_name(cx: Cx, name: String) -> Result<(), AppError> {
    let account = cx.require_viewer()?.account;
    let name = parse_name(&name)?;
    let mut tx = cx.app.db.begin().await?;
    queries::update_name(&mut tx, account, &name).await?;
    tx.commit().await?;
    Ok(())
}

/// Sets whether other researchers may send the viewer invitations.
pub async fn set_accepts_invitations(cx: Cx, accepts: bool) -> Result<(), AppError> {
    let account = cx.require_viewer()?.account;
    let mut tx = cx.app.db.begin().await?;
    queries::update_accepts_invitations(&mut tx, account, accepts).await?;
    tx.commit().await?;
    Ok(())
}

/// Sets a new password, given the current one; ends every session and open reset link, and answers the token of a new
/// session for this browser.
pub async fn change_password(cx: Cx, current: String, new: String) -> Result<String, AppError> {
    let app = &cx.app;
    let account = cx.require_viewer()?.account;
    let row = queries::lookup(&mut cx.db(), account)
        .await?
        .ok_or(AppError::NotLoggedIn)?;
    // A stolen session must not become a place to guess the password at.
    let subject = parse_email(&row.email)?.key();
    limits::hit(&app.db, limits::LOGIN_ACCOUNT, &subject, cx.now()).await?;
    let kept = queries::lookup_password(&mut cx.db(), account).await?;
    if !password::verify(kept.clone(), &current).await? {
        return Err(AppError::Invalid(Problem::Credentials));
    }
    password::judge(&new, &[&row.name, &row.email]).await?;
    let hash = password::hash(&app.random, &new).await?;

    let mut tx = app.db.begin().await?;
    if queries::lookup_password(&mut tx, account).await? != kept {
        return Err(AppError::Conflict);
    }
    queries::update_password(&mut tx, account, &hash).await?;
    queries::use_all_tokens(&mut tx, account, Purpose::Reset, cx.now()).await?;
    session::end_all(&mut tx, account).await?;
    let token = super::renew_session(&cx, &mut tx, account).await?;
    app.emit(&mut tx, Some(account), Event::PasswordChanged { account })
        .await?;
    post(app, &mut tx, &row.email, letters::password_changed(app)).await?;
    tx.commit().await?;
    app.mailer.wake();
    Ok(token)
}

/// Ends one of the viewer's sessions; answers whether it was this one.
pub async fn end_session(cx: Cx, id: String) -> Result<bool, AppError> {
    let viewer = cx.require_viewer()?;
    let mut tx = cx.app.db.begin().await?;
    if !queries::remove_session(&mut tx, viewer.account, &id).await? {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    Ok(id == viewer.session)
}

/// Ends all of the viewer's sessions, this one too.
pub async fn log_out_everywhere(cx: Cx) -> Result<(), AppError> {
    let account = cx.require_viewer()?.account;
    let mut tx = cx.app.db.begin().await?;
    session::end_all(&mut tx, account).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the account with this address a moderator, on behalf of the operator. Twice is the same as once.
///
/// # Errors
/// [`AppError::NotFound`] when no account has the address.
pub async fn grant_moderator(app: &App, email: &str) -> Result<AccountId, AppError> {
    let email = parse_email(email)?;
    let mut tx = app.db.begin().await?;
    let row = queries::find_by_email(&mut tx, &email)
        .await?
        .ok_or(AppError::NotFound)?;
    let account = AccountId(row.id);
    if queries::update_moderator(&mut tx, account).await? {
        app.emit(&mut tx, None, Event::ModeratorGranted { account })
            .await?;
    }
    tx.commit().await?;
    Ok(account)
}

/// Browser and system out of what a browser calls itself. Only to recognise one's own devices by: it can be forged.
fn device_in_words(user_agent: &str) -> String {
    // In this order: each also carries the names of those after it.
    const BROWSERS: &[(&str, &str)] = &[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chromium/", "Chromium"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    const SYSTEMS: &[(&str, &str)] = &[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| user_agent.contains(mark))
            .map(|(_, name)| *name)
    };
    match (find(BROWSERS), find(SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => format!("A browser on {system}"),
        (None, None) => "Unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::device_in_words;

    #[test]
    fn a_device_is_told_by_browser_and_system() {
        for (user_agent, words) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            ("", "Unknown browser"),
            ("<script>alert(1)</script>", "Unknown browser"),
        ] {
            assert_eq!(device_in_words(user_agent), words);
        }
    }
}
