//! A topic's page: its authors and works.

use leptos::prelude::*;

use super::ErrorView;
use super::gathering::{Gathering, Parts, id_in_address};
use crate::domain::ids::{FollowTarget, TopicId};
use crate::features::topic::api::load_topic;
use crate::features::topic::types::TopicPage as Page;
use crate::features::work::types::WorksOf;

/// `/topics/{id}/{slug}`
#[component]
pub fn TopicPage() -> impl IntoView {
    let id = id_in_address();
    let page = Resource::new_blocking(move || id.get(), load_topic);
    let parts = Parts::new(id, WorksOf::Topic, |id| FollowTarget::Topic(TopicId(id)));
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
    let (scheme, code) = page.code;
    Gathering {
        kicker: "Topic",
        name: page.name,
        lead: match scheme.as_str() {
            "arxiv" => format!("{code}, a category of arXiv"),
            "msc" => "A class of the Mathematics Subject Classification".to_owned(),
            "acm" => "A class of the ACM Computing Classification System".to_owned(),
            // The name says it all.
            _ => String::new(),
        },
        below: ().into_any(),
        canonical: page.canonical,
        target: FollowTarget::Topic(TopicId(page.id)),
        authors: page.authors,
    }
}
