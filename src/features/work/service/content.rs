//! The record of a work as it is kept with it.

use serde::Deserialize;

use crate::domain::identifiers::WorkIdentifier;
use crate::domain::names::{self, PersonName};
use crate::domain::work::WorkKind;

/// What of a record's JSON the page of its work tells.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Content {
    pub(in super::super) kind: WorkKind,
    pub(in super::super) title_source: String,
    pub(in super::super) abstract_source: Option<String>,
    pub(in super::super) year: Option<i64>,
    pub(in super::super) venue: Option<String>,
    pub(in super::super) identifiers: Vec<WorkIdentifier>,
    /// (how it belongs to this one, which)
    pub(in super::super) related: Vec<(String, WorkIdentifier)>,
    pub(in super::super) authors: Vec<Author>,
    pub(in super::super) topics: Vec<Topic>,
    pub(in super::super) url: Option<String>,
    pub(in super::super) retracted: bool,
}

/// An author of a record.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Author {
    pub(in super::super) name: PersonName,
}

/// A subject of a record: that there is one is all that is told.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in super::super) struct Topic {}

impl Content {
    /// Nothing for a record that was kept in a form of its own.
    pub(in super::super) fn parse(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// The names of its authors, in order.
    pub(in super::super) fn names(&self) -> Vec<String> {
        self.authors
            .iter()
            .map(|author| author.name.display())
            .filter(|name| names::is_name(name))
            .collect()
    }
}

/// A text without the marks of LaTeX and HTML, good enough to tell and to compare.
pub(in super::super) fn plain(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '<' if chars
                .peek()
                .is_some_and(|next| next.is_alphabetic() || *next == '/') =>
            {
                for inside in chars.by_ref() {
                    if inside == '>' {
                        break;
                    }
                }
            }
            '\\' => while chars.next_if(char::is_ascii_alphabetic).is_some() {},
            '{' | '}' | '$' => {}
            other => text.push(other),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_a_title_has_no_marks_in_it() {
        assert_eq!(
            plain("On {BERT} and $k$-means\n in \\emph{vain}"),
            "On BERT and k-means in vain"
        );
        assert_eq!(plain("<i>E. coli</i> at p < 0.05"), "E. coli at p < 0.05");
    }

    #[test]
    fn a_record_with_unknown_fields_is_read_and_a_broken_one_is_nothing() {
        let content = Content::parse(
            r#"{"kind":"preprint","new":1,"topics":[{"code":"x"}],
                "related":[["published_as",{"scheme":"doi","value":"10.1000/1"}]]}"#,
        )
        .unwrap();
        assert_eq!(content.kind, WorkKind::Preprint);
        assert_eq!(content.topics.len(), 1);
        assert_eq!(content.related[0].0, "published_as");
        assert!(Content::parse("{").is_none());
    }
}
