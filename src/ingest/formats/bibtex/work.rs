//! What an entry says of a work.

use biblatex::EntryType;

use super::super::citation::{Citation, Found};
use super::super::fields::{Date, arxiv_topics, keyword, line, month, plain, year};
use super::fields::Fields;
use super::names::{authors, in_braces};
use crate::domain::identifiers::Scheme;
use crate::domain::names::name_key;
use crate::domain::work::WorkKind;
use crate::ingest::record::{RecordTopic, WorkRecord};
use crate::ingest::subjects;

/// Who says so: nobody but the file.
const SOURCE: &str = "BibTeX";

/// How many pairs of braces around a whole title are taken off.
const MAX_BRACES: usize = 4;

/// The record of an entry; its title may be empty.
pub(super) fn read(entry: &str, key: &str, fields: &Fields) -> WorkRecord {
    let entry = EntryType::new(entry);
    let kind = kind(&entry);
    let of_book = matches!(
        entry,
        EntryType::InBook | EntryType::BookInBook | EntryType::SuppBook
    );
    let listed = match fields.get("author") {
        None if of_book => fields.get("bookauthor"),
        author => author,
    };
    let (authors, more_authors) = listed.map(authors).unwrap_or_default();
    Citation {
        source: SOURCE,
        id: key.to_owned(),
        kind,
        title: title(fields, kind),
        summary: fields.get("abstract").unwrap_or_default().to_owned(),
        date: date(fields),
        venue: fields
            .first(&[
                "journal",
                "journaltitle",
                "booktitle",
                "school",
                "institution",
                "publisher",
                "organization",
                "howpublished",
            ])
            .filter(|venue| !venue.contains("://"))
            .map(str::to_owned),
        authors,
        more_authors,
        topics: topics(fields),
        found: found(key, fields),
    }
    .into_record()
}

/// Whether an entry lacks what it could inherit.
pub(super) fn is_incomplete(entry: &str, fields: &Fields) -> bool {
    let venue = ["journal", "journaltitle", "booktitle"];
    let of_book = EntryType::new(entry) == EntryType::InBook;
    fields.first(&venue).is_none()
        || fields.first(&["date", "year"]).is_none()
        || (of_book && fields.first(&["author", "bookauthor"]).is_none())
}

/// Whether other entries may inherit from one of this kind.
pub(super) fn may_be_parent(entry: &str) -> bool {
    let entry = EntryType::new(entry);
    entry.is_collection() || entry.is_multi_volume() || entry == EntryType::XData
}

fn kind(entry: &EntryType) -> WorkKind {
    match entry {
        EntryType::Article | EntryType::SuppPeriodical => WorkKind::Article,
        EntryType::InProceedings => WorkKind::ConferencePaper,
        EntryType::InCollection
        | EntryType::InBook
        | EntryType::BookInBook
        | EntryType::SuppBook
        | EntryType::SuppCollection
        | EntryType::InReference => WorkKind::Chapter,
        EntryType::Book
        | EntryType::Booklet
        | EntryType::MvBook
        | EntryType::Collection
        | EntryType::MvCollection
        | EntryType::Reference
        | EntryType::MvReference
        | EntryType::Proceedings
        | EntryType::MvProceedings => WorkKind::Book,
        EntryType::PhdThesis | EntryType::MastersThesis | EntryType::Thesis => WorkKind::Thesis,
        EntryType::TechReport | EntryType::Report | EntryType::Manual | EntryType::Unpublished => {
            WorkKind::Report
        }
        EntryType::Dataset => WorkKind::Dataset,
        EntryType::Software => WorkKind::Software,
        // What styles and programs add of their own.
        EntryType::Unknown(name) => match name.as_str() {
            "preprint" => WorkKind::Preprint,
            "data" => WorkKind::Dataset,
            "softwareversion" | "softwaremodule" | "codefragment" => WorkKind::Software,
            "standard" => WorkKind::Report,
            "review" | "magazine_article" | "newspaper_article" => WorkKind::Article,
            "book_section" => WorkKind::Chapter,
            _ => WorkKind::Other,
        },
        _ => WorkKind::Other,
    }
}

fn title(fields: &Fields, kind: WorkKind) -> String {
    let part = |names: &[&str]| {
        let mut text = line(fields.first(names)?)?;
        // Braces around the whole keep a style from changing its capitals.
        for _ in 0..MAX_BRACES {
            let Some(inner) = in_braces(&text) else { break };
            text = line(inner)?;
        }
        Some(text)
    };
    let names: &[&str] = match kind {
        WorkKind::Book => &["title", "booktitle"],
        _ => &["title"],
    };
    let Some(title) = part(names) else {
        return String::new();
    };
    match part(&["subtitle"]) {
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title,
    }
}

