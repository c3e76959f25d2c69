use leptos::prelude::*;

#[component]
pub fn ReportPage() -> impl IntoView {
    view! { <p>"Report"</p> }
}
