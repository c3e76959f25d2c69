//! SQL of invitations.

mod people;

pub use people::{
    AuthorRow, HolderRow, add_block, exists_block, list_held, lock_pair, lookup_author,
    lookup_email, lookup_holder, remove_block,
};

use crate::args;
use crate::db::{DbResult, Sql, Tx};
use crate::domain::ids::{AccountId, AuthorId, ConversationId, InvitationId, WorkId};

/// An invitation as stored, with the names of its two people.
#[derive(sqlx::FromRow)]
pub struct InvitationRow {
    pub id: i64,
    pub sender_id: i64,
    pub recipient_id: i64,
    pub purpose: String,
    pub subject: String,
    pub message: String,
    pub state: String,
    pub sent_at: i64,
    pub expires_at: i64,
    pub decided_at: Option<i64>,
    pub sender_name: String,
    pub recipient_name: String,
    pub conversation_id: Option<i64>,
}

/// One work for a list of links.
#[derive(sqlx::FromRow)]
pub struct WorkRow {
    pub id: i64,
    pub slug: String,
    pub title: String,
    pub year: Option<i64>,
}

/// What a new invitation consists of.
pub struct NewInvitation<'a> {
    pub sender: AccountId,
    pub recipient: AccountId,
    pub author: AuthorId,
    pub purpose: &'a str,
    pub subject: &'a str,
    pub message: &'a str,
    pub sent_at: i64,
    pub expires_at: i64,
}

/// The two numbers of a pair of people, the smaller first.
pub fn pair(a: AccountId, b: AccountId) -> (AccountId, AccountId) {
    if a < b { (a, b) } else { (b, a) }
}

/// The invitation between two people that is stored as open: (id, sent_at). It may be past its time.
pub async fn lookup_open(
    db: &mut impl Sql,
    a: AccountId,
    b: AccountId,
) -> DbResult<Option<(i64, i64)>> {
    let (low, high) = pair(a, b);
    db.optional(
        "SELECT id, sent_at FROM invitations
         WHERE pair_low = $1 AND pair_high = $2 AND state IN ('sent', 'seen')
         ORDER BY id LIMIT 1",
        args![low, high],
    )
    .await
}

/// The conversation of two people in which both can still write.
pub async fn lookup_conversation(
    db: &mut impl Sql,
    a: AccountId,
    b: AccountId,
) -> DbResult<Option<ConversationId>> {
    let (low, high) = pair(a, b);
    let row: Option<(i64,)> = db
        .optional(
            "SELECT id FROM conversations
             WHERE account_low = $1 AND account_high = $2 AND closed_at IS NULL
             ORDER BY id DESC LIMIT 1",
            args![low, high],
        )
        .await?;
    Ok(row.map(|(id,)| ConversationId(id)))
}

/// When `recipient` last declined an invitation of `sender`.
pub async fn lookup_declined_at(
    db: &mut impl Sql,
    sender: AccountId,
    recipient: AccountId,
) -> DbResult<Option<i64>> {
    let (at,): (Option<i64>,) = db
        .one(
            "SELECT MAX(decided_at) FROM invitations
             WHERE sender_id = $1 AND recipient_id = $2 AND state = 'declined'",
            args![sender, recipient],
        )
        .await?;
    Ok(at)
}

/// How many invitations an account has sent after an instant, whatever became of them.
pub async fn count_sent_since(db: &mut impl Sql, sender: AccountId, after: i64) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM invitations WHERE sender_id = $1 AND sent_at > $2",
            args![sender, after],
        )
        .await?;
    Ok(n)
}

/// The newest works of an author, without those the author said are not theirs.
pub async fn list_works(db: &mut impl Sql, author: AuthorId, limit: i64) -> DbResult<Vec<WorkRow>> {
    db.all(
        "SELECT w.id, w.slug, w.title, w.year
         FROM authorships s JOIN works w ON w.id = s.work_id
         WHERE s.author_id = $1 AND (s.stance IS NULL OR s.stance <> 'hidden')
         ORDER BY COALESCE(w.year, 0) DESC, w.title, w.id LIMIT $2",
        args![author, limit],
    )
    .await
}

/// Whether the work is by one of these two authors.
pub async fn is_work_of(db: &mut impl Sql, work: WorkId, author: AuthorId) -> DbResult<bool> {
    let row: Option<(i64,)> = db
        .optional(
            "SELECT position FROM authorships WHERE work_id = $1 AND author_id = $2
             ORDER BY position LIMIT 1",
            args![work, author],
        )
        .await?;
    Ok(row.is_some())
}

/// Adds an invitation.
pub async fn add(tx: &mut Tx, new: &NewInvitation<'_>) -> DbResult<InvitationId> {
    let (low, high) = pair(new.sender, new.recipient);
    let id = tx
        .insert(
            "INSERT INTO invitations (sender_id, recipient_id, author_id, pair_low, pair_high, purpose,
                 subject, message, state, sent_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'sent', $9, $10) RETURNING id",
            args![
                new.sender,
                new.recipient,
                new.author,
                low,
                high,
                new.purpose,
                new.subject,
                new.message,
                new.sent_at,
                new.expires_at
            ],
        )
        .await?;
    Ok(InvitationId(id))
}

