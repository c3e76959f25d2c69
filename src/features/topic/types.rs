//! What travels between server and browser about topics.

use serde::{Deserialize, Serialize};

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
        "openalex" => "OpenAlex topic",
        "openalex-concept" => "OpenAlex concept",
        "keyword" => "Keyword",
        other => other,
    }
    .to_owned()
}

/// Topics on one page of a list.
pub const PER_PAGE: i64 = 50;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_is_named_in_words_and_an_unknown_one_as_it_is() {
        assert_eq!(scheme_label("arxiv"), "arXiv category");
        assert_eq!(scheme_label("mesh"), "mesh");
    }
}
