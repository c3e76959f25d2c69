//! The invitations of the inbox.

use leptos::prelude::*;

use super::types::{InvitationItem, Listing};
use super::view::{state_words, tone};
use crate::domain::clock::{date_in_words, iso8601};
use crate::paths;
use crate::ui::{Badge, Empty, Pagination, Time, Tone};

/// The invitations of the inbox. `href` makes the address of a page.
#[component]
pub fn InvitationList<F>(list: Listing<InvitationItem>, href: F) -> impl IntoView
where
    F: Fn(u32) -> String + Send + 'static,
{
    if list.items.is_empty() {
        return view! {
            <Empty
                sentence="No invitations yet. You can send one from the page of any researcher who has claimed it."
                action=("Search for a researcher".to_owned(), paths::SEARCH.to_owned())
            />
        }
        .into_any();
    }
    let items = list
        .items
        .into_iter()
        .map(|i| {
            let unread = i.unread();
            view! {
                <li class="inbox-item" class:inbox-item-unread=unread>
                    <p class="inbox-meta">
                        <span>{if i.own { "To" } else { "From" }}</span>
                        <span class="inbox-who">{i.other}</span>
                        {unread.then(|| view! { <Badge tone=Tone::Accent>"New"</Badge> })}
                        <Badge tone=tone(i.state)>{state_words(i.state, i.own)}</Badge>
                        <Time datetime=iso8601(i.sent_at) words=date_in_words(i.sent_at) />
                    </p>
                    <h2 class="inbox-subject">
                        <a href=paths::invitation(i.id)>{i.subject}</a>
                    </h2>
                    <p class="inbox-excerpt">{i.excerpt}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <ol class="inbox-list">{items}</ol>
        <Pagination page=list.page pages=list.pages href=href label="Invitations" />
    }
    .into_any()
}
