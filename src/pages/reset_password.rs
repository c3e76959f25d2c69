//! Setting a new password with a mailed link.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::features::account::api::reset_link;
use crate::features::account::types::LinkState;
use crate::features::account::view::ResetPasswordForm;
use crate::pages::ErrorView;
use crate::paths;
use crate::ui::{Notice, NoticeKind, PageHeader};

/// `/reset-password?token=…`
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.with(|q| q.get("token").unwrap_or_default()));
    let link = Resource::new(move || token.get(), reset_link);
    view! {
        <Title text="Choose a new password" />
        <Meta name="robots" content="noindex" />
        <div class="ui-page-narrow">
            <Suspense>
                {move || Suspend::new(async move {
                    match link.await {
                        Ok(LinkState::Open { email }) => {
                            view! {
                                <PageHeader
                                    title="Choose a new password"
                                    lead=format!("For the account of {email}. You are logged out everywhere.")
                                />
                                <div class="auth-form">
                                    <ResetPasswordForm token=token.get_untracked() />
                                </div>
                            }
                                .into_any()
                        }
                        Ok(LinkState::Used | LinkState::Dead) => {
                            view! {
                                <PageHeader title="This link does not work any more" />
                                <Notice kind=NoticeKind::Warning>
                                    <p>
                                        "It was used, is older than an hour, or is not complete. "
                                        <a href=paths::FORGOT_PASSWORD>"Ask for a new one"</a> "."
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
