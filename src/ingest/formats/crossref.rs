//! Crossref: works as lines, as lists of the REST API and as single answers.
//!
//! Format: <https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md>.

#[cfg(test)]
mod tests;

use serde::Deserialize;

use super::super::record::{Input, RecordAuthor, RecordInstitution, Records, Relation, WorkRecord};
use super::json::{
    self, Date, Format, Layout, List, Listed, MAX_RECORD_BYTES, Map, One, Outcome, Rows, Text,
    TextOr, add_identifier, add_related, identifier, keyword, keywords, line, name_in_parts,
    one_name, orcid, plain, ror,
};
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::work::WorkKind;

const SOURCE: &str = "Crossref";

static FORMAT: Format = Format {
    layout: Layout {
        lists: &[&["message", "items"], &["items"]],
        objects: &["message"],
        max: MAX_RECORD_BYTES,
    },
    id: &["DOI"],
    parse,
};

/// How Crossref names its relations between a work and another version of it.
const RELATIONS: [(&str, Relation); 9] = [
    ("is-preprint-of", Relation::PublishedAs),
    ("has-preprint", Relation::PreprintOf),
    ("is-version-of", Relation::VersionOf),
    ("has-version", Relation::VersionOf),
    ("is-identical-to", Relation::VersionOf),
    ("is-same-as", Relation::VersionOf),
    ("is-variant-form-of", Relation::VersionOf),
    ("is-original-form-of", Relation::VersionOf),
    ("is-manuscript-of", Relation::VersionOf),
];

/// Reads works. Those without a title are refused, as most components (figures, tables) are.
pub fn read(input: Input) -> Records {
    json::read(input, &FORMAT)
}

fn parse(text: &str, out: &mut Outcome) -> serde_json::Result<()> {
    let work: Work = serde_json::from_str(text)?;
    match identifier(Scheme::Doi, work.doi.as_str()) {
        Some(doi) => out.work(work.into_record(doi)),
        None if work.doi.is_empty() => out.refuse("", "it has no DOI"),
        None => out.refuse(work.doi.as_str(), "what it gives as its DOI is none"),
    }
    Ok(())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Work<'a> {
    #[serde(rename = "DOI")]
    doi: Text<'a>,
    #[serde(rename = "type")]
    kind: Text<'a>,
    title: List<Text<'a>>,
    subtitle: List<Text<'a>>,
    original_title: List<Text<'a>>,
    #[serde(rename = "abstract")]
    summary: Text<'a>,
    author: List<Author<'a>>,
    container_title: List<Text<'a>>,
    institution: List<TextOr<'a, Named<'a>>>,
    publisher: Text<'a>,
    published: One<Parts<'a>>,
    issued: One<Parts<'a>>,
    published_print: One<Parts<'a>>,
    published_online: One<Parts<'a>>,
    published_other: One<Parts<'a>>,
    posted: One<Parts<'a>>,
    created: One<Parts<'a>>,
    relation: Map<'a, List<Related<'a>>>,
    updated_by: List<Update<'a>>,
    update_to: List<Update<'a>>,
    subject: List<Text<'a>>,
    #[serde(rename = "ISBN")]
    isbn: List<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Author<'a> {
    given: Text<'a>,
    family: Text<'a>,
    suffix: Text<'a>,
    /// Of an organisation.
    name: Text<'a>,
    #[serde(rename = "ORCID")]
    orcid: Text<'a>,
    affiliation: List<TextOr<'a, Named<'a>>>,
}

/// An affiliation or institution.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Named<'a> {
    name: Text<'a>,
    id: List<Id<'a>>,
}

impl<'a> From<Text<'a>> for Named<'a> {
    fn from(name: Text<'a>) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Id<'a> {
    id: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Parts<'a> {
    /// `[[2010, 12, 5]]`; `[[null]]` where nothing is known.
    date_parts: Rows<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Related<'a> {
    id_type: Text<'a>,
    id: Text<'a>,
}

/// A correction, retraction or the like.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Update<'a> {
    #[serde(rename = "DOI")]
    doi: Text<'a>,
    #[serde(rename = "type")]
    kind: Text<'a>,
}

