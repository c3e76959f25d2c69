//! Rules of reports: anybody may file one, within limits; a moderator outside of it decides.

use super::queries::{self, DecidedRow, OpenRow};
use super::types::{
    BODY_MAX_CHARS, DECIDED_SHOWN, DecidedReport, REASON_MAX_CHARS, REPORTS_SHOWN, Report,
    ReportDraft, ReportForm, ReportKind, ReportQueue,
};
use crate::db::addresses;
use crate::domain::email::Email;
use crate::domain::events::Event;
use crate::domain::ids::{AccountId, AuthorId, ReportId};
use crate::domain::permission;
use crate::error::{AppError, Problem};
use crate::infra::context::Cx;
use crate::infra::{drafts, limits};
use crate::paths;

/// What the report form needs to know.
pub async fn form(cx: Cx, author: AuthorId) -> Result<ReportForm, AppError> {
    let mut db = cx.db();
    let (name, slug) = addresses::shown_author(&mut db, author)
        .await?
        .ok_or(AppError::NotFound)?;
    let draft = match &cx.viewer {
        Some(viewer) => drafts::lookup(&mut db, viewer.account, drafts::REPORT, author.0).await?,
        None => None,
    };
    Ok(ReportForm {
        author,
        name,
        slug,
        logged_in: cx.viewer.is_some(),
        draft: draft.unwrap_or_default(),
    })
}

/// Files a report; answers the path that says thank you. What an account typed is kept when it is refused.
pub async fn file(cx: Cx, author: AuthorId, typed: ReportDraft) -> Result<String, AppError> {
    let filed = file_now(&cx, author, &typed).await;
    if let (Some(viewer), Err(refusal)) = (&cx.viewer, &filed)
        && *refusal != AppError::NotFound
    {
        let kept = ReportDraft {
            kind: drafts::cut(&typed.kind),
            body: drafts::cut(&typed.body),
            contact: drafts::cut(&typed.contact),
        };
        let (form, now) = (drafts::REPORT, cx.now());
        drafts::keep(&cx.app.db, viewer.account, form, author.0, &kept, now).await?;
    }
    filed
}

async fn file_now(cx: &Cx, author: AuthorId, typed: &ReportDraft) -> Result<String, AppError> {
    let kind = ReportKind::parse(&typed.kind).ok_or(AppError::Invalid(Problem::Form))?;
    let body = plain_text(&typed.body, BODY_MAX_CHARS).ok_or(AppError::Invalid(Problem::Text))?;
    let reporter = cx.viewer.as_ref().map(|viewer| viewer.account);
    let contact = match typed.contact.trim() {
        // An account can be answered through its own address.
        "" if reporter.is_some() => None,
        text => Some(Email::parse(text).map_err(|_| AppError::Invalid(Problem::Email))?),
    };
    let subject = limits::address_subject(cx.ip);
    limits::hit(&cx.app.db, limits::REPORT_ADDRESS, &subject, cx.now()).await?;
    let mut tx = cx.app.db.begin().await?;
    let (_, slug) = addresses::shown_author(&mut tx, author)
        .await?
        .ok_or(AppError::NotFound)?;
    let contact = contact.as_ref().map(Email::as_str);
    let report = queries::add(
        &mut tx,
        author,
        kind.as_str(),
        reporter,
        contact,
        &body,
        cx.now(),
    )
    .await?;
    let event = Event::ReportFiled {
        report,
        author,
        by: reporter,
    };
    cx.app.emit(&mut tx, reporter, event).await?;
    if let Some(reporter) = reporter {
        drafts::remove(&mut tx, reporter, drafts::REPORT, author.0).await?;
    }
    tx.commit().await?;
    Ok(format!(
        "{}?sent=1",
        paths::encode(&paths::report(author, &slug))
    ))
}

/// The viewer as the rules know one.
fn viewer(cx: &Cx) -> permission::Viewer {
    cx.viewer
        .as_ref()
        .map_or(permission::Viewer::VISITOR, |viewer| permission::Viewer {
            account: Some(viewer.account),
            email_verified: viewer.email_verified,
            moderator: viewer.moderator,
        })
}

/// The open reports and the last decisions.
pub async fn queue(cx: Cx) -> Result<ReportQueue, AppError> {
    cx.require_moderator()?;
    let mut db = cx.db();
    let viewer = viewer(&cx);
    let open = |row: OpenRow| {
        let sides = (row.reporter_id.map(AccountId), row.holder_id.map(AccountId));
        Some(Report {
            report: ReportId(row.id),
            author: AuthorId(row.author_id),
            author_name: row.author_name,
            author_slug: row.author_slug,
            kind: ReportKind::parse(&row.kind)?,
            reporter: row.reporter_name,
            contact: row.contact,
            body: row.body,
            created_at: row.created_at,
            own: !viewer.may_decide_report(sides.0, sides.1),
        })
    };
    let decided = |row: DecidedRow| {
        Some(DecidedReport {
            report: ReportId(row.id),
            author: AuthorId(row.author_id),
            author_name: row.author_name,
            author_slug: row.author_slug,
            kind: ReportKind::parse(&row.kind)?,
            upheld: row.state == "upheld",
            decided_by: row.decided_by,
            decided_at: row.decided_at,
            reason: row.reason,
        })
    };
    Ok(ReportQueue {
        open: queries::list_open(&mut db, REPORTS_SHOWN)
            .await?
            .into_iter()
            .filter_map(open)
            .collect(),
        open_total: queries::count_open(&mut db).await?,
        decided: queries::list_decided(&mut db, DECIDED_SHOWN)
            .await?
            .into_iter()
            .filter_map(decided)
            .collect(),
    })
}

/// Upholds or dismisses an open report, with a reason. A second decision is a conflict.
pub async fn decide(cx: Cx, report: i64, verdict: String, reason: String) -> Result<(), AppError> {
    let by = cx.require_moderator()?.account();
    let report = ReportId(report);
    let upheld = match verdict.as_str() {
        "uphold" => true,
        "dismiss" => false,
        _ => return Err(AppError::Invalid(Problem::Form)),
    };
    let reason = plain_text(&reason, REASON_MAX_CHARS).ok_or(AppError::Invalid(Problem::Reason))?;
    let mut tx = cx.app.db.begin().await?;
    let (author, reporter, holder) = queries::lookup_sides(&mut tx, report)
        .await?
        .ok_or(AppError::NotFound)?;
    if !viewer(&cx).may_decide_report(reporter.map(AccountId), holder.map(AccountId)) {
        return Err(AppError::Forbidden);
    }
    let state = if upheld { "upheld" } else { "dismissed" };
    if !queries::update_decided(&mut tx, report, state, by, &reason, cx.now()).await? {
        return Err(AppError::Conflict);
    }
    let event = Event::ReportDecided {
        report,
        author: AuthorId(author),
        by,
        upheld,
    };
    cx.app.emit(&mut tx, Some(by), event).await?;
    tx.commit().await?;
    Ok(())
}

/// Text as a person typed it, with one kind of line break and without control characters (PostgreSQL stores no NUL);
/// `None` when nothing is left or it has more than `max` characters.
fn plain_text(text: &str, max: usize) -> Option<String> {
    let text: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    let text = text.trim();
    (!text.is_empty() && text.chars().count() <= max).then(|| text.to_owned())
}
