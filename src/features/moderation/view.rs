//! The report form, and the moderators' side of reports.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::api::{DecideReport, FileReport, load_report_queue};
use super::types::{
    BODY_MAX_CHARS, DecidedReport, REASON_MAX_CHARS, Report, ReportForm, ReportKind, ReportQueue,
};
use crate::domain::clock::{date_in_words, iso_date};
use crate::error::AppError;
use crate::paths;
use crate::ui::{
    Badge, ButtonKind, Choice, Empty, Field, Notice, NoticeKind, RadioGroup, Section, SubmitButton,
    TextArea, Time, Tone,
};

/// An action's refusal.
fn error_notice(error: AppError) -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Error>
            <p>{error.sentence()}</p>
        </Notice>
    }
}

/// Reports a mistake on an author's page, or objects to it.
#[component]
pub fn ReportFormView(form: ReportForm, action: ServerAction<FileReport>) -> impl IntoView {
    let refusal = move || action.value().get().and_then(Result::err).map(error_notice);
    let contact_hint = if form.logged_in {
        "If a moderator should answer to another address than that of your account."
    } else {
        "So that a moderator can ask back or answer. It is shown to moderators only."
    };
    let needs_contact = !form.logged_in;
    let draft = form.draft;
    let kind = ReportKind::parse(&draft.kind).unwrap_or(ReportKind::Report);
    view! {
        {refusal}
        <ActionForm action=action>
            <input type="hidden" name="author" value=form.author.to_string() />
            <RadioGroup
                legend="What is it about?"
                name="kind"
                choices=vec![
                    Choice::new(ReportKind::Report.as_str(), "Something on this page is wrong")
                        .with_hint("A work of somebody else, a missing work, a wrong name or institution, a wrong claim."),
                    Choice::new(ReportKind::Objection.as_str(), "I object to this page")
                        .with_hint("The page is about you and you do not want it, or want less of it."),
                ]
                selected=kind.as_str()
                required=true
            />
            <TextArea
                label="What is wrong, and how do you know?"
                name="body"
                value=draft.body
                required=true
                maxlength=BODY_MAX_CHARS as u32
                counter=true
                rows=8
            />
            <Field
                label="Your e-mail address"
                name="contact"
                kind="email"
                autocomplete="email"
                maxlength=254
                value=draft.contact
                hint=contact_hint
                required=needs_contact
            />
            <p class="ui-actions">
                <SubmitButton label="Send to the moderators" pending=action.pending() />
            </p>
        </ActionForm>
    }
}

/// What the moderators' side of reports loads and sends; made at the top of its page.
#[derive(Clone, Copy)]
pub struct Reports {
    decide: ServerAction<DecideReport>,
    queue: Resource<Result<ReportQueue, AppError>>,
}

impl Reports {
    /// Begins to load, for one page.
    pub fn load() -> Self {
        let decide = ServerAction::<DecideReport>::new();
        let queue = Resource::new(move || decide.version().get(), |_| load_report_queue());
        Self { decide, queue }
    }
}

/// Open reports and the last decisions about reports.
#[component]
pub fn ReportsView(reports: Reports) -> impl IntoView {
    let Reports { decide, queue } = reports;
    let refusal = move || decide.value().get().and_then(Result::err).map(error_notice);
    view! {
        {refusal}
        <Transition>
            {move || Suspend::new(async move {
                match queue.await {
                    Ok(queue) => queue_view(queue, decide).into_any(),
                    Err(error) => error_notice(error).into_any(),
                }
            })}
        </Transition>
    }
}

