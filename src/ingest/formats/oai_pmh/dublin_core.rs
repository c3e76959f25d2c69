//! Dublin Core, which every repository can speak and each fills in its own way.

use super::origin;
use crate::domain::identifiers::{ArxivId, Scheme};
use crate::domain::work::WorkKind;
use crate::ingest::formats::arxiv_work::{ArxivWork, arxiv_id};
use crate::ingest::formats::fields::{
    Date, Identifiers, arxiv_topics, block, doi_in_address, keyword, line, plain, sort_topics,
    web_address,
};
use crate::ingest::formats::keys::record_key;
use crate::ingest::formats::people::authors_of;
use crate::ingest::formats::xml::Element;
use crate::ingest::record::{RecordAuthor, RecordTopic, WorkRecord};

/// `<oai_dc:dc>`
pub(super) fn work(identifier: Option<&str>, metadata: Element<'_>) -> Result<WorkRecord, String> {
    let given = all(metadata, "identifier");
    let arxiv = match identifier {
        Some(identifier) => arxiv_id(identifier),
        // Without a header the first identifier tells: arXiv puts its own page there.
        None => given.first().and_then(|first| arxiv_id(first)),
    };
    let date = all(metadata, "date")
        .iter()
        .map(|date| Date::iso(date))
        .filter(|date| !date.is_empty())
        // Later ones tell of new versions and of the deposit.
        .min_by_key(|date| (date.year, date.day.clone().unwrap_or_default()))
        .unwrap_or_default();
    let authors = all(metadata, "creator")
        .iter()
        .flat_map(|creator| authors_of(creator))
        .collect();
    let title = all(metadata, "title")
        .into_iter()
        .next()
        .unwrap_or_default();
    let summary = description(metadata);
    Ok(match arxiv {
        Some(id) => from_arxiv(&id, metadata, &given, date, authors, &title, &summary),
        None => {
            let mut record = elsewhere(identifier, metadata, &given, authors, &title);
            record.abstract_source = block(&summary);
            date.set(&mut record);
            record
        }
    })
}

fn from_arxiv(
    id: &ArxivId,
    metadata: Element<'_>,
    given: &[String],
    date: Date,
    authors: Vec<RecordAuthor>,
    title: &str,
    summary: &str,
) -> WorkRecord {
    let mut record = ArxivWork {
        title,
        summary,
        date,
        authors,
        dois: &given
            .iter()
            .filter_map(|text| doi_in_address(text))
            .map(|doi| doi.as_str().to_owned())
            .collect::<Vec<_>>()
            .join(" "),
        ..ArxivWork::default()
    }
    .into_record(id);
    for subject in all(metadata, "subject") {
        record.topics.extend(arxiv_subject(&subject));
    }
    sort_topics(&mut record.topics);
    record
}

/// arXiv names its categories here (`Mathematics - Combinatorics`) and gives codes of other schemes.
fn arxiv_subject(subject: &str) -> Vec<RecordTopic> {
    if subject.contains(" - ") {
        return keyword(subject);
    }
    arxiv_topics("", &[subject])
}

fn elsewhere(
    identifier: Option<&str>,
    metadata: Element<'_>,
    given: &[String],
    authors: Vec<RecordAuthor>,
    title: &str,
) -> WorkRecord {
    let mut identifiers = Identifiers::default();
    for text in given {
        if let Some(doi) = doi_in_address(text) {
            identifiers.add(Scheme::Doi, doi.as_str());
        } else if ArxivId::parse(text).is_ok() && text.contains(|c: char| c.is_alphabetic()) {
            identifiers.add(Scheme::Arxiv, text);
        } else if let Some(isbn) = isbn(text) {
            identifiers.add(Scheme::Isbn, isbn);
        }
    }
    let identifiers = identifiers.sorted();
    let title_source = line(title).unwrap_or_default();
    let (source, key) = match identifier {
        Some(identifier) => origin(identifier),
        None => {
            let id = given.first().map(String::as_str);
            let key = record_key(id, &identifiers, &title_source, &authors);
            ("OAI-PMH".to_owned(), key)
        }
    };
    let mut topics: Vec<RecordTopic> = all(metadata, "subject")
        .iter()
        .flat_map(|subject| keyword(subject))
        .collect();
    sort_topics(&mut topics);
    let url = given.iter().find_map(|text| web_address(text));
    let first = |name| all(metadata, name).into_iter().next();
    WorkRecord {
        source,
        record_key: key,
        kind: kind(&all(metadata, "type")),
        title_source,
        venue: first("source")
            .or_else(|| first("publisher"))
            .and_then(|venue| plain(&venue)),
        url: url.or_else(|| identifiers.first()?.url()),
        identifiers,
        authors,
        topics,
        ..WorkRecord::default()
    }
}

/// The texts of all elements of a name, as they stand.
fn all(metadata: Element<'_>, name: &str) -> Vec<String> {
    metadata
        .all(name)
        .map(|element| element.text())
        .filter(|text| !text.trim().is_empty())
        .map(|text| text.trim().to_owned())
        .collect()
}

/// The first description that describes.
fn description(metadata: Element<'_>) -> String {
    all(metadata, "description")
        .into_iter()
        .find(|text| !text.starts_with("Comment:"))
        .unwrap_or_default()
}

fn isbn(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("urn:").unwrap_or(text);
    let lower = rest.get(..4)?.to_ascii_lowercase();
    (lower == "isbn").then(|| rest[4..].trim_start_matches([':', ' ', '-']))
}

/// Words of DRIVER, OpenAIRE, COAR and common speech for what a work is; the first that is known.
fn kind(types: &[String]) -> WorkKind {
    types
        .iter()
        .find_map(|text| known_kind(text))
        .unwrap_or_default()
}

fn known_kind(text: &str) -> Option<WorkKind> {
    let lower = text.trim().to_ascii_lowercase();
    let word = lower.rsplit('/').next().unwrap_or_default();
    let word: String = word.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let kind = WorkKind::ALL
        .into_iter()
        .find(|kind| kind.coar_uri().rsplit('/').next() == lower.rsplit('/').next());
    Some(match word.as_str() {
        "preprint" | "eprint" => WorkKind::Preprint,
        "article"
        | "journalarticle"
        | "review"
        | "researcharticle"
        | "contributiontoperiodical" => WorkKind::Article,
        "conferenceobject"
        | "conferencepaper"
        | "conferenceitem"
        | "conferenceproceedings"
        | "proceedingspaper"
        | "inproceedings"
        | "conferencecontribution" => WorkKind::ConferencePaper,
        "bookpart" | "chapter" | "bookchapter" | "booksection" => WorkKind::Chapter,
        "book" | "monograph" => WorkKind::Book,
        "thesis" | "doctoralthesis" | "masterthesis" | "mastersthesis" | "bachelorthesis"
        | "phdthesis" | "dissertation" => WorkKind::Thesis,
        "dataset" | "data" => WorkKind::Dataset,
        "software" => WorkKind::Software,
        "report" | "workingpaper" | "technicalreport" | "deliverable" => WorkKind::Report,
        _ => return kind,
    })
}
