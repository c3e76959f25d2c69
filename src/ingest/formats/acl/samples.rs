//! The real samples beside the repository, counted as their README counts them.

use std::collections::HashSet;
use std::fs::File;
use std::io::{Cursor, Read};

use super::*;
use crate::ingest::formats::json::samples;
use crate::ingest::formats::xml::testing::survives_random_changes;

const VARIANTS: &str = "acl_anthology_xml/data/yaml";
const COLLECTIONS: &str = "acl_anthology_xml/data/xml";

#[test]
fn every_paper_of_the_collections_is_read() {
    let Some(found) = samples::read(COLLECTIONS, read) else {
        return;
    };
    assert_eq!((found.works.len(), found.keys()), (2449, 2449));
    assert!(found.refused().is_empty(), "{:?}", found.refused());
    let authorships: usize = found.works.iter().map(|work| work.authors.len()).sum();
    // Fifteen are addresses of mail in the place of names.
    assert_eq!(authorships, 7533 - 15);
    let whole = |work: &WorkRecord| {
        work.year.is_some()
            && work.venue.is_some()
            && work
                .url
                .as_deref()
                .is_some_and(|url| url.ends_with(&work.record_key))
            && !work.title_source.contains("<fixed-case")
    };
    assert!(found.works.iter().all(whole));
    let summaries = found
        .works
        .iter()
        .filter(|work| work.abstract_source.is_some());
    assert_eq!(summaries.count(), 525);
    let affiliations = found.works.iter().flat_map(|work| &work.authors);
    assert_eq!(
        affiliations
            .map(|author| author.affiliations.len())
            .sum::<usize>(),
        317 - 15
    );
}

#[test]
fn everybody_in_the_name_variants_is_read_but_for_those_who_are_several() {
    let Some(found) = samples::read(VARIANTS, read_people) else {
        return;
    };
    assert_eq!(found.others, [1717 - 3, 0, 0]);
    assert_eq!(
        found.refused(),
        [("it stands for several people of one name", 3)]
    );
}

#[test]
fn the_variants_ids_and_warnings_of_people_are_all_kept() {
    let (mut keys, mut variants, mut warnings) = (HashSet::new(), 0, 0);
    for path in samples::files(VARIANTS).into_iter().flatten() {
        let input = Input {
            name: path.display().to_string(),
            bytes: samples::open(&path),
        };
        for record in read_people(input) {
            let Ok(Record::Person(person)) = record else {
                continue;
            };
            assert_eq!(person.identifiers[0], person_id(&person.record_key));
            variants += usize::from(!person.other_names.is_empty());
            warnings += person.not_the_same.len();
            keys.insert(person.record_key);
        }
    }
    if keys.is_empty() {
        return;
    }
    assert_eq!(keys.len(), 1717 - 3, "an id names one person");
    // One has no variant but a name in Chinese characters in the comment; one warning is for somebody who is several.
    assert_eq!((variants, warnings), (1387 + 1, 19 - 1));
}

#[test]
fn the_anthology_up_to_2018_is_all_read() {
    let Some(paths) = samples::files("acl_anthology_full") else {
        return;
    };
    let (mut papers, mut keys, mut names) = (0, HashSet::new(), HashSet::new());
    let (mut authorships, mut ids, mut groups) = (0, 0, HashSet::new());
    for path in paths {
        let mut archive = tar::Archive::new(samples::open(&path));
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let name = entry.path().unwrap().display().to_string();
            if !name.ends_with(".xml") {
                continue;
            }
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            let bytes = Box::new(Cursor::new(bytes));
            for record in read(Input { name, bytes }) {
                let Ok(Record::Work(work)) = record else {
                    panic!("{record:?}");
                };
                papers += 1;
                keys.insert(work.record_key);
                for author in work.authors {
                    authorships += 1;
                    ids += author.identifiers.iter().filter(|id| id.0 == "acl").count();
                    if author.group {
                        groups.insert(author.name.display());
                    }
                    names.insert((author.name.given, author.name.family));
                }
            }
        }
    }
    assert_eq!((papers, keys.len()), (54_169, 54_169));
    assert_eq!((authorships, names.len(), ids), (151_809, 43_888, 1525));
    assert_eq!(groups.len(), 9, "{groups:?}");
}

#[test]
fn samples_changed_at_random_do_no_harm() {
    for (folder, read) in [
        (COLLECTIONS, read as fn(Input) -> Records),
        (VARIANTS, read_people),
    ] {
        let Some(paths) = samples::files(folder) else {
            return;
        };
        let mut bytes = Vec::new();
        let first = File::open(&paths[0]).unwrap();
        first.take(12_000).read_to_end(&mut bytes).unwrap();
        survives_random_changes(read, &bytes);
    }
}