fn date(fields: &Fields) -> Date {
    let given = fields.get("date").map(Date::iso).unwrap_or_default();
    given.or(|| {
        let text = fields.first(&["year", "date"]).unwrap_or_default();
        let whole = Date::iso(text);
        if whole.day.is_some() {
            return whole;
        }
        let Some(year) = year(text) else {
            return Date::default();
        };
        let months = fields.get("month").and_then(plain).unwrap_or_default();
        let (named, numbers): (Vec<&str>, Vec<&str>) = months
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .partition(|word| month(word).is_some() && word.parse::<u32>().is_err());
        // `oct`, `October 12`, `10`
        let (month, day) = match named.first() {
            Some(name) => (Some(*name), numbers.first()),
            None => (numbers.first().copied(), None),
        };
        Date::of(&year.to_string(), month, fields.get("day").or(day.copied()))
    })
}

fn topics(fields: &Fields) -> Vec<RecordTopic> {
    let mut topics = Vec::new();
    let keywords = ["keywords", "keyword", "author_keywords"];
    for field in keywords.into_iter().filter_map(|name| fields.get(name)) {
        if field.contains(';') {
            // `Proteins, Recombinant; Ecology`
            topics.extend(field.split(';').flat_map(|part| keyword(part.trim())));
        } else {
            topics.extend(subjects::from_keywords(field));
        }
    }
    let class = fields.first(&["primaryclass", "eprintclass"]);
    if class.is_some_and(|class| subjects::arxiv_category(class).is_some()) {
        topics.extend(arxiv_topics(class.unwrap_or_default(), &[]));
    }
    if let Some(codes) = fields.first(&["mrclass", "msc"]) {
        let codes = arxiv_topics("", &[codes]).into_iter();
        topics.extend(codes.filter(|topic| topic.scheme == "msc"));
    }
    topics
}

fn found(key: &str, fields: &Fields) -> Found {
    let mut found = Found::default();
    if let Some(eprint) = fields.get("eprint").map(verbatim) {
        let archive = fields.first(&["archiveprefix", "eprinttype", "archive"]);
        match archive.map(name_key).unwrap_or_default().as_str() {
            "pubmed" | "pmid" => found.add(Scheme::Pmid, &eprint),
            "pmc" | "pmcid" => found.add(Scheme::Pmcid, &eprint),
            archive => {
                // `archiveprefix = "hep-th", eprint = "9901001"`
                let _ = found.arxiv(&eprint)
                    || found.arxiv(&format!("{}/{eprint}", archive.replace(' ', "-")));
            }
        }
    }
    for text in ["doi", "ee"].iter().filter_map(|name| fields.get(name)) {
        found.dois(&verbatim(text));
    }
    for name in ["journal", "journaltitle", "howpublished"] {
        found.arxiv_in(&verbatim(fields.get(name).unwrap_or_default()));
    }
    // dblp's articles in the Computing Research Repository.
    if let Some(number) = fields
        .get("volume")
        .and_then(|text| text.strip_prefix("abs/"))
    {
        found.arxiv(number);
    }
    for name in ["url", "howpublished", "bdsk-url-1"] {
        if let Some(address) = fields.get(name) {
            found.address(&verbatim(address));
        }
    }
    for (name, scheme) in [("pmid", Scheme::Pmid), ("pmcid", Scheme::Pmcid)] {
        found.add(scheme, &verbatim(fields.get(name).unwrap_or_default()));
    }
    found.isbns(fields.get("isbn").unwrap_or_default());
    if let Some(known) = key.strip_prefix("DBLP:") {
        found.add(Scheme::Dblp, known);
    }
    found
}

/// An address or number without the LaTeX around it: `\url{https://example.org/a\_b}`.
fn verbatim(text: &str) -> String {
    let text = text.trim();
    let inner = ["\\url", "\\href", "\\path"]
        .iter()
        .find_map(|command| text.strip_prefix(command)?.trim_start().strip_prefix('{'))
        .map_or(text, |rest| rest.split('}').next().unwrap_or(rest));
    let mut plain = String::with_capacity(inner.len());
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && chars.peek().is_some_and(|next| "_%&#$~".contains(*next));
        if !escapes && !matches!(c, '{' | '}') {
            plain.push(c);
        }
    }
    line(&plain).unwrap_or_default()
}
