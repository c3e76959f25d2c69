//! Of the feature invitation: view.

use leptos::prelude::*;

use crate::domain::ids::AuthorId;

/// Invitation panel.
#[component]
pub fn InvitePanel(author: AuthorId, slug: String) -> impl IntoView {
    let _ = (author, slug);
}
