//! What travels between server and browser about topics.

use serde::{Deserialize, Serialize};

/// A topic's page, without its works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicPage {
    /// Row number.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Scheme and code, for example (arxiv, cs.LG).
    pub code: (String, String),
    /// The address that this page should have.
    pub canonical: String,
    /// Authors, those with the most works first: name, address, works, claimed.
    pub authors: Vec<(String, String, i64, bool)>,
}
