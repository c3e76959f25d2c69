//! The scanner: one pass over the source, an explicit stack instead of recursion.

mod bare;
mod commands;
mod dollars;
mod letters;
mod primitives;
mod signs;
mod styles;

use super::writer::{Tag, Writer};
use super::{Shape, entities, math, tags};
use tags::Action;

/// What has been opened and not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// A brace of LaTeX; the elements that its end closes stand behind it.
    Group,
    /// A brace whose end closes a bracket in the text.
    Footnote,
    /// A brace whose content is set over what stands before it.
    Overlap,
    /// An element of ours.
    Element(Tag),
}

impl Open {
    fn is_group(&self) -> bool {
        !matches!(self, Open::Element(_))
    }
}

/// What the scanner wrote: the HTML is well-formed but has not passed the allowlist.
pub(super) struct Written {
    pub html: String,
    pub text: String,
}

pub(super) fn scan(source: &str, shape: Shape) -> Written {
    let mut scanner = Scanner {
        rest: source,
        before: None,
        out: Writer::new(shape, source.len()),
        open: Vec::new(),
        single_quote: false,
        dropped_dollar: None,
        no_comment_end: false,
        no_skip_end: false,
    };
    scanner.run();
    scanner.out.finish();
    Written {
        html: scanner.out.html,
        text: scanner.out.text,
    }
}

