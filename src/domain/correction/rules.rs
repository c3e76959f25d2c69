//! Who may correct, and what is refused.

use serde::{Deserialize, Serialize};

use super::detail::Kind;
use super::naming::NAME_MAX_CHARS;
use crate::domain::ids::AccountId;
use crate::domain::permission::Viewer;

/// The longest reason, in characters.
pub const REASON_MAX_CHARS: usize = 1_000;

/// As what somebody corrects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Holds the author.
    Claimant,
    /// Moderates, and takes no part.
    Moderator,
}

impl Role {
    /// As the public history says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Claimant => "who claimed this page",
            Self::Moderator => "moderator",
        }
    }
}

/// Who has a stake in an author.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stakes {
    /// The account whose claim stands.
    pub holder: Option<AccountId>,
    /// Whether that claim is contested.
    pub contested: bool,
    /// Accounts with another claim under way.
    pub claimants: Vec<AccountId>,
}

impl Stakes {
    /// Whether the account holds the author or wants to.
    pub fn takes_part(&self, account: AccountId) -> bool {
        self.holder == Some(account) || self.claimants.contains(&account)
    }
}

/// Why a correction was not made or undone. Each reads as a sentence for people; none holds a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// Neither holds the author nor moderates.
    #[error(
        "Only the person who claimed this page can correct it. Anybody can report a mistake to the moderators."
    )]
    NotClaimant,
    /// Holds the author, but somebody else claims it too.
    #[error(
        "Another claim on this page waits for a moderator. Until the decision it cannot be corrected by its claimant."
    )]
    Contested,
    /// A moderator takes part.
    #[error("You take part in this, so another moderator has to decide.")]
    OwnCase,
    /// A claimant undoes what somebody else did.
    #[error(
        "This correction was made by somebody else. If it is wrong, report the mistake and a moderator can undo it."
    )]
    NotYours,
    /// No reason.
    #[error("Give a reason: it stands in the public history of the page.")]
    ReasonMissing,
    /// A reason longer than [`REASON_MAX_CHARS`].
    #[error("A reason has at most {REASON_MAX_CHARS} characters.")]
    ReasonTooLong,
    /// The page is hidden.
    #[error("This page is hidden. Show it again first: undo that in its history.")]
    Hidden,
    /// Both sides of a merger are one page.
    #[error("These are the same page.")]
    SameAuthor,
    /// Different accounts hold the two.
    #[error(
        "Both pages are claimed by different people, so they cannot be joined. If one claim is wrong, claim that page too: a moderator then decides between the two claims."
    )]
    BothClaimed,
    /// One account holds the two.
    #[error(
        "You hold both pages. Withdraw your claim on the one that should end, then join it with the other."
    )]
    BothYours,
    /// The author that would end is held.
    #[error("The other page is claimed: join the pages the other way round, from that page.")]
    JoinedClaimed,
    /// A claim on the author that would end waits for a moderator.
    #[error("A claim on the other page waits for a moderator. It has to be decided first.")]
    ClaimPending,
    /// The names cannot be one person's.
    #[error(
        "The names differ too much for a claimant to decide this. Report it with the evidence, and a moderator can do it."
    )]
    NameDiffers,
    /// The records name different ORCID iDs.
    #[error(
        "The two pages carry different ORCID iDs. Report it with the evidence, and a moderator can decide."
    )]
    IdentifiersDiffer,
    /// Both wrote one work.
    #[error(
        "Both stand as authors on the same work, so they are probably two people. Report it with the evidence, and a moderator can decide."
    )]
    JointWorks,
    /// The authorship is held by another claimant.
    #[error(
        "This work is on a page that somebody else has claimed. Report the mistake, and a moderator decides whose it is."
    )]
    HeldByOther,
    /// The author has an authorship of that work.
    #[error("This work is on the page already.")]
    AlreadyYours,
    /// A collaboration or a company.
    #[error("This name stands for a group, not for a person.")]
    NotAPerson,
    /// No work chosen.
    #[error("Choose at least one work.")]
    NoWorks,
    /// Every work of the page is chosen.
    #[error("At least one work has to stay: to give away all of them, join the pages instead.")]
    AllWorks,
    /// No name.
    #[error("Please give a name.")]
    NameMissing,
    /// A name longer than [`NAME_MAX_CHARS`].
    #[error("A name has at most {NAME_MAX_CHARS} characters.")]
    NameTooLong,
    /// Signs that no name has.
    #[error(
        "A name has letters, spaces, and the signs . , - ’ only. Leave out digits, addresses and symbols."
    )]
    NameSigns,
    /// The name of another claimed page, and none of this author's own.
    #[error(
        "Another researcher has claimed a page under exactly this name, and no work of this page carries it. A moderator can make this change."
    )]
    NameOfOther,
    /// The name that is shown already.
    #[error("This is the name that the page shows already.")]
    NameSame,
    /// A later correction builds on the one to be undone.
    #[error("A later correction, {} (number {correction}), builds on this one: undo that first.", later.in_words())]
    BuiltOn {
        /// The kind of the later one.
        later: Kind,
        /// Its number.
        correction: i64,
    },
    /// The author that a split made is held by now.
    #[error(
        "The page that came out of this has been claimed since, so this can only be undone after that claim ends."
    )]
    OtherClaimed,
}

