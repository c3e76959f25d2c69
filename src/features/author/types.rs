//! What travels between server and browser about an author.

use serde::{Deserialize, Serialize};

use crate::domain::trust::TrustScore;
use crate::domain::verification::Level;

/// An institution of an author, with years where known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affiliation {
    /// The institution's name.
    pub name: String,
    /// Address of its page.
    pub href: String,
    /// For example "2019–2024"; empty when unknown.
    pub years: String,
}

/// An identifier of a person, as a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLink {
    /// The registry, for example "ORCID".
    pub scheme: String,
    /// The identifier as the registry writes it.
    pub value: String,
    /// Its page there.
    pub href: Option<String>,
}

/// The counts of the quick read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Works.
    pub works: i64,
    /// Followers.
    pub followers: i64,
    /// Topics.
    pub topics: i64,
    /// Co-authors with at least five joint works.
    pub close_collaborators: i64,
}

/// A close collaborator, as a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collaborator {
    /// Name.
    pub name: String,
    /// Address of the page.
    pub href: String,
    /// Works in common.
    pub joint_works: i64,
}

/// The top of an author's page: everything but the panels that depend on the viewer and the works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorPage {
    /// Row number.
    pub id: i64,
    /// Last part of the address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Other printed forms of the name.
    pub also_known_as: Vec<String>,
    /// Institutions, latest first.
    pub affiliations: Vec<Affiliation>,
    /// ORCID and the like.
    pub identifiers: Vec<PersonLink>,
    /// Who stands behind the record.
    pub level: Level,
    /// Whether somebody's claim stands.
    pub claimed: bool,
    /// The quick read's counts.
    pub counts: Counts,
    /// Close collaborators, most joint works first.
    pub close_collaborators: Vec<Collaborator>,
    /// Score with every point explained.
    pub trust: TrustScore,
    /// Which sources the works came from and when they were last read, in words.
    pub evidence_from: Vec<(String, String)>,
    /// The day the score was computed, in words.
    pub computed_on: String,
}
