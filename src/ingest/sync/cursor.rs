//! How far a target has been fetched from a source: a text that the caller keeps and does not look into.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Cursors of another version are not understood; the target is then fetched from its beginning.
const VERSION: u32 = 1;

/// Where the next request goes on. Kept in the same transaction as the records of its page, nothing is lost when
/// the program is killed: what was fetched and not kept is fetched again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// A cursor as it was kept.
    pub fn kept(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text to keep.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it says; the beginning if that cannot be understood.
    pub(super) fn state(&self) -> State {
        match serde_json::from_str::<State>(&self.0) {
            Ok(state) if state.version == VERSION => state,
            _ => {
                tracing::warn!("a kept cursor is not understood; the target is fetched anew");
                State::default()
            }
        }
    }
}

/// What a cursor says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    #[serde(rename = "v")]
    version: u32,
    /// The day (ISO) from which on records are asked for; `None` for all there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The list that is being walked; `None` between two runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk: Option<Walk>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            version: VERSION,
            since: None,
            walk: None,
        }
    }
}

impl State {
    /// Between two runs, of which the next asks from this day on.
    pub fn from_day(since: String) -> Self {
        Self {
            since: Some(since),
            ..Self::default()
        }
    }

    pub fn cursor(&self) -> Cursor {
        let text = serde_json::to_string(self).expect("texts and numbers can be written as JSON");
        Cursor(text)
    }
}

/// A list that is being walked, page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Walk {
    /// What to ask with for the next page, in the source's words.
    pub next: String,
    /// The day (ISO) from which on the next run asks: when this list was opened by the server's clock, and some days
    /// before.
    pub mark: String,
    /// How many entries of the list came so far.
    pub seen: u64,
    /// How many the source says there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// How many pages came so far.
    pub pages: u64,
    /// How many of the last of them were empty.
    #[serde(default)]
    pub empty: u32,
    #[serde(default)]
    pub lap: Lap,
}

/// Notices a list that leads in a circle, by Brent's algorithm: one page is remembered and compared with those after it,
/// and exchanged for a newer one after twice as many pages each time. So a circle of any length is found without
/// remembering every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lap {
    remembered: String,
    since: u64,
    until: u64,
}

impl Lap {
    /// Takes a page; whether it is the remembered one again.
    pub fn closes_with(&mut self, page: &str) -> bool {
        if self.remembered == page {
            return true;
        }
        self.since += 1;
        if self.since > self.until {
            self.remembered = page.to_owned();
            self.until = (2 * self.until).max(1);
            self.since = 0;
        }
        false
    }
}

/// What a page is known by: what it holds and where it leads.
pub(super) fn fingerprint<'p>(next: &'p str, parts: impl Iterator<Item = &'p str>) -> String {
    use std::fmt::Write;
    let mut hash = Sha256::new();
    for part in std::iter::once(next).chain(parts) {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(part);
    }
    let mut text = String::with_capacity(32);
    for byte in &hash.finalize()[..16] {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_as_what_it_says() {
        let state = State {
            since: Some("2026-11-20".to_owned()),
            walk: Some(Walk {
                next: "a \"token\"".to_owned(),
                mark: "2026-11-22".to_owned(),
                seen: 7,
                total: Some(9),
                pages: 2,
                empty: 1,
                lap: Lap::default(),
            }),
            ..State::default()
        };
        assert_eq!(Cursor::kept(state.cursor().as_str()).state(), state);
    }

    #[test]
    fn what_is_no_cursor_of_this_version_means_the_beginning() {
        for text in ["", "x", "{}", r#"{"v":2}"#, r#"{"v":1,"walk":{}}"#, "[1]"] {
            assert_eq!(Cursor::kept(text).state(), State::default(), "{text}");
        }
    }

    #[test]
    fn circles_of_any_length_are_noticed_and_straight_lists_are_not() {
        for (tail, circle) in [(0, 1), (1, 1), (5, 1), (0, 2), (3, 7), (40, 13)] {
            let mut lap = Lap::default();
            let page = |at: u64| {
                if at < tail {
                    at
                } else {
                    tail + (at - tail) % circle
                }
            };
            let closed = (0..).find(|at| lap.closes_with(&page(*at).to_string()));
            assert!(closed.unwrap() <= 4 * (tail + circle), "{tail} {circle}");
        }
        let mut lap = Lap::default();
        assert!((0..10_000).all(|at: u32| !lap.closes_with(&at.to_string())));
    }

    #[test]
    fn pages_that_divide_their_parts_otherwise_are_different() {
        let print = |next, parts: &[&str]| fingerprint(next, parts.iter().copied());
        assert_eq!(print("a", &["b", "c"]), print("a", &["b", "c"]));
        assert_ne!(print("a", &["b", "c"]), print("a", &["bc"]));
        assert_ne!(print("a", &["b"]), print("b", &["a"]));
    }
}
