use leptos::prelude::*;

#[component]
pub fn VerifyEmailPage() -> impl IntoView {
    view! { <p>"Verify"</p> }
}

/// The page behind the link that proves a claim: reading it does nothing, its button does.
#[component]
pub fn VerifyClaimPage() -> impl IntoView {
    use leptos_meta::{Meta, Title};

    use crate::features::claim::api::{ProveClaim, load_proof_link};
    use crate::features::claim::view::ProveView;

    let query = leptos_router::hooks::use_query_map();
    let token = Memo::new(move |_| query.read().get("token").unwrap_or_default());
    let action = ServerAction::<ProveClaim>::new();
    let link = Resource::new(move || token.get(), load_proof_link);
    view! {
        <Title text="Prove your claim" />
        <Meta name="robots" content="noindex" />
        <Suspense>
            {move || Suspend::new(async move {
                match link.await {
                    Ok(link) => {
                        view! {
                            <crate::ui::PageShell narrow=true>
                                <crate::ui::PageHeader kicker="Claim" title="Prove your claim" />
                                <ProveView link=link token=token.get_untracked() action=action />
                            </crate::ui::PageShell>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <super::ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}
