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
        let inside = &rest[1..];
        match closing(inside, "$") {
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
    let words = content
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() > 1);
    if content.starts_with(|c: char| c.is_ascii_digit()) {
        let next_is_digit = next.is_some_and(|c| c.is_ascii_digit());
        let dangling = content.ends_with([' ', '(', ',']);
        return words.count() == 0 && !(next_is_digit && dangling);
    }
    // "in $ and in $": prose.
    !(content.starts_with(char::is_whitespace) && words.count() > 0)
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
