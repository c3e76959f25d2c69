//! Markup inside a title or abstract as the HTML that [`crate::ingest::markup`] reads.

use super::tape::{Element, Piece};

/// What an element inside a text becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest::formats) enum Mark {
    /// An element of HTML.
    Html(&'static str),
    /// A formula in LaTeX.
    Math,
    /// Its content alone.
    Through,
    /// Nothing.
    Drop,
}

/// The text inside `element` with the markup that `mark` chooses by the names of elements.
pub(in crate::ingest::formats) fn rich(
    element: Element<'_>,
    mark: impl Fn(&str) -> Mark,
) -> String {
    let mut out = String::new();
    let mut dropped = 0;
    let mut in_math = 0;
    for piece in element.pieces() {
        match piece {
            Piece::Text(_) if dropped > 0 => {}
            // A formula is LaTeX already.
            Piece::Text(text) if in_math > 0 => out.push_str(text),
            Piece::Text(text) => push_escaped(&mut out, text),
            Piece::Start(inner) => match mark(inner.name()) {
                Mark::Drop => dropped += 1,
                _ if dropped > 0 => {}
                Mark::Html(tag) => {
                    out.push('<');
                    out.push_str(tag);
                    out.push('>');
                }
                Mark::Math => {
                    in_math += 1;
                    out.push('$');
                }
                Mark::Through => {}
            },
            Piece::End(inner) => match mark(inner.name()) {
                Mark::Drop => dropped -= 1,
                _ if dropped > 0 => {}
                Mark::Html(tag) => {
                    out.push_str("</");
                    out.push_str(tag);
                    out.push('>');
                }
                Mark::Math => {
                    in_math -= 1;
                    out.push('$');
                }
                Mark::Through => {}
            },
        }
    }
    out
}

/// A sign that would be taken for markup is written as what it is: here text is text.
fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    let last_end = text.rfind('>').map_or(0, |at| text.len() - at);
    while let Some(at) = rest.find(['<', '&']) {
        let (before, sign) = rest.split_at(at);
        out.push_str(before);
        rest = &sign[1..];
        out.push_str(if sign.starts_with('<') {
            let begins = rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
            if begins && last_end > 0 && rest.len() >= last_end {
                "&lt;"
            } else {
                "<"
            }
        } else {
            let end = rest
                .bytes()
                .take(12)
                .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#');
            let reference = end.is_some_and(|end| rest[end..].starts_with(';'));
            if reference { "&amp;" } else { "&" }
        });
    }
    out.push_str(rest);
}
