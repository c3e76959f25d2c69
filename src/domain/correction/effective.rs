//! What all decisions about one authorship come to.

use serde::{Deserialize, Serialize};

use crate::domain::ids::AuthorId;

/// What a correction says of one authorship and one author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The author wrote it.
    Is,
    /// The author did not.
    IsNot,
    /// The author did, and does not want it on the page.
    Hidden,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Self; 3] = [Self::Is, Self::IsNot, Self::Hidden];

    /// The word stored for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is_not",
            Self::Hidden => "hidden",
        }
    }

    /// The reverse of [`Verdict::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|verdict| verdict.as_str() == word)
    }
}

/// One row of `authorship_decisions`, of a correction that was not undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The correction's number: a higher one came later.
    pub correction: i64,
    /// What it says.
    pub verdict: Verdict,
    /// Of whom, followed through mergers to the author who stands today.
    pub author: AuthorId,
}

/// What holds for one authorship, whatever is imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Whose it is, where somebody said so.
    pub is: Option<AuthorId>,
    /// Whose it is not, in ascending order.
    pub is_not: Vec<AuthorId>,
    /// Whether [`Decision::is`] wants it off the page.
    pub hidden: bool,
}

/// What the rulings on one authorship come to, in whatever order they are given.
///
/// The latest `is` or `hidden` says whose it is, unless a later `is_not` denies just that; an `is_not` holds until a later `is` or
/// `hidden` of the same author. What an author hid stays hidden while it stays with that author, so through a merger too.
pub fn effective(rulings: &[Ruling]) -> Decision {
    let mut ordered = rulings.to_vec();
    ordered.sort_by_key(|ruling| ruling.correction);
    let mut decision = Decision::default();
    for ruling in ordered {
        let author = ruling.author;
        if ruling.verdict == Verdict::IsNot {
            if let Err(place) = decision.is_not.binary_search(&author) {
                decision.is_not.insert(place, author);
            }
            if decision.is == Some(author) {
                decision.is = None;
                decision.hidden = false;
            }
            continue;
        }
        decision.is_not.retain(|denied| *denied != author);
        let stays_hidden = decision.hidden && decision.is == Some(author);
        decision.hidden = stays_hidden || ruling.verdict == Verdict::Hidden;
        decision.is = Some(author);
    }
    decision
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Hidden, Is, IsNot};
    use proptest::prelude::*;

    const ADA: AuthorId = AuthorId(1);
    const BEN: AuthorId = AuthorId(2);

    /// The rulings in the order in which they were made.
    fn told(rulings: &[(Verdict, AuthorId)]) -> Decision {
        let rows: Vec<Ruling> = (1..)
            .zip(rulings)
            .map(|(correction, (verdict, author))| Ruling {
                correction,
                verdict: *verdict,
                author: *author,
            })
            .collect();
        effective(&rows)
    }

    fn decision(is: Option<AuthorId>, is_not: &[AuthorId], hidden: bool) -> Decision {
        Decision {
            is,
            is_not: is_not.to_vec(),
            hidden,
        }
    }

    #[test]
    fn without_rulings_nothing_is_decided() {
        assert_eq!(told(&[]), Decision::default());
    }

    #[test]
    fn the_latest_author_named_wins() {
        assert_eq!(
            told(&[(Is, ADA), (Is, BEN)]),
            decision(Some(BEN), &[], false)
        );
    }

    #[test]
    fn a_denial_holds_beside_another_author() {
        assert_eq!(
            told(&[(IsNot, ADA), (Is, BEN)]),
            decision(Some(BEN), &[ADA], false)
        );
        assert_eq!(
            told(&[(Is, BEN), (IsNot, ADA)]),
            decision(Some(BEN), &[ADA], false)
        );
    }

    #[test]
    fn a_denial_ends_with_a_later_word_for_the_same_author() {
        assert_eq!(
            told(&[(IsNot, ADA), (Is, ADA)]),
            decision(Some(ADA), &[], false)
        );
        assert_eq!(
            told(&[(IsNot, ADA), (Hidden, ADA)]),
            decision(Some(ADA), &[], true)
        );
    }

    #[test]
    fn a_later_denial_leaves_nobody_named() {
        assert_eq!(
            told(&[(Is, BEN), (Is, ADA), (IsNot, ADA)]),
            decision(None, &[ADA], false)
        );
        assert_eq!(
            told(&[(Hidden, ADA), (IsNot, ADA)]),
            decision(None, &[ADA], false)
        );
    }

    #[test]
    fn what_is_hidden_stays_hidden_with_its_author_and_not_with_another() {
        assert_eq!(
            told(&[(Hidden, ADA), (Is, ADA)]),
            decision(Some(ADA), &[], true)
        );
        assert_eq!(
            told(&[(Hidden, ADA), (Is, BEN)]),
            decision(Some(BEN), &[], false)
        );
        assert_eq!(
            told(&[(Hidden, ADA), (Is, BEN), (Is, ADA)]),
            decision(Some(ADA), &[], false)
        );
    }

    #[test]
    fn the_word_of_a_verdict_comes_back() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::parse(verdict.as_str()), Some(verdict));
        }
        assert_eq!(Verdict::parse("maybe"), None);
    }

    proptest! {
        #[test]
        fn nobody_is_named_and_denied_at_once_and_the_order_of_rows_does_not_matter(
            rulings in prop::collection::vec((0..3_usize, 1..4_i64), 0..12), turn in 0..12_usize
        ) {
            let mut rows: Vec<Ruling> = (1..).zip(rulings).map(|(correction, (verdict, author))| Ruling {
                correction, verdict: Verdict::ALL[verdict], author: AuthorId(author),
            }).collect();
            let decided = effective(&rows);
            prop_assert!(decided.is.is_none_or(|is| !decided.is_not.contains(&is)));
            prop_assert!(!decided.hidden || decided.is.is_some());
            let turn = turn % rows.len().max(1);
            rows.rotate_left(turn);
            prop_assert_eq!(effective(&rows), decided);
        }
    }
}
