//! Cuts a JSON array into its objects without holding more than one of them.
//!
//! Only brackets, strings and commas are looked at here; whether an object is good JSON is left to
//! `serde_json`, which reads it afterwards.

use std::io::BufRead;

use super::fault::Fault;

/// Where an object starts in its file, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub line: u64,
    /// In bytes.
    pub column: u64,
}

impl Place {
    /// The place behind `before`, which starts here.
    pub fn of(self, before: &[u8]) -> (u64, u64) {
        let lines = before.iter().filter(|byte| **byte == b'\n').count() as u64;
        match before.iter().rposition(|byte| *byte == b'\n') {
            Some(at) => (self.line + lines, (before.len() - at) as u64),
            None => (self.line, self.column + before.len() as u64),
        }
    }

    /// An error inside the object that starts here, in lines of the file.
    pub fn syntax(self, error: &serde_json::Error) -> Fault {
        let line = error.line() as u64;
        let column = error.column() as u64;
        // serde_json adds the place inside the object to its words.
        let message = error.to_string();
        let message = message
            .rsplit_once(" at line ")
            .map_or(message.as_str(), |(words, _)| words);
        Fault::Syntax {
            line: self.line + line.saturating_sub(1),
            column: if line <= 1 {
                self.column + column.saturating_sub(1)
            } else {
                column
            },
            message: message.to_owned(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// The start of the file.
    Start,
    /// An object or the end of the array.
    FirstOrEnd,
    /// An object.
    Object,
    /// A comma or the end of the array.
    CommaOrEnd,
    /// Only white space.
    Nothing,
}

/// The objects of a file that holds one, or an array of them.
pub(super) struct Elements<R> {
    reader: R,
    max: usize,
    expect: Expect,
    place: Place,
    /// The object last read, or as much of it as could be.
    bytes: Vec<u8>,
    in_record: bool,
}

impl<R: BufRead> Elements<R> {
    pub fn new(reader: R, max: usize) -> Self {
        Self {
            reader,
            max,
            expect: Expect::Start,
            place: Place { line: 1, column: 1 },
            bytes: Vec::new(),
            in_record: false,
        }
    }

    /// The object that [`Elements::next`] read.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether the last error came while an object was read.
    pub fn in_record(&self) -> bool {
        self.in_record
    }

    /// Reads the next object into [`Elements::bytes`] and answers where it starts; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Place>, Fault> {
        self.bytes.clear();
        self.in_record = false;
        if self.expect == Expect::Start {
            self.start()?;
        }
        loop {
            let Some(byte) = self.peek_visible()? else {
                return match self.expect {
                    Expect::Nothing => Ok(None),
                    Expect::Start => Err(self.wrong("the file is empty")),
                    _ => Err(self.wrong("the file ends before its array does")),
                };
            };
            match (self.expect, byte) {
                (Expect::Start, b'[') => self.step(Expect::FirstOrEnd),
                (Expect::Start, b'{') => return self.object(Expect::Nothing).map(Some),
                (Expect::FirstOrEnd | Expect::CommaOrEnd, b']') => self.step(Expect::Nothing),
                (Expect::FirstOrEnd | Expect::Object, b'{') => {
                    return self.object(Expect::CommaOrEnd).map(Some);
                }
                (Expect::CommaOrEnd, b',') => self.step(Expect::Object),
                (Expect::Start, _) => {
                    return Err(self.wrong("neither a JSON array nor a JSON object starts here"));
                }
                (Expect::FirstOrEnd | Expect::Object, _) => {
                    self.in_record = true;
                    return Err(self.wrong("a record must be a JSON object"));
                }
                (Expect::CommaOrEnd, _) => {
                    return Err(self.wrong("expected `,` or `]` after a record"));
                }
                (Expect::Nothing, _) => {
                    return Err(self.wrong("more follows after the end of the records"));
                }
            }
        }
    }

    /// Looks at the encoding and skips the byte order mark.
    fn start(&mut self) -> Result<(), Fault> {
        let start = self.reader.fill_buf()?;
        match start {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, ..] | [_, 0, ..] => Err(Fault::Utf16),
            [0xef, 0xbb, 0xbf, ..] => {
                self.reader.consume(3);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn wrong(&self, message: &str) -> Fault {
        Fault::Syntax {
            line: self.place.line,
            column: self.place.column,
            message: message.to_owned(),
        }
    }

    fn step(&mut self, expect: Expect) {
        self.expect = expect;
        self.place.column += 1;
        self.reader.consume(1);
    }

    /// Skips white space; the next byte, not consumed.
    fn peek_visible(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let visible = chunk.iter().position(|byte| !byte.is_ascii_whitespace());
            let skipped = visible.unwrap_or(chunk.len());
            let found = visible.map(|at| chunk[at]);
            (self.place.line, self.place.column) = self.place.of(&chunk[..skipped]);
            self.reader.consume(skipped);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Reads an object whose `{` is next.
    fn object(&mut self, then: Expect) -> Result<Place, Fault> {
        self.in_record = true;
        let start = self.place;
        let mut scan = Scan::default();
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Err(self.unfinished(start, None));
            }
            let end = scan.end_in(chunk);
            let taken = end.unwrap_or(chunk.len());
            if self.bytes.len() + taken > self.max {
                let room = self.max - self.bytes.len();
                self.bytes.extend_from_slice(&chunk[..room]);
                return Err(self.unfinished(start, Some(self.max)));
            }
            self.bytes.extend_from_slice(&chunk[..taken]);
            self.reader.consume(taken);
            if end.is_some() {
                (self.place.line, self.place.column) = start.of(&self.bytes);
                self.expect = then;
                return Ok(start);
            }
        }
    }

    /// Why an object has no end: a mistake in it (a missing quote swallows all that follows), its
    /// size, or the end of the file.
    fn unfinished(&self, start: Place, max: Option<usize>) -> Fault {
        if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(&self.bytes)
            && !error.is_eof()
        {
            return start.syntax(&error);
        }
        match max {
            Some(max) => Fault::Endless {
                field: open_field(&self.bytes).unwrap_or_else(|| "record".to_owned()),
                max,
            },
            None => {
                let (line, column) = start.of(&self.bytes);
                Fault::Syntax {
                    line,
                    column,
                    message: "the file ends in the middle of a record".to_owned(),
                }
            }
        }
    }
}

/// Finds the end of an object, over as many pieces as it comes in.
#[derive(Default)]
struct Scan {
    depth: u32,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// How many bytes of `chunk` belong to the object, if it ends there.
    fn end_in(&mut self, chunk: &[u8]) -> Option<usize> {
        for (at, byte) in chunk.iter().enumerate() {
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

/// The `id` of a record that may be broken or cut off, for naming it in an error.
pub(super) fn find_id(bytes: &[u8]) -> Option<String> {
    const KEY: &[u8] = b"\"id\"";
    let window = &bytes[..bytes.len().min(64 * 1024)];
    let at = window.windows(KEY.len()).position(|part| part == KEY)?;
    let value = window[at + KEY.len()..].trim_ascii_start();
    let value = value.strip_prefix(b":")?.trim_ascii_start();
    let value = match value.strip_prefix(b"\"") {
        Some(text) => text.split(|byte| *byte == b'"').next()?,
        None => value.split(|byte| !byte.is_ascii_digit()).next()?,
    };
    let text: String = String::from_utf8_lossy(value)
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect();
    (!text.is_empty()).then_some(text)
}

/// The name of the field whose text was being read where `bytes` end.
fn open_field(bytes: &[u8]) -> Option<String> {
    let mut scan = Scan::default();
    let mut start = None;
    for (at, byte) in bytes.iter().enumerate() {
        let outside = !scan.in_string;
        scan.end_in(std::slice::from_ref(byte));
        if outside && scan.in_string {
            start = Some(at);
        }
    }
    let before = bytes[..start.filter(|_| scan.in_string)?].trim_ascii_end();
    let before = before.strip_suffix(b":")?.trim_ascii_end();
    let before = before.strip_suffix(b"\"")?;
    let name = before.rsplit(|byte| *byte == b'"').next()?;
    let name = String::from_utf8_lossy(name);
    (name.len() <= 60).then(|| name.into_owned())
}
