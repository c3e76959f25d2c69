//! Finding the entries of a BibTeX file, one at a time.
//!
//! An entry that is not closed ends where a line begins with the next one, so that it takes no other with it.

use std::io::BufRead;

use super::super::lines::{Fault, Lines, not_utf8};
use crate::ingest::csl_json::MAX_RECORD_BYTES;

/// Where a name goes on beyond this, it is none.
const MAX_KEY_BYTES: usize = 4096;

/// One entry, `@string` and the like included.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The word behind the `@`, in lower case.
    pub kind: String,
    /// The entry's name; empty where it has none.
    pub key: String,
    /// The line of its `@`.
    pub line: u64,
    /// Its fields, each value in braces or bare, comments blanked out.
    pub fields: String,
    /// The line in which they begin.
    pub fields_line: u64,
    /// Why it cannot be read.
    pub flaw: Option<String>,
}

/// Finds the entries of a file.
pub(super) struct Entries {
    lines: Lines,
    /// The line that is being read, and how far.
    line: String,
    at: usize,
    number: u64,
    /// A byte of that line that is not UTF-8.
    broken: Option<u8>,
    /// Whether the file holds anything but comments and blank lines outside of entries.
    pub stray: bool,
}

/// What the next character belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    /// The entry's name.
    Key,
    /// What stands around values.
    Fields,
    /// A value in braces, so many deep.
    Braces(usize),
    /// A value in quotation marks, and so many braces.
    Quotes(usize),
}

impl Entries {
    pub fn new(bytes: Box<dyn BufRead + Send>) -> Self {
        Self {
            lines: Lines::new(bytes),
            line: String::new(),
            at: 0,
            number: 0,
            broken: None,
            stray: false,
        }
    }

    /// The next entry; `None` at the end of the file.
    pub fn next(&mut self) -> Result<Option<Entry>, Fault> {
        loop {
            let Some(kind) = self.find_kind()? else {
                return Ok(None);
            };
            let line = self.number;
            let Some(close) = self.find_opening()? else {
                continue;
            };
            let mut body = Body::new(close, kind, line, self.number);
            self.read(&mut body)?;
            return Ok(Some(body.entry));
        }
    }

    /// Whatever stands between entries is a comment: goes on to the next `@word`.
    fn find_kind(&mut self) -> Result<Option<String>, Fault> {
        loop {
            let rest = &self.line[self.at..];
            let comment = self.at == 0 && rest.trim_start().starts_with('%');
            let Some(sign) = rest.find('@').filter(|_| !comment) else {
                self.stray |= !comment && !rest.trim().is_empty();
                if !self.next_line()? {
                    return Ok(None);
                }
                continue;
            };
            self.stray |= !rest[..sign].trim().is_empty();
            let start = self.at + sign + 1;
            let length = word_length(&self.line[start..]);
            self.at = start + length;
            if length > 0 {
                let kind = self.line[start..self.at].to_ascii_lowercase();
                return Ok(Some(kind));
            }
        }
    }

    /// The bracket behind the word: what closes it. `None` where the word begins no entry.
    fn find_opening(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            let rest = self.line[self.at..].trim_start();
            self.at = self.line.len() - rest.len();
            let first = rest.bytes().next();
            let close = match first {
                Some(b'{') => b'}',
                Some(b'(') => b')',
                Some(_) => return Ok(None),
                None if self.next_line()? => continue,
                None => return Ok(None),
            };
            self.at += 1;
            return Ok(Some(close));
        }
    }

    /// Reads the content of an entry up to its end, or to where it must have ended.
    fn read(&mut self, body: &mut Body) -> Result<(), Fault> {
        loop {
            if let Some(byte) = self.broken {
                let number = self.number;
                body.refuse(|| not_utf8(byte, number));
            }
            match body.take(&self.line[self.at..], self.number) {
                Some(taken) => {
                    self.at += taken;
                    return Ok(());
                }
                None if !self.next_line()? => {
                    body.refuse(|| "the file ends before the entry does".to_owned());
                    return Ok(());
                }
                None if begins_entry(&self.line) => {
                    let number = self.number;
                    body.refuse(|| {
                        format!("it is not closed before the next entry in line {number}")
                    });
                    return Ok(());
                }
                None => {}
            }
        }
    }

    fn next_line(&mut self) -> Result<bool, Fault> {
        self.line.clear();
        self.at = 0;
        self.broken = None;
        let Some(line) = self.lines.next()? else {
            return Ok(false);
        };
        self.line.push_str(&line.text);
        self.number = line.number;
        self.broken = line.broken;
        Ok(true)
    }
}

