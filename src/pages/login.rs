use leptos::prelude::*;

#[component]
pub fn LoginPage() -> impl IntoView {
    view! { <p>"Login"</p> }
}
