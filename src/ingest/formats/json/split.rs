//! Cuts a JSON file into its records without holding more than one of them, whatever wraps them: lines
//! of JSON, one array, one object, or an object that holds them.
//!
//! Only brackets, strings and commas are looked at here; whether an object is good JSON is left to
//! `serde_json`, which reads it afterwards.

use std::io::{BufRead, Read};
use std::ops::Range;

use super::fault::Fault;
use super::place::Place;
use super::scan::{self, Scan, Step, Walk};

/// Where the records lie in a file of some format, besides the forms that all share (a record a
/// line, an array of records, one record).
#[derive(Clone, Copy, Debug)]
pub(in crate::ingest) struct Layout {
    /// Keys that lead from the top of an object to a list of records, at most two: `message`, `items`.
    pub lists: &'static [&'static [&'static str]],
    /// Keys at the top of an object whose value, if it is an object, is the record.
    pub objects: &'static [&'static str],
    /// The most that one record may take in the file, in bytes.
    pub max: usize,
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// The start of the file.
    Start,
    /// In an array: an object or the end of the array.
    FirstOrEnd,
    /// In an array: an object.
    Object,
    /// In an array: a comma or the end of the array.
    CommaOrEnd,
    /// An object or array at the top of the file, or the end of the file. The line on which the last
    /// one lay tells whether the file holds a record a line; `None` if it does not.
    Top(Option<u64>),
    /// A record a line.
    Line,
}

/// What has to be passed over before the next record.
enum Rest {
    /// The rest of objects and arrays that are open.
    Open(Scan),
    /// The rest of a line.
    Line,
    /// A value that is no object, up to the comma or bracket behind it.
    Value(Scan),
}

/// The objects of a file that are its records.
pub(in crate::ingest) struct Elements<R> {
    reader: R,
    layout: Layout,
    expect: Expect,
    place: Place,
    /// How many objects are open around the array that is being read.
    around: u32,
    rest: Option<Rest>,
    /// The object last read, or as much of it as could be.
    bytes: Vec<u8>,
    /// The part of it that is the record.
    record: Range<usize>,
    in_record: bool,
    lost: bool,
    /// The last line was not closed by a line break: the file may have been cut off.
    open_line: bool,
}

impl<R: BufRead> Elements<R> {
    pub fn new(reader: R, layout: Layout) -> Self {
        Self {
            reader,
            layout,
            expect: Expect::Start,
            place: Place { line: 1, column: 1 },
            around: 0,
            rest: None,
            bytes: Vec::new(),
            record: 0..0,
            in_record: false,
            lost: false,
            open_line: false,
        }
    }