fn queue_view(queue: ReportQueue, decide: ServerAction<DecideReport>) -> impl IntoView {
    let shown = i64::try_from(queue.open.len()).unwrap_or(i64::MAX);
    let more = (shown < queue.open_total).then(|| {
        view! {
            <p class="moderation-meta">
                {format!("The {shown} that wait longest, of {}.", queue.open_total)}
            </p>
        }
    });
    let open = if queue.open.is_empty() {
        view! { <Empty sentence="No report is open." /> }.into_any()
    } else {
        view! {
            <ol class="moderation-queue">
                {queue.open.into_iter().map(|report| report_view(report, decide)).collect_view()}
            </ol>
        }
        .into_any()
    };
    view! {
        <Section id="reports" kicker="Reports" title="Reports and objections">
            {more}
            {open}
        </Section>
        <Section id="report-log" kicker="Log" title="Last decisions on reports">
            {decided_view(queue.decided)}
        </Section>
    }
}

fn report_view(report: Report, decide: ServerAction<DecideReport>) -> impl IntoView {
    let decision = if report.own {
        view! {
            <p class="moderation-meta">
                "You take part in this, so another moderator has to decide."
            </p>
        }
        .into_any()
    } else {
        view! {
            <ActionForm action=decide>
                <input type="hidden" name="report" value=report.report.to_string() />
                <TextArea
                    label="Reason for the decision"
                    name="reason"
                    id=format!("report-reason-{}", report.report)
                    hint="It is kept in the log."
                    required=true
                    maxlength=REASON_MAX_CHARS as u32
                    rows=3
                />
                <p class="ui-actions">
                    <SubmitButton
                        label="Uphold the report"
                        pending=decide.pending()
                        name="verdict"
                        value="uphold"
                        kind=ButtonKind::Danger
                    />
                    <SubmitButton
                        label="Dismiss the report"
                        pending=decide.pending()
                        name="verdict"
                        value="dismiss"
                        kind=ButtonKind::Secondary
                    />
                </p>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <li class="moderation-item">
            <h3 class="moderation-title" dir="auto">
                <a href=paths::author(report.author, &report.author_slug)>{report.author_name}</a>
            </h3>
            <p class="moderation-meta">
                <Badge tone=Tone::Caution>{report.kind.in_words()}</Badge>
                " of "
                <Time datetime=iso_date(report.created_at) words=date_in_words(report.created_at) />
            </p>
            <dl class="ui-facts moderation-evidence">
                <div>
                    <dt>"From"</dt>
                    <dd dir="auto">{report.reporter.unwrap_or_else(|| "a visitor".to_owned())}</dd>
                </div>
                {report
                    .contact
                    .map(|contact| {
                        view! {
                            <div>
                                <dt>"Contact"</dt>
                                <dd>{contact}</dd>
                            </div>
                        }
                    })}
                <div>
                    <dt>"Text"</dt>
                    <dd class="moderation-text" dir="auto">
                        {report.body}
                    </dd>
                </div>
            </dl>
            {decision}
        </li>
    }
}

fn decided_view(decided: Vec<DecidedReport>) -> impl IntoView {
    if decided.is_empty() {
        return view! { <Empty sentence="No report has been decided yet." /> }.into_any();
    }
    let rows = decided
        .into_iter()
        .map(|report| {
            view! {
                <tr>
                    <td>
                        <Time
                            datetime=iso_date(report.decided_at)
                            words=date_in_words(report.decided_at)
                        />
                    </td>
                    <td>{if report.upheld { "Upheld" } else { "Dismissed" }}</td>
                    <td dir="auto">
                        <a href=paths::author(
                            report.author,
                            &report.author_slug,
                        )>{report.author_name}</a>
                    </td>
                    <td>{report.kind.in_words()}</td>
                    <td dir="auto">{report.decided_by.unwrap_or_default()}</td>
                    <td class="moderation-text" dir="auto">
                        {report.reason.unwrap_or_default()}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="ui-scroll" tabindex="0" role="region" aria-label="Last decisions on reports">
            <table class="ui-table moderation-log">
                <thead>
                    <tr>
                        <th scope="col">"Date"</th>
                        <th scope="col">"Decision"</th>
                        <th scope="col">"Author"</th>
                        <th scope="col">"About"</th>
                        <th scope="col">"By"</th>
                        <th scope="col">"Reason"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
