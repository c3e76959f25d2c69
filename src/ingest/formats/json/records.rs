//! Parts of records that several sources share.

use crate::domain::identifiers::{ArxivId, InvalidIdentifier, Orcid, Ror, Scheme, WorkIdentifier};
use crate::domain::names::{PersonName, name_key};
use crate::ingest::record::{RecordTopic, Relation};
use crate::ingest::tidy;

use super::text::{line, plain};

/// A longer keyword is a sentence that lost its way into the field.
const MAX_KEYWORD_CHARS: usize = 120;
/// More keywords than this are somebody's vocabulary, not this work's subjects.
const MAX_KEYWORDS: usize = 50;

/// An identifier, if `text` has the form of one of that scheme.
pub(in super::super) fn identifier(scheme: Scheme, text: &str) -> Option<WorkIdentifier> {
    let text = text.trim();
    let last = text
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(text);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match scheme {
        Scheme::Pmid => digits(last).then(|| WorkIdentifier::parse(scheme, last).ok())?,
        Scheme::Pmcid => {
            let upper = last.to_ascii_uppercase();
            let number = upper.strip_prefix("PMC").unwrap_or(&upper);
            digits(number).then(|| WorkIdentifier::parse(scheme, &format!("PMC{number}")).ok())?
        }
        Scheme::Isbn => {
            let identifier = WorkIdentifier::parse(scheme, last).ok()?;
            let value = identifier.value.as_bytes();
            let (check, body) = value.split_last()?;
            let counted = matches!(value.len(), 10 | 13) && body.iter().all(u8::is_ascii_digit);
            (counted && (check.is_ascii_digit() || *check == b'X')).then_some(identifier)
        }
        Scheme::OpenAlex => {
            let identifier = WorkIdentifier::parse(scheme, text).ok()?;
            let number = identifier.value.strip_prefix('W').unwrap_or_default();
            digits(number).then_some(identifier)
        }
        _ => WorkIdentifier::parse(scheme, text).ok(),
    }
}

/// Adds an identifier that is not there yet; with arXiv's own DOI the arXiv number too.
pub(in super::super) fn add_identifier(
    list: &mut Vec<WorkIdentifier>,
    found: Option<WorkIdentifier>,
) {
    let Some(found) = found else {
        return;
    };
    if list.contains(&found) {
        return;
    }
    if found.scheme == Scheme::Doi && ArxivId::parse(&found.value).is_ok() {
        add_identifier(list, identifier(Scheme::Arxiv, &found.value));
    }
    list.push(found);
}

/// Adds another version of a work, unless it is the work itself.
pub(in super::super) fn add_related(
    list: &mut Vec<(Relation, WorkIdentifier)>,
    own: &[WorkIdentifier],
    relation: Relation,
    found: Option<WorkIdentifier>,
) {
    if let Some(found) = found
        && !own.contains(&found)
        && !list.iter().any(|(_, known)| *known == found)
    {
        list.push((relation, found));
    }
}

/// (`orcid`, iD), if `text` is one, with or without an address around it.
pub(in super::super) fn orcid(text: &str) -> Option<(String, String)> {
    let orcid = parse_orcid(text).ok()?;
    Some(("orcid".to_owned(), orcid.as_str().to_owned()))
}

/// As [`Orcid::parse`], which takes the text for ASCII once its length is that of an iD.
pub(in super::super) fn parse_orcid(text: &str) -> Result<Orcid, InvalidIdentifier> {
    if text.is_ascii() {
        Orcid::parse(text)
    } else {
        Err(InvalidIdentifier::Orcid)
    }
}

/// A ROR id without its address.
pub(in super::super) fn ror(text: &str) -> Option<String> {
    Ror::parse(text).ok().map(|ror| ror.as_str().to_owned())
}

/// Two letters, upper case.
pub(in super::super) fn country_code(text: &str) -> Option<String> {
    let text = text.trim();
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .then(|| text.to_ascii_uppercase())
}

/// Adds a further name of somebody.
pub(in super::super) fn add_name(names: &mut Vec<PersonName>, main: &PersonName, name: PersonName) {
    if name.is_name() && name.display() != main.display() && !names.contains(&name) {
        names.push(name);
    }
}

