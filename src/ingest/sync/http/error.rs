//! Why nothing was fetched.

use url::Url;

use super::rules::{Refusal, shown};
use crate::domain::clock::{Millis, iso8601};

/// Why nothing was fetched, in a sentence for the operator. No message holds a key.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It may not be asked, or leads to where we do not go.
    #[error("{url} is not asked: {reason}.")]
    Refused {
        /// What should have been asked.
        url: String,
        /// Why not.
        reason: String,
    },
    /// The server answered that it will not or cannot; asking again would not help.
    #[error("{url} answered {status}{}", said(body))]
    Status {
        /// What was asked.
        url: String,
        /// Status of HTTP.
        status: u16,
        /// What it said, cut off.
        body: Vec<u8>,
    },
    /// More than an answer may hold.
    #[error("{url} sent more than {limit} bytes.")]
    TooLarge {
        /// What was asked.
        url: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// The server wants no request for longer than a run waits.
    #[error("{host} wants no more requests before {}; the next run goes on from there.", iso8601(*until))]
    Later {
        /// Which server.
        host: String,
        /// When it may be asked again.
        until: Millis,
    },
    /// It went wrong every time.
    #[error("{url} was asked {attempts} times in vain; the last time {reason}.")]
    GaveUp {
        /// What was asked.
        url: String,
        /// How often.
        attempts: u32,
        /// What happened the last time, as half a sentence.
        reason: String,
    },
}

/// The client cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("no encrypted connections are possible: {0}")]
pub struct Setup(pub String);

/// What came of one attempt, if no answer did.
pub(super) enum Fault {
    /// Asking again will not help.
    Final(FetchError),
    /// It may; what happened, as half a sentence: `it answered 503 Service Unavailable`.
    Passing(String),
}

impl Fault {
    /// What a failed request means.
    pub fn of(error: reqwest::Error, url: &Url) -> Self {
        // Its words would hold the query, and with it the key.
        let error = error.without_url();
        if let Some(Refusal(reason)) = causes(&error).find_map(|cause| cause.downcast_ref()) {
            return Self::Final(FetchError::Refused {
                url: shown(url),
                reason: reason.clone(),
            });
        }
        let reason = if error.is_timeout() {
            "it took too long".to_owned()
        } else if error.is_connect() {
            format!("it could not be connected to ({})", sentence(&error))
        } else if error.is_body() || error.is_decode() {
            format!("its answer broke off ({})", sentence(&error))
        } else {
            format!("the connection failed ({})", sentence(&error))
        };
        Self::Passing(reason)
    }
}

/// An error and what caused it.
fn causes<'e>(
    error: &'e (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'e (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source())
}

/// The words of what caused an error in the first place.
pub(super) fn sentence(error: &(dyn std::error::Error + 'static)) -> String {
    causes(error)
        .last()
        .map_or_else(String::new, ToString::to_string)
}

/// What an error's body says, if it says it in a few words: `: No such record`; else a full stop.
pub fn said(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let field = serde_json::from_str::<serde_json::Value>(&text)
        .ok()
        .and_then(|json| {
            let names = ["message", "user-message", "error"];
            names.iter().find_map(|name| words(&json[*name]))
        });
    let words = match field {
        Some(words) => words,
        None if text.trim_start().starts_with(['<', '{', '[']) => return ".".to_owned(),
        None => text.into_owned(),
    };
    let line: Vec<&str> = words.split_whitespace().collect();
    let line: String = line.join(" ").chars().take(300).collect();
    if line.is_empty() {
        ".".to_owned()
    } else {
        format!(": {line}")
    }
}

/// The text of a JSON value; Crossref puts it into a list of objects.
fn words(json: &serde_json::Value) -> Option<String> {
    match json {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Array(list) => words(&list.first()?["message"]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_service_says_is_passed_on_in_one_line() {
        for (body, expected) in [
            (
                r#"{"error":"Invalid filter","message":"Unknown filter: x."}"#,
                ": Unknown filter: x.",
            ),
            (
                r#"{"status":"failed","message":[{"type":"x","message":"Not\n  valid"}]}"#,
                ": Not valid",
            ),
            (r#"{"user-message":"No such record"}"#, ": No such record"),
            ("Resource not found.", ": Resource not found."),
            ("<html><body>Error</body></html>", "."),
            (r#"{"code":1}"#, "."),
            ("", "."),
        ] {
            assert_eq!(said(body.as_bytes()), expected, "{body}");
        }
        assert_eq!(said("x".repeat(1_000).as_bytes()).len(), 302);
    }
}