impl Refusal {
    /// Whether the person lacks the right, rather than the thing being impossible.
    pub fn is_about_rights(self) -> bool {
        matches!(
            self,
            Self::NotClaimant | Self::Contested | Self::OwnCase | Self::NotYours
        )
    }
}

/// As what the viewer may correct `author`, where `others` are the other authors that take part.
///
/// Holding the author outweighs being a moderator, so that nobody decides their own case.
///
/// # Errors
/// [`Refusal::NotClaimant`], [`Refusal::Contested`] or [`Refusal::OwnCase`].
pub fn role(viewer: &Viewer, author: &Stakes, others: &[&Stakes]) -> Result<Role, Refusal> {
    let Some(account) = viewer.account else {
        return Err(Refusal::NotClaimant);
    };
    if author.holder == Some(account) {
        return if author.contested {
            Err(Refusal::Contested)
        } else {
            Ok(Role::Claimant)
        };
    }
    if viewer.as_moderator().is_none() {
        return Err(Refusal::NotClaimant);
    }
    let part = author.takes_part(account) || others.iter().any(|stakes| stakes.takes_part(account));
    if part {
        Err(Refusal::OwnCase)
    } else {
        Ok(Role::Moderator)
    }
}

/// Whether somebody in this role may undo what `by` did: claimants take back what they did themselves, moderators anything.
///
/// # Errors
/// [`Refusal::NotYours`].
pub fn may_undo(role: Role, account: AccountId, by: AccountId) -> Result<(), Refusal> {
    match role {
        Role::Claimant if account != by => Err(Refusal::NotYours),
        Role::Claimant | Role::Moderator => Ok(()),
    }
}

/// What a merger is decided by: `joined` ends, the other stays.
#[derive(Clone, Copy, Debug)]
pub struct Merger<'a> {
    /// As what somebody acts.
    pub role: Role,
    /// Stakes in the author that stays.
    pub kept: &'a Stakes,
    /// Stakes in the author that ends.
    pub joined: &'a Stakes,
    /// Whether a claim on the author that ends waits for a moderator.
    pub joined_pending: bool,
    /// Whether some form of the one's name is akin to some form of the other's.
    pub akin: bool,
    /// Whether both carry ORCID iDs and share none.
    pub identifiers_differ: bool,
    /// Works on which both stand.
    pub joint_works: i64,
}

/// Whether two authors may be joined.
///
/// # Errors
/// The first refusal that applies. What only makes a merger unlikely stops claimants, not moderators.
pub fn merge(merger: Merger<'_>) -> Result<(), Refusal> {
    match (merger.kept.holder, merger.joined.holder) {
        (Some(kept), Some(joined)) if kept == joined => return Err(Refusal::BothYours),
        (Some(_), Some(_)) => return Err(Refusal::BothClaimed),
        (None, Some(_)) => return Err(Refusal::JoinedClaimed),
        (_, None) => {}
    }
    if merger.joined_pending {
        return Err(Refusal::ClaimPending);
    }
    if merger.role == Role::Moderator {
        return Ok(());
    }
    if !merger.akin {
        return Err(Refusal::NameDiffers);
    }
    if merger.identifiers_differ {
        return Err(Refusal::IdentifiersDiffer);
    }
    if merger.joint_works > 0 {
        return Err(Refusal::JointWorks);
    }
    Ok(())
}

/// What "this is mine" is decided by.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// As what somebody acts.
    pub role: Role,
    /// Stakes in the author who has the authorship now; none where nobody has it.
    pub from: Option<&'a Stakes>,
    /// Whether the printed name is akin to some form of the author's name.
    pub akin: bool,
    /// Whether the printed name stands for a group.
    pub collective: bool,
    /// Whether the author stands on that work already.
    pub already: bool,
}

/// Whether an authorship may come to the author.
///
/// # Errors
/// The first refusal that applies; a moderator may decide against the names.
pub fn mine(asked: Asked<'_>) -> Result<(), Refusal> {
    if asked.collective {
        return Err(Refusal::NotAPerson);
    }
    if asked.already {
        return Err(Refusal::AlreadyYours);
    }
    if asked.from.is_some_and(|stakes| stakes.holder.is_some()) {
        return Err(Refusal::HeldByOther);
    }
    if asked.role == Role::Claimant && !asked.akin {
        return Err(Refusal::NameDiffers);
    }
    Ok(())
}

/// A reason as it is kept.
///
/// # Errors
/// [`Refusal::ReasonMissing`] or [`Refusal::ReasonTooLong`].
pub fn checked_reason(typed: &str) -> Result<String, Refusal> {
    let reason = typed.trim();
    match reason.chars().count() {
        0 => Err(Refusal::ReasonMissing),
        1..=REASON_MAX_CHARS => Ok(reason.to_owned()),
        _ => Err(Refusal::ReasonTooLong),
    }
}

#[cfg(test)]
mod tests;
