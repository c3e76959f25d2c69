//! What a person sees of claims: the panel on the author page, the claim form, the moderators' queue.

mod form;
mod panel;
mod prove;
mod review;

pub use form::ClaimFormView;
pub use panel::{ClaimPanel, Claiming};
pub use prove::ProveView;
pub use review::{Review, ReviewView};

use leptos::prelude::*;

use crate::error::AppError;
use crate::ui::{Notice, NoticeKind};

/// The refusal that an action met last.
fn refusal<T: Clone + Send + Sync + 'static>(
    value: impl Fn() -> Option<Result<T, AppError>> + Send + 'static,
) -> impl IntoView {
    move || {
        value().and_then(Result::err).map(|error| {
            view! {
                <Notice kind=NoticeKind::Error>
                    <p>{error.sentence()}</p>
                </Notice>
            }
        })
    }
}
