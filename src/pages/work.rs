use leptos::prelude::*;

#[component]
pub fn WorkPage() -> impl IntoView {
    view! { <p>"Work"</p> }
}
