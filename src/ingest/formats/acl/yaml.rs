//! The entries of a YAML file, one at a time: the items of the list or the rows of the table that makes up the file.
//!
//! The file is cut where a line begins without a space, so one entry is in memory at a time and a broken one
//! spoils no other. An entry may be as long as [`MAX_ENTRY_BYTES`] and lie as deep as [`MAX_DEPTH`]. Nothing is
//! expanded: an entry that refers to an anchor (`*name`) is refused, so files can't multiply in memory.
//!
//! The syntax is read by `saphyr-parser`, the parser that `yaml-rust2`'s author works on: pure Rust without unsafe
//! code, tested against the YAML test suite. It is used without a layer for serde above it, which would turn names such as
//! `No` or `Null` into other types; the forks of `serde_yaml` stand on a machine translation of C that nobody maintains.

#[cfg(test)]
mod tests;

use std::io::BufRead;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::ingest::formats::lines::{Fault, Lines, not_utf8};

/// The most bytes of an entry; the longest one of a person takes some hundreds.
const MAX_ENTRY_BYTES: usize = 64 * 1024;
/// The deepest nesting of an entry; a person's name lies four deep.
const MAX_DEPTH: usize = 16;

/// What a file says at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// `null`, `~` or nothing.
    Nothing,
    /// Text; also numbers and words such as `true`, as they are written.
    Text(String),
    List(Vec<Value>),
    Table(Vec<(String, Value)>),
}

impl Value {
    /// What a table holds under a name.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Table(rows) => rows.iter().find(|row| row.0 == key).map(|row| &row.1),
            _ => None,
        }
    }

    /// A text that is not empty.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The values of a list; of anything else that says something, itself.
    pub(super) fn list(&self) -> &[Value] {
        match self {
            Self::Nothing => &[],
            Self::List(list) => list,
            single => std::slice::from_ref(single),
        }
    }
}

/// How the entries of a file lie in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// `- …`
    List,
    /// `key: …`
    Table,
}

/// One entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The name of a row of the table.
    pub key: Option<String>,
    /// What it says, or why it cannot be read.
    pub value: Result<Value, String>,
}

/// Reads a file entry by entry.
pub(super) struct Entries {
    lines: Lines,
    layout: Option<Layout>,
    /// The entry whose first line ended the one before.
    next: Option<Piece>,
}

/// The lines of one entry.
struct Piece {
    first_line: u64,
    text: String,
    flaw: Option<String>,
}

impl Entries {
    pub(super) fn new(bytes: Box<dyn BufRead + Send>) -> Self {
        Self {
            lines: Lines::new(bytes),
            layout: None,
            next: None,
        }
    }

    /// The next entry; `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Entry>, Fault> {
        let Some(piece) = self.piece()? else {
            return Ok(None);
        };
        let key = match self.layout {
            Some(Layout::Table) => row_name(&piece.text),
            _ => None,
        };
        let read = match piece.flaw {
            Some(flaw) => Err(flaw),
            None => parse(&piece.text, piece.first_line),
        };
        Ok(Some(match (self.layout, read) {
            (Some(Layout::List), Ok(Value::List(mut items))) if items.len() == 1 => Entry {
                key,
                value: Ok(items.remove(0)),
            },
            (Some(Layout::Table), Ok(Value::Table(mut rows))) if rows.len() == 1 => {
                let (key, value) = rows.remove(0);
                Entry {
                    key: Some(key),
                    value: Ok(value),
                }
            }
            (_, Ok(_)) => Entry {
                key,
                value: Err(format!(
                    "line {}: it is not of the same form as the entries before it",
                    piece.first_line
                )),
            },
            (_, Err(flaw)) => Entry {
                key,
                value: Err(flaw),
            },
        }))
    }

    /// The lines up to the next one that begins an entry.
    fn piece(&mut self) -> Result<Option<Piece>, Fault> {
        let mut piece = self.next.take();
        while let Some(line) = self.lines.next()? {
            let text = line.text.as_ref();
            // Comments, directives and the marks between documents are no part of an entry.
            let noise = text.starts_with(['#', '%'])
                || ["---", "..."].contains(&text.trim_end())
                || text.starts_with("--- #");
            if noise || (piece.is_none() && text.trim().is_empty()) {
                continue;
            }
            let flaw = line.broken.map(|byte| not_utf8(byte, line.number));
            if begins_entry(text, &mut self.layout)? {
                let begun = Piece::new(line.number, text, flaw);
                if let Some(done) = piece.replace(begun) {
                    self.next = piece;
                    return Ok(Some(done));
                }
            } else if let Some(piece) = &mut piece {
                piece.add(text, flaw);
            }
        }
        Ok(piece)
    }
}

