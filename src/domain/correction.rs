//! Corrections: what people said about the record, over whatever is imported (see docs/rules.md).
//!
//! The state of an authorship is what sources say, and over it every correction that was not undone ([`effective`]). Who may
//! correct and what is refused is in [`rules`]; which names are shown no more in [`FormerNames`].

mod detail;
mod effective;
mod former;
mod naming;
pub mod rules;

pub use detail::{Change, Detail, Follower, Kind, Moved};
pub use effective::{Decision, Ruling, Verdict, effective};
pub use former::{FormerNames, former_keys};
pub use naming::{NAME_MAX_CHARS, akin, chosen_name};
pub use rules::{Refusal, Role, Stakes, checked_reason, role};
