//! The steps through an XML file: the next tag outside of records, all of a record, past an element.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::encoding::Decoder;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::source::{Place, Source};
use super::tape::{Element, MAX_TEXT_BYTES, Tape};

/// The deepest nesting that is accepted. The formats need 15 or so.
const MAX_DEPTH: usize = 64;

/// What ends the reading of a file.
pub(super) enum Fault {
    /// Something is wrong at a place of the file.
    At(Place, String),
    /// Something is wrong with the file.
    Other(String),
}

/// The next thing outside of records.
pub(super) enum Next {
    /// An element begins: its tag is [`Pull::element`].
    Start,
    /// An element ends.
    End(String),
    /// The file ends where it may.
    EndOfFile,
}

/// Reads the pieces of a file in order.
pub(super) struct Pull {
    reader: Reader<Source>,
    buffer: Vec<u8>,
    tape: Tape,
    /// What is wrong with the tag on the tape.
    flaw: Option<String>,
    /// The names of the elements that were entered.
    open: Vec<String>,
    begun: bool,
    /// Whether the file held any element.
    seen: bool,
}

impl Pull {
    pub(super) fn new(bytes: Box<dyn BufRead + Send>) -> Self {
        let mut reader = Reader::from_reader(Source::new(bytes));
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
            tape: Tape::default(),
            flaw: None,
            open: Vec::new(),
            begun: false,
            seen: false,
        }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The tag or record that was read last.
    pub(super) fn element(&self) -> Option<Element<'_>> {
        self.tape.root()
    }

    /// Goes on to the next tag outside of records; text there means nothing.
    pub(super) fn next(&mut self, entity: impl Fn(&str) -> Option<char>) -> Result<Next, Fault> {
        if !self.begun {
            self.begun = true;
            self.refuse_utf16()?;
        }
        loop {
            let Self {
                reader,
                buffer,
                tape,
                ..
            } = self;
            let (event, decoder) = match read(reader, buffer)? {
                Read::Event(event, decoder) => (event, decoder),
                Read::LoneAmpersand => continue,
            };
            match event {
                Event::Start(tag) => {
                    tape.clear();
                    self.flaw = push_tag(tape, &tag, decoder, &entity);
                    self.open.push(local_name(&tag).into_owned());
                    self.seen = true;
                    if self.open.len() > MAX_DEPTH {
                        return Err(self.too_deep());
                    }
                    return Ok(Next::Start);
                }
                Event::End(_) => return Ok(Next::End(self.open.pop().unwrap_or_default())),
                Event::Text(text) if self.open.is_empty() && !text.trim_ascii().is_empty() => {
                    let reason = "this is not XML: text stands outside of any element";
                    return Err(self.here(reason));
                }
                Event::DocType(text) if declares_entities(&text) => {
                    let reason = "it declares entities of its own, which are not expanded here";
                    return Err(self.here(reason));
                }
                Event::Eof => return self.end_of_file(),
                _ => {}
            }
        }
    }

    /// Reads the element whose tag was read last to its end. The inner result tells why its content
    /// cannot be used, though the file goes on.
    pub(super) fn collect(
        &mut self,
        ignores: impl Fn(&str) -> bool,
        entity: impl Fn(&str) -> Option<char>,
    ) -> Result<Option<String>, Fault> {
        let mut flaw = self.flaw.take();
        let mut inside = 0;
        // How deep the innermost part is that is passed over.
        let mut ignored = 0;
        loop {
            let Self {
                reader,
                buffer,
                tape,
                open,
                ..
            } = self;
            let (event, decoder) = match read(reader, buffer)? {
                Read::Event(event, decoder) => (event, decoder),
                Read::LoneAmpersand => {
                    if ignored == 0 {
                        let place = reader.get_ref().place();
                        flaw.get_or_insert_with(|| format!("{place}: an & without its ;"));
                    }
                    continue;
                }
            };
            let full = tape.is_full();
            let found = match event {
                Event::Start(tag) => {
                    inside += 1;
                    if open.len() + inside > MAX_DEPTH {
                        return Err(self.too_deep());
                    }
                    if ignored > 0 || ignores(&local_name(&tag)) {
                        ignored += 1;
                        None
                    } else if full {
                        None
                    } else {
                        push_tag(tape, &tag, decoder, &entity)
                    }
                }
                Event::End(_) => {
                    if inside == 0 {
                        open.pop();
                        tape.end_all();
                        break;
                    }
                    inside -= 1;
                    if ignored > 0 {
                        ignored -= 1;
                    } else if !full {
                        tape.end();
                    }
                    None
                }
                Event::Eof => {
                    tape.end_all();
                    return Err(self.cut_off());
                }
                _ if ignored > 0 || full => None,
                event => push_text(tape, &event, decoder, &entity),
            };
            if flaw.is_none() {
                flaw = found.map(|reason| format!("{}: {reason}", reader.get_ref().place()));
            }
        }
        if self.tape.is_full() {
            flaw = Some(format!(
                "it is too long: a record may hold {MAX_TEXT_BYTES} bytes of text"
            ));
        }
        Ok(flaw)
    }

    /// Passes over the element whose tag was read last.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let mut inside = 0;
        loop {
            let event = match read(&mut self.reader, &mut self.buffer)? {
                Read::Event(event, _) => event,
                Read::LoneAmpersand => continue,
            };
            match event {
                Event::Start(_) => {
                    inside += 1;
                    if self.open.len() + inside > MAX_DEPTH {
                        return Err(self.too_deep());
                    }
                }
                Event::End(_) if inside == 0 => {
                    self.open.pop();
                    return Ok(());
                }
                Event::End(_) => inside -= 1,
                Event::Eof => return Err(self.cut_off()),
                _ => {}
            }
        }
    }

    fn here(&self, reason: impl Into<String>) -> Fault {
        Fault::At(self.reader.get_ref().place(), reason.into())
    }

    fn too_deep(&self) -> Fault {
        self.here(format!(
            "elements lie in each other more than {MAX_DEPTH} deep"
        ))
    }

    fn cut_off(&self) -> Fault {
        let name = self.open.last().map_or("", String::as_str);
        self.here(format!("the file ends before </{name}>"))
    }

    fn end_of_file(&self) -> Result<Next, Fault> {
        if !self.open.is_empty() {
            return Err(self.cut_off());
        }
        if !self.seen {
            return Err(self.here("the file holds no element"));
        }
        Ok(Next::EndOfFile)
    }

    /// Every byte of UTF-16 has to be turned before it can be parsed, and nobody sends it.
    fn refuse_utf16(&mut self) -> Result<(), Fault> {
        let first = match self.reader.get_mut().peek() {
            Ok(first) => first,
            Err(error) => return Err(Fault::Other(format!("cannot be read: {error}"))),
        };
        if matches!(
            first,
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'<', ..] | [b'<', 0, ..]
        ) {
            return Err(Fault::Other(
                "the file is in UTF-16; convert it first: iconv -f UTF-16 -t UTF-8".to_owned(),
            ));
        }
        Ok(())
    }
}

