//! Mailed links: proving an address, setting a new password.

use super::super::letters;
use super::super::password;
use super::super::queries::{self, Purpose};
use super::super::types::LinkState;
use super::{new_link, parse_email, post};
use crate::domain::events::Event;
use crate::domain::ids::AccountId;
use crate::error::{AppError, Problem};
use crate::infra::context::Cx;
use crate::infra::limits;
use crate::infra::random::token_hash;
use crate::infra::session;

const DEAD_LINK: AppError = AppError::Invalid(Problem::Link);

async fn link_state(cx: &Cx, token: &str, purpose: Purpose) -> Result<LinkState, AppError> {
    let found = queries::find_token(&mut cx.db(), &token_hash(token), purpose).await?;
    Ok(match found {
        Some((_, _, Some(_), _)) => LinkState::Used,
        Some((email, _, None, expires_at)) if expires_at > cx.now() => LinkState::Open { email },
        _ => LinkState::Dead,
    })
}

/// What a link that proves an address can still do. Looking at it does not use it: programs that scan mail look too.
pub async fn verification_link(cx: Cx, token: String) -> Result<LinkState, AppError> {
    link_state(&cx, &token, Purpose::Verify).await
}

/// Uses a link that proves an address; answers whether the account is the one logged in here.
pub async fn verify_email(cx: Cx, token: String) -> Result<bool, AppError> {
    let mut tx = cx.app.db.begin().await?;
    let account = queries::use_token(&mut tx, &token_hash(&token), Purpose::Verify, cx.now())
        .await?
        .ok_or(DEAD_LINK)?;
    queries::use_all_tokens(&mut tx, account, Purpose::Verify, cx.now()).await?;
    if queries::update_verified(&mut tx, account, cx.now()).await? {
        cx.app
            .emit(&mut tx, Some(account), Event::EmailVerified { account })
            .await?;
    }
    tx.commit().await?;
    Ok(cx.viewer.is_some_and(|viewer| viewer.account == account))
}

/// Mails a new link that proves the viewer's address. Does nothing when it is proved.
pub async fn send_verification(cx: Cx) -> Result<(), AppError> {
    let app = &cx.app;
    let account = cx.require_viewer()?.account;
    let row = queries::lookup(&mut cx.db(), account)
        .await?
        .ok_or(AppError::NotLoggedIn)?;
    if row.email_verified_at.is_some() {
        return Ok(());
    }
    let recipient = parse_email(&row.email)?.key();
    limits::hit(&app.db, limits::MAIL_RECIPIENT, &recipient, cx.now()).await?;
    let mut tx = app.db.begin().await?;
    let token = new_link(app, &mut tx, Purpose::Verify, account, &row.email).await?;
    post(app, &mut tx, &row.email, letters::verify(app, &token)).await?;
    tx.commit().await?;
    app.mailer.wake();
    Ok(())
}

/// Mails a link that sets a new password, or, where the address has no account, a note that says so: for the one who
/// asks, every address looks the same.
pub async fn request_reset(cx: Cx, email: String) -> Result<(), AppError> {
    let app = &cx.app;
    let email = parse_email(&email)?;
    limits::hit(
        &app.db,
        limits::RESET_ADDRESS,
        &limits::address_subject(cx.ip),
        cx.now(),
    )
    .await?;
    limits::hit(&app.db, limits::MAIL_RECIPIENT, &email.key(), cx.now()).await?;
    let mut tx = app.db.begin().await?;
    match queries::find_by_email(&mut tx, &email).await? {
        Some(owner) => {
            let token = new_link(
                app,
                &mut tx,
                Purpose::Reset,
                AccountId(owner.id),
                &owner.email,
            )
            .await?;
            post(app, &mut tx, &owner.email, letters::reset(app, &token)).await?;
        }
        None => post(app, &mut tx, email.as_str(), letters::no_account(app)).await?,
    }
    tx.commit().await?;
    app.mailer.wake();
    Ok(())
}

/// What a link that sets a new password can still do.
pub async fn reset_link(cx: Cx, token: String) -> Result<LinkState, AppError> {
    link_state(&cx, &token, Purpose::Reset).await
}

/// Sets a new password with a mailed link, ends every session and every other such link. Who reads the mail of the
/// address has proved it, too.
pub async fn reset_password(cx: Cx, token: String, password: String) -> Result<(), AppError> {
    let app = &cx.app;
    limits::hit(
        &app.db,
        limits::RESET_ADDRESS,
        &limits::address_subject(cx.ip),
        cx.now(),
    )
    .await?;
    let hash = token_hash(&token);
    // Looked at first: a dead link costs no hash, and a refused password does not use up a good one.
    let LinkState::Open { .. } = link_state(&cx, &token, Purpose::Reset).await? else {
        return Err(DEAD_LINK);
    };
    let (_, account, ..) = queries::find_token(&mut cx.db(), &hash, Purpose::Reset)
        .await?
        .ok_or(DEAD_LINK)?;
    let row = queries::lookup(&mut cx.db(), AccountId(account))
        .await?
        .ok_or(DEAD_LINK)?;
    password::judge(&password, &[&row.name, &row.email]).await?;
    let password_hash = password::hash(&app.random, &password).await?;

    let mut tx = app.db.begin().await?;
    let account = queries::use_token(&mut tx, &hash, Purpose::Reset, cx.now())
        .await?
        .ok_or(DEAD_LINK)?;
    queries::update_password(&mut tx, account, &password_hash).await?;
    queries::use_all_tokens(&mut tx, account, Purpose::Reset, cx.now()).await?;
    queries::use_all_tokens(&mut tx, account, Purpose::Verify, cx.now()).await?;
    session::end_all(&mut tx, account).await?;
    if queries::update_verified(&mut tx, account, cx.now()).await? {
        app.emit(&mut tx, Some(account), Event::EmailVerified { account })
            .await?;
    }
    app.emit(&mut tx, Some(account), Event::PasswordChanged { account })
        .await?;
    post(app, &mut tx, &row.email, letters::password_changed(app)).await?;
    tx.commit().await?;
    app.mailer.wake();
    Ok(())
}