/// A subject in the source's own words; a comma in it separates nothing.
pub(in super::super) fn keyword(text: &str) -> Option<RecordTopic> {
    let name = plain(text)?;
    let code = name_key(&name);
    // Lists are taken apart later.
    let short = name.chars().count() <= MAX_KEYWORD_CHARS || tidy::keywords::is_list(&name);
    let readable = short && !name.contains("://");
    (!code.is_empty() && readable).then(|| RecordTopic {
        scheme: "keyword".to_owned(),
        code,
        name,
        ..RecordTopic::default()
    })
}

/// Subjects without repetition, in the order of the source.
pub(in super::super) fn keywords(found: impl Iterator<Item = RecordTopic>) -> Vec<RecordTopic> {
    let mut topics: Vec<RecordTopic> = Vec::new();
    for topic in found {
        let known = |other: &RecordTopic| other.scheme == topic.scheme && other.code == topic.code;
        if topics.len() < MAX_KEYWORDS && !topics.iter().any(known) {
            topics.push(topic);
        }
    }
    topics
}

/// A subject of a scheme, by its name in one line.
pub(in super::super) fn topic(scheme: &str, code: &str, name: &str) -> Option<RecordTopic> {
    Some(RecordTopic {
        scheme: scheme.to_owned(),
        code: line(code)?,
        name: line(name)?,
        ..RecordTopic::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(scheme: Scheme, text: &str) -> Option<String> {
        identifier(scheme, text).map(|identifier| identifier.value)
    }

    #[test]
    fn identifiers_lose_their_addresses_and_must_have_the_form_of_their_scheme() {
        for (scheme, text, expected) in [
            (
                Scheme::Pmid,
                "https://pubmed.ncbi.nlm.nih.gov/123",
                Some("123"),
            ),
            (Scheme::Pmid, "PMC123", None),
            (
                Scheme::Pmcid,
                "https://www.ncbi.nlm.nih.gov/pmc/articles/1083739",
                Some("PMC1083739"),
            ),
            (Scheme::Pmcid, "pmc12", Some("PMC12")),
            (Scheme::Pmcid, "x", None),
            (
                Scheme::Isbn,
                "http://id.crossref.org/isbn/978-3-16-148410-0",
                Some("9783161484100"),
            ),
            (Scheme::Isbn, "080442957x", Some("080442957X")),
            (Scheme::Isbn, "12", None),
            (Scheme::OpenAlex, "https://openalex.org/W12", Some("W12")),
            (Scheme::OpenAlex, "https://openalex.org/A12", None),
            (
                Scheme::Doi,
                "https://doi.org/10.5555/ABC",
                Some("10.5555/abc"),
            ),
        ] {
            assert_eq!(value(scheme, text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn letters_in_place_of_digits_are_no_orcid_id() {
        assert!(orcid("https://orcid.org/0000-0002-1825-0097").is_some());
        for text in ["00000002182500\u{301}", "0000-0002-1825-00\u{e9}", "é", ""] {
            assert_eq!(orcid(text), None, "{text}");
        }
    }

    #[test]
    fn the_doi_of_an_arxiv_preprint_gives_its_number_too() {
        let mut list = Vec::new();
        add_identifier(
            &mut list,
            identifier(Scheme::Doi, "10.48550/arXiv.2101.00001"),
        );
        let schemes: Vec<Scheme> = list.iter().map(|identifier| identifier.scheme).collect();
        assert_eq!(schemes, [Scheme::Arxiv, Scheme::Doi]);
    }

    #[test]
    fn a_comma_in_a_subject_separates_nothing() {
        let topic = keyword("Ecology, Evolution &amp; Behavior").unwrap();
        assert_eq!(topic.name, "Ecology, Evolution & Behavior");
        assert_eq!(topic.code, "ecology evolution behavior");
        assert_eq!(keyword(&"x".repeat(121)), None);
        assert_eq!(keyword("https://example.org/subject/1"), None);
        let twice = [keyword("Ecology"), keyword("ecology")];
        assert_eq!(keywords(twice.into_iter().flatten()).len(), 1);
    }
}
