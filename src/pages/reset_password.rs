use leptos::prelude::*;

#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    view! { <p>"ResetPassword"</p> }
}
