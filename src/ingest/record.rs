//! What every reader yields and the loader takes: one record of one work, as its source gave it.

use sha2::{Digest, Sha256};

use crate::domain::identifiers::WorkIdentifier;
use crate::domain::names::PersonName;
use crate::domain::work::WorkKind;

/// Enters every digest: raised when the same record has to come out differently (better markup,
/// say), so that the next import rewrites the works.
const READING: &[u8] = b"3";

/// The records of one file, in its order. A refused record is told and passed over; after a broken file
/// ([`Extent::File`]) nothing follows.
pub type Records = Box<dyn Iterator<Item = Result<Record, RecordError>> + Send>;

/// What a reader reads from: a file, a member of an archive, standard input.
pub struct Input {
    /// The file's name for errors, a member of an archive as `archive.zip/member.json`.
    pub name: String,
    /// Its bytes, already unpacked.
    pub bytes: Box<dyn std::io::BufRead + Send>,
}

/// One record of any source.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Record {
    /// A preprint, a paper, a book, data, software.
    Work(Box<WorkRecord>),
    /// A person as a registry knows them.
    Person(Box<PersonRecord>),
    /// An organisation.
    Institution(Box<InstitutionRecord>),
    /// A subject of a scheme.
    Topic(Box<RecordTopic>),
    /// The source withdrew a record of a work.
    Deleted {
        /// As in [`WorkRecord::source`].
        source: String,
        /// As in [`WorkRecord::record_key`].
        record_key: String,
    },
}

/// An organisation of an author, as far as a work's record tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct RecordInstitution {
    /// Name.
    pub name: String,
    /// ROR id: nine characters, without the address around it.
    pub ror: Option<String>,
    /// Two-letter country code, upper case.
    pub country: Option<String>,
    /// Domains whose mail addresses prove that one belongs to it.
    pub domains: Vec<String>,
    /// (scheme, value) in other registers: ("openalex", "I…"), ("grid", …), ("isni", …), ("wikidata", …).
    pub identifiers: Vec<(String, String)>,
}

/// One author in the list of a work.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RecordAuthor {
    /// Name as printed.
    pub name: PersonName,
    /// Other names that this record gives the same author: the source's own form, the native script.
    pub other_names: Vec<PersonName>,
    /// A collaboration, a company, a committee: not one person.
    pub group: bool,
    /// Affiliations as printed, one each.
    pub affiliations: Vec<String>,
    /// Organisations that the source names for this author.
    pub institutions: Vec<RecordInstitution>,
    /// (scheme, value) of the person: ("orcid", "0000-…"), ("openalex", "A…"), ("dblp", …), ("semanticscholar", …),
    /// ("acl", …).
    pub identifiers: Vec<(String, String)>,
}

/// A subject of a work, and those above it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RecordTopic {
    /// The source's scheme, for example `arxiv`.
    pub scheme: String,
    /// The code in that scheme, for example `cs.LG`.
    pub code: String,
    /// Its name, for example "Machine Learning".
    pub name: String,
    /// What it is about, where the source says.
    pub description: Option<String>,
    /// The subject of the same scheme that it belongs to.
    pub broader: Option<Box<RecordTopic>>,
}

/// How another work belongs to this one.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The other is the published version of this preprint.
    PublishedAs,
    /// The other is the preprint of this publication.
    PreprintOf,
    /// The other is a further version, copy or edition of the same work.
    VersionOf,
}

/// One record of one work.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct WorkRecord {
    /// Who said so: a registry or publisher, for example `arXiv`.
    pub source: String,
    /// The source's name for the record; unique within the source.
    pub record_key: String,
    /// What sort of thing it is.
    pub kind: WorkKind,
    /// Title as given, LaTeX and all.
    pub title_source: String,
    /// Abstract as given.
    pub abstract_source: Option<String>,
    /// Year of publication.
    pub year: Option<i64>,
    /// ISO date or part of one.
    pub published_on: Option<String>,
    /// Where it appeared, as shown to readers.
    pub venue: Option<String>,
    /// DOI, arXiv id, …: of this very work.
    pub identifiers: Vec<WorkIdentifier>,
    /// Other versions of this work, by their identifiers.
    pub related: Vec<(Relation, WorkIdentifier)>,
    /// Authors in order.
    pub authors: Vec<RecordAuthor>,
    /// The source's list of authors stops before its end ("and others", a limit of the source).
    pub more_authors: bool,
    /// Subjects.
    pub topics: Vec<RecordTopic>,
    /// The source's page of the work.
    pub url: Option<String>,
    /// The source says that it was retracted.
    pub retracted: bool,
}

/// A person as a registry knows them: an ORCID record, an OpenAlex author, an entry of the ACL Anthology's people.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PersonRecord {
    /// Who said so.
    pub source: String,
    /// The source's name for the record; unique within the source.
    pub record_key: String,
    /// The preferred name.
    pub name: PersonName,
    /// Other names: variants, former names that the source publishes, other scripts.
    pub other_names: Vec<PersonName>,
    /// (scheme, value), as in [`RecordAuthor::identifiers`].
    pub identifiers: Vec<(String, String)>,
    /// Organisations with the first and last year, where the source tells them.
    pub institutions: Vec<(RecordInstitution, Option<i64>, Option<i64>)>,
    /// Works that the record lists as theirs.
    pub works: Vec<WorkIdentifier>,
    /// Home pages.
    pub urls: Vec<String>,
    /// (scheme, value) of persons who are known to be somebody else in spite of the name.
    pub not_the_same: Vec<(String, String)>,
}

/// What became of an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstitutionStatus {
    /// It exists.
    #[default]
    Active,
    /// It existed.
    Inactive,
    /// The register should not have listed it.
    Withdrawn,
}

/// An organisation as a register knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct InstitutionRecord {
    /// Who said so.
    pub source: String,
    /// The source's name for the record; unique within the source.
    pub record_key: String,
    /// Name, ROR id, country, domains, ids elsewhere.
    pub institution: RecordInstitution,
    /// (name, language code where known): labels in other languages, aliases, acronyms.
    pub other_names: Vec<(String, Option<String>)>,
    /// Town.
    pub city: Option<String>,
    /// Its home page.
    pub url: Option<String>,
    /// What became of it.
    pub status: InstitutionStatus,
    /// ROR ids of those that took its place.
    pub successors: Vec<String>,
    /// ROR ids of those that it is part of.
    pub parents: Vec<String>,
}

/// SHA-256 over a record as JSON, in hexadecimal: the same record gives the same digest, whatever the file.
pub fn digest(content: &[u8]) -> String {
    use std::fmt::Write;
    let mut hash = Sha256::new();
    hash.update(READING);
    hash.update(content);
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// How much of a file an error spoils.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// One record, which is passed over.
    #[default]
    Record,
    /// All of it: what follows cannot be read.
    File,
}

/// Why a record was refused, or a file: which file, which record, what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[error("{file}: {place}: {reason}")]
pub struct RecordError {
    /// The file, or `standard input`.
    pub file: String,
    /// The record by number and id, or the line and column.
    pub place: String,
    /// A sentence.
    pub reason: String,
    /// Whether the rest of the file can be read.
    pub extent: Extent,
}

impl RecordError {
    /// The same refusal, of the whole file.
    pub fn spoiling_the_file(mut self) -> Self {
        self.extent = Extent::File;
        self
    }
}
