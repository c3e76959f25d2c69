//! Texts as they are kept.

use crate::ingest::markup::{self, Shape};
use crate::ingest::tidy::mojibake;

/// A text of several lines, trimmed; `None` if nothing is left.
pub(in super::super) fn block(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A text of one line: line breaks, control characters and runs of spaces become single spaces.
pub(in super::super) fn line(text: &str) -> Option<String> {
    // Halves of letters may be control characters.
    let text = mojibake::repaired(text);
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// A name of somebody or something as plain text of one line: LaTeX, tags and character references read.
pub(in super::super) fn plain(text: &str) -> Option<String> {
    if text.contains(['\\', '{', '$', '&', '<']) {
        line(&markup::render(&mojibake::repaired(text), Shape::Line).text)
    } else {
        line(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_and_blocks_keep_theirs() {
        assert_eq!(line(" a\n  b\u{0}c ").as_deref(), Some("a b c"));
        assert_eq!(block(" a\n  bc ").as_deref(), Some("a\n  bc"));
        assert_eq!(line("KroiÃ\u{9f} &").as_deref(), Some("Kroiß &"));
        assert_eq!(line(" \n\u{0}"), None);
        assert_eq!(block(" \n"), None);
    }

    #[test]
    fn markup_in_names_is_read() {
        assert_eq!(
            plain(r"Universit\'e de  X").as_deref(),
            Some("Université de X")
        );
        assert_eq!(plain("Art &amp; Design").as_deref(), Some("Art & Design"));
        assert_eq!(
            plain("Research & Development").as_deref(),
            Some("Research & Development")
        );
    }
}
