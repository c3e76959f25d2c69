//! On an author's page: the menu of a work, and the notice of what was done.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::{Correcting, Reason};
use crate::domain::correction::Role;
use crate::domain::ids::AuthorId;
use crate::features::correction::types::{Done, Tools};
use crate::ui::{ButtonKind, Notice, NoticeKind, SubmitButton};

/// What was just done, with its way back; or why it was refused.
#[component]
pub fn DoneNotice(tools: Tools, correcting: Correcting) -> impl IntoView {
    view! {
        {correcting.refusal()}
        {tools.done.map(|done| done_view(done, "author", correcting))}
    }
}

pub(super) fn done_view(done: Done, back: &'static str, correcting: Correcting) -> impl IntoView {
    let undo = done.may_undo.then(|| {
        view! {
            <ActionForm action=correcting.undo attr:class="correction-undo">
                <input type="hidden" name="correction" value=done.correction.to_string() />
                <input type="hidden" name="reason" value="Undone at once." />
                <input type="hidden" name="back" value=back />
                <SubmitButton
                    label="Undo"
                    pending=correcting.undo.pending()
                    kind=ButtonKind::Secondary
                />
            </ActionForm>
        }
    });
    view! {
        <Notice kind=NoticeKind::Success>
            <p dir="auto">{done.sentence}</p>
            {undo}
        </Notice>
    }
}

/// "Correct": what the claimant or a moderator can say of one work on an author's page. Named by the heading `work-{id}`.
#[component]
pub fn CorrectWork(
    author: AuthorId,
    work: i64,
    tools: Tools,
    correcting: Correcting,
) -> impl IntoView {
    let reason = tools.draft.reason_for("work", work);
    let open = !reason.is_empty();
    let claimant = tools.role == Some(Role::Claimant);
    let hide = claimant.then(|| {
        view! {
            <SubmitButton
                label="Hide from my page"
                pending=correcting.work.pending()
                kind=ButtonKind::Secondary
                name="what"
                value="hide"
            />
        }
    });
    let (label, not_mine) = if claimant {
        ("Why is this not yours, or not to be shown?", "Not mine")
    } else {
        ("Why is this not this author’s?", "Not this author’s")
    };
    view! {
        <details class="correction-menu" open=open>
            <summary id=format!("correct-{work}") aria-labelledby=format!("correct-{work} work-{work}")>
                "Correct"
            </summary>
            <ActionForm action=correcting.work>
                <input type="hidden" name="author" value=author.to_string() />
                <input type="hidden" name="work" value=work.to_string() />
                <Reason id=format!("correct-reason-{work}") label=label value=reason />
                <p class="ui-actions">
                    <SubmitButton
                        label=not_mine
                        pending=correcting.work.pending()
                        kind=ButtonKind::Danger
                        name="what"
                        value="not_mine"
                    />
                    {hide}
                </p>
            </ActionForm>
        </details>
    }
}
