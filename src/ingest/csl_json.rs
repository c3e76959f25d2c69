//! CSL-JSON: the bibliographic JSON of citation managers, Zotero, Crossref and DataCite.
//!
//! The file is read record by record and never held as a whole; one record may take
//! [`MAX_RECORD_BYTES`]. The format: <https://docs.citationstyles.org/en/stable/specification.html>
//! and the schema `csl-data.json` of the Citation Style Language.

mod fault;
mod item;
mod split;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::markup::{MAX_ABSTRACT_BYTES, MAX_TITLE_BYTES};
use super::record::{RecordError, WorkRecord};
use fault::Fault;
use split::{Elements, Place};

/// The most one record may take in the file, in bytes: a title or abstract beyond this is refused
/// while it is read.
pub const MAX_RECORD_BYTES: usize = 4 * 1024 * 1024;

/// The records of one file, in its order. After an error nothing follows.
pub struct Reader<R> {
    file: PathBuf,
    elements: Elements<R>,
    index: u64,
    failed: bool,
}

/// How many bytes of a file have been read; can be asked while another thread reads.
#[derive(Clone, Debug, Default)]
pub struct BytesRead(Arc<AtomicU64>);

impl BytesRead {
    /// Bytes read so far.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Counts what passes through.
pub struct Counting<R> {
    inner: R,
    count: BytesRead,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Reader<BufReader<Counting<File>>> {
    /// Opens a file; the second value tells how far it has been read.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn open(path: &Path) -> Result<(Self, BytesRead), RecordError> {
        let file = File::open(path).map_err(|error| Fault::Io(error).at(path, 0, None))?;
        let count = BytesRead::default();
        let counting = Counting {
            inner: file,
            count: count.clone(),
        };
        let reader = BufReader::with_capacity(256 * 1024, counting);
        Ok((Self::new(path, reader), count))
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads from anything; `file` is the name for errors.
    pub fn new(file: &Path, reader: R) -> Self {
        Self {
            file: file.to_owned(),
            elements: Elements::new(reader, MAX_RECORD_BYTES),
            index: 0,
            failed: false,
        }
    }

    fn read(&mut self) -> Option<Result<WorkRecord, (Option<String>, Fault)>> {
        let place = match self.elements.next() {
            Ok(Some(place)) => place,
            Ok(None) => return None,
            Err(fault) => {
                // Inside a record: count it, and look for its name in what was read of it. Between
                // records it is the file that is broken.
                self.index = if self.elements.in_record() {
                    self.index + 1
                } else {
                    0
                };
                return Some(Err((split::find_id(self.elements.bytes()), fault)));
            }
        };
        self.index += 1;
        let bytes = self.elements.bytes();
        let id = || split::find_id(bytes);
        Some(parse(bytes, place).map_err(|fault| (id(), fault)))
    }
}

/// One record from its JSON.
fn parse(bytes: &[u8], place: Place) -> Result<WorkRecord, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let (line, column) = place.of(before);
        Fault::NotUtf8 {
            byte: bytes[error.valid_up_to()],
            line,
            column,
        }
    })?;
    let item: item::Item = serde_json::from_str(text).map_err(|error| place.syntax(&error))?;
    let record = item.into_record();
    check(&record)?;
    Ok(record)
}

/// What keeps a record from being loaded: no title, a title or an abstract that is too long.
fn check(record: &WorkRecord) -> Result<(), Fault> {
    if record.title_source.is_empty() {
        return Err(Fault::NoTitle);
    }
    let summary = record.abstract_source.as_ref().map_or(0, String::len);
    for (field, bytes, max) in [
        ("title", record.title_source.len(), MAX_TITLE_BYTES),
        ("abstract", summary, MAX_ABSTRACT_BYTES),
    ] {
        if bytes > max {
            return Err(Fault::TooLong { field, bytes, max });
        }
    }
    Ok(())
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<WorkRecord, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let result = self.read()?;
        Some(result.map_err(|(id, fault)| {
            self.failed = true;
            fault.at(&self.file, self.index, id.as_deref())
        }))
    }
}
