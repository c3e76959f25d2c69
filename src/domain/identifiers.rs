//! Identifiers of people, works and organisations: parsed once, then right for good.

mod arxiv;
mod doi;
mod orcid;
mod ror;

use serde::{Deserialize, Serialize};

pub use arxiv::ArxivId;
pub use doi::Doi;
pub use orcid::Orcid;
pub use ror::Ror;

/// Why a text is not the identifier it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum InvalidIdentifier {
    /// Not sixteen digits of an ORCID iD.
    #[error("This is not an ORCID iD. It should look like 0000-0002-1825-0097.")]
    Orcid,
    /// The last digit of an ORCID iD does not fit the others.
    #[error("This ORCID iD is mistyped: its last digit does not fit the others.")]
    OrcidChecksum,
    /// Not of the form `10.number/suffix`.
    #[error("This is not a DOI. It should look like 10.1000/182.")]
    Doi,
    /// Longer than a DOI may be here.
    #[error("A DOI has at most {max} characters here; this one has {length}.")]
    DoiTooLong {
        /// The length of the given text in characters.
        length: usize,
        /// The most that is accepted.
        max: usize,
    },
    /// Not of the form of a ROR id.
    #[error("This is not a ROR id. It should look like https://ror.org/046rm7j60.")]
    Ror,
    /// The last two digits of a ROR id do not fit the others.
    #[error("This ROR id is mistyped: its last two digits do not fit the others.")]
    RorChecksum,
    /// Neither of the two forms of arXiv's numbers.
    #[error("This is not an arXiv number. It should look like 2101.00001 or hep-th/9901001.")]
    Arxiv,
    /// Empty, or holding spaces or control characters.
    #[error("An identifier holds at least one character and no spaces.")]
    Empty,
    /// A web address that is not http or https.
    #[error("A web address starts with https:// or http://.")]
    Url,
}

/// Declares the conversions that all parsed identifiers share; each type brings `parse` and `as_str`.
macro_rules! parsed_text {
    ($name:ident) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::identifiers::InvalidIdentifier;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::domain::identifiers::InvalidIdentifier;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }
    };
}
pub(crate) use parsed_text;

/// `text` without `prefix`, whatever the case of either.
fn strip_prefix_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}

/// What follows `https://host/` (or `http`, or no scheme) for the first host that fits; without query and fragment.
fn path_at<'t>(text: &'t str, hosts: &[&str]) -> Option<&'t str> {
    let rest = strip_prefix_ignoring_case(text, "https://")
        .or_else(|| strip_prefix_ignoring_case(text, "http://"))
        .unwrap_or(text);
    hosts
        .iter()
        .find_map(|host| strip_prefix_ignoring_case(rest, host)?.strip_prefix('/'))
}

/// Bytes that stand for themselves in the path of a URL; every other one is percent-encoded.
fn push_percent_encoded(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:;()!*,@+=$&'".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// The register or place that an identifier of a work belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// arXiv number without version.
    Arxiv,
    /// Digital object identifier.
    Doi,
    /// ACL Anthology id.
    Acl,
    /// OpenAlex work id, `W...`.
    OpenAlex,
    /// PubMed id.
    Pmid,
    /// PubMed Central id, `PMC...`.
    Pmcid,
    /// dblp key.
    Dblp,
    /// Semantic Scholar paper id (40 hexadecimal digits) or corpus number.
    SemanticScholar,
    /// International standard book number.
    Isbn,
    /// A web address: says where a copy lies, registers nothing.
    Url,
    /// A number of a scheme that is not known here.
    Other,
}

impl Scheme {
    /// All schemes.
    pub const ALL: [Self; 11] = [
        Self::Arxiv,
        Self::Doi,
        Self::Acl,
        Self::OpenAlex,
        Self::Pmid,
        Self::Pmcid,
        Self::Dblp,
        Self::SemanticScholar,
        Self::Isbn,
        Self::Url,
        Self::Other,
    ];

