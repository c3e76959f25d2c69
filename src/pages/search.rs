//! Search by name: authors, and beside them topics and institutions.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::ErrorView;
use super::institutions::InstitutionHits;
use super::topics::TopicHits;
use crate::domain::clock;
use crate::error::AppError;
use crate::features::institution::api::list_institutions;
use crate::features::institution::types::InstitutionList;
use crate::features::search::api::search_authors;
use crate::features::search::types::Found;
use crate::features::search::view::AuthorHits;
use crate::features::topic::api::list_topics;
use crate::features::topic::types::TopicList;
use crate::paths;
use crate::ui::{Empty, Field, PageHeader, Pagination, Section, SubmitButton};

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
    let places = Resource::new_blocking(
        move || asked.get(),
        |(q, page)| async move {
            // They stand beside the first page, and a page without a question lists nothing.
            if page > 1 || q.trim().is_empty() {
                return Ok((None, None));
            }
            let topics = list_topics(q.clone(), String::new(), 1).await?;
            let institutions = list_institutions(q, 1).await?;
            Ok::<_, AppError>((Some(topics), Some(institutions)))
        },
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let (q, _) = asked.get_untracked();
                match (found.await, places.await) {
                    (Ok(found), Ok((topics, institutions))) => {
                        view! {
                            <Results q=q.clone() found=found />
                            <Places q=q topics=topics institutions=institutions />
                        }
                            .into_any()
                    }
                    (Err(error), _) | (_, Err(error)) => view! { <ErrorView error=error /> }.into_any(),
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

/// Topics and institutions of a name, the first few of each.
#[component]
fn Places(
    q: String,
    topics: Option<TopicList>,
    institutions: Option<InstitutionList>,
) -> impl IntoView {
    let topics = topics.filter(|list| !list.hits.is_empty()).map(|mut list| {
        list.hits.truncate(SHOWN_PLACES);
        let all = all(list.total, paths::TOPICS, &q);
        view! {
            <Section id="topics" title="Topics">
                <TopicHits hits=list.hits />
                {all}
            </Section>
        }
    });
    let institutions = institutions
        .filter(|list| !list.hits.is_empty())
        .map(|mut list| {
            list.hits.truncate(SHOWN_PLACES);
            let all = all(list.total, paths::INSTITUTIONS, &q);
            view! {
                <Section id="institutions" title="Institutions">
                    <InstitutionHits hits=list.hits />
                    {all}
                </Section>
            }
        });
    view! {
        {topics}
        {institutions}
    }
}

/// The link to the whole list, where more match than are shown.
fn all(total: i64, path: &str, q: &str) -> Option<impl IntoView + use<>> {
    let href = format!("{path}?q={}", paths::encode(q));
    (total > SHOWN_PLACES as i64).then(|| {
        view! {
            <p>
                <a href=href>{format!("All {}", clock::thousands(total))}</a>
            </p>
        }
    })
}

/// Topics and institutions shown beside the authors.
const SHOWN_PLACES: usize = 6;
