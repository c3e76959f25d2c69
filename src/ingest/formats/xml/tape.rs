//! One record of an XML file in memory: a flat list of its elements and texts, used again for the next
//! record. Flat, so that nothing recurses over what a file says.

use std::ops::Range;

/// The most text that one record may hold, in bytes.
pub(super) const MAX_TEXT_BYTES: usize = crate::ingest::csl_json::MAX_RECORD_BYTES;
/// The most elements and texts that one record may hold.
const MAX_NODES: usize = 500_000;
/// The most attributes of one element that are kept.
const MAX_ATTRIBUTES: usize = 50;

/// Names and texts lie in one string, as ranges of it.
type Span = Range<u32>;

#[derive(Debug)]
struct Node {
    /// The name of an element; `None` for a text.
    name: Option<Span>,
    /// What a text says.
    text: Span,
    /// The attributes of an element.
    attributes: Range<u32>,
    /// Where the next node stands that is not inside this one.
    end: u32,
}

/// The elements and texts of one record.
#[derive(Debug, Default)]
pub(super) struct Tape {
    text: String,
    nodes: Vec<Node>,
    attributes: Vec<(Span, Span)>,
    /// The elements that are not closed yet.
    open: Vec<u32>,
    /// Whether the last node is a text that the next one continues.
    in_text: bool,
}

impl Tape {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.nodes.clear();
        self.attributes.clear();
        self.open.clear();
        self.in_text = false;
    }

    /// Whether the record takes more than one may.
    pub(super) fn is_full(&self) -> bool {
        self.text.len() > MAX_TEXT_BYTES || self.nodes.len() > MAX_NODES
    }

    /// Without U+0000, which PostgreSQL refuses and nobody reads.
    fn push(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        if text.contains('\0') {
            self.text.extend(text.chars().filter(|c| *c != '\0'));
        } else {
            self.text.push_str(text);
        }
        start..self.text.len() as u32
    }

    /// An element begins.
    pub(super) fn start(&mut self, name: &str) {
        let name = self.push(name);
        let at = self.nodes.len() as u32;
        let attributes = self.attributes.len() as u32;
        self.open.push(at);
        self.in_text = false;
        self.nodes.push(Node {
            name: Some(name),
            text: 0..0,
            attributes: attributes..attributes,
            end: at + 1,
        });
    }

    /// An attribute of the element that began last.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        let (name, value) = (self.push(name), self.push(value));
        let Some(node) = self.nodes.last_mut() else {
            return;
        };
        if node.attributes.len() < MAX_ATTRIBUTES {
            self.attributes.push((name, value));
            node.attributes.end = self.attributes.len() as u32;
        }
    }

    /// A text inside the element that is open.
    pub(super) fn text(&mut self, text: &str) {
        let span = self.push(text);
        // Texts come in pieces around references: one text for readers.
        if self.in_text
            && let Some(last) = self.nodes.last_mut()
        {
            last.text.end = span.end;
            return;
        }
        self.in_text = true;
        let at = self.nodes.len() as u32;
        self.nodes.push(Node {
            name: None,
            text: span,
            attributes: 0..0,
            end: at + 1,
        });
    }

    /// The element that is open ends.
    pub(super) fn end(&mut self) {
        let end = self.nodes.len() as u32;
        self.in_text = false;
        if let Some(node) = self
            .open
            .pop()
            .and_then(|at| self.nodes.get_mut(at as usize))
        {
            node.end = end;
        }
    }

    /// Ends all that is open: a record that was too long is named all the same.
    pub(super) fn end_all(&mut self) {
        while !self.open.is_empty() {
            self.end();
        }
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        (!self.nodes.is_empty()).then_some(Element { tape: self, at: 0 })
    }

    fn slice(&self, span: &Span) -> &str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }
}

