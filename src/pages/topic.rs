//! A topic's page: where it stands among topics, its authors and works.

use leptos::prelude::*;

use super::ErrorView;
use super::gathering::{Gathering, Parts, id_in_address, people_in_address};
use crate::domain::clock;
use crate::domain::ids::{FollowTarget, TopicId};
use crate::features::topic::api::load_topic;
use crate::features::topic::types::{TopicLink, TopicPage as Page};
use crate::features::work::types::WorksOf;
use crate::ui::{Breadcrumb, Crumb, Prose, Section};

/// `/topics/{id}/{slug}`
#[component]
pub fn TopicPage() -> impl IntoView {
    let id = id_in_address();
    let people = people_in_address();
    let page = Resource::new_blocking(
        move || (id.get(), people.get()),
        |(id, people)| load_topic(id, people),
    );
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
    let crumbs: Vec<Crumb> = page
        .broader
        .into_iter()
        .map(|broader| Crumb {
            label: broader.name,
            href: broader.href,
        })
        .collect();
    let name = page.name.clone();
    let above = (!crumbs.is_empty()).then(|| view! { <Breadcrumb above=crumbs current=name /> });
    let description = page.description.map(|text| {
        view! {
            <Prose>
                <p dir="auto">{text}</p>
            </Prose>
        }
    });
    let narrower = (!page.narrower.is_empty()).then(|| {
        view! {
            <Section id="narrower" title="Narrower topics">
                <Links topics=page.narrower />
            </Section>
        }
    });
    let elsewhere = (!page.elsewhere.is_empty()).then(|| {
        let schemes = page
            .elsewhere
            .into_iter()
            .map(|(scheme, topics)| {
                view! {
                    <div class="topic-scheme">
                        <h3 class="topic-scheme-name">{scheme}</h3>
                        <Links topics=topics />
                    </div>
                }
            })
            .collect_view();
        view! {
            <Section
                id="elsewhere"
                title="In other schemes"
                lead="Topics of other schemes that stand on the same works most often."
            >
                <div class="topic-schemes">{schemes}</div>
            </Section>
        }
    });
    Gathering {
        kicker: "Topic",
        name: page.name,
        lead: page.scheme,
        above: above.into_any(),
        below: view! {
            {description}
            {narrower}
            {elsewhere}
        }
        .into_any(),
        canonical: page.canonical,
        target: FollowTarget::Topic(TopicId(page.id)),
        people: page.people,
    }
}

#[component]
fn Links(topics: Vec<TopicLink>) -> impl IntoView {
    let rows = topics
        .into_iter()
        .map(|topic| {
            view! {
                <li>
                    <a href=topic.href dir="auto">
                        {topic.name}
                    </a>
                    " "
                    <span class="search-hit-facts">{clock::count(topic.works, "work", "works")}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="people-list">{rows}</ul> }
}
