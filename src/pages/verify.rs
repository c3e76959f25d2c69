use leptos::prelude::*;

#[component]
pub fn VerifyEmailPage() -> impl IntoView {
    view! { <p>"Verify"</p> }
}

#[component]
pub fn VerifyClaimPage() -> impl IntoView {
    view! { <p>"Verify"</p> }
}
