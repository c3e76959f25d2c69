//! What travels between server and browser about notices.

use serde::{Deserialize, Serialize};

/// Something that happened to the viewer, in one sentence with one link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeItem {
    /// Number.
    pub id: i64,
    /// A sentence; plain text.
    pub body: String,
    /// A path of this site.
    pub href: String,
    /// Epoch milliseconds.
    pub created_at: i64,
    /// Whether it is still unread.
    pub unread: bool,
}

/// A page of notices, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notices {
    /// At most a page full.
    pub items: Vec<NoticeItem>,
    /// The page, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
}
