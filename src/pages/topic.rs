use leptos::prelude::*;

#[component]
pub fn TopicPage() -> impl IntoView {
    view! { <p>"Topic"</p> }
}
