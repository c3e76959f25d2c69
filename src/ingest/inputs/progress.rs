//! How far the reading has come; can be asked while another thread reads.

use std::io::{Read, Result, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many bytes have been read, as they lie in the files: packed where a file is packed.
#[derive(Clone, Debug, Default)]
pub struct BytesRead(Arc<AtomicU64>);

impl BytesRead {
    /// Bytes read so far.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn add(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// The bytes read of one file, which count for all files too.
#[derive(Clone, Debug)]
pub(super) struct Meter {
    file: BytesRead,
    all: BytesRead,
    /// The size of the file, where known: parts of an archive that are read again do not count again.
    size: Option<u64>,
}

impl Meter {
    pub(super) fn new(all: BytesRead, size: Option<u64>) -> Self {
        Self {
            file: BytesRead::default(),
            all,
            size,
        }
    }

    /// Of this file, so far.
    pub(super) fn read(&self) -> u64 {
        self.file.get()
    }

    fn add(&self, bytes: u64) {
        let left = self
            .size
            .map_or(u64::MAX, |size| size.saturating_sub(self.file.get()));
        let bytes = bytes.min(left);
        self.file.add(bytes);
        self.all.add(bytes);
    }

    /// The file is done with, whether or not each of its bytes was looked at.
    pub(super) fn finish(&self) {
        if let Some(size) = self.size {
            self.add(size);
        }
    }
}

/// Counts what passes through.
pub(super) struct Metered<R> {
    pub(super) inner: R,
    pub(super) meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.inner.read(buffer)?;
        self.meter.add(read as u64);
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.inner.seek(to)
    }
}
