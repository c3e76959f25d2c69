//! DataCite: records of the metadata schema in JSON, alone or in answers of the REST API.
//!
//! Format: <https://datacite-metadata-schema.readthedocs.io> and <https://support.datacite.org/docs/api>.

mod creators;
mod kinds;
#[cfg(test)]
mod tests;

use serde::Deserialize;

use super::super::record::{Input, RecordTopic, Records, Relation, WorkRecord};
use super::super::subjects::arxiv_category;
use super::json::{
    self, Date, Format, Layout, List, Listed, MAX_RECORD_BYTES, One, Outcome, Text, TextOr,
    add_identifier, add_related, identifier, keyword, keywords, line, names_nobody, plain,
};
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::work::WorkKind;
use creators::Creator;
use kinds::Types;

const SOURCE: &str = "DataCite";

static FORMAT: Format = Format {
    layout: Layout {
        lists: &[&["data"]],
        objects: &["data"],
        max: MAX_RECORD_BYTES,
    },
    id: &["id", "doi"],
    parse,
};

/// Schemes whose subjects are formulas, places or measures rather than words.
const NO_WORDS: [&str; 9] = [
    "inchi",
    "inchikey",
    "smiles",
    "cmenergies",
    "reactions",
    "observables",
    "geonames",
    "parameter",
    "area of interest",
];

/// Reads works.
pub fn read(input: Input) -> Records {
    json::read(input, &FORMAT)
}

fn parse(text: &str, out: &mut Outcome) -> serde_json::Result<()> {
    let envelope: Envelope = serde_json::from_str(text)?;
    let id = envelope.id;
    // The record itself has the same fields as the `attributes` of an answer of the API.
    let work = match envelope.attributes.0 {
        Some(work) => work,
        None => serde_json::from_str(text)?,
    };
    let given = [&work.doi, &id];
    let listed = work
        .identifiers
        .0
        .iter()
        .filter(|other| other.kind.as_str().eq_ignore_ascii_case("doi"));
    let doi = given
        .into_iter()
        .chain(listed.map(|other| &other.identifier))
        .find_map(|doi| identifier(Scheme::Doi, doi.as_str()));
    match doi {
        Some(doi) => out.work(work.into_record(doi)),
        None => out.refuse(id.as_str(), "it has no DOI"),
    }
    Ok(())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Envelope<'a> {
    id: Text<'a>,
    attributes: One<Work<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Work<'a> {
    doi: Text<'a>,
    identifiers: List<Identifier<'a>>,
    creators: List<TextOr<'a, Creator<'a>>>,
    titles: List<TextOr<'a, Title<'a>>>,
    publisher: One<TextOr<'a, Publisher<'a>>>,
    container: One<Container<'a>>,
    publication_year: Text<'a>,
    published: Text<'a>,
    dates: List<TypedDate<'a>>,
    types: Types<'a>,
    subjects: List<TextOr<'a, Subject<'a>>>,
    descriptions: List<Description<'a>>,
    related_identifiers: List<Related<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Identifier<'a> {
    identifier: Text<'a>,
    #[serde(rename = "identifierType")]
    kind: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Title<'a> {
    title: Text<'a>,
    title_type: Text<'a>,
}

impl<'a> From<Text<'a>> for Title<'a> {
    fn from(title: Text<'a>) -> Self {
        Self {
            title,
            ..Self::default()
        }
    }
}

/// A text since version 4.5 of the schema has an object around it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Publisher<'a> {
    name: Text<'a>,
}

impl<'a> From<Text<'a>> for Publisher<'a> {
    fn from(name: Text<'a>) -> Self {
        Self { name }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Container<'a> {
    title: Text<'a>,
    #[serde(rename = "type")]
    kind: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct TypedDate<'a> {
    date: Text<'a>,
    date_type: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Subject<'a> {
    subject: Text<'a>,
    subject_scheme: Text<'a>,
}

