//! The readers without the server around them, and what must hold for whatever they are given.
//!
//! The sources are links to those of the server, so that a target compiles in a minute instead of ten.

pub mod domain;
pub mod ingest;

use std::io::{BufReader, Cursor};

use domain::work::WorkKind;
use ingest::markup::{self, MAX_ABSTRACT_BYTES, MAX_TITLE_BYTES, Shape};
use ingest::record::{Extent, Input, Record, Records, WorkRecord};

/// A file of these bytes that comes in many pieces.
pub fn input(bytes: &[u8]) -> Input {
    Input {
        name: "fuzz".to_owned(),
        bytes: Box::new(BufReader::with_capacity(61, Cursor::new(bytes.to_vec()))),
    }
}

/// Reads a file whole: the reader ends, each record can be stored, each refusal is told, and nothing follows an
/// error that spoils the file.
///
/// # Panics
/// If one of these does not hold.
pub fn records(read: fn(Input) -> Records, bytes: &[u8]) {
    let mut ended = false;
    for found in read(input(bytes)) {
        assert!(!ended, "something follows an error of the file: {found:?}");
        match found {
            Ok(record) => check(&record),
            Err(error) => {
                assert!(!error.reason.is_empty() && !error.place.is_empty());
                assert!(!error.reason.contains('\0') && error.place.len() < 2000);
                ended = error.extent == Extent::File;
            }
        }
    }
}

fn check(record: &Record) {
    let json = serde_json::to_string(record).expect("every record can be written as JSON");
    // PostgreSQL refuses this character.
    assert!(!json.contains("\\u0000"), "U+0000: {json}");
    if let Record::Work(work) = record {
        check_work(work);
    }
    if let Record::Person(person) = record {
        assert!(person.name.is_name() && !person.record_key.is_empty());
    }
}

fn check_work(work: &WorkRecord) {
    assert!(!work.source.is_empty() && !work.record_key.is_empty());
    assert!(!work.title_source.is_empty() && work.title_source.len() <= MAX_TITLE_BYTES);
    let summary = work.abstract_source.as_ref().map_or(0, String::len);
    assert!(summary <= MAX_ABSTRACT_BYTES);
    assert!(work.year.is_none_or(|year| (1000..=2999).contains(&year)));
    assert!(WorkKind::ALL.contains(&work.kind));
    for author in &work.authors {
        assert!(author.name.is_name(), "no name: {author:?}");
    }
}

/// Renders a text in both shapes: the result is safe and has no part in a link or script.
///
/// # Panics
/// If that does not hold.
pub fn render(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    for shape in [Shape::Line, Shape::Blocks] {
        let written = markup::render(&source, shape);
        let lower = written.html.to_ascii_lowercase();
        for part in ["<script", "<style", "<iframe", "\0"] {
            assert!(!lower.contains(part), "{part} in {}", written.html);
        }
        // What is printed like a link is none: only tags count.
        for tag in lower
            .split('<')
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
        {
            assert!(!tag.contains("=\"javascript:"), "{tag} in {}", written.html);
        }
        if shape == Shape::Line {
            assert!(
                !lower.contains("<a ") && !lower.contains("<p"),
                "{}",
                written.html
            );
        }
    }
    markup::plain(&source);
}