/// One piece of the file.
enum Read<'b> {
    Event(Event<'b>, Decoder),
    /// An `&` that begins no reference: the record is spoilt, the file is not.
    LoneAmpersand,
}

fn read<'b>(reader: &mut Reader<Source>, buffer: &'b mut Vec<u8>) -> Result<Read<'b>, Fault> {
    buffer.clear();
    reader.get_mut().begin_piece();
    let begin = reader.get_ref().place();
    match reader.read_event_into(buffer) {
        Ok(event) => Ok(Read::Event(event, reader.decoder())),
        Err(Error::IllFormed(IllFormedError::UnclosedReference)) => Ok(Read::LoneAmpersand),
        Err(error) => Err(Fault::At(begin, explain(&error))),
    }
}

/// What a mistake means, in words.
fn explain(error: &Error) -> String {
    let cut = |name: &str| name.chars().take(60).collect::<String>();
    match error {
        Error::Io(error) => format!("cannot be read: {error}"),
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => format!(
            "</{}> stands where </{}> was expected",
            cut(found),
            cut(expected)
        ),
        Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => {
            format!("</{}> ends what never began", cut(name))
        }
        Error::Syntax(error) => format!("broken XML: {error}"),
        error => {
            let text = error.to_string();
            format!("broken XML: {}", text.chars().take(200).collect::<String>())
        }
    }
}

