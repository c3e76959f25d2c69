//! What follows a backslash in text mode.

use super::super::writer::Tag;
use super::super::{accents, math, symbols};
use super::{Open, Scanner, styles};

/// The longest argument that is looked for, in bytes.
const MAX_ARGUMENT: usize = 4000;

/// Environments whose content is a displayed formula; those with `true` need their own
/// `\begin` and `\end` for the converter.
const MATH_ENVIRONMENTS: [(&str, bool); 14] = [
    ("equation", false),
    ("equation*", false),
    ("displaymath", false),
    ("math", false),
    ("align", true),
    ("align*", true),
    ("aligned", true),
    ("eqnarray", true),
    ("eqnarray*", true),
    ("gather", true),
    ("gather*", true),
    ("multline", true),
    ("multline*", true),
    ("cases", true),
];

impl<'a> Scanner<'a> {
    pub(super) fn backslash(&mut self) {
        let Some(c) = self.rest[1..].chars().next() else {
            // A backslash at the very end escapes nothing.
            return self.skip(1);
        };
        if c.is_ascii_alphabetic() {
            return self.word_command();
        }
        match c {
            '(' | '[' => self.bracketed_formula(c),
            '%' | '&' | '$' | '#' | '_' | '{' | '}' => {
                self.skip(1);
                self.literal(c);
            }
            '\\' => {
                self.skip(2);
                // `\\[2pt]`: the space between the lines.
                if self.rest.starts_with('[')
                    && let Some(end) = self.rest.bytes().take(12).position(|b| b == b']')
                {
                    self.skip(end + 1);
                }
                self.out.line_break();
            }
            '`' | '\'' | '^' | '"' | '~' | '=' | '.' => {
                let name = &self.rest[1..2];
                self.skip(2);
                match accents::mark(name) {
                    Some(mark) => self.accent(mark, c),
                    None => self.out.push(c),
                }
            }
            ',' | ';' | ':' => {
                self.skip(2);
                self.out.no_break_space();
            }
            // Italic correction, hyphenation, negative space, sentence spacing, tabs.
            '/' | '-' | '!' | '@' | '>' | ')' | ']' => self.skip(2),
            c if c.is_whitespace() => {
                self.skip(1 + c.len_utf8());
                self.out.space();
            }
            _ => self.skip(1),
        }
    }

    fn word_command(&mut self) {
        let rest = self.rest;
        let length = rest[1..]
            .bytes()
            .take_while(u8::is_ascii_alphabetic)
            .count();
        let name = &rest[1..=length];
        if self.bare_formula() {
            return;
        }
        self.skip(1 + length);
        if rest[1 + length..].starts_with('*') {
            self.skip(1);
        }
        if let Some(mark) = accents::mark(name) {
            return self.accent(mark, ' ');
        }
        if let Some(letter) = accents::letter(name) {
            self.out.push_str(letter);
            return self.end_of_letter();
        }
        if let Some(sign) = symbols::text(name) {
            self.out.push_str(sign);
            return match name {
                "slash" => self.end_of_letter(),
                _ => self.end_of_name(),
            };
        }
        if let Some(tag) = styles::of_argument(name) {
            if self.enter_argument() {
                self.open_element(tag);
            }
            return;
        }
        if let Some(tag) = styles::of_group(name) {
            self.end_of_switch();
            if self.open.iter().any(Open::is_group) {
                self.open_element(tag);
            }
            return;
        }
        match name {
            "url" | "path" | "nolinkurl" => {
                if let Some(address) = self.take_argument() {
                    let address = unescape(address.trim());
                    self.link(&address, &address);
                }
            }
            "href" => {
                if let Some(address) = self.take_argument() {
                    let address = unescape(address.trim());
                    match self.take_argument() {
                        Some(text) => self.link(&address, &math::to_text(text)),
                        None => self.link(&address, &address),
                    }
                }
            }
            "ensuremath" => {
                if let Some(latex) = self.take_argument() {
                    self.formula(latex, false);
                }
            }
            "cite" | "citep" | "citet" | "citealp" | "citeauthor" | "citeyear" | "ref"
            | "eqref" | "cref" | "Cref" | "autoref" | "label" | "bibliography" | "pagestyle"
            | "thispagestyle" | "color" | "textcolor" | "fontsize" | "phantom" | "hphantom"
            | "vphantom" => {
                self.skip_optional_arguments();
                self.take_argument();
            }
            "footnote" | "thanks" => self.footnote(),
            "par" | "newpage" | "bigskip" | "medskip" | "smallskip" => self.paragraph(),
            "newline" | "linebreak" => self.out.line_break(),
            "quad" | "qquad" | "space" | "enspace" | "thinspace" | "hfil" | "hfill" | "hss"
            | "vfil" | "vfill" => {
                self.out.space();
                self.end_of_switch();
            }
            "item" => {
                self.skip_optional_arguments();
                self.end_of_name();
                self.paragraph();
                self.out.bullet();
            }
            "begin" => self.begin(),
            "end" => {
                self.take_argument();
                self.paragraph();
            }
            "verb" => self.verb(),
            "backslash" => self.out.push('∖'),
            "char" => self.char_number(),
            "bs" => {
                self.out.push('\\');
                self.end_of_letter();
            }
            "cs" => self.out.push('\\'),
            "xspace" => self.end_of_name(),
            "nth" => self.ordinal(),
            "Mc" => {
                self.out.push_str("Mc");
                self.end_of_letter();
            }
            "Dash" | "dash" => self.em_dash(),
            name if self.primitive(name) => {}
            name if styles::is_silent(name) => self.end_of_switch(),
            // The name of an unknown command goes, its argument stays; one without argument is
            // mostly a name that the authors gave to something, and the sentence needs it.
            name => {
                if self.rest.starts_with("{}") {
                    self.skip(2);
                    self.out.push_str(name);
                } else if !self.rest.starts_with(['{', '[']) || is_acronym(name) {
                    self.out.push_str(name);
                }
            }
        }
    }

