//! Who may read and decide what. Ownership is compared here, once; services hand in the owners that they looked up.

use serde::{Deserialize, Serialize};

use super::ids::AccountId;

/// What a person may do at most, beyond what they own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// No account.
    Visitor,
    /// An account.
    Researcher,
    /// An account that decides claims and reports.
    Moderator,
}

/// Who is asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Viewer {
    /// The logged-in account; `None` for a visitor.
    pub account: Option<AccountId>,
    /// Whether that account's e-mail address is verified.
    pub email_verified: bool,
    /// Whether that account is a moderator.
    pub moderator: bool,
}

impl Viewer {
    /// Somebody without an account.
    pub const VISITOR: Self = Self {
        account: None,
        email_verified: false,
        moderator: false,
    };

    /// The role. A moderator flag without an account counts for nothing.
    pub fn role(&self) -> Role {
        match self.account {
            None => Role::Visitor,
            Some(_) if self.moderator => Role::Moderator,
            Some(_) => Role::Researcher,
        }
    }

    /// Whether the viewer is this account.
    pub fn is(&self, account: AccountId) -> bool {
        self.account == Some(account)
    }

    /// Proof that the viewer is a moderator, for functions that only moderators reach.
    pub fn as_moderator(&self) -> Option<Moderator> {
        match (self.role(), self.account) {
            (Role::Moderator, Some(account)) => Some(Moderator { account }),
            _ => None,
        }
    }

    /// Settings, sessions and mail of an account: its owner's alone.
    pub fn may_manage_account(&self, account: AccountId) -> bool {
        self.is(account)
    }

    /// A claim and its evidence: its owner and moderators.
    pub fn may_read_claim(&self, owner: AccountId) -> bool {
        self.is(owner) || self.role() == Role::Moderator
    }

    /// A claim is decided by a moderator, never by one who takes part in it: its owner, or the other side of a contest.
    pub fn may_decide_claim(&self, owner: AccountId, contestant: Option<AccountId>) -> bool {
        self.role() == Role::Moderator && !self.is(owner) && self.account != contestant
    }

    /// An invitation: its two people, nobody else, moderators included.
    pub fn may_read_invitation(&self, sender: AccountId, recipient: AccountId) -> bool {
        self.is(sender) || self.is(recipient)
    }

    /// A conversation: the people in it, nobody else, moderators included.
    pub fn may_read_conversation(&self, people: &[AccountId]) -> bool {
        people.iter().any(|person| self.is(*person))
    }

    /// A report: a moderator who is neither its subject nor the one who filed it.
    pub fn may_decide_report(
        &self,
        reporter: Option<AccountId>,
        subject: Option<AccountId>,
    ) -> bool {
        self.role() == Role::Moderator && self.account != reporter && self.account != subject
    }
}

/// A moderator's account. Made by [`Viewer::as_moderator`] only, so holding one proves the privilege.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moderator {
    account: AccountId,
}

impl Moderator {
    /// The moderator's account.
    pub fn account(&self) -> AccountId {
        self.account
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: AccountId = AccountId(1);
    const BEN: AccountId = AccountId(2);
    const CLEO: AccountId = AccountId(3);

    fn viewer(account: AccountId, moderator: bool) -> Viewer {
        Viewer {
            account: Some(account),
            email_verified: true,
            moderator,
        }
    }

    #[test]
    fn a_moderator_flag_without_an_account_counts_for_nothing() {
        let impossible = Viewer {
            account: None,
            email_verified: true,
            moderator: true,
        };
        assert_eq!(impossible.role(), Role::Visitor);
        assert_eq!(impossible.as_moderator(), None);
        assert!(!impossible.may_decide_claim(ADA, None));
        assert!(!impossible.may_decide_report(Some(ADA), None));
    }

    #[test]
    fn only_a_moderator_can_be_taken_for_one() {
        assert_eq!(viewer(ADA, false).as_moderator(), None);
        let proof = viewer(ADA, true).as_moderator().unwrap();
        assert_eq!(proof.account(), ADA);
    }

    #[test]
    fn a_moderator_decides_on_no_claim_that_is_theirs() {
        assert!(viewer(CLEO, true).may_decide_claim(ADA, Some(BEN)));
        assert!(!viewer(ADA, true).may_decide_claim(ADA, Some(BEN)));
        assert!(!viewer(BEN, true).may_decide_claim(ADA, Some(BEN)));
        assert!(!viewer(CLEO, false).may_decide_claim(ADA, None));
    }

    #[test]
    fn a_claim_is_read_by_its_owner_and_by_moderators() {
        assert!(viewer(ADA, false).may_read_claim(ADA));
        assert!(viewer(CLEO, true).may_read_claim(ADA));
        assert!(!viewer(BEN, false).may_read_claim(ADA));
        assert!(!Viewer::VISITOR.may_read_claim(ADA));
    }

    #[test]
    fn letters_between_two_people_are_theirs_alone() {
        for person in [ADA, BEN] {
            assert!(viewer(person, false).may_read_invitation(ADA, BEN));
            assert!(viewer(person, false).may_read_conversation(&[ADA, BEN]));
        }
        for stranger in [Viewer::VISITOR, viewer(CLEO, false), viewer(CLEO, true)] {
            assert!(!stranger.may_read_invitation(ADA, BEN));
            assert!(!stranger.may_read_conversation(&[ADA, BEN]));
            assert!(!stranger.may_manage_account(ADA));
        }
    }

    #[test]
    fn a_report_is_decided_by_a_moderator_outside_of_it() {
        assert!(viewer(CLEO, true).may_decide_report(Some(ADA), Some(BEN)));
        assert!(viewer(CLEO, true).may_decide_report(None, None));
        assert!(!viewer(ADA, true).may_decide_report(Some(ADA), Some(BEN)));
        assert!(!viewer(BEN, true).may_decide_report(None, Some(BEN)));
        assert!(!viewer(CLEO, false).may_decide_report(None, None));
    }
}