    /// The word stored for this scheme.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Arxiv => "arxiv",
            Self::Doi => "doi",
            Self::Acl => "acl",
            Self::OpenAlex => "openalex",
            Self::Pmid => "pmid",
            Self::Pmcid => "pmcid",
            Self::Dblp => "dblp",
            Self::SemanticScholar => "semanticscholar",
            Self::Isbn => "isbn",
            Self::Url => "url",
            Self::Other => "other",
        }
    }

    /// The reverse of [`Scheme::as_str`], in any case; `None` for an unknown word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|scheme| scheme.as_str().eq_ignore_ascii_case(text.trim()))
    }

    /// The name readers know it by.
    pub fn label(self) -> &'static str {
        match self {
            Self::Arxiv => "arXiv",
            Self::Doi => "DOI",
            Self::Acl => "ACL Anthology",
            Self::OpenAlex => "OpenAlex",
            Self::Pmid => "PubMed",
            Self::Pmcid => "PubMed Central",
            Self::Dblp => "dblp",
            Self::SemanticScholar => "Semantic Scholar",
            Self::Isbn => "ISBN",
            Self::Url => "Web page",
            Self::Other => "Identifier",
        }
    }

    /// Whether somebody other than the author registered the work under this number (level L1, see docs/rules.md).
    pub fn is_registry(self) -> bool {
        !matches!(self, Self::Url | Self::Other)
    }
}

/// One identifier of a work, its value in the one spelling of its scheme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WorkIdentifier {
    /// Where the value belongs.
    pub scheme: Scheme,
    /// The bare value: no `doi:`, no address in front.
    pub value: String,
}

impl WorkIdentifier {
    /// Brings `text` into the spelling of `scheme`: DOIs lower-case, arXiv numbers without version, OpenAlex and PubMed ids
    /// without the address around them.
    ///
    /// # Errors
    /// [`InvalidIdentifier`] if it can't be a value of that scheme.
    pub fn parse(scheme: Scheme, text: &str) -> Result<Self, InvalidIdentifier> {
        let text = text.trim();
        let value = match scheme {
            Scheme::Arxiv => ArxivId::parse(text)?.id().to_owned(),
            Scheme::Doi => Doi::parse(text)?.as_str().to_owned(),
            Scheme::Url => {
                let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
                if !lower.starts_with("https://") && !lower.starts_with("http://") {
                    return Err(InvalidIdentifier::Url);
                }
                text.to_owned()
            }
            Scheme::OpenAlex => {
                last_segment(path_at(text, &["openalex.org"]).unwrap_or(text)).to_ascii_uppercase()
            }
            Scheme::Pmid => {
                last_segment(path_at(text, &["pubmed.ncbi.nlm.nih.gov"]).unwrap_or(text)).to_owned()
            }
            Scheme::Acl => {
                last_segment(path_at(text, &["aclanthology.org", "www.aclweb.org"]).unwrap_or(text))
                    .to_owned()
            }
            Scheme::Pmcid => text.to_ascii_uppercase(),
            Scheme::Isbn => text.replace(['-', ' '], "").to_ascii_uppercase(),
            Scheme::Dblp | Scheme::SemanticScholar | Scheme::Other => text.to_owned(),
        };
        let broken = |c: char| c.is_whitespace() || c.is_control();
        if value.is_empty() || (scheme != Scheme::Other && value.contains(broken)) {
            return Err(InvalidIdentifier::Empty);
        }
        Ok(Self { scheme, value })
    }

    /// The page that this identifier leads to, always `https` or `http`; `None` where the scheme has none.
    pub fn url(&self) -> Option<String> {
        let base = match self.scheme {
            Scheme::Arxiv => return ArxivId::parse(&self.value).ok().map(|id| id.url()),
            Scheme::Doi => return Doi::parse(&self.value).ok().map(|doi| doi.url()),
            Scheme::Url => {
                return Self::parse(Scheme::Url, &self.value)
                    .ok()
                    .map(|url| url.value);
            }
            Scheme::Acl => "https://aclanthology.org/",
            Scheme::OpenAlex => "https://openalex.org/",
            Scheme::Pmid => "https://pubmed.ncbi.nlm.nih.gov/",
            Scheme::Pmcid => "https://pmc.ncbi.nlm.nih.gov/articles/",
            Scheme::Dblp => "https://dblp.org/rec/",
            Scheme::SemanticScholar => "https://www.semanticscholar.org/paper/",
            Scheme::Isbn | Scheme::Other => return None,
        };
        let mut url = base.to_owned();
        push_percent_encoded(&mut url, &self.value);
        Some(url)
    }
}

