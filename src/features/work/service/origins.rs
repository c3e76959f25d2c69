//! Which source gave which field of a work, and who says otherwise.

use std::collections::HashMap;

use serde::Deserialize;

use super::content::{Content, plain};
use super::kind_label;
use crate::domain::names::name_key;
use crate::features::work::queries::{BylineRow, RecordRow, WorkRow};
use crate::features::work::types::{FieldSource, MOST_AUTHORS};

/// The names of a record's authors that are told.
const TOLD_NAMES: usize = 8;

/// One source, or several that each gave a part.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Origin {
    One(String),
    Several(Vec<String>),
}

/// The fields of a work in the order of the page. `origins` is the JSON beside the work (field: source); where there is
/// none, its first record gave all. `authors` are those shown, and `tell_names` is false where other forms of their names must
/// not be told.
pub(super) fn fields(
    row: &WorkRow,
    authors: &[BylineRow],
    tell_names: bool,
    origins: Option<&str>,
    records: &[RecordRow],
    contents: &[(&RecordRow, Content)],
) -> Vec<FieldSource> {
    let origins: HashMap<String, Origin> = origins
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default();
    let shown_title = plain(&row.title);
    let shown_names: Vec<String> = authors
        .iter()
        .map(|author| name_key(&author.name))
        .collect();
    let shown_abstract = row.abstract_html.as_deref().map(plain).unwrap_or_default();
    let gives = |field: &str, content: &Content| match field {
        "title" => !content.title_source.is_empty(),
        "authors" => !content.authors.is_empty(),
        "abstract" => content.abstract_source.is_some(),
        "year" => content.year.is_some(),
        "venue" => content.venue.is_some(),
        "topics" => !content.topics.is_empty(),
        "identifiers" => !content.identifiers.is_empty(),
        _ => true,
    };
    // What a record says instead; nothing where it says the same, or nothing at all.
    let differs = |field: &str, content: &Content| -> Option<String> {
        match field {
            "title" => {
                let title = comparable(&content.title_source)?;
                (!same_text(&title, &shown_title)).then_some(title)
            }
            "authors" => {
                let shown = &shown_names;
                let names = content.names();
                // A page shows the first of very many.
                let cut = |n: usize| n.min(MOST_AUTHORS as usize);
                let keys = names.iter().map(|name| name_key(name));
                let same = cut(names.len()) == cut(shown.len())
                    && keys.zip(shown).all(|(one, shown)| one == *shown);
                (tell_names && !same && !names.is_empty()).then(|| told(&names))
            }
            "abstract" => {
                let text = comparable(content.abstract_source.as_deref()?)?;
                let words = text.split(' ').count();
                (!same_text(&text, &shown_abstract))
                    .then(|| format!("another text, of {words} words"))
            }
            "year" => content
                .year
                .filter(|year| Some(*year) != row.year)
                .map(|year| year.to_string()),
            "venue" => content
                .venue
                .as_deref()
                .filter(|venue| !same_text(venue, row.venue.as_deref().unwrap_or_default()))
                .map(str::to_owned),
            "kind" => {
                (content.kind.as_str() != row.kind).then(|| kind_label(content.kind.as_str()))
            }
            // Those of all records are shown together.
            _ => None,
        }
    };
    [
        ("title", "Title"),
        ("authors", "Authors"),
        ("abstract", "Abstract"),
        ("year", "Year"),
        ("venue", "Where it appeared"),
        ("kind", "Kind"),
        ("topics", "Topics"),
        ("identifiers", "Identifiers"),
    ]
    .into_iter()
    .filter_map(|(field, label)| {
        let together = matches!(field, "topics" | "identifiers");
        let sources = match origins.get(field) {
            Some(Origin::One(source)) => vec![source.clone()],
            Some(Origin::Several(sources)) => sources.clone(),
            None => {
                let giving = contents.iter().filter(|(_, content)| gives(field, content));
                let giving = giving.map(|(record, _)| record.source.clone());
                let mut sources: Vec<String> = if together {
                    giving.collect()
                } else {
                    giving.take(1).collect()
                };
                sources.dedup();
                if contents.is_empty() && has(row, authors, field) {
                    sources.extend(records.first().map(|record| record.source.clone()));
                }
                sources
            }
        };
        let others = contents
            .iter()
            .filter(|(record, _)| !sources.contains(&record.source))
            .filter_map(|(record, content)| Some((record.source.clone(), differs(field, content)?)))
            .collect();
        (!sources.is_empty()).then(|| FieldSource {
            field: label.to_owned(),
            sources,
            others,
        })
    })
    .collect()
}

/// Whether a work has a field at all, as far as its row and authors tell.
fn has(row: &WorkRow, authors: &[BylineRow], field: &str) -> bool {
    match field {
        "authors" => !authors.is_empty(),
        "abstract" => row.abstract_html.is_some(),
        "year" => row.year.is_some(),
        "venue" => row.venue.is_some(),
        "title" | "kind" => true,
        _ => false,
    }
}

/// A text as it is told; nothing where LaTeX or entities are in it, which cannot be compared with what is shown.
fn comparable(source: &str) -> Option<String> {
    (!source.contains(['$', '\\', '&'])).then(|| plain(source))
}

/// The same letters, whatever stands between them.
fn same_text(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> String { name_key(text).replace(' ', "") };
    letters(one) == letters(other)
}

fn told(names: &[String]) -> String {
    let mut told = names
        .iter()
        .take(TOLD_NAMES)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > TOLD_NAMES {
        told.push_str(&format!(" and {} more", names.len() - TOLD_NAMES));
    }
    told
}