impl<'a> From<Text<'a>> for Subject<'a> {
    fn from(subject: Text<'a>) -> Self {
        Self {
            subject,
            ..Self::default()
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Description<'a> {
    description: Text<'a>,
    description_type: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct Related<'a> {
    relation_type: Text<'a>,
    related_identifier: Text<'a>,
    related_identifier_type: Text<'a>,
}

impl Work<'_> {
    /// The neutral record; its title may be empty, which the caller checks.
    fn into_record(self, doi: WorkIdentifier) -> WorkRecord {
        let record_key = doi.value.clone();
        let url = doi.url();
        let mut identifiers = Vec::new();
        add_identifier(&mut identifiers, Some(doi));
        identifiers.sort();
        let at_arxiv = identifiers.iter().any(|own| own.scheme == Scheme::Arxiv);
        let in_journal = self.container.0.as_ref().is_some_and(|container| {
            container.kind.as_str().eq_ignore_ascii_case("journal") && !container.title.is_empty()
        });
        let kind = if at_arxiv {
            WorkKind::Preprint
        } else {
            self.types.kind(in_journal)
        };
        let (year, published_on) = self.date(at_arxiv);
        let mut listed = Listed::default();
        for creator in &self.creators.0 {
            creator.0.add_to(&mut listed);
        }
        WorkRecord {
            source: SOURCE.to_owned(),
            record_key,
            kind,
            title_source: self.title(),
            abstract_source: self.summary(),
            year,
            published_on,
            venue: self.venue(),
            related: self.related(&identifiers, at_arxiv),
            identifiers,
            authors: listed.authors,
            more_authors: listed.more,
            topics: keywords(
                self.subjects
                    .0
                    .iter()
                    .filter_map(|subject| subject.0.topic()),
            ),
            url,
            retracted: false,
        }
    }

    /// The main title: neither a subtitle nor a translation, the first where there are several.
    fn title(&self) -> String {
        let titles = || self.titles.0.iter().map(|title| &title.0);
        titles()
            .filter(|title| title.title_type.is_empty())
            .chain(titles().filter(|title| title.title_type.as_str() != "Subtitle"))
            .find_map(|title| line(title.title.as_str()).filter(|title| !title.starts_with("(:")))
            .unwrap_or_default()
    }

    fn summary(&self) -> Option<String> {
        let is_abstract = |text: &&Description| {
            text.description_type
                .as_str()
                .eq_ignore_ascii_case("abstract")
        };
        let mut abstracts = self.descriptions.0.iter().filter(is_abstract);
        abstracts
            .find_map(|text| json::block(text.description.as_str()))
            .filter(|text| !text.starts_with("(:"))
    }

    /// The year of publication, and the day where a date of that year says it. arXiv gives the day on which
    /// a preprint came, elsewhere that is long before publication.
    fn date(&self, at_arxiv: bool) -> (Option<i64>, Option<String>) {
        let dated = |kind: &str| {
            let of_kind = |date: &&TypedDate| date.date_type.as_str().eq_ignore_ascii_case(kind);
            let mut dates = self.dates.0.iter().filter(of_kind);
            dates.find_map(|date| Date::parse(date.date.as_str()))
        };
        let stated = Date::parse(self.publication_year.as_str());
        let year = stated
            .or_else(|| dated("Issued"))
            .or_else(|| Date::parse(self.published.as_str()))
            .or_else(|| dated("Available"))
            .map(|date| date.year);
        let day = at_arxiv
            .then_some("Submitted")
            .into_iter()
            .chain(["Issued", "Available"])
            .filter_map(dated)
            .filter(|date| Some(date.year) == year)
            .find_map(Date::iso);
        (year, day)
    }

    fn venue(&self) -> Option<String> {
        let container = self.container.0.as_ref();
        container
            .and_then(|container| plain(container.title.as_str()))
            .or_else(|| plain(self.publisher.0.as_ref()?.0.name.as_str()))
            .filter(|venue| !names_nobody(venue))
    }

    fn related(&self, own: &[WorkIdentifier], at_arxiv: bool) -> Vec<(Relation, WorkIdentifier)> {
        let mut found = Vec::new();
        for other in &self.related_identifiers.0 {
            let relation = match other.relation_type.as_str() {
                // arXiv names the published version in this way.
                "IsVersionOf" if at_arxiv => Relation::PublishedAs,
                "IsVersionOf"
                | "HasVersion"
                | "IsPreviousVersionOf"
                | "IsNewVersionOf"
                | "IsIdenticalTo"
                | "IsVariantFormOf"
                | "IsOriginalFormOf"
                | "Obsoletes"
                | "IsObsoletedBy" => Relation::VersionOf,
                _ => continue,
            };
            let scheme = match other
                .related_identifier_type
                .as_str()
                .to_ascii_lowercase()
                .as_str()
            {
                "doi" => Scheme::Doi,
                "arxiv" => Scheme::Arxiv,
                "pmid" => Scheme::Pmid,
                _ => continue,
            };
            let other = identifier(scheme, other.related_identifier.as_str());
            add_related(&mut found, own, relation, other);
        }
        found
    }
}

impl Subject<'_> {
    fn topic(&self) -> Option<RecordTopic> {
        let scheme = self.subject_scheme.as_str().to_ascii_lowercase();
        let text = self.subject.as_str();
        if NO_WORDS.contains(&scheme.as_str()) {
            return None;
        }
        // `Machine Learning (cs.LG)`.
        let code = text
            .strip_suffix(')')
            .and_then(|text| text.rsplit_once('('))
            .map(|(_, code)| code);
        if let Some((code, name)) = code.and_then(arxiv_category) {
            return json::topic("arxiv", code, name);
        }
        // `FOS: Mathematics`, `500 Science::530 Physics`.
        let text = text.strip_prefix("FOS:").unwrap_or(text);
        let text = match scheme.as_str() {
            "ddc" | "dewey" | "for" => text
                .rsplit("::")
                .next()
                .unwrap_or(text)
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'),
            _ => text,
        };
        keyword(text).filter(|topic| topic.code.chars().any(char::is_alphabetic))
    }
}
