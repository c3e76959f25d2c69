use leptos::prelude::*;

#[component]
pub fn InvitationPage() -> impl IntoView {
    view! { <p>"Invitation"</p> }
}
