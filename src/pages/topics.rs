//! The list of topics.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::ErrorView;
use crate::domain::clock;
use crate::features::topic::api::list_topics;
use crate::features::topic::types::{TopicHit, TopicList};
use crate::paths;
use crate::ui::{Choice, Empty, Field, PageHeader, Pagination, Select, SubmitButton};

/// `/topics?q=…&scheme=…&page=…`
#[component]
pub fn TopicsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|q| {
            let page = q.get("page").and_then(|p| p.parse().ok()).unwrap_or(1u32);
            (
                q.get("q").unwrap_or_default(),
                q.get("scheme").unwrap_or_default(),
                page,
            )
        })
    });
    let list = Resource::new_blocking(
        move || asked.get(),
        |(q, scheme, page)| list_topics(q, scheme, page),
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let (q, scheme, _) = asked.get_untracked();
                match list.await {
                    Ok(list) => view! { <Loaded q=q scheme=scheme list=list /> }.into_any(),
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Loaded(q: String, scheme: String, list: TopicList) -> impl IntoView {
    let narrowed = !(q.trim().is_empty() && scheme.is_empty());
    let mut choices = vec![Choice::new("", "All schemes")];
    choices.extend(
        list.schemes
            .into_iter()
            .map(|(word, label)| Choice::new(word, label)),
    );
    let body = match (list.hits.is_empty(), narrowed) {
        (false, _) => view! { <TopicHits hits=list.hits /> }.into_any(),
        (true, true) => view! {
            <Empty
                sentence="No topic matches. Words are matched from their beginning, accents do not matter."
                action=("Show all topics".to_owned(), paths::TOPICS.to_owned())
            />
        }
        .into_any(),
        (true, false) => view! { <Empty sentence="There are no topics in the record yet." /> }.into_any(),
    };
    let (asked, of) = (paths::encode(&q), paths::encode(&scheme));
    view! {
        <Title text="Topics" />
        {narrowed.then(|| view! { <Meta name="robots" content="noindex" /> })}
        <PageHeader title="Topics" lead="Subjects of works, from each source's own scheme." />
        <form class="search-form" role="search" method="get" action=paths::TOPICS aria-label="Search topics">
            <Field label="Name" name="q" id="topics-q" kind="search" value=q maxlength=200 />
            <Select label="Scheme" name="scheme" id="topics-scheme" choices=choices selected=scheme />
            <SubmitButton label="Search" />
        </form>
        <p class="search-summary" role="status">
            {clock::count(list.total, "topic", "topics")}
        </p>
        {body}
        <Pagination
            page=list.page
            pages=list.pages
            href=move |n| format!("{}?q={asked}&scheme={of}&page={n}", paths::TOPICS)
            label="Topics"
        />
    }
}

/// Topics with their scheme and the number of works on each.
#[component]
pub fn TopicHits(hits: Vec<TopicHit>) -> impl IntoView {
    let rows = hits
        .into_iter()
        .map(|hit| {
            let facts = format!(
                "{} · {}",
                hit.scheme,
                clock::count(hit.topic.works, "work", "works")
            );
            view! {
                <li>
                    <a href=hit.topic.href dir="auto">
                        {hit.topic.name}
                    </a>
                    " "
                    <span class="search-hit-facts">{facts}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="people-list">{rows}</ul> }
}
