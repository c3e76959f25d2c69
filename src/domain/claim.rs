//! The claim of an account on an author: one pure function from a state and an event to the next state (see docs/rules.md).
//!
//! ```text
//! started -> proving -> approved(level) | pending_review -> approved(level) | rejected(reason)
//! approved | upheld -> contested -> upheld | transferred
//! any standing claim -> revoked(reason); any live claim -> withdrawn
//! ```
//! A second claim on a claimed author is a claim of its own: its proof leads to `pending_review` instead of `approved`, and the
//! standing claim is stepped with [`Event::Contest`]. The moderator's [`Event::Uphold`] then goes with rejecting the second claim,
//! [`Event::Transfer`] with approving it.

mod state;

use serde::{Deserialize, Serialize};

pub use state::{Event, State};

use super::clock::{Millis, YEAR};
use super::verification::{self, Level, ProofKind};

/// The longest reason for a rejection or revocation, in characters.
pub const REASON_MAX_CHARS: usize = 1_000;

/// Who acts on the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The account that made the claim, moderator or not.
    Owner,
    /// The account behind the other claim of a contest, moderator or not.
    Contender,
    /// A moderator who takes no part in the claim.
    Moderator,
    /// Any other account.
    Other,
}

impl Actor {
    /// All kinds of actors.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Contender, Self::Moderator, Self::Other];

    /// The one role that counts: taking part in a claim outweighs being a moderator, so that nobody decides their own case.
    pub fn of(is_owner: bool, is_contender: bool, is_moderator: bool) -> Self {
        match (is_owner, is_contender, is_moderator) {
            (true, _, _) => Self::Owner,
            (_, true, _) => Self::Contender,
            (_, _, true) => Self::Moderator,
            _ => Self::Other,
        }
    }
}

/// A proof on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Proof {
    /// Its kind.
    pub kind: ProofKind,
    /// When it was last checked. It counts for a [`YEAR`] from then.
    pub at: Millis,
}

/// What a step is decided by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Who acts.
    pub actor: Actor,
    /// Whether the owner's account has a verified e-mail address.
    pub email_verified: bool,
    /// How many works the owner selected.
    pub works_selected: i64,
    /// The owner's proofs, in any order.
    pub proofs: Vec<Proof>,
    /// As in [`verification::Facts::orcid_shared_works`].
    pub orcid_shared_works: i64,
    /// Whether a standing claim of another account is on the same author.
    pub claimed_by_other: bool,
}

/// Why a step was not taken. Each reads as a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// Only the owner may do this.
    #[error("Only the person who made this claim can do that.")]
    NotOwner,
    /// Only a moderator may do this.
    #[error("Only a moderator can do that.")]
    NotModerator,
    /// The one who decides takes part in the claim.
    #[error("Nobody decides on a claim that they take part in: another moderator has to.")]
    OwnClaim,
    /// The owner of a claim contests it.
    #[error("This author is already claimed by you.")]
    ContestsOwnClaim,
    /// The state does not know this event.
    #[error("That is not possible in the state that this claim is in now.")]
    WrongState {
        /// [`State::as_str`].
        state: String,
        /// [`Event::as_str`].
        event: String,
    },
    /// The owner's e-mail address is not verified.
    #[error("Verify the e-mail address of your account first.")]
    EmailNotVerified,
    /// No work is selected.
    #[error("Select at least one work that is yours.")]
    NoWorksSelected,
    /// There is no proof at all.
    #[error("Give one proof first, or ask a moderator.")]
    ProofMissing,
    /// The proofs on file were checked more than a year ago.
    #[error("The proof is more than a year old and has to be given again.")]
    ProofStale,
    /// The proofs on file cannot carry a claim by themselves.
    #[error(
        "An ORCID iD or the word of a collaborator adds to a claim, but one more proof has to come first."
    )]
    ProofNotEnough,
    /// Another account's claim stands.
    #[error("Another claim on this author stands: decide the contest first.")]
    ClaimedByOther,
    /// A rejection or revocation without a reason.
    #[error("Give a reason: the person is told it.")]
    ReasonMissing,
    /// A reason longer than [`REASON_MAX_CHARS`].
    #[error("A reason has at most {REASON_MAX_CHARS} characters; this one has {chars}.")]
    ReasonTooLong {
        /// Its length in characters.
        chars: usize,
    },
}

impl Refusal {
    /// The reason, as a sentence for people.
    pub fn sentence(&self) -> String {
        self.to_string()
    }
}

