//! What travels between server and browser about following.

use serde::{Deserialize, Serialize};

/// How things stand between a viewer and what may be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowState {
    /// How many accounts follow it.
    pub followers: i64,
    /// Whether the viewer is among them.
    pub following: bool,
    /// Whether there is a viewer at all.
    pub logged_in: bool,
}
