//! The public history, newest first.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::{Correcting, Reason};
use crate::domain::clock::{count, date_in_words, iso_date};
use crate::features::correction::types::{HistoryLine, Named, Undone};
use crate::ui::{Badge, ButtonKind, Empty, SubmitButton, Time, Tone};

/// All lines, with a form to undo where the viewer may.
#[component]
pub(super) fn History(lines: Vec<HistoryLine>, correcting: Correcting) -> impl IntoView {
    if lines.is_empty() {
        return view! { <Empty sentence="Nobody has corrected this page yet." /> }.into_any();
    }
    view! {
        <ol class="correction-history">
            {lines.into_iter().map(|line| line_view(line, correcting)).collect_view()}
        </ol>
    }
    .into_any()
}

pub(super) fn named(named: Named) -> impl IntoView {
    match named.href {
        Some(href) => view! { <a href=href dir="auto">{named.label}</a> }.into_any(),
        None => view! { <span dir="auto">{named.label}</span> }.into_any(),
    }
}

fn line_view(line: HistoryLine, correcting: Correcting) -> impl IntoView {
    let links = (!line.links.is_empty()).then(|| {
        let more = (line.more > 0).then(|| {
            view! { <li>{format!("and {}", count(line.more, "more", "more"))}</li> }
        });
        view! {
            <ul class="correction-links">
                {line
                    .links
                    .into_iter()
                    .map(|link| view! { <li>{named(link)}</li> })
                    .collect_view()}
                {more}
            </ul>
        }
    });
    let by = match line.by {
        Some(by) => format!("{by}, {}", line.role.in_words()),
        None => format!(
            "the {}",
            line.role
                .in_words()
                .replace("who claimed", "person who claimed")
        ),
    };
    let number = line.correction;
    let undo = line.may_undo.then(|| {
        view! {
            <details class="correction-menu">
                <summary>
                    "Undo" <span class="ui-hidden">{format!(" correction {number}")}</span>
                </summary>
                <ActionForm action=correcting.undo>
                    <input type="hidden" name="correction" value=number.to_string() />
                    <Reason id=format!("undo-reason-{number}") label="Why undo it?" />
                    <p class="ui-actions">
                        <SubmitButton
                            label="Undo this correction"
                            pending=correcting.undo.pending()
                            kind=ButtonKind::Danger
                        />
                    </p>
                </ActionForm>
            </details>
        }
    });
    let badge = line
        .undone
        .is_some()
        .then(|| view! { " " <Badge tone=Tone::Neutral>"Undone"</Badge> });
    view! {
        <li class="correction-line" id=format!("correction-{number}")>
            <p class="correction-sentence" dir="auto">
                {line.sentence}
                {badge}
            </p>
            {links}
            <p class="correction-meta" dir="auto">
                {format!("No. {number}, ")}
                <Time datetime=iso_date(line.at) words=date_in_words(line.at) />
                {format!(", by {by}")}
            </p>
            {reason_view(line.reason)}
            {line.undone.map(undone_view)}
            {undo}
        </li>
    }
}

fn reason_view(reason: Option<String>) -> impl IntoView {
    match reason {
        Some(reason) => view! {
            <p class="correction-reason" dir="auto">
                {reason}
            </p>
        }
        .into_any(),
        None => view! {
            <p class="correction-meta">
                "The reason is not shown: it tells a name that is not in use any more."
            </p>
        }
        .into_any(),
    }
}

fn undone_view(undone: Undone) -> impl IntoView {
    let by = undone.by.map(|by| format!(" by {by}")).unwrap_or_default();
    view! {
        <p class="correction-meta" dir="auto">
            "Undone "
            <Time datetime=iso_date(undone.at) words=date_in_words(undone.at) />
            {by}
            ":"
        </p>
        {reason_view(undone.reason)}
    }
}
