//! Reading and writing in conversations, and ending them.
//!
//! Either of the two may close a conversation, and blocking closes it too. Both ends look the same
//! to the other one: "This conversation is closed." Nothing tells a block from a wish for an end.

use super::queries::{self, ConversationRow, MessageRow};
use super::types::{ConversationItem, ConversationPage, MESSAGE_MAX_CHARS, Message, News};
use crate::db::Sql;
use crate::domain::events::Event;
use crate::domain::ids::{AccountId, AuthorId, ConversationId, InvitationId, MessageId};
use crate::domain::invitation;
use crate::error::{AppError, Problem};
use crate::features::invitation::queries as invitations;
use crate::features::invitation::service::{PAGE, end, excerpt, page_of, person};
use crate::features::invitation::types::Listing;
use crate::infra::context::Cx;
use crate::infra::drafts;
use crate::infra::session::Viewer;
use crate::infra::{limits, mail};
use crate::paths;

/// Messages on one page of a conversation.
const MESSAGES: i64 = 50;

impl ConversationRow {
    /// The other person's number and name.
    fn other(&self, viewer: AccountId) -> (AccountId, &str) {
        if self.account_low == viewer.0 {
            (AccountId(self.account_high), &self.name_high)
        } else {
            (AccountId(self.account_low), &self.name_low)
        }
    }
}

/// The conversation, if the viewer takes part; nobody else learns that there is one.
async fn lookup_own(
    db: &mut impl Sql,
    viewer: AccountId,
    conversation: ConversationId,
) -> Result<ConversationRow, AppError> {
    queries::lookup(db, conversation)
        .await?
        .filter(|row| [row.account_low, row.account_high].contains(&viewer.0))
        .ok_or(AppError::NotFound)
}

fn message(row: MessageRow, viewer: AccountId) -> Message {
    Message {
        id: MessageId(row.id),
        own: row.sender_id == viewer.0,
        body: row.body,
        sent_at: row.sent_at,
    }
}

/// One conversation with its newest messages, or those before a number.
pub async fn page(
    cx: Cx,
    conversation: i64,
    before: Option<i64>,
) -> Result<ConversationPage, AppError> {
    let viewer = cx.require_viewer()?.account;
    let mut db = cx.db();
    let row = lookup_own(&mut db, viewer, ConversationId(conversation)).await?;
    let id = ConversationId(row.id);
    let (other, name) = row.other(viewer);
    let name = name.to_owned();
    // One more than is shown tells whether there are older ones.
    let mut messages: Vec<Message> =
        queries::list_before(&mut db, id, before.unwrap_or(i64::MAX), MESSAGES + 1)
            .await?
            .into_iter()
            .map(|m| message(m, viewer))
            .collect();
    let more = messages.len() > MESSAGES as usize;
    messages.truncate(MESSAGES as usize);
    messages.reverse();
    let draft = drafts::lookup(&mut db, viewer, drafts::MESSAGE, id.0).await?;
    Ok(ConversationPage {
        id,
        other: person(&mut db, other, name).await?,
        invitation: InvitationId(row.invitation_id),
        subject: row.subject,
        created_at: row.created_at,
        older: messages.first().filter(|_| more).map(|m| m.id),
        newest: before.is_none(),
        unread: queries::count_unread_messages(&mut db, id, viewer).await?,
        closed: row.closed_at.is_some(),
        blocked_by_viewer: invitations::exists_block(&mut db, viewer, other).await?,
        draft: draft.unwrap_or_default(),
        messages,
    })
}

/// Messages after a number: what the open page asks for now and then.
pub async fn news(cx: Cx, conversation: i64, after: i64) -> Result<News, AppError> {
    let viewer = cx.require_viewer()?.account;
    let mut db = cx.db();
    let row = lookup_own(&mut db, viewer, ConversationId(conversation)).await?;
    let messages = queries::list_after(&mut db, ConversationId(row.id), after, MESSAGES).await?;
    Ok(News {
        messages: messages.into_iter().map(|m| message(m, viewer)).collect(),
        closed: row.closed_at.is_some(),
    })
}

