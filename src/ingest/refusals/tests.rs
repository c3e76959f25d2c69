use super::*;
use crate::ingest::record::Extent;

const NOW: i64 = 1_780_000_000_000;

fn refusal(place: &str, reason: &str) -> RecordError {
    RecordError {
        file: "works.json".to_owned(),
        place: place.to_owned(),
        reason: reason.to_owned(),
        extent: Extent::Record,
    }
}

#[test]
fn every_refusal_is_a_line_with_file_place_reason_and_extent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.jsonl");
    let mut refusals = Refusals::new(Place::File(path.clone())).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "");
    refusals
        .add(&refusal("record 2 (a)", "it has no title"))
        .unwrap();
    // Written at once.
    let first = r#"{"file":"works.json","place":"record 2 (a)","reason":"it has no title","extent":"record"}"#;
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{first}\n"));
    let whole = RecordError {
        extent: Extent::File,
        ..refusal("line 1\n", "a \"quote\"")
    };
    refusals.add(&whole).unwrap();
    let second =
        r#"{"file":"works.json","place":"line 1\n","reason":"a \"quote\"","extent":"file"}"#;
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        format!("{first}\n{second}\n")
    );
    assert_eq!(refusals.path(), Some(path.as_path()));
}

#[test]
fn a_report_nobody_named_is_made_only_when_something_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("import-reports");
    let place = || Place::Folder(reports.clone(), NOW);
    drop(Refusals::new(place()).unwrap());
    assert!(!reports.exists());
    for name in ["2026-05-28T20-26-40Z.jsonl", "2026-05-28T20-26-40Z-2.jsonl"] {
        let mut refusals = Refusals::new(place()).unwrap();
        assert_eq!(refusals.path(), None);
        refusals
            .add(&refusal("record 1", "it has no title"))
            .unwrap();
        let path = reports.join(name);
        assert_eq!(refusals.path(), Some(path.as_path()));
        assert_eq!(fs::read_to_string(path).unwrap().lines().count(), 1);
    }
}

#[test]
fn reasons_are_counted_without_their_numbers_the_most_frequent_first() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().to_owned(), NOW);
    let mut refusals = Refusals::new(place).unwrap();
    for reason in [
        "it has no title",
        "line 4, column 10: expected `:`",
        "line 75, column 1: expected `:`",
    ] {
        refusals.add(&refusal("record 1", reason)).unwrap();
    }
    assert_eq!(refusals.total(), 3);
    assert_eq!(
        refusals.by_reason(),
        [
            ("line …, column …: expected `:`", 2),
            ("it has no title", 1)
        ]
    );
    // Reasons that quote the record do not fill the memory.
    for number in 0..2 * MAX_REASONS {
        let letters: String = number
            .to_string()
            .bytes()
            .map(|digit| char::from(digit + 17))
            .collect();
        refusals.add(&refusal("record 1", &letters)).unwrap();
    }
    assert_eq!(refusals.by_reason().len(), MAX_REASONS + 1);
    assert_eq!(refusals.by_reason()[0], (OTHER, MAX_REASONS as u64 + 2));
    assert_eq!(refusals.total(), 2003);
}

#[test]
fn a_report_that_cannot_be_written_is_named_at_once() {
    let path = Path::new("/nonexistent/report.jsonl");
    let told = Refusals::new(Place::File(path.to_owned()))
        .err()
        .unwrap()
        .to_string();
    assert!(
        told.starts_with("the report /nonexistent/report.jsonl cannot be written: "),
        "{told}"
    );
}
