//! Items on their way to the database, in a temporary file that vanishes with the process.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::marker::PhantomData;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// How hard the file is compressed: little, since it is read once.
const LEVEL: i32 = 1;
/// The longest item, in bytes.
const MAX_ITEM: u32 = 1 << 30;

/// Why the temporary file failed.
#[derive(Debug, thiserror::Error)]
#[error("the temporary file in {folder} failed: {reason}")]
pub struct SpoolError {
    folder: String,
    reason: String,
}

/// Items in the order in which they came.
pub struct Spool<T> {
    folder: String,
    file: zstd::Encoder<'static, BufWriter<File>>,
    len: u64,
    item: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Spool<T> {
    /// Opens a file without a name in a folder.
    ///
    /// # Errors
    /// When the folder takes no file.
    pub fn new(folder: &Path) -> Result<Self, SpoolError> {
        let shown = folder.display().to_string();
        let open = || -> std::io::Result<_> {
            let file = tempfile::tempfile_in(folder)?;
            zstd::Encoder::new(BufWriter::with_capacity(1 << 20, file), LEVEL)
        };
        let file = open().map_err(|error| failed(&shown, error))?;
        Ok(Self {
            folder: shown,
            file,
            len: 0,
            item: PhantomData,
        })
    }

    /// How many items there are.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds an item.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub fn push(&mut self, item: &T) -> Result<(), SpoolError> {
        let bytes = postcard::to_stdvec(item).map_err(|error| failed(&self.folder, error))?;
        let length = u32::try_from(bytes.len())
            .ok()
            .filter(|length| *length <= MAX_ITEM)
            .ok_or_else(|| failed(&self.folder, "an item is too long"))?;
        self.file
            .write_all(&length.to_le_bytes())
            .and_then(|()| self.file.write_all(&bytes))
            .map_err(|error| failed(&self.folder, error))?;
        self.len += 1;
        Ok(())
    }

    /// The items, from the first.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub fn into_items(self) -> Result<Items<T>, SpoolError> {
        let folder = self.folder;
        let finish = || -> std::io::Result<_> {
            let mut file = self
                .file
                .finish()?
                .into_inner()
                .map_err(|e| e.into_error())?;
            file.rewind()?;
            zstd::Decoder::new(file)
        };
        let file = finish().map_err(|error| failed(&folder, error))?;
        Ok(Items {
            folder,
            file,
            left: self.len,
            item: PhantomData,
        })
    }
}

/// The items of a [`Spool`].
pub struct Items<T> {
    folder: String,
    file: zstd::Decoder<'static, BufReader<File>>,
    left: u64,
    item: PhantomData<T>,
}

impl<T: DeserializeOwned> Iterator for Items<T> {
    type Item = Result<T, SpoolError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let mut read = || -> std::io::Result<Vec<u8>> {
            let mut length = [0; 4];
            self.file.read_exact(&mut length)?;
            let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
            self.file.read_exact(&mut bytes)?;
            Ok(bytes)
        };
        let item = match read() {
            Ok(bytes) => postcard::from_bytes(&bytes).map_err(|error| failed(&self.folder, error)),
            Err(error) => Err(failed(&self.folder, error)),
        };
        Some(item)
    }
}

fn failed(folder: &str, reason: impl std::fmt::Display) -> SpoolError {
    SpoolError {
        folder: folder.to_owned(),
        reason: reason.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_back_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(folder.path()).unwrap();
        for i in 0..1000_u32 {
            spool.push(&(i, "x".repeat(i as usize))).unwrap();
        }
        assert_eq!(spool.len(), 1000);
        let items: Vec<(u32, String)> = spool.into_items().unwrap().map(Result::unwrap).collect();
        assert_eq!(items.len(), 1000);
        assert!(
            items
                .iter()
                .enumerate()
                .all(|(at, (i, text))| at == *i as usize && text.len() == at)
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_takes_no_file_is_named() {
        let error = Spool::<u32>::new(Path::new("/nowhere/at/all"))
            .err()
            .unwrap();
        assert!(error.to_string().contains("/nowhere/at/all"));
    }
}
