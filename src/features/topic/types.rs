//! What travels between server and browser about topics.

use serde::{Deserialize, Serialize};

use crate::domain::names::name_key;
use crate::features::search::types::People;

/// Another topic, as a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicLink {
    /// Name.
    pub name: String,
    /// Address of its page.
    pub href: String,
    /// Works: those on it, or those that it shares.
    pub works: i64,
}

/// A topic's page, without its works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicPage {
    /// Row number.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Which scheme it is of, in words, with its code there.
    pub scheme: String,
    /// What it is about.
    pub description: Option<String>,
    /// The address that this page should have.
    pub canonical: String,
    /// Those above it, the broadest first.
    pub broader: Vec<TopicLink>,
    /// Those right below it, those with the most works first.
    pub narrower: Vec<TopicLink>,
    /// Topics of other schemes that share most works, by scheme (in words).
    pub elsewhere: Vec<(String, Vec<TopicLink>)>,
    /// Authors, those with the most works first.
    pub people: People,
}

/// A topic in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicHit {
    /// The topic, with the number of works on it.
    pub topic: TopicLink,
    /// Its scheme in words, with its code there.
    pub scheme: String,
}

/// One page of a list of topics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicList {
    /// In the order of their names.
    pub hits: Vec<TopicHit>,
    /// How many match.
    pub total: i64,
    /// From 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
    /// The schemes there are: word and label.
    pub schemes: Vec<(String, String)>,
}

/// A scheme in words: "arXiv category". A scheme that is not known here is named as its source names it.
pub fn scheme_label(scheme: &str) -> String {
    match scheme {
        "arxiv" => "arXiv category",
        "msc" => "Mathematics Subject Classification",
        "acm" => "ACM Computing Classification System",
        "mesh" => "MeSH heading",
        "openalex" => "OpenAlex topic",
        "openalex-concept" => "OpenAlex concept",
        "semanticscholar" => "Semantic Scholar field",
        "demo" => "Topic of the demo",
        "keyword" => "Keyword",
        other => other,
    }
    .to_owned()
}

/// [`scheme_label`] of one topic: OpenAlex keeps its topics and the three levels above them in one scheme, with the level in
/// the code (`fields/17`).
pub fn topic_label(scheme: &str, code: &str) -> String {
    let level = match (scheme, code.split_once('/')) {
        ("openalex", Some((level, _))) => level,
        _ => return scheme_label(scheme),
    };
    match level {
        "domains" => "OpenAlex domain".to_owned(),
        "fields" => "OpenAlex field".to_owned(),
        "subfields" => "OpenAlex subfield".to_owned(),
        _ => scheme_label(scheme),
    }
}

/// A topic's name with its code, where the code says more than the name and means something to readers.
pub fn with_code(scheme: &str, code: &str, name: &str) -> String {
    if code_says_more(scheme, code, name) {
        format!("{name} ({code})")
    } else {
        name.to_owned()
    }
}

/// OpenAlex's numbers mean something to its programs only; a topic without a name of its own is called by its code.
pub fn code_says_more(scheme: &str, code: &str, name: &str) -> bool {
    let said = scheme == "keyword" || name_key(name).contains(&name_key(code));
    !said && !scheme.starts_with("openalex")
}

/// Topics on one page of a list.
pub const PER_PAGE: i64 = 50;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_is_named_in_words_and_an_unknown_one_as_it_is() {
        assert_eq!(scheme_label("arxiv"), "arXiv category");
        assert_eq!(scheme_label("mesh"), "MeSH heading");
        assert_eq!(scheme_label("semanticscholar"), "Semantic Scholar field");
        assert_eq!(scheme_label("lanterns"), "lanterns");
    }

    #[test]
    fn the_levels_of_openalex_have_names_of_their_own() {
        for (code, label) in [
            ("T10102", "OpenAlex topic"),
            ("subfields/1702", "OpenAlex subfield"),
            ("fields/17", "OpenAlex field"),
            ("domains/3", "OpenAlex domain"),
        ] {
            assert_eq!(topic_label("openalex", code), label);
        }
        assert_eq!(topic_label("mesh", "D/1"), "MeSH heading");
    }

    #[test]
    fn a_code_is_told_where_it_says_more_than_the_name() {
        for (scheme, code, name, told) in [
            (
                "arxiv",
                "cs.LG",
                "Machine Learning",
                "Machine Learning (cs.LG)",
            ),
            ("msc", "52C45", "MSC 52C45", "MSC 52C45"),
            ("openalex", "T1", "Lanterns", "Lanterns"),
            ("keyword", "lantern", "Lanterns", "Lanterns"),
        ] {
            assert_eq!(with_code(scheme, code, name), told);
        }
    }
}
