//! Asking for a link that sets a new password.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::features::account::view::{DemoMailHint, ForgotPasswordForm};
use crate::paths;
use crate::ui::{Notice, NoticeKind, PageHeader};

/// `/forgot-password`, and `/forgot-password?sent=1` afterwards.
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let query = use_query_map();
    let sent = Memo::new(move |_| query.with(|q| q.get("sent").is_some()));
    view! {
        <Title text="Forgot the password" />
        <Meta name="robots" content="noindex" />
        <div class="ui-page-narrow">
            {move || {
                if sent.get() {
                    view! {
                        <PageHeader title="Look into your mailbox" />
                        <Notice kind=NoticeKind::Success>
                            <p>
                                "We sent a message to that address. A link to choose a new password works for one hour."
                            </p>
                        </Notice>
                        <DemoMailHint />
                    }
                        .into_any()
                } else {
                    view! {
                        <PageHeader
                            title="Forgot the password?"
                            lead="We send you a link to choose a new one."
                        />
                        <div class="auth-form">
                            <ForgotPasswordForm />
                            <p class="auth-other">
                                <a href=paths::LOGIN>"Back to log in"</a>
                            </p>
                        </div>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}
