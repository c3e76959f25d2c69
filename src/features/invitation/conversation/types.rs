//! What travels between server and browser about conversations.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{ConversationId, InvitationId, MessageId};
use crate::features::invitation::types::Person;

/// The longest message, in Unicode scalar values after trimming.
pub const MESSAGE_MAX_CHARS: usize = 4_000;

/// One message, as one of the two people sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Number; grows with time.
    pub id: MessageId,
    /// Whether the viewer wrote it.
    pub own: bool,
    /// Plain text; lines end with `\n`.
    pub body: String,
    /// Epoch milliseconds.
    pub sent_at: i64,
}

/// One conversation with a page of its messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationPage {
    /// Number.
    pub id: ConversationId,
    /// The other one.
    pub other: Person,
    /// The invitation that opened it.
    pub invitation: InvitationId,
    /// That invitation's subject.
    pub subject: String,
    /// When it was opened, epoch milliseconds.
    pub created_at: i64,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Where the page with older messages starts, if there is one: messages before this number.
    pub older: Option<MessageId>,
    /// Whether these are the newest messages.
    pub newest: bool,
    /// Messages of the other one that the viewer has not read.
    pub unread: i64,
    /// Whether nobody can write any more.
    pub closed: bool,
    /// Whether the viewer blocked the other one: only the blocker ever learns of a block.
    pub blocked_by_viewer: bool,
    /// What was typed when the last try was refused.
    pub draft: String,
}

/// What happened in a conversation since the page was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Oldest first; at most a page full.
    pub messages: Vec<Message>,
    /// Whether nobody can write any more.
    pub closed: bool,
}

/// One line of the list of conversations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationItem {
    /// Number.
    pub id: ConversationId,
    /// The other one's name.
    pub other: String,
    /// Subject of the invitation that opened it.
    pub subject: String,
    /// The beginning of the newest message, with whether the viewer wrote it.
    pub last: Option<(bool, String)>,
    /// Epoch milliseconds of the newest message, or of the opening.
    pub last_at: i64,
    /// Messages of the other one that the viewer has not read.
    pub unread: i64,
    /// Whether nobody can write any more.
    pub closed: bool,
}
