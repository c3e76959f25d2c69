//! Opening an account.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::features::account::view::{DemoMailHint, SignUpForm};
use crate::paths;
use crate::ui::{Notice, NoticeKind, PageHeader};

/// `/signup`, and `/signup?sent=1` afterwards.
#[component]
pub fn SignupPage() -> impl IntoView {
    let query = use_query_map();
    let sent = Memo::new(move |_| query.with(|q| q.get("sent").is_some()));
    view! {
        <Title text="Sign up" />
        <Meta name="robots" content="noindex" />
        <div class="ui-page-narrow">
            {move || {
                if sent.get() {
                    view! {
                        <PageHeader title="Look into your mailbox" />
                        <Notice kind=NoticeKind::Success>
                            <p>
                                "We sent you a message. Open the link in it to go on; it works for 24 hours."
                            </p>
                        </Notice>
                        <DemoMailHint />
                        <p class="auth-other">
                            "Nothing came? Look among unwanted mail, or "
                            <a href=paths::SIGNUP>"try again"</a> "."
                        </p>
                    }
                        .into_any()
                } else {
                    view! {
                        <PageHeader
                            title="Sign up"
                            lead="With an account you follow researchers, claim your own record, and collaborate."
                        />
                        <div class="auth-form">
                            <SignUpForm />
                            <p class="auth-other">
                                "You have an account? " <a href=paths::LOGIN>"Log in"</a>
                            </p>
                        </div>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}
