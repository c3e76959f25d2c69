//! What the tests of all readers use.

use std::io::{BufReader, Cursor};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::ingest::record::{
    Extent, Input, PersonRecord, Record, RecordError, Records, WorkRecord,
};

pub(in crate::ingest::formats) type Read = fn(Input) -> Records;

/// A file of these bytes that comes in many pieces.
pub(in crate::ingest::formats) fn input(bytes: &[u8]) -> Input {
    Input {
        name: "records".to_owned(),
        bytes: Box::new(BufReader::with_capacity(7, Cursor::new(bytes.to_vec()))),
    }
}

pub(in crate::ingest::formats) fn all(read: Read, text: &str) -> Vec<Result<Record, RecordError>> {
    read(input(text.as_bytes())).collect()
}

/// The works of a file in which nothing is refused.
pub(in crate::ingest::formats) fn works(read: Read, text: &str) -> Vec<WorkRecord> {
    all(read, text)
        .into_iter()
        .map(|record| match record {
            Ok(Record::Work(work)) => *work,
            other => panic!("not a work: {other:?}"),
        })
        .collect()
}

/// The only work of a file.
pub(in crate::ingest::formats) fn work(read: Read, text: &str) -> WorkRecord {
    let mut works = works(read, text);
    assert_eq!(works.len(), 1);
    works.remove(0)
}

/// The only person of a file.
pub(in crate::ingest::formats) fn person(read: Read, text: &str) -> PersonRecord {
    let mut records = all(read, text);
    assert_eq!(records.len(), 1, "{records:?}");
    match records.remove(0) {
        Ok(Record::Person(person)) => *person,
        other => panic!("not a person: {other:?}"),
    }
}

/// What is said of the refused records, and whether of the file.
pub(in crate::ingest::formats) fn refusals(read: Read, text: &str) -> Vec<String> {
    all(read, text)
        .into_iter()
        .filter_map(Result::err)
        .map(|error| match error.extent {
            Extent::Record => error.to_string(),
            Extent::File => format!("{error} (file)"),
        })
        .collect()
}

/// The names of the authors as readers see them; groups in brackets.
pub(in crate::ingest::formats) fn names(work: &WorkRecord) -> Vec<String> {
    work.authors
        .iter()
        .map(|author| {
            let name = author.name.display();
            if author.group {
                format!("[{name}]")
            } else {
                name
            }
        })
        .collect()
}

/// The identifiers as `scheme:value`.
pub(in crate::ingest::formats) fn identifiers(work: &WorkRecord) -> Vec<String> {
    work.identifiers
        .iter()
        .map(|id| format!("{}:{}", id.scheme.as_str(), id.value))
        .collect()
}

/// The topics as `scheme:code`.
pub(in crate::ingest::formats) fn topics(work: &WorkRecord) -> Vec<String> {
    work.topics
        .iter()
        .map(|topic| format!("{}:{}", topic.scheme, topic.code))
        .collect()
}

/// Changes one byte of `text` after the other, cuts it at every place: a reader answers something and ends.
pub(in crate::ingest::formats) fn survives(read: Read, text: &str) {
    for at in 0..text.len() {
        for byte in [0, b'<', b'>', b'&', b'"', b'{', b'}', b'\n', b'0', 0xff] {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] = byte;
            read(input(&bytes)).for_each(drop);
        }
        read(input(&text.as_bytes()[..at])).for_each(drop);
    }
}

/// Changes a few pieces of a real sample at random, the same ones every time: a reader answers something and ends.
pub(in crate::ingest::formats) fn survives_random_changes(read: Read, sample: &[u8]) {
    const PIECES: [&[u8]; 16] = [
        b"<",
        b">",
        b"/>",
        b"</",
        b"&",
        b"&amp;",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"\"",
        b"\0",
        b"\xff",
        b"{",
        b"- ",
        b": ",
        b"",
    ];
    let changes = proptest::collection::vec((0..sample.len(), 0..40_usize, 0..PIECES.len()), 1..6);
    let mut runner = TestRunner::new_with_rng(
        Config {
            failure_persistence: None,
            ..Config::with_cases(300)
        },
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    );
    let run = runner.run(&changes, |changes| {
        let mut bytes = sample.to_vec();
        for (at, cut, piece) in changes {
            let at = at.min(bytes.len());
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, PIECES[piece].iter().copied());
        }
        for record in read(input(&bytes)) {
            if let Ok(Record::Work(work)) = record {
                prop_assert!(!work.title_source.is_empty() && !work.record_key.is_empty());
                prop_assert!(work.year.is_none_or(|year| (1000..=2999).contains(&year)));
            }
        }
        Ok(())
    });
    run.unwrap();
}
