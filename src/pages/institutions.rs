//! The list of institutions.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::ErrorView;
use crate::domain::clock;
use crate::features::institution::api::list_institutions;
use crate::features::institution::types::{InstitutionHit, InstitutionList};
use crate::paths;
use crate::ui::{Empty, Field, PageHeader, Pagination, SubmitButton};

/// `/institutions?q=…&page=…`
#[component]
pub fn InstitutionsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|q| {
            let page = q.get("page").and_then(|p| p.parse().ok()).unwrap_or(1u32);
            (q.get("q").unwrap_or_default(), page)
        })
    });
    let list = Resource::new_blocking(move || asked.get(), |(q, page)| list_institutions(q, page));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let (q, _) = asked.get_untracked();
                match list.await {
                    Ok(list) => view! { <Loaded q=q list=list /> }.into_any(),
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Loaded(q: String, list: InstitutionList) -> impl IntoView {
    let narrowed = !q.trim().is_empty();
    let body = match (list.hits.is_empty(), narrowed) {
        (false, _) => view! { <InstitutionHits hits=list.hits /> }.into_any(),
        (true, true) => view! {
            <Empty
                sentence="No institution matches. Names, aliases and acronyms are searched; words are matched from their beginning, accents do not matter."
                action=("Show all institutions".to_owned(), paths::INSTITUTIONS.to_owned())
            />
        }
        .into_any(),
        (true, false) => {
            view! { <Empty sentence="No work or author in the record names an institution yet." /> }
                .into_any()
        }
    };
    let asked = paths::encode(&q);
    view! {
        <Title text="Institutions" />
        {narrowed.then(|| view! { <Meta name="robots" content="noindex" /> })}
        <PageHeader title="Institutions" lead="Organisations at which works were written, or that authors belong to." />
        <form
            class="search-form"
            role="search"
            method="get"
            action=paths::INSTITUTIONS
            aria-label="Search institutions"
        >
            <Field label="Name" name="q" id="institutions-q" kind="search" value=q maxlength=200 />
            <SubmitButton label="Search" />
        </form>
        <p class="search-summary" role="status">
            {clock::count(list.total, "institution", "institutions")}
        </p>
        {body}
        <Pagination
            page=list.page
            pages=list.pages
            href=move |n| format!("{}?q={asked}&page={n}", paths::INSTITUTIONS)
            label="Institutions"
        />
    }
}

/// Institutions with their place and the number of works written there.
#[component]
pub fn InstitutionHits(hits: Vec<InstitutionHit>) -> impl IntoView {
    let rows = hits
        .into_iter()
        .map(|hit| {
            let mut facts = Vec::new();
            if !hit.place.is_empty() {
                facts.push(hit.place);
            }
            if hit.works > 0 {
                facts.push(clock::count(hit.works, "work", "works"));
            }
            view! {
                <li>
                    <a href=hit.href dir="auto">
                        {hit.name}
                    </a>
                    " "
                    <span class="search-hit-facts">{facts.join(" · ")}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="people-list">{rows}</ul> }
}
