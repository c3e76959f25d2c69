//! Logging in.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::features::account::view::LogInForm;
use crate::paths;
use crate::ui::{Notice, NoticeKind, PageHeader};

/// `/login?next=…`
#[component]
pub fn LoginPage() -> impl IntoView {
    let query = use_query_map();
    let next = Signal::derive(move || query.with(|q| q.get("next").unwrap_or_default()));
    let done = move || {
        let words = match query.with(|q| q.get("done"))?.as_str() {
            "verified" => "Your e-mail address is verified. Log in to go on.",
            "reset" => "Your new password is set. Log in with it.",
            "everywhere" => "You are logged out everywhere.",
            _ => return None,
        };
        Some(view! {
            <Notice kind=NoticeKind::Success>
                <p>{words}</p>
            </Notice>
        })
    };
    view! {
        <Title text="Log in" />
        <Meta name="robots" content="noindex" />
        <div class="ui-page-narrow">
            <PageHeader title="Log in" />
            {done}
            <div class="auth-form">
                <LogInForm next=next />
                <p class="auth-other">
                    <a href=paths::FORGOT_PASSWORD>"Forgot the password?"</a>
                </p>
                <p class="auth-other">
                    "No account yet? " <a href=paths::SIGNUP>"Sign up"</a>
                </p>
            </div>
        </div>
    }
}
