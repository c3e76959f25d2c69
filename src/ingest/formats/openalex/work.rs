//! Works.

use serde::Deserialize;

use super::super::json::{
    self, Date, Flag, List, Listed, One, Text, TextOr, add_identifier, add_related, identifier,
    in_comma_order, orcid, plain,
};
use super::abstracts::Abstract;
use super::topics::{self, Concept, Keyword, Topic};
use super::{Institution, SOURCE, author_id, key, person_name};
use crate::domain::identifiers::{ArxivId, Scheme, WorkIdentifier};
use crate::domain::names::PersonName;
use crate::domain::work::WorkKind;
use crate::ingest::record::{RecordAuthor, Relation, WorkRecord};

/// Lists of authors end here in answers of the API and in older dumps.
const MOST_AUTHORS: usize = 100;

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Work<'a> {
    id: Text<'a>,
    doi: Text<'a>,
    title: Text<'a>,
    display_name: Text<'a>,
    publication_year: Text<'a>,
    publication_date: Text<'a>,
    ids: One<Ids<'a>>,
    #[serde(rename = "type")]
    kind: Text<'a>,
    type_crossref: Text<'a>,
    primary_location: One<Location<'a>>,
    locations: List<Location<'a>>,
    /// Before 2023, instead of the locations.
    host_venue: One<Venue<'a>>,
    alternate_host_venues: List<Venue<'a>>,
    authorships: List<Authorship<'a>>,
    is_authors_truncated: Option<Flag>,
    is_retracted: Flag,
    topics: List<Topic<'a>>,
    primary_topic: One<Topic<'a>>,
    concepts: List<Concept<'a>>,
    keywords: List<TextOr<'a, Keyword<'a>>>,
    abstract_inverted_index: Abstract<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Ids<'a> {
    doi: Text<'a>,
    pmid: Text<'a>,
    pmcid: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Location<'a> {
    landing_page_url: Text<'a>,
    pdf_url: Text<'a>,
    source: One<Venue<'a>>,
    raw_source_name: Text<'a>,
    raw_type: Text<'a>,
}

/// A journal, conference or repository.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Venue<'a> {
    display_name: Text<'a>,
    #[serde(rename = "type")]
    kind: Text<'a>,
    url: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Authorship<'a> {
    author: One<Author<'a>>,
    raw_author_name: Text<'a>,
    institutions: List<Institution<'a>>,
    raw_affiliation_strings: List<Text<'a>>,
    raw_affiliation_string: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Author<'a> {
    id: Text<'a>,
    display_name: Text<'a>,
    orcid: Text<'a>,
}

