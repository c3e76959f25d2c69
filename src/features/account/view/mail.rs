//! The demo's mail.

use leptos::prelude::*;

use super::super::api::shows_letters;
use super::super::types::{Letter, LetterPart};
use crate::paths;
use crate::ui::Empty;

/// Where the demo keeps its mail; nothing where a mail server is configured.
#[component]
pub fn DemoMailHint() -> impl IntoView {
    let shown = Resource::new(|| (), |()| shows_letters());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                (shown.await == Ok(true))
                    .then(|| {
                        view! {
                            <p class="auth-other">
                                "This demo sends no mail: "
                                <a href=paths::MAIL>"read its messages here"</a> "."
                            </p>
                        }
                    })
            })}
        </Suspense>
    }
}

/// Messages with their text.
#[component]
pub fn LetterList(letters: Vec<Letter>) -> impl IntoView {
    if letters.is_empty() {
        return view! { <Empty sentence="No message has been sent yet." /> }.into_any();
    }
    let items = letters
        .into_iter()
        .map(|letter| {
            let body = letter
                .body
                .into_iter()
                .map(|part| match part {
                    LetterPart::Text(text) => text.into_any(),
                    LetterPart::Link(address) => {
                        let words = address.clone();
                        view! { <a href=address>{words}</a> }.into_any()
                    }
                })
                .collect_view();
            view! {
                <li class="mail-item">
                    <h2 class="mail-subject">{letter.subject}</h2>
                    <p class="mail-to">"To " {letter.to} ", " {letter.at}</p>
                    <pre class="mail-body">{body}</pre>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="mail-list">{items}</ol> }.into_any()
}
