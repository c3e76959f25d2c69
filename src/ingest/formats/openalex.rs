//! OpenAlex: works, authors, institutions, topics, concepts and keywords, as lines of the snapshot, as answers of
//! the API and as single records.
//!
//! What an object is, its id tells: `W…` a work, `A…` an author. Its schema has changed over the years;
//! fields are read where any of them left them. Format: <https://docs.openalex.org/api-entities>.

mod abstracts;
mod entities;
#[cfg(test)]
mod tests;
mod topics;
mod work;

use serde::Deserialize;

use super::super::record::{Input, Record, RecordInstitution, Records};
use super::json::{
    self, Format, Layout, MAX_RECORD_BYTES, Outcome, Text, country_code, find_id, line, ror,
};

const SOURCE: &str = "OpenAlex";

/// Ids that stand for nobody in particular: unknown, and deleted.
const NOBODY: [&str; 2] = ["A9999999999", "A5317838346"];

static FORMAT: Format = Format {
    layout: Layout {
        lists: &[&["results"]],
        objects: &[],
        max: MAX_RECORD_BYTES,
    },
    id: &["id"],
    parse,
};

/// Reads works, authors, institutions and subjects. Other entities are refused, each with its reason.
pub fn read(input: Input) -> Records {
    json::read(input, &FORMAT)
}

/// What an object is, by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entity<'a> {
    Work,
    Author,
    Institution,
    /// Of the hierarchy of topics, which ends with domains.
    Topic,
    Concept,
    Keyword,
    /// Of another sort, by the word for one of it.
    Other(&'a str),
    /// No id of OpenAlex.
    None,
}

impl<'a> Entity<'a> {
    fn of(id: &'a str) -> Self {
        let mut parts = id.trim_end_matches('/').rsplit('/');
        let last = parts.next().unwrap_or_default();
        let mut letters = last.chars();
        let letter = letters.next().map(|letter| letter.to_ascii_uppercase());
        let numbered = last.len() > 1 && letters.all(|c| c.is_ascii_digit());
        match (letter, parts.next()) {
            (Some('W'), _) if numbered => Self::Work,
            (Some('A'), _) if numbered => Self::Author,
            (Some('I'), _) if numbered => Self::Institution,
            (Some('T'), _) if numbered => Self::Topic,
            (Some('C'), _) if numbered => Self::Concept,
            (Some('F'), _) if numbered => Self::Other("funder"),
            (Some('P'), _) if numbered => Self::Other("publisher"),
            (Some('S' | 'V'), _) if numbered => Self::Other("source (a journal or repository)"),
            (Some('G'), _) if numbered => Self::Other("grant"),
            (_, Some("keywords")) => Self::Keyword,
            (_, Some("subfields" | "fields" | "domains")) => Self::Topic,
            (_, Some("types")) => Self::Other("type of works"),
            (_, Some("sdgs" | "sdg")) => Self::Other("development goal"),
            (_, Some("countries" | "continents")) => Self::Other("country or continent"),
            (_, Some("languages")) => Self::Other("language"),
            (_, Some("licenses")) => Self::Other("license"),
            _ => Self::None,
        }
    }
}

fn parse(text: &str, out: &mut Outcome) -> serde_json::Result<()> {
    let id = match find_id(text.as_bytes(), FORMAT.id) {
        Some(id) if Entity::of(&id) != Entity::None => id,
        // The id does not stand near the start, or is written in an unusual way.
        _ => serde_json::from_str::<Named>(text)?.id.as_str().to_owned(),
    };
    match Entity::of(&id) {
        Entity::Work => out.work(serde_json::from_str::<work::Work>(text)?.into_record()),
        Entity::Author => entities::author(text, out)?,
        Entity::Institution => entities::institution(text, out)?,
        Entity::Topic => keep_topic(&id, topics::topic(text)?, out),
        Entity::Concept => keep_topic(&id, topics::concept(text)?, out),
        Entity::Keyword => keep_topic(&id, topics::keyword(text)?, out),
        Entity::Other(sort) => {
            serde_json::from_str::<Named>(text)?;
            out.refuse(key(&id), format!("a {sort} is not kept here"));
        }
        Entity::None => out.refuse(&id, "it has no OpenAlex id"),
    }
    Ok(())
}

fn keep_topic(id: &str, topic: Option<super::super::record::RecordTopic>, out: &mut Outcome) {
    match topic {
        Some(topic) => out.keep(Record::Topic(Box::new(topic))),
        None => out.refuse(key(id), "it has no name"),
    }
}

/// `W12` of `https://openalex.org/W12`; `fields/17` keeps the word before the number.
fn key(id: &str) -> &str {
    let id = id.trim().trim_end_matches('/');
    let Some((before, last)) = id.rsplit_once('/') else {
        return id;
    };
    if last.starts_with(|c: char| c.is_ascii_digit()) {
        let word = before.rsplit('/').next().unwrap_or_default();
        return &id[id.len() - last.len() - 1 - word.len()..];
    }
    last
}

/// Anything with an id and a name.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Named<'a> {
    id: Text<'a>,
    display_name: Text<'a>,
}

/// An institution in the list of another record.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Institution<'a> {
    id: Text<'a>,
    display_name: Text<'a>,
    ror: Text<'a>,
    country_code: Text<'a>,
}

impl Institution<'_> {
    fn record(&self) -> Option<RecordInstitution> {
        let id = key(self.id.as_str()).to_ascii_uppercase();
        Some(RecordInstitution {
            name: line(self.display_name.as_str())?,
            ror: ror(self.ror.as_str()),
            country: country_code(self.country_code.as_str()),
            identifiers: (Entity::of(&id) == Entity::Institution)
                .then(|| ("openalex".to_owned(), id))
                .into_iter()
                .collect(),
            ..RecordInstitution::default()
        })
    }
}

/// The identifier of an author, unless it stands for nobody.
fn author_id(id: &str) -> Option<(String, String)> {
    let id = key(id).to_ascii_uppercase();
    let known = Entity::of(&id) == Entity::Author && !NOBODY.contains(&id.as_str());
    known.then(|| ("openalex".to_owned(), id))
}

/// A person's name in one line. Some came through a program that wrote its word for "nothing" where a title stands.
fn person_name(text: &str) -> Option<String> {
    let name = json::plain(text)?;
    match name.strip_prefix("None ") {
        Some(rest) if !rest.trim().is_empty() => Some(rest.trim().to_owned()),
        _ => Some(name),
    }
}
