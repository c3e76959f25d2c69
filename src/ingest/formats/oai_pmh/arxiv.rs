//! arXiv's own forms: `arXiv` with authors in parts, `arXivRaw` as submitted.

use crate::domain::identifiers::ArxivId;
use crate::ingest::formats::arxiv_work::{ArxivWork, arxiv_id};
use crate::ingest::formats::author_list;
use crate::ingest::formats::fields::{Date, plain};
use crate::ingest::formats::people::{
    author, in_parts as name_in_parts, on_behalf, spoken_authors,
};
use crate::ingest::formats::xml::Element;
use crate::ingest::record::{RecordAuthor, WorkRecord};

/// `<arXiv>`
pub(super) fn in_parts(
    identifier: Option<&str>,
    metadata: Element<'_>,
) -> Result<WorkRecord, String> {
    let id = number(identifier, metadata)?;
    let authors = metadata
        .child("authors")
        .into_iter()
        .flat_map(|authors| {
            authors
                .all("author")
                .flat_map(authors_of)
                .collect::<Vec<_>>()
        })
        .collect();
    let date = |name| Date::iso(&text(metadata, name));
    Ok(work(
        &id,
        metadata,
        ArxivWork {
            date: date("created").or(|| date("updated")),
            authors,
            ..ArxivWork::default()
        },
    ))
}

/// `<arXivRaw>`
pub(super) fn raw(identifier: Option<&str>, metadata: Element<'_>) -> Result<WorkRecord, String> {
    let id = number(identifier, metadata)?;
    let list = author_list::parse(&text(metadata, "authors"));
    let first = metadata
        .all("version")
        .filter_map(|version| version.child("date"))
        .map(|date| Date::mail(&date.text()))
        .find(|date| !date.is_empty());
    Ok(work(
        &id,
        metadata,
        ArxivWork {
            date: first.unwrap_or_default(),
            authors: list.authors,
            more_authors: list.more,
            ..ArxivWork::default()
        },
    ))
}

/// What both forms say in the same words.
fn work(id: &ArxivId, metadata: Element<'_>, work: ArxivWork<'_>) -> WorkRecord {
    ArxivWork {
        title: &text(metadata, "title"),
        summary: &text(metadata, "abstract"),
        dois: &text(metadata, "doi"),
        categories: &text(metadata, "categories"),
        codes: &[&text(metadata, "msc-class"), &text(metadata, "acm-class")],
        date: work.date,
        authors: work.authors,
        more_authors: work.more_authors,
    }
    .into_record(id)
}

fn number(identifier: Option<&str>, metadata: Element<'_>) -> Result<ArxivId, String> {
    let id = metadata.line_of("id");
    id.as_deref()
        .and_then(arxiv_id)
        .or_else(|| identifier.and_then(arxiv_id))
        .ok_or_else(|| "its id is not an arXiv number".to_owned())
}

/// One author, or one and the group they write for.
fn authors_of(element: Element<'_>) -> Vec<RecordAuthor> {
    let all = |name: &str| {
        let parts: Vec<String> = element.all(name).filter_map(|part| part.line()).collect();
        parts.join(" ")
    };
    let (given, family, suffix) = (all("forenames"), all("keyname"), all("suffix"));
    // Groups are cut in two like people: `Collaboration`, `Ada Berg for the Example`.
    let whole = format!("{given} {family}");
    let mut authors = if on_behalf(&whole).group.is_some() {
        spoken_authors(&whole)
    } else {
        author(name_in_parts(Some(&given), Some(&family), Some(&suffix)))
            .into_iter()
            .collect()
    };
    if let Some(first) = authors.first_mut()
        && !first.group
    {
        first.affiliations = element
            .all("affiliation")
            .filter_map(|affiliation| plain(&affiliation.text()))
            .collect();
    }
    authors
}

fn text(element: Element<'_>, name: &str) -> String {
    element
        .child(name)
        .map_or_else(String::new, |child| child.text())
}
