//! Items on disk, to be read back in their order: what is read of a file waits here until its end is known to be good.

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{BufReader, BufWriter, Error, ErrorKind, Read, Seek, Write};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// zstd's fastest level that still halves text: the disk is slower.
const LEVEL: i32 = 1;
/// How much is compressed at once, in bytes.
const BUFFER_BYTES: usize = 64 * 1024;

/// Why items cannot be kept or read back.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// No room is left.
    #[error(
        "the disk is full: what is read is kept in {} until the end of its file; make room there, or take another data \
         folder", folder.display()
    )]
    Full {
        /// Where the items are kept.
        folder: PathBuf,
    },
    /// The disk failed otherwise.
    #[error("the temporary file in {} failed: {error}", folder.display())]
    Io {
        /// Where the items are kept.
        folder: PathBuf,
        /// What the system said.
        error: Error,
    },
    /// An item cannot be written in the spool's form, or not be read from it.
    #[error("a record cannot be kept in a temporary file: {0}")]
    Item(#[from] postcard::Error),
}

/// Takes items of one type, in a file that no name leads to: when it is closed, or the process killed, it is gone.
pub struct Spool<T> {
    out: BufWriter<zstd::Encoder<'static, File>>,
    folder: PathBuf,
    /// The item that is being written.
    item: Vec<u8>,
    items: u64,
    of: PhantomData<fn(T)>,
}

impl<T: Serialize + DeserializeOwned> Spool<T> {
    /// An empty one in an existing folder.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn new(folder: &Path) -> Result<Self, SpoolError> {
        let file = tempfile::tempfile_in(folder).map_err(|error| failed(folder, error))?;
        Self::over(file, folder)
    }

    fn over(file: File, folder: &Path) -> Result<Self, SpoolError> {
        let encoder = zstd::Encoder::new(file, LEVEL).and_then(|mut encoder| {
            encoder.include_checksum(true)?;
            Ok(encoder)
        });
        Ok(Self {
            out: BufWriter::with_capacity(
                BUFFER_BYTES,
                encoder.map_err(|error| failed(folder, error))?,
            ),
            folder: folder.to_owned(),
            item: Vec::new(),
            items: 0,
            of: PhantomData,
        })
    }

    /// Adds an item behind the others.
    ///
    /// # Errors
    /// When the disk is full or fails; the spool is of no use then.
    pub fn push(&mut self, item: &T) -> Result<(), SpoolError> {
        self.item.clear();
        self.item = postcard::to_extend(item, std::mem::take(&mut self.item))?;
        let length = u32::try_from(self.item.len())
            .map_err(|_| SpoolError::Item(postcard::Error::SerializeBufferFull))?;
        self.out
            .write_all(&length.to_le_bytes())
            .and_then(|()| self.out.write_all(&self.item))
            .map_err(|error| failed(&self.folder, error))?;
        self.items += 1;
        Ok(())
    }

    /// How many items were added.
    pub fn len(&self) -> u64 {
        self.items
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.items == 0
    }

    /// Reads the items back.
    ///
    /// # Errors
    /// When the last of them do not find room, or the disk fails.
    pub fn read(self) -> Result<Items<T>, SpoolError> {
        let folder = self.folder;
        let file = self.out.into_inner().map_err(|error| error.into_error());
        let file = file.and_then(zstd::Encoder::finish).and_then(|mut file| {
            file.rewind()?;
            zstd::Decoder::new(file)
        });
        Ok(Items {
            from: BufReader::with_capacity(
                BUFFER_BYTES,
                file.map_err(|error| failed(&folder, error))?,
            ),
            folder,
            item: Vec::new(),
            left: self.items,
            of: PhantomData,
        })
    }
}

/// The items of a [`Spool`], in their order. After an error nothing follows.
pub struct Items<T> {
    from: BufReader<zstd::Decoder<'static, BufReader<File>>>,
    folder: PathBuf,
    item: Vec<u8>,
    left: u64,
    of: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Items<T> {
    fn read(&mut self) -> Result<T, SpoolError> {
        let mut length = [0; 4];
        let read = self.from.read_exact(&mut length).and_then(|()| {
            let length = u32::from_le_bytes(length);
            self.item.clear();
            let read = (&mut self.from)
                .take(length.into())
                .read_to_end(&mut self.item)?;
            if read < length as usize {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            Ok(())
        });
        read.map_err(|error| failed(&self.folder, error))?;
        Ok(postcard::from_bytes(&self.item)?)
    }
}

impl<T: DeserializeOwned> Iterator for Items<T> {
    type Item = Result<T, SpoolError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let item = self.read();
        if item.is_err() {
            self.left = 0;
        }
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left).ok();
        (0, left)
    }
}

fn failed(folder: &Path, error: Error) -> SpoolError {
    let folder = folder.to_owned();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            SpoolError::Full { folder }
        }
        _ => SpoolError::Io { folder, error },
    }
}