/// A piece of an element's content, in the order of the file.
#[derive(Clone, Copy, Debug)]
pub(in crate::ingest::formats) enum Piece<'t> {
    /// An element begins.
    Start(Element<'t>),
    /// An element ends.
    End(Element<'t>),
    /// Text.
    Text(&'t str),
}

/// One element of a record.
#[derive(Clone, Copy, Debug)]
pub(in crate::ingest::formats) struct Element<'t> {
    tape: &'t Tape,
    at: u32,
}

impl<'t> Element<'t> {
    fn node(&self) -> &'t Node {
        &self.tape.nodes[self.at as usize]
    }

    /// The name without its namespace's prefix.
    pub fn name(&self) -> &'t str {
        self.node()
            .name
            .as_ref()
            .map_or("", |name| self.tape.slice(name))
    }

    /// An attribute by its name without prefix, trimmed; `None` if it is empty.
    pub fn attribute(&self, name: &str) -> Option<&'t str> {
        let Range { start, end } = self.node().attributes;
        self.tape
            .attributes
            .get(start as usize..end as usize)?
            .iter()
            .find(|(known, _)| self.tape.slice(known) == name)
            .map(|(_, value)| self.tape.slice(value).trim())
            .filter(|value| !value.is_empty())
    }

    /// The elements right inside this one.
    pub fn children(&self) -> impl Iterator<Item = Element<'t>> + use<'t> {
        let tape = self.tape;
        let end = self.node().end;
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            while at < end {
                let node = tape.nodes.get(at as usize)?;
                let element = Element { tape, at };
                at = node.end;
                if node.name.is_some() {
                    return Some(element);
                }
            }
            None
        })
    }

    /// The elements of one name right inside this one.
    pub fn all<'n>(&self, name: &'n str) -> impl Iterator<Item = Element<'t>> + use<'t, 'n> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first element of a name right inside this one.
    pub fn child(&self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// The first element at the end of a path of names.
    pub fn find(&self, path: &[&str]) -> Option<Element<'t>> {
        path.iter()
            .try_fold(*self, |element, name| element.child(name))
    }

    /// All content, depth first; this element's own tags left out.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'t>> + use<'t> {
        let tape = self.tape;
        let end = self.node().end;
        let mut at = self.at + 1;
        let mut open: Vec<u32> = Vec::new();
        std::iter::from_fn(move || {
            if let Some(last) = open.last().copied() {
                let element = Element { tape, at: last };
                if element.node().end <= at {
                    open.pop();
                    return Some(Piece::End(element));
                }
            }
            if at >= end {
                return None;
            }
            let node = tape.nodes.get(at as usize)?;
            let element = Element { tape, at };
            at += 1;
            if node.name.is_some() {
                open.push(element.at);
                Some(Piece::Start(element))
            } else {
                Some(Piece::Text(tape.slice(&node.text)))
            }
        })
    }

    /// All text inside, as it stands.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for piece in self.pieces() {
            if let Piece::Text(part) = piece {
                text.push_str(part);
            }
        }
        text
    }

    /// All text inside on one line; `None` without any.
    pub fn line(&self) -> Option<String> {
        super::super::fields::line(&self.text())
    }

    /// The text of the first element of a name, on one line.
    pub fn line_of(&self, name: &str) -> Option<String> {
        self.child(name)?.line()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `<a x="1">one<b/>two<c><d>three</d>four</c></a>`
    fn tape() -> Tape {
        let mut tape = Tape::default();
        tape.start("a");
        tape.attribute("x", " 1 ");
        tape.attribute("y", " ");
        tape.text("on\0");
        tape.text("e");
        tape.start("b");
        tape.end();
        tape.text("two");
        tape.start("c");
        tape.start("d");
        tape.text("three");
        tape.end();
        tape.text("four");
        tape.end_all();
        tape
    }

    #[test]
    fn elements_find_their_attributes_children_and_text() {
        let tape = tape();
        let root = tape.root().unwrap();
        assert_eq!(
            (root.attribute("x"), root.attribute("y")),
            (Some("1"), None)
        );
        let names: Vec<&str> = root.children().map(|child| child.name()).collect();
        assert_eq!(names, ["b", "c"]);
        assert_eq!(root.text(), "onetwothreefour");
        assert_eq!(root.find(&["c", "d"]).unwrap().text(), "three");
        assert!(root.find(&["b", "d"]).is_none());
        assert_eq!(root.child("b").unwrap().line(), None);
    }

    #[test]
    fn pieces_come_in_the_order_of_the_file() {
        let tape = tape();
        let found: Vec<String> = tape
            .root()
            .unwrap()
            .pieces()
            .map(|piece| match piece {
                Piece::Start(element) => format!("<{}>", element.name()),
                Piece::End(element) => format!("</{}>", element.name()),
                Piece::Text(text) => text.to_owned(),
            })
            .collect();
        assert_eq!(found.concat(), "one<b></b>two<c><d>three</d>four</c>");
    }
}
