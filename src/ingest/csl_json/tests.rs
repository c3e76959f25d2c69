use std::io::{BufRead, BufReader, Cursor};
use std::path::Path;

use super::*;
use crate::domain::identifiers::Scheme;
use crate::domain::work::WorkKind;
use crate::ingest::record::{Extent, Record, RecordError, WorkRecord};

/// The works of a file.
fn works(
    bytes: impl BufRead + Send + 'static,
) -> impl Iterator<Item = Result<WorkRecord, RecordError>> {
    let input = Input {
        name: "works.json".to_owned(),
        bytes: Box::new(bytes),
    };
    super::read(input).map(|record| match record? {
        Record::Work(work) => Ok(*work),
        other => panic!("not a work: {other:?}"),
    })
}

fn read(text: &str) -> Vec<Result<WorkRecord, RecordError>> {
    read_bytes(text.as_bytes())
}

fn read_bytes(bytes: &[u8]) -> Vec<Result<WorkRecord, RecordError>> {
    // A tiny buffer, so that records come in many pieces.
    works(BufReader::with_capacity(7, Cursor::new(bytes.to_vec()))).collect()
}

fn one(text: &str) -> WorkRecord {
    let mut records = read(text);
    assert_eq!(records.len(), 1);
    records.remove(0).unwrap()
}

/// The error of a file, which must be its last record.
fn error(bytes: &[u8]) -> String {
    let mut records = read_bytes(bytes);
    records.pop().unwrap().unwrap_err().to_string()
}

