//! The report of an import: every record and file that was refused, and why, one JSON object a line, written while the
//! import goes on.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

use super::record::RecordError;
use crate::domain::clock;

/// Reasons that are counted by themselves; what is told in still more ways counts as [`OTHER`].
const MAX_REASONS: usize = 1000;
/// What further reasons count as.
const OTHER: &str = "other reasons";

/// Where the report goes.
#[derive(Clone, Debug)]
pub enum Place {
    /// To this file, written anew, also when nothing is refused.
    File(PathBuf),
    /// To a file in this folder that is named after the instant (epoch milliseconds); only if something is refused.
    Folder(PathBuf, i64),
}

/// Takes what is refused.
pub struct Refusals {
    place: Place,
    file: Option<(PathBuf, File)>,
    line: Vec<u8>,
    total: u64,
    reasons: BTreeMap<String, u64>,
}

impl Refusals {
    /// An empty report. A file that the operator named is made at once, so that an hour's import does not fail for it.
    ///
    /// # Errors
    /// When that file cannot be made.
    pub fn new(place: Place) -> Result<Self> {
        let file = match &place {
            Place::File(path) => {
                let file = File::create(path).map_err(|error| named(path, &error))?;
                Some((path.clone(), file))
            }
            Place::Folder(..) => None,
        };
        Ok(Self {
            place,
            file,
            line: Vec::new(),
            total: 0,
            reasons: BTreeMap::new(),
        })
    }

    /// Writes down one refusal.
    ///
    /// # Errors
    /// When the report cannot be written; the sentence names it.
    pub fn add(&mut self, refusal: &RecordError) -> Result<()> {
        self.total += 1;
        self.count(&refusal.reason);
        if self.file.is_none()
            && let Place::Folder(folder, now) = &self.place
        {
            self.file = Some(create_in(folder, *now)?);
        }
        if let Some((path, file)) = &mut self.file {
            self.line.clear();
            serde_json::to_writer(&mut self.line, refusal)?;
            self.line.push(b'\n');
            // One write a line: a process that is killed leaves whole lines.
            file.write_all(&self.line)
                .map_err(|error| named(path, &error))?;
        }
        Ok(())
    }

    /// How many there were.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many there were for each reason, the most frequent first. Numbers in reasons are replaced by `…`.
    pub fn by_reason(&self) -> Vec<(&str, u64)> {
        let mut reasons: Vec<(&str, u64)> = self
            .reasons
            .iter()
            .map(|(reason, count)| (reason.as_str(), *count))
            .collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        reasons
    }

    /// The report, if there is one.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|(path, _)| path.as_path())
    }

    fn count(&mut self, reason: &str) {
        let reason = without_numbers(reason);
        let known = self.reasons.contains_key(&reason) || self.reasons.len() < MAX_REASONS;
        let reason = if known { reason } else { OTHER.to_owned() };
        *self.reasons.entry(reason).or_default() += 1;
    }
}

/// A new file in the folder, which is made if need be: `2026-05-28T20-26-40Z.jsonl`.
fn create_in(folder: &Path, now: i64) -> Result<(PathBuf, File)> {
    fs::create_dir_all(folder).map_err(|error| named(folder, &error))?;
    let instant = clock::iso8601(now).replace(':', "-");
    for attempt in 1.. {
        let name = match attempt {
            1 => format!("{instant}.jsonl"),
            _ => format!("{instant}-{attempt}.jsonl"),
        };
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(named(&path, &error)),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

fn named(path: &Path, error: &Error) -> Error {
    let path = path.display();
    Error::new(
        error.kind(),
        format!("the report {path} cannot be written: {error}"),
    )
}

/// The reason as it is for every record alike.
fn without_numbers(reason: &str) -> String {
    let mut kind = String::with_capacity(reason.len());
    let mut in_number = false;
    for letter in reason.chars() {
        if !letter.is_ascii_digit() {
            kind.push(letter);
        } else if !in_number {
            kind.push('…');
        }
        in_number = letter.is_ascii_digit();
    }
    kind
}
