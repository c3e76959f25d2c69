//! SQL of conversations.

use crate::args;
use crate::db::{DbResult, Sql, Tx};
use crate::domain::ids::{AccountId, ConversationId, MessageId};

/// A conversation as stored, with its invitation's subject and the names of its two people.
#[derive(sqlx::FromRow)]
pub struct ConversationRow {
    pub id: i64,
    pub invitation_id: i64,
    pub account_low: i64,
    pub account_high: i64,
    pub name_low: String,
    pub name_high: String,
    pub subject: String,
    pub created_at: i64,
    pub last_message_at: i64,
    pub closed_at: Option<i64>,
}

/// A message as stored.
#[derive(sqlx::FromRow)]
pub struct MessageRow {
    pub id: i64,
    pub sender_id: i64,
    pub body: String,
    pub sent_at: i64,
}

macro_rules! conversation_columns {
    () => {
        "SELECT c.id, c.invitation_id, c.account_low, c.account_high, l.name AS name_low,
            h.name AS name_high, i.subject, c.created_at, c.last_message_at, c.closed_at
         FROM conversations c
         JOIN accounts l ON l.id = c.account_low
         JOIN accounts h ON h.id = c.account_high
         JOIN invitations i ON i.id = c.invitation_id "
    };
}

/// One conversation.
pub async fn lookup(
    db: &mut impl Sql,
    conversation: ConversationId,
) -> DbResult<Option<ConversationRow>> {
    db.optional(
        concat!(conversation_columns!(), "WHERE c.id = $1"),
        args![conversation],
    )
    .await
}

/// Conversations of an account, the one with the newest message first.
pub async fn list(
    db: &mut impl Sql,
    account: AccountId,
    limit: i64,
    offset: i64,
) -> DbResult<Vec<ConversationRow>> {
    db.all(
        concat!(
            conversation_columns!(),
            "WHERE c.account_low = $1 OR c.account_high = $1
             ORDER BY c.last_message_at DESC, c.id DESC LIMIT $2 OFFSET $3"
        ),
        args![account, limit, offset],
    )
    .await
}

/// How many conversations an account takes part in.
pub async fn count(db: &mut impl Sql, account: AccountId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM conversations WHERE account_low = $1 OR account_high = $1",
            args![account],
        )
        .await?;
    Ok(n)
}

/// How many conversations hold messages that the account has not read.
pub async fn count_unread(db: &mut impl Sql, account: AccountId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM conversations c
             LEFT JOIN conversation_reads r ON r.conversation_id = c.id AND r.account_id = $1
             WHERE (c.account_low = $1 OR c.account_high = $1)
               AND EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id
                   AND m.sender_id <> $1 AND m.id > COALESCE(r.message_id, 0))",
            args![account],
        )
        .await?;
    Ok(n)
}

/// How many messages of the other one the account has not read.
pub async fn count_unread_messages(
    db: &mut impl Sql,
    conversation: ConversationId,
    account: AccountId,
) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM messages m
             LEFT JOIN conversation_reads r
                 ON r.conversation_id = m.conversation_id AND r.account_id = $2
             WHERE m.conversation_id = $1 AND m.sender_id <> $2 AND m.id > COALESCE(r.message_id, 0)",
            args![conversation, account],
        )
        .await?;
    Ok(n)
}

/// Messages before a number, newest first.
pub async fn list_before(
    db: &mut impl Sql,
    conversation: ConversationId,
    before: i64,
    limit: i64,
) -> DbResult<Vec<MessageRow>> {
    db.all(
        "SELECT id, sender_id, body, sent_at FROM messages
         WHERE conversation_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        args![conversation, before, limit],
    )
    .await
}

/// Messages after a number, oldest first.
pub async fn list_after(
    db: &mut impl Sql,
    conversation: ConversationId,
    after: i64,
    limit: i64,
) -> DbResult<Vec<MessageRow>> {
    db.all(
        "SELECT id, sender_id, body, sent_at FROM messages
         WHERE conversation_id = $1 AND id > $2 ORDER BY id LIMIT $3",
        args![conversation, after, limit],
    )
    .await
}

/// Moves the time of the newest message, unless the conversation is closed; answers whether it moved.
/// The row stays locked until the commit, so that nobody closes it in between.
pub async fn touch(tx: &mut Tx, conversation: ConversationId, now: i64) -> DbResult<bool> {
    let n = tx
        .execute(
            "UPDATE conversations SET last_message_at = $1 WHERE id = $2 AND closed_at IS NULL",
            args![now, conversation],
        )
        .await?;
    Ok(n > 0)
}

/// Adds a message.
pub async fn add_message(
    tx: &mut Tx,
    conversation: ConversationId,
    sender: AccountId,
    body: &str,
    now: i64,
) -> DbResult<MessageId> {
    let id = tx
        .insert(
            "INSERT INTO messages (conversation_id, sender_id, body, sent_at)
             VALUES ($1, $2, $3, $4) RETURNING id",
            args![conversation, sender, body, now],
        )
        .await?;
    Ok(MessageId(id))
}

/// Whether the message is in the conversation.
pub async fn exists_message(
    db: &mut impl Sql,
    conversation: ConversationId,
    message: MessageId,
) -> DbResult<bool> {
    let row: Option<(i64,)> = db
        .optional(
            "SELECT id FROM messages WHERE id = $1 AND conversation_id = $2",
            args![message, conversation],
        )
        .await?;
    Ok(row.is_some())
}

/// Moves the reader's mark forward to a message, never back.
pub async fn update_read(
    tx: &mut Tx,
    conversation: ConversationId,
    account: AccountId,
    message: MessageId,
) -> DbResult<()> {
    tx.execute(
        "INSERT INTO conversation_reads (conversation_id, account_id, message_id) VALUES ($1, $2, $3)
         ON CONFLICT (conversation_id, account_id) DO UPDATE SET message_id = excluded.message_id
         WHERE conversation_reads.message_id < excluded.message_id",
        args![conversation, account, message],
    )
    .await?;
    Ok(())
}
