//! Corrections: what people said about the record, over whatever is imported (see docs/rules.md).
//!
//! The state of an authorship is what sources say, and over it every correction that was not undone.

mod effective;

pub use effective::{Decision, Ruling, Verdict, effective};
