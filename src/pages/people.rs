//! A short list of authors on pages of topics and institutions.

use leptos::prelude::*;

use crate::domain::clock;
use crate::ui::Empty;

/// Name, address, works, claimed.
#[component]
pub fn People(people: Vec<(String, String, i64, bool)>) -> impl IntoView {
    if people.is_empty() {
        return view! { <Empty sentence="No authors yet." /> }.into_any();
    }
    let rows = people
        .into_iter()
        .map(|(name, href, works, claimed)| {
            let claimed = if claimed { " · claimed" } else { "" };
            view! {
                <li>
                    <a href=href dir="auto">
                        {name}
                    </a>
                    " "
                    <span class="search-hit-facts">
                        {format!("{}{claimed}", clock::count(works, "work", "works"))}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="people-list">{rows}</ul> }.into_any()
}
