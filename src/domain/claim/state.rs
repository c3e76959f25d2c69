//! The states of a claim and what happens to it.

use serde::{Deserialize, Serialize};

use crate::domain::verification::Level;

/// Where a claim stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Opened; no works selected yet.
    Started,
    /// Works are selected; a proof is awaited.
    Proving,
    /// Waits for a moderator.
    PendingReview,
    /// Stands at this level.
    Approved {
        /// L2 or above.
        level: Level,
    },
    /// A moderator rejected it.
    Rejected {
        /// Told to the claimant.
        reason: String,
    },
    /// Its owner took it back.
    Withdrawn,
    /// Stands at this level, while a second claim waits for a decision.
    Contested {
        /// The level from before.
        level: Level,
    },
    /// Stands at this level after a contest was decided for it.
    Upheld {
        /// The level from before.
        level: Level,
    },
    /// A contest was decided for the other side.
    Transferred,
    /// A moderator ended it.
    Revoked {
        /// Told to the owner.
        reason: String,
    },
}

impl State {
    /// The word stored for the state, beside [`State::level`] and [`State::reason`].
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Proving => "proving",
            Self::PendingReview => "pending_review",
            Self::Approved { .. } => "approved",
            Self::Rejected { .. } => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Contested { .. } => "contested",
            Self::Upheld { .. } => "upheld",
            Self::Transferred => "transferred",
            Self::Revoked { .. } => "revoked",
        }
    }

    /// The state from its stored columns; `None` for an unknown word, or where a level of L2 or above or a reason is
    /// missing. Columns that the state does not use are ignored.
    pub fn parse(word: &str, level: Option<i64>, reason: Option<&str>) -> Option<Self> {
        let level = || {
            level
                .and_then(Level::from_i64)
                .filter(|level| *level >= Level::L2)
        };
        let reason = || reason.map(str::to_owned);
        Some(match word {
            "started" => Self::Started,
            "proving" => Self::Proving,
            "pending_review" => Self::PendingReview,
            "approved" => Self::Approved { level: level()? },
            "rejected" => Self::Rejected { reason: reason()? },
            "withdrawn" => Self::Withdrawn,
            "contested" => Self::Contested { level: level()? },
            "upheld" => Self::Upheld { level: level()? },
            "transferred" => Self::Transferred,
            "revoked" => Self::Revoked { reason: reason()? },
            _ => return None,
        })
    }

    /// The level of a standing claim.
    pub fn level(&self) -> Option<Level> {
        match self {
            Self::Approved { level } | Self::Contested { level } | Self::Upheld { level } => {
                Some(*level)
            }
            _ => None,
        }
    }

    /// The reason that ended the claim, if a moderator gave one.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Rejected { reason } | Self::Revoked { reason } => Some(reason),
            _ => None,
        }
    }

    /// Whether the author counts as claimed by this claim: approved, contested or upheld.
    pub fn is_standing(&self) -> bool {
        self.level().is_some()
    }

    /// Whether the claim is on its way: started, proving or pending review.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Started | Self::Proving | Self::PendingReview)
    }

    /// The state in words for its owner.
    pub fn in_words(&self) -> &'static str {
        match self {
            Self::Started => "Started: select your works",
            Self::Proving => "Works selected: give one proof",
            Self::PendingReview => "Waiting for a moderator",
            Self::Approved { .. } => "Approved",
            Self::Rejected { .. } => "Rejected",
            Self::Withdrawn => "Withdrawn",
            Self::Contested { .. } => "Contested by a second claim",
            Self::Upheld { .. } => "Upheld after a contest",
            Self::Transferred => "Transferred to another account after a contest",
            Self::Revoked { .. } => "Revoked",
        }
    }
}

/// What happens to a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The owner selects works; again while proving, to correct the selection.
    SelectWorks,
    /// The owner's proofs are put forward.
    Prove,
    /// The owner asks a moderator instead.
    AskModerator,
    /// A moderator approves.
    Approve,
    /// A moderator rejects.
    Reject {
        /// Told to the claimant.
        reason: String,
    },
    /// The owner takes the claim back.
    Withdraw,
    /// Somebody else's claim on the same author reached review.
    Contest,
    /// A moderator decides a contest for this claim.
    Uphold,
    /// Every claim against this one was withdrawn or rejected: the contest is over.
    Settle,
    /// A moderator decides a contest against this claim.
    Transfer,
    /// A moderator ends a standing claim.
    Revoke {
        /// Told to the owner.
        reason: String,
    },
    /// The level is computed anew: a proof was added, or the yearly check came round.
    Recheck,
}

impl Event {
    /// The word for this kind of event.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::SelectWorks => "select_works",
            Self::Prove => "prove",
            Self::AskModerator => "ask_moderator",
            Self::Approve => "approve",
            Self::Reject { .. } => "reject",
            Self::Withdraw => "withdraw",
            Self::Contest => "contest",
            Self::Uphold => "uphold",
            Self::Settle => "settle",
            Self::Transfer => "transfer",
            Self::Revoke { .. } => "revoke",
            Self::Recheck => "recheck",
        }
    }
}
