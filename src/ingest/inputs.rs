//! From the paths that the operator gives to records: files, folders, archives, standard input, packed or not.
//!
//! Everything is a stream: no file and no member of an archive is ever held whole. Packing is recognised by the first bytes
//! of a file, the format by what comes out ([`guess`](super::format::guess)). What unpacks to far more than it should is
//! refused, and so is a file that is cut off, damaged, or written to while it is read; that may show only at its end, so
//! a caller reads all records of a [`Source`] before it believes the first.

mod budget;
mod names;
mod packing;
mod progress;
#[cfg(test)]
mod samples;
mod stream;
#[cfg(test)]
mod tests;
mod unit;
mod unpack;
mod walk;
mod watch;

use std::collections::VecDeque;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::format::{Choice, Format};
use super::record::{Extent, RecordError, Records};
use budget::Limits;
pub use progress::BytesRead;
use progress::Meter;
use unit::Unit;
use unpack::{Job, Origin};
use walk::Found;
use watch::Watch;

/// The place of an error that is of no record.
const WHOLE: &str = "the file as a whole";

/// What `-` is called in messages.
pub const STDIN: &str = "standard input";

/// One file that was named or found in a folder, which is imported as a whole: the members of an archive belong to it.
pub struct Source {
    /// The file, for messages.
    pub name: String,
    /// Its format; of an archive that of the first member that is read.
    pub format: Option<Format>,
    /// Its records, to its end. After an error with [`Extent::File`] nothing follows, and nothing that came before it
    /// may be kept.
    pub records: Records,
}

/// The files that are to be read, one after the other; each is opened when it is its turn. An error stands for a file
/// (or a link, or a folder) of which nothing can be read; the next one may be good.
pub struct Sources {
    found: VecDeque<Found>,
    choice: Option<Choice>,
    scratch: PathBuf,
    limits: Limits,
    notes: Notes,
    read: BytesRead,
    total: Option<u64>,
}

/// Looks for the files that `paths` mean: files, folders with all that is in them, pipes, `-` for standard input.
/// Without a `choice` the format of each is guessed. What has to be put on disk for a while goes into the folder `scratch`.
pub fn open(paths: &[PathBuf], choice: Option<Choice>, scratch: &Path) -> Sources {
    let notes = Notes::default();
    let found = walk::walk(paths, choice, &notes);
    let sizes = found.iter().map(|found| match found {
        Found::File { size, .. } => *size,
        Found::Stdin => None,
        Found::Broken(_) => Some(0),
    });
    Sources {
        total: sizes.sum(),
        found: found.into(),
        choice,
        scratch: scratch.to_owned(),
        limits: Limits::USUAL,
        notes,
        read: BytesRead::default(),
    }
}

impl Sources {
    /// How many bytes of all files have been read, as they lie on disk.
    pub fn bytes_read(&self) -> BytesRead {
        self.read.clone()
    }

    /// How many there are, where that is known: not of pipes and standard input.
    pub fn total_bytes(&self) -> Option<u64> {
        self.total
    }

    /// How many files are still to come.
    pub fn remaining(&self) -> usize {
        self.found.len()
    }

    /// What was passed over so far, and what else the operator should know.
    pub fn notes(&self) -> Notes {
        self.notes.clone()
    }

    /// Opens a file; `None` if there is nothing to read in it, which was noted.
    fn file(&self, path: &Path, given: bool) -> Result<Option<Source>, RecordError> {
        let name = path.display().to_string();
        let unreadable = |error: std::io::Error| walk::unreadable(path, &error);
        let file = File::open(path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        if !metadata.is_file() {
            return self.source(name, given, Origin::Pipe(Box::new(file)), None, None);
        }
        if metadata.len() == 0 {
            return Err(broken(&name, "the file is empty"));
        }
        let watch = Watch::new(path.to_owned(), &file, &metadata).map_err(unreadable)?;
        let size = Some(metadata.len());
        self.source(name, given, Origin::File(file), size, Some(watch))
    }

    fn source(
        &self,
        name: String,
        given: bool,
        origin: Origin,
        size: Option<u64>,
        watch: Option<Watch>,
    ) -> Result<Option<Source>, RecordError> {
        let meter = Meter::new(self.read.clone(), size);
        let job = Job {
            name: (name != STDIN).then(|| name.clone()),
            origin,
            meter: meter.clone(),
            limits: self.limits,
            choice: self.choice,
            scratch: self.scratch.clone(),
        };
        let stream = unpack::start(job)
            .map_err(|error| broken(&name, format!("cannot be read: {error}")))?;
        let notes = self.notes.clone();
        let choice = self.choice;
        let mut unit = Unit::new(name.clone(), choice, given, stream, watch, meter, notes);
        Ok(unit.start()?.map(|format| Source {
            name,
            format,
            records: Box::new(unit),
        }))
    }
}

impl Iterator for Sources {
    type Item = Result<Source, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let source = match self.found.pop_front()? {
                Found::File { path, given, .. } => self.file(&path, given),
                Found::Stdin => {
                    let origin = Origin::Pipe(Box::new(std::io::stdin()));
                    self.source(STDIN.to_owned(), true, origin, None, None)
                }
                Found::Broken(error) => Err(error),
            };
            if let Some(source) = source.transpose() {
                return Some(source);
            }
        }
    }
}

/// Something that the operator should know, though nothing was refused.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// The file, or a member of an archive.
    pub file: String,
    /// What about it: "it is hidden".
    pub what: String,
}

/// The notes that were made since they were last taken.
#[derive(Clone, Debug, Default)]
pub struct Notes(Arc<Mutex<Vec<Note>>>);

impl Notes {
    /// Takes them.
    pub fn take(&self) -> Vec<Note> {
        std::mem::take(&mut self.notes())
    }

    fn push(&self, file: &str, what: &str) {
        self.notes().push(Note {
            file: file.to_owned(),
            what: what.to_owned(),
        });
    }

    fn notes(&self) -> MutexGuard<'_, Vec<Note>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file of which nothing can be used.
fn broken(file: &str, reason: impl Into<String>) -> RecordError {
    RecordError {
        file: file.to_owned(),
        place: WHOLE.to_owned(),
        reason: reason.into(),
        extent: Extent::File,
    }
}
