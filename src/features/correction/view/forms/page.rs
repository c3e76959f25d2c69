//! Forms about the page itself: works that leave it, its name, whether it is shown.

use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::domain::correction::NAME_MAX_CHARS;
use crate::domain::ids::AuthorId;
use crate::features::correction::types::{Forms, OwnWork};
use crate::features::correction::view::{Correcting, Reason};
use crate::ui::{ButtonKind, Checkbox, Field, Pagination, SubmitButton};

/// Works that are another person's.
pub(super) fn split(
    author: AuthorId,
    here: &str,
    forms: &Forms,
    correcting: Correcting,
) -> impl IntoView + use<> {
    let reason = forms.draft.reason_for("split", 0);
    let to = forms.draft.text_for("split");
    let open = to.is_some() || forms.page > 1;
    let here = here.to_owned();
    let seen = forms.seen.to_string();
    let (shown, pages) = (forms.page, forms.pages);
    let works = forms.works.iter().cloned().map(work_view).collect_view();
    view! {
        <details class="correction-form" id="other-person" open=open>
            <summary>"Some works are another person’s"</summary>
            <ActionForm action=correcting.split>
                <input type="hidden" name="author" value=author.to_string() />
                <input type="hidden" name="seen" value=seen />
                <fieldset class="ui-fieldset">
                    <legend class="ui-field-label">"Which works?"</legend>
                    {works}
                </fieldset>
                <Field
                    label="Whose are they?"
                    name="to"
                    id="split-to"
                    value=to.unwrap_or_default()
                    hint="The address or number of that person’s page here. Left empty, they get a new page."
                    maxlength=300
                />
                <Reason id="split-reason" label="How do you know?" value=reason />
                <p class="ui-actions">
                    <SubmitButton
                        label="Move the chosen works"
                        pending=correcting.split.pending()
                        kind=ButtonKind::Danger
                    />
                </p>
            </ActionForm>
            <Pagination
                page=u32::try_from(shown).unwrap_or(1)
                pages=u32::try_from(pages).unwrap_or(1)
                href=move |n| format!("{here}?page={n}#other-person")
                label="Works to choose from"
            />
        </details>
    }
}

fn work_view(work: OwnWork) -> impl IntoView {
    let id = format!("split-{}", work.work);
    let year = work
        .year
        .map(|year| format!(" ({year})"))
        .unwrap_or_default();
    let with = (!work.with.is_empty()).then(|| {
        view! {
            <p class="ui-field-hint" dir="auto">
                {format!("with {}", work.with)}
            </p>
        }
    });
    view! {
        <div class="ui-check">
            <input
                class="ui-check-box"
                type="checkbox"
                id=id.clone()
                name="works[]"
                value=work.work.to_string()
            />
            <label class="ui-check-label" for=id dir="auto">
                {work.title}
                {year}
            </label>
            {with}
        </div>
    }
}

/// The name shown.
pub(super) fn rename(
    author: AuthorId,
    name: &str,
    forms: &Forms,
    correcting: Correcting,
) -> impl IntoView + use<> {
    let reason = forms.draft.reason_for("rename", 0);
    let typed = forms.draft.text_for("rename");
    let open = typed.is_some();
    let seen = forms.seen.to_string();
    let value = typed.unwrap_or_else(|| name.to_owned());
    view! {
        <details class="correction-form" id="name" open=open>
            <summary>"Another name should be shown"</summary>
            <ActionForm action=correcting.rename>
                <input type="hidden" name="author" value=author.to_string() />
                <input type="hidden" name="seen" value=seen />
                <Field
                    label="Name to show"
                    name="name"
                    id="new-name"
                    value=value
                    required=true
                    maxlength=NAME_MAX_CHARS as u32
                />
                <Checkbox
                    label="Also hide the former name"
                    name="former"
                    hint="It can still be searched for, but no page, citation, feed or redirect of this site shows it; where a work prints it, the new name stands instead. Sources outside of this site keep what they have."
                />
                <Reason id="rename-reason" value=reason />
                <p class="ui-actions">
                    <SubmitButton label="Change the name" pending=correcting.rename.pending() />
                </p>
            </ActionForm>
        </details>
    }
}

/// The page as a whole.
pub(super) fn hide(
    author: AuthorId,
    forms: &Forms,
    correcting: Correcting,
) -> impl IntoView + use<> {
    let reason = forms.draft.reason_for("hide", 0);
    let open = !reason.is_empty();
    let seen = forms.seen.to_string();
    view! {
        <details class="correction-form" id="hide" open=open>
            <summary>"This page should not be shown"</summary>
            <p>
                "The page, its feed, its place in search, lists and graphs go. Works keep the name as it is printed on them. It can be undone at any time."
            </p>
            <ActionForm action=correcting.hide>
                <input type="hidden" name="author" value=author.to_string() />
                <input type="hidden" name="seen" value=seen />
                <Reason id="hide-reason" value=reason />
                <p class="ui-actions">
                    <SubmitButton
                        label="Hide the whole page"
                        pending=correcting.hide.pending()
                        kind=ButtonKind::Danger
                    />
                </p>
            </ActionForm>
        </details>
    }
}
