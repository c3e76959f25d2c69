//! The research graph explorer.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::ErrorView;
use crate::features::graph::api::load_slice;
use crate::features::graph::types::GraphSlice;
use crate::features::graph::view::GraphPicture;
use crate::features::search::api::load_overview;
use crate::features::search::view::AuthorHits;
use crate::paths;
use crate::ui::{Empty, Field, PageHeader, Section, SubmitButton};

/// `/explore?author=…`
#[component]
pub fn ExplorePage() -> impl IntoView {
    let query = use_query_map();
    let author = Memo::new(move |_| query.with(|q| q.get("author").unwrap_or_default()));
    move || {
        let author = author.get();
        if author.is_empty() {
            view! { <Start /> }.into_any()
        } else {
            view! { <Around author=author /> }.into_any()
        }
    }
}

#[component]
fn Around(author: String) -> impl IntoView {
    let slice = Resource::new_blocking(move || author.clone(), |author| load_slice(author, true));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match slice.await {
                    Ok(slice) => view! { <Loaded slice=slice /> }.into_any(),
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Loaded(slice: GraphSlice) -> impl IntoView {
    let name = slice.name.clone();
    let hops = slice
        .slice
        .nodes
        .iter()
        .filter(|n| {
            n.kind == crate::domain::graph::NodeKind::Author && n.key() != slice.slice.centre
        })
        .map(|n| {
            let href = paths::explore_author(crate::domain::ids::AuthorId(n.id));
            view! {
                <li>
                    <a href=href dir="auto">
                        {n.label.clone()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <Title text=format!("Research graph of {name}") />
        <PageHeader title=format!("Research graph of {name}") kicker="Explorer" />
        <p>
            <a href=slice.href.clone()>{format!("Back to the page of {name}")}</a>
        </p>
        <figure class="graph-panel graph-panel-wide">
            <GraphPicture answer=slice />
        </figure>
        <Section id="hops" title="Go on from here" lead="The graph around one of the co-authors.">
            <ul class="people-list">{hops}</ul>
        </Section>
    }
}

#[component]
fn Start() -> impl IntoView {
    let overview = Resource::new_blocking(|| (), |()| load_overview());
    view! {
        <Title text="Explore" />
        <PageHeader
            title="Explore the research graph"
            lead="Start from an author: see the papers, people, topics and institutions around them, and go on from there."
        />
        <form class="search-form" role="search" method="get" action=paths::SEARCH aria-label="Find an author to start from">
            <Field label="Name" name="q" id="explore-q" kind="search" maxlength=200 />
            <SubmitButton label="Search" />
        </form>
        <p>
            "Or browse the " <a href=paths::TOPICS>"topics"</a> " and the "
            <a href=paths::INSTITUTIONS>"institutions"</a> " of the record."
        </p>
        <Suspense>
            {move || Suspend::new(async move {
                match overview.await {
                    Ok(overview) if overview.prominent.is_empty() => {
                        view! { <Empty sentence="There are no authors in the record yet." /> }.into_any()
                    }
                    Ok(overview) => {
                        view! {
                            <Section id="start" title="Authors with the most works">
                                <AuthorHits hits=overview.prominent />
                            </Section>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}
