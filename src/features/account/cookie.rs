//! The session's cookie in the answer to the current request.

use axum::http::header::SET_COOKIE;

use crate::error::AppError;
use crate::infra::context::{Cx, set_header};
use crate::infra::session;

/// Gives the browser the token of its new session.
pub fn start(token: &str) -> Result<(), AppError> {
    let secure = Cx::current()?.app.config.secure();
    set_header(SET_COOKIE, &session::cookie(token, secure));
    Ok(())
}

/// Makes the browser forget its session.
pub fn end() -> Result<(), AppError> {
    let secure = Cx::current()?.app.config.secure();
    set_header(SET_COOKIE, &session::end_cookie(secure));
    Ok(())
}
