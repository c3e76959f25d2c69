//! Looks for the ends of JSON values, over as many pieces as they come in.

use std::ops::Range;

use super::split::Layout;

/// The longest key that is looked at.
const MAX_KEY: usize = 64;

/// Finds the end of an object or array.
#[derive(Clone, Copy, Default)]
pub(super) struct Scan {
    depth: u32,
    pub in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Inside of `depth` objects or arrays.
    pub fn inside(depth: u32) -> Self {
        Self {
            depth,
            ..Self::default()
        }
    }

    /// One byte inside a string.
    fn in_text(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_string = false,
            _ => {}
        }
    }

    /// One byte outside of a string; whether it closed the outermost bracket.
    fn outside(&mut self, byte: u8) -> bool {
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth = self.depth.saturating_add(1),
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }

    /// How many bytes of `chunk` belong to the object, if it ends there.
    pub fn end_in(&mut self, chunk: &[u8]) -> Option<usize> {
        for (at, byte) in chunk.iter().enumerate() {
            if self.in_string {
                self.in_text(*byte);
            } else if self.outside(*byte) {
                return Some(at + 1);
            }
        }
        None
    }

    /// How many bytes stand before the comma or bracket that ends a value in an array.
    pub fn value_end_in(&mut self, chunk: &[u8]) -> Option<usize> {
        for (at, byte) in chunk.iter().enumerate() {
            if self.in_string {
                self.in_text(*byte);
            } else if self.depth == 0 && matches!(byte, b',' | b']') {
                return Some(at);
            } else {
                self.outside(*byte);
            }
        }
        None
    }
}

/// What a [`Walk`] came upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The end of the piece.
    More,
    /// The end of the object.
    End,
    /// A list of records starts, inside of so many objects.
    List(u32),
    /// An object at the start of a line; told only once.
    NewLine,
}

/// Goes through an object at the top of a file and finds out what it is: a record, the envelope of one,
/// or that of a list of records.
pub(super) struct Walk {
    layout: Layout,
    scan: Scan,
    /// The string last read at the two upper levels.
    text: Vec<u8>,
    /// The keys that lead to the value being read.
    path: [Vec<u8>; 2],
    inner_start: Option<usize>,
    inner: Option<Range<usize>>,
    line_starts: bool,
    look_for_lines: bool,
}

impl Walk {
    pub fn new(layout: Layout, look_for_lines: bool) -> Self {
        Self {
            layout,
            scan: Scan::default(),
            text: Vec::new(),
            path: [Vec::new(), Vec::new()],
            inner_start: None,
            inner: None,
            line_starts: false,
            look_for_lines,
        }
    }

    /// Where it stands.
    pub fn scan(&self) -> Scan {
        self.scan
    }

    /// The record inside the object, if the object is its envelope.
    pub fn inner(&self) -> Option<Range<usize>> {
        self.inner.clone()
    }

    /// Goes on through `chunk`, before which `before` bytes of the object came: how much of it belongs to
    /// the object, and what stands there.
    pub fn run(&mut self, chunk: &[u8], before: usize) -> (usize, Step) {
        for (at, byte) in chunk.iter().enumerate() {
            if self.look_for_lines && self.line_starts && *byte == b'{' {
                self.look_for_lines = false;
                return (at, Step::NewLine);
            }
            self.line_starts = *byte == b'\n';
            if self.scan.in_string {
                self.scan.in_text(*byte);
                if self.scan.in_string && self.scan.depth <= 2 && self.text.len() <= MAX_KEY {
                    self.text.push(*byte);
                }
                continue;
            }
            if let Some(step) = self.outside(*byte, before + at) {
                return (at + 1, step);
            }
        }
        (chunk.len(), Step::More)
    }

