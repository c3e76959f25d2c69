//! The subjects of OpenAlex: topics with the three levels above them, the concepts of older dumps, keywords.

use serde::Deserialize;

use super::super::json::{self, List, One, Text, TextOr};
use super::{Named, key};
use crate::ingest::record::RecordTopic;

const TOPICS: &str = "openalex";
const CONCEPTS: &str = "openalex-concept";

/// A topic, subfield, field or domain with what lies above it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Topic<'a> {
    id: Text<'a>,
    display_name: Text<'a>,
    description: Text<'a>,
    subfield: One<Named<'a>>,
    field: One<Named<'a>>,
    domain: One<Named<'a>>,
}

impl Topic<'_> {
    pub fn record(&self) -> Option<RecordTopic> {
        let above = [&self.domain, &self.field, &self.subfield];
        let broader = above.into_iter().fold(None, |broader, level| {
            match level.0.as_ref().and_then(|level| named(level, TOPICS)) {
                Some(topic) => Some(Box::new(RecordTopic { broader, ..topic })),
                None => broader,
            }
        });
        let topic = json::topic(TOPICS, key(self.id.as_str()), self.display_name.as_str())?;
        Some(RecordTopic {
            description: json::block(self.description.as_str()),
            broader,
            ..topic
        })
    }
}

/// A concept, in a list or alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Concept<'a> {
    id: Text<'a>,
    display_name: Text<'a>,
    description: Text<'a>,
    level: Text<'a>,
    score: Text<'a>,
    ancestors: List<Concept<'a>>,
}

impl Concept<'_> {
    /// `None` too for a concept that a work was given only because it lies above another.
    pub fn record(&self) -> Option<RecordTopic> {
        if self.score.as_str().parse() == Ok(0.0_f64) {
            return None;
        }
        let topic = json::topic(CONCEPTS, key(self.id.as_str()), self.display_name.as_str())?;
        // Concepts may lie below several others; the nearest level is the first of them in order.
        let level = self.level.number();
        let broader = self
            .ancestors
            .0
            .iter()
            .filter(|above| above.level.number() < level)
            .max_by_key(|above| above.level.number())
            .and_then(Concept::record);
        Some(RecordTopic {
            description: json::block(self.description.as_str()),
            broader: broader.map(Box::new),
            ..topic
        })
    }
}

/// A keyword; older records call its name `keyword`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Keyword<'a> {
    display_name: Text<'a>,
    keyword: Text<'a>,
}

impl<'a> From<Text<'a>> for Keyword<'a> {
    fn from(display_name: Text<'a>) -> Self {
        Self {
            display_name,
            ..Self::default()
        }
    }
}

impl Keyword<'_> {
    fn record(&self) -> Option<RecordTopic> {
        json::keyword(self.display_name.as_str()).or_else(|| json::keyword(self.keyword.as_str()))
    }
}

fn named(named: &Named, scheme: &str) -> Option<RecordTopic> {
    json::topic(scheme, key(named.id.as_str()), named.display_name.as_str())
}

/// The subjects of a work: its topics, or the concepts of dumps that had no topics yet; and its keywords.
pub(super) fn of_work(
    topics: &[Topic],
    primary: Option<&Topic>,
    concepts: &[Concept],
    keywords: &[TextOr<'_, Keyword>],
) -> Vec<RecordTopic> {
    let mut found: Vec<RecordTopic> = primary
        .into_iter()
        .chain(topics)
        .filter_map(Topic::record)
        .collect();
    if found.is_empty() {
        found = concepts.iter().filter_map(Concept::record).collect();
    }
    let keywords = keywords.iter().filter_map(|keyword| keyword.0.record());
    json::keywords(found.into_iter().chain(keywords))
}

/// A topic, subfield, field or domain as a record of its own.
pub(super) fn topic(text: &str) -> serde_json::Result<Option<RecordTopic>> {
    Ok(serde_json::from_str::<Topic>(text)?.record())
}

/// A concept as a record of its own.
pub(super) fn concept(text: &str) -> serde_json::Result<Option<RecordTopic>> {
    Ok(serde_json::from_str::<Concept>(text)?.record())
}

/// A keyword as a record of its own.
pub(super) fn keyword(text: &str) -> serde_json::Result<Option<RecordTopic>> {
    Ok(serde_json::from_str::<Keyword>(text)?.record())
}
