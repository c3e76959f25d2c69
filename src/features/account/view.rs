//! Of the feature account: view.

use leptos::prelude::*;

/// The account area in the site's header.
#[component]
pub fn AccountArea() -> impl IntoView {
    view! { <a href="/login">"Log in"</a> }
}
