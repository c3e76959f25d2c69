//! An author's page, in the order of its seven sections.

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::ErrorView;
use crate::domain::clock;
use crate::domain::ids::{AuthorId, FollowTarget};
use crate::domain::verification::Level;
use crate::error::AppError;
use crate::features::author::api::load_author;
use crate::features::author::types::AuthorPage as Page;
use crate::features::author::view::{AuthorHeader, QuickRead};
use crate::features::claim::view::{ClaimPanel, Claiming};
use crate::features::correction::api::load_tools;
use crate::features::correction::types::Tools;
use crate::features::correction::view::{CorrectWork, Correcting, DoneNotice};
use crate::features::follow::types::FollowState;
use crate::features::follow::view::{FollowButton, following};
use crate::features::graph::view::GraphPanel;
use crate::features::invitation::view::{InvitePanel, Inviting};
use crate::features::trust::view::TrustExplanation;
use crate::features::work::api::list_works;
use crate::features::work::types::{WorkFilter, WorkList, WorksOf};
use crate::features::work::view::{Under, WorkListView};
use crate::paths;
use crate::ui::lean::LeanJson;
use crate::ui::{Icon, IconName, Section};

/// `/authors/{id}/{slug}`
#[component]
pub fn AuthorPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let filter = Memo::new(move |_| query.with(|q| WorkFilter::from_query(|name| q.get(name))));
    let slug = Memo::new(move |_| params.with(|p| p.get("slug").unwrap_or_default()));
    let page = Resource::new_blocking(
        move || (id.get(), slug.get()),
        |(id, slug)| load_author(id, slug),
    );
    let correcting = Correcting::new();
    // The correction just made or undone, and which of the two.
    let done = Memo::new(move |_| {
        query.with(|q| {
            let number = |name: &str| q.get(name).and_then(|n| n.parse::<i64>().ok()).unwrap_or(0);
            (number("done"), number("undone"))
        })
    });
    let works = Resource::<Result<WorkList, AppError>, LeanJson>::new_with_options(
        move || (id.get(), filter.get(), done.get()),
        |(id, filter, ..)| async move {
            let id = id.parse().map_err(|_| AppError::NotFound)?;
            list_works(WorksOf::Author(id), filter).await
        },
        true,
    );
    let author = move || id.get().parse::<AuthorId>().ok();
    let tools = Resource::new(
        move || (author(), done.get()),
        |(author, (done, undone))| async move {
            match author {
                Some(author) => load_tools(author, done.max(undone)).await,
                None => Ok(Tools::default()),
            }
        },
    );
    let parts = Parts {
        works,
        tools,
        correcting,
        following: following(move || author().map(FollowTarget::Author)),
        claiming: Claiming::new(author),
        inviting: Inviting::new(author),
    };
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Loaded page=page parts=parts /> }.into_any(),
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// What the page loads beside its top, each part in its own place.
#[derive(Clone, Copy)]
struct Parts {
    works: Resource<Result<WorkList, AppError>, LeanJson>,
    tools: Resource<Result<Tools, AppError>>,
    correcting: Correcting,
    following: Resource<Result<FollowState, AppError>>,
    claiming: Claiming,
    inviting: Inviting,
}

