//! The form to claim an author.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::ErrorView;
use crate::domain::ids::AuthorId;
use crate::error::AppError;
use crate::features::claim::api::{SubmitClaim, load_claim_form};
use crate::features::claim::view::ClaimFormView;
use crate::ui::{PageHeader, PageShell};

/// Which works, and one proof.
#[component]
pub fn ClaimPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let action = ServerAction::<SubmitClaim>::new();
    let form = Resource::new(
        move || {
            let author = params.read().get("id").and_then(|id| id.parse().ok());
            let page = query.read().get("page").and_then(|page| page.parse().ok());
            (author, page.unwrap_or(1), action.version().get())
        },
        |(author, page, _): (Option<AuthorId>, i64, usize)| async move {
            load_claim_form(author.ok_or(AppError::NotFound)?, page).await
        },
    );
    view! {
        <Title text="Claim an author" />
        <Meta name="robots" content="noindex" />
        <Transition>
            {move || Suspend::new(async move {
                match form.await {
                    Ok(form) => {
                        view! {
                            <PageShell narrow=true>
                                <PageHeader
                                    kicker="Claim"
                                    title=format!("Claim {}", form.name)
                                    lead="Claiming links this public author record to a researcher profile and unlocks direct collaboration workflows."
                                />
                                <ClaimFormView form=form action=action />
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
