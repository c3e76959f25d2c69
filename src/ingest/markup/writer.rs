//! Writes the two results side by side: escaped, balanced HTML and plain text.

use super::Shape;

/// More open elements than this are dropped, their content kept.
const MAX_OPEN: usize = 16;

/// The elements that the scanner writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Em,
    Strong,
    I,
    B,
    Sub,
    Sup,
    Code,
}

impl Tag {
    fn name(self) -> &'static str {
        match self {
            Tag::Em => "em",
            Tag::Strong => "strong",
            Tag::I => "i",
            Tag::B => "b",
            Tag::Sub => "sub",
            Tag::Sup => "sup",
            Tag::Code => "code",
        }
    }
}

/// The two texts under construction. White space is collapsed, none stays at either end of a
/// paragraph.
pub(super) struct Writer {
    shape: Shape,
    pub html: String,
    pub text: String,
    open: Vec<Tag>,
    in_paragraph: bool,
    /// A space was read and nothing visible since.
    space_due: bool,
    /// Nothing visible yet in this paragraph, or it ends with a space already.
    after_space: bool,
    /// The next paragraph is an entry of a list.
    bullet_due: bool,
}

impl Writer {
    pub fn new(shape: Shape, capacity: usize) -> Self {
        Self {
            shape,
            html: String::with_capacity(capacity + capacity / 8 + 8),
            text: String::with_capacity(capacity),
            open: Vec::new(),
            in_paragraph: false,
            space_due: false,
            after_space: true,
            bullet_due: false,
        }
    }

    /// What is being written.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// White space of any length.
    pub fn space(&mut self) {
        if !self.after_space {
            self.space_due = true;
        }
    }

    /// Takes back the white space that was read last.
    pub fn no_space(&mut self) {
        self.space_due = false;
    }

    /// A bullet before the text that comes, in whatever paragraph it comes.
    pub fn bullet(&mut self) {
        if self.shape == Shape::Line {
            self.push_str("• ");
        } else {
            self.bullet_due = true;
        }
    }

    /// Sets an accent over the character that was written last; `false` if it is no letter.
    pub fn accent_last(&mut self, mark: char) -> bool {
        let last = self.text.chars().next_back().filter(|c| c.is_alphabetic());
        let Some(last) = last.filter(|last| !self.space_due && self.html.ends_with(*last)) else {
            return false;
        };
        for text in [&mut self.text, &mut self.html] {
            match unicode_normalization::char::compose(last, mark) {
                Some(composed) => {
                    text.pop();
                    text.push(composed);
                }
                None => text.push(mark),
            }
        }
        true
    }

    /// One visible character of text.
    pub fn push(&mut self, c: char) {
        if c == '\u{a0}' {
            return self.no_break_space();
        }
        if c.is_whitespace() {
            return self.space();
        }
        if is_dropped(c) {
            return;
        }
        self.before_visible();
        self.text.push(c);
        push_escaped(&mut self.html, c);
    }

    pub fn push_str(&mut self, text: &str) {
        for c in text.chars() {
            self.push(c);
        }
    }

    /// A space at which no line is broken; an ordinary one in the plain text.
    pub fn no_break_space(&mut self) {
        if self.after_space || self.space_due {
            return self.space();
        }
        self.html.push_str("&nbsp;");
        self.text.push(' ');
        self.after_space = true;
    }

    /// A formula: ready HTML, and how it reads in plain text.
    pub fn formula(&mut self, html: &str, readable: &str) {
        self.before_visible();
        self.html.push_str(html);
        self.text.push_str(readable);
        // A formula without readable text must not swallow the space behind it.
        self.after_space = false;
    }

    /// A link, or only its text where links are not wanted. `href` must be http or https.
    pub fn link(&mut self, href: &str, text: &str) {
        if self.shape == Shape::Line {
            return self.push_str(text);
        }
        self.before_visible();
        self.html.push_str("<a href=\"");
        for c in href.chars() {
            match c {
                '"' => self.html.push_str("%22"),
                c if c.is_control() || c.is_whitespace() => {}
                c => push_escaped(&mut self.html, c),
            }
        }
        self.html.push_str("\">");
        self.push_str(text);
        self.html.push_str("</a>");
    }

    /// Opens an element; answers whether it was opened, and so must be closed.
    pub fn open(&mut self, tag: Tag) -> bool {
        if self.open.len() >= MAX_OPEN || self.open.contains(&tag) {
            return false;
        }
        self.flush_space();
        self.start_paragraph();
        self.open.push(tag);
        self.html.push('<');
        self.html.push_str(tag.name());
        self.html.push('>');
        true
    }

    /// Closes the innermost open `tag` and what is open inside it; does nothing if there is none
    /// (a paragraph's end closes everything).
    pub fn close(&mut self, tag: Tag) {
        let Some(at) = self.open.iter().rposition(|open| *open == tag) else {
            return;
        };
        while self.open.len() > at {
            self.close_last();
        }
    }

    fn close_last(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.html.push_str("</");
            self.html.push_str(tag.name());
            self.html.push('>');
        }
    }

    /// A new line inside a paragraph; a space in a title.
    pub fn line_break(&mut self) {
        if self.shape == Shape::Line || !self.in_paragraph {
            return self.space();
        }
        self.space_due = false;
        self.html.push_str("<br>");
        if !self.after_space {
            self.text.push(' ');
        }
        self.after_space = true;
    }

    /// Ends a paragraph; the next one starts with the next visible character.
    pub fn paragraph(&mut self) {
        if self.shape == Shape::Line {
            return self.space();
        }
        while !self.open.is_empty() {
            self.close_last();
        }
        if self.in_paragraph {
            self.html.push_str("</p>");
            self.in_paragraph = false;
        }
        self.trim_text();
        self.space_due = false;
        self.after_space = true;
    }

    /// Ends everything that is open.
    pub fn finish(&mut self) {
        while !self.open.is_empty() {
            self.close_last();
        }
        if self.in_paragraph {
            self.html.push_str("</p>");
        }
        self.trim_text();
    }

    fn trim_text(&mut self) {
        let length = self.text.trim_end().len();
        self.text.truncate(length);
    }

    fn start_paragraph(&mut self) {
        if self.shape == Shape::Blocks && !self.in_paragraph {
            self.in_paragraph = true;
            self.html.push_str("<p>");
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            if std::mem::take(&mut self.bullet_due) {
                self.html.push_str("• ");
                self.text.push_str("• ");
            }
        }
    }

    fn flush_space(&mut self) {
        if self.space_due {
            self.space_due = false;
            self.after_space = true;
            self.html.push(' ');
            self.text.push(' ');
        }
    }

    fn before_visible(&mut self) {
        self.flush_space();
        self.start_paragraph();
        self.after_space = false;
    }
}

/// Control characters, direction overrides (they could turn the rest of a page around) and
/// characters that are not for interchange.
fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{feff}')
        || (u32::from(c) & 0xfffe) == 0xfffe
}

/// Escapes exactly what the sanitiser escapes in text, so that text is a fixed point of it.
pub(super) fn push_escaped(html: &mut String, c: char) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '\u{a0}' => html.push_str("&nbsp;"),
        c => html.push(c),
    }
}
