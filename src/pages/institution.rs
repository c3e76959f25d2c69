//! An institution's page: its authors and works.

use leptos::prelude::*;

use super::ErrorView;
use super::gathering::{Gathering, Parts, id_in_address};
use crate::domain::ids::{FollowTarget, InstitutionId};
use crate::features::institution::api::load_institution;
use crate::features::institution::types::InstitutionPage as Page;
use crate::features::work::types::WorksOf;

/// `/institutions/{id}/{slug}`
#[component]
pub fn InstitutionPage() -> impl IntoView {
    let id = id_in_address();
    let page = Resource::new_blocking(move || id.get(), load_institution);
    let parts = Parts::new(id, WorksOf::Institution, |id| {
        FollowTarget::Institution(InstitutionId(id))
    });
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => gathering(page).view(parts),
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

fn gathering(page: Page) -> Gathering {
    let below = page.ror.map(|ror| {
        let words = ror.clone();
        view! {
            <p>
                <a href=ror rel="noopener">
                    {words}
                </a>
            </p>
        }
    });
    Gathering {
        kicker: "Institution",
        name: page.name,
        lead: String::new(),
        below: below.into_any(),
        canonical: page.canonical,
        target: FollowTarget::Institution(InstitutionId(page.id)),
        authors: page.authors,
    }
}
