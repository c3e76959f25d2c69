//! The real samples beside the repository, counted as their README counts them. Where the folder is absent,
//! the tests say so and pass.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use super::super::{arxiv_lines, crossref, datacite, openalex, orcid_json, ror, semantic_scholar};
use crate::domain::work::WorkKind;
use crate::ingest::record::{Extent, Input, Record, Records, WorkRecord};

/// The files of a sample, in order; `None` where it is not there.
pub(in crate::ingest::formats) fn files(folder: &str) -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(folder);
    if !folder.exists() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    let entries = std::fs::read_dir(&folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    Some(files)
}

pub(in crate::ingest::formats) fn open(path: &Path) -> Box<dyn BufRead + Send> {
    let file = File::open(path).unwrap();
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("zst") => Box::new(BufReader::new(zstd::Decoder::new(file).unwrap())),
        Some("zip") => {
            let mut bytes = Vec::new();
            let mut archive = zip::ZipArchive::new(file).unwrap();
            archive
                .by_index(0)
                .unwrap()
                .read_to_end(&mut bytes)
                .unwrap();
            Box::new(Cursor::new(bytes))
        }
        _ => Box::new(BufReader::new(file)),
    }
}

/// What a reader made of a sample.
#[derive(Default)]
pub(in crate::ingest::formats) struct Found {
    pub(in crate::ingest::formats) works: Vec<WorkRecord>,
    /// How many of the other kinds: persons, institutions, topics.
    pub(in crate::ingest::formats) others: [usize; 3],
    /// How many were refused, by reason.
    refused: BTreeMap<String, usize>,
}

pub(in crate::ingest::formats) fn read(folder: &str, read: fn(Input) -> Records) -> Option<Found> {
    let mut found = Found::default();
    for path in files(folder)? {
        let input = Input {
            name: path.display().to_string(),
            bytes: open(&path),
        };
        for record in read(input) {
            match record {
                Ok(Record::Work(work)) => found.works.push(*work),
                Ok(Record::Person(_)) => found.others[0] += 1,
                Ok(Record::Institution(_)) => found.others[1] += 1,
                Ok(Record::Topic(_)) => found.others[2] += 1,
                Ok(Record::Deleted { .. }) => panic!("no sample holds deletions"),
                Err(error) => {
                    assert_eq!(error.extent, Extent::Record, "{error}");
                    *found.refused.entry(error.reason).or_default() += 1;
                }
            }
        }
    }
    Some(found)
}

impl Found {
    pub(in crate::ingest::formats) fn refused(&self) -> Vec<(&str, usize)> {
        self.refused
            .iter()
            .map(|(reason, count)| (reason.as_str(), *count))
            .collect()
    }

    pub(in crate::ingest::formats) fn of_kind(&self, kind: WorkKind) -> usize {
        self.works.iter().filter(|work| work.kind == kind).count()
    }

    /// Works by different keys.
    pub(in crate::ingest::formats) fn keys(&self) -> usize {
        let mut keys: Vec<&str> = self
            .works
            .iter()
            .map(|work| work.record_key.as_str())
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys.len()
    }
}

const NO_TITLE: &str = "it has no title";

#[test]
fn openalex_works_are_all_read() {
    for (folder, count) in [
        ("openalex_works_jsonl", 132),
        ("openalex_works_api_list", 80),
    ] {
        let Some(found) = read(folder, openalex::read) else {
            return;
        };
        assert_eq!(found.works.len(), count);
        assert!(found.refused.is_empty(), "{:?}", found.refused);
        assert!(
            found
                .works
                .iter()
                .all(|work| work.year.is_some() && !work.topics.is_empty())
        );
    }
}

#[test]
fn openalex_entities_are_read_or_refused_by_name() {
    let Some(found) = read("openalex_entities_json", openalex::read) else {
        return;
    };
    assert_eq!((found.works.len(), found.others), (2, [2, 2, 6]));
    assert_eq!(
        found.refused(),
        [
            ("a funder is not kept here", 2),
            ("a publisher is not kept here", 2),
            ("a source (a journal or repository) is not kept here", 2),
        ]
    );
}

#[test]
fn crossref_works_are_read_and_components_refused() {
    let Some(found) = read("crossref_rest_json", crossref::read) else {
        return;
    };
    assert_eq!(found.works.len(), 204);
    assert_eq!(found.refused(), [(NO_TITLE, 17)]);
    // 216 works, of which five stand in two files.
    assert_eq!(found.keys() + 17, 216);
    assert_eq!(found.of_kind(WorkKind::Preprint), 2);
    assert_eq!(
        found
            .works
            .iter()
            .filter(|work| !work.related.is_empty())
            .count(),
        4
    );
}

#[test]
fn datacite_records_are_read() {
    let Some(found) = read("datacite_json", datacite::read) else {
        return;
    };
    assert_eq!(found.works.len(), 448);
    assert_eq!(found.refused(), [(NO_TITLE, 1)]);
}

#[test]
fn semantic_scholar_papers_are_read_and_stubs_refused() {
    let Some(found) = read("semantic_scholar_json", semantic_scholar::read) else {
        return;
    };
    assert_eq!((found.works.len(), found.others), (3316, [1, 0, 0]));
    assert_eq!(
        found.refused(),
        [("it has no Semantic Scholar id", 1), (NO_TITLE, 639)]
    );
}

#[test]
fn orcid_records_are_read_but_for_the_mistyped_one() {
    let Some(found) = read("orcid_record_json", orcid_json::read) else {
        return;
    };
    assert_eq!(found.others, [3, 0, 0]);
    let mistyped = "This ORCID iD is mistyped: its last digit does not fit the others.";
    assert_eq!(found.refused(), [(mistyped, 1)]);
}

#[test]
fn ror_organisations_of_both_schemas_are_read() {
    for (folder, count) in [("ror_json", 636 + 788), ("ror_large", 35_990)] {
        let Some(found) = read(folder, ror::read) else {
            return;
        };
        assert_eq!(found.others, [0, count, 0]);
        assert!(found.refused.is_empty(), "{:?}", found.refused);
    }
}

#[test]
fn arxiv_lines_are_all_read() {
    for (folder, count) in [("arxiv_kaggle_jsonl", 25), ("arxiv_metadata_lines", 42_845)] {
        let Some(found) = read(folder, arxiv_lines::read) else {
            return;
        };
        assert_eq!((found.works.len(), found.keys()), (count, count));
        assert!(found.refused.is_empty(), "{:?}", found.refused);
        let whole = |work: &WorkRecord| work.published_on.is_some() && !work.authors.is_empty();
        assert!(found.works.iter().all(whole));
    }
}
