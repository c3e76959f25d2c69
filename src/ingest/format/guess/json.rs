//! JSON by the keys of its records.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::Format;

/// Deeper values tell nothing that those above did not.
const MAX_DEPTH: usize = 6;
/// How often a line that is no JSON is passed over.
const MAX_BROKEN_LINES: usize = 100;
/// What answers of registries put around their records.
const WRAPPERS: [&str; 7] = [
    "message.items.",
    "message.",
    "results.",
    "items.",
    "data.",
    "citingPaper.",
    "citedPaper.",
];

/// The types of CSL that works mostly have.
const CSL_TYPES: [&str; 14] = [
    "type=article",
    "type=article-journal",
    "type=article-magazine",
    "type=article-newspaper",
    "type=book",
    "type=chapter",
    "type=dataset",
    "type=entry-encyclopedia",
    "type=manuscript",
    "type=paper-conference",
    "type=report",
    "type=software",
    "type=thesis",
    "type=webpage",
];

pub(super) fn guess(bytes: &[u8]) -> Option<Format> {
    let mut seen = Seen::default();
    seen.read(bytes);
    seen.format()
}

/// What the start of a file says.
#[derive(Default)]
struct Seen {
    /// The keys that lead to each value, joined by full stops: `author.given`. Lists add nothing.
    keys: HashSet<String>,
    /// The values of `id`, `type` and `path`, as `id=https://…`.
    texts: HashSet<String>,
}

impl Seen {
    /// Reads one value after the other (a file has one, or one a line) up to where the bytes end, mostly in the middle
    /// of one.
    fn read(&mut self, mut bytes: &[u8]) {
        for _ in 0..MAX_BROKEN_LINES {
            let mut json = serde_json::Deserializer::from_slice(bytes);
            let error = loop {
                let value = Value {
                    seen: self,
                    keys: &mut String::new(),
                    depth: 0,
                };
                if let Err(error) = value.deserialize(&mut json) {
                    break error;
                }
            };
            if error.is_eof() {
                return;
            }
            let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
            let read: usize = lines.by_ref().take(error.line()).map(<[u8]>::len).sum();
            bytes = &bytes[read..];
        }
    }

    fn has(&self, keys: &str) -> bool {
        self.keys.contains(keys)
    }

    fn any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|keys| self.has(keys))
    }

    fn text(&self, start: &str) -> bool {
        self.texts.iter().any(|text| text.starts_with(start))
    }

    /// The formats by what no other has; those that copy from others come last.
    fn format(&self) -> Option<Format> {
        if self.any(&[
            "orcid-identifier",
            "result.orcid-identifier",
            "orcid-profile",
        ]) || (self.has("last-modified-date") && self.text("path=/"))
        {
            return Some(Format::OrcidJson);
        }
        let openalex = ["https://openalex.org/", "http://openalex.org/", "openalex:"];
        if openalex
            .iter()
            .any(|start| self.text(&format!("id={start}")))
            || self.any(&[
                "ids.openalex",
                "abstract_inverted_index",
                "meta.db_response_time_ms",
            ])
        {
            return Some(Format::OpenAlex);
        }
        if self.text("id=https://ror.org/")
            || self.text("id=http://ror.org/")
            || self.any(&["names.types", "email_address", "number_of_results"])
        {
            return Some(Format::Ror);
        }
        if self.any(&["paperId", "corpusid", "authorId", "authorid"])
            || (self.has("data") && self.any(&["offset", "token"]))
        {
            return Some(Format::SemanticScholar);
        }
        if self.any(&[
            "attributes.schemaVersion",
            "attributes.doi",
            "attributes.creators",
            "schemaVersion",
            "types.resourceTypeGeneral",
            "meta.totalPages",
        ]) {
            return Some(Format::DataCite);
        }
        if self.has("authors_parsed") || (self.has("update_date") && self.has("categories")) {
            return Some(Format::ArxivLines);
        }
        if self.has("message-type")
            || (self.has("DOI")
                && self.any(&["indexed", "reference-count", "author.sequence", "member"]))
        {
            return Some(Format::Crossref);
        }
        let names = [
            "author.family",
            "author.literal",
            "issued.date-parts",
            "citation-key",
        ];
        let described = self.any(&names)
            || (self.has("title") && self.any(&["container-title", "DOI"]))
            || (self.has("title") && CSL_TYPES.iter().any(|kind| self.texts.contains(*kind)));
        described.then_some(Format::CslJson)
    }
}

/// A value at these keys.
struct Value<'a> {
    seen: &'a mut Seen,
    keys: &'a mut String,
    depth: usize,
}

impl Value<'_> {
    /// The value of this key of the object that is being read.
    fn at<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let end = self.keys.len();
        if end > 0 {
            self.keys.push('.');
        }
        self.keys.push_str(key);
        let keys = record_keys(self.keys);
        if !self.seen.keys.contains(keys) {
            self.seen.keys.insert(keys.to_owned());
        }
        let inner = Value {
            seen: self.seen,
            keys: self.keys,
            depth: self.depth + 1,
        };
        map.next_value_seed(inner)?;
        self.keys.truncate(end);
        Ok(())
    }
}

/// The keys as they are within a record.
fn record_keys(keys: &str) -> &str {
    let mut keys = keys;
    while let Some(inner) = WRAPPERS
        .iter()
        .find_map(|wrapper| keys.strip_prefix(wrapper))
    {
        keys = inner;
    }
    keys
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.depth > MAX_DEPTH {
            return deserializer.deserialize_ignored_any(IgnoredAny).map(drop);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            self.at(&key, &mut map)?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        loop {
            let element = Value {
                seen: self.seen,
                keys: self.keys,
                depth: self.depth + 1,
            };
            if list.next_element_seed(element)?.is_none() {
                return Ok(());
            }
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let keys = record_keys(self.keys);
        if matches!(keys, "id" | "type" | "path") {
            let start: String = text.chars().take(40).collect();
            self.seen.texts.insert(format!("{keys}={start}"));
        }
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
