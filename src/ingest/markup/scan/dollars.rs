//! Where a formula starts and ends, and which dollars are money.

use super::super::Shape;
use super::super::math::MAX_BYTES;
use super::Scanner;

impl Scanner<'_> {
    /// `$...$` or `$$...$$`; a dollar that opens no formula stays a dollar.
    pub(super) fn dollar(&mut self) {
        let rest = self.rest;
        if let Some(inside) = rest.strip_prefix("$$") {
            if let Some(end) = closing(inside, "$$").filter(|end| *end > 0) {
                self.formula(&inside[..end], self.displays());
                self.skip(end + 4);
            } else {
                // Two dollars around nothing, or without an end.
                self.literal('$');
                self.literal('$');
            }
            return;
        }
        if self.dropped_dollar == Some(rest.len()) {
            self.dropped_dollar = None;
            return self.skip(1);
        }
        let inside = &rest[1..];
        match closing(inside, "$") {
            // Text dressed as a formula: only the dollars go.
            Some(end) if is_text_command(&inside[..end]) => {
                self.dropped_dollar = Some(inside.len() - end);
                self.skip(1);
            }
            Some(end) if is_formula(&inside[..end], inside[end + 1..].chars().next()) => {
                self.formula(&inside[..end], false);
                self.skip(end + 2);
            }
            _ => self.literal('$'),
        }
    }

    /// `\(...\)` and `\[...\]`; `open` is the character behind the backslash.
    pub(super) fn bracketed_formula(&mut self, open: char) {
        let close = if open == '(' { r"\)" } else { r"\]" };
        let inside = &self.rest[2..];
        match closing(inside, close) {
            Some(end) => {
                self.formula(&inside[..end], open == '[' && self.displays());
                self.skip(end + 4);
            }
            None => {
                self.skip(1);
                self.literal(open);
            }
        }
    }

    /// Whether a displayed formula may stand as a block here.
    pub(super) fn displays(&self) -> bool {
        self.out.shape() == Shape::Blocks
    }
}

/// `$\href{..}{..}$`, `$\texttt{..}$`: a command of text mode alone.
fn is_text_command(content: &str) -> bool {
    [r"\href{", r"\url{", r"\texttt{", r"\textsc{"]
        .iter()
        .any(|command| content.trim_start().starts_with(command))
        && content.trim_end().ends_with('}')
}

/// Where `delimiter` ends a formula that starts with `text`: not escaped, before an empty line,
/// within the length that is converted.
fn closing(text: &str, delimiter: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let window = &bytes[..bytes.len().min(MAX_BYTES + delimiter.len())];
    let mut at = 0;
    let mut line_is_empty = false;
    while at < window.len() {
        if window[at..].starts_with(delimiter.as_bytes()) {
            return Some(at);
        }
        match window[at] {
            b'\\' => at += 1,
            b'\n' if line_is_empty => return None,
            b'\n' => line_is_empty = true,
            byte if !byte.is_ascii_whitespace() => line_is_empty = false,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Whether what stands between two dollars is a formula rather than the text between two prices
/// ("$5 and $6", "US$5 million to US$6 million").
fn is_formula(content: &str, next: Option<char>) -> bool {
    if content.trim().is_empty() {
        return false;
    }
    if content.contains(['\\', '^', '_', '{', '=']) {
        return true;
    }
    let longest_word = content
        .split(|c: char| !c.is_ascii_alphabetic())
        .map(str::len)
        .max()
        .unwrap_or(0);
    if content.starts_with(|c: char| c.is_ascii_digit()) {
        // A unit ("7.7 nm") has two letters, as have "to" and "US": those stand before a price.
        let price_follows = next.is_some_and(|c| c.is_ascii_digit())
            && (longest_word > 1 || content.ends_with([' ', '(', ',']));
        return longest_word < 3 && !price_follows;
    }
    // "in $ and in $": prose.
    !(content.starts_with(char::is_whitespace) && longest_word > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_no_formulas() {
        assert!(!is_formula("5 and ", Some('6')));
        assert!(!is_formula("5 million to US", Some('6')));
        assert!(!is_formula("100, ", Some('2')));
        assert!(!is_formula(" and in ", None));
        assert!(!is_formula("", None));
    }

    #[test]
    fn short_formulas_are_formulas() {
        for content in [
            "N", "3d", "k", "68.25\\%", "10", "x", "n-1", "O(n)", " x ", "\\sim",
        ] {
            assert!(is_formula(content, Some('1')), "{content}");
        }
    }

    #[test]
    fn an_escaped_dollar_and_an_empty_line_end_no_formula() {
        assert_eq!(closing(r"a\$b$", "$"), Some(4));
        assert_eq!(closing("a\n\nb$", "$"), None);
        assert_eq!(closing("a\nb$", "$"), Some(3));
        assert_eq!(closing("a", "$"), None);
    }
}