struct Scanner<'a> {
    /// What has not been read yet.
    rest: &'a str,
    /// The character of the source before `rest`.
    before: Option<char>,
    out: Writer,
    open: Vec<Open>,
    /// An opening single quote of LaTeX waits for its end.
    single_quote: bool,
    /// How much of the source is left where a dollar stands that closes no formula after all.
    dropped_dollar: Option<usize>,
    /// The rest was searched for `-->` in vain; searching again would cost time for nothing.
    no_comment_end: bool,
    /// The same for the end of an element whose content is skipped.
    no_skip_end: bool,
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            match c {
                '\\' => self.backslash(),
                '$' => self.dollar(),
                '{' => {
                    self.skip(1);
                    self.open.push(Open::Group);
                }
                '}' => {
                    self.skip(1);
                    self.close_group();
                }
                '<' => self.angle(),
                '&' => match entities::read(self.rest) {
                    Some((decoded, length)) => {
                        self.skip(length);
                        self.out.push(decoded);
                    }
                    None => self.literal(c),
                },
                '~' => self.tilde(),
                '-' => self.dashes(),
                '`' | '\'' => self.quotes(c),
                'h' | 'H' if self.at_address() => {
                    let address = self.take_address();
                    self.link(address, address);
                }
                c if c.is_whitespace() => self.white_space(),
                '^' | '_' if self.script_of_word(c) => {}
                _ if self.bare_formula() => {}
                c => self.literal(c),
            }
        }
    }

    /// Moves over `bytes` bytes, which end at a character boundary.
    fn skip(&mut self, bytes: usize) {
        let (read, rest) = self.rest.split_at(bytes);
        self.before = read.chars().next_back().or(self.before);
        self.rest = rest;
    }

    /// Writes one character as it stands.
    fn literal(&mut self, c: char) {
        self.skip(c.len_utf8());
        self.out.push(c);
    }

    fn white_space(&mut self) {
        let length = self.rest.len() - self.rest.trim_start().len();
        let space = &self.rest[..length];
        if space.bytes().filter(|byte| *byte == b'\n').count() > 1 {
            self.paragraph();
        } else if space.contains('\u{a0}') {
            self.out.no_break_space();
        } else {
            self.out.space();
        }
        self.skip(length);
    }

    fn paragraph(&mut self) {
        self.out.paragraph();
        // Elements do not reach over paragraphs.
        self.open.retain(Open::is_group);
    }

    fn close_group(&mut self) {
        let Some(at) = self.open.iter().rposition(Open::is_group) else {
            return;
        };
        for open in self.open.split_off(at).into_iter().rev() {
            match open {
                Open::Element(tag) => self.out.close(tag),
                Open::Footnote => self.out.push(')'),
                Open::Group | Open::Overlap => {}
            }
        }
    }

    fn open_element(&mut self, tag: Tag) {
        if self.out.open(tag) {
            self.open.push(Open::Element(tag));
        }
    }

    /// Closes an element of the source, if it was opened inside the same group.
    fn close_element(&mut self, tag: Tag) {
        let inside = self
            .open
            .iter()
            .rposition(Open::is_group)
            .map_or(0, |at| at + 1);
        let Some(at) = self.open[inside..]
            .iter()
            .rposition(|open| *open == Open::Element(tag))
        else {
            return;
        };
        self.open.truncate(inside + at);
        self.out.close(tag);
    }

    fn angle(&mut self) {
        if self.rest.starts_with("<!--") && !self.no_comment_end {
            match self.rest.find("-->") {
                Some(end) => return self.skip(end + 3),
                None => self.no_comment_end = true,
            }
        }
        if self.rest.starts_with("<![CDATA[") {
            return self.skip("<![CDATA[".len());
        }
        if let Some((arrow, length)) = signs::left_arrow(self.rest) {
            self.skip(length);
            return self.out.push(arrow);
        }
        let Some(tag) = tags::read(self.rest) else {
            return self.literal('<');
        };
        match tag.action {
            Action::SkipContent if !tag.closing => {
                if !self.no_skip_end
                    && let Some(end) = end_of_element(&self.rest[tag.length..], tag.name)
                {
                    return self.skip(tag.length + end);
                }
                // Never closed: somebody writes about a tag.
                self.no_skip_end = true;
                return self.literal('<');
            }
            Action::Heading if !tag.closing => {
                let content = &self.rest[tag.length..];
                let heading = content.split('<').next().unwrap_or_default().trim();
                self.paragraph();
                // Everybody sees that it is the abstract.
                if heading.eq_ignore_ascii_case("abstract") {
                    let length = content.find('<').unwrap_or(0);
                    return self.skip(tag.length + length);
                }
                self.open_element(Tag::Strong);
            }
            Action::Heading | Action::Paragraph => self.paragraph(),
            Action::Item => {
                self.paragraph();
                if !tag.closing {
                    self.out.bullet();
                }
            }
            Action::LineBreak => self.out.line_break(),
            Action::Style(style) if tag.closing => self.close_element(style),
            Action::Style(style) => self.open_element(style),
            Action::SkipContent | Action::Drop => {}
        }
        self.skip(tag.length);
    }

    fn at_address(&self) -> bool {
        let scheme = [&b"https://"[..], b"http://"].iter().any(|scheme| {
            self.rest
                .as_bytes()
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        scheme && !self.before.is_some_and(char::is_alphanumeric)
    }

    /// A bare address in the text, without the punctuation that ends the sentence.
    fn take_address(&mut self) -> &'a str {
        let rest = self.rest;
        let end = rest
            .find(|c: char| {
                c.is_whitespace()
                    || c.is_control()
                    || matches!(c, '<' | '>' | '"' | '{' | '}' | '\\' | '$' | '`' | '|')
            })
            .unwrap_or(rest.len());
        let mut address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '~']);
        while address.ends_with(')') && !address.contains('(') {
            address = address[..address.len() - 1].trim_end_matches(['.', ',', ';']);
        }
        self.skip(address.len());
        address
    }

    /// A link if the address is one that may be followed, otherwise only the text.
    fn link(&mut self, address: &str, text: &str) {
        let safe = url::Url::parse(address)
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if safe {
            self.out.link(address, text);
        } else {
            self.out.push_str(text);
        }
    }

    fn formula(&mut self, latex: &str, display: bool) {
        self.out
            .formula(&math::to_html(latex, display), &math::to_text(latex));
    }
}

/// Where `content` continues behind the closing tag of `name`.
fn end_of_element(content: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = content[from..].find("</") {
        let start = from + at + 2;
        let tail = &content.as_bytes()[start..];
        if tail.len() > name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            let close = content[start..].find('>')?;
            return Some(start + close + 1);
        }
        from = start;
    }
    None
}
