//! What the pages of topics and institutions have in common: authors and works gathered under a name.

use leptos::prelude::*;
use leptos_meta::{Link, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::people::PeopleView;
use crate::domain::ids::FollowTarget;
use crate::error::AppError;
use crate::features::follow::types::FollowState;
use crate::features::follow::view::{FollowButton, following};
use crate::features::search::types::People;
use crate::features::work::api::list_works;
use crate::features::work::types::{WorkFilter, WorkList, WorksOf};
use crate::features::work::view::WorkListView;
use crate::ui::lean::LeanJson;
use crate::ui::{PageHeader, Section};

/// The number in the address.
pub(super) fn id_in_address() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()))
}

/// Which page of its authors is asked for.
pub(super) fn people_in_address() -> Memo<u32> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|q| {
            q.get("people")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1)
        })
    })
}

/// What such a page loads beside its top; made at the top of the page.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    works: Resource<Result<WorkList, AppError>, LeanJson>,
    follow: Resource<Result<FollowState, AppError>>,
}

impl Parts {
    /// `of` and `target` tell what the number in the address stands for.
    pub(super) fn new(
        id: Memo<String>,
        of: fn(i64) -> WorksOf,
        target: fn(i64) -> FollowTarget,
    ) -> Self {
        let query = use_query_map();
        let filter = Memo::new(move |_| query.with(|q| WorkFilter::from_query(|name| q.get(name))));
        let works = Resource::<Result<WorkList, AppError>, LeanJson>::new_with_options(
            move || (id.get(), filter.get()),
            move |(id, filter)| async move {
                let id = id.parse().map_err(|_| AppError::NotFound)?;
                list_works(of(id), filter).await
            },
            true,
        );
        let follow = following(move || id.get().parse().ok().map(target));
        Self { works, follow }
    }
}

/// The top of such a page.
pub(super) struct Gathering {
    /// What it is: "Topic".
    pub kicker: &'static str,
    /// Its name.
    pub name: String,
    /// A sentence under the name, or nothing.
    pub lead: String,
    /// Where it stands among others of its kind, above the name.
    pub above: AnyView,
    /// Further facts under it.
    pub below: AnyView,

    /// The address that the page should have.
    pub canonical: String,
    /// What the button follows.
    pub target: FollowTarget,
    /// One page of its authors.
    pub people: People,
}

impl Gathering {
    /// The page.
    pub(super) fn view(self, parts: Parts) -> AnyView {
        super::canonical::redirect_to(&self.canonical);
        let works = parts.works;
        let works_path = StoredValue::new(self.canonical.clone());
        let people_path = self.canonical.clone();
        view! {
            <Title text=self.name.clone() />
            <Link rel="canonical" href=self.canonical.clone() />
            {self.above}
            <PageHeader title=self.name kicker=self.kicker lead=self.lead />
            {self.below}
            <FollowButton target=self.target here=self.canonical state=parts.follow />
            <Section id="people" title="Authors">
                <PeopleView people=self.people path=people_path />
            </Section>
            <Section id="works" class="ui-section-wide" title="Works">
                <Transition>
                    {move || Suspend::new(async move {
                        match works.await {
                            Ok(list) => {
                                view! { <WorkListView list=list path=works_path.get_value() /> }
                                    .into_any()
                            }
                            Err(error) => view! { <p role="alert">{error.sentence()}</p> }.into_any(),
                        }
                    })}
                </Transition>
            </Section>
        }
        .into_any()
    }
}
