use std::io::{BufReader, Cursor, Read};

use super::testing::{all, input, refusals};
use super::*;
use crate::ingest::csl_json::MAX_RECORD_BYTES;
use crate::ingest::record::PersonRecord;

/// `<list><group><item key="">text</item></group></list>`
struct Toy;

impl Shape for Toy {
    const NAME: &'static str = "a list";

    fn step(&mut self, tag: Element<'_>, depth: usize) -> Option<Step> {
        match (depth, tag.name()) {
            (0, "list") | (_, "group") => Some(Step::Enter),
            (0, _) => None,
            (_, "item") => Some(Step::Record),
            _ => Some(Step::Skip),
        }
    }

    fn record(&mut self, item: Element<'_>, found: &mut Found) {
        found.keep(Record::Person(Box::new(PersonRecord {
            record_key: item.text(),
            ..PersonRecord::default()
        })));
    }

    fn key(&self, item: Element<'_>) -> Option<String> {
        item.attribute("key").map(str::to_owned)
    }

    fn ignores(&self, name: &str) -> bool {
        name == "noise"
    }
}

fn read(input: Input) -> Records {
    super::read(input, Toy)
}

/// The texts of the items, refusals as they are told.
fn items(text: &str) -> Vec<String> {
    items_of(text.as_bytes())
}

fn items_of(bytes: &[u8]) -> Vec<String> {
    read(input(bytes))
        .map(|record| match record {
            Ok(Record::Person(person)) => person.record_key,
            Ok(other) => panic!("{other:?}"),
            Err(error) => error.to_string(),
        })
        .collect()
}

#[test]
fn records_are_found_at_any_depth_and_in_any_namespace() {
    assert_eq!(
        items(
            "<x:list xmlns:x='urn:x'><x:item>a</x:item><other><item>no</item></other>\n\
             <x:group><group><item>b<noise>c<d/></noise></item></group><item/></x:group></x:list>"
        ),
        ["a", "b", ""]
    );
}

#[test]
fn references_and_sections_are_read_into_one_text() {
    assert_eq!(
        items("<list><item>a&amp;b &#233;&#xe9;&#0;<![CDATA[<&>]]><!-- x --></item></list>"),
        ["a&b éé<&>"]
    );
}

#[test]
fn a_declared_encoding_is_obeyed() {
    let text = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><list><item>B\xf6hl</item></list>";
    assert_eq!(items_of(text), ["Böhl"]);
    assert_eq!(items_of(b"\xef\xbb\xbf<list><item>a</item></list>"), ["a"]);
}

#[test]
fn a_byte_that_is_no_letter_spoils_one_record() {
    let found = items_of(b"<list>\n<item key='k1'>B\xf6hl</item><item>b</item></list>");
    assert_eq!(found.len(), 2);
    assert!(
        found[0].starts_with("records: record 1 (k1): line 2, column "),
        "{}",
        found[0]
    );
    assert_eq!(found[1], "b");
}

#[test]
fn an_unknown_entity_or_a_lone_ampersand_spoils_one_record() {
    assert_eq!(
        items(
            "<list><item key='k'>&eacute;</item><item>R & D</item><item key='&x;'/><item>b</item></list>"
        ),
        [
            "records: record 1 (k): line 1, column 29: &eacute; stands for nothing known here",
            "records: record 2: line 1, column 47: an & without its ;",
            "records: record 3: &x; stands for nothing known here",
            "b"
        ]
    );
}

#[test]
fn broken_files_are_named_with_the_place() {
    for (text, reason) in [
        ("", "line 1, column 1: the file holds no element"),
        (
            "hello",
            "line 1, column 6: this is not XML: text stands outside of any element",
        ),
        (
            "<book/>",
            "this is not a list: its outermost element is <book>",
        ),
        (
            "<list>\n<item>",
            "line 2, column 7: the file ends before </item>",
        ),
        (
            "<list>\n<group>",
            "line 2, column 8: the file ends before </group>",
        ),
        (
            "<list>\n<other><a>",
            "line 2, column 11: the file ends before </other>",
        ),
        (
            "<list>\n <item></itm>",
            "line 2, column 8: </itm> stands where </item> was expected",
        ),
        (
            "<list></list></list>",
            "line 1, column 14: </list> ends what never began",
        ),
        (
            "<list><item <",
            "line 1, column 7: broken XML: tag not closed: `>` not found before end of input",
        ),
    ] {
        let found = refusals(read, text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(
            found[0],
            format!("records: the file as a whole: {reason} (file)"),
            "{text}"
        );
    }
}

#[test]
fn a_record_that_breaks_the_file_is_named() {
    assert_eq!(
        refusals(read, "<list><item/><item key='k'>a"),
        ["records: record 2 (k): line 1, column 29: the file ends before </item> (file)"]
    );
}

#[test]
fn messages_hold_no_control_characters_and_end() {
    for text in [
        "<list><item></it\0m>".to_owned(),
        "<a\0\u{1}b/>".to_owned(),
        "<list><item>&a\0b;</item></list>".to_owned(),
        format!("<{}/>", "a".repeat(100_000)),
    ] {
        let told = refusals(read, &text).remove(0);
        assert!(!told.contains(char::is_control), "{told:?}");
        assert!(told.len() < 2000);
    }
}

#[test]
fn utf_16_is_refused_by_name() {
    let text: Vec<u8> = "\u{feff}<list/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(items_of(&text)[0].contains("UTF-16"));
}

#[test]
fn nesting_is_limited() {
    let deep = |inside: &str| format!("<list>{inside}{}", "<group>".repeat(100_000));
    for text in [deep(""), deep("<item>"), deep("<other>")] {
        let found = refusals(read, &text);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("more than 64 deep"), "{}", found[0]);
    }
}

