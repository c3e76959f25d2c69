//! What every reader yields and the loader takes: one record of one work, as its source gave it.

use sha2::{Digest, Sha256};

use crate::domain::identifiers::WorkIdentifier;
use crate::domain::names::PersonName;
use crate::domain::work::WorkKind;

/// Enters every digest: raised when the same record has to come out differently (better markup,
/// say), so that the next import rewrites the works.
const READING: &[u8] = b"1";

/// An organisation of an author.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RecordInstitution {
    /// Name.
    pub name: String,
    /// ROR link or id.
    pub ror: Option<String>,
    /// Two-letter country code.
    pub country: Option<String>,
    /// Domains whose mail addresses prove that one belongs to it.
    pub domains: Vec<String>,
}

/// One author in the list of a work.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RecordAuthor {
    /// Name as printed.
    pub name: PersonName,
    /// Affiliation as printed.
    pub affiliation: Option<String>,
    /// Organisations that the source names for this author.
    pub institutions: Vec<RecordInstitution>,
    /// (scheme, value) of the person, for example ("orcid", "0000-…").
    pub identifiers: Vec<(String, String)>,
}

/// A subject of a work.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RecordTopic {
    /// The source's scheme, for example `arxiv`.
    pub scheme: String,
    /// The code in that scheme, for example `cs.LG`.
    pub code: String,
    /// Its name, for example "Machine Learning".
    pub name: String,
}

/// One record of one work.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
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
    /// DOI, arXiv id, …
    pub identifiers: Vec<WorkIdentifier>,
    /// Authors in order.
    pub authors: Vec<RecordAuthor>,
    /// Subjects.
    pub topics: Vec<RecordTopic>,
    /// The source's page of the work.
    pub url: Option<String>,
}

impl WorkRecord {
    /// SHA-256 over the content, in hexadecimal: the same record gives the same digest, whatever the file.
    ///
    /// # Errors
    /// When the record cannot be written as JSON, which no reader produces.
    pub fn digest(&self) -> Result<String, serde_json::Error> {
        use std::fmt::Write;
        let mut hash = Sha256::new();
        hash.update(READING);
        hash.update(serde_json::to_vec(self)?);
        let bytes = hash.finalize();
        let mut text = String::with_capacity(64);
        for byte in bytes {
            let _ = write!(text, "{byte:02x}");
        }
        Ok(text)
    }
}

/// Why a record was refused: which file, which record, what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {place}: {reason}")]
pub struct RecordError {
    /// The file, or `standard input`.
    pub file: String,
    /// The record by number and id, or the line and column.
    pub place: String,
    /// A sentence.
    pub reason: String,
}
