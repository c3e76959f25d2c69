//! The public history of an author's record, with the forms that correct it.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::ErrorView;
use crate::domain::ids::AuthorId;
use crate::error::AppError;
use crate::features::correction::api::load_corrections;
use crate::features::correction::types::Asked;
use crate::features::correction::view::{Correcting, CorrectionsView};
use crate::paths;
use crate::ui::{PageHeader, PageShell};

/// `/authors/{id}/{slug}/corrections`; takes `find`, `work`, `page` for its forms, and `done` or `undone` for what was just done or undone: every success leads to an
/// address of its own, so that the page is loaded anew.
#[component]
pub fn CorrectionsPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let correcting = Correcting::new();
    let page = Resource::new_blocking(
        move || {
            let params = params.read();
            let query = query.read();
            let number = |name: &str| query.get(name).and_then(|n| n.parse().ok()).unwrap_or(0);
            let asked = Asked {
                find: query.get("find").unwrap_or_default(),
                work: query.get("work").unwrap_or_default(),
                page: number("page").max(1),
                done: number("done").max(number("undone")),
            };
            let author = params.get("id").and_then(|id| id.parse().ok());
            let slug = params.get("slug").unwrap_or_default();
            (author, slug, asked, query.get("undone").is_some())
        },
        |(author, slug, asked, _): (Option<AuthorId>, String, Asked, bool)| async move {
            load_corrections(author.ok_or(AppError::NotFound)?, slug, asked).await
        },
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        super::canonical::redirect_to(&paths::corrections(page.author, &page.slug));
                        let lead = "Every correction is made over what the sources say, so that no later import brings a mistake back. Each can be undone, and tells who made it and why.";
                        view! {
                            <Title text=format!("History of {}", page.name) />
                            <Meta name="robots" content="noindex" />
                            <PageShell>
                                <PageHeader
                                    kicker="History and corrections"
                                    title=page.name.clone()
                                    lead=lead
                                />
                                <CorrectionsView page=page correcting=correcting />
                            </PageShell>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}
