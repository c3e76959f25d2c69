//! dblp's XML: publications and the home pages of their authors (<https://dblp.org/faq/16154937.html>).
//!
//! The whole of it is one file of several gigabytes, read record by record.

mod person;
#[cfg(test)]
mod tests;

use super::fields::{
    Date, Identifiers, doi_in_address, line, plain, web_address, without_full_stop,
};
use super::people::{author, is_group};
use super::xml::{self, Element, Found, Mark, Shape, Step, html_latin, rich};
use crate::domain::identifiers::{ArxivId, Orcid, Scheme, WorkIdentifier};
use crate::domain::names::PersonName;
use crate::domain::work::WorkKind;
use crate::ingest::record::{Input, RecordAuthor, Records, Relation, WorkRecord};

/// Who says so.
const SOURCE: &str = "dblp";

/// The publications and persons of a file.
pub fn read(input: Input) -> Records {
    xml::read(input, Dblp)
}

struct Dblp;

impl Shape for Dblp {
    const NAME: &'static str = "a dblp file";

    fn step(&mut self, tag: Element<'_>, depth: usize) -> Option<Step> {
        match tag.name() {
            "dblp" if depth == 0 => Some(Step::Enter),
            // Also one of them by itself.
            "article" | "inproceedings" | "proceedings" | "book" | "incollection" | "phdthesis"
            | "mastersthesis" | "data" | "www" | "person" => Some(Step::Record),
            _ if depth == 0 => None,
            _ => Some(Step::Skip),
        }
    }

    fn key(&self, element: Element<'_>) -> Option<String> {
        element.attribute("key").map(str::to_owned)
    }

    fn ignores(&self, name: &str) -> bool {
        matches!(name, "cite" | "cdrom" | "rel" | "stream")
    }

    fn entity(&self, name: &str) -> Option<char> {
        html_latin(name)
    }

    fn record(&mut self, element: Element<'_>, found: &mut Found) {
        let Some(key) = element.attribute("key") else {
            return found.refuse(None, "it has no key");
        };
        let of_person = key.starts_with("homepages/") || element.name() == "person";
        if of_person {
            return person::read(key, element, found);
        }
        found.work(work(key, element));
    }
}

fn work(key: &str, element: Element<'_>) -> WorkRecord {
    let title = element.child("title").map(|title| rich(title, mark));
    let title = title.as_deref().and_then(line).unwrap_or_default();
    let kind = kind(key, element);
    let (identifiers, related) = identifiers(key, kind, element);
    let month = element.line_of("month");
    let year = element.line_of("year").unwrap_or_default();
    let mut record = WorkRecord {
        source: SOURCE.to_owned(),
        record_key: key.to_owned(),
        kind,
        title_source: without_full_stop(&title).to_owned(),
        venue: ["journal", "booktitle", "school", "publisher"]
            .iter()
            .find_map(|name| plain(&element.child(name)?.text())),
        url: WorkIdentifier::parse(Scheme::Dblp, key)
            .ok()
            .and_then(|key| key.url()),
        identifiers,
        related,
        authors: element.all("author").filter_map(listed).collect(),
        retracted: published_as(element, "withdrawn"),
        ..WorkRecord::default()
    };
    Date::of(&year, month.as_deref(), None).set(&mut record);
    record
}

/// The markup that titles may hold.
fn mark(name: &str) -> Mark {
    match name {
        "sub" => Mark::Html("sub"),
        "sup" => Mark::Html("sup"),
        "i" => Mark::Html("i"),
        "tt" => Mark::Html("tt"),
        _ => Mark::Through,
    }
}

/// Whether the attribute `publtype`, a list of words, holds this one.
fn published_as(element: Element<'_>, word: &str) -> bool {
    let words = element.attribute("publtype").unwrap_or_default();
    words.split_whitespace().any(|known| known == word)
}

/// Whether it is one of the Computing Research Repository, which is a part of arXiv.
fn is_corr(key: &str) -> bool {
    key.starts_with("journals/corr/")
}

fn kind(key: &str, element: Element<'_>) -> WorkKind {
    if published_as(element, "software") {
        return WorkKind::Software;
    }
    if published_as(element, "data") {
        return WorkKind::Dataset;
    }
    match element.name() {
        "article" if is_corr(key) || published_as(element, "informal") => WorkKind::Preprint,
        "article" => WorkKind::Article,
        "inproceedings" => WorkKind::ConferencePaper,
        "incollection" => WorkKind::Chapter,
        "book" | "proceedings" => WorkKind::Book,
        "phdthesis" | "mastersthesis" => WorkKind::Thesis,
        "data" => WorkKind::Dataset,
        _ => WorkKind::Other,
    }
}

/// Of the work itself, and of the preprint of a publication.
fn identifiers(
    key: &str,
    kind: WorkKind,
    element: Element<'_>,
) -> (Vec<WorkIdentifier>, Vec<(Relation, WorkIdentifier)>) {
    let mut own = Identifiers::default();
    let mut preprint = Identifiers::default();
    own.add(Scheme::Dblp, key);
    for edition in element.all("ee").filter_map(|ee| ee.line()) {
        if ArxivId::parse(&edition).is_ok() {
            preprint.add(Scheme::Arxiv, &edition);
        } else if let Some(doi) = doi_in_address(&edition) {
            own.add(Scheme::Doi, doi.as_str());
        } else if let Some(address) = web_address(&edition) {
            own.add(Scheme::Url, &address);
        }
    }
    if is_corr(key)
        && preprint.first(Scheme::Arxiv).is_none()
        && let Some(volume) = element.line_of("volume")
    {
        preprint.add(
            Scheme::Arxiv,
            volume.strip_prefix("abs/").unwrap_or(&volume),
        );
    }
    if kind == WorkKind::Book {
        for isbn in element.all("isbn").filter_map(|isbn| isbn.line()) {
            own.add(Scheme::Isbn, &isbn);
        }
    }
    let preprint = preprint.sorted();
    if kind == WorkKind::Preprint {
        for id in &preprint {
            own.add(Scheme::Arxiv, &id.value);
        }
        return (own.sorted(), Vec::new());
    }
    let related = preprint
        .into_iter()
        .map(|id| (Relation::PreprintOf, id))
        .collect();
    (own.sorted(), related)
}

/// One author of a work.
fn listed(element: Element<'_>) -> Option<RecordAuthor> {
    let (name, identifier) = name(element)?;
    let mut author = author(name)?;
    author.group = is_group(&author.name.display());
    author.identifiers = identifier
        .into_iter()
        .chain(element.attribute("orcid").and_then(orcid))
        .collect();
    Some(author)
}

/// A name without the number that dblp puts behind it where several people share it, and the two together, which
/// name one of them.
fn name(element: Element<'_>) -> Option<(PersonName, Option<(String, String)>)> {
    let text = element.line()?;
    let numbered = text.rsplit_once(' ').filter(|(name, number)| {
        !name.is_empty() && number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    Some(match numbered {
        Some((name, _)) => (
            PersonName::literal(name),
            Some(("dblp".to_owned(), text.clone())),
        ),
        None => (PersonName::literal(&text), None),
    })
}

fn orcid(text: &str) -> Option<(String, String)> {
    let orcid = Orcid::parse(text).ok()?;
    Some(("orcid".to_owned(), orcid.as_str().to_owned()))
}
