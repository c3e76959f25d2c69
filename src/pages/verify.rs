//! Pages behind the links that prove an address.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::features::account::api::verification_link;
use crate::features::account::types::LinkState;
use crate::features::account::view::VerifyEmailForm;
use crate::pages::ErrorView;
use crate::paths;
use crate::ui::{Notice, NoticeKind, PageHeader};

/// `/verify-email?token=…`. Only the button uses the link: programs that scan mail open links, too.
#[component]
pub fn VerifyEmailPage() -> impl IntoView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.with(|q| q.get("token").unwrap_or_default()));
    let link = Resource::new(move || token.get(), verification_link);
    view! {
        <Title text="Verify your e-mail address" />
        <Meta name="robots" content="noindex" />
        <div class="ui-page-narrow">
            <Suspense>
                {move || Suspend::new(async move {
                    match link.await {
                        Ok(LinkState::Open { email }) => {
                            view! {
                                <PageHeader
                                    title="Verify your e-mail address"
                                    lead=format!("Did you open an account with {email}? Then press the button.")
                                />
                                <div class="auth-form">
                                    <VerifyEmailForm token=token.get_untracked() />
                                </div>
                            }
                                .into_any()
                        }
                        Ok(state) => {
                            let why = if state == LinkState::Used {
                                "It was used before. If that was you, your address is verified."
                            } else {
                                "It is older than 24 hours, or not complete."
                            };
                            view! {
                                <PageHeader title="This link does not work any more" />
                                <Notice kind=NoticeKind::Warning>
                                    <p>
                                        {why} " In your "
                                        <a href=paths::SETTINGS>"settings"</a>
                                        " you see how things stand and can ask for a new link."
                                    </p>
                                </Notice>
                            }
                                .into_any()
                        }
                        Err(error) => view! { <ErrorView error=error /> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
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
