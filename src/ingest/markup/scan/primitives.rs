//! Commands of TeX that move, measure and box, and those that take a number.

use super::{Open, Scanner};

/// Units of a length.
const UNITS: [&str; 16] = [
    "em", "ex", "pt", "mm", "cm", "in", "pc", "bp", "dd", "cc", "sp", "mu", "filll", "fill", "fil",
    "truept",
];

impl Scanner<'_> {
    /// Reads what a command of this kind takes and leaves the text of boxes; tells whether it is one.
    pub(super) fn primitive(&mut self, name: &str) -> bool {
        match name {
            "kern" | "mkern" | "raise" | "lower" | "moveleft" | "moveright" | "hskip" | "vskip"
            | "mskip" | "hglue" | "vglue" => self.skip_length(),
            "penalty" => {
                self.skip_number();
                self.end_of_switch();
            }
            "hspace" | "vspace" => {
                self.take_argument();
            }
            "llap" | "rlap" | "clap" | "smash" => self.enter_box(Open::Overlap),
            "hbox" | "vbox" | "vtop" | "mbox" | "fbox" | "makebox" | "framebox" => {
                self.enter_box(Open::Group);
            }
            "raisebox" | "scalebox" | "rotatebox" => {
                self.take_argument();
                self.skip_optional_arguments();
                self.enter_box(Open::Group);
            }
            "resizebox" => {
                self.take_argument();
                self.take_argument();
                self.enter_box(Open::Group);
            }
            _ => return false,
        }
        true
    }

    /// `\hbox to 3pt{`, `\makebox[3em][l]{`: up to the text of the box.
    fn enter_box(&mut self, open: Open) {
        self.skip_optional_arguments();
        self.skip_spaces();
        if self.skip_word("to") || self.skip_word("spread") {
            self.skip_length();
        }
        if self.enter_argument() {
            self.open.pop();
            self.open.push(open);
        }
    }

    /// `-.1em`, `= 1pt plus 2pt minus 1fil` and the space that ends it.
    fn skip_length(&mut self) {
        self.skip_dimension();
        for word in ["plus", "minus"] {
            let rest = self.rest.trim_start_matches(' ');
            if rest.starts_with(word) {
                self.skip(self.rest.len() - rest.len() + word.len());
                self.skip_dimension();
            }
        }
    }

    fn skip_dimension(&mut self) {
        if !self.skip_number() {
            // `\kern\parindent`
            return;
        }
        let rest = self.rest.trim_start_matches(' ');
        if let Some(unit) = UNITS.into_iter().find(|unit| rest.starts_with(unit)) {
            self.skip(self.rest.len() - rest.len() + unit.len());
            if self.rest.starts_with([' ', '\n']) {
                self.skip(1);
            }
        }
    }

    /// A number with its sign, if there is one.
    fn skip_number(&mut self) -> bool {
        let rest = self.rest.trim_start_matches([' ', '=', '+', '-']);
        let length = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
            .count();
        if length > 0 {
            self.skip(self.rest.len() - rest.len() + length);
        }
        length > 0
    }

    fn skip_spaces(&mut self) {
        self.skip(self.rest.len() - self.rest.trim_start_matches(' ').len());
    }

    fn skip_word(&mut self, word: &str) -> bool {
        let found = self.rest.starts_with(word);
        if found {
            self.skip(word.len());
        }
        found
    }

    /// `\nth{21}`
    pub(super) fn ordinal(&mut self) {
        let Some(number) = self.take_argument() else {
            return self.out.push_str("nth");
        };
        self.out.push_str(number);
        let teen = number.ends_with("11") || number.ends_with("12") || number.ends_with("13");
        self.out.push_str(match number.chars().next_back() {
            Some('1') if !teen => "st",
            Some('2') if !teen => "nd",
            Some('3') if !teen => "rd",
            _ => "th",
        });
    }

    /// ``\char`\\``, `\char92`: one character by its number or its name.
    pub(super) fn char_number(&mut self) {
        self.skip_spaces();
        if let Some(named) = self.rest.strip_prefix('`') {
            let escape = usize::from(named.starts_with('\\'));
            let Some(c) = named[escape..].chars().next() else {
                return;
            };
            self.skip(1 + escape + c.len_utf8());
            return self.out.push(c);
        }
        let (start, radix) = match self.rest.chars().next() {
            Some('"') => (1, 16),
            Some('\'') => (1, 8),
            _ => (0, 10),
        };
        let digits = &self.rest[start..];
        let length = digits
            .chars()
            .take(4)
            .take_while(|c| c.is_digit(radix))
            .count();
        let code = u8::from_str_radix(&digits[..length], radix).ok();
        if length > 0 {
            self.skip(start + length);
        }
        // Only what every font of TeX has at the place of ASCII.
        if let Some(code) = code.filter(u8::is_ascii_graphic) {
            self.out.push(char::from(code));
        }
    }
}
