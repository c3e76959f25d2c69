//! The fields of one entry, its abbreviations put in.

use std::collections::HashMap;

use biblatex::{Pair, ParseError, ParseErrorKind, RawBibliography, RawChunk};

use super::split::Entry;
use crate::ingest::csl_json::MAX_RECORD_BYTES;

/// What all `@string` of a file may take together.
const MAX_STRINGS_BYTES: usize = MAX_RECORD_BYTES;

/// What the abbreviations of one entry may come to when they are written out: a few letters must not make much
/// work.
const MAX_WRITTEN_OUT_BYTES: usize = 64 * 1024;

/// No entry has so many fields; they are searched one by one.
const MAX_FIELDS: usize = 500;

/// The abbreviations that a file has defined so far, each written out.
#[derive(Default)]
pub(super) struct Strings {
    known: HashMap<String, String>,
    bytes: usize,
}

impl Strings {
    /// Takes the definitions of an `@string`. Abbreviations in them are put in here and now, so that
    /// none can lead to itself.
    pub fn define(&mut self, entry: &Entry) -> Result<(), String> {
        let source = format!("@string{{{}}}", entry.fields);
        let raw = RawBibliography::parse(&source).map_err(|error| told(&error, &source, entry))?;
        let mut left = MAX_WRITTEN_OUT_BYTES;
        for pair in &raw.abbreviations {
            let value = self.written_out(pair, &mut left)?;
            self.bytes += pair.key.v.len() + value.len();
            if self.bytes > MAX_STRINGS_BYTES {
                return Err(format!(
                    "the abbreviations of this file are too long: at most {MAX_STRINGS_BYTES} bytes are \
                     accepted"
                ));
            }
            self.known.insert(pair.key.v.to_lowercase(), value);
        }
        Ok(())
    }

    /// A value in one piece. An abbreviation that the file does not define, such as those of months and those
    /// of files that styles bring, stands for itself.
    fn written_out(&self, pair: &Pair<'_>, left: &mut usize) -> Result<String, String> {
        let mut value = String::new();
        for chunk in &pair.value.v {
            match chunk.v {
                RawChunk::Normal(text) => value.push_str(text),
                RawChunk::Abbreviation(name) => {
                    let text = self.known.get(&name.to_lowercase());
                    let text = text.map_or(name, String::as_str);
                    *left = left.checked_sub(text.len()).ok_or_else(|| {
                        format!(
                            "its abbreviations are too long: at most {MAX_WRITTEN_OUT_BYTES} bytes are \
                             accepted"
                        )
                    })?;
                    value.push_str(text);
                }
            }
        }
        Ok(value)
    }
}

/// The fields of an entry by their names in lower case; of two with one name the first, as BibTeX does.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads the fields of an entry.
    pub fn of(entry: &Entry, strings: &Strings) -> Result<Self, String> {
        let source = format!("@entry{{key,{}}}", entry.fields);
        let raw = RawBibliography::parse(&source).map_err(|error| told(&error, &source, entry))?;
        let mut fields = Self::default();
        let mut left = MAX_WRITTEN_OUT_BYTES;
        for pair in raw.entries.iter().flat_map(|entry| &entry.v.fields) {
            let value = strings.written_out(pair, &mut left)?;
            fields.add(&pair.key.v.to_lowercase(), &value);
        }
        Ok(fields)
    }

    fn add(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() && self.0.len() < MAX_FIELDS && self.get(name).is_none() {
            self.0.push((name.to_owned(), value.trim().to_owned()));
        }
    }

    /// The value of a field, trimmed and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first of these fields that the entry has.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// How much memory they take, roughly.
    pub fn bytes(&self) -> usize {
        self.0
            .iter()
            .map(|(name, value)| name.len() + value.len() + 48)
            .sum()
    }

    /// The fields that entries may inherit, under the names that they have there.
    pub fn to_inherit(&self) -> Self {
        let mut passed = Self::default();
        if let Some(title) = self.first(&["booktitle", "title"]) {
            passed.add("booktitle", title);
        }
        if let Some(author) = self.first(&["bookauthor", "author"]) {
            passed.add("bookauthor", author);
        }
        for name in INHERITED {
            if let Some(value) = self.get(name) {
                passed.add(name, value);
            }
        }
        passed
    }

    /// Takes what this entry does not have itself.
    pub fn inherit(&mut self, from: &Self) {
        for (name, value) in &from.0 {
            self.add(name, value);
        }
    }
}

/// What a part has in common with the whole, its DOI for example not.
const INHERITED: [&str; 10] = [
    "date",
    "day",
    "institution",
    "journal",
    "journaltitle",
    "month",
    "organization",
    "publisher",
    "school",
    "year",
];

/// What is wrong with an entry, and in which line.
fn told(error: &ParseError, source: &str, entry: &Entry) -> String {
    let before = source.get(..error.span.start).unwrap_or(source);
    let breaks = before.bytes().filter(|byte| *byte == b'\n').count();
    let line = entry.fields_line + breaks as u64;
    let reason = match &error.kind {
        ParseErrorKind::UnexpectedEof => "a value is missing".to_owned(),
        kind => kind.to_string(),
    };
    format!("line {line}: {reason}")
}
