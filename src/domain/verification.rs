//! Verification: who stands behind a record (see docs/rules.md).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::clock::{Millis, YEAR};

/// A co-author is a close collaborator from this many joint works on.
pub const CLOSE_COLLABORATOR_MIN_JOINT_WORKS: i64 = 5;
/// A signed-in ORCID record proves from this many works on that it shares with the author.
pub const ORCID_MIN_SHARED_WORKS: i64 = 2;

/// How well it is known who stands behind a record; a higher level compares greater.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Level {
    /// A cluster of names, nothing else.
    #[default]
    L0,
    /// Unclaimed, but a work carries an identifier from a registry.
    L1,
    /// Claimed, with a verified e-mail, selected works and one proof.
    L2,
    /// L2 and a signed-in ORCID iD that shares works.
    L3,
    /// L3 and a second proof of another kind.
    L4,
}

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Self; 5] = [Self::L0, Self::L1, Self::L2, Self::L3, Self::L4];

    /// The number stored for this level, 0 to 4.
    pub fn as_i64(self) -> i64 {
        match self {
            Self::L0 => 0,
            Self::L1 => 1,
            Self::L2 => 2,
            Self::L3 => 3,
            Self::L4 => 4,
        }
    }

    /// The reverse of [`Level::as_i64`]; `None` outside 0 to 4.
    pub fn from_i64(level: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_i64() == level)
    }

    /// `L0` to `L4`.
    pub fn label(self) -> &'static str {
        match self {
            Self::L0 => "L0",
            Self::L1 => "L1",
            Self::L2 => "L2",
            Self::L3 => "L3",
            Self::L4 => "L4",
        }
    }

    /// One sentence for readers.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::L0 => "A cluster of names; nothing else is known about who stands behind it.",
            Self::L1 => {
                "Unclaimed; at least one work carries an identifier from a registry such as arXiv or DOI."
            }
            Self::L2 => "Claimed by a person with a verified e-mail address and one proof.",
            Self::L3 => {
                "Claimed, and a signed-in ORCID iD shares two or more works with this author."
            }
            Self::L4 => "Claimed, with a signed-in ORCID iD and a second proof of another kind.",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// One way to show that a claimant is the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofKind {
    /// Mail received at an address at a domain of one of the author's institutions.
    InstitutionEmail,
    /// Mail received at an address printed in one of the works.
    PrintedEmail,
    /// A home page that links back with `rel="me"`.
    RelMe,
    /// A moderator who checked.
    Moderator,
    /// A signed-in ORCID iD (OpenID Connect).
    Orcid,
    /// The word of a close collaborator at L3 or above, see [`may_vouch`].
    Voucher,
}

impl ProofKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::InstitutionEmail,
        Self::PrintedEmail,
        Self::RelMe,
        Self::Moderator,
        Self::Orcid,
        Self::Voucher,
    ];

    /// The word stored for this kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InstitutionEmail => "institution_email",
            Self::PrintedEmail => "printed_email",
            Self::RelMe => "rel_me",
            Self::Moderator => "moderator",
            Self::Orcid => "orcid",
            Self::Voucher => "voucher",
        }
    }

    /// The reverse of [`ProofKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The kind in words, to follow "proved by".
    pub fn in_words(self) -> &'static str {
        match self {
            Self::InstitutionEmail => "an e-mail address at the author's institution",
            Self::PrintedEmail => "an e-mail address printed in one of the works",
            Self::RelMe => "a home page that links back",
            Self::Moderator => "a moderator who checked",
            Self::Orcid => "a signed-in ORCID iD",
            Self::Voucher => "the word of a verified close collaborator",
        }
    }

    /// Whether this proof alone can carry a claim to L2.
    pub fn opens_claim(self) -> bool {
        matches!(
            self,
            Self::InstitutionEmail | Self::PrintedEmail | Self::RelMe | Self::Moderator
        )
    }

    /// Whether this proof can be the second one that L4 takes.
    pub fn completes_l4(self) -> bool {
        matches!(
            self,
            Self::InstitutionEmail | Self::Voucher | Self::Moderator
        )
    }
}