/// The last non-empty part of a path, without query and fragment.
fn last_segment(path: &str) -> &str {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let path = path.trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_survives_its_word() {
        for scheme in Scheme::ALL {
            assert_eq!(Scheme::parse(scheme.as_str()), Some(scheme));
            let json = serde_json::to_string(&scheme).unwrap();
            assert_eq!(json, format!("\"{}\"", scheme.as_str()));
        }
        assert_eq!(Scheme::parse("DOI"), Some(Scheme::Doi));
        assert_eq!(Scheme::parse("zenodo"), None);
    }

    #[test]
    fn web_addresses_and_unknown_numbers_are_no_register() {
        for scheme in Scheme::ALL {
            let expected = scheme != Scheme::Url && scheme != Scheme::Other;
            assert_eq!(scheme.is_registry(), expected, "{scheme:?}");
        }
    }

    #[test]
    fn values_take_the_one_spelling_of_their_scheme() {
        for (scheme, text, value, url) in [
            (
                Scheme::Arxiv,
                "arXiv:2101.00001v3",
                "2101.00001",
                "https://arxiv.org/abs/2101.00001",
            ),
            (
                Scheme::Doi,
                "https://doi.org/10.1000/ABC",
                "10.1000/abc",
                "https://doi.org/10.1000/abc",
            ),
            (
                Scheme::OpenAlex,
                "https://openalex.org/w42",
                "W42",
                "https://openalex.org/W42",
            ),
            (
                Scheme::Pmid,
                "https://pubmed.ncbi.nlm.nih.gov/31452104/",
                "31452104",
                "https://pubmed.ncbi.nlm.nih.gov/31452104",
            ),
            (
                Scheme::Acl,
                "https://aclanthology.org/2020.acl-main.1/",
                "2020.acl-main.1",
                "https://aclanthology.org/2020.acl-main.1",
            ),
            (
                Scheme::Pmcid,
                "pmc123",
                "PMC123",
                "https://pmc.ncbi.nlm.nih.gov/articles/PMC123",
            ),
            (
                Scheme::Dblp,
                "conf/acl/X20",
                "conf/acl/X20",
                "https://dblp.org/rec/conf/acl/X20",
            ),
        ] {
            let identifier = WorkIdentifier::parse(scheme, text).unwrap();
            assert_eq!(identifier.value, value);
            assert_eq!(identifier.url().as_deref(), Some(url));
        }
    }

    #[test]
    fn no_identifier_ever_links_to_a_script() {
        for scheme in Scheme::ALL {
            let hostile = WorkIdentifier {
                scheme,
                value: "javascript:alert(1)\"><script>".to_owned(),
            };
            if let Some(url) = hostile.url() {
                assert!(url.starts_with("https://"), "{url}");
                assert!(!url.contains(['"', '<', '>']), "{url}");
            }
        }
        assert_eq!(
            WorkIdentifier::parse(Scheme::Url, "javascript:alert(1)"),
            Err(InvalidIdentifier::Url)
        );
        assert!(WorkIdentifier::parse(Scheme::Url, "HTTPS://example.org/a").is_ok());
    }

    #[test]
    fn empty_values_and_values_with_spaces_are_refused() {
        for scheme in Scheme::ALL {
            assert!(WorkIdentifier::parse(scheme, "  ").is_err(), "{scheme:?}");
        }
        assert!(WorkIdentifier::parse(Scheme::Dblp, "a b").is_err());
        assert!(WorkIdentifier::parse(Scheme::Url, "https://example.org/a b").is_err());
    }
}