    /// One byte outside of a string, at `at` in the object.
    fn outside(&mut self, byte: u8, at: usize) -> Option<Step> {
        let depth = self.scan.depth;
        match byte {
            b'"' if depth <= 2 => self.text.clear(),
            b':' if (1..=2).contains(&depth) => {
                let level = depth as usize - 1;
                self.path[level].clone_from(&self.text);
            }
            b'[' if self.is_list() => return Some(Step::List(depth)),
            b'{' | b'[' if depth == 1 => {
                self.path[1].clear();
                if byte == b'{' && self.inner.is_none() && self.is_envelope() {
                    self.inner_start = Some(at);
                }
            }
            _ => {}
        }
        let ended = self.scan.outside(byte);
        if self.scan.depth == 1
            && matches!(byte, b'}' | b']')
            && let Some(start) = self.inner_start.take()
        {
            self.inner = Some(start..at + 1);
        }
        ended.then_some(Step::End)
    }

    fn is_list(&self) -> bool {
        self.layout.lists.iter().any(|keys| match keys {
            [only] => self.scan.depth == 1 && self.path[0] == only.as_bytes(),
            [upper, lower] => {
                self.scan.depth == 2
                    && self.path[0] == upper.as_bytes()
                    && self.path[1] == lower.as_bytes()
            }
            _ => false,
        })
    }

    fn is_envelope(&self) -> bool {
        let key = &self.path[0];
        self.layout
            .objects
            .iter()
            .any(|known| key == known.as_bytes())
    }
}

/// Whether a string in `bytes` holds a line break, which JSON forbids.
pub(super) fn has_broken_string(bytes: &[u8]) -> bool {
    let mut scan = Scan::default();
    bytes.iter().any(|byte| {
        if scan.in_string {
            scan.in_text(*byte);
            *byte == b'\n'
        } else {
            scan.outside(*byte);
            false
        }
    })
}

/// Whether an object may stand where `bytes`, the start of one, end.
pub(super) fn may_hold_object(bytes: &[u8]) -> bool {
    let mut probe = Vec::with_capacity(bytes.len() + 1);
    probe.extend_from_slice(bytes);
    probe.push(b'{');
    match serde_json::from_slice::<serde::de::IgnoredAny>(&probe) {
        Ok(_) => true,
        Err(error) => error.is_eof(),
    }
}

/// The value of the first of `keys` at the top of a record that may be broken or cut off, for naming it in
/// an error.
pub(in crate::ingest) fn find_id(bytes: &[u8], keys: &[&str]) -> Option<String> {
    let window = &bytes[..bytes.len().min(64 * 1024)];
    let value = keys.iter().find_map(|key| value_of(window, key))?;
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

/// What follows `"key":` at the top of an object.
fn value_of<'b>(bytes: &'b [u8], key: &str) -> Option<&'b [u8]> {
    let mut scan = Scan::default();
    let mut start = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !scan.in_string {
            scan.outside(*byte);
            start = at + 1;
            continue;
        }
        scan.in_text(*byte);
        if !scan.in_string && scan.depth == 1 && &bytes[start..at] == key.as_bytes() {
            let rest = bytes[at + 1..].trim_ascii_start();
            if let Some(value) = rest.strip_prefix(b":") {
                return Some(value.trim_ascii_start());
            }
        }
    }
    None
}

/// The name of the field whose text was being read where `bytes` end.
pub(super) fn open_field(bytes: &[u8]) -> Option<String> {
    let mut scan = Scan::default();
    let mut start = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if scan.in_string {
            scan.in_text(*byte);
        } else {
            scan.outside(*byte);
            start = at;
        }
    }
    if !scan.in_string {
        return None;
    }
    let before = bytes[..start].trim_ascii_end();
    let before = before.strip_suffix(b":")?.trim_ascii_end();
    let before = before.strip_suffix(b"\"")?;
    let name = before.rsplit(|byte| *byte == b'"').next()?;
    let name = String::from_utf8_lossy(name);
    (name.len() <= 60).then(|| name.into_owned())
}
