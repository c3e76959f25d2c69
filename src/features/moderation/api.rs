//! Server functions of reports.

use leptos::prelude::*;

use super::types::{ReportForm, ReportQueue};
use crate::domain::ids::AuthorId;
use crate::error::AppError;

/// What the report form needs to know.
#[server(endpoint = "report/form")]
pub async fn load_report_form(author: AuthorId) -> Result<ReportForm, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::form(cx, author)).await
}

/// Files a report or an objection, by a visitor or an account. `kind` is `report` or `objection`.
#[server(endpoint = "report/file")]
pub async fn file_report(
    author: AuthorId,
    #[server(default)] kind: String,
    #[server(default)] body: String,
    #[server(default)] contact: String,
) -> Result<(), AppError> {
    use super::service;
    use super::types::ReportDraft;
    let typed = ReportDraft {
        kind,
        body,
        contact,
    };
    let next = crate::infra::context::serve(|cx| service::file(cx, author, typed)).await?;
    leptos_axum::redirect(&next);
    Ok(())
}

/// The open reports and the last decisions.
#[server(endpoint = "report/queue")]
pub async fn load_report_queue() -> Result<ReportQueue, AppError> {
    use super::service;
    crate::infra::context::serve(service::queue).await
}

/// A moderator decides: `verdict` is `uphold` or `dismiss`.
#[server(endpoint = "report/decide")]
pub async fn decide_report(
    report: i64,
    #[server(default)] verdict: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::decide(cx, report, verdict, reason)).await
}

/// Succeeds for moderators; sends visitors to the log-in page.
#[server(endpoint = "report/allowed")]
pub async fn require_moderator() -> Result<(), AppError> {
    let allowed =
        crate::infra::context::serve(
            |cx| async move { cx.require_moderator().map(|_moderator| ()) },
        )
        .await;
    if allowed == Err(AppError::NotLoggedIn) {
        leptos_axum::redirect(&crate::paths::login_then(crate::paths::MODERATION));
    }
    allowed
}
