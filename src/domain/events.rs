//! What happened: the facts that features tell each other and that the log keeps. Stored in the transaction that makes them
//! true, and never changed afterwards, so a variant may gain fields only with a default.

use serde::{Deserialize, Serialize};

use super::correction::Kind;
use super::ids::{
    AccountId, AuthorId, ClaimId, ConversationId, CorrectionId, FollowTarget, InvitationId,
    MessageId, ReportId,
};
use super::verification::{Level, ProofKind};

/// Declares the enum, its stored words and the list of them in one place.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? }),+ $(,)?) => {
        /// One thing that happened, with the numbers of what it happened to; travels as JSON with the field `kind`.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind")]
        pub enum Event {
            $($(#[$doc])* #[serde(rename = $kind)] $name { $($(#[$field_doc])* $field: $type),* }),+
        }

        impl Event {
            /// The words of all kinds of events.
            pub const KINDS: &[&str] = &[$($kind),+];

            /// The word stored for this kind of event, the same as in its JSON.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $kind),+
                }
            }
        }
    };
}

events! {
    /// Somebody signed up, or an operator created an account.
    AccountCreated = "account_created" { account: AccountId },
    /// An account's e-mail address was verified.
    EmailVerified = "email_verified" { account: AccountId },
    /// An account's password was set anew.
    PasswordChanged = "password_changed" { account: AccountId },
    /// An operator made an account a moderator.
    ModeratorGranted = "moderator_granted" { account: AccountId },
    /// An account follows something.
    Followed = "followed" { account: AccountId, target: FollowTarget },
    /// An account follows something no longer.
    Unfollowed = "unfollowed" { account: AccountId, target: FollowTarget },
    /// A claim was opened.
    ClaimStarted = "claim_started" { claim: ClaimId, author: AuthorId, account: AccountId },
    /// A proof for a claim was accepted.
    ClaimProved = "claim_proved" {
        claim: ClaimId, author: AuthorId, account: AccountId,
        /// The kind of proof.
        proof: ProofKind,
    },
    /// A claim waits for a moderator.
    ClaimPendingReview = "claim_pending_review" { claim: ClaimId, author: AuthorId, account: AccountId },
    /// A claim stands.
    ClaimApproved = "claim_approved" {
        claim: ClaimId, author: AuthorId, account: AccountId,
        /// The level it stands at.
        level: Level,
        /// The moderator who decided; none where the proof decided.
        by: Option<AccountId>,
    },
    /// A moderator rejected a claim.
    ClaimRejected = "claim_rejected" {
        claim: ClaimId, author: AuthorId, account: AccountId,
        /// The moderator.
        by: AccountId,
        /// The reason told to the claimant.
        reason: String,
    },
    /// The owner took a claim back.
    ClaimWithdrawn = "claim_withdrawn" { claim: ClaimId, author: AuthorId, account: AccountId },
    /// A second claim was made on a claimed author.
    ClaimContested = "claim_contested" {
        claim: ClaimId, author: AuthorId,
        /// The owner of the standing claim.
        account: AccountId,
        /// The second claim.
        contender: ClaimId,
    },
    /// A moderator decided a contest for the standing claim.
    ClaimUpheld = "claim_upheld" { claim: ClaimId, author: AuthorId, account: AccountId, by: AccountId },
    /// A moderator decided a contest for the second claim.
    ClaimTransferred = "claim_transferred" { claim: ClaimId, author: AuthorId, account: AccountId, by: AccountId },
    /// A moderator revoked a standing claim.
    ClaimRevoked = "claim_revoked" {
        claim: ClaimId, author: AuthorId, account: AccountId,
        /// The moderator.
        by: AccountId,
        /// The reason told to the owner.
        reason: String,
    },
    /// An invitation was sent.
    InvitationSent = "invitation_sent" { invitation: InvitationId, sender: AccountId, recipient: AccountId },
    /// The recipient saw an invitation.
    InvitationSeen = "invitation_seen" { invitation: InvitationId, sender: AccountId, recipient: AccountId },
    /// The recipient accepted, which opened a conversation.
    InvitationAccepted = "invitation_accepted" {
        invitation: InvitationId, sender: AccountId, recipient: AccountId,
        /// The conversation that it opened.
        conversation: ConversationId,
    },
    /// The recipient declined.
    InvitationDeclined = "invitation_declined" { invitation: InvitationId, sender: AccountId, recipient: AccountId },
    /// The sender took an invitation back.
    InvitationWithdrawn = "invitation_withdrawn" { invitation: InvitationId, sender: AccountId, recipient: AccountId },
    /// An invitation was open for too long.
    InvitationExpired = "invitation_expired" { invitation: InvitationId, sender: AccountId, recipient: AccountId },
    /// A message was written in a conversation.
    MessageSent = "message_sent" { message: MessageId, conversation: ConversationId, sender: AccountId, recipient: AccountId },
    /// Somebody reported or objected to an author's page.
    ReportFiled = "report_filed" {
        report: ReportId, author: AuthorId,
        /// The account that filed it; none for a visitor.
        by: Option<AccountId>,
    },
    /// A moderator decided a report.
    ReportDecided = "report_decided" {
        report: ReportId, author: AuthorId, by: AccountId,
        /// Whether the report was found right.
        upheld: bool,
    },
    /// Somebody corrected the record.
    Corrected = "corrected" {
        correction: CorrectionId, author: AuthorId,
        /// The second author that takes part.
        other: Option<AuthorId>,
        /// What kind of correction.
        correction_kind: Kind,
        by: AccountId,
    },
    /// A correction was undone.
    CorrectionUndone = "correction_undone" {
        correction: CorrectionId, author: AuthorId,
        /// The second author that takes part.
        other: Option<AuthorId>,
        /// What kind of correction.
        correction_kind: Kind,
        by: AccountId,
    },
    /// A moderator found that two similar authors are different people.
    AuthorsToldApart = "authors_told_apart" {
        /// The lower number.
        low: AuthorId,
        /// The higher number.
        high: AuthorId,
        by: AccountId,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_word_of_an_event_is_the_kind_in_its_json() {
        let event = Event::Followed {
            account: AccountId(1),
            target: FollowTarget::Topic(super::super::ids::TopicId(9)),
        };
        let json = serde_json::to_string(&event).unwrap();
        assert_eq!(
            json,
            r#"{"kind":"followed","account":1,"target":{"target":"topic","id":9}}"#
        );
        assert_eq!(event.kind(), "followed");
        assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
    }

    #[test]
    fn events_with_a_level_a_proof_and_a_missing_decider_come_back_whole() {
        for event in [
            Event::ClaimProved {
                claim: ClaimId(1),
                author: AuthorId(2),
                account: AccountId(3),
                proof: ProofKind::InstitutionEmail,
            },
            Event::ClaimApproved {
                claim: ClaimId(1),
                author: AuthorId(2),
                account: AccountId(3),
                level: Level::L2,
                by: None,
            },
            Event::ReportFiled {
                report: ReportId(4),
                author: AuthorId(2),
                by: None,
            },
        ] {
            let json = serde_json::to_string(&event).unwrap();
            assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), event);
        }
    }

    #[test]
    fn no_two_kinds_of_events_share_a_word() {
        let words: BTreeSet<_> = Event::KINDS.iter().collect();
        assert_eq!(words.len(), Event::KINDS.len());
    }
}