    /// The record that [`Elements::next`] read, or as much of it as could be.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(self.record.clone()).unwrap_or_default()
    }

    /// Whether the last error came while a record was read.
    pub fn in_record(&self) -> bool {
        self.in_record
    }

    /// Whether the next record can still be found after the last error of [`Elements::next`].
    pub fn goes_on(&self) -> bool {
        !self.lost
    }

    /// Whether the next record can be found although the last one turned out to be broken; `cut_off` if
    /// it ended too early.
    pub fn goes_on_after(&self, cut_off: bool) -> bool {
        match self.expect {
            Expect::Line => !(cut_off && self.open_line),
            // A quote that is missing swallows what follows, line breaks first, so that the end
            // that was found is not to be trusted.
            _ => !scan::has_broken_string(&self.bytes),
        }
    }

    /// Reads the next record into [`Elements::bytes`] and answers where it starts; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Place>, Fault> {
        self.bytes.clear();
        self.record = 0..0;
        self.in_record = false;
        self.lost = true;
        self.pass_over()?;
        if self.expect == Expect::Start {
            self.start()?;
        }
        let found = self.find();
        if matches!(found, Ok(Some(_))) {
            self.lost = false;
        }
        found
    }

    fn find(&mut self) -> Result<Option<Place>, Fault> {
        loop {
            if self.expect == Expect::Line {
                return self.line();
            }
            let Some(byte) = self.peek_visible()? else {
                return match self.expect {
                    Expect::Top(_) | Expect::Line => Ok(None),
                    Expect::Start => Err(self.place.wrong("the file is empty")),
                    _ => Err(self.place.wrong("the file ends before its array does")),
                };
            };
            if matches!(self.expect, Expect::Top(Some(line)) if self.place.line > line) {
                self.expect = Expect::Line;
                continue;
            }
            match (self.expect, byte) {
                (Expect::Start | Expect::Top(_), b'[') => {
                    self.around = 0;
                    self.step(Expect::FirstOrEnd);
                }
                (Expect::Start | Expect::Top(_), b'{') => {
                    if let Some(place) = self.object_at_top()? {
                        return Ok(Some(place));
                    }
                }
                (Expect::FirstOrEnd | Expect::CommaOrEnd, b']') => {
                    self.step(Expect::Top(None));
                    if self.around > 0 {
                        self.rest = Some(Rest::Open(Scan::inside(self.around)));
                        self.pass_over()?;
                    }
                }
                (Expect::FirstOrEnd | Expect::Object, b'{') => return self.element().map(Some),
                (Expect::CommaOrEnd, b',') => self.step(Expect::Object),
                (Expect::Start, _) => {
                    return Err(self
                        .place
                        .wrong("neither a JSON array nor a JSON object starts here"));
                }
                (Expect::FirstOrEnd | Expect::Object, _) => {
                    self.in_record = true;
                    if !matches!(byte, b']' | b'}' | b',' | b':') {
                        self.lost = false;
                        self.expect = Expect::CommaOrEnd;
                        self.rest = Some(Rest::Value(Scan::default()));
                    }
                    return Err(self.place.wrong(NOT_AN_OBJECT));
                }
                (Expect::CommaOrEnd, _) => {
                    return Err(self.place.wrong("expected `,` or `]` after a record"));
                }
                (Expect::Top(_) | Expect::Line, _) => {
                    return Err(self
                        .place
                        .wrong("more follows after the end of the records"));
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
            self.place = self.place.of(&chunk[..skipped]);
            self.reader.consume(skipped);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Passes over what the last record left behind.
    fn pass_over(&mut self) -> Result<(), Fault> {
        let Some(mut rest) = self.rest.take() else {
            return Ok(());
        };
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return match rest {
                    Rest::Line | Rest::Value(_) => Ok(()),
                    Rest::Open(_) => Err(self.place.wrong("the file ends before its object does")),
                };
            }
            let end = match &mut rest {
                Rest::Open(scan) => scan.end_in(chunk),
                Rest::Value(scan) => scan.value_end_in(chunk),
                Rest::Line => chunk
                    .iter()
                    .position(|byte| *byte == b'\n')
                    .map(|at| at + 1),
            };
            let taken = end.unwrap_or(chunk.len());
            self.place = self.place.of(&chunk[..taken]);
            self.reader.consume(taken);
            if end.is_some() {
                return Ok(());
            }
        }
    }

    /// Reads an object of an array, whose `{` is next.
    fn element(&mut self) -> Result<Place, Fault> {
        self.in_record = true;
        self.expect = Expect::CommaOrEnd;
        let start = self.place;
        let mut scan = Scan::default();
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Err(self.unfinished(start, None));
            }
            let end = scan.end_in(chunk);
            let taken = end.unwrap_or(chunk.len());
            let fits = store(&mut self.bytes, &chunk[..taken], self.layout.max);
            self.place = self.place.of(&chunk[..taken]);
            self.reader.consume(taken);
            if !fits {
                self.rest = end.is_none().then_some(Rest::Open(scan));
                return Err(self.unfinished(start, Some(self.layout.max)));
            }
            if end.is_some() {
                self.record = 0..self.bytes.len();
                return Ok(start);
            }
        }
    }

    /// Reads an object at the top of the file, whose `{` is next; `None` if a list of records starts
    /// in it.
    fn object_at_top(&mut self) -> Result<Option<Place>, Fault> {
        self.in_record = true;
        let start = self.place;
        let first = self.expect == Expect::Start;
        self.expect = Expect::Top(None);
        let mut walk = Walk::new(self.layout, first);
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Err(self.unfinished(start, None));
            }
            let (taken, step) = walk.run(chunk, self.bytes.len());
            let fits = store(&mut self.bytes, &chunk[..taken], self.layout.max);
            self.place = self.place.of(&chunk[..taken]);
            self.reader.consume(taken);
            if let Step::List(open) = step {
                self.around = open;
                self.bytes.clear();
                self.in_record = false;
                self.expect = Expect::FirstOrEnd;
                return Ok(None);
            }
            if !fits {
                self.rest = (step != Step::End).then(|| Rest::Open(walk.scan()));
                return Err(self.unfinished(start, Some(self.layout.max)));
            }
            match step {
                Step::End => {
                    let whole = 0..self.bytes.len();
                    let inner = walk.inner();
                    if inner.is_none() && self.place.line == start.line {
                        self.expect = Expect::Top(Some(start.line));
                    }
                    self.record = inner.unwrap_or(whole);
                    return Ok(Some(start.of(&self.bytes[..self.record.start])));
                }
                // A second object starts on a line of its own, where the first has not ended. If that
                // cannot be one object, the file holds a record a line and the first is broken.
                Step::NewLine if walk.scan().in_string || !scan::may_hold_object(&self.bytes) => {
                    self.expect = Expect::Line;
                    self.record = 0..self.bytes.len();
                    self.lost = false;
                    return Err(
                        start.syntax_or(&self.bytes, "the line ends in the middle of a record")
                    );
                }
                Step::NewLine | Step::More | Step::List(_) => {}
            }
        }
    }

    /// Reads a record from a line of its own.
    fn line(&mut self) -> Result<Option<Place>, Fault> {
        let max = self.layout.max;
        loop {
            self.bytes.clear();
            let start = self.place;
            let limit = u64::try_from(max).unwrap_or(u64::MAX).saturating_add(1);
            let read = (&mut self.reader)
                .take(limit)
                .read_until(b'\n', &mut self.bytes)?;
            if read == 0 {
                return Ok(None);
            }
            self.in_record = true;
            self.open_line = self.bytes.last() != Some(&b'\n');
            if self.open_line && read > max {
                self.place = self.place.of(&self.bytes);
                self.rest = Some(Rest::Line);
                self.bytes.truncate(max);
                let fault = self.unfinished(start, Some(max));
                self.lost = false;
                return Err(fault);
            }
            self.place = Place {
                line: self.place.line + 1,
                column: 1,
            };
            let end = self.bytes.trim_ascii_end().len();
            let indent = self.bytes.len() - self.bytes.trim_ascii_start().len();
            if indent >= end {
                self.in_record = false;
                continue;
            }
            self.record = indent..end;
            let start = start.of(&self.bytes[..indent]);
            if self.bytes[indent] == b'{' {
                return Ok(Some(start));
            }
            self.lost = false;
            return Err(start.wrong(NOT_AN_OBJECT));
        }
    }

    /// Why an object has no end: a mistake in it (a missing quote swallows all that follows), its
    /// size, or the end of the file.
    fn unfinished(&mut self, start: Place, max: Option<usize>) -> Fault {
        self.record = 0..self.bytes.len();
        if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(&self.bytes)
            && !error.is_eof()
        {
            return start.syntax(&error);
        }
        match max {
            Some(max) => {
                self.lost = false;
                Fault::Endless {
                    field: scan::open_field(&self.bytes).unwrap_or_else(|| "record".to_owned()),
                    max,
                }
            }
            None => start
                .of(&self.bytes)
                .wrong("the file ends in the middle of a record"),
        }
    }
}

const NOT_AN_OBJECT: &str = "a record must be a JSON object";

/// Adds `more`, as much of it as fits into `max`; whether all of it did.
fn store(bytes: &mut Vec<u8>, more: &[u8], max: usize) -> bool {
    let room = max.saturating_sub(bytes.len());
    bytes.extend_from_slice(&more[..more.len().min(room)]);
    more.len() <= room
}
