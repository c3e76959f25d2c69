//! What moderators have to decide, and what was decided.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::ErrorView;
use crate::features::claim::view::{Review, ReviewView};
use crate::features::correction::view::{Reviews, ReviewsView};
use crate::features::moderation::api::require_moderator;
use crate::features::moderation::view::{Reports, ReportsView};
use crate::ui::{PageHeader, PageShell};

/// For moderators only: others get 403, visitors the log-in page.
#[component]
pub fn ModerationPage() -> impl IntoView {
    let query = use_query_map();
    let search = Memo::new(move |_| query.read().get("author").unwrap_or_default());
    // Asked before anything else, so that the page as a whole is refused, not each of its lists.
    let allowed = Resource::new(|| (), |()| require_moderator());
    let review = Review::new(search);
    let reports = Reports::load();
    let reviews = Reviews::load();
    view! {
        <Title text="Moderation" />
        <Meta name="robots" content="noindex" />
        <Suspense>
            {move || Suspend::new(async move {
                match allowed.await {
                    Ok(()) => {
                        view! {
                            <PageShell>
                                <PageHeader
                                    kicker="For moderators"
                                    title="Moderation"
                                    lead="Every decision is logged with its reason and can be appealed. Nobody decides on what they take part in."
                                />
                                <ReviewView review=review />
                                <ReportsView reports=reports />
                                <ReviewsView reviews=reviews />
                            </PageShell>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}