/// What is known about one author's record. Negative counts are read as 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Works that carry an identifier from a registry (`Scheme::is_registry`).
    pub registry_works: i64,
    /// Whether a claim on the author stands, or would stand once decided.
    pub claimed: bool,
    /// Whether the claimant's account has a verified e-mail address.
    pub email_verified: bool,
    /// Works that the claimant selected as their own.
    pub works_selected: i64,
    /// The proofs on file for the claim, in any order; repeats of a kind count once.
    pub proofs: Vec<ProofKind>,
    /// Works that the claimant's signed-in public ORCID record shares with this author, counting only entries whose source
    /// is somebody other than the person. Means something only beside [`ProofKind::Orcid`].
    pub orcid_shared_works: i64,
}

/// The level that the facts carry, by the table in docs/rules.md.
///
/// Each level takes the one below it, so no number of proofs skips a missing one. L4's second proof has to be of another
/// kind than the proof that carries L2, and than the ORCID iD of L3.
pub fn level(facts: &Facts) -> Level {
    let unclaimed = if facts.registry_works >= 1 {
        Level::L1
    } else {
        Level::L0
    };
    let standing = facts.claimed && facts.email_verified && facts.works_selected >= 1;
    if !standing || !facts.proofs.iter().any(|kind| kind.opens_claim()) {
        return unclaimed;
    }
    let by_orcid = facts.proofs.contains(&ProofKind::Orcid)
        && facts.orcid_shared_works >= ORCID_MIN_SHARED_WORKS;
    if !by_orcid {
        return Level::L2;
    }
    let two_kinds = facts.proofs.iter().any(|first| {
        first.opens_claim()
            && facts
                .proofs
                .iter()
                .any(|second| second.completes_l4() && second != first)
    });
    if two_kinds { Level::L4 } else { Level::L3 }
}

/// Whether a person at `level` with `joint_works` joint works may vouch for a claimant.
pub fn may_vouch(level: Level, joint_works: i64) -> bool {
    level >= Level::L3 && joint_works >= CLOSE_COLLABORATOR_MIN_JOINT_WORKS
}

/// When a claim checked at `checked_at` is due to be checked again: a year later. `None` below L2, where nothing was
/// checked.
pub fn recheck_due(level: Level, checked_at: Millis) -> Option<Millis> {
    (level >= Level::L2).then(|| checked_at.saturating_add(YEAR))
}

#[cfg(test)]
mod tests {
    use super::ProofKind::*;
    use super::*;

    fn claimed(proofs: &[ProofKind]) -> Facts {
        Facts {
            registry_works: 3,
            claimed: true,
            email_verified: true,
            works_selected: 2,
            proofs: proofs.to_vec(),
            orcid_shared_works: 2,
        }
    }

    /// All 64 sets of proof kinds.
    fn proof_sets() -> impl Iterator<Item = Vec<ProofKind>> {
        (0..1u32 << ProofKind::ALL.len()).map(|bits| {
            ProofKind::ALL
                .into_iter()
                .enumerate()
                .filter(|(place, _)| bits & (1 << place) != 0)
                .map(|(_, kind)| kind)
                .collect()
        })
    }

    #[test]
    fn levels_and_proof_kinds_survive_their_stored_form() {
        for level in Level::ALL {
            assert_eq!(Level::from_i64(level.as_i64()), Some(level));
        }
        assert_eq!(Level::from_i64(5), None);
        assert_eq!(Level::from_i64(-1), None);
        for kind in ProofKind::ALL {
            assert_eq!(ProofKind::parse(kind.as_str()), Some(kind));
            assert_eq!(
                serde_json::to_string(&kind).unwrap(),
                format!("\"{}\"", kind.as_str())
            );
        }
    }

    #[test]
    fn an_unclaimed_author_is_l1_with_a_registered_work_and_l0_without() {
        assert_eq!(level(&Facts::default()), Level::L0);
        let registered = Facts {
            registry_works: 1,
            ..Facts::default()
        };
        assert_eq!(level(&registered), Level::L1);
    }

