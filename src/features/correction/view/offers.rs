//! On a work's page: authorships that may be the viewer's.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::{Correcting, Reason};
use crate::features::correction::types::Offer;
use crate::ui::{ButtonKind, Section, SubmitButton};

/// Nothing for those who have nothing to gain.
#[component]
pub fn OffersView(offers: Vec<Offer>, correcting: Correcting) -> impl IntoView {
    let refusal = correcting.refusal();
    if offers.is_empty() {
        return view! { {refusal} }.into_any();
    }
    let items = offers
        .into_iter()
        .map(|offer| {
            let spot = format!("{}:{}:{}", offer.spot.work, offer.spot.position, offer.spot.from);
            let id = format!("mine-reason-{}-{}", offer.author, offer.spot.position);
            view! {
                <li>
                    <details class="correction-menu">
                        <summary dir="auto">
                            {format!("“{}” is me: add it to the page of {}", offer.spot.name, offer.name)}
                        </summary>
                        <ActionForm action=correcting.mine>
                            <input type="hidden" name="author" value=offer.author.to_string() />
                            <input type="hidden" name="spot" value=spot />
                            <Reason id=id label="How can others see that it is yours?" />
                            <p class="ui-actions">
                                <SubmitButton
                                    label="This is mine"
                                    pending=correcting.mine.pending()
                                    kind=ButtonKind::Primary
                                />
                            </p>
                        </ActionForm>
                    </details>
                </li>
            }
        })
        .collect_view();
    view! {
        <Section id="mine" kicker="Your record" title="Did you write this?">
            {refusal}
            <ul class="correction-offers">{items}</ul>
        </Section>
    }
    .into_any()
}
