//! What the readers of ORCID records share, whether they come as JSON or as XML.
//!
//! Only what its owner shows to everybody is read: a member of ORCID gets more, and files pass from hand to hand.

use std::collections::HashSet;
use std::hash::Hash;

use super::fields::{line, plain};
use super::json::{add_identifier, add_name, country_code, identifier, parse_orcid, ror};
use crate::domain::identifiers::{InvalidIdentifier, Orcid, Scheme, WorkIdentifier};
use crate::domain::names::{PersonName, name_key};
use crate::ingest::record::RecordInstitution;

/// Who says so.
pub(super) const SOURCE: &str = "ORCID";

/// In the order of the record, none twice.
pub(super) fn distinct<T: Clone + Eq + Hash>(found: impl Iterator<Item = T>) -> Vec<T> {
    let mut known = HashSet::new();
    found.filter(|item| known.insert(item.clone())).collect()
}

/// Whether a part of a record may be read by everybody; parts that do not say so inherit it.
pub(super) fn is_public(visibility: &str) -> bool {
    matches!(
        visibility.trim().to_ascii_lowercase().as_str(),
        "" | "public"
    )
}

/// The iD in an address or path, of the sandbox too: `/0000-0002-1825-0097/works`.
///
/// # Errors
/// With what was found in its place.
pub(super) fn id_in(text: &str) -> Result<Orcid, (&str, InvalidIdentifier)> {
    let parts = || {
        text.split('/')
            .map(str::trim)
            .filter(|part| !part.is_empty())
    };
    if let Some(orcid) = parts().find_map(|part| parse_orcid(part).ok()) {
        return Ok(orcid);
    }
    let mistyped = parts().find_map(|part| match parse_orcid(part) {
        Err(error @ InvalidIdentifier::OrcidChecksum) => Some((part, error)),
        _ => None,
    });
    Err(mistyped.unwrap_or((text.trim(), InvalidIdentifier::Orcid)))
}

/// The name under which a person publishes, and all others. `None` for one who shows none.
pub(super) fn names<'t>(
    given: &str,
    family: &str,
    credit: &str,
    others: impl Iterator<Item = &'t str>,
) -> Option<(PersonName, Vec<PersonName>)> {
    let literal = |name: &str| PersonName {
        literal: line(name),
        ..PersonName::default()
    };
    let parts = PersonName {
        given: line(given),
        family: line(family),
        literal: None,
    };
    let credit = line(credit).map(|credit| literal(&credit));
    let (name, mut other_names) = match credit {
        // What is meant for lists of references ("Example, A.") is no name to show.
        Some(credit) if credit.is_name() && !credit.display().contains(',') => {
            let mut others = Vec::new();
            add_name(&mut others, &credit, parts.clone());
            let literal = credit.literal;
            (PersonName { literal, ..parts }, others)
        }
        Some(credit) if parts.is_name() => (parts, vec![credit]),
        _ => (parts, Vec::new()),
    };
    if !name.is_name() {
        return None;
    }
    other_names.retain(|other| other.display() != name.display());
    for other in others {
        add_name(&mut other_names, &name, literal(other));
    }
    Some((name, other_names))
}

/// (scheme, value) of an id in another register; each person may add any, so that the scheme is a word of the
/// source.
pub(super) fn person_id(kind: &str, value: &str) -> Option<(String, String)> {
    let scheme = match name_key(kind).as_str() {
        "" => return None,
        "scopus author id" => "scopus".to_owned(),
        "loop profile" => "loop".to_owned(),
        other => other.replace(' ', "-"),
    };
    Some((scheme, line(value)?))
}

/// An organisation, with its id in the register from which the person chose it.
pub(super) fn institution(
    name: &str,
    country: &str,
    id: &str,
    register: &str,
) -> Option<RecordInstitution> {
    let register = register.trim().to_ascii_lowercase();
    let last = id.trim().trim_end_matches('/').rsplit('/').next();
    let last = last.unwrap_or_default();
    let mut institution = RecordInstitution {
        name: plain(name)?,
        country: country_code(country),
        ..RecordInstitution::default()
    };
    match register.as_str() {
        "ror" => institution.ror = ror(id),
        "grid" | "ringgold" | "fundref" | "lei" | "isni" | "wikidata" if !last.is_empty() => {
            institution.identifiers.push((register, last.to_owned()));
        }
        _ => {}
    }
    Some(institution)
}

/// A year from 1000 to 2999.
pub(super) fn year(text: &str) -> Option<i64> {
    let year: i64 = text.trim().parse().ok()?;
    (1000..=2999).contains(&year).then_some(year)
}

/// Whether a book number is that of the work itself.
pub(super) fn is_book(kind: &str) -> bool {
    matches!(
        kind.trim().to_ascii_lowercase().as_str(),
        "book" | "edited-book" | "edited_book"
    )
}

/// An identifier in the first of its forms that can be read, if it is that of the work itself and not of a
/// journal, a part or another version; with arXiv's own DOI the number too.
pub(super) fn work_ids(
    kind: &str,
    relation: &str,
    forms: [&str; 3],
    book: bool,
) -> Vec<WorkIdentifier> {
    let mut found = Vec::new();
    add_identifier(&mut found, work_id(kind, relation, forms, book));
    found
}

fn work_id(kind: &str, relation: &str, forms: [&str; 3], book: bool) -> Option<WorkIdentifier> {
    if !matches!(relation.trim().to_ascii_lowercase().as_str(), "" | "self") {
        return None;
    }
    let scheme = match kind.trim().to_ascii_lowercase().as_str() {
        "doi" => Scheme::Doi,
        "arxiv" => Scheme::Arxiv,
        "pmid" => Scheme::Pmid,
        "pmc" => Scheme::Pmcid,
        "dblp" => Scheme::Dblp,
        "isbn" if book => Scheme::Isbn,
        _ => return None,
    };
    forms.into_iter().find_map(|form| identifier(scheme, form))
}
