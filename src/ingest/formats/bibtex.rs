//! BibTeX and BibLaTeX (<https://ctan.org/pkg/bibtex>, <https://ctan.org/pkg/biblatex>).
//!
//! The entries are found here, so that a broken one costs no other, and read by the crate `biblatex` one by
//! one. `@string` counts from its place on. What an entry inherits (`crossref`, `xdata`) may stand before it or
//! behind it in the file, as long as what waits takes no more than [`MAX_WAITING_BYTES`]; not from another file,
//! and not from what inherits itself.

mod fields;
mod names;
mod split;
#[cfg(test)]
mod tests;
mod work;

use std::collections::{HashMap, VecDeque};

use super::lines::{Fault, Names};
use crate::ingest::record::{Input, Record, RecordError, Records};
use fields::{Fields, Strings};
use split::{Entries, Entry};

/// What entries that wait for another one may take in memory, and likewise those that others may wait for.
const MAX_WAITING_BYTES: usize = 16 * 1024 * 1024;

/// What one entry may pass on to any number of others.
const MAX_PASSED_BYTES: usize = 64 * 1024;

/// The works of a file.
pub fn read(input: Input) -> Records {
    Box::new(Reader {
        names: Names {
            file: input.name,
            index: 0,
        },
        entries: Entries::new(input.bytes),
        strings: Strings::default(),
        family: Family::default(),
        ready: VecDeque::new(),
        ended: false,
    })
}

struct Reader {
    names: Names,
    entries: Entries,
    strings: Strings,
    family: Family,
    ready: VecDeque<Result<Record, RecordError>>,
    ended: bool,
}

/// Entries that inherit, and those that they inherit from.
#[derive(Default)]
struct Family {
    /// What entries pass on, by their names in lower case.
    parents: HashMap<String, Fields>,
    parents_bytes: usize,
    /// Entries that wait, by the name of the one they wait for.
    waiting: HashMap<String, Vec<Waiting>>,
    waiting_bytes: usize,
}

/// An entry that is not complete yet.
struct Waiting {
    /// Its number in the file.
    index: u64,
    kind: String,
    key: String,
    fields: Fields,
}

impl Reader {
    /// Reads the next entry, or gets ready to end.
    fn advance(&mut self) {
        match self.entries.next() {
            Ok(Some(entry)) => self.entry(&entry),
            Ok(None) => {
                self.ended = true;
                for waiting in self.family.release() {
                    self.complete(waiting);
                }
                if self.names.index == 0 && self.entries.stray {
                    let reason = "this is not a BibTeX file: it holds no entry";
                    self.ready.push_back(Err(self.names.refuse_file(reason)));
                }
            }
            Err(Fault(reason)) => {
                self.ended = true;
                self.ready.push_back(Err(self.names.refuse_file(reason)));
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        if matches!(entry.kind.as_str(), "comment" | "preamble") {
            return;
        }
        if entry.kind == "string" {
            let defined = match &entry.flaw {
                Some(flaw) => Err(flaw.clone()),
                None => self.strings.define(entry),
            };
            if let Err(reason) = defined {
                self.refuse(entry, &reason);
            }
            return;
        }
        let fields = match &entry.flaw {
            Some(flaw) => Err(flaw.clone()),
            None => Fields::of(entry, &self.strings),
        };
        match fields {
            Ok(_) if entry.kind == "set" => {
                self.refuse(entry, "it is a set of other entries and not a work");
            }
            Ok(fields) => self.keep(entry, fields),
            Err(reason) => self.refuse(entry, &reason),
        }
    }

    fn refuse(&mut self, entry: &Entry, reason: &str) {
        let key = match entry.key.as_str() {
            "" => format!("@{}", entry.kind),
            key => key.to_owned(),
        };
        let reason = match reason.starts_with("line ") {
            true => reason.to_owned(),
            false => format!("line {}: {reason}", entry.line),
        };
        let refused = self.names.refuse(&key, reason);
        self.ready.push_back(Err(refused));
    }

    fn keep(&mut self, entry: &Entry, mut fields: Fields) {
        let name = entry.key.to_lowercase();
        let passed = work::may_be_parent(&entry.kind).then(|| fields.to_inherit());
        if let Some(passed) = passed.filter(|passed| passed.bytes() <= MAX_PASSED_BYTES) {
            for mut waiting in self.family.born(&name, &passed) {
                waiting.fields.inherit(&passed);
                self.complete(waiting);
            }
        }
        // It only holds what others inherit.
        if entry.kind == "xdata" {
            return;
        }
        self.names.index += 1;
        let parents = [fields.get("crossref"), fields.get("xdata")];
        let parents: Vec<String> = parents
            .into_iter()
            .flatten()
            .flat_map(|keys| keys.split(','))
            .map(|key| key.trim().to_lowercase())
            .collect();
        for parent in parents
            .iter()
            .filter_map(|key| self.family.parents.get(key))
        {
            fields.inherit(parent);
        }
        let missing = parents
            .into_iter()
            .find(|key| !self.family.parents.contains_key(key));
        let waiting = Waiting {
            index: self.names.index,
            kind: entry.kind.clone(),
            key: entry.key.clone(),
            fields,
        };
        match missing {
            Some(parent) if work::is_incomplete(&waiting.kind, &waiting.fields) => {
                for waiting in self.family.wait(parent, waiting) {
                    self.complete(waiting);
                }
            }
            _ => self.complete(waiting),
        }
    }

    /// An entry is as complete as it will be.
    fn complete(&mut self, entry: Waiting) {
        let work = work::read(&entry.kind, &entry.key, &entry.fields);
        self.ready
            .push_back(self.names.work_at(entry.index, &entry.key, work));
    }
}

impl Family {
    /// An entry has come from which others may inherit: those that waited for it.
    fn born(&mut self, name: &str, passed: &Fields) -> Vec<Waiting> {
        let bytes = name.len() + passed.bytes();
        if self.parents_bytes + bytes <= MAX_WAITING_BYTES {
            self.parents_bytes += bytes;
            self.parents.insert(name.to_owned(), passed.clone());
        }
        let children = self.waiting.remove(name).unwrap_or_default();
        for child in &children {
            self.waiting_bytes -= child.bytes();
        }
        children
    }

    /// Lets an entry wait. If that becomes too much, nobody waits any longer.
    fn wait(&mut self, parent: String, entry: Waiting) -> Vec<Waiting> {
        self.waiting_bytes += entry.bytes();
        self.waiting.entry(parent).or_default().push(entry);
        if self.waiting_bytes > MAX_WAITING_BYTES {
            self.release()
        } else {
            Vec::new()
        }
    }

    /// All that wait, in the order of the file.
    fn release(&mut self) -> Vec<Waiting> {
        self.waiting_bytes = 0;
        let mut entries: Vec<Waiting> = self.waiting.drain().flat_map(|(_, all)| all).collect();
        entries.sort_by_key(|entry| entry.index);
        entries
    }
}

impl Waiting {
    fn bytes(&self) -> usize {
        self.key.len() + self.kind.len() + self.fields.bytes()
    }
}

impl Iterator for Reader {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            self.advance();
        }
        self.ready.pop_front()
    }
}
