//! Which tags of HTML, JATS and the ACL Anthology mean something to us.

use super::writer::Tag;

/// The longest tag looked for, in bytes.
const MAX_BYTES: usize = 2000;

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// An element we write as well.
    Style(Tag),
    LineBreak,
    Paragraph,
    /// One entry of a list: a paragraph of its own with a bullet.
    Item,
    /// A heading inside an abstract.
    Heading,
    /// Its content is not text for readers.
    SkipContent,
    /// Dropped, its content kept.
    Drop,
}

/// A tag read from the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Read<'a> {
    /// The name as written.
    pub name: &'a str,
    pub action: Action,
    pub closing: bool,
    /// How many bytes it takes, `<` and `>` included.
    pub length: usize,
}

/// Reads the tag at the start of `text` (which starts with `<`). `None` where `<` is only a sign,
/// as in `a < b`, `<x, y>` or `p <b and c> q`.
pub(super) fn read(text: &str) -> Option<Read<'_>> {
    let inner = &text[1..];
    let closing = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name_end = inner
        .bytes()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_')))?;
    let name = &inner[..name_end];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let action = action(name)?;
    let rest = &inner[name_end..];
    let end = end_of_tag(rest.as_bytes())?;
    let attributes = rest[..end].trim().trim_end_matches('/');
    // Words without `=` are prose between two signs, not attributes.
    if !attributes.is_empty() && (closing || !attributes.contains('=')) {
        return None;
    }
    Some(Read {
        name,
        action,
        closing,
        length: text.len() - rest.len() + end + 1,
    })
}

/// Where the tag's `>` stands: the first one outside quotes, before another `<`.
fn end_of_tag(rest: &[u8]) -> Option<usize> {
    let rest = &rest[..rest.len().min(MAX_BYTES)];
    let mut quote = None;
    for (at, byte) in rest.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            (None, b'"' | b'\'') if at > 0 && rest[at - 1] == b'=' => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    // A quote that is never closed was none.
    let end = rest.iter().position(|byte| *byte == b'>')?;
    (!rest[..end].contains(&b'<')).then_some(end)
}

fn action(name: &str) -> Option<Action> {
    let lower = name.to_ascii_lowercase();
    let bare = match lower.split_once(':') {
        Some(("jats", bare)) => bare,
        Some(("mml" | "m", _)) => return Some(Action::Drop),
        Some(_) => return None,
        None => lower.as_str(),
    };
    Some(match bare {
        "i" | "italic" => Action::Style(Tag::I),
        "em" => Action::Style(Tag::Em),
        "b" | "bold" => Action::Style(Tag::B),
        "strong" => Action::Style(Tag::Strong),
        "sub" | "inf" => Action::Style(Tag::Sub),
        "sup" => Action::Style(Tag::Sup),
        "tt" | "code" | "monospace" | "kbd" | "samp" => Action::Style(Tag::Code),
        "br" | "break" => Action::LineBreak,
        "p" | "div" | "sec" | "section" | "abstract" | "list" | "ul" | "ol" | "dl"
        | "blockquote" | "disp-quote" | "table" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "hr" | "pre" => Action::Paragraph,
        "li" | "list-item" | "dt" | "dd" => Action::Item,
        "title" => Action::Heading,
        "script" | "style" | "iframe" | "noembed" | "noframes" | "noscript" | "object"
        | "template" | "xmp" => Action::SkipContent,
        other if DROPPED.binary_search(&other).is_ok() => Action::Drop,
        _ => return None,
    })
}

/// Tags whose content is kept, in alphabetical order.
const DROPPED: &[&str] = &[
    "a",
    "abbr",
    "address",
    "alternatives",
    "animate",
    "annotation",
    "annotation-xml",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "base",
    "bdi",
    "bdo",
    "big",
    "blink",
    "body",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "col",
    "colgroup",
    "data",
    "datalist",
    "del",
    "details",
    "dfn",
    "dialog",
    "disp-formula",
    "email",
    "embed",
    "ext-link",
    "fieldset",
    "figcaption",
    "figure",
    "fixed-case",
    "font",
    "footer",
    "foreignobject",
    "form",
    "frame",
    "frameset",
    "head",
    "header",
    "html",
    "image",
    "img",
    "inline-formula",
    "inline-graphic",
    "input",
    "ins",
    "isindex",
    "keygen",
    "label",
    "legend",
    "link",
    "listing",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meta",
    "mfrac",
    "mglyph",
    "mi",
    "mn",
    "mo",
    "mover",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "named-content",
    "nav",
    "nobr",
    "optgroup",
    "option",
    "output",
    "overline",
    "param",
    "picture",
    "plaintext",
    "portal",
    "progress",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "sc",
    "scp",
    "select",
    "semantics",
    "set",
    "slot",
    "small",
    "source",
    "span",
    "strike",
    "styled-content",
    "summary",
    "svg",
    "tbody",
    "td",
    "tex-math",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "track",
    "u",
    "underline",
    "uri",
    "url",
    "use",
    "var",
    "video",
    "wbr",
    "xref",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_dropped_tags_is_sorted_for_binary_search() {
        assert!(DROPPED.is_sorted());
    }

    #[test]
    fn signs_in_prose_are_no_tags() {
        for text in [
            "< b",
            "<x, y>",
            "<b and c>",
            "<>",
            "<3",
            "<b",
            "<i <",
            "<foo>",
            "<b,c>",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_tag_ends_at_the_sign_outside_quotes() {
        let tag = read(r#"<a href="x>y">z"#).unwrap();
        assert_eq!((tag.name, tag.length), ("a", 14));
        assert_eq!(read("<svg/onload=alert(1)>").unwrap().length, 21);
        assert_eq!(read(r#"<img src="x>"#).unwrap().length, 12);
        assert!(read("</jats:p>").unwrap().closing);
    }
}
