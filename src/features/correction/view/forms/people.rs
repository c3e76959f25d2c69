//! Forms that look for something first: a missing work, another page of the same person.

use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::domain::clock::count;
use crate::domain::ids::AuthorId;
use crate::features::correction::types::{Forms, FoundAuthor, FoundSpot};
use crate::features::correction::view::{Correcting, Reason};
use crate::ui::{ButtonKind, Empty, Field, SubmitButton};

/// A work that is missing.
pub(super) fn mine(
    author: AuthorId,
    here: &str,
    forms: &Forms,
    correcting: Correcting,
) -> impl IntoView + use<> {
    let reason = forms.draft.reason_for("mine", 0);
    let found = forms.spots.clone().map(|spots| {
        if spots.is_empty() {
            let sentence = "No work was found that could be this author’s: its names differ, or somebody else has claimed it.";
            return view! { <Empty sentence=sentence /> }.into_any();
        }
        view! {
            <ActionForm action=correcting.mine>
                <input type="hidden" name="author" value=author.to_string() />
                <fieldset class="ui-fieldset">
                    <legend class="ui-field-label">"Which name is this author?"</legend>
                    {spots.into_iter().enumerate().map(|(i, spot)| spot_view(i, spot)).collect_view()}
                </fieldset>
                <Reason id="mine-reason" label="How can others see that it is?" value=reason />
                <p class="ui-actions">
                    <SubmitButton label="This is mine" pending=correcting.mine.pending() />
                </p>
            </ActionForm>
        }
        .into_any()
    });
    let open = forms.spots.is_some();
    view! {
        <details class="correction-form" id="missing" open=open>
            <summary>"A work is missing"</summary>
            <form method="get" action=format!("{here}#missing") class="correction-find">
                <Field
                    label="Title, DOI, arXiv id, or the address of its page here"
                    name="work"
                    kind="search"
                    required=true
                    maxlength=300
                />
                <button class=ButtonKind::Secondary.class() type="submit">
                    "Find the work"
                </button>
            </form>
            {found}
        </details>
    }
}

fn spot_view(i: usize, spot: FoundSpot) -> impl IntoView {
    let value = format!("{}:{}:{}", spot.work, spot.position, spot.from);
    let year = spot
        .year
        .map(|year| format!(" ({year})"))
        .unwrap_or_default();
    view! {
        <div class="ui-check">
            <input
                class="ui-check-box"
                type="radio"
                id=format!("spot-{i}")
                name="spot"
                value=value
                required=true
            />
            <label class="ui-check-label" for=format!("spot-{i}") dir="auto">
                <strong>{spot.name}</strong>
                " on "
                {spot.title}
                {year}
            </label>
            <p class="ui-field-hint">
                <a href=spot.href>"Look at the work"</a>
            </p>
        </div>
    }
}

/// Another page of the same person.
pub(super) fn merge(
    author: AuthorId,
    here: &str,
    forms: &Forms,
    correcting: Correcting,
) -> impl IntoView + use<> {
    let reason = forms.draft.reason_for("merge", 0);
    let seen = forms.seen;
    let found = forms.found.clone().map(|found| {
        if found.is_empty() {
            return view! { <Empty sentence="No other page was found." /> }.into_any();
        }
        view! {
            <ActionForm action=correcting.merge>
                <input type="hidden" name="author" value=author.to_string() />
                <input type="hidden" name="seen" value=seen.to_string() />
                <fieldset class="ui-fieldset">
                    <legend class="ui-field-label">"Which page is the same person?"</legend>
                    <p class="ui-field-hint">
                        "Its works, followers and reports come here, and its address leads here."
                    </p>
                    {found.into_iter().map(found_view).collect_view()}
                </fieldset>
                <Reason id="merge-reason" label="How do you know?" value=reason />
                <p class="ui-actions">
                    <SubmitButton label="Join the pages" pending=correcting.merge.pending() />
                </p>
            </ActionForm>
        }
        .into_any()
    });
    let open = forms.found.is_some();
    view! {
        <details class="correction-form" id="same" open=open>
            <summary>"Another page is the same person"</summary>
            <form method="get" action=format!("{here}#same") class="correction-find">
                <Field
                    label="Name, ORCID iD, or the address of that page"
                    name="find"
                    kind="search"
                    required=true
                    maxlength=300
                />
                <button class=ButtonKind::Secondary.class() type="submit">
                    "Find the page"
                </button>
            </form>
            {found}
        </details>
    }
}

fn found_view(found: FoundAuthor) -> impl IntoView {
    let id = format!("other-{}", found.author);
    let about = found.about.join(" · ");
    let claimed = found.claimed.then_some(" · claimed");
    view! {
        <div class="ui-check">
            <input
                class="ui-check-box"
                type="radio"
                id=id.clone()
                name="other"
                value=found.author.to_string()
                required=true
            />
            <label class="ui-check-label" for=id dir="auto">
                <strong>{found.name}</strong>
                {format!(", {}", count(found.works, "work", "works"))}
                {claimed}
            </label>
            <p class="ui-field-hint" dir="auto">
                {about}
                " "
                <a href=found.href>"Look at the page"</a>
            </p>
        </div>
    }
}
