//! Authors in lists.

use leptos::prelude::*;

use super::types::AuthorHit;
use crate::domain::clock;

/// A list of authors with what tells them apart.
#[component]
pub fn AuthorHits(hits: Vec<AuthorHit>) -> impl IntoView {
    let rows = hits
        .into_iter()
        .map(|hit| {
            let mut facts = Vec::new();
            facts.extend(hit.institution);
            facts.push(clock::count(hit.works, "work", "works"));
            facts.push(if hit.claimed { "claimed".into() } else { "unclaimed".into() });
            view! {
                <li class="search-hit">
                    <h2 class="search-hit-name" dir="auto">
                        <a href=hit.href>{hit.name}</a>
                    </h2>
                    <p class="search-hit-facts">{facts.join(" · ")}</p>
                    {hit.sample.map(|title| view! { <p class="search-hit-sample" dir="auto">{title}</p> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="search-results">{rows}</ol> }
}
