//! A work's page.

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::use_params_map;

use super::ErrorView;
use crate::domain::ids::WorkId;
use crate::error::AppError;
use crate::features::correction::api::load_offers;
use crate::features::correction::types::Offer;
use crate::features::correction::view::{Correcting, OffersView};
use crate::features::work::api::load_work;
use crate::features::work::types::WorkPage as Page;
use crate::features::work::view::{Affiliations, Bylines, Sources, Versions, WorkMeta};
use crate::ui::lean::LeanJson;
use crate::ui::{Notice, NoticeKind, Section};

/// `/works/{id}/{slug}`
#[component]
pub fn WorkPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let page = Resource::<Result<Page, AppError>, LeanJson>::new_with_options(
        move || id.get(),
        load_work,
        true,
    );
    let correcting = Correcting::new();
    let offers = Resource::new(
        move || id.get(),
        |id| async move {
            match id.parse::<WorkId>() {
                Ok(work) => load_offers(work).await,
                Err(_) => Ok(Vec::new()),
            }
        },
    );
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        view! { <Loaded page=page offers=offers correcting=correcting /> }.into_any()
                    }
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Loaded(
    page: Page,
    offers: Resource<Result<Vec<Offer>, AppError>>,
    correcting: Correcting,
) -> impl IntoView {
    super::canonical::redirect_to(&page.canonical);
    let Page {
        item,
        title,
        canonical,
        published_on,
        topics,
        identifiers,
        affiliations,
        versions,
        retracted_by,
        fields,
        records,
        bibtex,
    } = page;
    let names = item
        .authors
        .iter()
        .map(|a| a.name.clone())
        .collect::<Vec<_>>();
    let citation = names
        .into_iter()
        .take(20)
        .map(|name| view! { <Meta name="citation_author" content=name /> })
        .collect_view();
    let date = published_on.or_else(|| item.year.map(|y| y.to_string()));
    let abstract_html = item.abstract_html.map(|html| {
        view! {
            <Section id="abstract" title="Abstract">
                <div class="work-abstract" dir="auto" inner_html=html></div>
            </Section>
        }
    });
    let affiliations = (!affiliations.is_empty()).then(|| {
        view! {
            <Section id="affiliations" title="Affiliations as printed">
                <Affiliations affiliations=affiliations />
            </Section>
        }
    });
    let versions = (!versions.is_empty()).then(|| {
        view! {
            <Section id="versions" title="Versions" lead="The same work in the forms in which sources know it.">
                <Versions versions=versions />
            </Section>
        }
    });
    let retracted = item.retracted.then(|| {
        let who = if retracted_by.is_empty() {
            "A source says so.".to_owned()
        } else {
            format!("{} says so.", retracted_by.join(", "))
        };
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>
                    <strong>"This work was retracted."</strong>
                    " "
                    {who}
                </p>
            </Notice>
        }
    });
    let topics = (!topics.is_empty()).then(|| {
        view! {
            <Section id="topics" title="Topics">
                <ul class="work-topics">
                    {topics
                        .into_iter()
                        .map(|t| {
                            view! {
                                <li>
                                    <a href=t.href>{t.label}</a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </Section>
        }
    });
    let links = identifiers
        .into_iter()
        .map(|link| {
            let label = match link.href {
                Some(href) => view! { <a href=href rel="noopener">{link.label}</a> }.into_any(),
                None => link.label.into_any(),
            };
            view! { <li>{label}</li> }
        })
        .collect_view();
    view! {
        <Title text=title.clone() />
        <Link rel="canonical" href=canonical />
        <Meta name="citation_title" content=title />
        {citation}
        {date.clone().map(|d| view! { <Meta name="citation_publication_date" content=d.replace('-', "/") /> })}
        <article>
            <header class="work-header">
                <WorkMeta kind=item.kind year=item.year venue=item.venue />
                <h1 class="work-title" dir="auto" inner_html=item.title_html></h1>
                <Bylines
                    authors=item.authors
                    more=item.more_authors
                    unnamed=item.unnamed_authors
                    href=String::new()
                />
            </header>
            {retracted}
            {abstract_html}
            {versions}
            {affiliations}
            {topics}
            <Transition>
                {move || Suspend::new(async move {
                    let offers = offers.await.unwrap_or_default();
                    view! { <OffersView offers=offers correcting=correcting /> }
                })}
            </Transition>
            <Section id="links" title="Find and cite">
                <ul class="work-links">
                    {links}
                    <li>
                        <a href=bibtex rel="external">
                            "BibTeX"
                        </a>
                    </li>
                </ul>
            </Section>
            <Section id="sources" title="Where this comes from">
                <Sources fields=fields records=records />
            </Section>
        </article>
    }
}
