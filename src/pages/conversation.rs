use leptos::prelude::*;

#[component]
pub fn ConversationPage() -> impl IntoView {
    view! { <p>"Conversation"</p> }
}
