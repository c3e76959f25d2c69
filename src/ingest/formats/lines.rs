//! What the readers of line-based formats share: one line at a time, of a file of any length.

use std::io::{BufRead, Read};

use crate::ingest::csl_json::MAX_RECORD_BYTES;
use crate::ingest::record::{Extent, Record, RecordError, WorkRecord};

/// What ends the reading of a file.
pub(super) struct Fault(pub String);

/// Reads lines and counts them.
pub(super) struct Lines {
    inner: Box<dyn BufRead + Send>,
    bytes: Vec<u8>,
    /// The number of the line that was read last, from 1.
    number: u64,
}

/// One line, without its end and without U+0000.
pub(super) struct Line<'l> {
    /// Its text; a byte that is not UTF-8 shows as `\u{fffd}`.
    pub text: std::borrow::Cow<'l, str>,
    /// From 1.
    pub number: u64,
    /// The first byte that is not UTF-8.
    pub broken: Option<u8>,
}

impl Lines {
    pub(super) fn new(inner: Box<dyn BufRead + Send>) -> Self {
        Self {
            inner,
            bytes: Vec::new(),
            number: 0,
        }
    }

    /// The next line; `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Line<'_>>, Fault> {
        self.bytes.clear();
        let max = MAX_RECORD_BYTES as u64;
        let read = (&mut self.inner)
            .take(max)
            .read_until(b'\n', &mut self.bytes);
        match read {
            Ok(0) => return Ok(None),
            Ok(_) => {}
            Err(error) => return Err(Fault(format!("cannot be read: {error}"))),
        }
        self.number += 1;
        if self.number == 1 {
            if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] = self.bytes[..] {
                let reason = "the file is in UTF-16; convert it first: iconv -f UTF-16 -t UTF-8";
                return Err(Fault(reason.to_owned()));
            }
            if self.bytes.starts_with(b"\xef\xbb\xbf") {
                self.bytes.drain(..3);
            }
        }
        if self.bytes.len() as u64 == max {
            return Err(Fault(format!(
                "line {} is too long: at most {MAX_RECORD_BYTES} bytes are accepted",
                self.number
            )));
        }
        while let Some(b'\n' | b'\r') = self.bytes.last() {
            self.bytes.pop();
        }
        // PostgreSQL refuses it and nobody reads it.
        self.bytes.retain(|byte| *byte != 0);
        let broken = std::str::from_utf8(&self.bytes)
            .err()
            .and_then(|error| self.bytes.get(error.valid_up_to()).copied());
        Ok(Some(Line {
            text: String::from_utf8_lossy(&self.bytes),
            number: self.number,
            broken,
        }))
    }
}

/// Why a line cannot be read, with what helps.
pub(super) fn not_utf8(byte: u8, line: u64) -> String {
    format!(
        "byte 0x{byte:02X} in line {line} is not UTF-8; if the file is in ISO-8859-1 or Windows-1252, convert it \
         first: iconv -f WINDOWS-1252 -t UTF-8"
    )
}

/// Names the records of a file for messages.
#[derive(Debug)]
pub(super) struct Names {
    pub file: String,
    /// How many records were found.
    pub index: u64,
}

impl Names {
    /// The next record, unless it lacks a title or is too long.
    pub(super) fn work(&mut self, key: &str, work: WorkRecord) -> Result<Record, RecordError> {
        self.index += 1;
        self.work_at(self.index, key, work)
    }

    /// A record that was counted before.
    pub(super) fn work_at(
        &self,
        index: u64,
        key: &str,
        work: WorkRecord,
    ) -> Result<Record, RecordError> {
        match super::fields::flaw(&work) {
            None => Ok(Record::Work(Box::new(work))),
            Some(reason) => Err(self.refuse_at(index, key, reason)),
        }
    }

    /// The next record is refused.
    pub(super) fn refuse(&mut self, key: &str, reason: impl Into<String>) -> RecordError {
        self.index += 1;
        self.refuse_at(self.index, key, reason.into())
    }

    fn refuse_at(&self, index: u64, key: &str, reason: String) -> RecordError {
        let key = super::fields::short(key);
        RecordError {
            file: self.file.clone(),
            place: if key.is_empty() {
                format!("record {index}")
            } else {
                format!("record {index} ({key})")
            },
            reason: super::fields::told(&reason),
            extent: Extent::Record,
        }
    }

    /// The file is refused.
    pub(super) fn refuse_file(&self, reason: impl Into<String>) -> RecordError {
        RecordError {
            file: self.file.clone(),
            place: "the file as a whole".to_owned(),
            reason: reason.into(),
            extent: Extent::File,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::formats::xml::testing::input;

    fn read(bytes: &[u8]) -> Result<Vec<(u64, String)>, String> {
        let mut lines = Lines::new(input(bytes).bytes);
        let mut found = Vec::new();
        loop {
            match lines.next() {
                Ok(Some(line)) => found.push((line.number, line.text.into_owned())),
                Ok(None) => return Ok(found),
                Err(Fault(reason)) => return Err(reason),
            }
        }
    }

    #[test]
    fn every_kind_of_line_end_is_removed() {
        let expected = vec![
            (1, "one".to_owned()),
            (2, String::new()),
            (3, "three".to_owned()),
        ];
        assert_eq!(read(b"one\n\nthree").unwrap(), expected);
        assert_eq!(read(b"\xef\xbb\xbfone\r\n\r\nthree\r\n").unwrap(), expected);
        assert!(read(b"").unwrap().is_empty());
        assert_eq!(read(b"o\0ne").unwrap(), [(1, "one".to_owned())]);
    }

    #[test]
    fn other_encodings_and_endless_lines_are_named() {
        assert!(read(b"\xff\xfeo\0").unwrap_err().contains("UTF-16"));
        let endless = vec![b'x'; MAX_RECORD_BYTES + 1];
        assert!(read(&endless).unwrap_err().contains("line 1 is too long"));
        let mut lines = Lines::new(input(b"Poincar\xe9").bytes);
        assert_eq!(lines.next().ok().flatten().unwrap().broken, Some(0xe9));
    }
}
