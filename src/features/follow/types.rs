//! What travels between server and browser about following.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::ids::{AuthorId, InstitutionId, TopicId};

/// What an account can follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Target {
    /// An author's new works and changes.
    Author(AuthorId),
    /// New works on a topic.
    Topic(TopicId),
    /// New works of an institution's authors.
    Institution(InstitutionId),
}

impl Target {
    /// The kind in a word, as forms and the database have it.
    pub fn kind(self) -> &'static str {
        match self {
            Target::Author(_) => "author",
            Target::Topic(_) => "topic",
            Target::Institution(_) => "institution",
        }
    }

    /// The row number.
    pub fn id(self) -> i64 {
        match self {
            Target::Author(id) => id.0,
            Target::Topic(id) => id.0,
            Target::Institution(id) => id.0,
        }
    }

    /// From a form's two fields.
    pub fn parse(kind: &str, id: &str) -> Option<Self> {
        Some(match kind {
            "author" => Target::Author(AuthorId::from_str(id).ok()?),
            "topic" => Target::Topic(TopicId::from_str(id).ok()?),
            "institution" => Target::Institution(InstitutionId::from_str(id).ok()?),
            _ => return None,
        })
    }

    /// What the button says.
    pub fn noun(self) -> &'static str {
        match self {
            Target::Author(_) => "researcher",
            Target::Topic(_) => "topic",
            Target::Institution(_) => "institution",
        }
    }
}

/// How things stand between a viewer and a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowState {
    /// How many accounts follow the target.
    pub followers: i64,
    /// Whether the viewer is among them.
    pub following: bool,
    /// Whether there is a viewer at all.
    pub logged_in: bool,
}
