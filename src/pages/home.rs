//! The start page.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::ErrorView;
use crate::domain::clock;
use crate::features::search::api::load_overview;
use crate::features::search::types::Overview;
use crate::features::search::view::AuthorHits;
use crate::paths;
use crate::ui::{Empty, Field, Section, SubmitButton};

/// `/`
#[component]
pub fn HomePage() -> impl IntoView {
    let overview = Resource::new_blocking(|| (), |()| load_overview());
    view! {
        <Title text="" />
        <Meta
            name="description"
            content="A public, evidenced page for every author, and focused collaboration between researchers."
        />
        <div class="home-hero">
            <h1 class="home-title">"A page for every author, and the evidence behind it"</h1>
            <p class="home-lead">
                "See what a researcher published, who they work with, and how far the record can be trusted and why. Claim your own, follow others, and open focused collaborations."
            </p>
            <form class="home-search" role="search" method="get" action=paths::SEARCH aria-label="Find an author">
                <Field label="Find an author by name" name="q" id="home-q" kind="search" maxlength=200 required=true />
                <SubmitButton label="Search" />
            </form>
        </div>
        <Suspense>
            {move || Suspend::new(async move {
                match overview.await {
                    Ok(overview) => view! { <Columns overview=overview /> }.into_any(),
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Columns(overview: Overview) -> impl IntoView {
    if overview.works == 0 {
        return view! {
            <Empty sentence="This network holds no works yet. Its operator can import records, or load the demo community." />
        }
        .into_any();
    }
    let topics = overview
        .topics
        .into_iter()
        .map(|(name, href, n)| {
            view! {
                <li>
                    <a href=href>{name}</a>
                    " "
                    <span class="search-hit-facts">{clock::count(n, "work", "works")}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <p class="home-examples">
            {format!(
                "{} and {} in the record.",
                clock::count(overview.authors, "author", "authors"),
                clock::count(overview.works, "work", "works"),
            )}
        </p>
        <div class="home-columns">
            <Section id="prominent" title="Authors with the most works">
                <AuthorHits hits=overview.prominent />
            </Section>
            <Section id="topics" title="Topics">
                <ul class="people-list">{topics}</ul>
            </Section>
        </div>
    }
    .into_any()
}
