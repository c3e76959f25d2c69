use leptos::prelude::*;

#[component]
pub fn InstitutionPage() -> impl IntoView {
    view! { <p>"Institution"</p> }
}
