//! Archives in tar format, as a stream.

use std::io::{BufReader, Error, Read, Result as IoResult};

use ::tar::{Archive, Entry, EntryType, PaxExtensions};

use super::super::budget::{Unpacked, in_our_words};
use super::{Place, Stop, Unpacker};

/// The most that one header about the next member may take, in bytes.
const MAX_EXTENSION_BYTES: u64 = 64 * 1024;
/// An archive ends with blocks of zeros, of this size.
const BLOCK_BYTES: u64 = 512;

impl Unpacker<'_> {
    pub(super) fn tar(&self, bytes: &mut dyn Read, place: &Place) -> Result<(), Stop> {
        self.archive(place)?;
        let mut end = Zeros {
            inner: bytes,
            run: 0,
            other: false,
        };
        let damaged = |error: Error| place.fails(&in_our_words(error, "tar"));
        // The names of members, where a header before theirs gives them.
        let mut path = None;
        // The library's own treatment of such headers holds them in memory, however long they are.
        let mut archive = Archive::new(&mut end);
        for entry in archive.entries().map_err(damaged)?.raw(true) {
            let mut entry = entry.map_err(damaged)?;
            let kind = entry.header().entry_type();
            match kind {
                EntryType::GNULongName | EntryType::XHeader => {
                    let header = extension(&mut entry).map_err(damaged)?;
                    let Some(header) = header else {
                        return Err(place.refuses("the path of a member is too long"));
                    };
                    let told = if kind == EntryType::XHeader {
                        pax_path(&header).map_err(|reason| place.refuses(reason))?
                    } else {
                        let end = header.iter().position(|byte| *byte == 0);
                        Some(header[..end.unwrap_or(header.len())].to_vec())
                    };
                    path = told.or(path);
                    continue;
                }
                EntryType::GNULongLink | EntryType::XGlobalHeader => continue,
                _ => {}
            }
            let told = path.take();
            let path = told.unwrap_or_else(|| entry.path_bytes().into_owned());
            self.tar_member(&mut entry, &String::from_utf8_lossy(&path), place)?;
        }
        if end.run < BLOCK_BYTES {
            return Err(place.refuses(
                "the archive ends too early: its end mark is missing, so it may be cut off",
            ));
        }
        end.other = false;
        std::io::copy(&mut end, &mut std::io::sink()).map_err(damaged)?;
        if end.other {
            return Err(place.refuses(
                "more follows after the end of the archive; several archives in one file are not read",
            ));
        }
        Ok(())
    }

    fn tar_member<R: Read>(
        &self,
        entry: &mut Entry<'_, R>,
        path: &str,
        place: &Place,
    ) -> Result<(), Stop> {
        let kind = entry.header().entry_type();
        if kind == EntryType::Directory || path.ends_with('/') {
            return Ok(());
        }
        let Some(member) = self.begin(place, path)? else {
            return Ok(());
        };
        match kind {
            EntryType::Regular | EntryType::Continuous => {}
            EntryType::GNUSparse => {
                return Err(member.refuses("it is stored with holes, which is not read here"));
            }
            EntryType::Link | EntryType::Symlink => {
                return self.pass_over(member, "it is a link");
            }
            _ => return self.pass_over(member, "it is not a file"),
        }
        let size = entry.size();
        let mut bytes = BufReader::new(Unpacked::new(entry, "tar", None));
        self.any(&mut bytes, &member)?;
        if bytes.get_ref().bytes < size {
            return Err(member.refuses("the archive ends in the middle of it: it is cut off"));
        }
        Ok(())
    }
}

/// All of a header about the next member, unless it is too long.
fn extension<R: Read>(entry: &mut Entry<'_, R>) -> IoResult<Option<Vec<u8>>> {
    if entry.size() > MAX_EXTENSION_BYTES {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// The path of the next member, where the header gives it.
fn pax_path(header: &[u8]) -> Result<Option<Vec<u8>>, &'static str> {
    let mut path = None;
    for field in PaxExtensions::new(header) {
        let Ok(field) = field else {
            return Err("a header of the archive is damaged");
        };
        match field.key_bytes() {
            b"path" => path = Some(field.value_bytes().to_vec()),
            b"size" => {
                return Err(
                    "a member of more than 8 GiB is stored in pax format, which is not read here; unpack the archive first",
                );
            }
            key if key.starts_with(b"GNU.sparse.") => {
                return Err("a member is stored with holes, which is not read here");
            }
            _ => {}
        }
    }
    Ok(path)
}

/// Knows how many zeros came last.
struct Zeros<R> {
    inner: R,
    /// Zeros at the end of what came so far.
    run: u64,
    /// Whether anything else came.
    other: bool,
}

impl<R: Read> Read for Zeros<R> {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        let read = self.inner.read(buffer)?;
        match buffer[..read].iter().rposition(|byte| *byte != 0) {
            Some(last) => {
                self.run = (read - last - 1) as u64;
                self.other = true;
            }
            None => self.run += read as u64,
        }
        Ok(read)
    }
}
