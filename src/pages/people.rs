//! A page of authors on pages of topics and institutions.

use leptos::prelude::*;

use crate::domain::clock;
use crate::features::search::types::People;
use crate::ui::{Empty, Pagination};

/// The authors, with links to the other pages of them. `path` is the page's own address without query.
#[component]
pub fn PeopleView(people: People, path: String) -> impl IntoView {
    if people.people.is_empty() {
        return view! { <Empty sentence="No authors yet." /> }.into_any();
    }
    let summary = (people.pages > 1)
        .then(|| view! { <p class="search-summary">{clock::count(people.total, "author", "authors")}</p> });
    let rows = people
        .people
        .into_iter()
        .map(|person| {
            let mut facts = Vec::new();
            if person.works > 0 {
                facts.push(clock::count(person.works, "work", "works"));
            }
            facts.extend(person.years);
            if person.claimed {
                facts.push("claimed".to_owned());
            }
            view! {
                <li>
                    <a href=person.href dir="auto">
                        {person.name}
                    </a>
                    " "
                    <span class="search-hit-facts">{facts.join(" · ")}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        {summary}
        <ul class="people-list">{rows}</ul>
        <Pagination
            page=people.page
            pages=people.pages
            href=move |n| address(&path, n)
            label="Authors"
        />
    }
    .into_any()
}

/// The address of one page of authors; the first is the page's own.
fn address(path: &str, page: u32) -> String {
    if page > 1 {
        format!("{path}?people={page}#people")
    } else {
        format!("{path}#people")
    }
}
