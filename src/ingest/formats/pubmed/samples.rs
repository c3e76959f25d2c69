//! The real sample beside the repository, counted as its README counts it.

use crate::domain::identifiers::Scheme;
use crate::ingest::formats::json::samples;
use crate::ingest::formats::xml::testing::survives_random_changes;
use crate::ingest::record::WorkRecord;

use super::read;

#[test]
fn every_article_of_the_sample_is_read() {
    let Some(found) = samples::read("pubmed_xml", read) else {
        return;
    };
    assert_eq!((found.works.len(), found.keys()), (88, 88));
    assert!(found.refused().is_empty(), "{:?}", found.refused());
    let count =
        |what: fn(&WorkRecord) -> bool| found.works.iter().filter(|work| what(work)).count();
    assert_eq!(
        count(|work| work.year.is_some() && work.venue.is_some()),
        88
    );
    assert_eq!(count(|work| !work.authors.is_empty()), 84);
    assert_eq!(count(|work| work.more_authors), 1);
    assert_eq!(count(|work| work.retracted), 1);
    // 54 of the publishers, two of NASA and POPLINE.
    assert_eq!(count(|work| work.abstract_source.is_some()), 56);
    assert_eq!(count(|work| work.title_source.starts_with('[')), 0);
    let has = |work: &WorkRecord, scheme| work.identifiers.iter().any(|id| id.scheme == scheme);
    let of = |scheme| found.works.iter().filter(|work| has(work, scheme)).count();
    assert_eq!(of(Scheme::Pmid), 88);
    assert_eq!((of(Scheme::Doi), of(Scheme::Pmcid)), (29, 8));
    let authors = || found.works.iter().flat_map(|work| &work.authors);
    // Three of the 1,236 are misprints that stand beside the right name.
    assert_eq!(authors().count(), 1233);
    assert_eq!(authors().filter(|author| author.group).count(), 3);
    assert_eq!(
        authors()
            .filter(|author| !author.identifiers.is_empty())
            .count(),
        3
    );
    // Without the headings that say on whom it was done.
    let headings = found.works.iter().flat_map(|work| &work.topics);
    assert_eq!(headings.filter(|topic| topic.scheme == "mesh").count(), 734);
}

#[test]
fn the_sample_changed_at_random_does_no_harm() {
    let Some(paths) = samples::files("pubmed_xml") else {
        return;
    };
    let whole = std::fs::read(&paths[0]).unwrap();
    survives_random_changes(read, &whole[..12_000]);
}
