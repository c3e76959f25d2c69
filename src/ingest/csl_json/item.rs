//! One CSL-JSON item as sources write it, and what we make of it.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use sha2::{Digest, Sha256};

use crate::domain::identifiers::{ArxivId, Orcid, Scheme, WorkIdentifier};
use crate::domain::names::{PersonName, name_key};
use crate::domain::work::WorkKind;
use crate::ingest::markup::{self, Shape};
use crate::ingest::record::{RecordAuthor, WorkRecord};
use crate::ingest::subjects;

/// A value that should be a text. Sources also give numbers, lists of texts (the first counts) and
/// null; an object counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Text(String);

impl Text {
    /// Without U+0000, which PostgreSQL refuses and nobody reads.
    fn readable(mut text: String) -> Self {
        text.retain(|c| c != '\0');
        Self(text)
    }

    fn some(self) -> Option<String> {
        let trimmed = self.0.trim();
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    }

    fn as_str(&self) -> &str {
        self.0.trim()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyText;
        impl<'de> Visitor<'de> for AnyText {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_str<E: de::Error>(self, value: &str) -> Result<Text, E> {
                Ok(Text::readable(value.to_owned()))
            }
            fn visit_string<E: de::Error>(self, value: String) -> Result<Text, E> {
                Ok(Text::readable(value))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Text, E> {
                Ok(Text(value.to_string()))
            }
            fn visit_bool<E: de::Error>(self, _: bool) -> Result<Text, E> {
                Ok(Text::default())
            }
            fn visit_unit<E: de::Error>(self) -> Result<Text, E> {
                Ok(Text::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Text, A::Error> {
                let first = seq.next_element::<Text>()?.unwrap_or_default();
                while seq.next_element::<de::IgnoredAny>()?.is_some() {}
                Ok(first)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                while map
                    .next_entry::<de::IgnoredAny, de::IgnoredAny>()?
                    .is_some()
                {}
                Ok(Text::default())
            }
        }
        deserializer.deserialize_any(AnyText)
    }
}

/// A list of texts, also written as one text.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Texts {
    Many(Vec<Text>),
    One(Text),
}

impl Default for Texts {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Texts {
    fn join(&self) -> String {
        match self {
            Self::One(text) => text.0.clone(),
            Self::Many(texts) => texts
                .iter()
                .map(Text::as_str)
                .collect::<Vec<_>>()
                .join("; "),
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Date {
    #[serde(rename = "date-parts")]
    parts: Option<Vec<Option<Vec<Text>>>>,
    raw: Text,
    literal: Text,
}

impl Date {
    /// The year, and the date as `YYYY-MM` or `YYYY-MM-DD` where more than the year is given.
    fn read(&self) -> Option<(i64, Option<String>)> {
        let listed: Vec<&str> = match self.parts.iter().flatten().flatten().next() {
            Some(parts) => parts.iter().map(Text::as_str).collect(),
            None => {
                let text = if self.raw.0.is_empty() {
                    &self.literal
                } else {
                    &self.raw
                };
                let text = text.as_str().split('T').next().unwrap_or_default();
                text.split(['-', '/']).collect()
            }
        };
        let year: i64 = listed.first()?.parse().ok()?;
        if !(1000..=2999).contains(&year) {
            return None;
        }
        let number = |at: usize, max: u32| {
            let number: u32 = listed.get(at)?.parse().ok()?;
            (1..=max).contains(&number).then_some(number)
        };
        let date = number(1, 12).map(|month| match number(2, 31) {
            Some(day) => format!("{year}-{month:02}-{day:02}"),
            None => format!("{year}-{month:02}"),
        });
        Some((year, date))
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Name {
    family: Text,
    given: Text,
    literal: Text,
    /// Crossref's organisations.
    name: Text,
    dropping_particle: Text,
    non_dropping_particle: Text,
    suffix: Text,
    affiliation: Option<Affiliations>,
    #[serde(rename = "ORCID")]
    orcid: Text,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Affiliations {
    Many(Vec<Affiliation>),
    One(Text),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Affiliation {
    Named {
        #[serde(default)]
        name: Text,
    },
    Plain(Text),
}

/// An item; unknown fields are passed over.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Item {
    id: Text,
    #[serde(rename = "type")]
    kind: Text,
    genre: Text,
    title: Text,
    #[serde(rename = "abstract")]
    summary: Text,
    author: Option<Vec<Name>>,
    issued: Option<Date>,
    container_title: Text,
    publisher: Text,
    keyword: Texts,
    archive: Text,
    #[serde(rename = "archive_location")]
    archive_location: Text,
    #[serde(rename = "DOI")]
    doi: Text,
    #[serde(rename = "PMID")]
    pmid: Text,
    #[serde(rename = "PMCID")]
    pmcid: Text,
    #[serde(rename = "ISBN")]
    isbn: Text,
    #[serde(rename = "URL")]
    url: Text,
}

impl Item {
    /// What it is called in its file.
    pub fn id(&self) -> &str {
        self.id.as_str()
    }

    /// The neutral record; its title may be empty, which the caller checks.
    pub fn into_record(self) -> WorkRecord {
        let kind = kind(self.kind.as_str(), self.genre.as_str());
        let mut identifiers = self.identifiers(kind);
        // One order, so that the digest does not depend on the source's.
        identifiers.sort();
        let date = self.issued.as_ref().and_then(Date::read);
        let authors: Vec<RecordAuthor> = self
            .author
            .into_iter()
            .flatten()
            .filter_map(Name::into_author)
            .collect();
        let from_arxiv = identifiers.iter().any(|i| i.scheme == Scheme::Arxiv);
        let url = WorkIdentifier::parse(Scheme::Url, self.url.as_str()).ok();
        let id = self.id.some();
        let publisher = self.publisher.some();
        let title_source = self.title.some().unwrap_or_default();
        WorkRecord {
            source: source(from_arxiv, self.archive.as_str(), publisher.as_deref()),
            record_key: record_key(id.as_deref(), &identifiers, &title_source, &authors),
            kind,
            abstract_source: self.summary.some(),
            year: date.as_ref().map(|(year, _)| *year),
            published_on: date.and_then(|(_, date)| date),
            venue: self
                .container_title
                .some()
                .map(|venue| plain(&venue))
                .or(publisher)
                .or_else(|| self.archive.some()),
            url: url
                .or_else(|| identifiers.first().cloned())
                .and_then(|identifier| identifier.url()),
            topics: subjects::from_keywords(&self.keyword.join()),
            title_source,
            identifiers,
            authors,
            ..WorkRecord::default()
        }
    }

    fn identifiers(&self, kind: WorkKind) -> Vec<WorkIdentifier> {
        let mut found = Vec::new();
        let mut add = |scheme, text: &str| {
            if !text.is_empty()
                && let Ok(identifier) = WorkIdentifier::parse(scheme, text)
                && !found.contains(&identifier)
            {
                found.push(identifier);
            }
        };
        let id = self.id.as_str();
        // A bare number such as `2101.00001` may be anything; with a prefix it is meant.
        if id.contains(':') {
            add(Scheme::Arxiv, id);
            add(Scheme::Doi, id);
        }
        if self.archive.as_str().eq_ignore_ascii_case("arxiv") {
            add(Scheme::Arxiv, self.archive_location.as_str());
        }
        if ArxivId::parse(self.url.as_str()).is_ok() {
            add(Scheme::Arxiv, self.url.as_str());
        }
        if ArxivId::parse(self.doi.as_str()).is_ok() {
            add(Scheme::Arxiv, self.doi.as_str());
        }
        add(Scheme::Doi, self.doi.as_str());
        add(Scheme::Pmid, self.pmid.as_str());
        add(Scheme::Pmcid, self.pmcid.as_str());
        if kind == WorkKind::Book {
            add(Scheme::Isbn, self.isbn.as_str());
        }
        found
    }
}

impl Name {
    /// `None` for what names nobody (":", "et al.").
    fn into_author(self) -> Option<RecordAuthor> {
        let join = |parts: [&str; 2]| -> Option<String> {
            let joined = parts.join(" ");
            let joined = joined.trim();
            (!joined.is_empty()).then(|| plain(joined))
        };
        let family = [self.non_dropping_particle.as_str(), self.family.as_str()].join(" ");
        let name = PersonName {
            given: join([self.given.as_str(), self.dropping_particle.as_str()]),
            family: join([family.trim(), self.suffix.as_str()]),
            literal: join([self.literal.as_str(), ""]).or_else(|| join([self.name.as_str(), ""])),
        };
        if !name.is_name() {
            return None;
        }
        let affiliations = match self.affiliation {
            Some(Affiliations::One(text)) => text.some().into_iter().collect(),
            Some(Affiliations::Many(many)) => many
                .into_iter()
                .filter_map(|affiliation| match affiliation {
                    Affiliation::Named { name } | Affiliation::Plain(name) => name.some(),
                })
                .collect::<Vec<_>>(),
            None => Vec::new(),
        };
        Some(RecordAuthor {
            name,
            affiliations: affiliations.iter().map(|text| plain(text)).collect(),
            identifiers: Orcid::parse(self.orcid.as_str())
                .map(|orcid| ("orcid".to_owned(), orcid.as_str().to_owned()))
                .into_iter()
                .collect(),
            ..RecordAuthor::default()
        })
    }
}

/// What identifies a record: its first identifier in a register (`arxiv:2101.00001`), else its id if
/// that is an address or a name with a prefix, else its id with a mark of title and first author.
/// Ids such as `smith2020` or `ref-1` mean another work in another file, so alone they must not make
/// one record replace another.
fn record_key(
    id: Option<&str>,
    identifiers: &[WorkIdentifier],
    title: &str,
    authors: &[RecordAuthor],
) -> String {
    let registered = identifiers
        .iter()
        .find(|identifier| identifier.scheme.is_registry() && identifier.scheme != Scheme::Isbn);
    if let Some(identifier) = registered {
        return format!("{}:{}", identifier.scheme.as_str(), identifier.value);
    }
    let id = id.unwrap_or_default();
    if id.contains(':') {
        return id.to_owned();
    }
    let first = authors.first().map(|author| author.name.display());
    let mut hash = Sha256::new();
    hash.update(name_key(title));
    hash.update([0]);
    hash.update(name_key(&first.unwrap_or_default()));
    let mark: String = hash.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{id}#{mark}")
}

/// Names come with LaTeX and character references too.
fn plain(text: &str) -> String {
    if text.contains(['\\', '{', '$', '&', '<']) {
        markup::render(text, Shape::Line).text
    } else {
        text.to_owned()
    }
}

/// Where the record comes from: the archive or publisher that it names, else the format.
fn source(from_arxiv: bool, archive: &str, publisher: Option<&str>) -> String {
    if from_arxiv || archive.eq_ignore_ascii_case("arxiv") {
        return "arXiv".to_owned();
    }
    let given = publisher.unwrap_or(archive);
    if given.is_empty() {
        "csl-json".to_owned()
    } else {
        given.to_owned()
    }
}

/// CSL's types (1.0.2), and those of Crossref and DataCite, which appear in the same field.
fn kind(kind: &str, genre: &str) -> WorkKind {
    let genre = genre.to_ascii_lowercase();
    if genre.contains("preprint") {
        return WorkKind::Preprint;
    }
    match kind.to_ascii_lowercase().as_str() {
        "article" | "preprint" | "posted-content" => WorkKind::Preprint,
        "article-journal" | "article-magazine" | "article-newspaper" | "journal-article"
        | "review" | "review-book" => WorkKind::Article,
        "paper-conference" | "proceedings-article" | "speech" => WorkKind::ConferencePaper,
        "chapter" | "book-chapter" | "book-section" | "book-part" | "entry"
        | "entry-dictionary" | "entry-encyclopedia" | "reference-entry" => WorkKind::Chapter,
        "book" | "monograph" | "edited-book" | "reference-book" | "collection" | "proceedings" => {
            WorkKind::Book
        }
        "thesis" | "dissertation" => WorkKind::Thesis,
        "dataset" | "data" => WorkKind::Dataset,
        "software" | "program" => WorkKind::Software,
        "report" | "standard" | "manuscript" | "working-paper" => WorkKind::Report,
        _ => WorkKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_names_a_record_before_its_file_does() {
        let doi = WorkIdentifier::parse(Scheme::Doi, "10.5555/X").unwrap();
        let arxiv = WorkIdentifier::parse(Scheme::Arxiv, "2101.00001v2").unwrap();
        assert_eq!(
            record_key(Some("x"), &[arxiv, doi.clone()], "T", &[]),
            "arxiv:2101.00001"
        );
        assert_eq!(record_key(Some("x"), &[doi], "T", &[]), "doi:10.5555/x");
        assert_eq!(record_key(Some("zotero:12"), &[], "T", &[]), "zotero:12");
    }

    #[test]
    fn a_bare_id_names_a_record_only_together_with_its_title() {
        let one = record_key(Some("ref-1"), &[], "One title", &[]);
        assert_eq!(one, record_key(Some("ref-1"), &[], "One  Title.", &[]));
        assert_ne!(one, record_key(Some("ref-1"), &[], "Another title", &[]));
        assert!(one.starts_with("ref-1#"));
    }
}
