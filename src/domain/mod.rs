//! The rules of the research network: pure functions and parsed values.
//!
//! Nothing here reads a clock, a database, a file or a random number, so the same code decides on the server, answers in
//! the browser, and can be tested exhaustively. Every instant is epoch milliseconds (UTC) handed in by the caller.

pub mod affiliation;
pub mod claim;
pub mod clock;
pub mod correction;
pub mod countries;
pub mod email;
pub mod events;
pub mod graph;
pub mod identifiers;
pub mod identity;
pub mod ids;
pub mod invitation;
pub mod matching;
pub mod names;
pub mod permission;
pub mod trust;
pub mod verification;
pub mod work;
