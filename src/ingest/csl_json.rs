//! CSL-JSON: the bibliographic JSON of citation managers, Zotero, Crossref and DataCite.
//!
//! The file is read record by record and never held as a whole; one record may take
//! [`MAX_RECORD_BYTES`]. The format: <https://docs.citationstyles.org/en/stable/specification.html>
//! and the schema `csl-data.json` of the Citation Style Language.

mod item;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::formats::json::{
    self, Elements, Fault, Format, Layout, Outcome, Place, check, find_id, utf8,
};
use super::record::{Extent, Input, RecordError, Records, WorkRecord};

/// The most one record may take in the file, in bytes: a title or abstract beyond this is refused
/// while it is read.
pub const MAX_RECORD_BYTES: usize = 4 * 1024 * 1024;

/// What names an item.
const ID: &[&str] = &["id"];

const LAYOUT: Layout = Layout {
    lists: &[],
    objects: &[],
    max: MAX_RECORD_BYTES,
};

static FORMAT: Format = Format {
    layout: LAYOUT,
    id: ID,
    parse: parse_all,
};

/// The records of one file, in its order; a refused one is passed over.
pub fn read(input: Input) -> Records {
    json::read(input, &FORMAT)
}

fn parse_all(text: &str, out: &mut Outcome) -> serde_json::Result<()> {
    out.work(serde_json::from_str::<item::Item>(text)?.into_record());
    Ok(())
}

/// The records of one file, in its order. After an error nothing follows.
pub struct Reader<R> {
    file: String,
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
        let file = File::open(path).map_err(|error| {
            Fault::Io(error).at(&path.display().to_string(), 0, None, Extent::File)
        })?;
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
            file: file.display().to_string(),
            elements: Elements::new(reader, LAYOUT),
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
                return Some(Err((find_id(self.elements.bytes(), ID), fault)));
            }
        };
        self.index += 1;
        let bytes = self.elements.bytes();
        let id = || find_id(bytes, ID);
        Some(parse(bytes, place).map_err(|fault| (id(), fault)))
    }
}

/// One record from its JSON.
fn parse(bytes: &[u8], place: Place) -> Result<WorkRecord, Fault> {
    let text = utf8(bytes, place)?;
    let item: item::Item = serde_json::from_str(text).map_err(|error| place.syntax(&error))?;
    let record = item.into_record();
    check(&record)?;
    Ok(record)
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
            let extent = match fault {
                Fault::NoTitle | Fault::TooLong { .. } => Extent::Record,
                _ => Extent::File,
            };
            fault.at(&self.file, self.index, id.as_deref(), extent)
        }))
    }
}
