//! What is asked for, and what comes back.

use url::Url;

use crate::domain::clock::Millis;

/// What is asked for.
#[derive(Clone)]
pub struct Ask {
    /// Where; holds no key.
    pub url: Url,
    /// What the answer has to be.
    pub expects: Media,
    /// What opens the door there; sent to that origin alone.
    pub key: Option<Key>,
}

impl Ask {
    /// The URL with its key, if it is one for this origin; without what another origin would learn of the key.
    pub(super) fn unlocked(&self, url: &Url) -> Url {
        let Some(Key::Query(name, value)) = &self.key else {
            return url.clone();
        };
        let mut with = url.clone();
        let others: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(key, _)| key != name)
            .map(|(key, value)| (key.into_owned(), value.into_owned()))
            .collect();
        with.set_query(None);
        if !others.is_empty() {
            with.query_pairs_mut().extend_pairs(others);
        }
        if url.origin() == self.url.origin() {
            with.query_pairs_mut().append_pair(name, value);
        }
        with
    }
}

/// A key of a service.
#[derive(Clone)]
pub enum Key {
    /// A parameter of the query: its name, its value.
    Query(&'static str, String),
    /// A token for the header `Authorization`.
    Bearer(String),
}

/// Form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// JSON.
    Json,
    /// XML.
    Xml,
}

impl Media {
    pub(super) fn accept(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml, text/xml",
        }
    }

    /// Whether a content type names this form; `application/problem+json` does.
    pub(super) fn is_named_by(self, content_type: &str) -> bool {
        let essence = content_type.split(';').next().unwrap_or_default();
        let essence = essence.trim().to_ascii_lowercase();
        let word = match self {
            Self::Json => "json",
            Self::Xml => "xml",
        };
        let sub = essence.split_once('/').map_or("", |(_, sub)| sub);
        essence != "application/xhtml+xml" && sub.rsplit('+').next() == Some(word)
    }
}

/// A whole answer.
pub struct Answer {
    /// When the server answered: by its own clock, or by ours where that is earlier or the only one.
    pub date: Millis,
    /// Unpacked.
    pub body: Vec<u8>,
}
