//! How much a file may become by unpacking: what keeps a bomb of some kilobytes from filling hours.

use std::cell::Cell;
use std::io::{Error, ErrorKind, Read, Result};

use super::progress::Meter;

/// What unpacking may do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Unpacked bytes that any file may have, however small it is.
    pub free_bytes: u64,
    /// Unpacked bytes for each packed one beyond that. Metadata packs to a tenth, repetitive XML under the strongest
    /// settings to a fiftieth; bombs reach a thousand and more.
    pub ratio: u64,
    /// Members of one archive.
    pub members: u64,
    /// Archives in each other, the outer one included.
    pub archives: usize,
    /// Compressions around each other (`.json.gz.zst`), counted anew within an archive.
    pub compressions: usize,
}

impl Limits {
    pub(super) const USUAL: Self = Self {
        free_bytes: 64 * 1024 * 1024,
        ratio: 200,
        members: 1_000_000,
        archives: 2,
        compressions: 2,
    };
}

/// A sentence in an [`Error`]: it is told as it is, whatever it passes through on its way up.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Sentence(pub String);

pub(super) fn sentence(text: impl Into<String>) -> Error {
    Error::other(Sentence(text.into()))
}

/// What all that comes out of one file has used up so far.
pub(super) struct Budget {
    pub(super) limits: Limits,
    packed: Meter,
    unpacked: Cell<u64>,
    members: Cell<u64>,
}

impl Budget {
    pub(super) fn new(limits: Limits, packed: Meter) -> Self {
        Self {
            limits,
            packed,
            unpacked: Cell::new(0),
            members: Cell::new(0),
        }
    }

    fn spend(&self, bytes: usize) -> Result<()> {
        let unpacked = self.unpacked.get().saturating_add(bytes as u64);
        self.unpacked.set(unpacked);
        let Limits {
            free_bytes, ratio, ..
        } = self.limits;
        let packed = self.packed.read();
        if unpacked > free_bytes.saturating_add(packed.saturating_mul(ratio)) {
            return Err(sentence(format!(
                "its first {packed} bytes unpack to more than {unpacked}: it is refused as a bomb (at most {ratio} times as \
                 much is accepted); if it is none, unpack it first"
            )));
        }
        Ok(())
    }

    /// A member of an archive begins.
    pub(super) fn member(&self) -> Result<()> {
        self.members.set(self.members.get() + 1);
        self.allows(self.members.get())
    }

    /// Whether an archive may have so many members.
    pub(super) fn allows(&self, members: u64) -> Result<()> {
        let max = self.limits.members;
        if members > max {
            return Err(sentence(format!(
                "the archive has too many members: at most {max} are accepted"
            )));
        }
        Ok(())
    }
}

/// Bytes that come out of unpacking: counted, and with the errors of the library in our words.
pub(super) struct Unpacked<'b, R> {
    pub(super) inner: R,
    /// What is unpacked, for messages: `gzip`.
    pub(super) what: &'static str,
    /// `None` where nothing can become more than it was.
    pub(super) budget: Option<&'b Budget>,
    /// How many came.
    pub(super) bytes: u64,
}

impl<'b, R> Unpacked<'b, R> {
    pub(super) fn new(inner: R, what: &'static str, budget: Option<&'b Budget>) -> Self {
        Self {
            inner,
            what,
            budget,
            bytes: 0,
        }
    }
}

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self
            .inner
            .read(buffer)
            .map_err(|error| in_our_words(error, self.what))?;
        self.bytes += read as u64;
        if let Some(budget) = self.budget {
            budget.spend(read)?;
        }
        Ok(read)
    }
}

/// Why unpacking failed, unless that was said already.
pub(super) fn in_our_words(error: Error, what: &str) -> Error {
    let said = error.get_ref().is_some_and(|inner| inner.is::<Sentence>());
    if said || error.kind() == ErrorKind::Interrupted || error.raw_os_error().is_some() {
        return error;
    }
    if error.kind() == ErrorKind::UnexpectedEof {
        return sentence(format!(
            "its {what} data ends too early: the file is cut off"
        ));
    }
    sentence(format!("its {what} data is damaged: {error}"))
}
