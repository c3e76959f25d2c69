//! Places in a file.

use super::fault::Fault;

/// Where an object starts in its file, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct Place {
    pub line: u64,
    /// In bytes.
    pub column: u64,
}

impl Place {
    /// The place behind `before`, which starts here.
    pub fn of(self, before: &[u8]) -> Place {
        let lines = before.iter().filter(|byte| **byte == b'\n').count() as u64;
        match before.iter().rposition(|byte| *byte == b'\n') {
            Some(at) => Place {
                line: self.line + lines,
                column: (before.len() - at) as u64,
            },
            None => Place {
                line: self.line,
                column: self.column + before.len() as u64,
            },
        }
    }

    /// A fault here.
    pub fn wrong(self, message: &str) -> Fault {
        Fault::Syntax {
            line: self.line,
            column: self.column,
            message: message.to_owned(),
        }
    }

    /// An error inside the object that starts here, in lines of the file.
    pub fn syntax(self, error: &serde_json::Error) -> Fault {
        let line = error.line() as u64;
        let column = error.column() as u64;
        // serde_json adds the place inside the object to its words.
        let message = error.to_string();
        let message = message
            .rsplit_once(" at line ")
            .map_or(message.as_str(), |(words, _)| words);
        let within = if line <= 1 {
            self.column + column.saturating_sub(1)
        } else {
            column
        };
        Place {
            line: self.line + line.saturating_sub(1),
            column: within,
        }
        .wrong(message)
    }

    /// What `serde_json` says of `bytes`, which start here, or `cut_off` if they only lack an end.
    pub fn syntax_or(self, bytes: &[u8], cut_off: &str) -> Fault {
        match serde_json::from_slice::<serde::de::IgnoredAny>(bytes) {
            Err(error) if !error.is_eof() => self.syntax(&error),
            _ => self.wrong(cut_off),
        }
    }
}
