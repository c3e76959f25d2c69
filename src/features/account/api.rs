//! Server functions of accounts.

use leptos::prelude::*;

use super::types::{AccountBadge, AccountSettings, Letter, LinkState};
use crate::error::AppError;

/// Who is logged in, for the header.
#[server(endpoint = "account/badge")]
pub async fn header_badge() -> Result<Option<AccountBadge>, AppError> {
    use super::service;
    crate::infra::context::serve(service::badge).await
}

/// Whether the viewer's address waits to be proved.
#[server(endpoint = "account/must-verify")]
pub async fn must_verify() -> Result<bool, AppError> {
    use super::service;
    crate::infra::context::serve(service::must_verify).await
}

/// Opens an account. The answer is the same for every address.
#[server(endpoint = "account/sign-up")]
pub async fn sign_up(name: String, email: String, password: String) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::sign_up(cx, name, email, password)).await?;
    leptos_axum::redirect(&format!("{}?sent=1", crate::paths::SIGNUP));
    Ok(())
}

/// Logs in and goes to `next`.
#[server(endpoint = "account/log-in")]
pub async fn log_in(
    email: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    use super::{cookie, service};
    use crate::infra::context;
    let entered = context::serve(|cx| service::log_in(cx, email, password, next)).await?;
    cookie::start(&entered.token)?;
    leptos_axum::redirect(&entered.next);
    Ok(())
}

/// Ends this session.
#[server(endpoint = "account/log-out")]
pub async fn log_out() -> Result<(), AppError> {
    use super::{cookie, service};
    use crate::infra::context;
    context::serve(service::log_out).await?;
    cookie::end()?;
    leptos_axum::redirect(crate::paths::HOME);
    Ok(())
}

/// Ends every session of the viewer.
#[server(endpoint = "account/log-out-everywhere")]
pub async fn log_out_everywhere() -> Result<(), AppError> {
    use super::{cookie, service};
    use crate::infra::context;
    context::serve(service::log_out_everywhere).await?;
    cookie::end()?;
    leptos_axum::redirect(&format!("{}?done=everywhere", crate::paths::LOGIN));
    Ok(())
}

/// Ends one session of the viewer.
#[server(endpoint = "account/end-session")]
pub async fn end_session(id: String) -> Result<(), AppError> {
    use super::{cookie, service};
    use crate::infra::context;
    if context::serve(|cx| service::end_session(cx, id)).await? {
        cookie::end()?;
        leptos_axum::redirect(crate::paths::HOME);
    } else {
        leptos_axum::redirect(&format!("{}?done=session", crate::paths::SETTINGS));
    }
    Ok(())
}

/// What a link that proves an address can still do.
#[server(endpoint = "account/verification-link")]
pub async fn verification_link(token: String) -> Result<LinkState, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::verification_link(cx, token)).await
}

/// Proves an address with a mailed link.
#[server(endpoint = "account/verify-email")]
pub async fn verify_email(token: String) -> Result<(), AppError> {
    use super::service;
    let here = crate::infra::context::serve(|cx| service::verify_email(cx, token)).await?;
    let page = if here {
        crate::paths::SETTINGS
    } else {
        crate::paths::LOGIN
    };
    leptos_axum::redirect(&format!("{page}?done=verified"));
    Ok(())
}

/// Mails another link that proves the viewer's address.
#[server(endpoint = "account/send-verification")]
pub async fn send_verification() -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(service::send_verification).await?;
    leptos_axum::redirect(&format!("{}?done=sent", crate::paths::SETTINGS));
    Ok(())
}

/// Mails a link that sets a new password. The answer is the same for every address.
#[server(endpoint = "account/request-reset")]
pub async fn request_reset(email: String) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::request_reset(cx, email)).await?;
    leptos_axum::redirect(&format!("{}?sent=1", crate::paths::FORGOT_PASSWORD));
    Ok(())
}

/// What a link that sets a new password can still do.
#[server(endpoint = "account/reset-link")]
pub async fn reset_link(token: String) -> Result<LinkState, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::reset_link(cx, token)).await
}

/// Sets a new password with a mailed link and ends every session.
#[server(endpoint = "account/reset-password")]
pub async fn reset_password(token: String, password: String) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::reset_password(cx, token, password)).await?;
    leptos_axum::redirect(&format!("{}?done=reset", crate::paths::LOGIN));
    Ok(())
}

/// Everything on the settings page. A visitor is sent to log in first.
#[server(endpoint = "account/settings")]
pub async fn load_settings() -> Result<AccountSettings, AppError> {
    use super::service;
    let settings = crate::infra::context::serve(service::settings).await;
    if settings == Err(AppError::NotLoggedIn) {
        leptos_axum::redirect(&crate::paths::login_then(crate::paths::SETTINGS));
    }
    settings
}

/// Sets the viewer's name.
#[server(endpoint = "account/change-name")]
pub async fn change_name(name: String) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::change_name(cx, name)).await?;
    leptos_axum::redirect(&format!("{}?done=name", crate::paths::SETTINGS));
    Ok(())
}

/// Sets whether invitations are welcome: `true`, or nothing for no.
#[server(endpoint = "account/accept-invitations")]
pub async fn accept_invitations(#[server(default)] accepts: String) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::set_accepts_invitations(cx, accepts == "true"))
        .await?;
    leptos_axum::redirect(&format!("{}?done=invitations", crate::paths::SETTINGS));
    Ok(())
}

/// Sets a new password, given the current one; logs out everywhere else.
#[server(endpoint = "account/change-password")]
pub async fn change_password(
    current_password: String,
    new_password: String,
) -> Result<(), AppError> {
    use super::{cookie, service};
    use crate::infra::context;
    let token =
        context::serve(|cx| service::change_password(cx, current_password, new_password)).await?;
    cookie::start(&token)?;
    leptos_axum::redirect(&format!("{}?done=password", crate::paths::SETTINGS));
    Ok(())
}

/// The demo's mail.
#[server(endpoint = "account/letters")]
pub async fn letters() -> Result<Vec<Letter>, AppError> {
    use super::service;
    crate::infra::context::serve(service::letters).await
}

/// Whether the demo's mail can be read on a page here.
#[server(endpoint = "account/shows-letters")]
pub async fn shows_letters() -> Result<bool, AppError> {
    use super::service;
    crate::infra::context::serve(service::shows_letters).await
}