/// Links a work.
pub async fn add_work(tx: &mut Tx, invitation: InvitationId, work: WorkId) -> DbResult<()> {
    tx.execute(
        "INSERT INTO invitation_works (invitation_id, work_id) VALUES ($1, $2)",
        args![invitation, work],
    )
    .await?;
    Ok(())
}

/// The works that an invitation links.
pub async fn list_linked(db: &mut impl Sql, invitation: InvitationId) -> DbResult<Vec<WorkRow>> {
    db.all(
        "SELECT w.id, w.slug, w.title, w.year
         FROM invitation_works i JOIN works w ON w.id = i.work_id
         WHERE i.invitation_id = $1 ORDER BY w.id LIMIT 10",
        args![invitation],
    )
    .await
}

macro_rules! invitation_columns {
    () => {
        "SELECT i.id, i.sender_id, i.recipient_id, i.purpose, i.subject, i.message, i.state, i.sent_at,
            i.expires_at, i.decided_at, s.name AS sender_name, r.name AS recipient_name,
            c.id AS conversation_id
         FROM invitations i
         JOIN accounts s ON s.id = i.sender_id
         JOIN accounts r ON r.id = i.recipient_id
         LEFT JOIN conversations c ON c.invitation_id = i.id "
    };
}

/// One invitation.
pub async fn lookup(
    db: &mut impl Sql,
    invitation: InvitationId,
) -> DbResult<Option<InvitationRow>> {
    db.optional(
        concat!(invitation_columns!(), "WHERE i.id = $1"),
        args![invitation],
    )
    .await
}

/// Invitations that an account sent or received, newest first.
pub async fn list(
    db: &mut impl Sql,
    account: AccountId,
    limit: i64,
    offset: i64,
) -> DbResult<Vec<InvitationRow>> {
    db.all(
        concat!(
            invitation_columns!(),
            "WHERE i.sender_id = $1 OR i.recipient_id = $1
             ORDER BY i.sent_at DESC, i.id DESC LIMIT $2 OFFSET $3"
        ),
        args![account, limit, offset],
    )
    .await
}

/// How many invitations an account sent or received.
pub async fn count(db: &mut impl Sql, account: AccountId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM invitations WHERE sender_id = $1 OR recipient_id = $1",
            args![account],
        )
        .await?;
    Ok(n)
}

/// How many received invitations wait to be opened.
pub async fn count_unread(db: &mut impl Sql, account: AccountId, now: i64) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM invitations
             WHERE recipient_id = $1 AND state = 'sent' AND expires_at > $2",
            args![account, now],
        )
        .await?;
    Ok(n)
}

/// Moves an invitation from one state to the next; answers whether it was still in the first.
pub async fn update_state(
    tx: &mut Tx,
    invitation: InvitationId,
    from: &str,
    to: &str,
    seen_at: Option<i64>,
    decided_at: Option<i64>,
) -> DbResult<bool> {
    let n = tx
        .execute(
            "UPDATE invitations SET state = $1, seen_at = COALESCE(seen_at, $2),
                 decided_at = COALESCE(decided_at, $3)
             WHERE id = $4 AND state = $5",
            args![to, seen_at, decided_at, invitation, from],
        )
        .await?;
    Ok(n > 0)
}

/// Open invitations whose time is over.
pub async fn list_due(db: &mut impl Sql, now: i64, limit: i64) -> DbResult<Vec<i64>> {
    let rows: Vec<(i64,)> = db
        .all(
            "SELECT id FROM invitations
             WHERE state IN ('sent', 'seen') AND expires_at <= $1 ORDER BY id LIMIT $2",
            args![now, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Opens the conversation of an accepted invitation.
pub async fn add_conversation(
    tx: &mut Tx,
    invitation: InvitationId,
    a: AccountId,
    b: AccountId,
    now: i64,
) -> DbResult<ConversationId> {
    let (low, high) = pair(a, b);
    let id = tx
        .insert(
            "INSERT INTO conversations (invitation_id, account_low, account_high, created_at, last_message_at)
             VALUES ($1, $2, $3, $4, $4) RETURNING id",
            args![invitation, low, high, now],
        )
        .await?;
    Ok(ConversationId(id))
}

/// Closes every conversation of two people in which both could still write.
pub async fn close_conversations(
    tx: &mut Tx,
    a: AccountId,
    b: AccountId,
    now: i64,
) -> DbResult<()> {
    let (low, high) = pair(a, b);
    tx.execute(
        "UPDATE conversations SET closed_at = $1
         WHERE account_low = $2 AND account_high = $3 AND closed_at IS NULL",
        args![now, low, high],
    )
    .await?;
    Ok(())
}
