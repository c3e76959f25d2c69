//! What can be wrong with a record or its file, and how it is told.

use std::borrow::Cow;

use super::super::fields::{short, told};
use crate::ingest::record::{Extent, RecordError};

/// What is wrong with a record or its file.
#[derive(Debug, thiserror::Error)]
pub(in crate::ingest) enum Fault {
    /// The file cannot be opened or read.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// UTF-16.
    #[error("the file is in UTF-16; convert it first: iconv -f UTF-16 -t UTF-8")]
    Utf16,
    /// Some other encoding, mostly one of one byte per letter.
    #[error(
        "byte 0x{byte:02X} at line {line}, column {column} is not UTF-8; if the file is in ISO-8859-1 or Windows-1252, \
         convert it first: iconv -f WINDOWS-1252 -t UTF-8"
    )]
    NotUtf8 {
        /// The byte that cannot stand there.
        byte: u8,
        /// From 1.
        line: u64,
        /// From 1, in bytes.
        column: u64,
    },
    /// Broken JSON.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// From 1.
        line: u64,
        /// From 1, in bytes.
        column: u64,
        /// What was expected.
        message: String,
    },
    /// Neither title nor anything to make one of.
    #[error("it has no title")]
    NoTitle,
    /// A field beyond its limit, read to its end.
    #[error("its {field} is too long: {bytes} bytes, at most {max} are accepted")]
    TooLong {
        /// Which field.
        field: &'static str,
        /// Its length in bytes.
        bytes: usize,
        /// The limit in bytes.
        max: usize,
    },
    /// A record that would not end; reading stopped at the limit.
    #[error("its {field} is too long: a record may take {max} bytes in the file")]
    Endless {
        /// The field that was being read.
        field: String,
        /// The limit in bytes.
        max: usize,
    },
    /// Good JSON that is no record we keep.
    #[error("{0}")]
    Refused(Cow<'static, str>),
}

impl Fault {
    /// Tells the operator which file and record are meant. `index` counts from 1; 0 means the file
    /// around the records.
    pub fn at(self, file: &str, index: u64, id: Option<&str>, extent: Extent) -> RecordError {
        let id = id.map(short).filter(|id| !id.is_empty());
        let place = match (index, id) {
            (0, _) => "the file as a whole".to_owned(),
            (index, Some(id)) => format!("record {index} ({id})"),
            (index, None) => format!("record {index}"),
        };
        RecordError {
            file: file.to_owned(),
            place,
            reason: told(&self.to_string()),
            extent,
        }
    }
}
