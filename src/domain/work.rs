//! Kinds of works, by the resource types of the Confederation of Open Access Repositories (COAR).

use serde::{Deserialize, Serialize};

/// What a work is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    /// Made public before or without review.
    Preprint,
    /// In a journal.
    Article,
    /// In the proceedings of a conference.
    ConferencePaper,
    /// Part of a book.
    Chapter,
    /// A whole book, also an edited one.
    Book,
    /// Submitted for a degree.
    Thesis,
    /// Data.
    Dataset,
    /// A program.
    Software,
    /// Technical or working paper, also a deliverable.
    Report,
    /// Anything else that a source lists among works.
    #[default]
    Other,
}

impl WorkKind {
    /// All kinds, in the order in which choices list them.
    pub const ALL: [Self; 10] = [
        Self::Preprint,
        Self::Article,
        Self::ConferencePaper,
        Self::Chapter,
        Self::Book,
        Self::Thesis,
        Self::Dataset,
        Self::Software,
        Self::Report,
        Self::Other,
    ];

    /// The word stored for this kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preprint => "preprint",
            Self::Article => "article",
            Self::ConferencePaper => "conference_paper",
            Self::Chapter => "chapter",
            Self::Book => "book",
            Self::Thesis => "thesis",
            Self::Dataset => "dataset",
            Self::Software => "software",
            Self::Report => "report",
            Self::Other => "other",
        }
    }

    /// The reverse of [`WorkKind::as_str`]; `None` for another word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// As readers see it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Preprint => "preprint",
            Self::Article => "article",
            Self::ConferencePaper => "conference paper",
            Self::Chapter => "chapter",
            Self::Book => "book",
            Self::Thesis => "thesis",
            Self::Dataset => "dataset",
            Self::Software => "software",
            Self::Report => "report",
            Self::Other => "other work",
        }
    }

    /// The URI of COAR's resource type (vocabulary version 3).
    pub fn coar_uri(self) -> &'static str {
        match self {
            Self::Preprint => "http://purl.org/coar/resource_type/c_816b",
            Self::Article => "http://purl.org/coar/resource_type/c_6501",
            Self::ConferencePaper => "http://purl.org/coar/resource_type/c_5794",
            Self::Chapter => "http://purl.org/coar/resource_type/c_3248",
            Self::Book => "http://purl.org/coar/resource_type/c_2f33",
            Self::Thesis => "http://purl.org/coar/resource_type/c_46ec",
            Self::Dataset => "http://purl.org/coar/resource_type/c_ddb1",
            Self::Software => "http://purl.org/coar/resource_type/c_5ce6",
            Self::Report => "http://purl.org/coar/resource_type/c_93fc",
            Self::Other => "http://purl.org/coar/resource_type/c_1843",
        }
    }
}

/// Which record of a work leads it, by kind and source; lower is better. Published versions come before preprints; registries
/// that hold what publishers deposit before those that collect from others.
pub fn record_rank(kind: WorkKind, source: &str) -> (u8, u8) {
    let version = match kind {
        WorkKind::Preprint => 1,
        WorkKind::Other => 2,
        _ => 0,
    };
    let source = match source {
        "Crossref" | "ACL Anthology" => 0,
        "PubMed" | "DataCite" | "arXiv" => 1,
        "dblp" => 2,
        "OpenAlex" => 3,
        "Semantic Scholar" => 4,
        _ => 5,
    };
    (version, source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_stored_under_a_word_of_its_own() {
        for kind in WorkKind::ALL {
            assert_eq!(WorkKind::parse(kind.as_str()), Some(kind));
            let json = serde_json::to_string(&kind).unwrap();
            assert_eq!(json, format!("\"{}\"", kind.as_str()));
        }
        assert_eq!(WorkKind::parse("poem"), None);
    }

    #[test]
    fn every_kind_has_a_resource_type_of_its_own() {
        let mut uris = WorkKind::ALL.map(WorkKind::coar_uri).to_vec();
        uris.sort_unstable();
        uris.dedup();
        assert_eq!(uris.len(), WorkKind::ALL.len());
    }
}
