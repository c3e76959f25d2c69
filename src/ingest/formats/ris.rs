//! RIS, which every library and publisher exports (<https://en.wikipedia.org/wiki/RIS_(file_format)>, the tags as in
//! EndNote's and Zotero's tables).
//!
//! Read by our own hand: the crates for it want the whole file as one text, and keep a record's lines without
//! their order.

#[cfg(test)]
mod tests;
mod work;

use super::lines::{Fault, Lines, Names, not_utf8};
use crate::ingest::csl_json::MAX_RECORD_BYTES;
use crate::ingest::record::{Input, Record, RecordError, Records};
use work::Fields;

/// The works of a file.
pub fn read(input: Input) -> Records {
    Box::new(Reader {
        names: Names {
            file: input.name,
            index: 0,
        },
        lines: Lines::new(input.bytes),
        begun: None,
        stray: false,
        ended: false,
    })
}

struct Reader {
    names: Names,
    lines: Lines,
    /// The record whose first line has been read.
    begun: Option<Body>,
    /// Whether the file holds anything.
    stray: bool,
    ended: bool,
}

/// A record while it is read.
#[derive(Default)]
struct Body {
    fields: Fields,
    /// The line of its `TY`.
    line: u64,
    bytes: usize,
    /// Whether its lines have one space before the hyphen instead of two.
    narrow: bool,
    flaw: Option<String>,
}

/// A line `TY  - JOUR`, taken apart.
struct Tagged<'l> {
    tag: &'l str,
    value: &'l str,
    narrow: bool,
}

impl Reader {
    /// The next record, whole; `None` at the end of the file.
    fn body(&mut self) -> Result<Option<Body>, Fault> {
        while let Some(line) = self.lines.next()? {
            let tagged = tagged(&line.text);
            if let Some(first) = tagged.as_ref().filter(|tagged| tagged.tag == "TY") {
                let mut body = Body {
                    line: line.number,
                    narrow: first.narrow,
                    ..Body::default()
                };
                body.take(Some(first), &line.text);
                // A record before it that lacks its end is whole all the same.
                match self.begun.replace(body) {
                    Some(whole) => return Ok(Some(whole)),
                    None => continue,
                }
            }
            let Some(body) = &mut self.begun else {
                self.stray |= !line.text.trim().is_empty();
                continue;
            };
            // `XY - z` may be text where lines look otherwise.
            let tagged = tagged.filter(|tagged| tagged.narrow == body.narrow);
            if let Some(byte) = line.broken {
                body.flaw.get_or_insert_with(|| not_utf8(byte, line.number));
            }
            if tagged.as_ref().is_some_and(|tagged| tagged.tag == "ER") {
                return Ok(self.begun.take());
            }
            body.take(tagged.as_ref(), &line.text);
        }
        let mut cut = self.begun.take();
        if let Some(body) = &mut cut {
            let reason = || "the file ends before its line ER".to_owned();
            body.flaw.get_or_insert_with(reason);
        }
        Ok(cut)
    }
}

impl Body {
    /// Takes a line: a field, or more of the last one.
    fn take(&mut self, tagged: Option<&Tagged<'_>>, line: &str) {
        self.bytes += line.len() + 1;
        if self.bytes > MAX_RECORD_BYTES {
            self.flaw.get_or_insert_with(|| {
                format!("it is too long: a record may take {MAX_RECORD_BYTES} bytes in the file")
            });
            self.fields = Fields::default();
            return;
        }
        match tagged {
            Some(tagged) => self.fields.add(tagged.tag, tagged.value),
            None => self.fields.go_on(line),
        }
    }
}

/// Two capitals or a capital and a digit, two spaces (some programs write one), a hyphen, a space.
fn tagged(line: &str) -> Option<Tagged<'_>> {
    let [first, second, b' ', rest @ ..] = line.as_bytes() else {
        return None;
    };
    let named =
        first.is_ascii_uppercase() && (second.is_ascii_uppercase() || second.is_ascii_digit());
    let narrow = rest.starts_with(b"-");
    let from = if narrow { 4 } else { 5 };
    let value = line
        .get(from..)
        .filter(|_| named && (narrow || rest.starts_with(b" -")))?;
    if !value.is_empty() && !value.starts_with(char::is_whitespace) {
        return None;
    }
    Some(Tagged {
        tag: &line[..2],
        value: value.trim(),
        narrow,
    })
}

impl Iterator for Reader {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.body() {
            Ok(Some(body)) => {
                let key = body.fields.first(&["ID"]).unwrap_or_default().to_owned();
                Some(match body.flaw {
                    Some(flaw) => {
                        let reason = format!("line {}: {flaw}", body.line);
                        Err(self.names.refuse(&key, reason))
                    }
                    None => self.names.work(&key, work::read(&body.fields)),
                })
            }
            Ok(None) => {
                self.ended = true;
                (self.names.index == 0 && self.stray).then(|| {
                    let reason = "this is not a RIS file: no line begins with `TY  -`";
                    Err(self.names.refuse_file(reason))
                })
            }
            Err(Fault(reason)) => {
                self.ended = true;
                Some(Err(self.names.refuse_file(reason)))
            }
        }
    }
}
