//! The claim form: which works, and one proof.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::refusal;
use crate::domain::claim::State;
use crate::domain::clock::count;
use crate::features::claim::api::SubmitClaim;
use crate::features::claim::types::{
    ClaimForm, ClaimViewer, NOTE_MAX_CHARS, ProofDraft, WORKS_PER_PAGE,
};
use crate::paths;
use crate::ui::{
    ButtonKind, Checkbox, Choice, Field, Notice, NoticeKind, RadioGroup, SubmitButton, TextArea,
};

/// The form for a claim that can still be made, otherwise the sentence that says where it stands.
#[component]
pub fn ClaimFormView(form: ClaimForm, action: ServerAction<SubmitClaim>) -> impl IntoView {
    let author_page = paths::author(form.status.author, &form.slug);
    let back = view! {
        <p>
            <a href=author_page>{format!("Back to {}", form.name)}</a>
        </p>
    };
    if form.status.viewer != ClaimViewer::Verified {
        return view! {
            <Notice kind=NoticeKind::Warning>
                <p>
                    "To claim an author, verify your e-mail address first: the link is in the message we sent you. "
                    <a href=paths::SETTINGS>"Send it again from the settings"</a> "."
                </p>
            </Notice>
            {back}
        }
        .into_any();
    }
    let decided = form.status.mine.as_ref().and_then(|mine| match mine.state {
        State::PendingReview => {
            Some("Your claim waits for a moderator. You will be told by e-mail what was decided.")
        }
        State::Approved { .. } | State::Upheld { .. } | State::Contested { .. } => {
            Some("You have claimed this author.")
        }
        _ => None,
    });
    if let Some(sentence) = decided {
        return view! {
            <Notice kind=NoticeKind::Success>
                <p>{sentence}</p>
            </Notice>
            {back}
        }
        .into_any();
    }
    if form.total == 0 {
        return view! {
            <Notice kind=NoticeKind::Info>
                <p>"This author has no works yet, so there is nothing to claim it by."</p>
            </Notice>
            {back}
        }
        .into_any();
    }
    let mailed = form
        .status
        .mine
        .as_ref()
        .filter(|mine| mine.state == State::Proving)
        .and_then(|mine| mine.mailed_to.clone())
        .map(|email| {
            view! {
                <Notice kind=NoticeKind::Success>
                    <p>
                        {format!(
                            "We sent a link to {email}. Open it within 24 hours and press the button there. Sending the form again sends a new link.",
                        )}
                    </p>
                </Notice>
            }
        });
    let contest = form.status.holder.is_some().then(|| {
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>
                    "Another account has claimed this author. Your claim opens a contest: both sides are told, new invitations pause, and a moderator decides."
                </p>
            </Notice>
        }
    });
    let author = form.status.author;
    let works = works_view(&form);
    let proof = proof_view(form.domains, form.draft);
    view! {
        {mailed}
        {contest}
        {refusal(move || action.value().get())}
        <ActionForm action=action>
            <input type="hidden" name="author" value=author.to_string() />
            {works}
            {proof}
            <p class="ui-actions">
                <SubmitButton
                    label="Claim this author"
                    pending=action.pending()
                    name="step"
                    value="prove"
                />
            </p>
        </ActionForm>
        {back}
    }
    .into_any()
}

/// One page of works as boxes to tick; further pages keep what was ticked on this one.
fn works_view(form: &ClaimForm) -> impl IntoView + use<> {
    let shown = form
        .works
        .iter()
        .map(|work| work.work.to_string())
        .collect::<Vec<_>>()
        .join(",");
    let boxes = form
        .works
        .iter()
        .map(|work| {
            let label = match work.year {
                Some(year) => format!("{} ({year})", work.title),
                None => work.title.clone(),
            };
            view! {
                <Checkbox
                    label=label
                    name="works[]"
                    id=format!("work-{}", work.work)
                    value=work.work.to_string()
                    checked=work.selected
                />
            }
        })
        .collect_view();
    let pages = (form.total + WORKS_PER_PAGE - 1) / WORKS_PER_PAGE;
    let page = form.page;
    let turn = (pages > 1).then(|| {
        let to = |number: i64, label: &'static str| {
            (1..=pages).contains(&number).then(|| {
                view! {
                    <SubmitButton
                        label=label
                        kind=ButtonKind::Secondary
                        name="step"
                        value=format!("page:{number}")
                    />
                }
            })
        };
        view! {
            <p>{format!("Page {page} of {pages}. What you tick is kept when you turn the page.")}</p>
            <p class="ui-actions">
                {to(page - 1, "Keep and show earlier page")} {to(page + 1, "Keep and show next page")}
            </p>
        }
    });
    let selected = form
        .status
        .mine
        .as_ref()
        .map_or(0, |mine| if mine.state.is_open() { mine.works } else { 0 });
    let all_label = if pages > 1 {
        "All works on this page are mine"
    } else {
        "All of these works are mine"
    };
    view! {
        <fieldset class="ui-fieldset">
            <legend class="ui-field-label">"Which of these works are yours?"</legend>
            <p class="ui-field-hint">
                {format!(
                    "{} on this record. Select at least one. {}",
                    count(form.total, "work", "works"),
                    if selected > 0 {
                        format!("So far {} selected.", count(selected, "is", "are"))
                    } else {
                        String::new()
                    },
                )}
            </p>
            <input type="hidden" name="shown" value=shown />
            <Checkbox
                label=all_label
                name="all"
                id="works-all"
            />
            <div class="claim-works" tabindex="0" role="group" aria-label="Works of this author">
                {boxes}
            </div>
            {turn}
        </fieldset>
    }
}

/// How the claimant shows that it is them.
fn proof_view(domains: Vec<String>, draft: ProofDraft) -> impl IntoView {
    let by_mail = !domains.is_empty();
    let listed = domains.join(", ");
    let mut choices = Vec::new();
    if by_mail {
        choices.push(
            Choice::new("email", "An e-mail address at the author’s institution")
                .with_hint("We send a link to it. The claim is approved as soon as you open it."),
        );
    }
    choices.push(
        Choice::new("moderator", "Ask a moderator")
            .with_hint("A person looks at your claim, which may take some days."),
    );
    let selected = if by_mail && draft.proof != "moderator" {
        "email"
    } else {
        "moderator"
    };
    view! {
        <div class="claim-proof">
            <RadioGroup
                legend="How can you show that it is you?"
                name="proof"
                choices=choices
                selected=selected
                required=true
            />
            {by_mail
                .then(|| {
                    view! {
                        <Field
                            label="E-mail address at the institution"
                            name="email"
                            kind="email"
                            autocomplete="email"
                            maxlength=254
                            value=draft.email
                            hint=format!(
                                "At one of these domains or below it: {listed}. Only the domain is shown on the page.",
                            )
                        />
                    }
                })}
            {(!by_mail)
                .then(|| {
                    view! {
                        <p class="ui-field-hint">
                            "No e-mail domain is known for an institution of this author, so a moderator has to decide."
                        </p>
                    }
                })}
            <TextArea
                label="Note to the moderator"
                name="note"
                value=draft.note
                hint="What would convince you? For example a page of your institution that links to this record. Moderators read it, nobody else."
                maxlength=NOTE_MAX_CHARS as u32
                counter=true
                rows=5
            />
        </div>
    }
}
