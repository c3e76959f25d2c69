//! Of the feature claim: view.

use leptos::prelude::*;

use crate::domain::ids::AuthorId;

/// Claim panel.
#[component]
pub fn ClaimPanel(author: AuthorId, slug: String) -> impl IntoView {
    let _ = (author, slug);
}