#[test]
fn an_array_a_single_object_and_an_empty_array_are_read() {
    assert_eq!(read(r#"[{"title":"A"} , {"title":"B]}"}]"#).len(), 2);
    assert_eq!(read(r#" {"title":"A"} "#).len(), 1);
    assert_eq!(read("[ ]\n").len(), 0);
    assert_eq!(read("\u{feff}[{\"title\":\"A\"}]").len(), 1);
}

#[test]
fn an_arxiv_preprint_is_read_whole() {
    let record = one(
        r#"[{"id":"arxiv:2605.17602","type":"article","genre":"preprint","title":" A $\\ell_1$ Title ",
          "issued":{"date-parts":[[2026,5,17]]},"publisher":"arXiv","abstract":"Text.",
          "author":[{"given":"Ada","family":"Example"},{"family":":"}],
          "URL":"https://arxiv.org/abs/2605.17602","archive":"arXiv","archive_location":"2605.17602",
          "keyword":"cs.AI, cs.CV","unknown":{"x":[1,"}"]}}]"#,
    );
    assert_eq!(record.source, "arXiv");
    assert_eq!(record.record_key, "arxiv:2605.17602");
    assert_eq!(record.kind, WorkKind::Preprint);
    assert_eq!(record.title_source, r"A $\ell_1$ Title");
    assert_eq!(record.year, Some(2026));
    assert_eq!(record.published_on.as_deref(), Some("2026-05-17"));
    assert_eq!(record.venue.as_deref(), Some("arXiv"));
    assert_eq!(record.identifiers.len(), 1);
    assert_eq!(record.authors.len(), 1);
    assert_eq!(record.authors[0].name.display(), "Ada Example");
    assert_eq!(record.topics[0].code, "cs.AI");
    assert_eq!(
        record.url.as_deref(),
        Some("https://arxiv.org/abs/2605.17602")
    );
}

#[test]
fn crossref_and_zotero_variants_are_read() {
    let record = one(
        r#"{"id":7,"type":"journal-article","title":["First","Second"],"DOI":"https://doi.org/10.5555/ABC",
          "container-title":["Journal of {\\\"U}ses"],"issued":{"date-parts":[["2020","3"]]},
          "author":[{"name":"The Example Group"},{"given":"Vera","family":"Berg","non-dropping-particle":"van den",
          "suffix":"Jr.","affiliation":[{"name":"Uni A"},{"name":"Uni B"}],"ORCID":"https://orcid.org/0000-0002-1825-0097"},
          {"family":"Poincar\\'e","given":null}],"keyword":["graphs","trees"],"URL":null}"#,
    );
    assert_eq!(record.record_key, "doi:10.5555/abc");
    assert_eq!(record.source, "csl-json");
    assert_eq!(record.kind, WorkKind::Article);
    assert_eq!(record.title_source, "First");
    assert_eq!(record.venue.as_deref(), Some("Journal of Üses"));
    assert_eq!(record.published_on.as_deref(), Some("2020-03"));
    let names: Vec<String> = record.authors.iter().map(|a| a.name.display()).collect();
    assert_eq!(
        names,
        ["The Example Group", "Vera van den Berg Jr.", "Poincaré"]
    );
    assert_eq!(record.authors[1].affiliations, ["Uni A", "Uni B"]);
    assert!(
        record.authors[1].identifiers == [("orcid".to_owned(), "0000-0002-1825-0097".to_owned())]
    );
    assert_eq!(record.topics.len(), 2);
    assert_eq!(record.url.as_deref(), Some("https://doi.org/10.5555/abc"));
}

#[test]
fn missing_and_odd_fields_are_no_error() {
    let record = one(
        r#"{"title":"T","issued":{"date-parts":[[null]]},"author":[{}],"ISBN":["1","2"],"type":"film"}"#,
    );
    assert_eq!((record.year, record.kind), (None, WorkKind::Other));
    assert!(record.authors.is_empty() && record.identifiers.is_empty());
    assert_eq!(
        one(r#"{"title":"T","issued":{"raw":"2019-02-30T00:00:00"}}"#)
            .published_on
            .as_deref(),
        Some("2019-02-30")
    );
    assert_eq!(
        one(r#"{"title":"T","issued":{"date-parts":[[20260]]}}"#).year,
        None
    );
    assert_eq!(
        one(r#"{"title":"T","URL":"javascript:alert(1)"}"#).url,
        None
    );
    let book = one(r#"{"title":"T","type":"book","ISBN":"978-3-16-148410-0"}"#);
    assert_eq!(book.identifiers[0].scheme, Scheme::Isbn);
}

#[test]
fn a_record_without_title_is_named() {
    for title in [
        "",
        r#","title":"""#,
        r#","title":"  ""#,
        r#","title":null"#,
        r#","title":[]"#,
    ] {
        let text = format!(r#"[{{"id":"a","title":"A"}},{{"id":"arxiv:2101.00001"{title}}}]"#);
        assert_eq!(
            error(text.as_bytes()),
            "works.json: record 2 (arxiv:2101.00001): it has no title"
        );
    }
}

#[test]
fn broken_json_is_named_with_its_place_in_the_file() {
    assert_eq!(
        error(b"[\n{\"id\":\"a\",\"title\":\"A\"},\n{\"id\":\"b\",\n \"title\" \"B\"}]"),
        "works.json: record 2 (b): line 4, column 10: expected `:`"
    );
    for (text, reason) in [
        (
            "",
            "works.json: the file as a whole: line 1, column 1: the file is empty",
        ),
        (
            "   \n ",
            "works.json: the file as a whole: line 2, column 2: the file is empty",
        ),
        (
            "hello",
            "works.json: the file as a whole: line 1, column 1: neither a JSON array nor a JSON object starts here",
        ),
        (
            "[{\"title\":\"A\"}",
            "works.json: the file as a whole: line 1, column 15: the file ends before its array does",
        ),
        (
            "[{\"title\":\"A",
            "works.json: record 1: line 1, column 13: the file ends in the middle of a record",
        ),
        (
            "[{\"title\":\"A\"} {}]",
            "works.json: the file as a whole: line 1, column 16: expected `,` or `]` after a record",
        ),
        (
            "[{\"title\":\"A\"},]",
            "works.json: record 2: line 1, column 16: a record must be a JSON object",
        ),
        (
            "[\"A\"]",
            "works.json: record 1: line 1, column 2: a record must be a JSON object",
        ),
        (
            "{\"title\":\"A\"} x",
            "works.json: the file as a whole: line 1, column 15: more follows after the end of the records",
        ),
    ] {
        assert_eq!(error(text.as_bytes()), reason);
    }
}

#[test]
fn a_missing_quote_is_reported_where_it_is_and_not_at_the_end() {
    let text = format!(
        "[{{\"id\":\"a\",\"title\":\"A}},\n{}]",
        "{\"id\":\"b\",\"title\":\"B\"},\n".repeat(10)
    );
    let found = error(text.as_bytes());
    assert!(
        found.starts_with("works.json: record 1 (a): line 1, column 23: control character"),
        "{found}"
    );
}

#[test]
fn other_encodings_are_refused_by_name() {
    let utf16: Vec<u8> = "[{\"title\":\"A\"}]"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(error(&utf16).contains("UTF-16"), "{}", error(&utf16));
    let with_mark = [&[0xff, 0xfe][..], &utf16].concat();
    assert!(error(&with_mark).contains("UTF-16"));
    let latin1 = b"[{\"id\":\"x1\",\n\"title\":\"Poincar\xe9\"}]";
    let found = error(latin1);
    assert!(
        found.starts_with("works.json: record 1 (x1): byte 0xE9 at line 2, column 17 is not UTF-8"),
        "{found}"
    );
}

#[test]
fn titles_and_abstracts_beyond_their_limits_are_refused() {
    let long = |field: &str, bytes: usize| {
        format!(
            r#"[{{"id":"big","title":"T","{field}":"{}"}}]"#,
            "x".repeat(bytes)
        )
        .replacen(r#""title":"T","title""#, r#""title""#, 1)
    };
    assert_eq!(
        error(long("title", 70_000).as_bytes()),
        "works.json: record 1 (big): its title is too long: 70000 bytes, at most 65536 are accepted"
    );
    assert!(error(long("abstract", 1_100_000).as_bytes()).contains("its abstract is too long"));
}

/// A record that never ends, as far as the reader can know; counts how much is asked for.
struct Endless {
    head: Cursor<Vec<u8>>,
    served: usize,
}

impl std::io::Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.head.read(buffer)?;
        let read = if read == 0 {
            buffer.fill(b'x');
            buffer.len()
        } else {
            read
        };
        self.served += read;
        assert!(
            self.served < 2 * MAX_RECORD_BYTES,
            "the reader went on reading"
        );
        Ok(read)
    }
}

#[test]
fn an_endless_title_is_refused_after_a_bounded_number_of_bytes() {
    let endless = Endless {
        head: Cursor::new(
            br#"[{"id":"arxiv:1","title":"A"},{"id":"arxiv:2", "title" : ""#.to_vec(),
        ),
        served: 0,
    };
    let mut records = works(BufReader::new(endless));
    assert!(records.next().unwrap().is_ok());
    assert_eq!(
        records.next().unwrap().unwrap_err().to_string(),
        format!(
            "works.json: record 2 (arxiv:2): its title is too long: a record may take {MAX_RECORD_BYTES} bytes in the file"
        )
    );
}

#[test]
fn a_refused_record_is_passed_over_and_the_next_is_read() {
    let records = read(
        r#"[{"id":"a","title":"A"}, {"id":"b"}, "no record", {"id":"c","title":7,}, {"id":"d","title":"D"}]"#,
    );
    let told: Vec<String> = records
        .iter()
        .map(|record| match record {
            Ok(work) => work.title_source.clone(),
            Err(error) if error.extent == Extent::Record => error.place.clone(),
            Err(error) => panic!("{error}"),
        })
        .collect();
    assert_eq!(told, ["A", "record 2 (b)", "record 3", "record 4 (c)", "D"]);
}

#[test]
fn the_seed_authors_forty_works_are_read() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/seed-author/works.csl.json");
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return;
    }
    let file = BufReader::new(std::fs::File::open(&path).unwrap());
    let records: Vec<WorkRecord> = works(file).collect::<Result<_, _>>().unwrap();
    assert_eq!(records.len(), 40);
    let by_seed = |record: &&WorkRecord| {
        record
            .authors
            .iter()
            .any(|author| author.name.display() == "Cho-Jui Hsieh")
    };
    assert_eq!(records.iter().filter(by_seed).count(), 40);
    assert!(
        records
            .iter()
            .all(|r| r.source == "arXiv" && r.kind == WorkKind::Preprint && r.year.is_some())
    );
    assert_eq!(
        records.iter().filter(|r| !r.identifiers.is_empty()).count(),
        26
    );
    assert_eq!(records.iter().filter(|r| !r.topics.is_empty()).count(), 11);
    let mut keys: Vec<&str> = records.iter().map(|r| r.record_key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 40);
}
