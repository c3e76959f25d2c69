//! From what sources put into titles and abstracts (LaTeX, HTML, JATS, or all at once) to plain
//! text and safe HTML with MathML.
//!
//! A small scanner reads the text once and writes both results; formulas go through the crate
//! `math-core`, and what was written passes an allowlist (`ammonia`) as a second line of defence.
//! Nothing here recurses over the input, and every look-ahead is bounded, so hostile texts cost
//! time in proportion to their length.

mod accents;
mod clean;
mod entities;
mod math;
mod scan;
mod symbols;
mod tags;
#[cfg(test)]
mod tests;
mod writer;

/// The longest title that is accepted, in bytes of the source.
pub const MAX_TITLE_BYTES: usize = 64 * 1024;
/// The longest abstract that is accepted, in bytes of the source.
pub const MAX_ABSTRACT_BYTES: usize = 1024 * 1024;

/// A text with more escaped signs than this loses its markup: the sanitiser's parser takes time in
/// proportion to the square of their number, and no real text has a tenth of it.
const MAX_REFERENCES: usize = 5000;

/// Where the text will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A title: phrasing content without links and line breaks, so that it fits into a heading or
    /// a link.
    Line,
    /// An abstract: a sequence of `<p>`, links allowed.
    Blocks,
}

/// A text in the two forms that are stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// Readable text without any markup, for slugs, search and page titles; formulas as their
    /// source with symbols for commands (`ℓ₁`, `68.25%`). Paragraphs are separated by newlines.
    pub text: String,
    /// Sanitised HTML with MathML; for [`Shape::Blocks`] a sequence of `<p>` elements. A formula
    /// that could not be converted stands as its source in `<code class="math-source">`.
    pub html: String,
}

/// Reads `source` as LaTeX text with possible HTML or JATS tags in it.
///
/// The length is not checked here: readers refuse what is longer than [`MAX_TITLE_BYTES`] or
/// [`MAX_ABSTRACT_BYTES`].
pub fn render(source: &str, shape: Shape) -> Markup {
    let written = scan::scan(source, shape);
    let html = if written.html.matches('&').count() > MAX_REFERENCES {
        clean::text_only(&written.text, shape)
    } else {
        clean::clean(written.html)
    };
    Markup {
        text: written.text,
        html,
    }
}

/// `source` as it stands, nothing in it read as markup.
pub fn plain(source: &str) -> Markup {
    let text = source.split_whitespace().collect::<Vec<_>>().join(" ");
    Markup {
        html: clean::text_only(&text, Shape::Line),
        text,
    }
}
