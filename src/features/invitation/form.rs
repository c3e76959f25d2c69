//! The form that sends an invitation.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::api::SendInvitation;
use super::types::{InviteForm, LinkedWork};
use super::view::InviteReason;
use crate::domain::invitation::{
    LINKED_WORKS_MAX, MESSAGE_MAX_CHARS, MESSAGE_MIN_CHARS, Purpose, SUBJECT_MAX_CHARS,
    SUBJECT_MIN_CHARS,
};
use crate::error::AppError;
use crate::ui::{Checkbox, Choice, ErrorSummary, Field, FormError, Select, SubmitButton, TextArea};

/// Boxes for works, under a heading of whose they are; nothing where there are none.
fn boxes(legend: &'static str, works: Vec<LinkedWork>, ticked: &[String]) -> AnyView {
    if works.is_empty() {
        return ().into_any();
    }
    let boxes = works
        .into_iter()
        .map(|w| {
            let value = w.id.to_string();
            let checked = ticked.contains(&value);
            let label = match w.year {
                Some(year) => format!("{} ({year})", w.title),
                None => w.title,
            };
            view! {
                <Checkbox
                    label=label
                    name="works[]"
                    id=format!("work-{value}")
                    value=value
                    checked=checked
                />
            }
        })
        .collect_view();
    view! {
        <fieldset class="ui-fieldset">
            <legend class="ui-field-label">{legend}</legend>
            <div class="claim-works" tabindex="0">
                {boxes}
            </div>
        </fieldset>
    }
    .into_any()
}

/// The form, filled with what was typed before a refusal; or the reason why nothing can be sent. What
/// was typed stays in sight also when the reason arose meanwhile.
#[component]
pub fn InvitationForm(form: InviteForm) -> impl IntoView {
    let send = ServerAction::<SendInvitation>::new();
    let reason = form.state.refusal.clone().map(|refusal| {
        view! {
            <div class="invite-panel">
                <InviteReason
                    refusal=refusal
                    state=form.state.clone()
                    author=form.author
                    slug=form.slug.clone()
                />
            </div>
        }
    });
    if form.state.refusal.is_some() && form.draft.message.is_empty() {
        return reason.into_any();
    }
    let error = move || send.value().get().and_then(Result::err);
    let error_of = move |field: &'static str| {
        Signal::derive(move || match error() {
            Some(AppError::InvitationContent(refusal)) if refusal.field() == field => {
                Some(refusal.to_string())
            }
            _ => None,
        })
    };
    let errors = Signal::derive(move || {
        error()
            .map(|error| FormError {
                field: match &error {
                    AppError::InvitationContent(refusal) => refusal.field().to_owned(),
                    _ => "send".to_owned(),
                },
                sentence: error.sentence(),
            })
            .into_iter()
            .collect()
    });
    let purposes = std::iter::once(Choice::new("", "Choose a purpose"))
        .chain(
            Purpose::ALL
                .into_iter()
                .map(|p| Choice::new(p.as_str(), p.label())),
        )
        .collect::<Vec<_>>();
    let draft = form.draft;
    let links = form.own_works.len() + form.their_works.len() > 0;
    view! {
        {reason}
        <ErrorSummary errors=errors />
        <ActionForm action=send>
            <input type="hidden" name="author" value=form.author.0 />
            <Select
                label="Purpose"
                name="purpose"
                choices=purposes
                selected=draft.purpose
                error=error_of("purpose")
                required=true
            />
            <Field
                label="Subject"
                name="subject"
                value=draft.subject
                error=error_of("subject")
                autocomplete="off"
                required=true
                minlength=SUBJECT_MIN_CHARS as u32
                maxlength=SUBJECT_MAX_CHARS as u32
            />
            <TextArea
                label="Message"
                name="message"
                value=draft.message
                hint="Say who you are, why this person, and what a yes would mean."
                error=error_of("message")
                rows=10
                required=true
                minlength=MESSAGE_MIN_CHARS as u32
                maxlength=MESSAGE_MAX_CHARS as u32
                counter=true
            />
            <div id="works">
                {links
                    .then(|| {
                        view! {
                            <p class="ui-field-hint">
                                {format!("You can link up to {LINKED_WORKS_MAX} works that it is about.")}
                            </p>
                        }
                    })}
                {boxes("Your works", form.own_works, &draft.works)}
                {boxes("Works of this researcher", form.their_works, &draft.works)}
            </div>
            <p class="ui-field-hint">
                "There can be one open invitation between two people. It stays open for 30 days, and you can withdraw it until it is answered."
            </p>
            <div id="send">
                <SubmitButton label="Send invitation" pending=send.pending() />
            </div>
        </ActionForm>
    }
    .into_any()
}
