//! Invitations, conversations and notices in three tabs, which are links.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::ErrorView;
use crate::error::AppError;
use crate::features::invitation::api::{list_invitations, load_inbox_counts};
use crate::features::invitation::conversation::api::list_conversations;
use crate::features::invitation::conversation::types::ConversationItem;
use crate::features::invitation::conversation::view::ConversationList;
use crate::features::invitation::list::InvitationList;
use crate::features::invitation::types::{InboxCounts, InvitationItem, Listing};
use crate::features::notification::api::{list_notices, notice_counts};
use crate::features::notification::types::Notices;
use crate::features::notification::view::NoticeList;
use crate::paths;
use crate::ui::text::group_digits;
use crate::ui::{Badge, Crumb, PageHeader, PageShell, Tone};

/// Which list is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Invitations,
    Conversations,
    Notices,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Invitations, Self::Conversations, Self::Notices];

    fn word(self) -> &'static str {
        match self {
            Self::Invitations => "invitations",
            Self::Conversations => "conversations",
            Self::Notices => "notices",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Invitations => "Invitations",
            Self::Conversations => "Conversations",
            Self::Notices => "Notices",
        }
    }

    fn href(self, page: u32) -> String {
        let tab = self.word();
        match page {
            0 | 1 => format!("{}?tab={tab}", paths::INBOX),
            page => format!("{}?tab={tab}&page={page}", paths::INBOX),
        }
    }
}

/// The list of the tab that is shown.
#[derive(Clone, Serialize, Deserialize)]
enum List {
    Invitations(Listing<InvitationItem>),
    Conversations(Listing<ConversationItem>),
    Notices(Notices),
}

/// Everything the page shows.
#[derive(Clone, Serialize, Deserialize)]
struct Inbox {
    counts: InboxCounts,
    notices: (i64, i64),
    list: List,
}

async fn load(tab: Tab, page: u32) -> Result<Inbox, AppError> {
    // First, because it sends visitors to log in.
    let counts = load_inbox_counts().await?;
    Ok(Inbox {
        counts,
        notices: notice_counts().await?,
        list: match tab {
            Tab::Invitations => List::Invitations(list_invitations(page).await?),
            Tab::Conversations => List::Conversations(list_conversations(page).await?),
            Tab::Notices => List::Notices(list_notices(page).await?),
        },
    })
}

/// `/inbox?tab=invitations|conversations|notices&page=`
#[component]
pub fn InboxPage() -> impl IntoView {
    let query = use_query_map();
    let tab = Memo::new(move |_| {
        let word = query.with(|q| q.get("tab").unwrap_or_default());
        Tab::ALL
            .into_iter()
            .find(|t| t.word() == word)
            .unwrap_or(Tab::Invitations)
    });
    let page = Memo::new(move |_| {
        query.with(|q| {
            q.get("page")
                .and_then(|p| p.parse::<u32>().ok())
                .unwrap_or(1)
        })
    });
    let inbox = Resource::new(
        move || (tab.get(), page.get()),
        |(tab, page)| load(tab, page),
    );
    view! {
        <Title text="Inbox" />
        <Meta name="robots" content="noindex" />
        <Transition>
            {move || Suspend::new(async move {
                match inbox.await {
                    Err(error) => not_shown(error, paths::INBOX),
                    Ok(inbox) => {
                        let counts = [
                            (inbox.counts.invitations, inbox.counts.invitations_new),
                            (inbox.counts.conversations, inbox.counts.conversations_new),
                            inbox.notices,
                        ];
                        let shown = match &inbox.list {
                            List::Invitations(_) => Tab::Invitations,
                            List::Conversations(_) => Tab::Conversations,
                            List::Notices(_) => Tab::Notices,
                        };
                        let list = match inbox.list {
                            List::Invitations(list) => {
                                view! { <InvitationList list=list href=move |n| shown.href(n) /> }
                                    .into_any()
                            }
                            List::Conversations(list) => {
                                view! { <ConversationList list=list href=move |n| shown.href(n) /> }
                                    .into_any()
                            }
                            List::Notices(notices) => {
                                view! { <NoticeList notices=notices href=move |n| shown.href(n) /> }
                                    .into_any()
                            }
                        };
                        view! {
                            <PageShell>
                                <PageHeader title="Inbox" />
                                <nav class="inbox-tabs" aria-label="Inbox">
                                    <ul>
                                        {Tab::ALL
                                            .into_iter()
                                            .zip(counts)
                                            .map(|(tab, (all, new))| tab_view(tab, all, new, tab == shown))
                                            .collect_view()}
                                    </ul>
                                </nav>
                                {list}
                            </PageShell>
                        }
                            .into_any()
                    }
                }
            })}
        </Transition>
    }
}

fn tab_view(tab: Tab, all: i64, new: i64, current: bool) -> impl IntoView {
    view! {
        <li>
            <a class="inbox-tab" href=tab.href(1) aria-current=current.then_some("page")>
                {tab.label()}
                " "
                <span class="inbox-count">{group_digits(all)}</span>
                {(new > 0)
                    .then(|| {
                        view! {
                            " "
                            <Badge tone=Tone::Accent>{format!("{} new", group_digits(new))}</Badge>
                        }
                    })}
            </a>
        </li>
    }
}

/// What stands where a private page cannot be shown. A visitor is on the way to log in (the server
/// has answered with that redirect, whose status must stand), so they get the link and nothing else.
pub(super) fn not_shown(error: AppError, path: &str) -> AnyView {
    if error == AppError::NotLoggedIn {
        let href = paths::login_then(path);
        return view! {
            <PageShell narrow=true>
                <PageHeader title="Please log in" />
                <p>
                    <a href=href>"Log in to see this page"</a>
                </p>
            </PageShell>
        }
        .into_any();
    }
    view! { <ErrorView error=error /> }.into_any()
}

/// The way back to the invitations.
pub(super) fn invitations_crumb() -> Vec<Crumb> {
    vec![Crumb {
        label: "Inbox".to_owned(),
        href: Tab::Invitations.href(1),
    }]
}

/// The way back to the conversations.
pub(super) fn conversations_crumb() -> Vec<Crumb> {
    vec![Crumb {
        label: "Inbox".to_owned(),
        href: Tab::Conversations.href(1),
    }]
}
