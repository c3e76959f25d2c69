//! Archives in zip format, from a file.

use std::cell::Cell;
use std::io::{BufReader, Error, Read, Result as IoResult, Seek, SeekFrom};

use ::zip::result::ZipError;
use ::zip::{CompressionMethod, ZipArchive};

use super::super::budget::{Unpacked, in_our_words, sentence};
use super::{Place, Stop, Unpacker};

/// The most that the directory of an archive may take, in bytes: the library holds it in memory, some five times
/// as large. It is enough for 300,000 members.
const MAX_DIRECTORY_BYTES: u64 = 32 * 1024 * 1024;

impl Unpacker<'_> {
    pub(super) fn zip<R: Read + Seek>(&self, bytes: R, place: &Place) -> Result<(), Stop> {
        self.archive(place)?;
        let damaged = |error: ZipError| place.fails(&told(error));
        let left = Cell::new(MAX_DIRECTORY_BYTES);
        let bytes = Directory {
            inner: bytes,
            left: &left,
        };
        let mut archive = ZipArchive::new(bytes).map_err(damaged)?;
        left.set(u64::MAX);
        self.budget
            .allows(archive.len() as u64)
            .map_err(|error| place.fails(&error))?;
        // No members that share a path or bytes, and none that only one of its two directories knows.
        archive.validate_header_consistency().map_err(damaged)?;
        let mut members = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            if let Some(path) = archive.name_for_index(index) {
                members.push((path.map_err(damaged)?.into_owned(), index));
            }
        }
        members.sort();
        for (path, index) in members {
            self.zip_member(&mut archive, index, &path, place)?;
        }
        Ok(())
    }

    fn zip_member<R: Read + Seek>(
        &self,
        archive: &mut ZipArchive<R>,
        index: usize,
        path: &str,
        place: &Place,
    ) -> Result<(), Stop> {
        if path.ends_with('/') {
            return Ok(());
        }
        let Some(member) = self.begin(place, path)? else {
            return Ok(());
        };
        let damaged = |error: ZipError| member.fails(&told(error));
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        if entry.is_symlink() {
            drop(entry);
            return self.pass_over(member, "it is a link");
        }
        if entry.encrypted() {
            return Err(member.refuses("it is locked with a password; unpack the archive first"));
        }
        let known = [
            CompressionMethod::Stored,
            CompressionMethod::Deflated,
            CompressionMethod::Zstd,
        ];
        if !known.contains(&entry.compression()) {
            return Err(member.refuses(format!(
                "it is packed with {}, which is not read here; unpack the archive first",
                entry.compression()
            )));
        }
        drop(entry);
        let entry = archive.by_index(index).map_err(damaged)?;
        let size = entry.size();
        let mut bytes = BufReader::new(Unpacked::new(entry, "zip", Some(&self.budget)));
        self.any(&mut bytes, &member)?;
        let real = bytes.get_ref().bytes;
        if real != size {
            return Err(member.refuses(format!(
                "it unpacks to {real} bytes, where the archive's directory says {size}"
            )));
        }
        Ok(())
    }
}

/// Gives so many bytes, then an error.
struct Directory<'l, R> {
    inner: R,
    left: &'l Cell<u64>,
}

impl<R: Read> Read for Directory<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => self.left.set(left),
            None => {
                return Err(sentence(format!(
                    "the directory of the archive is too long: at most {MAX_DIRECTORY_BYTES} bytes are accepted"
                )));
            }
        }
        Ok(read)
    }
}

impl<R: Seek> Seek for Directory<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
        self.inner.seek(to)
    }
}

/// What is wrong with an archive, in our words.
fn told(error: ZipError) -> Error {
    match error {
        ZipError::Io(error) => in_our_words(error, "zip"),
        other => sentence(format!(
            "its zip directory is missing or damaged: {other}; the file may be cut off"
        )),
    }
}
