use leptos::prelude::*;

#[component]
pub fn SignupPage() -> impl IntoView {
    view! { <p>"Signup"</p> }
}
