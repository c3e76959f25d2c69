//! Search by author name.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::ErrorView;
use crate::domain::clock;
use crate::features::search::api::search_authors;
use crate::features::search::types::Found;
use crate::features::search::view::AuthorHits;
use crate::paths;
use crate::ui::{Empty, Field, PageHeader, Pagination, SubmitButton};

/// `/search?q=…&page=…`
#[component]
pub fn SearchPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|q| {
            let page = q.get("page").and_then(|p| p.parse().ok()).unwrap_or(1u32);
            (q.get("q").unwrap_or_default(), page)
        })
    });
    let found = Resource::new_blocking(move || asked.get(), |(q, page)| search_authors(q, page));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let (q, _) = asked.get_untracked();
                match found.await {
                    Ok(found) => view! { <Results q=q found=found /> }.into_any(),
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Results(q: String, found: Found) -> impl IntoView {
    let asked = !q.trim().is_empty();
    let title = if asked {
        format!("Search: {q}")
    } else {
        "Search".to_owned()
    };
    let summary = asked.then(|| {
        view! {
            <p class="search-summary" role="status">
                {format!("{} for “{q}”", clock::count(found.total, "author", "authors"))}
            </p>
        }
    });
    let work = found.work.map(|(title, href)| {
        view! {
            <p class="search-work">
                "The work with this identifier: " <a href=href dir="auto">{title}</a>
            </p>
        }
    });
    let body = if !asked {
        view! { <Empty sentence="Type a name, or the beginning of one. A DOI or an arXiv number finds the work." /> }
            .into_any()
    } else if found.hits.is_empty() {
        view! {
            <Empty sentence="Nobody by this name is in the record. Try the family name alone, or fewer letters: words are matched from their beginning, accents do not matter." />
        }
        .into_any()
    } else {
        view! { <AuthorHits hits=found.hits /> }.into_any()
    };
    let link = q.clone();
    view! {
        <Title text=title />
        <Meta name="robots" content="noindex" />
        <PageHeader title="Search authors" />
        <form class="search-form" role="search" method="get" action=paths::SEARCH aria-label="Search authors">
            <Field label="Name" name="q" id="search-q" kind="search" value=q maxlength=200 />
            <SubmitButton label="Search" />
        </form>
        {summary}
        {work}
        {body}
        <Pagination
            page=found.page
            pages=found.pages
            href=move |n| format!("{}?q={}&page={n}", paths::SEARCH, paths::encode(&link))
            label="Search results"
        />
    }
}
