//! What travels between server and browser about institutions.

use serde::{Deserialize, Serialize};

use crate::features::search::types::People;

/// Another organisation: its name, and its page here or at ROR.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionLink {
    /// Name, or the ROR id of one that is not in the record.
    pub name: String,
    /// Address.
    pub href: String,
}

/// A name with its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherName {
    /// The name.
    pub name: String,
    /// Code of the language, where known.
    pub lang: Option<String>,
    /// The language in words, where known.
    pub language: Option<String>,
}

/// An institution's page, without its works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionPage {
    /// Row number.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Town and country in words, what of them is known.
    pub place: String,
    /// What became of it, as a sentence; nothing while it exists.
    pub status: Option<String>,
    /// Labels and aliases by language.
    pub other_names: Vec<OtherName>,
    /// Abbreviations of one word in capitals.
    pub acronyms: Vec<String>,
    /// What took its place.
    pub successors: Vec<InstitutionLink>,
    /// Whose place it took.
    pub predecessors: Vec<InstitutionLink>,
    /// What it is part of.
    pub parents: Vec<InstitutionLink>,
    /// Its parts.
    pub children: Vec<InstitutionLink>,
    /// ROR link, if known.
    pub ror: Option<String>,
    /// Its home page.
    pub home_page: Option<String>,
    /// The address that this page should have.
    pub canonical: String,
    /// Authors, those with the most works there first.
    pub people: People,
}

/// An institution in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionHit {
    /// Name.
    pub name: String,
    /// Address of its page.
    pub href: String,
    /// Town and country in words.
    pub place: String,
    /// Works written there.
    pub works: i64,
}

/// One page of a list of institutions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionList {
    /// In the order of their names.
    pub hits: Vec<InstitutionHit>,
    /// How many match.
    pub total: i64,
    /// From 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
}

/// Institutions on one page of a list.
pub const PER_PAGE: i64 = 50;
