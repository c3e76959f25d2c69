//! dblp's pages of people.

use super::{SOURCE, name, orcid};
use crate::ingest::formats::fields::{line, web_address, year};
use crate::ingest::formats::xml::{Element, Found};
use crate::ingest::record::{PersonRecord, Record, RecordInstitution};

/// `<www key="homepages/…">`
pub(super) fn read(key: &str, element: Element<'_>, found: &mut Found) {
    let refuse = |found: &mut Found, reason: &str| found.refuse(Some(key.to_owned()), reason);
    if let Some(other) = element.line_of("crossref") {
        return refuse(found, &format!("it only points to {other}"));
    }
    if super::published_as(element, "disambiguation") {
        return refuse(found, "it stands for several people of one name");
    }
    let mut names = element.all("author").filter_map(name);
    let Some((preferred, identifier)) = names.next() else {
        return refuse(found, "it names nobody");
    };
    let mut person = PersonRecord {
        source: SOURCE.to_owned(),
        record_key: key.to_owned(),
        name: preferred,
        identifiers: identifier.into_iter().collect(),
        ..PersonRecord::default()
    };
    for (other, identifier) in names {
        person.other_names.push(other);
        person.identifiers.extend(identifier);
    }
    let attributes = element
        .all("author")
        .filter_map(|name| name.attribute("orcid"));
    for text in attributes {
        add(&mut person.identifiers, orcid(text));
    }
    for address in element.all("url").filter_map(|url| url.line()) {
        match orcid(&address) {
            Some(found) => add(&mut person.identifiers, Some(found)),
            None => person.urls.extend(web_address(&address)),
        }
    }
    for note in element.all("note") {
        remark(note, &mut person);
    }
    found.keep(Record::Person(Box::new(person)));
}

fn add(list: &mut Vec<(String, String)>, found: Option<(String, String)>) {
    if let Some(found) = found
        && !list.contains(&found)
    {
        list.push(found);
    }
}

/// `<note type="affiliation" label="2001-2010">`, `<note type="uname">` for the name in its own script,
/// `<note type="isnot">` for somebody else.
fn remark(note: Element<'_>, person: &mut PersonRecord) {
    let Some(text) = note.line() else { return };
    match note.attribute("type") {
        Some("affiliation") => {
            let (first, last) = note.attribute("label").map_or((None, None), years);
            let institution = RecordInstitution {
                name: text,
                ..RecordInstitution::default()
            };
            person.institutions.push((institution, first, last));
        }
        Some("uname") => person.other_names.extend(name(note).map(|(name, _)| name)),
        Some("isnot") => person.not_the_same.push(("dblp".to_owned(), text)),
        _ => {}
    }
}

/// `2001-2010`, `since 2012`, `until 2008`.
fn years(label: &str) -> (Option<i64>, Option<i64>) {
    let label = line(label).unwrap_or_default();
    let until = label.starts_with("until ") || label.starts_with('-');
    let (first, rest) = label.split_once('-').unwrap_or((&label, ""));
    match (year(first), year(rest)) {
        (Some(only), None) if until => (None, Some(only)),
        years => years,
    }
}
