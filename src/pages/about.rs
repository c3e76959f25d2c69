use leptos::prelude::*;

#[component]
pub fn AboutPage() -> impl IntoView {
    view! { <p>"About"</p> }
}
