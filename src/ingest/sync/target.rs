//! What the operator names: an author, an institution or a topic, by its identifier.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Source;
use crate::domain::identifiers::{Orcid, Ror};
use crate::ingest::subjects::arxiv_category;

/// arXiv's groups, each a set of its own; all other archives belong to the group `physics`
/// (<https://info.arxiv.org/help/oa/index.html>).
const ARXIV_GROUPS: [&str; 8] = [
    "cs", "econ", "eess", "math", "physics", "q-bio", "q-fin", "stat",
];

/// Whose records are fetched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Target {
    /// `orcid:0000-0002-1825-0097`: works of the person, and the person.
    Orcid(Orcid),
    /// `ror:046rm7j60`: works of the institution, and the institution.
    Ror(Ror),
    /// `openalex:A…`, `openalex:I…`, `openalex:T…`: works of an author, institution or topic.
    OpenAlex(OpenAlexId),
    /// `arxiv:cs.CL`, `arxiv:hep-th`, `arxiv:math`: works of a category, an archive or a group.
    Arxiv(ArxivSet),
}

/// An author, an institution or a topic of OpenAlex: `A5023888391`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpenAlexId(String);

impl OpenAlexId {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let last = text.trim_end_matches('/').rsplit('/').next()?;
        let id = last.to_ascii_uppercase();
        let number = id.strip_prefix(['A', 'I', 'T'])?;
        let numbered = !number.is_empty()
            && number.len() <= 15
            && number.bytes().all(|byte| byte.is_ascii_digit());
        numbered.then_some(Self(id))
    }

    /// `A5023888391`
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A part of arXiv: `cs.CL`, `hep-th`, `math`, in arXiv's own spelling.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArxivSet(String);

impl ArxivSet {
    fn parse(text: &str) -> Option<Self> {
        if let Some((code, _)) = arxiv_category(text) {
            return Some(Self(code.to_owned()));
        }
        let lower = text.to_ascii_lowercase();
        let archives = ["astro-ph", "cond-mat", "nlin"];
        let known = ARXIV_GROUPS.iter().chain(&archives);
        known
            .into_iter()
            .any(|known| *known == lower)
            .then_some(Self(lower))
    }

    /// `cs.CL`
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The set by arXiv's OAI-PMH interface: `cs:cs:CL`, `physics:hep-th`, `math`.
    pub fn spec(&self) -> String {
        let (archive, category) = match self.0.split_once('.') {
            Some((archive, category)) => (archive, Some(category)),
            None => (self.0.as_str(), None),
        };
        let grouped = ARXIV_GROUPS.contains(&archive);
        match category {
            Some(category) if grouped => format!("{archive}:{archive}:{category}"),
            Some(category) => format!("physics:{archive}:{category}"),
            None if grouped => archive.to_owned(),
            None => format!("physics:{archive}"),
        }
    }
}

/// Why a text names nothing that could be fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` cannot be fetched: {reason}")]
pub struct InvalidTarget {
    text: String,
    reason: String,
}

impl Target {
    /// Reads `scheme:identifier`, or the address of a page at orcid.org, ror.org or openalex.org.
    ///
    /// # Errors
    /// [`InvalidTarget`] with what is wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidTarget> {
        let text = text.trim();
        let (scheme, id) = scheme(text);
        let found = match scheme.as_str() {
            "orcid" => Orcid::parse(id)
                .map(Self::Orcid)
                .map_err(|error| error.to_string()),
            "ror" => Ror::parse(id)
                .map(Self::Ror)
                .map_err(|error| error.to_string()),
            "openalex" => OpenAlexId::parse(id).map(Self::OpenAlex).ok_or_else(|| {
                "of OpenAlex authors (A…), institutions (I…) and topics (T…) are fetched.".to_owned()
            }),
            "arxiv" => ArxivSet::parse(id).map(Self::Arxiv).ok_or_else(|| {
                "it is no category of arXiv. It should look like arxiv:cs.CL or arxiv:hep-th."
                    .to_owned()
            }),
            _ => Err(
                "it should begin with orcid:, ror:, openalex: or arxiv:, for example orcid:0000-0002-1825-0097."
                    .to_owned(),
            ),
        };
        found.map_err(|reason| InvalidTarget {
            text: text.chars().take(200).collect(),
            reason,
        })
    }

    /// The services that can tell of it, in the order in which they are asked.
    pub fn sources(&self) -> &'static [Source] {
        match self {
            Self::Orcid(_) => &[Source::Orcid, Source::OpenAlex, Source::Crossref],
            Self::Ror(_) => &[Source::OpenAlex, Source::Crossref],
            Self::OpenAlex(_) => &[Source::OpenAlex],
            Self::Arxiv(_) => &[Source::Arxiv],
        }
    }
}