#[component]
fn Loaded(page: Page, parts: Parts) -> impl IntoView {
    let Parts {
        works,
        tools,
        correcting,
        ..
    } = parts;
    let author = AuthorId(page.id);
    let path = paths::author(author, &page.slug);
    super::canonical::redirect_to(&path);
    let description = format!(
        "{}: {}, trust {} ({}), verification {}.",
        page.name,
        clock::count(page.counts.works, "work", "works"),
        page.trust.score,
        page.trust.band.label(),
        page.level.label(),
    );
    let noindex =
        (page.level == Level::L0).then(|| view! { <Meta name="robots" content="noindex" /> });
    let published = format!("{} published item(s)", clock::thousands(page.counts.works));
    let slug = page.slug.clone();
    let name = page.name.clone();
    let (for_actions, for_claim) = (slug.clone(), slug.clone());
    let works_path = StoredValue::new(path.clone());
    view! {
        <Title text=page.name.clone() />
        <Meta name="description" content=description />
        <Link rel="canonical" href=path.clone() />
        <Link
            rel="alternate"
            type_="application/atom+xml"
            title=format!("Works of {}", page.name)
            href=paths::author_feed(author)
        />
        {noindex}
        <AuthorHeader page=page.clone() />
        <Section id="quick-read" kicker="Trust snapshot" title="Quick read">
            <QuickRead page=page.clone()>
                <TrustExplanation
                    score=page.trust.clone()
                    level=page.level
                    evidence_from=page.evidence_from.clone()
                    computed_on=page.computed_on.clone()
                />
            </QuickRead>
        </Section>
        <Section id="actions" kicker="Actions" title="Decide how to stay connected">
            <Actions author=author slug=for_actions name=name following=parts.following />
        </Section>
        <Section
            id="claim"
            kicker="Identity and collaboration"
            title="How to connect with this researcher"
        >
            <ClaimPanel slug=for_claim claiming=parts.claiming />
        </Section>
        <Section
            id="invite"
            kicker="Direct collaboration"
            title="Open a focused conversation when the fit is right"
        >
            <InvitePanel author=author slug=slug inviting=parts.inviting />
        </Section>
        <Section
            id="graph"
            class="ui-section-wide"
            kicker="Research graph"
            title="See the researcher in context"
            aside=("Open full explorer".to_owned(), paths::explore_author(author))
            lead="Inspect adjacent work, topics, institutions and collaborators without jumping out to a separate graph page."
        >
            <GraphPanel author=author.to_string() />
        </Section>
        <Section id="works" class="ui-section-wide" kicker="Published work" title=published>
            <Transition>
                {move || Suspend::new(async move {
                    let tools = tools.await.unwrap_or_default();
                    match works.await {
                        Ok(list) => {
                            let path = works_path.get_value();
                            works_view(author, list, path, tools, correcting).into_any()
                        }
                        Err(error) => view! { <p role="alert">{error.sentence()}</p> }.into_any(),
                    }
                })}
            </Transition>
        </Section>
    }
}

/// The works, each with its menu for those who may correct the page.
fn works_view(
    author: AuthorId,
    list: WorkList,
    path: String,
    tools: Tools,
    correcting: Correcting,
) -> impl IntoView {
    if tools.role.is_none() {
        return view! { <WorkListView list=list path=path /> }.into_any();
    }
    let for_each = tools.clone();
    let under: Under = Box::new(move |work| {
        let tools = for_each.clone();
        view! { <CorrectWork author=author work=work tools=tools correcting=correcting /> }
            .into_any()
    });
    view! {
        <DoneNotice tools=tools correcting=correcting />
        <WorkListView list=list path=path under=under />
    }
    .into_any()
}

#[component]
fn Actions(
    author: AuthorId,
    slug: String,
    name: String,
    following: Resource<Result<FollowState, AppError>>,
) -> impl IntoView {
    let path = paths::author(author, &slug);
    let copied = RwSignal::new(false);
    let shared = path.clone();
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        if let Ok(origin) = window().location().origin() {
            let address = format!("{origin}{shared}");
            leptos::task::spawn_local(async move {
                let done = wasm_bindgen_futures::JsFuture::from(
                    window().navigator().clipboard().write_text(&address),
                )
                .await;
                copied.set(done.is_ok());
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&shared, copied);
    };
    view! {
        <div class="actions-bar">
            <FollowButton target=FollowTarget::Author(author) here=path.clone() state=following />
            <a class="actions-link" href=paths::author_feed(author) rel="external">
                <Icon name=IconName::Feed />
                "Feed"
            </a>
            <a class="actions-link" href=paths::author_bibtex(author) rel="external">
                <Icon name=IconName::Cite />
                "Cite (BibTeX)"
            </a>
            <details class="actions-more">
                <summary>"Share"</summary>
                <div class="actions-more-body">
                    <p>{format!("The lasting address of the page of {name}:")}</p>
                    <p>
                        <a href=path.clone()>{path.clone()}</a>
                    </p>
                    <button type="button" class="ui-button ui-button-secondary" on:click=copy>
                        "Copy the address"
                    </button>
                    <p role="status">{move || copied.get().then_some("Copied.")}</p>
                </div>
            </details>
            <a class="actions-link" href=paths::report(author, &slug)>
                <Icon name=IconName::Flag />
                "Report or object"
            </a>
        </div>
    }
}
