//! A topic's page: its authors and works.

use leptos::prelude::*;
use leptos_meta::{Link, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::ErrorView;
use super::people::People;
use crate::domain::ids::{FollowTarget, TopicId};
use crate::error::AppError;
use crate::features::follow::types::FollowState;
use crate::features::follow::view::{FollowButton, following};
use crate::features::topic::api::load_topic;
use crate::features::topic::types::TopicPage as Page;
use crate::features::work::api::list_works;
use crate::features::work::types::{WorkFilter, WorkList, WorksOf};
use crate::features::work::view::WorkListView;
use crate::ui::lean::LeanJson;
use crate::ui::{PageHeader, Section};

/// `/topics/{id}/{slug}`
#[component]
pub fn TopicPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let filter = Memo::new(move |_| query.with(|q| WorkFilter::from_query(|name| q.get(name))));
    let page = Resource::new_blocking(move || id.get(), load_topic);
    let works = Resource::<Result<WorkList, AppError>, LeanJson>::new_with_options(
        move || (id.get(), filter.get()),
        |(id, filter)| async move {
            let id = id.parse().map_err(|_| AppError::NotFound)?;
            list_works(WorksOf::Topic(id), filter).await
        },
        true,
    );
    let follow = following(move || id.get().parse().ok().map(FollowTarget::Topic));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Loaded page=page works=works follow=follow /> }.into_any(),
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Loaded(
    page: Page,
    works: Resource<Result<WorkList, AppError>, LeanJson>,
    follow: Resource<Result<FollowState, AppError>>,
) -> impl IntoView {
    super::canonical::redirect_to(&page.canonical);
    let works_path = StoredValue::new(page.canonical.clone());
    let lead = if page.code.0 == "keyword" {
        String::new()
    } else {
        format!("{} in the scheme {}", page.code.1, page.code.0)
    };
    let below = ().into_any();
    view! {
        <Title text=page.name.clone() />
        <Link rel="canonical" href=page.canonical.clone() />
        <PageHeader title=page.name kicker="Topic" lead=lead />
        {below}
        <FollowButton target=FollowTarget::Topic(TopicId(page.id)) here=page.canonical state=follow />
        <Section id="people" title="Authors">
            <People people=page.authors />
        </Section>
        <Section id="works" class="ui-section-wide" title="Works">
            <Transition>
                {move || Suspend::new(async move {
                    match works.await {
                        Ok(list) => {
                            view! { <WorkListView list=list path=works_path.get_value() /> }.into_any()
                        }
                        Err(error) => view! { <p role="alert">{error.sentence()}</p> }.into_any(),
                    }
                })}
            </Transition>
        </Section>
    }
}
