//! What travels between server and browser about claims.

use serde::{Deserialize, Serialize};

use crate::domain::claim::State;
use crate::domain::ids::{AuthorId, ClaimId, WorkId};
use crate::domain::verification::{Level, ProofKind};

/// The longest note to a moderator, in characters.
pub const NOTE_MAX_CHARS: usize = 2_000;
/// Works shown on one page of the claim form.
pub const WORKS_PER_PAGE: i64 = 100;
/// Claims, contests or decisions shown at once on the moderators' page.
pub const QUEUE_SHOWN: i64 = 50;
/// Lines of the log shown on the moderators' page.
pub const LOG_SHOWN: i64 = 100;

/// Who looks at a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClaimViewer {
    /// Nobody is logged in.
    Visitor,
    /// Logged in, but the e-mail address of the account is not proved.
    Unverified,
    /// Logged in with a proved address.
    Verified,
}

/// Who holds an author, and on what evidence. Everything in it is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The name of the account.
    pub name: String,
    /// L2 to L4.
    pub level: Level,
    /// The kind of proof; `None` only for claims from before proofs were kept.
    pub proof: Option<ProofKind>,
    /// The domain of the address that proved it, where that was the proof. Never the address.
    pub domain: Option<String>,
    /// When the claim was approved, epoch milliseconds.
    pub since: i64,
    /// How many works were selected.
    pub works: i64,
    /// Whether a second claim waits for a decision.
    pub contested: bool,
}

/// The viewer's own latest claim on the author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnClaim {
    /// Its number.
    pub claim: ClaimId,
    /// Where it stands.
    pub state: State,
    /// The moderator's reason, also for a contest that was decided.
    pub reason: Option<String>,
    /// How many works are selected.
    pub works: i64,
    /// The address a link was mailed to that can still be used.
    pub mailed_to: Option<String>,
    /// Whether the author is held by another account, so that this claim is one side of a contest.
    pub second: bool,
}

/// How things stand between an author and a viewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimStatus {
    /// The author.
    pub author: AuthorId,
    /// Who looks.
    pub viewer: ClaimViewer,
    /// The standing claim.
    pub holder: Option<Holder>,
    /// The viewer's own latest claim.
    pub mine: Option<OwnClaim>,
}

impl ClaimStatus {
    /// Whether the viewer holds the author.
    pub fn is_mine(&self) -> bool {
        self.mine
            .as_ref()
            .is_some_and(|mine| mine.state.is_standing())
    }
}

/// A work as the claim form lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimableWork {
    /// Its number.
    pub work: WorkId,
    /// Plain text.
    pub title: String,
    /// Year of publication.
    pub year: Option<i64>,
    /// Whether it is selected in the claim under way.
    pub selected: bool,
}

/// Everything the claim form shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimForm {
    /// The author's name.
    pub name: String,
    /// The last part of the author's address.
    pub slug: String,
    /// How things stand.
    pub status: ClaimStatus,
    /// One page of the author's works, newest first.
    pub works: Vec<ClaimableWork>,
    /// The page shown, from 1.
    pub page: i64,
    /// How many works there are on all pages.
    pub total: i64,
    /// Domains of the author's institutions; empty when no address can prove the claim.
    pub domains: Vec<String>,
    /// What was typed about the proof when the form was refused.
    pub draft: ProofDraft,
}

/// The part of the claim form that is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofDraft {
    /// `email`, `moderator`, or nothing yet.
    pub proof: String,
    /// The address at the institution.
    pub email: String,
    /// The note to the moderator.
    pub note: String,
}

/// What a mailed link is about, shown before it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofLink {
    /// The author.
    pub author: AuthorId,
    /// The author's name.
    pub name: String,
    /// The address the link went to.
    pub email: String,
}

/// A work that a claimant selected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickedWork {
    /// Its number.
    pub work: WorkId,
    /// The last part of its address.
    pub slug: String,
    /// Plain text.
    pub title: String,
}

/// One line of a claim's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Epoch milliseconds.
    pub at: i64,
    /// The claim.
    pub claim: ClaimId,
    /// The author claimed.
    pub author: AuthorId,
    /// The author's name.
    pub author_name: String,
    /// The last part of the author's address.
    pub author_slug: String,
    /// The name of the account that made the claim.
    pub claimant: String,
    /// The name of the account that acted.
    pub actor: Option<String>,
    /// The word of the step, see [`crate::domain::claim::Event::as_str`].
    pub event: String,
    /// The word of the state after it.
    pub state: String,
    /// The reason given.
    pub reason: Option<String>,
}

/// A claim with its evidence, as a moderator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewClaim {
    /// Its number.
    pub claim: ClaimId,
    /// The author claimed.
    pub author: AuthorId,
    /// The author's name.
    pub author_name: String,
    /// The last part of the author's address.
    pub author_slug: String,
    /// The name of the account.
    pub account_name: String,
    /// The domain of the account's own address.
    pub account_domain: String,
    /// Whether that domain is one of the author's institutions'.
    pub account_at_institution: bool,
    /// The proof on file.
    pub proof: Option<ProofKind>,
    /// The domain of the address that proved it.
    pub proof_domain: Option<String>,
    /// What the claimant wrote to the moderators.
    pub note: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Since when, epoch milliseconds. A decision names it, so that nobody decides on what they have not seen.
    pub updated_at: i64,
    /// How many works are selected.
    pub works_selected: i64,
    /// How many works the author has.
    pub works_total: i64,
    /// The first ten of the selected works.
    pub works: Vec<PickedWork>,
    /// The claim's history, oldest first, at most the last twenty lines.
    pub log: Vec<LogLine>,
    /// Whether the viewer takes part in it, so that another moderator has to decide.
    pub own: bool,
}

/// A standing claim and the claims against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// The standing claim.
    pub standing: ReviewClaim,
    /// The others; empty when the second claim was withdrawn, and the contest has to be closed.
    pub contenders: Vec<ReviewClaim>,
}

/// What moderators have to decide about claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewQueue {
    /// Claims on authors nobody holds, longest waiting first.
    pub pending: Vec<ReviewClaim>,
    /// How many there are in all.
    pub pending_total: i64,
    /// Contests, longest waiting first.
    pub contests: Vec<Contest>,
    /// How many there are in all.
    pub contests_total: i64,
    /// Standing claims on the authors searched for; empty without a search.
    pub found: Vec<ReviewClaim>,
    /// The last decisions on claims, newest first.
    pub log: Vec<LogLine>,
}
