//! An institution's page: what it is, its authors, and the works that were written there.

use leptos::prelude::*;

use super::ErrorView;
use super::gathering::{Gathering, Parts, id_in_address, people_in_address};
use crate::domain::ids::{FollowTarget, InstitutionId};
use crate::features::institution::api::load_institution;
use crate::features::institution::types::{InstitutionLink, InstitutionPage as Page, OtherName};
use crate::features::work::types::WorksOf;
use crate::ui::{Notice, NoticeKind};

/// `/institutions/{id}/{slug}`
#[component]
pub fn InstitutionPage() -> impl IntoView {
    let id = id_in_address();
    let people = people_in_address();
    let page = Resource::new_blocking(
        move || (id.get(), people.get()),
        |(id, people)| load_institution(id, people),
    );
    let parts = Parts::new(id, WorksOf::Institution, |id| {
        FollowTarget::Institution(InstitutionId(id))
    });
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => gathering(page).view(parts),
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

fn gathering(page: Page) -> Gathering {
    let status = page.status.map(|sentence| {
        view! {
            <Notice kind=NoticeKind::Info>
                <p>{sentence}</p>
            </Notice>
        }
    });
    let other_names = (!page.other_names.is_empty()).then(|| {
        let names = page.other_names.into_iter().map(name).collect_view();
        view! { <Fact label="Also called">{names}</Fact> }
    });
    let acronyms = (!page.acronyms.is_empty()).then(|| {
        let names = page
            .acronyms
            .into_iter()
            .map(|acronym| view! { <li>{acronym}</li> })
            .collect_view();
        view! { <Fact label="Short for it">{names}</Fact> }
    });
    let ror = page.ror.map(|ror| {
        view! {
            <Fact label="ROR id">
                <Outside href=ror />
            </Fact>
        }
    });
    let home_page = page.home_page.map(|url| {
        view! {
            <Fact label="Home page">
                <Outside href=url />
            </Fact>
        }
    });
    Gathering {
        kicker: "Institution",
        name: page.name,
        lead: page.place,
        above: status.into_any(),
        below: view! {
            <dl class="ui-facts institution-facts">
                {other_names}
                {acronyms}
                {links("Part of", page.parents)}
                {links("Its parts", page.children)}
                {links("Succeeded by", page.successors)}
                {links("Successor of", page.predecessors)}
                {ror}
                {home_page}
            </dl>
        }
        .into_any(),
        canonical: page.canonical,
        target: FollowTarget::Institution(InstitutionId(page.id)),
        people: page.people,
    }
}

/// A label with a list of values.
#[component]
fn Fact(label: &'static str, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd>
                <ul class="institution-values">{children()}</ul>
            </dd>
        </div>
    }
}

#[component]
fn Outside(href: String) -> impl IntoView {
    let words = href.clone();
    view! {
        <li>
            <a href=href rel="noopener">
                {words}
            </a>
        </li>
    }
}

fn name(other: OtherName) -> impl IntoView {
    let language = other
        .language
        .map(|language| view! { " " <span class="institution-language">{format!("({language})")}</span> });
    view! {
        <li>
            <span lang=other.lang dir="auto">
                {other.name}
            </span>
            {language}
        </li>
    }
}

fn links(label: &'static str, links: Vec<InstitutionLink>) -> Option<impl IntoView> {
    (!links.is_empty()).then(|| {
        let rows = links
            .into_iter()
            .map(|link| {
                view! {
                    <li>
                        <a href=link.href dir="auto">
                            {link.name}
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! { <Fact label=label>{rows}</Fact> }
    })
}
