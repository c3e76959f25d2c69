//! What the readers of JSON formats share: finding the records of a file, naming what is wrong with
//! them, and reading values that sources write in more than one way.
//!
//! A file is read record by record and never held as a whole. A refused record is passed over; an
//! error after which the next record cannot be found ends the file.

mod dates;
mod fault;
mod lenient;
mod people;
mod place;
mod records;
#[cfg(test)]
pub(super) mod samples;
mod scan;
mod split;
#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
mod text;
mod web;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::BufRead;

use super::super::markup::{MAX_ABSTRACT_BYTES, MAX_TITLE_BYTES};
use super::super::record::{Extent, Input, Record, RecordError, Records, WorkRecord};

pub(super) use dates::Date;
pub(in crate::ingest) use fault::Fault;
pub(super) use lenient::{Flag, List, ListOrMap, Map, One, Rows, Text, TextOr};
pub(super) use people::{
    Listed, author_list, in_comma_order, is_organisation, name_in_parts, names_nobody, one_name,
    without_brackets,
};
pub(in crate::ingest) use place::Place;
pub(super) use records::{
    add_identifier, add_name, add_related, country_code, identifier, keyword, keywords, orcid,
    parse_orcid, ror, topic,
};
pub(in crate::ingest) use scan::find_id;
pub(in crate::ingest) use split::{Elements, Layout};
pub(super) use text::{block, line, plain};
pub(super) use web::{domain, domain_of, web_address};

/// The most that one record of a registry may take in its file, in bytes. A work of 3,000 authors with the
/// institutions of each takes some 10 MB.
pub(super) const MAX_RECORD_BYTES: usize = 32 * 1024 * 1024;

/// What a reader brings: where the records lie and what they say.
pub(in crate::ingest) struct Format {
    /// Where the records lie.
    pub layout: Layout,
    /// Keys of a record whose value names it, the best first.
    pub id: &'static [&'static str],
    /// Reads one object of the file, which may hold several records.
    pub parse: fn(&str, &mut Outcome) -> serde_json::Result<()>,
}

/// What became of one object of a file.
#[derive(Default)]
pub(in crate::ingest) struct Outcome(VecDeque<Result<Record, (Option<String>, Fault)>>);

impl Outcome {
    /// Takes a work, unless it lacks a title or is too long.
    pub fn work(&mut self, work: WorkRecord) {
        self.0.push_back(match check(&work) {
            Ok(()) => Ok(Record::Work(Box::new(work))),
            Err(fault) => Err((Some(work.record_key), fault)),
        });
    }

    /// Takes a record.
    pub fn keep(&mut self, record: Record) {
        self.0.push_back(Ok(record));
    }

    /// Refuses a record; the reason is told to the operator after the record's name.
    pub fn refuse(&mut self, id: &str, reason: impl Into<Cow<'static, str>>) {
        let id = (!id.is_empty()).then(|| line(id)).flatten();
        self.0.push_back(Err((id, Fault::Refused(reason.into()))));
    }
}

/// What keeps a work from being loaded: no title, a title or an abstract that is too long.
pub(in crate::ingest) fn check(record: &WorkRecord) -> Result<(), Fault> {
    if record.title_source.is_empty() {
        return Err(Fault::NoTitle);
    }
    let summary = record.abstract_source.as_ref().map_or(0, String::len);
    for (field, bytes, max) in [
        ("title", record.title_source.len(), MAX_TITLE_BYTES),
        ("abstract", summary, MAX_ABSTRACT_BYTES),
    ] {
        if bytes > max {
            return Err(Fault::TooLong { field, bytes, max });
        }
    }
    Ok(())
}

/// The bytes of a record as text.
pub(in crate::ingest) fn utf8(bytes: &[u8], place: Place) -> Result<&str, Fault> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (before, rest) = bytes.split_at(error.valid_up_to());
        let place = place.of(before);
        Fault::NotUtf8 {
            byte: rest.first().copied().unwrap_or_default(),
            line: place.line,
            column: place.column,
        }
    })
}

/// The records of one file.
pub(in crate::ingest) fn read(input: Input, format: &'static Format) -> Records {
    Box::new(Reader {
        file: input.name,
        elements: Elements::new(input.bytes, format.layout),
        format,
        index: 0,
        found: Outcome::default(),
        ended: false,
    })
}

struct Reader<R> {
    file: String,
    elements: Elements<R>,
    format: &'static Format,
    /// Which object of the file was read last, from 1.
    index: u64,
    found: Outcome,
    ended: bool,
}

impl<R: BufRead> Reader<R> {
    /// Reads the next object; `None` at the end of the file.
    fn advance(&mut self) -> Option<Result<(), RecordError>> {
        let found = self.elements.next();
        // Between records it is the file that is broken.
        let in_record = self.elements.in_record();
        self.index += u64::from(in_record);
        let (fault, goes_on) = match found {
            Ok(None) => return None,
            Ok(Some(place)) => match self.parse(place) {
                Ok(()) => return Some(Ok(())),
                Err((fault, cut_off)) => (fault, self.elements.goes_on_after(cut_off)),
            },
            Err(fault) => (fault, self.elements.goes_on()),
        };
        let id = scan::find_id(self.elements.bytes(), self.format.id);
        let index = if in_record { self.index } else { 0 };
        let extent = if goes_on {
            Extent::Record
        } else {
            Extent::File
        };
        Some(Err(fault.at(&self.file, index, id.as_deref(), extent)))
    }

    /// Reads the records of one object; the flag tells whether it ends too early.
    fn parse(&mut self, place: Place) -> Result<(), (Fault, bool)> {
        let text = utf8(self.elements.bytes(), place).map_err(|fault| (fault, false))?;
        (self.format.parse)(text, &mut self.found)
            .map_err(|error| (place.syntax(&error), error.is_eof()))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.found.0.pop_front() {
                return Some(found.map_err(|(id, fault)| {
                    fault.at(&self.file, self.index, id.as_deref(), Extent::Record)
                }));
            }
            if self.ended {
                return None;
            }
            match self.advance() {
                Some(Ok(())) => {}
                Some(Err(error)) => {
                    self.ended = error.extent == Extent::File;
                    return Some(Err(error));
                }
                None => self.ended = true,
            }
        }
    }
}
