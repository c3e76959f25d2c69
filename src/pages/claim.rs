use leptos::prelude::*;

#[component]
pub fn ClaimPage() -> impl IntoView {
    view! { <p>"Claim"</p> }
}
