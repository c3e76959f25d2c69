//! The demo's mail, read back from its folder. Shown only where the demo runs without a mail server: the messages hold
//! links that open accounts.

use std::path::Path;

use mail_parser::MessageParser;

use super::super::types::{Letter, LetterPart};
use crate::domain::clock::iso8601;
use crate::error::AppError;
use crate::infra::context::Cx;

/// How many messages are shown.
const SHOWN: usize = 50;

fn folder(cx: &Cx) -> Option<&Path> {
    cx.app.mailer.folder().filter(|_| cx.app.config.demo)
}

/// Whether [`letters`] answers here.
pub async fn shows_letters(cx: Cx) -> Result<bool, AppError> {
    Ok(folder(&cx).is_some())
}

/// The latest messages, newest first.
///
/// # Errors
/// [`AppError::NotFound`] unless this is a demo whose mail goes to files.
pub async fn letters(cx: Cx) -> Result<Vec<Letter>, AppError> {
    let folder = folder(&cx).ok_or(AppError::NotFound)?.to_owned();
    let base = cx.app.config.base_url.clone();
    tokio::task::spawn_blocking(move || read_folder(&folder, &base))
        .await
        .map_err(std::io::Error::other)
        .flatten()
        .map_err(|error| {
            tracing::error!(%error, "the mail folder cannot be read");
            AppError::Internal
        })
}

fn read_folder(folder: &Path, base: &str) -> std::io::Result<Vec<Letter>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "eml") {
            paths.push(path);
        }
    }
    // Named by their number in the outbox, with leading zeros.
    paths.sort_unstable_by(|a, b| b.cmp(a));
    paths
        .iter()
        .take(SHOWN)
        .map(|path| Ok(read_letter(&std::fs::read(path)?, base)))
        .collect()
}

fn read_letter(raw: &[u8], base: &str) -> Letter {
    let message = MessageParser::default().parse(raw).unwrap_or_default();
    let to = message
        .to()
        .and_then(|to| to.first())
        .and_then(|to| to.address())
        .unwrap_or_default();
    let at = message
        .date()
        .map(|date| iso8601(date.to_timestamp().saturating_mul(1_000)))
        .map(|iso| iso.replace('T', " ").replace('Z', " UTC"))
        .unwrap_or_default();
    let body = message
        .body_text(0)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    Letter {
        to: to.to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        at,
        body: cut_at_links(&body, base),
    }
}

/// Cuts a text where addresses below `base` begin and end. Other addresses stay text: the page links nowhere else.
fn cut_at_links(text: &str, base: &str) -> Vec<LetterPart> {
    let mut parts = Vec::new();
    let mut rest = text;
    let below = format!("{base}/");
    while let Some(start) = rest.find(&below) {
        let (before, from) = rest.split_at(start);
        let end = from.find(char::is_whitespace).unwrap_or(from.len());
        let (link, after) = from.split_at(end);
        if !before.is_empty() {
            parts.push(LetterPart::Text(before.to_owned()));
        }
        parts.push(LetterPart::Link(link.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(LetterPart::Text(rest.to_owned()));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_site_become_links() {
        let text = "Open\nhttp://a.example/verify?token=x\nor http://a.example.evil/ or http://b.example/ now";
        assert_eq!(
            cut_at_links(text, "http://a.example"),
            [
                LetterPart::Text("Open\n".into()),
                LetterPart::Link("http://a.example/verify?token=x".into()),
                LetterPart::Text("\nor http://a.example.evil/ or http://b.example/ now".into()),
            ]
        );
    }

    #[test]
    fn quoted_printable_and_encoded_words_are_read() {
        let raw = b"From: a@a.example\r\nTo: Ada <ada@b.example>\r\nSubject: =?utf-8?b?R3LDvMOfZQ==?=\r\n\
            Date: Mon, 23 Nov 2026 01:02:03 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nhttp://a.example/x?token=3Dab=\r\ncd =C3=A9\r\n";
        let letter = read_letter(raw, "http://a.example");
        assert_eq!(letter.to, "ada@b.example");
        assert_eq!(letter.subject, "Grüße");
        assert_eq!(letter.at, "2026-11-23 01:02:03 UTC");
        assert_eq!(
            letter.body[0],
            LetterPart::Link("http://a.example/x?token=abcd".into())
        );
    }
}