/// An entry while it is read.
struct Body {
    entry: Entry,
    /// `}` or `)`.
    close: u8,
    inside: Inside,
    /// Where the value in quotation marks begins that is not closed yet.
    quote_line: u64,
}

impl Body {
    fn new(close: u8, kind: String, line: u64, fields_line: u64) -> Self {
        // Definitions have no name of their own.
        let inside = match kind.as_str() {
            "string" | "preamble" | "comment" => Inside::Fields,
            _ => Inside::Key,
        };
        Self {
            entry: Entry {
                kind,
                line,
                fields_line,
                ..Entry::default()
            },
            close,
            inside,
            quote_line: 0,
        }
    }

    /// The first flaw counts. What was read of the entry is of no more use.
    fn refuse(&mut self, reason: impl FnOnce() -> String) {
        self.entry.flaw.get_or_insert_with(reason);
        self.entry.fields = String::new();
    }

    /// Takes a line or what is left of it; how much of it the entry needed, if it ends there.
    fn take(&mut self, text: &str, number: u64) -> Option<usize> {
        let bytes = text.as_bytes();
        // From where on the text is to be kept.
        let mut from = 0;
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            let inside = self.inside;
            match (inside, byte) {
                (Inside::Braces(_) | Inside::Quotes(_), b'\\') => at += 1,
                (Inside::Braces(depth), b'{') => self.inside = Inside::Braces(depth + 1),
                (Inside::Braces(1), b'}') => self.inside = Inside::Fields,
                (Inside::Braces(depth), b'}') => self.inside = Inside::Braces(depth - 1),
                (Inside::Quotes(0), b'"') => {
                    self.put_brace(&text[from..at], '}');
                    from = at + 1;
                    self.inside = Inside::Fields;
                }
                (Inside::Quotes(depth), b'{') => self.inside = Inside::Quotes(depth + 1),
                (Inside::Quotes(0), b'}') => {
                    let line = self.quote_line;
                    self.refuse(|| format!("the quotation mark in line {line} is not closed"));
                    return Some(at + 1);
                }
                (Inside::Quotes(depth), b'}') => self.inside = Inside::Quotes(depth - 1),
                (Inside::Key | Inside::Fields, byte) if byte == self.close => {
                    self.keep(&text[from..at]);
                    return Some(at + 1);
                }
                (Inside::Key, b',') => {
                    self.keep(&text[from..at]);
                    self.end_key(number);
                    from = at + 1;
                }
                // An entry without a name: what was read is that of a field.
                (Inside::Key, b'=') => {
                    self.inside = Inside::Fields;
                    self.entry.fields = std::mem::take(&mut self.entry.key);
                }
                (Inside::Fields, b'{') => self.inside = Inside::Braces(1),
                (Inside::Fields, b'"') => {
                    self.put_brace(&text[from..at], '{');
                    from = at + 1;
                    self.quote_line = number;
                    self.inside = Inside::Quotes(0);
                }
                (Inside::Fields, b'%') => {
                    self.keep(&text[from..at]);
                    from = bytes.len();
                    break;
                }
                _ => {}
            }
            at += 1;
        }
        self.keep(&text[from..]);
        self.keep("\n");
        None
    }

    /// The entry's name is read.
    fn end_key(&mut self, number: u64) {
        self.entry.fields_line = number;
        self.inside = Inside::Fields;
    }

    fn keep(&mut self, text: &str) {
        if self.inside == Inside::Key && self.entry.key.len() <= MAX_KEY_BYTES {
            return self.entry.key.push_str(text);
        }
        if self.entry.flaw.is_some() {
            return;
        }
        self.entry.fields.push_str(text);
        if self.entry.fields.len() > MAX_RECORD_BYTES {
            self.refuse(|| {
                format!("it is too long: an entry may take {MAX_RECORD_BYTES} bytes in the file")
            });
        }
    }

    /// Quotation marks become braces, within which others may stand.
    fn put_brace(&mut self, before: &str, brace: char) {
        self.keep(before);
        self.keep(brace.encode_utf8(&mut [0; 4]));
    }
}

/// How many letters and digits a text begins with.
fn word_length(text: &str) -> usize {
    text.bytes()
        .take_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'.')
        })
        .count()
}

/// Whether a line begins with an entry: `@article{`.
fn begins_entry(line: &str) -> bool {
    line.strip_prefix('@').is_some_and(|rest| {
        let length = word_length(rest);
        length > 0 && rest[length..].trim_start().starts_with(['{', '('])
    })
}
