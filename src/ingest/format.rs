//! The formats that can be imported: what they are called on the command line, how a file is recognised, and which
//! reader takes it.

mod choice;
mod guess;
#[cfg(test)]
mod tests;

use super::record::{Input, Records};
use super::{csl_json, formats};

pub use choice::Choice;
pub use guess::{SNIFF_BYTES, guess};

/// A format of publication records, as one of our readers takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// OpenAlex.
    OpenAlex,
    /// Answers of arXiv's API.
    ArxivAtom,
    /// OAI-PMH, arXiv's or another repository's.
    ArxivOai,
    /// arXiv's metadata dump.
    ArxivLines,
    /// arXiv's `.abs` files.
    ArxivAbs,
    /// Crossref.
    Crossref,
    /// DataCite.
    DataCite,
    /// dblp.
    Dblp,
    /// The ACL Anthology's volumes.
    Acl,
    /// The ACL Anthology's people.
    AclPeople,
    /// ORCID's records as JSON.
    OrcidJson,
    /// ORCID's records as XML.
    OrcidXml,
    /// Semantic Scholar.
    SemanticScholar,
    /// PubMed.
    Pubmed,
    /// BibTeX and BibLaTeX.
    Bibtex,
    /// RIS.
    Ris,
    /// CSL-JSON.
    CslJson,
    /// ROR.
    Ror,
}

impl Format {
    /// All of them, in the order of the manual.
    pub const ALL: [Self; 18] = [
        Self::OpenAlex,
        Self::ArxivAtom,
        Self::ArxivOai,
        Self::ArxivLines,
        Self::ArxivAbs,
        Self::Crossref,
        Self::DataCite,
        Self::Dblp,
        Self::Acl,
        Self::AclPeople,
        Self::OrcidJson,
        Self::OrcidXml,
        Self::SemanticScholar,
        Self::Pubmed,
        Self::Bibtex,
        Self::Ris,
        Self::CslJson,
        Self::Ror,
    ];

    /// What it is called on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenAlex => "openalex",
            Self::ArxivAtom => "arxiv-atom",
            Self::ArxivOai => "arxiv-oai",
            Self::ArxivLines => "arxiv-lines",
            Self::ArxivAbs => "arxiv-abs",
            Self::Crossref => "crossref",
            Self::DataCite => "datacite",
            Self::Dblp => "dblp",
            Self::Acl => "acl",
            Self::AclPeople => "acl-people",
            Self::OrcidJson => "orcid-json",
            Self::OrcidXml => "orcid-xml",
            Self::SemanticScholar => "semantic-scholar",
            Self::Pubmed => "pubmed",
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
            Self::CslJson => "csl-json",
            Self::Ror => "ror",
        }
    }

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// A sentence on what it is, without full stop, as the command line's help shows it.
    pub const fn help(self) -> &'static str {
        match self {
            Self::OpenAlex => {
                "OpenAlex works, authors, institutions and topics: lines of JSON or answers of the API"
            }
            Self::ArxivAtom => "Answers of arXiv's API (Atom)",
            Self::ArxivOai => {
                "OAI-PMH answers of arXiv (arXiv, arXivRaw) and of any repository (oai_dc)"
            }
            Self::ArxivLines => "arXiv's metadata dump: lines of JSON",
            Self::ArxivAbs => "arXiv's .abs files",
            Self::Crossref => "Crossref works: answers of the API, dumps, lines of JSON",
            Self::DataCite => "DataCite records: answers of the API, lines of JSON",
            Self::Dblp => "dblp publications and people (XML)",
            Self::Acl => "ACL Anthology volumes (XML)",
            Self::AclPeople => "ACL Anthology people and name variants (YAML)",
            Self::OrcidJson => "ORCID records (JSON)",
            Self::OrcidXml => "ORCID records (XML)",
            Self::SemanticScholar => {
                "Semantic Scholar papers and authors: answers of the API, lines of JSON"
            }
            Self::Pubmed => "PubMed articles (XML)",
            Self::Bibtex => "BibTeX and BibLaTeX",
            Self::Ris => "RIS, as reference managers export it",
            Self::CslJson => "CSL-JSON, as reference managers write it",
            Self::Ror => "ROR organisations, schema 1 and 2 (JSON)",
        }
    }

    /// Reads the records of a file of this format.
    pub fn read(self, input: Input) -> Records {
        match self {
            Self::OpenAlex => formats::openalex::read(input),
            Self::ArxivAtom => formats::arxiv_atom::read(input),
            Self::ArxivOai => formats::oai_pmh::read(input),
            Self::ArxivLines => formats::arxiv_lines::read(input),
            Self::ArxivAbs => formats::arxiv_abs::read(input),
            Self::Crossref => formats::crossref::read(input),
            Self::DataCite => formats::datacite::read(input),
            Self::Dblp => formats::dblp::read(input),
            Self::Acl => formats::acl::read(input),
            Self::AclPeople => formats::acl::read_people(input),
            Self::OrcidJson => formats::orcid_json::read(input),
            Self::OrcidXml => formats::orcid_xml::read(input),
            Self::SemanticScholar => formats::semantic_scholar::read(input),
            Self::Pubmed => formats::pubmed::read(input),
            Self::Bibtex => formats::bibtex::read(input),
            Self::Ris => formats::ris::read(input),
            Self::CslJson => csl_json::read(input),
            Self::Ror => formats::ror::read(input),
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl serde::Serialize for Format {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
