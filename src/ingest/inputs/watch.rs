//! Whether a file changed while it was read.

use std::fs::{File, Metadata};
use std::io::Result;
use std::path::PathBuf;
use std::time::SystemTime;

/// A regular file as it was when it was opened.
pub(super) struct Watch {
    path: PathBuf,
    file: File,
    size: u64,
    modified: Option<SystemTime>,
}

impl Watch {
    pub(super) fn new(path: PathBuf, file: &File, metadata: &Metadata) -> Result<Self> {
        Ok(Self {
            path,
            file: file.try_clone()?,
            size: metadata.len(),
            modified: metadata.modified().ok(),
        })
    }

    /// What became of the file since.
    pub(super) fn change(&self) -> Option<String> {
        let Ok(now) = self.file.metadata() else {
            return Some("it cannot be looked at any more".to_owned());
        };
        if now.len() != self.size {
            let (before, after) = (self.size, now.len());
            return Some(format!(
                "its size went from {before} to {after} bytes while it was read"
            ));
        }
        if now.modified().ok() != self.modified {
            return Some("it was written to while it was read".to_owned());
        }
        let opened = self.file.try_clone().and_then(same_file::Handle::from_file);
        match (opened, same_file::Handle::from_path(&self.path)) {
            (Ok(opened), Ok(named)) if opened == named => None,
            (_, Err(error)) if error.kind() == std::io::ErrorKind::NotFound => {
                Some("it was removed while it was read".to_owned())
            }
            _ => Some("another file took its place while it was read".to_owned()),
        }
    }
}
