//! The page behind a mailed link: reading it does nothing, so that mail scanners cannot prove a claim.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::refusal;
use crate::features::claim::api::ProveClaim;
use crate::features::claim::types::ProofLink;
use crate::ui::SubmitButton;

/// What the link is about, and the button that uses it.
#[component]
pub fn ProveView(
    link: ProofLink,
    token: String,
    action: ServerAction<ProveClaim>,
) -> impl IntoView {
    view! {
        {refusal(move || action.value().get())}
        <p>
            {format!(
                "You received this link at {}. Press the button to prove your claim on the author record of {}.",
                link.email,
                link.name,
            )}
        </p>
        <ActionForm action=action>
            <input type="hidden" name="token" value=token />
            <SubmitButton label="Prove my claim" pending=action.pending() />
        </ActionForm>
    }
}
