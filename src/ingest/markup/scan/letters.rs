//! Letters and the accents over them.

use super::super::accents;
use super::{Open, Scanner};

impl Scanner<'_> {
    /// Behind a letter's command TeX's rule holds: the space goes, since a word goes on.
    pub(super) fn end_of_letter(&mut self) {
        if self.rest.starts_with("{}") {
            self.skip(2);
        } else {
            self.skip(self.rest.len() - self.rest.trim_start_matches([' ', '\t']).len());
        }
    }

    /// An accent over what follows: a letter, a group, or a dotless letter's command.
    pub(super) fn accent(&mut self, mark: char, sign: char) {
        let spaces = self.rest.len() - self.rest.trim_start_matches(' ').len();
        // `\'` takes the very next sign, `\c c` a letter behind spaces.
        if sign == ' ' {
            self.skip(spaces);
        }
        let grouped = self.rest.starts_with('{');
        if grouped {
            self.skip(1);
            self.open.push(Open::Group);
            if self.rest.starts_with(r"\relax}") {
                self.skip(r"\relax".len());
            }
        }
        if let Some(base) = self.take_base() {
            let (c, combining) = accents::compose_accent(base, mark);
            self.out.push(c);
            if let Some(combining) = combining {
                self.out.push(combining);
            }
        } else if self.open.contains(&Open::Overlap) && self.out.accent_last(mark) {
            // `e\llap{\'{}}`: an accent that is set over the letter before it.
        } else if sign != ' ' && matches!(sign, '^' | '~' | '`' | '\'' | '"') {
            // `\^{}` prints the sign itself.
            self.out.push(sign);
        }
        if grouped && self.rest.starts_with('}') {
            self.skip(1);
            self.close_group();
        }
    }

    /// The letter under an accent.
    fn take_base(&mut self) -> Option<char> {
        let rest = self.rest;
        if let Some(command) = rest.strip_prefix('\\') {
            let length = command.bytes().take_while(u8::is_ascii_alphabetic).count();
            if length == 0 {
                return self.take_accented(command);
            }
            let letter = accents::letter(&command[..length])?;
            self.skip(1 + length);
            self.end_of_letter();
            return letter.chars().next();
        }
        let c = rest.chars().next().filter(|c| c.is_alphabetic())?;
        self.skip(c.len_utf8());
        Some(c)
    }

    /// An accented letter under a further accent, as Vietnamese has them: `\'{\^e}`.
    fn take_accented(&mut self, command: &str) -> Option<char> {
        let mark = accents::mark(command.get(..1)?)?;
        let grouped = command[1..].starts_with('{');
        let letter = &command[1 + usize::from(grouped)..];
        let base = letter.chars().next().filter(|c| c.is_alphabetic())?;
        let behind = &letter[base.len_utf8()..];
        let closed = if grouped {
            behind.strip_prefix('}')?
        } else {
            behind
        };
        let (composed, None) = accents::compose_accent(base, mark) else {
            return None;
        };
        self.skip(self.rest.len() - closed.len());
        Some(composed)
    }
}
