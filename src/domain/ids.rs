//! Row numbers as types, so that a work's number can't be handed over where an author's is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that is no row number: anything but a positive decimal number in its one canonical spelling.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("This is not a valid number of a record.")]
pub struct InvalidId;

/// Only `1`, `2`, ... up to `i64::MAX`: `+7`, `007` and `0` would give one page several addresses.
fn parse_id(text: &str) -> Result<i64, InvalidId> {
    let canonical = !text.is_empty()
        && !text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit());
    if canonical {
        text.parse().map_err(|_| InvalidId)
    } else {
        Err(InvalidId)
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                parse_id(text).map(Self)
            }
        }

        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// Number of an author: the public record of one person.
    AuthorId,
    /// Number of a work.
    WorkId,
    /// Number of a topic.
    TopicId,
    /// Number of an institution.
    InstitutionId,
    /// Number of an account.
    AccountId,
    /// Number of a claim.
    ClaimId,
    /// Number of an invitation.
    InvitationId,
    /// Number of a conversation.
    ConversationId,
    /// Number of a message in a conversation.
    MessageId,
    /// Number of a report.
    ReportId,
    /// Number of a correction.
    CorrectionId,
}

/// What an account can follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "target", content = "id", rename_all = "snake_case")]
pub enum FollowTarget {
    /// An author.
    Author(AuthorId),
    /// A topic.
    Topic(TopicId),
    /// An institution.
    Institution(InstitutionId),
}

impl FollowTarget {
    /// The word stored for the kind of target: `author`, `topic` or `institution`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Author(_) => "author",
            Self::Topic(_) => "topic",
            Self::Institution(_) => "institution",
        }
    }

    /// The number stored beside [`FollowTarget::kind`].
    pub fn id(&self) -> i64 {
        match self {
            Self::Author(id) => id.0,
            Self::Topic(id) => id.0,
            Self::Institution(id) => id.0,
        }
    }

    /// The reverse of [`FollowTarget::kind`] and [`FollowTarget::id`]; `None` for an unknown word.
    pub fn parse(kind: &str, id: i64) -> Option<Self> {
        match kind {
            "author" => Some(Self::Author(AuthorId(id))),
            "topic" => Some(Self::Topic(TopicId(id))),
            "institution" => Some(Self::Institution(InstitutionId(id))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_exactly_one_spelling() {
        assert_eq!("7".parse(), Ok(AuthorId(7)));
        assert_eq!("9223372036854775807".parse(), Ok(WorkId(i64::MAX)));
        for wrong in [
            "",
            "0",
            "007",
            "+7",
            "-7",
            " 7",
            "7 ",
            "7a",
            "٧",
            "9223372036854775808",
        ] {
            assert_eq!(wrong.parse::<AuthorId>(), Err(InvalidId), "{wrong:?}");
        }
        assert_eq!(AuthorId(12).to_string().parse(), Ok(AuthorId(12)));
    }

    #[test]
    fn an_id_travels_as_a_bare_number() {
        assert_eq!(serde_json::to_string(&ClaimId(3)).unwrap(), "3");
        assert_eq!(serde_json::from_str::<ClaimId>("3").unwrap(), ClaimId(3));
    }

    #[test]
    fn a_follow_target_survives_its_two_columns() {
        for target in [
            FollowTarget::Author(AuthorId(1)),
            FollowTarget::Topic(TopicId(2)),
            FollowTarget::Institution(InstitutionId(3)),
        ] {
            assert_eq!(
                FollowTarget::parse(target.kind(), target.id()),
                Some(target)
            );
        }
        assert_eq!(FollowTarget::parse("work", 1), None);
    }
}
