use std::io::{BufReader, Cursor};

use proptest::prelude::*;

use super::*;
use crate::ingest::record::RecordError;

const MAX: usize = 400;

/// A format whose records have a title and an id.
static PLAIN: Format = Format {
    layout: Layout {
        lists: &[&["results"], &["message", "items"]],
        objects: &["message"],
        max: MAX,
    },
    id: &["id"],
    parse,
};

fn parse(text: &str, out: &mut Outcome) -> serde_json::Result<()> {
    #[derive(Default, serde::Deserialize)]
    #[serde(default)]
    struct Item {
        title: String,
        id: String,
    }
    let item: Item = serde_json::from_str(text)?;
    out.work(WorkRecord {
        title_source: item.title,
        record_key: item.id,
        ..WorkRecord::default()
    });
    Ok(())
}

fn read_bytes(bytes: &[u8]) -> Vec<Result<Record, RecordError>> {
    // A tiny buffer, so that records come in many pieces.
    let bytes = BufReader::with_capacity(5, Cursor::new(bytes.to_vec()));
    let input = Input {
        name: "works.json".to_owned(),
        bytes: Box::new(bytes),
    };
    read(input, &PLAIN).collect()
}

/// Titles of what was read, `!` and the error for what was not.
fn outline(text: &str) -> Vec<String> {
    read_bytes(text.as_bytes())
        .into_iter()
        .map(|found| match found {
            Ok(Record::Work(work)) => work.title_source,
            Ok(other) => format!("{other:?}"),
            Err(error) => format!("!{:?} {}: {}", error.extent, error.place, error.reason),
        })
        .collect()
}

