use leptos::prelude::*;

#[component]
pub fn AuthorPage() -> impl IntoView {
    view! { <p>"Author"</p> }
}
