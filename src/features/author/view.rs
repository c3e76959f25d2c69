//! The head of an author's page and its quick read.

use leptos::prelude::*;

use super::types::AuthorPage;
use crate::domain::clock;
use crate::ui::{Badge, Icon, IconName};

/// Name, other names, institutions with years, identifiers.
#[component]
pub fn AuthorHeader(page: AuthorPage) -> impl IntoView {
    let aka = (!page.also_known_as.is_empty()).then(|| {
        view! {
            <p class="author-aka">
                "Also known as " <span dir="auto">{page.also_known_as.join(", ")}</span>
            </p>
        }
    });
    let affiliations = (!page.affiliations.is_empty()).then(|| {
        let rows = page
            .affiliations
            .into_iter()
            .map(|a| {
                view! {
                    <li>
                        <a href=a.href>{a.name}</a>
                        " "
                        <span class="author-years">{a.years}</span>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="author-affiliations">{rows}</ul> }
    });
    let identifiers = (!page.identifiers.is_empty()).then(|| {
        let rows = page
            .identifiers
            .into_iter()
            .map(|link| {
                let named = format!("{} {}", link.scheme, link.value);
                match link.href {
                    Some(href) => view! {
                        <li>
                            <a href=href rel="noopener">
                                <Icon name=IconName::Id />
                                {named}
                            </a>
                        </li>
                    }
                    .into_any(),
                    None => view! {
                        <li>
                            <span>
                                <Icon name=IconName::Id />
                                {named}
                            </span>
                        </li>
                    }
                    .into_any(),
                }
            })
            .collect_view();
        view! { <ul class="author-identifiers">{rows}</ul> }
    });
    let history = crate::paths::corrections(crate::domain::ids::AuthorId(page.id), &page.slug);
    view! {
        <header class="author-header">
            <p class="ui-kicker">"Author"</p>
            <h1 class="author-name" dir="auto">
                {page.name}
            </h1>
            {aka}
            {affiliations}
            {identifiers}
            <p class="author-history">
                <a href=history>"History"</a>
            </p>
        </header>
    }
}

/// Score, level, claimed or not, counts; the children explain the score.
#[component]
pub fn QuickRead(page: AuthorPage, children: Children) -> impl IntoView {
    let counts = page.counts;
    view! {
        <div class="trust-snapshot">
            <div class="trust-figure">
                <p class="trust-score">
                    <span class="ui-hidden">"Trust "</span>
                    {page.trust.score}
                    <span class="trust-of">" of 100"</span>
                </p>
                <p class="trust-band">{page.trust.band.label()}</p>
            </div>
            <p class="trust-level">
                {format!("Verification {}", page.level.label())} " "
                <Badge>{if page.claimed { "Claimed author" } else { "Unclaimed author" }}</Badge>
            </p>
            <dl class="trust-counts">
                <Figure n=counts.works one="work" many="works" />
                <Figure n=counts.followers one="follower" many="followers" />
                <Figure n=counts.topics one="topic" many="topics" />
                <Figure
                    n=counts.close_collaborators
                    one="close collaborator"
                    many="close collaborators"
                />
            </dl>
            {children()}
        </div>
    }
}

#[component]
fn Figure(n: i64, one: &'static str, many: &'static str) -> impl IntoView {
    view! {
        <div>
            <dt>{if n == 1 { one } else { many }}</dt>
            <dd>{clock::thousands(n)}</dd>
        </div>
    }
}
