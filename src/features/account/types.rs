//! What travels between server and browser about accounts.

use serde::{Deserialize, Serialize};

/// The shortest password, in characters.
pub const PASSWORD_MIN: u32 = 15;
/// The longest password, in characters.
pub const PASSWORD_MAX: u32 = 1_000;
/// The longest name, in characters.
pub const NAME_MAX: u32 = 200;

/// Who is logged in, as the header shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountBadge {
    /// The name the person gave.
    pub name: String,
    /// Whether the queue of the moderators is theirs to see.
    pub moderator: bool,
    /// Notifications not read yet.
    pub unread: i64,
}

/// What a mailed link can still do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// It works; it was sent to this address.
    Open {
        /// The address.
        email: String,
    },
    /// It did its work before.
    Used,
    /// Too old, or never ours.
    Dead,
}

/// Everything on the settings page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSettings {
    /// The name the person gave.
    pub name: String,
    /// The address as typed at sign-up.
    pub email: String,
    /// Whether the address was proved.
    pub email_verified: bool,
    /// Whether other researchers may send invitations.
    pub accepts_invitations: bool,
    /// Epoch milliseconds of the sign-up.
    pub created_at: i64,
    /// Where the account is logged in, the latest used first.
    pub sessions: Vec<Device>,
}

/// One place where an account is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Names the session in a form. It is the hash of the session's token and opens nothing.
    pub id: String,
    /// Browser and system in words, for example `Firefox on Linux`.
    pub name: String,
    /// Epoch milliseconds of the log-in.
    pub created_at: i64,
    /// Epoch milliseconds when it was last noticed (to half a day).
    pub seen_at: i64,
    /// Whether this is the session that asks.
    pub current: bool,
}

/// A message in the demo's mail folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// When it was written, in words.
    pub at: String,
    /// The text, cut where links to this site begin and end.
    pub body: Vec<LetterPart>,
}

/// A piece of a message's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterPart {
    /// Just text.
    Text(String),
    /// An address on this site, whole.
    Link(String),
}
