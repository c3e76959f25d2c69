//! The page of corrections: what was done, and the forms of those who may do more.

mod page;
mod people;

use leptos::prelude::*;

use super::Correcting;
use super::history::History;
use super::works::done_view;
use crate::domain::correction::Role;
use crate::domain::ids::AuthorId;
use crate::features::correction::types::{CorrectionsPage, Forms};
use crate::paths;
use crate::ui::{Notice, NoticeKind, Section};

/// Everything on the page but its head.
#[component]
pub fn CorrectionsView(page: CorrectionsPage, correcting: Correcting) -> impl IntoView {
    let author = page.author;
    let back = paths::author(author, &page.slug);
    let here = paths::corrections(author, &page.slug);
    let report = paths::report(author, &page.slug);
    let hidden = page.hidden.then(|| {
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>
                    "The page of this author is hidden: nobody but its claimant and moderators sees even this history. Undo the hiding below to bring it back."
                </p>
            </Notice>
        }
    });
    let refusal = page.refusal.map(|sentence| {
        view! {
            <Notice kind=NoticeKind::Info>
                <p>{sentence}</p>
            </Notice>
        }
    });
    let report = page.forms.is_none().then(|| {
        view! {
            <p>
                "Something is wrong? " <a href=report>"Report it to the moderators"</a> "."
            </p>
        }
    });
    let forms = page
        .forms
        .map(|forms| forms_view(author, &here, &page.name, forms, correcting));
    let (json, csv) = (
        paths::corrections_json(author),
        paths::corrections_csv(author),
    );
    let exports = (!page.hidden).then(|| {
        view! {
            <p class="correction-exports">
                "For the sources that the mistakes came from: "
                <a href=json rel="external">
                    "JSON"
                </a> ", " <a href=csv rel="external">
                    "CSV"
                </a> "."
            </p>
        }
    });
    view! {
        {correcting.refusal()}
        {page.done.map(|done| done_view(done, "", correcting))}
        {hidden}
        {refusal}
        <p>
            <a href=back>{format!("Back to {}", page.name)}</a>
        </p>
        {forms}
        <Section id="history" kicker="History" title="What was corrected">
            <History lines=page.history correcting=correcting />
            {exports}
            {report}
        </Section>
    }
}

fn forms_view(
    author: AuthorId,
    here: &str,
    name: &str,
    forms: Forms,
    correcting: Correcting,
) -> impl IntoView + use<> {
    let lead = match forms.role {
        Role::Claimant => "You claimed this page, so you can put it right yourself.",
        Role::Moderator => {
            "As a moderator you can correct this page for its owner, or for a source that is wrong."
        }
    };
    let mine = people::mine(author, here, &forms, correcting);
    let merge = people::merge(author, here, &forms, correcting);
    let split = page::split(author, here, &forms, correcting);
    let rename = page::rename(author, name, &forms, correcting);
    let hide = page::hide(author, &forms, correcting);
    view! {
        <Section id="correct" kicker="Correct" title="What is wrong?" lead=lead>
            <div class="correction-forms">{mine} {merge} {split} {rename} {hide}</div>
        </Section>
    }
}
