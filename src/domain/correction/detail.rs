//! What is kept of a correction so that it can be undone exactly.

use serde::{Deserialize, Serialize};

use super::rules::Role;
use crate::domain::ids::{AccountId, AuthorId, ReportId, WorkId};

/// The kinds of corrections, as stored and as their history tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Two authors are one person.
    Merge,
    /// Some works are another person's.
    Split,
    /// A work is not this author's.
    NotMine,
    /// A work is this author's.
    Mine,
    /// Another name is shown.
    Rename,
    /// A work, or the whole page, is not shown.
    Hide,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Merge,
        Self::Split,
        Self::NotMine,
        Self::Mine,
        Self::Rename,
        Self::Hide,
    ];

    /// The word stored for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Split => "split",
            Self::NotMine => "not_mine",
            Self::Mine => "mine",
            Self::Rename => "rename",
            Self::Hide => "hide",
        }
    }

    /// The reverse of [`Kind::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// What it is called in a table.
    pub fn title(self) -> &'static str {
        match self {
            Self::Merge => "Merger",
            Self::Split => "Split",
            Self::NotMine => "Not mine",
            Self::Mine => "This is mine",
            Self::Rename => "Change of name",
            Self::Hide => "Hiding",
        }
    }

    /// What it is called in a sentence, with its article.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Merge => "a merger",
            Self::Split => "a split",
            Self::NotMine => "a “not mine”",
            Self::Mine => "a “this is mine”",
            Self::Rename => "a change of name",
            Self::Hide => "a hiding",
        }
    }
}

/// An authorship as it was before a correction. It is named as in `authorship_decisions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The work.
    pub work: WorkId,
    /// The folded printed name.
    pub key: String,
    /// From 1, among equal keys on that work.
    pub nth: i64,
    /// Whose it was.
    pub from: Option<AuthorId>,
    /// What its author had said: `confirmed` or `hidden`.
    pub stance: Option<String>,
}

/// A follower of an author that was merged away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follower {
    /// Who.
    pub account: AccountId,
    /// Since when, epoch milliseconds.
    pub since: i64,
    /// Whether they followed the other author too.
    pub both: bool,
}

/// What a correction changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Everything of the other author came here.
    Merge {
        /// Its authorships.
        moved: Vec<Moved>,
        /// Its followers.
        followers: Vec<Follower>,
        /// Reports about it.
        reports: Vec<ReportId>,
    },
    /// Works went to the other author.
    Split {
        /// Their authorships.
        moved: Vec<Moved>,
        /// Whether the other author was made for them.
        created: bool,
    },
    /// A work went to a new author.
    NotMine {
        /// Its authorships.
        moved: Vec<Moved>,
    },
    /// A work came from the other author, or from nobody.
    Mine {
        /// Its authorship.
        moved: Vec<Moved>,
        /// Whether the other author had nothing else, so that its address now leads here.
        emptied: bool,
    },
    /// The name shown.
    Rename {
        /// Until then.
        before: String,
        /// Whether that had been chosen by a person.
        decided_before: bool,
        /// Since then.
        after: String,
        /// Folded names that became former ones.
        former: Vec<String>,
    },
    /// A work is not on the page any more.
    HideWork {
        /// Its authorships.
        moved: Vec<Moved>,
    },
    /// The page is not shown any more.
    HidePage,
}

/// All that is kept of a correction beside its row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// As what its author acted.
    pub role: Role,
    /// What it changed.
    #[serde(flatten)]
    pub change: Change,
}

impl Change {
    /// The authorships that changed.
    pub fn moved(&self) -> &[Moved] {
        match self {
            Self::Merge { moved, .. }
            | Self::Split { moved, .. }
            | Self::NotMine { moved }
            | Self::Mine { moved, .. }
            | Self::HideWork { moved } => moved,
            Self::Rename { .. } | Self::HidePage => &[],
        }
    }

    /// The kind that is stored for it.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Merge { .. } => Kind::Merge,
            Self::Split { .. } => Kind::Split,
            Self::NotMine { .. } => Kind::NotMine,
            Self::Mine { .. } => Kind::Mine,
            Self::Rename { .. } => Kind::Rename,
            Self::HideWork { .. } | Self::HidePage => Kind::Hide,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_a_correction_comes_back_whole() {
        let moved = vec![Moved {
            work: WorkId(3),
            key: "ada quillfeather".into(),
            nth: 1,
            from: Some(AuthorId(2)),
            stance: Some("hidden".into()),
        }];
        for change in [
            Change::Merge {
                moved: moved.clone(),
                followers: vec![Follower {
                    account: AccountId(5),
                    since: 7,
                    both: true,
                }],
                reports: vec![ReportId(4)],
            },
            Change::Mine {
                moved,
                emptied: true,
            },
            Change::HidePage,
        ] {
            let detail = Detail {
                role: Role::Moderator,
                change,
            };
            let json = serde_json::to_string(&detail).unwrap();
            assert_eq!(serde_json::from_str::<Detail>(&json).unwrap(), detail);
        }
    }

    #[test]
    fn the_word_of_a_kind_comes_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::parse("erase"), None);
    }
}
