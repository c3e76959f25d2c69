//! One work from the records that describe it: what is shown, and which source gave it.
//!
//! The result depends on the set of records alone, not on the order in which they came.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::record::{RecordAuthor, RecordTopic, WorkRecord};
use crate::domain::identifiers::WorkIdentifier;
use crate::domain::names;
use crate::domain::work::record_rank;

/// What a work shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composite {
    /// Every field from the best record that has it; `source` and `record_key` name the record of the title.
    pub record: WorkRecord,
    /// Field to source, for the fields title, abstract, year, venue, kind, authors.
    pub origins: BTreeMap<&'static str, String>,
}

/// Puts a work together. Published versions come before preprints; registries that hold what publishers deposit before
/// those that collect from others; the longest complete list of authors before one that is cut.
///
/// `None` without records.
pub fn compose(records: &[&WorkRecord]) -> Option<Composite> {
    let mut ranked: Vec<&WorkRecord> = records.to_vec();
    ranked.sort_by_cached_key(|r| {
        (
            record_rank(r.kind, &r.source),
            r.source.clone(),
            r.record_key.clone(),
        )
    });
    let first = *ranked.first()?;
    let mut origins = BTreeMap::new();
    let mut note = |field: &'static str, record: Option<&WorkRecord>| {
        if let Some(record) = record {
            origins.insert(field, record.source.clone());
        }
    };
    let with = |has: fn(&WorkRecord) -> bool| ranked.iter().copied().find(|r| has(r));
    let summary = with(|r| r.abstract_source.is_some());
    let dated = with(|r| r.year.is_some());
    let placed = with(|r| r.venue.is_some());
    let listed = author_list(&ranked);
    note("title", Some(first));
    note("kind", Some(first));
    note("abstract", summary);
    note("year", dated);
    note("venue", placed);
    note("authors", listed);
    let record = WorkRecord {
        source: first.source.clone(),
        record_key: first.record_key.clone(),
        kind: first.kind,
        title_source: first.title_source.clone(),
        abstract_source: summary.and_then(|r| r.abstract_source.clone()),
        year: dated.and_then(|r| r.year),
        published_on: dated.and_then(|r| r.published_on.clone()),
        venue: placed.and_then(|r| r.venue.clone()),
        identifiers: identifiers(&ranked),
        related: Vec::new(),
        authors: listed.map_or_else(Vec::new, |r| authors(r, &ranked)),
        more_authors: listed.is_some_and(|r| r.more_authors),
        topics: topics(&ranked),
        url: ranked.iter().find_map(|r| r.url.clone()),
        retracted: ranked.iter().any(|r| r.retracted),
    };
    Some(Composite { record, origins })
}

/// The record whose list of authors is shown.
fn author_list<'r>(ranked: &[&'r WorkRecord]) -> Option<&'r WorkRecord> {
    let most = ranked.iter().map(|r| r.authors.len()).max()?;
    ranked
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, r)| !r.authors.is_empty())
        // A list of less than half the length was cut, whether its source says so or not.
        .min_by_key(|(at, r)| (r.more_authors, Reverse(2 * r.authors.len() > most), *at))
        .map(|(_, r)| r)
}

/// The list of one record, with what the others know of the same people.
fn authors(listed: &WorkRecord, ranked: &[&WorkRecord]) -> Vec<RecordAuthor> {
    let mut authors = listed.authors.clone();
    for other in ranked {
        if std::ptr::eq(*other, listed) {
            continue;
        }
        for (at, further) in other.authors.iter().enumerate() {
            if let Some(same) = counterpart(&authors, at, further) {
                complete(&mut authors[same], further);
            }
        }
    }
    authors
}

/// Which of the authors another record's author is: the one of the same folded name, or the one at the same place who
/// shares a word of the name.
fn counterpart(authors: &[RecordAuthor], at: usize, further: &RecordAuthor) -> Option<usize> {
    let name = further.name.display();
    let key = names::name_key(&name);
    let mut same =
        (0..authors.len()).filter(|i| names::name_key(&authors[*i].name.display()) == key);
    match (same.next(), same.next()) {
        (Some(only), None) => return Some(only),
        (Some(_), Some(_)) => return None,
        _ => {}
    }
    let words = names::tokens(&name);
    let here = names::tokens(&authors.get(at)?.name.display());
    words
        .iter()
        .any(|word| word.chars().nth(1).is_some() && here.contains(word))
        .then_some(at)
}

