use leptos::prelude::*;

#[component]
pub fn ModerationPage() -> impl IntoView {
    view! { <p>"Moderation"</p> }
}