/// Conversations of the viewer, the liveliest first; `page` counts from 1.
pub async fn list(cx: Cx, page: u32) -> Result<Listing<ConversationItem>, AppError> {
    let viewer = cx.require_viewer()?.account;
    let mut db = cx.db();
    let total = queries::count(&mut db, viewer).await?;
    let (page, pages) = page_of(page, total);
    let rows = queries::list(&mut db, viewer, PAGE, i64::from(page - 1) * PAGE).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let id = ConversationId(row.id);
        let last = queries::list_before(&mut db, id, i64::MAX, 1).await?;
        items.push(ConversationItem {
            id,
            other: row.other(viewer).1.to_owned(),
            last: last
                .first()
                .map(|m| (m.sender_id == viewer.0, excerpt(&m.body))),
            unread: queries::count_unread_messages(&mut db, id, viewer).await?,
            subject: row.subject,
            last_at: row.last_message_at,
            closed: row.closed_at.is_some(),
        });
    }
    Ok(Listing { items, page, pages })
}

/// A message as it is stored: 1 to 4,000 Unicode scalar values after trimming, lines ended by `\n` as
/// browsers send `\r\n` for one, no other control characters.
fn parse(text: &str) -> Result<String, AppError> {
    let text: String = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .collect();
    let text = text.trim();
    if (1..=MESSAGE_MAX_CHARS).contains(&text.chars().count()) {
        Ok(text.to_owned())
    } else {
        Err(AppError::Invalid(Problem::Text))
    }
}

/// Writes a message. What was typed is kept when it is refused.
pub async fn write(cx: Cx, conversation: i64, body: String) -> Result<Message, AppError> {
    let viewer = cx.require_verified()?.clone();
    let conversation = ConversationId(conversation);
    let written = write_now(&cx, &viewer, conversation, &body).await;
    match &written {
        Ok(_) => cx.app.mailer.wake(),
        Err(AppError::NotFound) => {}
        Err(_) => {
            let (form, kept, now) = (drafts::MESSAGE, drafts::cut(&body), cx.now());
            drafts::keep(&cx.app.db, viewer.account, form, conversation.0, &kept, now).await?;
        }
    }
    written
}

async fn write_now(
    cx: &Cx,
    viewer: &Viewer,
    conversation: ConversationId,
    body: &str,
) -> Result<Message, AppError> {
    let now = cx.now();
    let sender = viewer.account;
    lookup_own(&mut cx.db(), sender, conversation).await?;
    let body = parse(body)?;
    limits::hit(
        &cx.app.db,
        limits::MESSAGE_ACCOUNT,
        &sender.to_string(),
        now,
    )
    .await?;
    let mut tx = cx.app.db.begin().await?;
    if !queries::touch(&mut tx, conversation, now).await? {
        return Err(AppError::ConversationClosed);
    }
    let row = lookup_own(&mut tx, sender, conversation).await?;
    let (recipient, _) = row.other(sender);
    // One mail tells of the first unread message; the others are waiting beside it.
    let waiting = queries::count_unread_messages(&mut tx, conversation, recipient).await?;
    let id = queries::add_message(&mut tx, conversation, sender, &body, now).await?;
    // Who answers has read what stands above.
    queries::update_read(&mut tx, conversation, sender, id).await?;
    drafts::remove(&mut tx, sender, drafts::MESSAGE, conversation.0).await?;
    let event = Event::MessageSent {
        message: id,
        conversation,
        sender,
        recipient,
    };
    cx.app.emit(&mut tx, Some(sender), event).await?;
    if waiting == 0
        && let Some(to) = invitations::lookup_email(&mut tx, recipient).await?
    {
        let title = format!("New message from {}", viewer.name);
        let text = format!(
            "{} wrote to you in \"{}\".\n\nRead and answer it here:\n{}{}\n",
            viewer.name,
            row.subject,
            cx.app.config.base_url,
            paths::conversation(conversation),
        );
        mail::enqueue(&mut tx, &to, &title, &text, now).await?;
    }
    tx.commit().await?;
    Ok(Message {
        id,
        own: true,
        body,
        sent_at: now,
    })
}

/// Records that the viewer has read up to a message.
pub async fn read(cx: Cx, conversation: i64, message: i64) -> Result<(), AppError> {
    let viewer = cx.require_viewer()?.account;
    let (conversation, message) = (ConversationId(conversation), MessageId(message));
    let mut tx = cx.app.db.begin().await?;
    lookup_own(&mut tx, viewer, conversation).await?;
    if !queries::exists_message(&mut tx, conversation, message).await? {
        return Err(AppError::Invalid(Problem::Reference));
    }
    queries::update_read(&mut tx, conversation, viewer, message).await?;
    tx.commit().await?;
    Ok(())
}

