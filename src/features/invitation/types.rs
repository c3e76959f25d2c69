//! What travels between server and browser about invitations.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{AuthorId, ConversationId, InvitationId, WorkId};
use crate::domain::invitation::{SendRefusal, State};

/// A person as the other one sees them: the name of the account, and the author record it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name given at sign-up.
    pub name: String,
    /// The claimed author record: number and slug.
    pub author: Option<(AuthorId, String)>,
}

/// Whether the viewer may invite the person behind an author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteState {
    /// Why not, if not.
    pub refusal: Option<SendRefusal>,
    /// The open invitation between the two, when that is the reason.
    pub open: Option<InvitationId>,
    /// The conversation of the two, when that is the reason.
    pub conversation: Option<ConversationId>,
    /// Whether the viewer blocked this person: only the blocker ever learns of a block.
    pub blocked_by_viewer: bool,
}

/// A work that may be linked in an invitation, or is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedWork {
    /// Number.
    pub id: WorkId,
    /// For its address.
    pub slug: String,
    /// Readable text.
    pub title: String,
    /// Year of publication.
    pub year: Option<i64>,
}

/// What was typed into the form that sends an invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationDraft {
    /// A word of `domain::invitation::Purpose`.
    pub purpose: String,
    /// As typed.
    pub subject: String,
    /// As typed.
    pub message: String,
    /// Numbers of works, as sent by the form.
    pub works: Vec<String>,
}

/// The page with the form that sends an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteForm {
    /// Whom: the author.
    pub author: AuthorId,
    /// For its address.
    pub slug: String,
    /// The author's name.
    pub name: String,
    /// Whether it may be sent.
    pub state: InviteState,
    /// The newest works of the viewer's own author record.
    pub own_works: Vec<LinkedWork>,
    /// The newest works of the author invited.
    pub their_works: Vec<LinkedWork>,
    /// What was typed when the last try was refused.
    pub draft: InvitationDraft,
}

/// One invitation, for one of its two people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationPage {
    /// Number.
    pub id: InvitationId,
    /// Whether the viewer sent it.
    pub own: bool,
    /// The other one.
    pub other: Person,
    /// Label of the purpose.
    pub purpose: String,
    /// One line.
    pub subject: String,
    /// Several lines, ended by `\n`.
    pub message: String,
    /// At most three.
    pub works: Vec<LinkedWork>,
    /// As it stands now, expiry included.
    pub state: State,
    /// Epoch milliseconds.
    pub sent_at: i64,
    /// Epoch milliseconds.
    pub expires_at: i64,
    /// Epoch milliseconds of the answer or withdrawal.
    pub decided_at: Option<i64>,
    /// The conversation that it opened.
    pub conversation: Option<ConversationId>,
    /// Whether the viewer blocked the other one.
    pub blocked_by_viewer: bool,
}

/// One line of the list of invitations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationItem {
    /// Number.
    pub id: InvitationId,
    /// Whether the viewer sent it.
    pub own: bool,
    /// The other one's name.
    pub other: String,
    /// One line.
    pub subject: String,
    /// The beginning of the message.
    pub excerpt: String,
    /// As it stands now, expiry included.
    pub state: State,
    /// Epoch milliseconds.
    pub sent_at: i64,
}

impl InvitationItem {
    /// Whether it waits for the viewer to open it.
    pub fn unread(&self) -> bool {
        !self.own && self.state == State::Sent
    }
}

/// A page of a list, with the number of all its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// The lines of this page, newest first.
    pub items: Vec<T>,
    /// The page, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
}

/// How much is in the inbox: all, and what the viewer has not opened or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxCounts {
    /// Invitations sent and received.
    pub invitations: i64,
    /// Received ones that were not opened.
    pub invitations_new: i64,
    /// Conversations.
    pub conversations: i64,
    /// Conversations with unread messages.
    pub conversations_new: i64,
}
