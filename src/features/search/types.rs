//! What travels between server and browser about searching and lists of authors.

use serde::{Deserialize, Serialize};

/// An author in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorHit {
    /// Name.
    pub name: String,
    /// Address of the page.
    pub href: String,
    /// Number of works.
    pub works: i64,
    /// First institution, if any.
    pub institution: Option<String>,
    /// The plain title of a recent work.
    pub sample: Option<String>,
    /// Whether somebody's claim stands.
    pub claimed: bool,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The authors of this page, most works first.
    pub hits: Vec<AuthorHit>,
    /// How many there are in all.
    pub total: i64,
    /// From 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
    /// The work that the query names by identifier: title and address.
    pub work: Option<(String, String)>,
}

/// What the start page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Number of authors.
    pub authors: i64,
    /// Number of works.
    pub works: i64,
    /// Authors with many works.
    pub prominent: Vec<AuthorHit>,
    /// Frequent topics: name, address, number of works.
    pub topics: Vec<(String, String, i64)>,
}

/// Hits on one page.
pub const PER_PAGE: i64 = 20;
