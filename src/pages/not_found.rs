//! What is shown where there is nothing, or something failed.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::domain::ids::AuthorId;
use crate::error::AppError;
use crate::paths;

/// The page for an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <ErrorView error=AppError::NotFound /> }
}

/// Says of no page why it is gone: hidden, withdrawn, or an address that would tell a former name.
const GONE: &str = "What was at this address is not shown any more, or has another address now. Searching for the name usually finds it.";

/// A whole page that says what went wrong, with the matching HTTP status.
#[component]
pub fn ErrorView(error: AppError) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::infra::context::set_status(error.status());
    let (title, sentence) = match &error {
        AppError::NotFound => (
            "There is nothing here",
            "The page may have moved, or the address has a typing mistake. Searching for the name usually finds it.".to_owned(),
        ),
        AppError::Gone { .. } => ("This page is not shown any more", GONE.to_owned()),
        AppError::NotLoggedIn => ("Please log in", error.sentence()),
        AppError::Forbidden | AppError::EmailNotVerified => ("Not for this account", error.sentence()),
        _ => ("That did not work", error.sentence()),
    };
    let log_in = matches!(error, AppError::NotLoggedIn);
    let own = matches!(error, AppError::Gone { own: true });
    view! {
        <Title text=title />
        <Meta name="robots" content="noindex" />
        <div class="error-page">
            <p class="error-page-code">{error.status()}</p>
            <h1>{title}</h1>
            <p>{sentence}</p>
            {own
                .then(|| {
                    let here = leptos_router::hooks::use_location().pathname.get_untracked();
                    let id = here.split('/').nth(2).and_then(|id| id.parse::<AuthorId>().ok());
                    // The last part is put right there.
                    let history = id.map(|id| paths::corrections(id, "author"));
                    view! {
                        <p>
                            "You may bring it back: " <a href=history>"history of this page"</a>
                        </p>
                    }
                })}
            <p>
                {log_in
                    .then(|| view! { <a class="ui-button ui-button-primary" href=paths::LOGIN>"Log in"</a> " " })}
                <a href=paths::HOME>"Go to the start page"</a>
            </p>
        </div>
    }
}
