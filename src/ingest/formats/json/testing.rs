//! What the tests of all JSON readers use.

use std::io::{BufReader, Cursor};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::ingest::record::{Input, PersonRecord, Record, RecordError, Records, WorkRecord};

type Read = fn(Input) -> Records;

/// All that a reader makes of a file, which comes to it in many small pieces.
pub(in super::super) fn read_all(read: Read, bytes: &[u8]) -> Vec<Result<Record, RecordError>> {
    let bytes = BufReader::with_capacity(11, Cursor::new(bytes.to_vec()));
    let input = Input {
        name: "file".to_owned(),
        bytes: Box::new(bytes),
    };
    read(input).collect()
}

/// The only record of a file.
pub(in super::super) fn one(read: Read, text: &str) -> Record {
    let mut found = read_all(read, text.as_bytes());
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).unwrap()
}

/// The only record of a file, a work.
pub(in super::super) fn work(read: Read, text: &str) -> WorkRecord {
    match one(read, text) {
        Record::Work(work) => *work,
        other => panic!("no work: {other:?}"),
    }
}

/// The only record of a file, a person.
pub(in super::super) fn person(read: Read, text: &str) -> PersonRecord {
    match one(read, text) {
        Record::Person(person) => *person,
        other => panic!("no person: {other:?}"),
    }
}

/// The place and reason of the only error of a file.
pub(in super::super) fn refusal(read: Read, text: &str) -> String {
    let mut found = read_all(read, text.as_bytes());
    assert_eq!(found.len(), 1, "{found:?}");
    let error = found.remove(0).unwrap_err();
    format!("{}: {}", error.place, error.reason)
}

/// `scheme:value` of identifiers.
pub(in super::super) fn ids(work: &WorkRecord) -> Vec<String> {
    let shown = |id: &crate::domain::identifiers::WorkIdentifier| {
        format!("{}:{}", id.scheme.as_str(), id.value)
    };
    work.identifiers.iter().map(shown).collect()
}

/// `relation scheme:value` of related works.
pub(in super::super) fn related(work: &WorkRecord) -> Vec<String> {
    let related = work.related.iter();
    related
        .map(|(relation, id)| format!("{relation:?} {}:{}", id.scheme.as_str(), id.value))
        .collect()
}

/// Names of the authors as shown.
pub(in super::super) fn names(work: &WorkRecord) -> Vec<String> {
    work.authors
        .iter()
        .map(|author| author.name.display())
        .collect()
}

/// Changes bytes and values of a sound record in many ways; no reader may panic, hold U+0000 or lose the
/// bounds of years.
pub(in super::super) fn survives_mutation(read: Read, sample: &str) {
    assert!(!read_all(read, sample.as_bytes()).is_empty());
    let places = 0..sample.len();
    let values = prop_oneof![
        Just("null"),
        Just("[]"),
        Just("{}"),
        Just("\"\\u0000\""),
        Just("-1"),
        Just("1e400"),
        Just("true"),
        Just("[[]]"),
        Just("\"x, y, z\""),
        Just("{\"a\":[1]}"),
        Just("99999999999999999999"),
        Just("\""),
        Just("}"),
        Just("]"),
        Just(","),
        Just("\n"),
        Just("\u{301}"),
        Just("[null]"),
    ];
    // Cut out a piece, which may be empty, and put another there.
    let edits = proptest::collection::vec((places, 0..30_usize, values), 1..4);
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(600)
    });
    let run = runner.run(&edits, |edits| {
        let mut bytes = sample.as_bytes().to_vec();
        for (at, cut, value) in edits {
            let at = at.min(bytes.len());
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, value.bytes());
        }
        check(&read_all(read, &bytes))
    });
    run.unwrap();
    // Each value of the record replaced by each other one, which keeps the JSON sound.
    let sound: serde_json::Value = serde_json::from_str(sample).unwrap();
    let mut count = 0;
    while let Some(changed) = (0..11)
        .map(|kind| with_value(&sound, count, kind))
        .collect::<Option<Vec<_>>>()
    {
        for changed in changed {
            check(&read_all(read, changed.to_string().as_bytes())).unwrap();
        }
        count += 1;
    }
    assert!(count > 10);
}

fn check(found: &[Result<Record, RecordError>]) -> Result<(), TestCaseError> {
    for record in found.iter().flatten() {
        let json = serde_json::to_string(record).unwrap();
        prop_assert!(!json.contains("\\u0000"), "{}", json);
        if let Record::Work(work) = record {
            prop_assert!(work.year.is_none_or(|year| (1000..=2999).contains(&year)));
            prop_assert!(!work.title_source.is_empty() && !work.record_key.is_empty());
        }
    }
    Ok(())
}

/// `json` with its value number `at` replaced by one of another kind.
fn with_value(json: &serde_json::Value, at: usize, kind: usize) -> Option<serde_json::Value> {
    use serde_json::json;
    let mut changed = json.clone();
    let mut open = vec![&mut changed];
    let mut count = 0;
    while let Some(value) = open.pop() {
        if count == at {
            *value = match kind {
                0 => json!(null),
                1 => json!([]),
                2 => json!({}),
                3 => json!("a\u{0}b"),
                4 => json!(-1),
                5 => json!(1e300),
                6 => json!(true),
                7 => json!([[[1, "a"]], null]),
                8 => json!("\u{0}"),
                9 => json!([value.take()]),
                _ => json!({ "value": value.take() }),
            };
            return Some(changed);
        }
        count += 1;
        match value {
            serde_json::Value::Array(list) => open.extend(list.iter_mut()),
            serde_json::Value::Object(map) => open.extend(map.values_mut()),
            _ => {}
        }
    }
    None
}