/// Takes one step.
///
/// Who acts is checked before the state, so that a stranger learns nothing about a claim by trying.
///
/// # Errors
/// The first [`Refusal`] that applies, in the order actor, state, facts.
pub fn step(state: &State, event: &Event, facts: &Facts, now: Millis) -> Result<State, Refusal> {
    check_actor(event, facts.actor)?;
    match (state, event) {
        (State::Started | State::Proving, Event::SelectWorks) => {
            check_account(facts)?;
            Ok(State::Proving)
        }
        (State::Proving, Event::Prove) => {
            let level = proved_level(facts, now)?;
            Ok(if facts.claimed_by_other {
                State::PendingReview
            } else {
                State::Approved { level }
            })
        }
        (State::Proving, Event::AskModerator) => {
            check_account(facts)?;
            Ok(State::PendingReview)
        }
        (State::PendingReview, Event::Approve) => {
            if facts.claimed_by_other {
                return Err(Refusal::ClaimedByOther);
            }
            let level = proved_level(facts, now)?;
            Ok(State::Approved { level })
        }
        (State::PendingReview, Event::Reject { reason }) => Ok(State::Rejected {
            reason: checked_reason(reason)?,
        }),
        (
            State::Started
            | State::Proving
            | State::PendingReview
            | State::Approved { .. }
            | State::Contested { .. }
            | State::Upheld { .. },
            Event::Withdraw,
        ) => Ok(State::Withdrawn),
        (State::Approved { level } | State::Upheld { level }, Event::Contest) => {
            Ok(State::Contested { level: *level })
        }
        (State::Contested { level }, Event::Uphold | Event::Settle) => {
            Ok(State::Upheld { level: *level })
        }
        (State::Contested { .. }, Event::Transfer) => Ok(State::Transferred),
        (
            State::Approved { .. } | State::Contested { .. } | State::Upheld { .. },
            Event::Revoke { reason },
        ) => Ok(State::Revoked {
            reason: checked_reason(reason)?,
        }),
        (State::Approved { .. }, Event::Recheck) => {
            proved_level(facts, now).map(|level| State::Approved { level })
        }
        (State::Contested { .. }, Event::Recheck) => {
            proved_level(facts, now).map(|level| State::Contested { level })
        }
        (State::Upheld { .. }, Event::Recheck) => {
            proved_level(facts, now).map(|level| State::Upheld { level })
        }
        _ => Err(Refusal::WrongState {
            state: state.as_str().to_owned(),
            event: event.as_str().to_owned(),
        }),
    }
}

fn check_actor(event: &Event, actor: Actor) -> Result<(), Refusal> {
    match (event, actor) {
        (
            Event::SelectWorks | Event::Prove | Event::AskModerator | Event::Withdraw,
            Actor::Owner,
        ) => Ok(()),
        (Event::SelectWorks | Event::Prove | Event::AskModerator | Event::Withdraw, _) => {
            Err(Refusal::NotOwner)
        }
        (Event::Recheck, Actor::Owner | Actor::Moderator) => Ok(()),
        (Event::Recheck, Actor::Contender | Actor::Other) => Err(Refusal::NotOwner),
        (Event::Contest, Actor::Owner) => Err(Refusal::ContestsOwnClaim),
        (Event::Contest, _) => Ok(()),
        // Whoever takes the last claim against it back, or a moderator who rejects that.
        (Event::Settle, Actor::Contender | Actor::Moderator) => Ok(()),
        (_, Actor::Moderator) => Ok(()),
        (_, Actor::Owner | Actor::Contender) => Err(Refusal::OwnClaim),
        (_, Actor::Other) => Err(Refusal::NotModerator),
    }
}

fn check_account(facts: &Facts) -> Result<(), Refusal> {
    if !facts.email_verified {
        return Err(Refusal::EmailNotVerified);
    }
    if facts.works_selected < 1 {
        return Err(Refusal::NoWorksSelected);
    }
    Ok(())
}

/// The level, L2 or above, that the fresh proofs carry; a moderator who acts is one of them.
fn proved_level(facts: &Facts, now: Millis) -> Result<Level, Refusal> {
    check_account(facts)?;
    let fresh = |proof: &&Proof| now < proof.at.saturating_add(YEAR);
    let mut proofs: Vec<ProofKind> = facts.proofs.iter().filter(fresh).map(|p| p.kind).collect();
    if facts.actor == Actor::Moderator {
        proofs.push(ProofKind::Moderator);
    }
    if !proofs.iter().any(|kind| kind.opens_claim()) {
        let stale = |proof: &Proof| proof.kind.opens_claim() && !fresh(&proof);
        return Err(if facts.proofs.is_empty() {
            Refusal::ProofMissing
        } else if facts.proofs.iter().any(stale) {
            Refusal::ProofStale
        } else {
            Refusal::ProofNotEnough
        });
    }
    Ok(verification::level(&verification::Facts {
        registry_works: 0,
        claimed: true,
        email_verified: facts.email_verified,
        works_selected: facts.works_selected,
        proofs,
        orcid_shared_works: facts.orcid_shared_works,
    }))
}

fn checked_reason(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    let chars = reason.chars().count();
    match chars {
        0 => Err(Refusal::ReasonMissing),
        1..=REASON_MAX_CHARS => Ok(reason.to_owned()),
        _ => Err(Refusal::ReasonTooLong { chars }),
    }
}

#[cfg(test)]
mod tests;
