//! The demo's mail.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::features::account::api::letters;
use crate::features::account::view::LetterList;
use crate::pages::ErrorView;
use crate::ui::PageHeader;

/// `/mail`, in the demo only.
#[component]
pub fn MailPage() -> impl IntoView {
    let letters = Resource::new(|| (), |()| letters());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match letters.await {
                    Ok(letters) => {
                        view! {
                            <Title text="Mail of the demo" />
                            <Meta name="robots" content="noindex" />
                            <PageHeader
                                title="Mail of the demo"
                                lead="No mail server is configured, so every message that would be sent is shown here, to everyone."
                            />
                            <LetterList letters=letters />
                        }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}