/// Closes the conversation for both; again is no error.
pub async fn close(cx: Cx, conversation: i64) -> Result<(), AppError> {
    let viewer = cx.require_viewer()?.account;
    let mut tx = cx.app.db.begin().await?;
    let row = lookup_own(&mut tx, viewer, ConversationId(conversation)).await?;
    let (other, _) = row.other(viewer);
    invitations::close_conversations(&mut tx, viewer, other, cx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Through what the viewer knows the person they block: numbers of accounts never travel.
enum Through {
    Author(AuthorId),
    Invitation(InvitationId),
    Conversation(ConversationId),
}

impl Through {
    fn parse(kind: &str, id: i64) -> Result<Self, AppError> {
        match kind {
            "author" => Ok(Self::Author(AuthorId(id))),
            "invitation" => Ok(Self::Invitation(InvitationId(id))),
            "conversation" => Ok(Self::Conversation(ConversationId(id))),
            _ => Err(AppError::Invalid(Problem::Reference)),
        }
    }

    /// The other person; not found where the viewer has no part in it, or is the person.
    async fn other(&self, db: &mut impl Sql, viewer: AccountId) -> Result<AccountId, AppError> {
        let pair = match self {
            Self::Author(author) => invitations::lookup_holder(db, *author)
                .await?
                .map(|h| (viewer.0, h.account_id)),
            Self::Invitation(id) => invitations::lookup(db, *id)
                .await?
                .map(|i| (i.sender_id, i.recipient_id)),
            Self::Conversation(id) => queries::lookup(db, *id)
                .await?
                .map(|c| (c.account_low, c.account_high)),
        };
        match pair {
            Some((a, b)) if a == viewer.0 && b != viewer.0 => Ok(AccountId(b)),
            Some((a, b)) if b == viewer.0 && a != viewer.0 => Ok(AccountId(a)),
            _ => Err(AppError::NotFound),
        }
    }
}

/// Blocks the other person: ends what is open between the two, as a decline or withdrawal and a
/// closed conversation would, and keeps both from inviting each other.
pub async fn block(cx: Cx, kind: String, id: i64) -> Result<(), AppError> {
    let viewer = cx.require_viewer()?.account;
    let now = cx.now();
    let through = Through::parse(&kind, id)?;
    let mut tx = cx.app.db.begin().await?;
    let other = through.other(&mut tx, viewer).await?;
    invitations::lock_pair(&mut tx, viewer, other).await?;
    invitations::add_block(&mut tx, viewer, other, now).await?;
    invitations::close_conversations(&mut tx, viewer, other, now).await?;
    if let Some((open, sent_at)) = invitations::lookup_open(&mut tx, viewer, other).await?
        && now < invitation::expires_at(sent_at)
        && let Some(row) = invitations::lookup(&mut tx, InvitationId(open)).await?
    {
        let event = if row.recipient_id == viewer.0 {
            invitation::Event::Decline
        } else {
            invitation::Event::Withdraw
        };
        end(&cx.app, &mut tx, &row, viewer, event).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Takes a block back. What it closed stays closed; a new invitation may be sent.
pub async fn unblock(cx: Cx, kind: String, id: i64) -> Result<(), AppError> {
    let viewer = cx.require_viewer()?.account;
    let through = Through::parse(&kind, id)?;
    let mut tx = cx.app.db.begin().await?;
    let other = through.other(&mut tx, viewer).await?;
    invitations::remove_block(&mut tx, viewer, other).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_measured_in_characters_and_keeps_its_lines() {
        assert_eq!(parse(" a\r\nb\u{0} ").unwrap(), "a\nb");
        assert!(parse(&"😀".repeat(MESSAGE_MAX_CHARS)).is_ok());
        for wrong in [
            String::new(),
            " \n ".into(),
            "ä".repeat(MESSAGE_MAX_CHARS + 1),
        ] {
            assert_eq!(parse(&wrong), Err(AppError::Invalid(Problem::Text)));
        }
    }
}