#[test]
fn entities_are_never_expanded() {
    let mut bomb = "<!DOCTYPE list [<!ENTITY a0 \"lol\">".to_owned();
    for level in 1..10 {
        bomb += &format!(
            "<!ENTITY a{level} \"{}\">",
            format!("&a{};", level - 1).repeat(10)
        );
    }
    bomb += "]><list><item>&a9;</item></list>";
    assert_eq!(
        refusals(read, &bomb),
        [format!(
            "records: the file as a whole: line 1, column {}: it declares entities of its own, which are not \
             expanded here (file)",
            bomb.find("<list>").unwrap() + 1
        )]
    );
    let external = "<!DOCTYPE list SYSTEM \"file:///etc/passwd\"><list><item>a</item></list>";
    assert_eq!(items(external), ["a"]);
}

#[test]
fn a_long_record_is_passed_over_and_the_next_one_read() {
    let piece = format!("<b>{}</b>", "x".repeat(1000));
    let long = piece.repeat(MAX_RECORD_BYTES / 1000 + 1);
    let text = format!("<list><item key='k'>{long}</item><item>b</item></list>");
    let found = all(read, &text);
    assert_eq!(found.len(), 2);
    assert_eq!(
        found[0].as_ref().unwrap_err().to_string(),
        format!(
            "records: record 1 (k): it is too long: a record may hold {MAX_RECORD_BYTES} bytes of text"
        )
    );
    let many = format!(
        "<list><item>{}</item><item>b</item></list>",
        "<b/>".repeat(600_000)
    );
    assert_eq!(refusals(read, &many).len(), 1);
    // What is passed over may be as long as it likes.
    let noise = format!("<list><item><noise>{long}</noise>a</item></list>");
    assert_eq!(items(&noise), ["a"]);
}

/// Never ends; counts how much is asked for.
struct Endless {
    head: Cursor<Vec<u8>>,
    served: usize,
}

impl Read for Endless {
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
fn an_endless_text_tag_or_comment_is_refused_after_a_bounded_number_of_bytes() {
    for head in [
        "<list>",
        "<list><item>",
        "<list><item key=\"",
        "<list><!--",
        "<list><other>&",
        "",
    ] {
        let endless = Endless {
            head: Cursor::new(head.as_bytes().to_vec()),
            served: 0,
        };
        let input = Input {
            name: "records".to_owned(),
            bytes: Box::new(BufReader::new(endless)),
        };
        let found: Vec<_> = read(input).collect();
        assert_eq!(found.len(), 1, "{head}");
        let told = found[0].as_ref().unwrap_err().to_string();
        assert!(told.contains("too long"), "{head}: {told}");
    }
}

#[test]
fn thousands_of_attributes_take_no_time() {
    let attributes: String = (0..200_000).map(|n| format!(" a{n}='1'")).collect();
    let text = format!("<list><item{attributes}>a</item></list>");
    assert_eq!(items(&text), ["a"]);
}

#[test]
fn markup_inside_a_text_becomes_html() {
    let mut tape = tape::Tape::default();
    tape.start("title");
    tape.text("a <b> & c &amp; R&D ");
    tape.start("i");
    tape.text("x");
    tape.start("tex");
    tape.text("y < z & \\alpha");
    tape.end();
    tape.end();
    tape.start("note");
    tape.start("i");
    tape.text("gone");
    tape.end();
    tape.end();
    tape.start("u");
    tape.text(" p<q");
    tape.end_all();
    let shown = rich(tape.root().unwrap(), |name| match name {
        "i" => Mark::Html("em"),
        "tex" => Mark::Math,
        "note" => Mark::Drop,
        _ => Mark::Through,
    });
    assert_eq!(
        shown,
        "a &lt;b> & c &amp;amp; R&D <em>x$y < z & \\alpha$</em> p<q"
    );
}
