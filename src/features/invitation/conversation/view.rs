//! A conversation as it stands, and as it goes on while the page is open.

use std::time::Duration;

use leptos::form::ActionForm;
use leptos::html;
use leptos::prelude::*;

use super::api::{CloseConversation, ReadMessages, WriteMessage, conversation_news};
use super::types::{ConversationItem, ConversationPage, MESSAGE_MAX_CHARS, Message};
use crate::domain::clock::{date_in_words, iso8601};
use crate::features::invitation::types::Listing;
use crate::features::invitation::view::{BlockActions, BlockForm, refusal};
use crate::paths;
use crate::ui::text::counted;
use crate::ui::{
    Badge, ButtonKind, Empty, Notice, NoticeKind, Pagination, SubmitButton, TextArea, Time, Tone,
};

/// While the page is in sight it asks this often for new messages.
const ASK_EVERY: Duration = Duration::from_secs(10);

/// A message, with its date where it is the first of its day.
#[derive(Clone, PartialEq)]
struct Line {
    day: Option<String>,
    message: Message,
}

/// Lines of messages that follow one sent at `before`.
fn lines(messages: Vec<Message>, mut before: Option<i64>) -> Vec<Line> {
    messages
        .into_iter()
        .map(|message| {
            let day = date_in_words(message.sent_at);
            let new_day = before.is_none_or(|at| date_in_words(at) != day);
            before = Some(message.sent_at);
            Line {
                day: new_day.then_some(day),
                message,
            }
        })
        .collect()
}

fn line_view(line: Line, other: &str) -> impl IntoView + use<> {
    let Line { day, message } = line;
    let who = if message.own {
        "You".to_owned()
    } else {
        other.to_owned()
    };
    // ISO 8601 in UTC: the time of day stands in characters 11 to 15.
    let iso = iso8601(message.sent_at);
    let time = iso
        .get(11..16)
        .map(|t| format!("{t} UTC"))
        .unwrap_or_default();
    view! {
        {day.map(|day| view! { <li class="message-day">{day}</li> })}
        <li class="message" class:message-own=message.own id=format!("message-{}", message.id)>
            <p class="message-meta">
                <span class="inbox-who">{who}</span>
                <Time datetime=iso words=time />
            </p>
            <p class="message-text">{message.body}</p>
        </li>
    }
}

/// What can be done to a conversation beside writing; the page that holds the actions loads its data
/// anew after each.
#[derive(Clone, Copy)]
pub struct ConversationActions {
    close: ServerAction<CloseConversation>,
    block: BlockActions,
}

impl Default for ConversationActions {
    fn default() -> Self {
        Self {
            close: ServerAction::new(),
            block: BlockActions::default(),
        }
    }
}

impl ConversationActions {
    /// Changes with each action that came back.
    pub fn version(self) -> usize {
        self.close.version().get() + self.block.version()
    }
}