impl Work<'_> {
    /// The neutral record; its title may be empty, which the caller checks.
    pub fn into_record(self) -> WorkRecord {
        let kind = self.kind();
        let (identifiers, related) = self.identifiers(kind);
        let id = key(self.id.as_str()).to_ascii_uppercase();
        let year = self.publication_year.number();
        let date = Date::parse(self.publication_date.as_str());
        let date = date.filter(|date| year.is_none_or(|year| year == date.year));
        let listed = self.authors();
        // A record says itself whether its list is cut off; older ones leave one to guess.
        let cut_off = match self.is_authors_truncated {
            Some(Flag(cut_off)) => cut_off,
            None => self.authorships.0.len() == MOST_AUTHORS,
        };
        WorkRecord {
            source: SOURCE.to_owned(),
            kind,
            title_source: json::line(self.title.as_str())
                .or_else(|| json::line(self.display_name.as_str()))
                .unwrap_or_default(),
            year: date
                .or_else(|| Date::new(year?, None, None))
                .map(|date| date.year),
            published_on: date.and_then(Date::iso),
            venue: self.venue(),
            topics: topics::of_work(
                &self.topics.0,
                self.primary_topic.0.as_ref(),
                &self.concepts.0,
                &self.keywords.0,
            ),
            abstract_source: self.abstract_inverted_index.into_text(),
            more_authors: listed.more || cut_off,
            authors: listed.authors,
            url: Some(format!("https://openalex.org/{id}")),
            retracted: self.is_retracted.0,
            record_key: id,
            identifiers,
            related,
        }
    }

    fn places(&self) -> impl Iterator<Item = &Location<'_>> {
        self.primary_location.0.iter().chain(&self.locations.0)
    }

    /// Those of the work, and that of its preprint at arXiv if it has been published since: OpenAlex makes
    /// one work of both.
    fn identifiers(
        &self,
        kind: WorkKind,
    ) -> (Vec<WorkIdentifier>, Vec<(Relation, WorkIdentifier)>) {
        let mut own = Vec::new();
        let mut related = Vec::new();
        add_identifier(&mut own, identifier(Scheme::Doi, self.doi.as_str()));
        if let Some(ids) = &self.ids.0 {
            if own.is_empty() {
                add_identifier(&mut own, identifier(Scheme::Doi, ids.doi.as_str()));
            }
            add_identifier(&mut own, identifier(Scheme::Pmid, ids.pmid.as_str()));
            add_identifier(&mut own, identifier(Scheme::Pmcid, ids.pmcid.as_str()));
        }
        add_identifier(
            &mut own,
            identifier(Scheme::OpenAlex, key(self.id.as_str())),
        );
        let venues = self
            .host_venue
            .0
            .iter()
            .chain(&self.alternate_host_venues.0);
        let preprint = self
            .places()
            .flat_map(|place| [&place.landing_page_url, &place.pdf_url])
            .chain(venues.map(|venue| &venue.url))
            .find_map(|page| ArxivId::parse(page.as_str()).ok());
        if let Some(preprint) = preprint {
            let found = identifier(Scheme::Arxiv, preprint.id());
            let elsewhere = own.iter().any(|own| own.scheme == Scheme::Doi)
                && !own.iter().any(|own| own.scheme == Scheme::Arxiv);
            match (elsewhere, kind) {
                (false, _) => add_identifier(&mut own, found),
                (true, WorkKind::Preprint) => {
                    add_related(&mut related, &own, Relation::VersionOf, found);
                }
                (true, _) => add_related(&mut related, &own, Relation::PreprintOf, found),
            }
        }
        own.sort();
        (own, related)
    }

    fn venue(&self) -> Option<String> {
        let primary = self.primary_location.0.as_ref();
        let source = primary.and_then(|place| place.source.0.as_ref());
        source
            .or(self.host_venue.0.as_ref())
            .and_then(|venue| plain(venue.display_name.as_str()))
            .or_else(|| plain(primary?.raw_source_name.as_str()))
    }

    fn authors(&self) -> Listed {
        let mut listed = Listed::default();
        for authorship in &self.authorships.0 {
            listed.add(authorship.author());
        }
        listed
    }

    /// OpenAlex's own types, and those of Crossref, which it used before and which tell conference papers from
    /// articles.
    fn kind(&self) -> WorkKind {
        let crossref = self.type_crossref.as_str();
        let primary = self.primary_location.0.as_ref();
        let raw = primary.map_or("", |place| place.raw_type.as_str());
        let venue = primary
            .and_then(|place| place.source.0.as_ref())
            .map_or("", |venue| venue.kind.as_str());
        let arxiv = ArxivId::parse(self.doi.as_str()).is_ok();
        match self.kind.as_str() {
            _ if arxiv || crossref == "posted-content" => WorkKind::Preprint,
            "preprint" | "posted-content" => WorkKind::Preprint,
            "proceedings-article" => WorkKind::ConferencePaper,
            _ if crossref == "proceedings-article" => WorkKind::ConferencePaper,
            "article" if raw == "proceedings-article" || venue == "conference" => {
                WorkKind::ConferencePaper
            }
            "article" | "journal-article" | "review" | "letter" | "editorial" | "erratum"
            | "retraction" => WorkKind::Article,
            "book-chapter" | "book-section" | "book-part" | "reference-entry" => WorkKind::Chapter,
            "book" | "monograph" | "edited-book" | "reference-book" | "proceedings"
            | "book-set" => WorkKind::Book,
            "dissertation" => WorkKind::Thesis,
            "dataset" | "database" => WorkKind::Dataset,
            "software" => WorkKind::Software,
            "report" | "standard" | "report-component" => WorkKind::Report,
            _ => WorkKind::Other,
        }
    }
}

impl Authorship<'_> {
    fn author(&self) -> RecordAuthor {
        let author = self.author.0.as_ref();
        let shown = author.and_then(|author| person_name(author.display_name.as_str()));
        let printed = person_name(self.raw_author_name.as_str());
        let (name, other) = match (printed, shown) {
            (Some(printed), Some(shown)) if printed != shown => (printed, Some(shown)),
            (Some(name), _) | (None, Some(name)) => (name, None),
            (None, None) => (String::new(), None),
        };
        let name = in_comma_order(&name);
        let other = other
            .map(|other| in_comma_order(&other))
            .filter(|other| other.display() != name.display() && other.is_name());
        let id = author.and_then(|author| author_id(author.id.as_str()));
        let iri = author.and_then(|author| orcid(author.orcid.as_str()));
        RecordAuthor {
            name,
            other_names: other.into_iter().collect::<Vec<PersonName>>(),
            affiliations: self.affiliations(),
            institutions: self
                .institutions
                .0
                .iter()
                .filter_map(Institution::record)
                .collect(),
            identifiers: iri.into_iter().chain(id).collect(),
            ..RecordAuthor::default()
        }
    }

    fn affiliations(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for text in self.raw_affiliation_strings.0.iter().map(Text::as_str) {
            if let Some(text) = plain(text)
                && !found.contains(&text)
            {
                found.push(text);
            }
        }
        if found.is_empty() {
            found.extend(plain(self.raw_affiliation_string.as_str()));
        }
        found
    }
}
