//! Server functions of conversations.

use leptos::prelude::*;

use super::types::{ConversationItem, ConversationPage, Message, News};
use crate::error::AppError;
use crate::features::invitation::types::Listing;

/// One conversation with its newest messages, or those before a number. Sends visitors to log in.
#[server(endpoint = "conversation/page")]
pub async fn load_conversation(
    conversation: i64,
    before: Option<i64>,
) -> Result<ConversationPage, AppError> {
    use super::service;
    use crate::features::invitation::service::or_log_in;
    let path = crate::paths::conversation(conversation.into());
    let page = crate::infra::context::serve(|cx| service::page(cx, conversation, before)).await;
    or_log_in(page, &path)
}

/// Messages after a number.
#[server(endpoint = "conversation/news")]
pub async fn conversation_news(conversation: i64, after: i64) -> Result<News, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::news(cx, conversation, after)).await
}

/// Writes a message.
#[server(endpoint = "conversation/write")]
pub async fn write_message(conversation: i64, body: String) -> Result<Message, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::write(cx, conversation, body)).await
}

/// Records that the viewer has read up to a message.
#[server(endpoint = "conversation/read")]
pub async fn read_messages(conversation: i64, message: i64) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::read(cx, conversation, message)).await
}

/// Closes the conversation for both.
#[server(endpoint = "conversation/close")]
pub async fn close_conversation(conversation: i64) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::close(cx, conversation)).await
}

/// Blocks the person known through an `author`, `invitation` or `conversation`.
#[server(endpoint = "person/block")]
pub async fn block_person(kind: String, id: i64) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::block(cx, kind, id)).await
}

/// Takes such a block back.
#[server(endpoint = "person/unblock")]
pub async fn unblock_person(kind: String, id: i64) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::unblock(cx, kind, id)).await
}

/// The viewer's conversations, the liveliest first; `page` counts from 1.
#[server(endpoint = "conversation/list")]
pub async fn list_conversations(page: u32) -> Result<Listing<ConversationItem>, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::list(cx, page)).await
}
