//! What the readers of XML formats share: walking through a file of any length and handing over one
//! record of it at a time.
//!
//! Nothing is expanded but the five entities of XML, numbers, and a fixed table where a format brings
//! one; a file that declares entities of its own is refused. Depth, the length of a piece and the length of
//! a record are limited. Names are compared without their namespace.

mod entities;
mod pull;
mod rich;
mod source;
mod tape;
#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use super::super::record::{Extent, Input, Record, RecordError, Records, WorkRecord};
use super::fields;
pub(super) use entities::{html_latin, none as no_entities};
use pull::{Fault, Next, Pull};
pub(super) use rich::{Mark, rich};
pub(super) use tape::Element;

/// What to do with an element that stands outside of records.
pub(super) enum Step {
    /// It holds records, or what belongs to all of them.
    Enter,
    /// It is a record.
    Record,
    /// It is nothing to us.
    Skip,
}

/// What a reader brings: where the records lie, and what they say.
pub(super) trait Shape: Send + 'static {
    /// What a file of this format is called in messages, with its article: `a PubMed file`.
    const NAME: &'static str;

    /// What an element is of which only the tag has been read; `depth` is 0 for the outermost one.
    /// `None` there means that the file is of another format.
    fn step(&mut self, tag: Element<'_>, depth: usize) -> Option<Step>;

    /// Reads a record.
    fn record(&mut self, element: Element<'_>, found: &mut Found);

    /// An element that was entered ends.
    fn leave(&mut self, _name: &str) {}

    /// What names a record that cannot be read whole.
    fn key(&self, element: Element<'_>) -> Option<String>;

    /// Parts of records that are passed over without being held in memory.
    fn ignores(&self, _name: &str) -> bool {
        false
    }

    /// Entities besides those of XML.
    fn entity(&self, name: &str) -> Option<char> {
        no_entities(name)
    }
}

/// What the records of a file turned out to be.
#[derive(Default)]
pub(super) struct Found(VecDeque<Result<Record, Refused>>);

/// Why something in a file is refused.
struct Refused {
    key: Option<String>,
    reason: String,
    extent: Extent,
}

impl Found {
    /// Takes a work, unless it lacks a title or is too long.
    pub fn work(&mut self, work: WorkRecord) {
        match fields::flaw(&work) {
            None => self.0.push_back(Ok(Record::Work(Box::new(work)))),
            Some(reason) => self.refuse(Some(work.record_key), reason),
        }
    }

    /// Takes any other record.
    pub fn keep(&mut self, record: Record) {
        self.0.push_back(Ok(record));
    }

    /// Refuses a record.
    pub fn refuse(&mut self, key: Option<String>, reason: impl Into<String>) {
        self.0.push_back(Err(Refused {
            key: key.filter(|key| !key.is_empty()),
            reason: reason.into(),
            extent: Extent::Record,
        }));
    }

    /// Refuses the file: what it says applies to all of it.
    pub fn refuse_file(&mut self, reason: impl Into<String>) {
        self.0.push_back(Err(Refused {
            key: None,
            reason: reason.into(),
            extent: Extent::File,
        }));
    }
}

/// The records of a file.
pub(super) fn read<S: Shape>(input: Input, shape: S) -> Records {
    Box::new(Reader::new(input, shape))
}

/// Reads one file, record by record.
pub(super) struct Reader<S> {
    file: String,
    pull: Pull,
    shape: S,
    found: Found,
    /// How many records were found, refused ones included.
    index: u64,
    ended: bool,
}

impl<S: Shape> Reader<S> {
    pub(super) fn new(input: Input, shape: S) -> Self {
        Self {
            file: input.name,
            pull: Pull::new(input.bytes),
            shape,
            found: Found::default(),
            index: 0,
            ended: false,
        }
    }

    /// What the shape has gathered, once the records are read.
    pub(super) fn into_shape(self) -> S {
        self.shape
    }

    /// Goes on to the next record or to the end of the file.
    fn advance(&mut self) {
        let next = match self.pull.next(|name| self.shape.entity(name)) {
            Ok(next) => next,
            Err(fault) => return self.fail(fault),
        };
        match next {
            Next::Start => self.start(),
            Next::End(name) => self.shape.leave(&name),
            Next::EndOfFile => self.ended = true,
        }
    }

    fn start(&mut self) {
        let depth = self.pull.depth() - 1;
        let Some(tag) = self.pull.element() else {
            return;
        };
        match self.shape.step(tag, depth) {
            Some(Step::Enter) => {}
            Some(Step::Skip) => {
                if let Err(fault) = self.pull.skip() {
                    self.fail(fault);
                }
            }
            Some(Step::Record) => self.record(),
            None => {
                let name = tag.name().to_owned();
                self.fail(Fault::Other(format!(
                    "this is not {}: its outermost element is <{name}>",
                    S::NAME
                )));
            }
        }
    }

    fn record(&mut self) {
        let shape = &self.shape;
        let flaw = match self
            .pull
            .collect(|name| shape.ignores(name), |name| shape.entity(name))
        {
            Ok(flaw) => flaw,
            Err(fault) => {
                // The record is not whole, but it may be known by name.
                let key = self.pull.element().and_then(|part| self.shape.key(part));
                return self.fail_in(key, fault);
            }
        };
        let Some(element) = self.pull.element() else {
            return;
        };
        match flaw {
            Some(reason) => self.found.refuse(self.shape.key(element), reason),
            None => self.shape.record(element, &mut self.found),
        }
    }

    fn fail(&mut self, fault: Fault) {
        self.fail_in(None, fault);
    }

    fn fail_in(&mut self, key: Option<String>, fault: Fault) {
        let reason = match fault {
            Fault::At(place, reason) => format!("{place}: {reason}"),
            Fault::Other(reason) => reason,
        };
        self.found.0.push_back(Err(Refused {
            key,
            reason,
            extent: Extent::File,
        }));
        self.ended = true;
    }
}

impl<S: Shape> Iterator for Reader<S> {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.found.0.is_empty() {
            if self.ended {
                return None;
            }
            self.advance();
        }
        let found = self.found.0.pop_front()?;
        if !matches!(
            found,
            Err(Refused {
                key: None,
                extent: Extent::File,
                ..
            })
        ) {
            self.index += 1;
        }
        if matches!(
            found,
            Err(Refused {
                extent: Extent::File,
                ..
            })
        ) {
            self.ended = true;
            self.found.0.clear();
        }
        let index = self.index;
        Some(found.map_err(|refused| RecordError {
            file: self.file.clone(),
            place: match (refused.extent, refused.key) {
                (_, Some(key)) => format!("record {index} ({})", fields::short(&key)),
                (Extent::Record, None) => format!("record {index}"),
                (Extent::File, None) => "the file as a whole".to_owned(),
            },
            reason: fields::told(&refused.reason),
            extent: refused.extent,
        }))
    }
}
