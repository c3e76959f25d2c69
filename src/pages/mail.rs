use leptos::prelude::*;

#[component]
pub fn MailPage() -> impl IntoView {
    view! { <p>"Mail"</p> }
}
