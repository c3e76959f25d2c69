//! The bytes of an XML file, with a count of lines and a limit on what one piece of it may take.

use std::io::{BufRead, BufReader, Error, Read, Result};

use crate::ingest::csl_json::MAX_RECORD_BYTES;

/// How much is read at a time.
const BUFFER_BYTES: usize = 64 * 1024;

/// A place in a file, both counted from 1; the column in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest::formats) struct Place {
    pub line: u64,
    pub column: u64,
}

impl Default for Place {
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

impl Place {
    fn advance(&mut self, bytes: &[u8]) {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
        match bytes.iter().rposition(|byte| *byte == b'\n') {
            Some(last) => {
                self.line += lines as u64;
                self.column = (bytes.len() - last) as u64;
            }
            None => self.column += bytes.len() as u64,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// One tag, one text or one comment is held in memory by the parser, so none may be longer than a
/// whole record.
#[derive(Debug, thiserror::Error)]
#[error("a tag or text is too long: at most {MAX_RECORD_BYTES} bytes are accepted")]
struct PieceTooLong;

/// Hands the bytes of a file to the parser.
pub(super) struct Source {
    inner: BufReader<Box<dyn BufRead + Send>>,
    left: usize,
    place: Place,
}

impl Source {
    pub(super) fn new(inner: Box<dyn BufRead + Send>) -> Self {
        Self {
            inner: BufReader::with_capacity(BUFFER_BYTES, inner),
            left: MAX_RECORD_BYTES,
            place: Place::default(),
        }
    }

    /// The next tag or text begins: what came before no longer counts.
    pub(super) fn begin_piece(&mut self) {
        self.left = MAX_RECORD_BYTES;
    }

    /// Up to where the file has been read.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// The first bytes of the file, as far as one reading brings them.
    pub(super) fn peek(&mut self) -> Result<&[u8]> {
        loop {
            match self.inner.fill_buf() {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(_) => return Ok(self.inner.buffer()),
            }
        }
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let available = self.fill_buf()?;
        let taken = available.len().min(buffer.len());
        buffer[..taken].copy_from_slice(&available[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        let buffer = self.inner.fill_buf()?;
        if self.left == 0 && !buffer.is_empty() {
            return Err(Error::other(PieceTooLong));
        }
        Ok(&buffer[..buffer.len().min(self.left)])
    }

    fn consume(&mut self, amount: usize) {
        let buffer = self.inner.buffer();
        self.place.advance(&buffer[..amount.min(buffer.len())]);
        self.left = self.left.saturating_sub(amount);
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_over_pieces() {
        let mut place = Place::default();
        place.advance(b"ab");
        assert_eq!(place, Place { line: 1, column: 3 });
        place.advance(b"c\n\nde");
        assert_eq!(place, Place { line: 3, column: 3 });
        place.advance(b"");
        place.advance(b"\n");
        assert_eq!(place.to_string(), "line 4, column 1");
    }
}
