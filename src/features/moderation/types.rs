//! What travels between server and browser about reports.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{AuthorId, ReportId};

/// The longest report, in characters.
pub const BODY_MAX_CHARS: usize = 4_000;
/// The longest reason for a decision, in characters.
pub const REASON_MAX_CHARS: usize = 1_000;
/// Open reports shown at once.
pub const REPORTS_SHOWN: i64 = 50;
/// Decided reports shown in the log.
pub const DECIDED_SHOWN: i64 = 100;

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// Something about the record is wrong.
    Report,
    /// The person objects to the page.
    Objection,
}

impl ReportKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Report, Self::Objection];

    /// The word stored for the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Objection => "objection",
        }
    }

    /// The reverse of [`ReportKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The kind as a moderator reads it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Report => "Report of a mistake",
            Self::Objection => "Objection to the page",
        }
    }
}

/// What the report form needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportForm {
    /// The author.
    pub author: AuthorId,
    /// The author's name.
    pub name: String,
    /// The last part of the author's address.
    pub slug: String,
    /// Whether an account reports, so that no address for an answer is needed.
    pub logged_in: bool,
    /// What an account had typed when the form was refused.
    pub draft: ReportDraft,
}

/// What a report says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDraft {
    /// `report` or `objection`.
    pub kind: String,
    /// The text.
    pub body: String,
    /// Another address for the answer.
    pub contact: String,
}

/// A report as a moderator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its number.
    pub report: ReportId,
    /// The author it is about.
    pub author: AuthorId,
    /// The author's name.
    pub author_name: String,
    /// The last part of the author's address.
    pub author_slug: String,
    /// What it is about.
    pub kind: ReportKind,
    /// The name of the account that filed it; `None` for a visitor.
    pub reporter: Option<String>,
    /// An address for an answer, not proved.
    pub contact: Option<String>,
    /// What was written.
    pub body: String,
    /// When, epoch milliseconds.
    pub created_at: i64,
    /// Whether the viewer filed it or holds the author, so that another moderator has to decide.
    pub own: bool,
}

/// A decided report, for the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedReport {
    /// Its number.
    pub report: ReportId,
    /// The author it is about.
    pub author: AuthorId,
    /// The author's name.
    pub author_name: String,
    /// The last part of the author's address.
    pub author_slug: String,
    /// What it is about.
    pub kind: ReportKind,
    /// Whether it was found right.
    pub upheld: bool,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When, epoch milliseconds.
    pub decided_at: i64,
    /// Why.
    pub reason: Option<String>,
}

/// What moderators have to decide about reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportQueue {
    /// Open reports, longest waiting first.
    pub open: Vec<Report>,
    /// How many there are in all.
    pub open_total: i64,
    /// The last decisions, newest first.
    pub decided: Vec<DecidedReport>,
}
