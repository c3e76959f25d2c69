use leptos::prelude::*;

#[component]
pub fn ExplorePage() -> impl IntoView {
    view! { <p>"Explore"</p> }
}