/// Whether a line begins an entry; the first one tells the layout of the file.
fn begins_entry(text: &str, layout: &mut Option<Layout>) -> Result<bool, Fault> {
    if text.is_empty() || text.starts_with([' ', '\t']) {
        return match layout {
            Some(_) => Ok(false),
            None => Err(not_people("its first line is indented")),
        };
    }
    let item = text == "-" || text.starts_with("- ");
    match layout {
        Some(Layout::List) => Ok(true),
        // The list that a row of a table holds need not be indented.
        Some(Layout::Table) => Ok(!item),
        None if item || row_name(text).is_some() => {
            *layout = Some(if item { Layout::List } else { Layout::Table });
            Ok(true)
        }
        None => Err(not_people(
            "it is neither a list nor a table with one entry below the other",
        )),
    }
}

fn not_people(reason: &str) -> Fault {
    Fault(format!(
        "this is not a file of the people of the ACL Anthology: {reason}"
    ))
}

impl Piece {
    fn new(first_line: u64, text: &str, flaw: Option<String>) -> Self {
        let mut piece = Self {
            first_line,
            text: String::new(),
            flaw: None,
        };
        piece.add(text, flaw);
        piece
    }

    /// Takes one more line, unless the entry is too long already.
    fn add(&mut self, line: &str, flaw: Option<String>) {
        self.flaw = self.flaw.take().or(flaw);
        if self.text.len() + line.len() < MAX_ENTRY_BYTES {
            self.text.push_str(line);
            self.text.push('\n');
        } else {
            self.flaw = Some(format!(
                "line {}: it is too long: an entry may take {MAX_ENTRY_BYTES} bytes",
                self.first_line
            ));
        }
    }
}

/// What stands before the colon of a row.
fn row_name(text: &str) -> Option<String> {
    let line = text.lines().next()?;
    let (key, rest) = line.split_once(':')?;
    let key = key.trim().trim_matches(['"', '\'']);
    let plain = !key.is_empty() && !key.starts_with(['[', '{', '<', '&', '*', '!', '|', '>']);
    (plain && (rest.is_empty() || rest.starts_with([' ', '\t']))).then(|| key.to_owned())
}

/// A list or table that is open.
enum Open {
    List(Vec<Value>),
    /// The rows, and the name of the one whose value comes next.
    Table(Vec<(String, Value)>, Option<String>),
}

/// Reads one entry; `first_line` is where it stands in the file.
fn parse(text: &str, first_line: u64) -> Result<Value, String> {
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let place = |line: usize| format!("line {}", first_line + line.saturating_sub(1) as u64);
        let (event, span) =
            event.map_err(|error| format!("{}: {}", place(error.marker().line()), error.info()))?;
        let line = place(span.start.line());
        let value = match event {
            Event::Scalar(text, style, ..) => {
                let nothing = style == ScalarStyle::Plain
                    && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL");
                if nothing {
                    Value::Nothing
                } else {
                    Value::Text(text.replace('\0', ""))
                }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= MAX_DEPTH => {
                return Err(format!("{line}: it lies more than {MAX_DEPTH} deep"));
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Table(Vec::new(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::List(list)) => Value::List(list),
                Some(Open::Table(rows, _)) => Value::Table(rows),
                None => continue,
            },
            Event::Alias(_) => {
                return Err(format!(
                    "{line}: it refers to another place (*…), which is not followed here"
                ));
            }
            _ => continue,
        };
        match open.last_mut() {
            None => return Ok(value),
            Some(Open::List(list)) => list.push(value),
            Some(Open::Table(rows, waiting)) => match (waiting.take(), value) {
                (Some(key), value) => rows.push((key, value)),
                (None, Value::Text(key)) => *waiting = Some(key),
                (None, Value::Nothing) => *waiting = Some(String::new()),
                (None, _) => return Err(format!("{line}: the name of a row is no text")),
            },
        }
    }
    Ok(Value::Nothing)
}
