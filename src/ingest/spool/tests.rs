use std::fs::OpenOptions;

use super::*;
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::names::PersonName;
use crate::ingest::record::{
    InstitutionRecord, PersonRecord, Record, RecordAuthor, RecordInstitution, RecordTopic,
    Relation, WorkRecord,
};

/// A work in which every field says something.
fn work(number: usize) -> WorkRecord {
    let doi = |text: &str| WorkIdentifier::parse(Scheme::Doi, text).unwrap();
    let topic = RecordTopic {
        scheme: "arxiv".to_owned(),
        code: "cs.LG".to_owned(),
        name: "Machine Learning".to_owned(),
        description: Some("On learning".to_owned()),
        broader: Some(Box::default()),
    };
    let author = RecordAuthor {
        name: PersonName::literal("Ada Berg"),
        other_names: vec![PersonName::literal("安达")],
        group: true,
        affiliations: vec!["University of Oslo".to_owned()],
        institutions: vec![RecordInstitution {
            name: "Oslo".to_owned(),
            country: Some("NO".to_owned()),
            ..RecordInstitution::default()
        }],
        identifiers: vec![("orcid".to_owned(), "0000-0002-1825-0097".to_owned())],
    };
    WorkRecord {
        source: "arXiv".to_owned(),
        record_key: number.to_string(),
        title_source: format!("Title {number}"),
        abstract_source: Some(format!("Of many words, {number} of them. ").repeat(40)),
        year: Some(2024),
        published_on: Some("2024-05".to_owned()),
        venue: Some("A venue".to_owned()),
        identifiers: vec![doi(&format!("10.5555/{number}"))],
        related: vec![(Relation::PublishedAs, doi("10.5555/other"))],
        authors: vec![author; 3],
        more_authors: true,
        topics: vec![topic],
        url: Some("https://example.org/".to_owned()),
        retracted: true,
        ..WorkRecord::default()
    }
}

#[test]
fn records_of_every_kind_come_back_as_they_were_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut records = vec![
        Record::Person(Box::new(PersonRecord {
            institutions: vec![(RecordInstitution::default(), Some(1999), None)],
            ..PersonRecord::default()
        })),
        Record::Institution(Box::new(InstitutionRecord {
            other_names: vec![("Oslo".to_owned(), None)],
            ..InstitutionRecord::default()
        })),
        Record::Topic(Box::default()),
        Record::Deleted {
            source: "arXiv".to_owned(),
            record_key: "2101.00001".to_owned(),
        },
    ];
    records.extend((0..2000).map(|n| Record::Work(Box::new(work(n)))));
    let mut spool = Spool::new(folder.path()).unwrap();
    assert!(spool.is_empty());
    for record in &records {
        spool.push(record).unwrap();
    }
    assert_eq!(spool.len(), records.len() as u64);
    let back: Vec<Record> = spool.read().unwrap().map(Result::unwrap).collect();
    assert_eq!(back, records);
}

#[test]
fn nothing_comes_back_as_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let spool = Spool::<Record>::new(folder.path()).unwrap();
    assert_eq!(spool.read().unwrap().count(), 0);
}

#[test]
fn no_file_is_left_in_the_folder_while_or_after_it_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    let mut spool = Spool::new(folder.path()).unwrap();
    for number in 0..2000 {
        spool.push(&work(number)).unwrap();
    }
    assert_eq!(files(), 0);
    drop(spool.read().unwrap());
    assert_eq!(files(), 0);
}

#[test]
fn a_full_disk_is_called_full_and_names_the_folder() {
    let full = Path::new("/dev/full");
    let Ok(file) = OpenOptions::new().read(true).write(true).open(full) else {
        println!("skipped: {} is not there", full.display());
        return;
    };
    let mut spool = Spool::over(file, Path::new("/data/of/ours")).unwrap();
    let failed = (0..100_000).find_map(|number| spool.push(&work(number)).err());
    let told = failed.expect("it took everything").to_string();
    assert!(
        told.starts_with("the disk is full: ") && told.contains("/data/of/ours"),
        "{told}"
    );
    // Also where only the end finds no room.
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(full)
        .unwrap();
    let mut spool = Spool::over(file, Path::new("/data/of/ours")).unwrap();
    spool.push(&work(1)).unwrap();
    let told = spool.read().err().expect("it kept everything").to_string();
    assert!(told.starts_with("the disk is full: "), "{told}");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let missing = Path::new("/nonexistent/folder");
    let told = Spool::<Record>::new(missing).err().unwrap().to_string();
    assert!(
        told.starts_with("the temporary file in /nonexistent/folder failed: "),
        "{told}"
    );
}

#[test]
fn what_the_disk_lost_is_an_error_and_ends_the_reading() {
    let folder = tempfile::tempdir().unwrap();
    let file = tempfile::tempfile_in(folder.path()).unwrap();
    let other = file.try_clone().unwrap();
    let mut spool = Spool::over(file, folder.path()).unwrap();
    for number in 0..2000 {
        spool.push(&work(number)).unwrap();
    }
    let mut items = spool.read().unwrap();
    other.set_len(other.metadata().unwrap().len() / 2).unwrap();
    let read = items.by_ref().take_while(Result::is_ok).count();
    assert!((1..2000).contains(&read), "{read}");
    assert!(items.next().is_none());
}
