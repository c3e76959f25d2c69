use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::inbox::{conversations_crumb, not_shown};
use crate::domain::ids::{ConversationId, MessageId};
use crate::error::AppError;
use crate::features::invitation::conversation::api::load_conversation;
use crate::features::invitation::conversation::view::{ConversationActions, ConversationView};
use crate::features::invitation::view::person_link;
use crate::features::notification::view::ReadOnVisit;
use crate::paths;
use crate::ui::{Breadcrumb, PageHeader, PageShell};

/// `/conversations/{id}`, for its two people only; `?before=` shows older messages.
#[component]
pub fn ConversationPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let before = Memo::new(move |_| {
        query.with(|q| q.get("before").and_then(|b| b.parse::<MessageId>().ok()))
    });
    let actions = ConversationActions::default();
    let conversation = Resource::new(
        move || (id.get(), before.get(), actions.version()),
        |(id, before, _)| async move {
            let id: ConversationId = id.parse().map_err(|_| AppError::NotFound)?;
            load_conversation(id.0, before.map(|b| b.0)).await
        },
    );
    let read_to = RwSignal::new(0_i64);
    view! {
        <Meta name="robots" content="noindex" />
        <Transition>
            {move || Suspend::new(async move {
                match conversation.await {
                    Err(error) => not_shown(error, &format!("/conversations/{}", id.get_untracked())),
                    Ok(conversation) => {
                        let title = conversation.subject.clone();
                        let invitation = paths::invitation(conversation.invitation);
                        let other = conversation.other.clone();
                        view! {
                            <Title text=title.clone() />
                            <ReadOnVisit href=paths::conversation(conversation.id) again=read_to />
                            <PageShell>
                                <Breadcrumb above=conversations_crumb() current="Conversation" />
                                <PageHeader title=title kicker="Conversation" />
                                <p>
                                    "With "{person_link(other)}" · "
                                    <a href=invitation>"The invitation it began with"</a>
                                </p>
                                <ConversationView
                                    conversation=conversation
                                    actions=actions
                                    read_to=read_to
                                />
                            </PageShell>
                        }
                            .into_any()
                    }
                }
            })}
        </Transition>
    }
}
