//! What travels between server and browser about corrections.

use serde::{Deserialize, Serialize};

use crate::domain::correction::{Kind, Role};
use crate::domain::ids::{AuthorId, CorrectionId, WorkId};

/// Lines of an author's history shown at once.
pub const HISTORY_SHOWN: i64 = 200;
/// Works offered for a split on one page of the form.
pub const WORKS_PER_PAGE: i64 = 100;
/// Authors or works found for a form.
pub const FOUND_SHOWN: i64 = 10;
/// Pairs of similar authors shown to moderators at once.
pub const REVIEWS_SHOWN: i64 = 30;

/// What a person had typed into a form that was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionDraft {
    /// Which form: `merge`, `split`, `work`, `mine`, `rename`, `hide`.
    pub form: String,
    /// The work it was about; 0 for none.
    pub work: i64,
    /// Why.
    pub reason: String,
    /// The new name, or the other page.
    pub text: String,
}

impl CorrectionDraft {
    /// The reason typed into this form about this work, else nothing.
    pub fn reason_for(&self, form: &str, work: i64) -> String {
        if self.form == form && self.work == work {
            self.reason.clone()
        } else {
            String::new()
        }
    }

    /// The other text typed into this form, else nothing.
    pub fn text_for(&self, form: &str) -> Option<String> {
        (self.form == form).then(|| self.text.clone())
    }
}

/// A correction that was just made or undone, for the notice that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Its number.
    pub correction: CorrectionId,
    /// What was done, as a sentence.
    pub sentence: String,
    /// Whether it can be undone from here.
    pub may_undo: bool,
}

/// What an author's page needs to know about corrections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tools {
    /// As what the viewer may correct this page; nothing for all others.
    pub role: Option<Role>,
    /// What was just done.
    pub done: Option<Done>,
    /// What was typed into a form that was refused.
    pub draft: CorrectionDraft,
}

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Words.
    pub label: String,
    /// Address; nothing where there is no page to lead to.
    pub href: Option<String>,
}

/// When, by whom and why a correction was undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// Epoch milliseconds.
    pub at: i64,
    /// The person's name; nothing where it would tell a former name.
    pub by: Option<String>,
    /// Why; nothing where it would tell a former name.
    pub reason: Option<String>,
}

/// One line of an author's public history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// Its number.
    pub correction: CorrectionId,
    /// What kind of correction.
    pub kind: Kind,
    /// Epoch milliseconds.
    pub at: i64,
    /// What was done, as a sentence.
    pub sentence: String,
    /// The other author's page and the works it is about.
    pub links: Vec<Named>,
    /// How many more works there are.
    pub more: i64,
    /// The person's name; nothing where it would tell a former name.
    pub by: Option<String>,
    /// As what they acted.
    pub role: Role,
    /// Why; nothing where it would tell a former name.
    pub reason: Option<String>,
    /// Whether it was undone.
    pub undone: Option<Undone>,
    /// Whether the viewer may undo it.
    pub may_undo: bool,
}

/// Another author, found for a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundAuthor {
    /// Number.
    pub author: AuthorId,
    /// Name.
    pub name: String,
    /// Address of the page.
    pub href: String,
    /// Number of works.
    pub works: i64,
    /// Where they work, and what they wrote last, to tell namesakes apart.
    pub about: Vec<String>,
    /// Whether somebody holds it.
    pub claimed: bool,
}

/// An authorship that may be the author's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundSpot {
    /// The work.
    pub work: WorkId,
    /// The place in its list of authors.
    pub position: i64,
    /// The author who has it now; 0 for nobody.
    pub from: i64,
    /// The name shown there.
    pub name: String,
    /// The work's title.
    pub title: String,
    /// Address of the work's page.
    pub href: String,
    /// Its year.
    pub year: Option<i64>,
}

/// A work that may leave the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWork {
    /// Number.
    pub work: WorkId,
    /// Title.
    pub title: String,
    /// Year.
    pub year: Option<i64>,
    /// Co-authors, the first few.
    pub with: String,
}

/// What the forms of the corrections page show, for those who may use them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms {
    /// As what the viewer corrects.
    pub role: Role,
    /// What the forms have seen, see the service's `Case`.
    pub seen: i64,
    /// Other pages found by name or address.
    pub found: Option<Vec<FoundAuthor>>,
    /// Authorships found by title or identifier.
    pub spots: Option<Vec<FoundSpot>>,
    /// One page of the author's works.
    pub works: Vec<OwnWork>,
    /// From 1.
    pub page: i64,
    /// At least 1.
    pub pages: i64,
    /// What was typed into a form that was refused.
    pub draft: CorrectionDraft,
}

/// What the corrections page was asked for in its address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Name, number or address of another author.
    pub find: String,
    /// Title or identifier of a work.
    pub work: String,
    /// Page of the works, from 1.
    pub page: i64,
    /// A correction just made or undone; 0 for none.
    pub done: i64,
}

/// The page of an author's corrections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionsPage {
    /// The author.
    pub author: AuthorId,
    /// Name.
    pub name: String,
    /// Last part of the address.
    pub slug: String,
    /// Whether the author's page is hidden.
    pub hidden: bool,
    /// What was just done.
    pub done: Option<Done>,
    /// Newest first.
    pub history: Vec<HistoryLine>,
    /// The forms, for those who may use them; none while the page is hidden.
    pub forms: Option<Forms>,
    /// Why the viewer, who holds the author, may not use them now.
    pub refusal: Option<String>,
}

/// An authorship that may be an author of the viewer's, offered on the work's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The viewer's author.
    pub author: AuthorId,
    /// That author's name.
    pub name: String,
    /// The authorship.
    pub spot: FoundSpot,
}

/// One of two authors who may be one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Number.
    pub author: AuthorId,
    /// Name.
    pub name: String,
    /// Address of the page.
    pub href: String,
    /// Works.
    pub works: i64,
    /// First and last year.
    pub years: String,
    /// Identifiers, as `scheme:value`.
    pub identifiers: Vec<String>,
    /// Whether somebody holds it.
    pub claimed: bool,
}

/// Two authors who may be one person, with what they share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// The one that would stay.
    pub kept: Candidate,
    /// The one that would end.
    pub joined: Candidate,
    /// Whole percent.
    pub percent: i64,
    /// What they share, for example "3 co-authors: A, B, C".
    pub shared: Vec<String>,
    /// What speaks against it.
    pub against: Vec<String>,
    /// [`Forms::seen`] of the one that would stay.
    pub seen: i64,
    /// Whether the viewer takes part.
    pub own: bool,
}

/// Two authors that a moderator found to be different people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldApart {
    /// The lower number and its page.
    pub low: (AuthorId, Named),
    /// The higher number and its page.
    pub high: (AuthorId, Named),
    /// Who decided.
    pub by: String,
    /// When, epoch milliseconds.
    pub at: i64,
}

/// A correction in the moderators' log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Number.
    pub correction: CorrectionId,
    /// When, epoch milliseconds.
    pub at: i64,
    /// What kind.
    pub kind: Kind,
    /// The author's history.
    pub author: Named,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Whether it was undone.
    pub undone: bool,
}

/// What moderators see of corrections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewList {
    /// Most probable first.
    pub open: Vec<Pair>,
    /// How many there are in all.
    pub total: i64,
    /// The last pairs told apart.
    pub apart: Vec<ToldApart>,
    /// The last corrections.
    pub log: Vec<LogLine>,
}