impl Work<'_> {
    /// The neutral record; its title may be empty, which the caller checks.
    fn into_record(self, doi: WorkIdentifier) -> WorkRecord {
        let kind = kind(self.kind.as_str());
        let record_key = doi.value.clone();
        let url = doi.url();
        let retracted = self.is_retracted(&doi);
        let mut identifiers = Vec::new();
        add_identifier(&mut identifiers, Some(doi));
        if kind == WorkKind::Book {
            for isbn in &self.isbn.0 {
                add_identifier(&mut identifiers, identifier(Scheme::Isbn, isbn.as_str()));
            }
        }
        identifiers.sort();
        let date = self.date();
        let mut listed = Listed::default();
        for author in &self.author.0 {
            listed.add(author.record());
        }
        WorkRecord {
            source: SOURCE.to_owned(),
            record_key,
            kind,
            title_source: self.title(),
            abstract_source: json::block(self.summary.as_str()),
            year: date.map(|date| date.year),
            published_on: date.and_then(Date::iso),
            venue: self.venue(kind),
            related: self.related(&identifiers),
            identifiers,
            authors: listed.authors,
            more_authors: listed.more,
            topics: keywords(
                self.subject
                    .0
                    .iter()
                    .filter_map(|text| keyword(text.as_str())),
            ),
            url,
            retracted,
        }
    }

    /// The title with its subtitle; the title in the language of the work where there is no other.
    fn title(&self) -> String {
        let first = |list: &List<Text>| list.0.iter().find_map(|text| line(text.as_str()));
        let Some(title) = first(&self.title).or_else(|| first(&self.original_title)) else {
            return String::new();
        };
        match first(&self.subtitle) {
            Some(subtitle) if !title.to_lowercase().contains(&subtitle.to_lowercase()) => {
                let joint = if title.ends_with([':', '?', '!', '.']) {
                    " "
                } else {
                    ": "
                };
                format!("{title}{joint}{subtitle}")
            }
            _ => title,
        }
    }

    /// The earliest that the registry takes for the date of publication. When the record was made comes
    /// last: for older works that is the year in which their publisher joined.
    fn date(&self) -> Option<Date> {
        let given = [
            &self.published,
            &self.issued,
            &self.published_print,
            &self.published_online,
            &self.published_other,
            &self.posted,
            &self.created,
        ];
        given.into_iter().find_map(|date| date.0.as_ref()?.date())
    }

    fn venue(&self, kind: WorkKind) -> Option<String> {
        let journal = self
            .container_title
            .0
            .iter()
            .find_map(|text| plain(text.as_str()));
        if journal.is_some() || matches!(kind, WorkKind::Article | WorkKind::ConferencePaper) {
            return journal;
        }
        let institution = self
            .institution
            .0
            .iter()
            .find_map(|found| plain(found.0.name.as_str()));
        institution.or_else(|| plain(self.publisher.as_str()))
    }

    fn related(&self, own: &[WorkIdentifier]) -> Vec<(Relation, WorkIdentifier)> {
        let mut found = Vec::new();
        for (name, relation) in RELATIONS {
            let others = self
                .relation
                .0
                .get(name)
                .into_iter()
                .flat_map(|list| &list.0);
            for other in others {
                let scheme = match other.id_type.as_str().to_ascii_lowercase().as_str() {
                    "doi" => Scheme::Doi,
                    "arxiv" => Scheme::Arxiv,
                    "pmid" => Scheme::Pmid,
                    "pmcid" => Scheme::Pmcid,
                    _ => continue,
                };
                add_related(
                    &mut found,
                    own,
                    relation,
                    identifier(scheme, other.id.as_str()),
                );
            }
        }
        found
    }

    /// A notice of retraction says of another work that it is retracted, not of itself; but some publishers
    /// turn the article itself into the notice.
    fn is_retracted(&self, own: &WorkIdentifier) -> bool {
        let retracts = |update: &&Update| {
            let kind = update
                .kind
                .as_str()
                .to_ascii_lowercase()
                .replace(['-', ' '], "_");
            matches!(
                kind.as_str(),
                "retraction" | "withdrawal" | "removal" | "partial_retraction"
            ) && kind != "partial_retraction"
        };
        let itself = |update: &Update| {
            identifier(Scheme::Doi, update.doi.as_str()).is_some_and(|doi| doi == *own)
        };
        self.updated_by.0.iter().any(|update| retracts(&update))
            || self.update_to.0.iter().filter(retracts).any(itself)
    }
}

impl Author<'_> {
    fn record(&self) -> RecordAuthor {
        let part = |text: &Text| plain(text.as_str()).unwrap_or_default();
        let name = name_in_parts(&part(&self.given), &part(&self.family), &part(&self.suffix));
        let group = name.display().is_empty();
        let name = if group {
            one_name(&part(&self.name))
        } else {
            name
        };
        let affiliations = self.affiliation.0.iter().map(|affiliation| &affiliation.0);
        RecordAuthor {
            name,
            group,
            institutions: affiliations
                .clone()
                .filter_map(Named::institution)
                .collect(),
            affiliations: affiliations
                .filter_map(|found| plain(found.name.as_str()))
                .collect(),
            identifiers: orcid(self.orcid.as_str()).into_iter().collect(),
            ..RecordAuthor::default()
        }
    }
}

impl Named<'_> {
    /// An organisation, where its ROR id is given; else a name is only what was printed.
    fn institution(&self) -> Option<RecordInstitution> {
        let ror = self.id.0.iter().find_map(|id| ror(id.id.as_str()))?;
        Some(RecordInstitution {
            name: plain(self.name.as_str())?,
            ror: Some(ror),
            ..RecordInstitution::default()
        })
    }
}

impl Parts<'_> {
    fn date(&self) -> Option<Date> {
        let parts = &self.date_parts.0.first()?.0;
        let part = |at: usize| parts.get(at).and_then(Text::number);
        let small = |at: usize| part(at).and_then(|part| u32::try_from(part).ok());
        Date::new(part(0)?, small(1), small(2))
    }
}

/// <https://api.crossref.org/types>
fn kind(kind: &str) -> WorkKind {
    match kind {
        "posted-content" => WorkKind::Preprint,
        "journal-article" => WorkKind::Article,
        "proceedings-article" => WorkKind::ConferencePaper,
        "book-chapter" | "book-section" | "book-part" | "book-track" | "reference-entry" => {
            WorkKind::Chapter
        }
        "book" | "monograph" | "edited-book" | "reference-book" | "proceedings" | "book-set" => {
            WorkKind::Book
        }
        "dissertation" => WorkKind::Thesis,
        "dataset" | "database" => WorkKind::Dataset,
        "report" | "report-component" | "standard" => WorkKind::Report,
        _ => WorkKind::Other,
    }
}