#[test]
fn records_are_found_whatever_wraps_them() {
    for text in [
        "{\"title\":\"A\"}\n{\"title\":\"B\"}\n",
        "{\"title\":\"A\"}\r\n\r\n  {\"title\":\"B\"}",
        "[{\"title\":\"A\"},\n {\"title\":\"B\"}]",
        "{\"title\":\"A\"} {\"title\":\"B\"}",
        "{\n \"title\": \"A\"\n}\n{\n \"title\":\n\"B\"\n}\n",
        r#"{"meta":{"results":[1],"x":"]}"},"results":[{"title":"A"},{"title":"B"}],"group_by":[{"title":"C"}]}"#,
        "{\n\"results\": [\n{\"title\":\"A\"},\n{\"title\":\"B\"}\n],\n\"meta\": {\n}\n}\n",
        r#"{"status":"ok","message":{"facets":{},"items":[{"title":"A"},{"title":"B"}],"query":{}}}"#,
        "{\"message\":{\"title\":\"A\"}}\n{\"status\":\"ok\",\"message\":{\"title\":\"B\"}}\n",
        "{\"results\":[{\"title\":\"A\"}]}\n{\"results\":[]}\n{\"results\":[{\"title\":\"B\"}]}",
        "[{\"title\":\"A\"}]\n[{\"title\":\"B\"}]",
        "\u{feff}[{\"title\":\"A\"},{\"title\":\"B\"}]",
    ] {
        assert_eq!(outline(text), ["A", "B"], "{text}");
    }
    assert_eq!(outline("{\n\"title\":\n\"A\"\n}"), ["A"]);
    assert!(outline("[]").is_empty() && outline(r#"{"results":[]}"#).is_empty());
}

#[test]
fn a_list_under_another_key_or_deeper_is_none_of_records() {
    for text in [
        r#"{"title":"A","message":"x","items":[{"title":"B"}]}"#,
        r#"{"title":"A","x":{"results":[{"title":"B"}]}}"#,
        r#"{"title":"A","x":["results",[{"title":"B"}]]}"#,
        r#"{"title":"A","x":"\"results\":[","message":["items",[{}]]}"#,
    ] {
        assert_eq!(outline(text), ["A"], "{text}");
    }
}

#[test]
fn a_broken_line_is_passed_over() {
    for broken in [
        r#"{"id":"b","title" "B""#,
        r#"{"id":"b","title" "B"}"#,
        r#"{"id":"b","title":"B"#,
        r#"{"id":"b","title":"B"}}"#,
        r#"{"id":"b","title":["#,
        r#"{"id":"b","title":"\x"}"#,
    ] {
        let first = outline(&format!(
            "{broken}\n{{\"title\":\"C\"}}\n{{\"title\":\"D\"}}\n"
        ));
        // What may go on with an object, or has ended too early, is taken for one object over several lines.
        if !broken.ends_with('[') && !broken.ends_with("}}") {
            assert!(
                first[0].starts_with("!Record record 1 (b): line 1, column"),
                "{first:?}"
            );
            assert_eq!(first[1..], ["C", "D"], "{broken}");
        }
        let second = outline(&format!(
            "{{\"title\":\"A\"}}\n{broken}\n{{\"title\":\"C\"}}\n"
        ));
        assert_eq!(second.len(), 3, "{second:?}");
        assert!(
            second[1].starts_with("!Record record 2 (b): line 2, column"),
            "{second:?}"
        );
        assert_eq!((second[0].as_str(), second[2].as_str()), ("A", "C"));
    }
    let other = outline("{\"title\":\"A\"}\nnull\n[1]\nhello\n{\"title\":\"B\"}");
    assert_eq!(
        other[1],
        "!Record record 2: line 2, column 1: a record must be a JSON object"
    );
    assert_eq!(other.len(), 5);
    assert_eq!(other[4], "B");
}

#[test]
fn a_last_line_without_its_end_means_a_file_cut_off() {
    let found = outline("{\"title\":\"A\"}\n{\"id\":\"b\",\"title\":\"B");
    assert!(
        found[1].starts_with("!File record 2 (b): line 2, column"),
        "{found:?}"
    );
    let found = outline("{\"title\":\"A\"}\n{\"id\":\"b\",\"title\":\"B\n");
    assert!(found[1].starts_with("!Record record 2 (b)"), "{found:?}");
    for text in [
        "[{\"title\":\"A\"},",
        "[{\"title\":\"A\"}",
        "[{\"title\":\"A\"},{\"title\":",
        r#"{"results":[{"title":"A"}"#,
        r#"{"results":[{"title":"A"}],"meta":{"#,
    ] {
        let found = outline(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].starts_with("!File"), "{found:?}");
    }
}

#[test]
fn a_broken_record_of_an_array_is_passed_over_if_its_end_is_sure() {
    let found = outline(r#"[{"id":"a","title" "A"},{"title":"B"}]"#);
    assert!(
        found[0].starts_with("!Record record 1 (a): line 1, column 20"),
        "{found:?}"
    );
    assert_eq!(found[1..], ["B"]);
    let found = outline("[{\"id\":\"a\",\"title\":\"A},\n{\"title\":\"B\"},\n{\"title\":\"C\"}]");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("!File record 1 (a): line 1"),
        "{found:?}"
    );
    let found = outline(r#"[null,"a,]",[[],2],{"title":"B"},7]"#);
    assert_eq!(found.len(), 5);
    assert_eq!(found[3], "B");
    assert_eq!(
        found[1],
        "!Record record 2: line 1, column 7: a record must be a JSON object"
    );
}

#[test]
fn a_record_beyond_the_bound_is_refused_and_passed_over() {
    let long = "x".repeat(2 * MAX);
    let reason = "its title is too long: a record may take 400 bytes in the file";
    for text in [
        format!("{{\"title\":\"A\"}}\n{{\"id\":\"b\",\"title\":\"{long}\"}}\n{{\"title\":\"C\"}}"),
        format!("[{{\"title\":\"A\"}},{{\"id\":\"b\",\"title\":\"{long}\"}},{{\"title\":\"C\"}}]"),
        format!("{{\"title\":\"A\"}} {{\"id\":\"b\",\"title\":\"{long}\"}} {{\"title\":\"C\"}}"),
    ] {
        let expected = ["A", &format!("!Record record 2 (b): {reason}"), "C"];
        assert_eq!(outline(&text), expected, "{text}");
    }
}

#[test]
fn other_encodings_are_told_with_their_place() {
    let mut latin = b"{\"title\":\"A\"}\n{\"id\":\"b\",\"title\":\"Universit".to_vec();
    latin.extend(b"\xe9\"}\n{\"title\":\"C\"}\n");
    let found = read_bytes(&latin);
    assert_eq!(found.len(), 3);
    let error = found[1].clone().unwrap_err();
    assert_eq!(error.extent, Extent::Record);
    assert!(
        error
            .reason
            .starts_with("byte 0xE9 at line 2, column 29 is not UTF-8"),
        "{error}"
    );
    let utf16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let error = read_bytes(&utf16)[0].clone().unwrap_err();
    assert_eq!(error.extent, Extent::File);
    assert!(error.reason.contains("UTF-16"));
}

#[test]
fn a_refused_record_is_named_by_number_and_id() {
    let found = outline("[{\"id\":\"a\"},{\"id\":\"b\",\"title\":\"B\"}]");
    assert_eq!(found, ["!Record record 1 (a): it has no title", "B"]);
}

#[test]
fn messages_hold_no_control_characters_and_end() {
    let long = format!(
        r#"[{{"id":"{}\n\u0000"}},{{"id":"\u0000"}}]"#,
        "a".repeat(3000)
    );
    for text in [long.as_str(), "{\"id\":\"a\u{0}b\" \u{0}}"] {
        for told in outline(text) {
            assert!(
                told.len() < 400 && !told.contains(char::is_control),
                "{told:?}"
            );
        }
    }
}

#[test]
fn titles_and_abstracts_are_bounded() {
    let work = |title: usize, summary: usize| WorkRecord {
        title_source: "x".repeat(title),
        abstract_source: Some("x".repeat(summary)),
        ..WorkRecord::default()
    };
    assert!(check(&work(MAX_TITLE_BYTES, MAX_ABSTRACT_BYTES)).is_ok());
    assert!(check(&work(MAX_TITLE_BYTES + 1, 0)).is_err());
    assert!(check(&work(1, MAX_ABSTRACT_BYTES + 1)).is_err());
}

#[test]
fn an_id_is_found_at_the_top_of_a_broken_record_only() {
    let broken = br#"{"list":[{"id":"inner"}],"x":"\"id\":\"no\"","id" : "outer","title":"#;
    assert_eq!(find_id(broken, &["id"]).as_deref(), Some("outer"));
    assert_eq!(
        find_id(br#"{"paperId":12,"#, &["id", "paperId"]).as_deref(),
        Some("12")
    );
    assert_eq!(find_id(br#"{"a":{"id":"x"}}"#, &["id"]), None);
    assert_eq!(find_id(b"{\"id", &["id"]), None);
}

proptest! {
    #[test]
    fn any_bytes_end_without_panic_and_with_at_most_one_error_of_the_file(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("{"), Just("}"), Just("["), Just("]"), Just(","), Just(":"), Just("\""),
                Just("\n"), Just("\\"), Just("\"results\":["), Just("{\"title\":\"A\"}"),
                Just("\"message\":{"), Just("x"), Just("null"), Just(" "),
            ],
            0..40,
        )
    ) {
        let found = read_bytes(parts.concat().as_bytes());
        let lost = |found: &Result<Record, RecordError>| {
            matches!(found, Err(error) if error.extent == Extent::File)
        };
        prop_assert!(found.iter().filter(|found| lost(found)).count() <= 1);
        if let Some(at) = found.iter().position(lost) {
            prop_assert_eq!(at, found.len() - 1);
        }
    }

    #[test]
    fn lines_are_read_the_same_in_an_array(titles in proptest::collection::vec("[a-z\\\\\"{}\\[\\]\u{e9}]{1,9}", 1..6)) {
        let lines: Vec<String> = titles
            .iter()
            .map(|title| serde_json::json!({ "title": title }).to_string())
            .collect();
        prop_assert_eq!(outline(&lines.join("\n")), titles.clone());
        prop_assert_eq!(outline(&format!("[{}]", lines.join(" , "))), titles.clone());
        prop_assert_eq!(outline(&format!("{{\"a\":{},\"results\":[{}]}}", lines[0], lines.join(","))), titles);
    }
}
