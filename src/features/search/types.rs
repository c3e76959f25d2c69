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

/// An author in the list of a topic or institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Address of the page.
    pub href: String,
    /// Works there.
    pub works: i64,
    /// First and last year there, in words.
    pub years: Option<String>,
    /// Whether somebody's claim stands.
    pub claimed: bool,
}

/// One page of the authors of a topic or institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Those of this page.
    pub people: Vec<Person>,
    /// How many there are in all.
    pub total: i64,
    /// From 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
}

impl People {
    /// Page `page` of `total` authors.
    pub fn new(people: Vec<Person>, total: i64, page: u32) -> Self {
        Self {
            people,
            total,
            page,
            pages: pages_of(total, PEOPLE_PER_PAGE),
        }
    }

    /// How many stand on the pages before.
    pub fn skip(page: u32) -> i64 {
        PEOPLE_PER_PAGE * (i64::from(page) - 1).max(0)
    }
}

/// How many pages `total` rows fill, at least 1.
pub fn pages_of(total: i64, per_page: i64) -> u32 {
    u32::try_from((total + per_page - 1) / per_page)
        .unwrap_or(u32::MAX)
        .max(1)
}

/// More words of a search than this are not looked at.
pub const MOST_WORDS: usize = 6;
/// Authors on one page of the list of a topic or institution.
pub const PEOPLE_PER_PAGE: i64 = 24;
/// Hits on one page.
pub const PER_PAGE: i64 = 20;
