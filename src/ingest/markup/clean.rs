//! The allowlist that everything passes before it is stored.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::Shape;
use super::writer::push_escaped;

/// Text-level elements, and `p` and `br` of abstracts.
const HTML: &[&str] = &[
    "a", "b", "br", "code", "em", "i", "p", "s", "span", "strong", "sub", "sup", "u",
];

/// MathML Core without `semantics`, `annotation`, `annotation-xml`, `maction` and every element
/// that takes an address.
const MATHML: &[&str] = &[
    "math",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
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
];

/// Layout attributes of MathML, none of which can load or run anything.
const MATHML_ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "depth",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "notation",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

static ALLOWLIST: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut attributes: HashMap<&str, HashSet<&str>> = MATHML
        .iter()
        .map(|tag| (*tag, MATHML_ATTRIBUTES.iter().copied().collect()))
        .collect();
    attributes.insert("a", HashSet::from(["href"]));
    let mut builder = Builder::empty();
    builder
        .tags(HTML.iter().chain(MATHML).copied().collect())
        .clean_content_tags(HashSet::from(["script", "style", "annotation-xml"]))
        .tag_attributes(attributes)
        .add_tag_attribute_values("math", "display", ["block", "inline"])
        .add_allowed_classes("code", ["math-source"])
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener"))
        .strip_comments(true);
    builder
});

/// Passes `html` through the allowlist.
///
/// A text without `<` is returned as it is: the writer escapes it exactly as the sanitiser would,
/// and most titles are such texts (a test holds the two together).
pub(super) fn clean(html: String) -> String {
    if html.contains('<') {
        always_clean(&html)
    } else {
        html
    }
}

/// Plain text as HTML: escaped, in one paragraph where paragraphs are wanted.
pub(super) fn text_only(text: &str, shape: Shape) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    if shape == Shape::Blocks {
        html.push_str("<p>");
    }
    text.chars().for_each(|c| push_escaped(&mut html, c));
    if shape == Shape::Blocks {
        html.push_str("</p>");
    }
    html
}

/// [`clean`] without the short cut.
pub(super) fn always_clean(html: &str) -> String {
    ALLOWLIST.clean(html).to_string()
}

/// Whether elements of this name may come out.
#[cfg(test)]
pub(super) fn allowed(name: &str) -> bool {
    HTML.contains(&name) || MATHML.contains(&name)
}