    #[test]
    fn each_of_four_proofs_opens_l2_and_the_other_two_do_not() {
        for kind in ProofKind::ALL {
            let expected = match kind {
                InstitutionEmail | PrintedEmail | RelMe | Moderator => Level::L2,
                Orcid | Voucher => Level::L1,
            };
            assert_eq!(level(&claimed(&[kind])), expected, "{kind:?}");
        }
        assert_eq!(level(&claimed(&[Orcid, Voucher])), Level::L1);
    }

    #[test]
    fn l2_takes_the_claim_the_verified_email_and_selected_works_together() {
        let whole = claimed(&[RelMe]);
        assert_eq!(level(&whole), Level::L2);
        for lacking in [
            Facts {
                claimed: false,
                ..whole.clone()
            },
            Facts {
                email_verified: false,
                ..whole.clone()
            },
            Facts {
                works_selected: 0,
                ..whole.clone()
            },
        ] {
            assert_eq!(level(&lacking), Level::L1, "{lacking:?}");
        }
        let unregistered = Facts {
            registry_works: 0,
            ..whole
        };
        assert_eq!(level(&unregistered), Level::L2);
    }

    #[test]
    fn l3_takes_a_signed_in_orcid_that_shares_two_works() {
        let mut facts = claimed(&[PrintedEmail, Orcid]);
        assert_eq!(level(&facts), Level::L3);
        facts.orcid_shared_works = 1;
        assert_eq!(level(&facts), Level::L2);
        facts.orcid_shared_works = 2;
        facts.proofs = vec![PrintedEmail];
        assert_eq!(level(&facts), Level::L2);
    }

    #[test]
    fn l4_takes_a_second_proof_of_another_kind() {
        for (proofs, expected) in [
            (vec![InstitutionEmail, Orcid], Level::L3),
            (vec![Moderator, Orcid], Level::L3),
            (vec![InstitutionEmail, InstitutionEmail, Orcid], Level::L3),
            (vec![PrintedEmail, RelMe, Orcid], Level::L3),
            (vec![PrintedEmail, InstitutionEmail, Orcid], Level::L4),
            (vec![InstitutionEmail, Moderator, Orcid], Level::L4),
            (vec![RelMe, Voucher, Orcid], Level::L4),
            (vec![InstitutionEmail, Voucher, Orcid], Level::L4),
            (vec![InstitutionEmail, Moderator, Voucher], Level::L2),
        ] {
            assert_eq!(level(&claimed(&proofs)), expected, "{proofs:?}");
        }
    }

    #[test]
    fn picking_publications_never_raises_a_level_by_itself() {
        for proofs in proof_sets().filter(|set| !set.iter().any(|kind| kind.opens_claim())) {
            for claim in [false, true] {
                for works_selected in [0, 1, 40, i64::MAX] {
                    let facts = Facts {
                        claimed: claim,
                        works_selected,
                        ..claimed(&proofs)
                    };
                    assert_eq!(level(&facts), Level::L1, "{facts:?}");
                }
            }
        }
        for proofs in proof_sets() {
            let some = claimed(&proofs);
            let many = Facts {
                works_selected: i64::MAX,
                ..some.clone()
            };
            assert_eq!(level(&some), level(&many));
        }
    }

    #[test]
    fn a_further_proof_never_lowers_a_level() {
        for proofs in proof_sets() {
            for kind in ProofKind::ALL {
                let mut more = proofs.clone();
                more.push(kind);
                assert!(level(&claimed(&more)) >= level(&claimed(&proofs)));
            }
        }
    }

    #[test]
    fn only_a_close_collaborator_at_l3_or_above_may_vouch() {
        assert!(may_vouch(Level::L3, 5));
        assert!(may_vouch(Level::L4, 9));
        assert!(!may_vouch(Level::L2, 9));
        assert!(!may_vouch(Level::L4, 4));
    }

    #[test]
    fn a_claim_is_due_for_a_check_a_year_after_the_last() {
        assert_eq!(recheck_due(Level::L2, 1_000), Some(1_000 + YEAR));
        assert_eq!(recheck_due(Level::L1, 1_000), None);
        assert_eq!(recheck_due(Level::L4, i64::MAX), Some(i64::MAX));
    }
}
