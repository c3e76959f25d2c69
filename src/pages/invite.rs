use leptos::prelude::*;

#[component]
pub fn InvitePage() -> impl IntoView {
    view! { <p>"Invite"</p> }
}