/// Messages, oldest first, and the form that writes one. `read_to` is set to the newest message in
/// sight, for those who mark what leads here as read.
#[component]
pub fn ConversationView(
    conversation: ConversationPage,
    actions: ConversationActions,
    read_to: RwSignal<i64>,
) -> impl IntoView {
    let id = conversation.id;
    let other = StoredValue::new(conversation.other.name.clone());
    let last_sent = StoredValue::new(conversation.messages.last().map(|m| m.sent_at));
    let last = StoredValue::new(conversation.messages.last().map_or(0, |m| m.id.0));
    let shown = lines(conversation.messages, None);
    let fresh = RwSignal::new(Vec::<Line>::new());
    let closed = RwSignal::new(conversation.closed);
    let read = ServerAction::<ReadMessages>::new();
    let write = ServerAction::<WriteMessage>::new();
    let text = NodeRef::<html::Textarea>::new();

    let asking = StoredValue::new(false);
    let ask = move || {
        if asking.get_value() {
            return;
        }
        asking.set_value(true);
        leptos::task::spawn_local(async move {
            let answer = conversation_news(id.0, last.get_value()).await;
            asking.set_value(false);
            // Where it fails the next round asks again.
            let Ok(news) = answer else { return };
            closed.set(news.closed);
            let Some(newest) = news.messages.last().map(|m| (m.id.0, m.sent_at)) else {
                return;
            };
            let new = lines(news.messages, last_sent.get_value());
            last.set_value(newest.0);
            last_sent.set_value(Some(newest.1));
            fresh.update(|all| all.extend(new));
            read_to.set(newest.0);
        });
    };
    if conversation.newest {
        Effect::new(move |_| {
            let timer = set_interval_with_handle(
                move || {
                    if !document().hidden() {
                        ask();
                    }
                },
                ASK_EVERY,
            );
            on_cleanup(move || {
                if let Ok(timer) = timer {
                    timer.clear();
                }
            });
            read_to.set(last.get_value());
        });
        // What is in sight is read: told by a post of its own, for reading changes nothing.
        Effect::new(move |_| {
            let message = read_to.get();
            if message > 0 {
                read.dispatch(ReadMessages {
                    conversation: id.0,
                    message,
                });
            }
        });
        Effect::new(move |_| {
            if let Some(Ok(_)) = write.value().get() {
                if let Some(area) = text.get_untracked() {
                    area.set_value("");
                }
                ask();
            }
        });
    }

    let older = conversation.older.map(|before| {
        let href = format!("{}?before={before}", paths::conversation(id));
        view! {
            <p>
                <a href=href>"Older messages"</a>
            </p>
        }
    });
    let empty = shown.is_empty();
    let unread = (conversation.unread > 0 && conversation.newest).then(|| {
        let done = move || matches!(read.value().get(), Some(Ok(())));
        view! {
            <div class:ui-hidden=done>
                <ActionForm action=read>
                    <input type="hidden" name="conversation" value=id.0 />
                    <input type="hidden" name="message" value=last.get_value() />
                    <p>
                        <Badge tone=Tone::Accent>
                            {counted(conversation.unread, "new message", "new messages")}
                        </Badge>
                    </p>
                    <SubmitButton label="Mark as read" kind=ButtonKind::Quiet pending=read.pending() />
                </ActionForm>
            </div>
        }
    });
    let draft = conversation.draft;
    let writing = if conversation.newest {
        view! {
            <div class="message-form" class:ui-hidden=move || closed.get()>
                {refusal(move || write.value().get())}
                <ActionForm action=write>
                    <input type="hidden" name="conversation" value=id.0 />
                    <TextArea
                        label="Your message"
                        name="body"
                        value=draft
                        rows=4
                        required=true
                        maxlength=MESSAGE_MAX_CHARS as u32
                        node_ref=text
                    />
                    <SubmitButton label="Send message" pending=write.pending() />
                </ActionForm>
            </div>
        }
        .into_any()
    } else {
        view! {
            <p>
                <a href=paths::conversation(id)>"Newest messages"</a>
            </p>
        }
        .into_any()
    };
    let ConversationActions { close, block } = actions;
    let blocked = conversation.blocked_by_viewer;
    view! {
        <div class="conversation">
            {older}
            <div aria-live="polite">
                <ol class="message-list">
                    {shown.into_iter().map(|line| line_view(line, &other.get_value())).collect_view()}
                    <For
                        each=move || fresh.get()
                        key=|line| line.message.id
                        children=move |line| line_view(line, &other.get_value())
                    />
                </ol>
            </div>
            {empty
                .then(|| {
                    view! {
                        <p class:ui-hidden=move || {
                            !fresh.with(Vec::is_empty)
                        }>"Nobody has written yet."</p>
                    }
                })} {unread}
            {move || {
                closed
                    .get()
                    .then(|| {
                        view! { <Notice kind=NoticeKind::Info>"This conversation is closed."</Notice> }
                    })
            }} {writing} {refusal(move || close.value().get())}
            <div class="ui-actions">
                <div class:ui-hidden=move || closed.get()>
                    <ActionForm action=close>
                        <input type="hidden" name="conversation" value=id.0 />
                        <SubmitButton
                            label="Close this conversation"
                            kind=ButtonKind::Quiet
                            pending=close.pending()
                        />
                    </ActionForm>
                </div>
                <BlockForm actions=block kind="conversation" id=id.0 blocked=blocked />
            </div>
        </div>
    }
}

/// The conversations of the inbox. `href` makes the address of a page.
#[component]
pub fn ConversationList<F>(list: Listing<ConversationItem>, href: F) -> impl IntoView
where
    F: Fn(u32) -> String + Send + 'static,
{
    if list.items.is_empty() {
        return view! {
            <Empty sentence="No conversations yet. An accepted invitation opens one." />
        }
        .into_any();
    }
    let items = list
        .items
        .into_iter()
        .map(|c| {
            let last = match c.last {
                Some((true, text)) => format!("You: {text}"),
                Some((false, text)) => text,
                None => "Nobody has written yet.".to_owned(),
            };
            view! {
                <li class="inbox-item" class:inbox-item-unread=c.unread != 0>
                    <p class="inbox-meta">
                        <span class="inbox-who">{c.other}</span>
                        {(c.unread > 0)
                            .then(|| {
                                view! {
                                    <Badge tone=Tone::Accent>
                                        {counted(c.unread, "new message", "new messages")}
                                    </Badge>
                                }
                            })}
                        {c.closed.then(|| view! { <Badge>"Closed"</Badge> })}
                        <Time datetime=iso8601(c.last_at) words=date_in_words(c.last_at) />
                    </p>
                    <h2 class="inbox-subject">
                        <a href=paths::conversation(c.id)>{c.subject}</a>
                    </h2>
                    <p class="inbox-excerpt">{last}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <ol class="inbox-list">{items}</ol>
        <Pagination page=list.page pages=list.pages href=href label="Conversations" />
    }
    .into_any()
}
