use super::*;
use crate::ingest::formats::xml::testing::input;

/// The entries as `key = value`, what is wrong with them behind `!`.
fn outline(bytes: &[u8]) -> Vec<String> {
    let mut entries = Entries::new(input(bytes).bytes);
    let mut found = Vec::new();
    loop {
        match entries.next() {
            Ok(None) => return found,
            Ok(Some(entry)) => found.push(match entry.value {
                Ok(value) => format!("{} = {}", entry.key.unwrap_or_default(), shown(&value)),
                Err(flaw) => format!("{} ! {flaw}", entry.key.unwrap_or_default()),
            }),
            Err(fault) => {
                found.push(format!("!! {}", fault.0));
                return found;
            }
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Nothing => "()".to_owned(),
        Value::Text(text) => format!("{text:?}"),
        Value::List(list) => format!("[{}]", list.iter().map(shown).collect::<Vec<_>>().join(" ")),
        Value::Table(rows) => {
            let rows: Vec<String> = rows
                .iter()
                .map(|(key, value)| format!("{key}:{}", shown(value)))
                .collect();
            format!("{{{}}}", rows.join(" "))
        }
    }
}

#[test]
fn lists_and_tables_are_cut_into_their_entries() {
    assert_eq!(
        outline(b"# people\n---\n- a: 1\n\n  b: {c: d}\n# between\n-\n  - x\n- [y, z]\n...\n"),
        [" = {a:\"1\" b:{c:\"d\"}}", " = [\"x\"]", " = [\"y\" \"z\"]"]
    );
    // The list of a row may begin where the row does.
    assert_eq!(
        outline(b"%YAML 1.2\n--- # people\na:\n- x\n- y\n\"b\": |\n  one\n  two\nc:\r\n  d: e\r\n"),
        ["a = [\"x\" \"y\"]", "b = \"one\\ntwo\\n\"", "c = {d:\"e\"}"]
    );
}

#[test]
fn words_stay_words_and_only_nothing_is_nothing() {
    assert_eq!(
        outline(b"- [No, yes, true, 1_000, 0x1F, 2001-01-01, '', 'null', null, ~, ]\n"),
        [" = [\"No\" \"yes\" \"true\" \"1_000\" \"0x1F\" \"2001-01-01\" \"\" \"null\" () ()]"]
    );
}

#[test]
fn a_broken_entry_spoils_no_other() {
    let found = outline(b"a: {x: 1\nb: [2]\nc\nd: B\xf6\ne: \"x\ny: 1\n");
    assert_eq!(found.len(), 6, "{found:#?}");
    assert!(found[0].starts_with("a ! line "), "{}", found[0]);
    assert_eq!(found[1], "b = [\"2\"]");
    assert_eq!(
        found[2],
        " ! line 3: it is not of the same form as the entries before it"
    );
    assert!(
        found[3].starts_with("d ! byte 0xF6 in line 4 is not UTF-8"),
        "{}",
        found[3]
    );
    assert!(found[4].starts_with("e ! line "), "{}", found[4]);
    assert_eq!(found[5], "y = \"1\"");
}

#[test]
fn aliases_are_never_followed() {
    let mut bomb = "- a0: &a0 lol\n".to_owned();
    for level in 1..20 {
        let inside = format!("*a{}, ", level - 1).repeat(10);
        bomb += &format!("  a{level}: &a{level} [{inside}]\n");
    }
    bomb += "- next: 1\n";
    assert_eq!(
        outline(bomb.as_bytes()),
        [
            " ! line 2: it refers to another place (*…), which is not followed here",
            " = {next:\"1\"}"
        ]
    );
    // An anchor of another entry is not known at all.
    let found = outline(b"a: &x 1\nb: *x\n");
    assert_eq!(found[0], "a = \"1\"");
    assert!(found[1].starts_with("b ! line 2: "), "{}", found[1]);
}

#[test]
fn deep_and_long_entries_are_refused_in_little_time() {
    let fill = |head: &str, piece: &str| {
        let room = MAX_ENTRY_BYTES - head.len() - 10;
        format!("{head}{}", piece.repeat(room / piece.len()))
    };
    for text in [
        fill("- ", "["),
        fill("- ", "{a: "),
        fill("", "- "),
        fill("", "? "),
        fill("a: ", "["),
        fill("a: ", "{? "),
        fill("a:\n", " - - - -\n"),
        fill("a: \"", "\\u0041"),
        fill("a: ", "x: "),
        fill("a: [", "x: y, "),
        fill("a: [", ":,"),
        fill("a: ", "&a "),
        fill("a: ", "!"),
        fill("a: |", "\n "),
        fill("a: '", "''"),
    ] {
        #[allow(
            clippy::disallowed_methods,
            reason = "measures how long the work takes"
        )]
        let start = std::time::Instant::now();
        outline(text.as_bytes());
        let took = start.elapsed();
        assert!(took.as_secs() < 10, "{} took {took:?}", &text[..10]);
    }
    let long = format!("- x: {}\n- y: 1\n", "z".repeat(MAX_ENTRY_BYTES));
    assert_eq!(
        outline(long.as_bytes()),
        [
            format!(" ! line 1: it is too long: an entry may take {MAX_ENTRY_BYTES} bytes"),
            " = {y:\"1\"}".to_owned()
        ]
    );
    let deep = format!("- {}x{}\n", "[".repeat(16), "]".repeat(16));
    assert!(outline(deep.as_bytes())[0].contains("more than 16 deep"));
}

#[test]
fn other_encodings_are_named() {
    assert!(outline(b"\xff\xfe-\0")[0].contains("UTF-16"));
    assert_eq!(outline(b"\xef\xbb\xbfa: 1\n"), ["a = \"1\""]);
}