fn complete(author: &mut RecordAuthor, further: &RecordAuthor) {
    if author.affiliations.is_empty() {
        author.affiliations = further.affiliations.clone();
    }
    for institution in &further.institutions {
        let known = author.institutions.iter().any(|have| {
            have.name == institution.name || (have.ror.is_some() && have.ror == institution.ror)
        });
        if !known {
            author.institutions.push(institution.clone());
        }
    }
    for identifier in &further.identifiers {
        // A second value of a scheme would contradict the first, which comes from the better record.
        if author
            .identifiers
            .iter()
            .all(|(scheme, _)| *scheme != identifier.0)
        {
            author.identifiers.push(identifier.clone());
        }
    }
    for name in further.other_names.iter().chain([&further.name]) {
        if *name != author.name && !author.other_names.contains(name) {
            author.other_names.push(name.clone());
        }
    }
}

/// Every number under which the work, or a version of it, is known.
pub fn identifiers(records: &[&WorkRecord]) -> Vec<WorkIdentifier> {
    let mut all: Vec<WorkIdentifier> = Vec::new();
    for record in records {
        let related = record.related.iter().map(|(_, identifier)| identifier);
        for identifier in record.identifiers.iter().chain(related) {
            if !all.contains(identifier) {
                all.push(identifier.clone());
            }
        }
    }
    all
}

fn topics(ranked: &[&WorkRecord]) -> Vec<RecordTopic> {
    let mut all: Vec<RecordTopic> = Vec::new();
    for topic in ranked.iter().flat_map(|r| &r.topics) {
        let known = all
            .iter()
            .any(|have| have.scheme == topic.scheme && have.code == topic.code);
        if !known {
            all.push(topic.clone());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identifiers::Scheme;
    use crate::domain::names::PersonName;
    use crate::domain::work::WorkKind;
    use crate::ingest::record::Relation;

    fn author(name: &str) -> RecordAuthor {
        RecordAuthor {
            name: PersonName::literal(name),
            ..RecordAuthor::default()
        }
    }

    fn preprint() -> WorkRecord {
        WorkRecord {
            source: "arXiv".into(),
            record_key: "2101.00001".into(),
            kind: WorkKind::Preprint,
            title_source: "Lanterns, first thoughts".into(),
            abstract_source: Some("We think.".into()),
            year: Some(2021),
            venue: Some("arXiv".into()),
            identifiers: vec![WorkIdentifier::parse(Scheme::Arxiv, "2101.00001").unwrap()],
            related: vec![(
                Relation::PublishedAs,
                WorkIdentifier::parse(Scheme::Doi, "10.1000/1").unwrap(),
            )],
            authors: vec![author("Ada Quill"), author("Ben Oak")],
            ..WorkRecord::default()
        }
    }

    fn article() -> WorkRecord {
        WorkRecord {
            source: "Crossref".into(),
            record_key: "10.1000/1".into(),
            kind: WorkKind::Article,
            title_source: "Lanterns".into(),
            year: Some(2022),
            venue: Some("Brindle Letters".into()),
            identifiers: vec![WorkIdentifier::parse(Scheme::Doi, "10.1000/1").unwrap()],
            authors: vec![
                RecordAuthor {
                    identifiers: vec![("orcid".into(), "0000-0002-1825-0097".into())],
                    ..author("A. Quill")
                },
                author("B. Oak"),
            ],
            ..WorkRecord::default()
        }
    }

    #[test]
    fn the_published_version_is_shown_and_the_preprint_fills_what_it_lacks() {
        let (preprint, article) = (preprint(), article());
        let one = compose(&[&preprint, &article]).unwrap();
        assert_eq!(one, compose(&[&article, &preprint]).unwrap());
        assert_eq!(one.record.title_source, "Lanterns");
        assert_eq!(one.record.year, Some(2022));
        assert_eq!(one.record.abstract_source.as_deref(), Some("We think."));
        assert_eq!(one.origins["abstract"], "arXiv");
        assert_eq!(one.origins["title"], "Crossref");
        assert_eq!(one.record.identifiers.len(), 2);
    }

    #[test]
    fn what_any_record_knows_of_an_author_is_kept() {
        let (preprint, mut article) = (preprint(), article());
        article.authors.truncate(1);
        article.more_authors = true;
        let work = compose(&[&preprint, &article]).unwrap();
        assert_eq!(work.origins["authors"], "arXiv");
        assert_eq!(work.record.authors.len(), 2);
        assert_eq!(work.record.authors[0].identifiers.len(), 1);
        assert_eq!(work.record.authors[0].other_names[0].display(), "A. Quill");
    }

    #[test]
    fn of_two_namesakes_on_a_work_neither_is_given_the_others_identifiers() {
        let mut preprint = preprint();
        preprint.authors = vec![author("Ada Quill"), author("Ada Quill")];
        let mut article = article();
        article.authors.truncate(1);
        article.authors[0].name = PersonName::literal("Ada Quill");
        let work = compose(&[&preprint, &article]).unwrap();
        assert!(work.record.authors.iter().all(|a| a.identifiers.is_empty()));
    }
}
