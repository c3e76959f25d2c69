//! The list of notices, and how being somewhere reads what leads there.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::api::{ReadAllNotices, read_notices_at};
use super::types::Notices;
use crate::domain::clock::{date_in_words, iso8601};
use crate::ui::{
    Badge, ButtonKind, Empty, Notice, NoticeKind, Pagination, SubmitButton, Time, Tone,
};

/// Marks the notices that lead to `href` as read once the page's scripts run, and again whenever
/// `again` changes. Reading a page changes nothing by itself: without scripts notices are marked in
/// the inbox.
#[component]
pub fn ReadOnVisit(
    #[prop(into)] href: String,
    #[prop(optional, into)] again: Signal<i64>,
) -> impl IntoView {
    Effect::new(move |_| {
        again.track();
        let href = href.clone();
        leptos::task::spawn_local(async move {
            // Only a mark: where it fails the notice stays unread, and nothing else is wrong.
            let _ = read_notices_at(href).await;
        });
    });
}

/// The notices of the inbox with a button that marks all as read. `href` makes the address of a page.
#[component]
pub fn NoticeList<F>(notices: Notices, href: F) -> impl IntoView
where
    F: Fn(u32) -> String + Send + 'static,
{
    let read_all = ServerAction::<ReadAllNotices>::new();
    let done = move || matches!(read_all.value().get(), Some(Ok(())));
    let failed = move || {
        read_all.value().get().and_then(Result::err).map(|error| {
            view! { <Notice kind=NoticeKind::Error>{error.sentence()}</Notice> }
        })
    };
    if notices.items.is_empty() {
        return view! {
            <Empty sentence="No notices yet. Decisions on your claims, answers to your invitations and new messages are told here." />
        }
        .into_any();
    }
    let any_unread = notices.items.iter().any(|n| n.unread);
    let items = notices
        .items
        .into_iter()
        .map(|n| {
            let unread = move || n.unread && !done();
            view! {
                <li class="inbox-item" class:inbox-item-unread=unread>
                    <p class="inbox-meta">
                        <Time datetime=iso8601(n.created_at) words=date_in_words(n.created_at) />
                        {move || unread().then(|| view! { <Badge tone=Tone::Accent>"New"</Badge> })}
                    </p>
                    <p class="inbox-subject">
                        <a href=n.href>{n.body}</a>
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        {any_unread
            .then(|| {
                view! {
                    <div class:ui-hidden=done>
                        <ActionForm action=read_all>
                            <SubmitButton
                                label="Mark all as read"
                                kind=ButtonKind::Secondary
                                pending=read_all.pending()
                            />
                        </ActionForm>
                    </div>
                }
            })}
        {failed}
        <ol class="inbox-list">{items}</ol>
        <Pagination page=notices.page pages=notices.pages href=href label="Notices" />
    }
    .into_any()
}
