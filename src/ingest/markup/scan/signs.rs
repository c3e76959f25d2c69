//! Signs that stand for others: ties, dashes, arrows, quotation marks.

use super::Scanner;

/// Spaces of a source.
const SPACES: [char; 4] = [' ', '\t', '\n', '\u{a0}'];

impl Scanner<'_> {
    /// `~` joins words in LaTeX; before a number it means "about", in paths it is itself.
    pub(super) fn tilde(&mut self) {
        let next = self.rest[1..].chars().next();
        let joins = self
            .before
            .is_some_and(|c| !c.is_whitespace() && !matches!(c, '/' | '(' | '='))
            && next.is_some_and(|c| !c.is_whitespace() && c != '~');
        if joins && !self.means_about() {
            self.skip(1);
            self.out.no_break_space();
        } else {
            self.literal('~');
        }
    }

    /// Whether the tilde that comes stands between a quantity and its value (`z~2.56`), not between two words
    /// (`Fig.~3`, `NGC~1275`, `type~2`). No tie is seen by who reads "about" as a space, so only the surest are kept.
    fn means_about(&self) -> bool {
        let value = self.rest[1..].trim_start_matches('$');
        if !value
            .trim_start_matches('.')
            .starts_with(|c: char| c.is_ascii_digit())
        {
            return false;
        }
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &value[digits..];
        let fraction = rest.strip_prefix('.').unwrap_or_default();
        let decimal = fraction.starts_with(|c: char| c.is_ascii_digit());
        let zero = decimal && digits == 1 && value.starts_with('0');
        // No name of a thing and no reference has a power or a value below one.
        if zero || rest.starts_with('^') {
            return true;
        }
        let text = self.out.text.as_str();
        let word = text.rsplit([' ', '\n', '(', '[', ',', '~', '-']).next();
        let word = word.unwrap_or_default();
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(only), None) if only.is_lowercase() => true,
            (Some(only), None) if only.is_uppercase() => decimal || digits > 3,
            // `1~6`, but not `10~000`
            _ if starts_as_number(word) && word.ends_with(|c: char| c.is_ascii_digit()) => {
                !value.starts_with("00")
            }
            _ => word.contains('_') || word.ends_with(['*', '<', '>', ']']),
        }
    }

    /// En and em dashes, and arrows that are drawn with them.
    pub(super) fn dashes(&mut self) {
        let length = self.rest.bytes().take_while(|byte| *byte == b'-').count();
        if length <= 3 && self.rest[length..].starts_with('>') {
            self.skip(length + 1);
            return self.out.push('→');
        }
        match length {
            2 => self.out.push('–'),
            3 => self.out.push('—'),
            _ => (0..length).for_each(|_| self.out.push('-')),
        }
        self.skip(length);
    }

    /// TUGboat's dash, which takes the spaces around it away.
    pub(super) fn em_dash(&mut self) {
        if self.rest.starts_with("{}") {
            self.skip(2);
        }
        self.out.no_space();
        self.out.push('—');
        self.skip(self.rest.len() - self.rest.trim_start_matches(SPACES).len());
    }

    pub(super) fn quotes(&mut self, c: char) {
        let double = if c == '`' { "``" } else { "''" };
        if self.rest.starts_with(double) {
            self.skip(2);
            self.out.push(if c == '`' { '“' } else { '”' });
            return;
        }
        let next = self.rest[1..].chars().next();
        let after_word = self.before.is_some_and(char::is_alphanumeric);
        if c == '`' && !after_word && next.is_some_and(char::is_alphanumeric) {
            self.single_quote = true;
            self.skip(1);
            self.out.push('‘');
        } else if c == '\'' && self.single_quote && !next.is_some_and(char::is_alphanumeric) {
            self.single_quote = false;
            self.skip(1);
            self.out.push('’');
        } else {
            self.literal(c);
        }
    }
}

/// `<--`, `<->` and `<-->` at the start of a text, and their length. `<-` may say "less than minus".
pub(super) fn left_arrow(text: &str) -> Option<(char, usize)> {
    [("<-->", '↔'), ("<->", '↔'), ("<--", '←')]
        .into_iter()
        .find(|(drawn, _)| text.starts_with(drawn))
        .map(|(drawn, arrow)| (arrow, drawn.len()))
}

fn starts_as_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}
