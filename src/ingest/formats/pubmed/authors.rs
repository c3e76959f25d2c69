//! PubMed's lists of authors.

use crate::domain::identifiers::{Orcid, Ror};
use crate::ingest::formats::fields::plain;
use crate::ingest::formats::people::{author, group, in_parts};
use crate::ingest::formats::xml::Element;
use crate::ingest::record::{RecordAuthor, RecordInstitution};

/// The authors right inside `around`, and whether their list stops before its end.
pub(super) fn of(around: Element<'_>) -> (Vec<RecordAuthor>, bool) {
    let mut authors = Vec::new();
    let mut more = false;
    let lists = around
        .all("AuthorList")
        .filter(|list| list.attribute("Type") != Some("editors"));
    for list in lists {
        more |= list.attribute("CompleteYN") == Some("N");
        // A misprinted name stands beside the right one, marked as not valid.
        let valid = list
            .all("Author")
            .filter(|author| author.attribute("ValidYN") != Some("N"));
        authors.extend(valid.filter_map(listed));
    }
    (authors, more)
}

fn listed(element: Element<'_>) -> Option<RecordAuthor> {
    let mut author = match element.child("CollectiveName") {
        Some(collective) => group(&collective.text())?,
        None => person(element)?,
    };
    for info in element.all("AffiliationInfo") {
        affiliation(info, &mut author);
    }
    // Older files have one right inside the author.
    if let Some(text) = element.child("Affiliation") {
        author.affiliations.extend(plain(&text.text()));
    }
    author.identifiers = element
        .all("Identifier")
        .filter(|identifier| identifier.attribute("Source") == Some("ORCID"))
        .filter_map(|identifier| orcid(&identifier.text()))
        .collect();
    author.identifiers.dedup();
    Some(author)
}

fn person(element: Element<'_>) -> Option<RecordAuthor> {
    let part = |name| element.line_of(name);
    let given = part("ForeName").or_else(|| part("Initials").map(|initials| apart(&initials)));
    author(in_parts(
        given.as_deref(),
        part("LastName").as_deref(),
        part("Suffix").as_deref(),
    ))
}

/// `JR` are the initials of two names.
fn apart(initials: &str) -> String {
    if initials.len() > 4 || !initials.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return initials.to_owned();
    }
    let letters: Vec<String> = initials.chars().map(String::from).collect();
    letters.join(" ")
}

fn affiliation(info: Element<'_>, author: &mut RecordAuthor) {
    let Some(printed) = info
        .child("Affiliation")
        .and_then(|text| plain(&text.text()))
    else {
        return;
    };
    let mut institution = RecordInstitution {
        name: printed.clone(),
        ..RecordInstitution::default()
    };
    for identifier in info.all("Identifier") {
        let Some(text) = identifier.line() else {
            continue;
        };
        match identifier.attribute("Source") {
            Some("ROR") => {
                institution.ror = Ror::parse(&text).ok().map(|ror| ror.as_str().to_owned())
            }
            Some(scheme @ ("GRID" | "ISNI")) => institution
                .identifiers
                .push((scheme.to_ascii_lowercase(), text)),
            _ => {}
        }
    }
    if institution.ror.is_some() || !institution.identifiers.is_empty() {
        author.institutions.push(institution);
    }
    author.affiliations.push(printed);
}

/// Publishers send `0000-0002-1825-0097`, `https://orcid.org/0000-0002-1825-0097`, `http://orcid/0000-…`, `0000000218250097`,
/// with spaces and other hyphens: what counts are the sixteen digits.
fn orcid(text: &str) -> Option<(String, String)> {
    let digits: String = text
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X'))
        .collect();
    let orcid = Orcid::parse(&digits).ok()?;
    Some(("orcid".to_owned(), orcid.as_str().to_owned()))
}