    /// White space behind a command's name only ends the name. Authors who write metadata forget
    /// that and mean a space, so one is kept unless it stands before a group or another command.
    pub(super) fn end_of_name(&mut self) {
        if self.rest.starts_with("{}") {
            return self.skip(2);
        }
        let trimmed = self.rest.trim_start_matches([' ', '\t']);
        let length = self.rest.len() - trimmed.len();
        if length > 0 && trimmed.starts_with(['{', '}', '\\']) {
            self.skip(length);
        }
    }

    /// Behind a switch that prints nothing the space is no space of the text.
    pub(super) fn end_of_switch(&mut self) {
        if self.rest.starts_with("{}") {
            return self.skip(2);
        }
        let trimmed = self.rest.trim_start_matches([' ', '\t', '\n']);
        let space = &self.rest[..self.rest.len() - trimmed.len()];
        if space.bytes().filter(|byte| *byte == b'\n').count() < 2 {
            self.skip(space.len());
        }
    }

    /// Enters the group behind a command; `false` if there is none.
    pub(super) fn enter_argument(&mut self) -> bool {
        let trimmed = self.rest.trim_start();
        if !trimmed.starts_with('{') {
            return false;
        }
        self.skip(self.rest.len() - trimmed.len() + 1);
        self.open.push(Open::Group);
        true
    }

    /// Reads `{...}` with matching braces as it stands; `None` (and nothing read) if there is none
    /// within [`MAX_ARGUMENT`] bytes.
    pub(super) fn take_argument(&mut self) -> Option<&'a str> {
        let trimmed = self.rest.trim_start();
        let inside = trimmed.strip_prefix('{')?;
        let mut depth = 0usize;
        let mut escaped = false;
        for (at, byte) in inside.bytes().take(MAX_ARGUMENT).enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'{' => depth += 1,
                b'}' if depth > 0 => depth -= 1,
                b'}' => {
                    self.skip(self.rest.len() - inside.len() + at + 1);
                    return Some(&inside[..at]);
                }
                _ => {}
            }
        }
        None
    }

    pub(super) fn skip_optional_arguments(&mut self) {
        while self.rest.starts_with('[') {
            match self.rest.bytes().take(200).position(|byte| byte == b']') {
                Some(end) => self.skip(end + 1),
                None => return,
            }
        }
    }

    /// A footnote's text in brackets.
    fn footnote(&mut self) {
        if self.rest.trim_start().starts_with('{') {
            self.out.push_str(" (");
            self.enter_argument();
            self.open.pop();
            self.open.push(Open::Footnote);
        }
    }

    fn begin(&mut self) {
        let whole = self.rest;
        let Some(environment) = self.take_argument() else {
            return;
        };
        let known = MATH_ENVIRONMENTS
            .iter()
            .find(|(name, _)| *name == environment);
        if let Some((name, keeps_frame)) = known {
            let end_mark = format!(r"\end{{{name}}}");
            let inside = self.rest;
            if let Some(end) = find_within(inside, &end_mark) {
                let framed = format!(
                    r"\begin{}{}",
                    &whole[..whole.len() - inside.len()],
                    &inside[..end + end_mark.len()]
                );
                let latex = if *keeps_frame {
                    &framed
                } else {
                    &inside[..end]
                };
                self.formula(latex, self.displays());
                return self.skip(end + end_mark.len());
            }
        }
        self.skip_optional_arguments();
        self.paragraph();
    }

    fn verb(&mut self) {
        let Some(mark) = self.rest.chars().next().filter(|c| !c.is_alphanumeric()) else {
            return;
        };
        let inside = &self.rest[mark.len_utf8()..];
        let end = inside.find([mark, '\n']);
        if let Some(end) = end.filter(|end| inside[*end..].starts_with(mark)) {
            let opened = self.out.open(Tag::Code);
            self.out.push_str(&inside[..end]);
            if opened {
                self.out.close(Tag::Code);
            }
            self.skip(end + 2 * mark.len_utf8());
        }
    }
}

/// Commands in capitals are names: what stands behind them is no argument.
fn is_acronym(name: &str) -> bool {
    name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn find_within(text: &str, pattern: &str) -> Option<usize> {
    let window = &text.as_bytes()[..text.len().min(MAX_ARGUMENT)];
    window
        .windows(pattern.len())
        .position(|part| part == pattern.as_bytes())
}

/// An address with LaTeX's escapes taken back.
fn unescape(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut chars = address.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                if let Some(next) = chars.next_if(|c| "%&#_$~{}".contains(*c)) {
                    out.push(next);
                }
                if out.ends_with('~') && chars.peek() == Some(&'{') {
                    chars.next();
                }
            }
            '{' | '}' => {}
            c => out.push(c),
        }
    }
    out
}