/// The scheme in lower case, and the identifier.
fn scheme(text: &str) -> (String, &str) {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|start| text.strip_prefix(start));
    if let Some((host, _)) = rest.and_then(|rest| rest.split_once('/')) {
        let host = host.to_ascii_lowercase();
        let name = host.strip_prefix("www.").unwrap_or(&host);
        let scheme = name.strip_suffix(".org").unwrap_or_default();
        // A page of arXiv is a work, not a topic.
        let scheme = if scheme == "arxiv" { "" } else { scheme };
        return (scheme.to_owned(), text);
    }
    let (scheme, id) = text.split_once(':').unwrap_or(("", text));
    (scheme.trim().to_ascii_lowercase(), id.trim())
}

impl fmt::Display for Target {
    /// `scheme:identifier`; reads back as the same target.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Orcid(id) => write!(f, "orcid:{id}"),
            Self::Ror(id) => write!(f, "ror:{id}"),
            Self::OpenAlex(id) => write!(f, "openalex:{}", id.as_str()),
            Self::Arxiv(set) => write!(f, "arxiv:{}", set.as_str()),
        }
    }
}

impl FromStr for Target {
    type Err = InvalidTarget;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Target {
    type Error = InvalidTarget;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_target_gives_one_text() {
        for (text, expected) in [
            ("orcid:0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
            (" ORCID: 0000000218250097 ", "orcid:0000-0002-1825-0097"),
            (
                "https://orcid.org/0000-0002-1825-0097",
                "orcid:0000-0002-1825-0097",
            ),
            (
                "orcid:https://orcid.org/0000-0002-1825-0097",
                "orcid:0000-0002-1825-0097",
            ),
            ("ror:046RM7J60", "ror:046rm7j60"),
            ("https://ror.org/046rm7j60", "ror:046rm7j60"),
            ("openalex:a5023888391", "openalex:A5023888391"),
            ("https://openalex.org/I97018004", "openalex:I97018004"),
            ("https://openalex.org/authors/A1", "openalex:A1"),
            ("openalex:T10028", "openalex:T10028"),
            ("arxiv:CS.cl", "arxiv:cs.CL"),
            ("arxiv:hep-th", "arxiv:hep-th"),
            ("arxiv:Math", "arxiv:math"),
            ("arxiv:astro-ph", "arxiv:astro-ph"),
        ] {
            let target = Target::parse(text).unwrap();
            assert_eq!(target.to_string(), expected, "{text}");
            assert_eq!(Target::parse(expected), Ok(target));
        }
    }

    #[test]
    fn what_names_nothing_is_refused_with_an_example() {
        for (text, part) in [
            ("", "for example"),
            ("0000-0002-1825-0097", "for example"),
            ("orcid:0000-0002-1825-0098", "mistyped"),
            ("ror:046rm7j61", "mistyped"),
            ("openalex:W12", "authors"),
            ("openalex:A", "authors"),
            ("openalex:A1&x=1", "authors"),
            ("arxiv:cs.XX", "no category"),
            ("https://arxiv.org/abs/2101.00001", "for example"),
            (
                "https://evil.example/orcid.org/0000-0002-1825-0097",
                "for example",
            ),
            ("doi:10.5555/1", "for example"),
        ] {
            let error = Target::parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn arxivs_sets_have_group_archive_and_category() {
        for (text, expected) in [
            ("cs.CL", "cs:cs:CL"),
            ("math.CO", "math:math:CO"),
            ("q-bio.GN", "q-bio:q-bio:GN"),
            ("hep-th", "physics:hep-th"),
            ("math-ph", "physics:math-ph"),
            ("astro-ph.GA", "physics:astro-ph:GA"),
            ("physics.optics", "physics:physics:optics"),
            ("cs", "cs"),
            ("physics", "physics"),
            ("nlin", "physics:nlin"),
        ] {
            assert_eq!(ArxivSet::parse(text).unwrap().spec(), expected);
        }
    }
}