fn declares_entities(doctype: &[u8]) -> bool {
    const WORD: &[u8] = b"<!ENTITY";
    doctype.windows(WORD.len()).any(|part| part == WORD)
}

fn local_name<'t>(tag: &'t BytesStart<'_>) -> Cow<'t, str> {
    String::from_utf8_lossy(tag.local_name().into_inner())
}

/// Puts a tag on the tape; the result tells what in it cannot be read.
fn push_tag(
    tape: &mut Tape,
    tag: &BytesStart<'_>,
    decoder: Decoder,
    entity: &impl Fn(&str) -> Option<char>,
) -> Option<String> {
    tape.start(&local_name(tag));
    let mut flaw = None;
    // The check for double names takes the square of their number.
    for attribute in tag.attributes().with_checks(false) {
        let attribute = match attribute {
            Ok(attribute) => attribute,
            Err(error) => {
                flaw = Some(format!("broken attribute: {error}"));
                break;
            }
        };
        let name = attribute.key.as_ref();
        if name.starts_with(b"xmlns") {
            continue;
        }
        let name = String::from_utf8_lossy(attribute.key.local_name().into_inner());
        let value = decoder
            .decode(&attribute.value)
            .map_err(|error| error.to_string())
            .and_then(|value| unescape(&value, entity));
        match value {
            Ok(value) => tape.attribute(&name, &value),
            Err(reason) => flaw = Some(reason),
        }
    }
    flaw
}

/// The value of an attribute with its references read.
fn unescape(value: &str, entity: &impl Fn(&str) -> Option<char>) -> Result<String, String> {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(end) = rest.find(';') else {
            return Err("an & without its ;".to_owned());
        };
        text.extend(reference(&rest[..end], entity)?);
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    Ok(text)
}

/// Puts a text, a CDATA section or a reference on the tape; the result tells why it cannot.
fn push_text(
    tape: &mut Tape,
    event: &Event<'_>,
    decoder: Decoder,
    entity: &impl Fn(&str) -> Option<char>,
) -> Option<String> {
    let bytes: &[u8] = match event {
        Event::Text(text) => text,
        Event::CData(text) => text,
        Event::GeneralRef(name) => name,
        _ => return None,
    };
    let text = match decoder.decode(bytes) {
        Ok(text) => text,
        Err(error) => return Some(error.to_string()),
    };
    if !matches!(event, Event::GeneralRef(_)) {
        tape.text(&text);
        return None;
    }
    match reference(&text, entity) {
        Ok(Some(c)) => tape.text(c.encode_utf8(&mut [0; 4])),
        Ok(None) => {}
        Err(reason) => return Some(reason),
    }
    None
}

/// What `&name;` stands for; `None` for U+0000.
fn reference(name: &str, entity: &impl Fn(&str) -> Option<char>) -> Result<Option<char>, String> {
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            };
            code.and_then(char::from_u32)
        }
        None => match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            name => entity(name),
        },
    };
    match c {
        Some('\0') => Ok(None),
        Some(c) => Ok(Some(c)),
        None => {
            let name: String = name.chars().take(60).collect();
            Err(format!("&{name}; stands for nothing known here"))
        }
    }
}
