//! Authors that a source prints as one text: `A. Berg (Oslo), B. Dahl and C. Elv ((1) Riga, (2) Turku)`.
//!
//! The rules are those by which arXiv reads the field (<https://info.arxiv.org/help/prep.html#authors>): commas and
//! `and` separate, brackets hold affiliations or their numbers, and a printed affiliation also counts for the
//! authors without one right before it.

mod legend;

use std::rc::Rc;

use super::fields::plain;
use super::people::{author, is_group, is_suffix, on_behalf};
use crate::domain::names::PersonName;
use crate::ingest::record::RecordAuthor;
use legend::{Legend, markers};

/// An affiliation may count for many authors; more than this in all is an attack on our memory.
const MAX_AFFILIATION_BYTES: usize = 4 * 1024 * 1024;

/// The authors of a work in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AuthorList {
    pub authors: Vec<RecordAuthor>,
    /// The list says that it stops before its end.
    pub more: bool,
}

/// A name with what stands in brackets behind it.
#[derive(Debug, Default)]
struct Entry<'t> {
    name: &'t str,
    brackets: Vec<&'t str>,
}

/// What is known of an affiliation before the end of the list is read.
enum Affiliation {
    /// Numbers of a list that follows the authors.
    Numbers(Vec<String>),
    Printed(Rc<str>),
}

/// Reads a list of authors.
pub(super) fn parse(text: &str) -> AuthorList {
    let Some(text) = super::fields::line(text) else {
        return AuthorList::default();
    };
    let mut list = Builder::default();
    let mut rest = text.as_str();
    // `The One and Other Collaborations: A. Berg, …`: one group, whatever separates inside.
    if let Some(at) = outside_brackets(rest).find(|(_, c)| *c == ':')
        && is_group(&rest[..at.0])
    {
        list.person(&rest[..at.0]);
        rest = &rest[at.0 + 1..];
    }
    for part in split(rest) {
        list.entry(&read_entry(part));
    }
    list.finish()
}

#[derive(Default)]
struct Builder {
    authors: Vec<(RecordAuthor, Vec<Affiliation>)>,
    legend: Legend,
    more: bool,
    /// From where on authors wait for the affiliation of one behind them.
    waiting: usize,
}

impl Builder {
    fn entry(&mut self, entry: &Entry<'_>) {
        let before = self.authors.len();
        self.name(entry.name);
        // Brackets without a name belong to the one before.
        let from = before.min(self.authors.len().saturating_sub(1));
        for bracket in &entry.brackets {
            self.bracket(bracket, from);
        }
    }

    /// The name of one author, or the end of the name before.
    fn name(&mut self, name: &str) {
        let name = name.trim().trim_start_matches(['&', '.']).trim();
        let name = name.strip_prefix("and ").unwrap_or(name).trim();
        if is_suffix(name)
            && let Some((last, _)) = self.authors.last_mut()
        {
            let whole = format!("{} {name}", last.name.display());
            last.name = PersonName::literal(&whole);
            return;
        }
        let lower = name.to_ascii_lowercase();
        let bare = lower.trim_end_matches('.');
        if matches!(bare, "et al" | "et. al" | "others" | "etc") {
            self.more = true;
            return;
        }
        for ending in [" et al", " et. al", " and others"] {
            if bare.ends_with(ending) {
                self.more = true;
                return self.person(&name[..bare.len() - ending.len()]);
            }
        }
        self.person(name);
    }

    fn person(&mut self, name: &str) {
        let name = name.trim().trim_end_matches([',', ';', ':']);
        let spoken = on_behalf(name);
        let person = spoken.person.and_then(plain);
        let group = spoken.group.and_then(plain);
        for (name, is_group) in [(person, false), (group, true)] {
            let Some(name) = name else { continue };
            if let Some(mut author) = author(PersonName::literal(&name)) {
                author.group = is_group;
                self.authors.push((author, Vec::new()));
            }
        }
    }

    fn bracket(&mut self, content: &str, from: usize) {
        let content = content.trim();
        if content.is_empty() {
            return;
        }
        if let Some(numbers) = markers(content) {
            // A list of affiliations follows, so none of them is printed behind a name.
            self.waiting = self.authors.len();
            for (_, found) in self.authors.iter_mut().skip(from) {
                found.push(Affiliation::Numbers(numbers.clone()));
            }
            return;
        }
        if self.legend.read(content) {
            return;
        }
        let Some(printed) = plain(content) else {
            return;
        };
        let printed: Rc<str> = printed.into();
        let from = self.waiting.min(from);
        for (author, found) in self.authors.iter_mut().skip(from) {
            if !author.group {
                found.push(Affiliation::Printed(Rc::clone(&printed)));
            }
        }
        self.waiting = self.authors.len();
    }

    fn finish(self) -> AuthorList {
        let legend = self.legend;
        let mut left = MAX_AFFILIATION_BYTES;
        let mut add = |author: &mut RecordAuthor, text: &str| {
            if let Some(rest) = left.checked_sub(text.len()) {
                left = rest;
                author.affiliations.push(text.to_owned());
            }
        };
        let authors = self
            .authors
            .into_iter()
            .map(|(mut author, affiliations)| {
                for affiliation in &affiliations {
                    match affiliation {
                        Affiliation::Printed(text) => add(&mut author, text),
                        Affiliation::Numbers(numbers) => numbers
                            .iter()
                            .filter_map(|number| legend.get(number))
                            .for_each(|text| add(&mut author, text)),
                    }
                }
                author
            })
            .collect();
        AuthorList {
            authors,
            more: self.more,
        }
    }
}

/// The characters outside of round brackets and braces.
fn outside_brackets(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut depth = 0u32;
    let mut escaped = false;
    text.char_indices().filter(move |(_, c)| {
        if std::mem::take(&mut escaped) {
            return false;
        }
        match c {
            '\\' => escaped = true,
            '(' | '{' => depth += 1,
            ')' | '}' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    })
}

/// The parts of a list, separated by commas, semicolons, colons, `and` and `&`.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in outside_brackets(text) {
        if at < start {
            continue;
        }
        let length = match c {
            ',' | ';' | ':' => 1,
            ' ' => [" and ", " & ", " AND "]
                .iter()
                .find(|word| text[at..].starts_with(**word))
                // The space behind may begin the next separator.
                .map_or(0, |word| word.len() - 1),
            // `(Oslo)and C. Elv`
            _ => 0,
        };
        if length > 0 {
            parts.push(&text[start..at]);
            start = at + length;
        }
    }
    parts.push(&text[start..]);
    join_groups(parts, text)
}

/// `the One and Other Collaborations` is no list of two.
fn join_groups<'t>(parts: Vec<&'t str>, text: &'t str) -> Vec<&'t str> {
    let mut joined: Vec<&str> = Vec::with_capacity(parts.len());
    for part in parts {
        let plural = part
            .trim_end()
            .to_ascii_lowercase()
            .ends_with("collaborations");
        let first = joined.last().copied().filter(|last| {
            let last = last.trim_start().to_ascii_lowercase();
            plural && (last.starts_with("the ") || last.starts_with("for the "))
        });
        match first {
            // Both are pieces of `text`, the second behind the first.
            Some(first) => {
                let start = first.as_ptr() as usize - text.as_ptr() as usize;
                let end = part.as_ptr() as usize - text.as_ptr() as usize + part.len();
                joined.pop();
                joined.push(&text[start..end]);
            }
            None => joined.push(part),
        }
    }
    joined
}

/// Takes a name and the brackets behind it apart. Brackets inside a name (`Zhe (Rita) Berg`) belong to it.
fn read_entry(part: &str) -> Entry<'_> {
    let mut entry = Entry {
        name: part,
        brackets: Vec::new(),
    };
    let mut rest = part.trim_end();
    while let Some(before) = rest.strip_suffix(')') {
        let Some(open) = opening(before) else {
            break;
        };
        entry.brackets.push(&before[open + 1..]);
        rest = before[..open].trim_end();
        // `(1),((1) Riga)`
        rest = rest.trim_end_matches([',', ';']).trim_end();
    }
    entry.brackets.reverse();
    entry.name = rest;
    // A bracket that never ends swallows the rest.
    let closed = rest.rfind(')').map_or(0, |at| at + 1);
    if let Some(at) = rest[closed..].find('(').map(|at| closed + at) {
        entry.name = rest[..at].trim_end();
        entry.brackets.insert(0, &rest[at + 1..]);
    }
    entry
}

/// Where the bracket opens that ends behind `text`.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0u32;
    for (at, byte) in text.bytes().enumerate().rev() {
        match byte {
            b')' => depth += 1,
            b'(' if depth == 0 => return Some(at),
            b'(' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Name {affiliation; affiliation}`, groups in square brackets, `…` for more.
    fn read(text: &str) -> Vec<String> {
        let list = parse(text);
        let mut shown: Vec<String> = list
            .authors
            .iter()
            .map(|author| {
                let mut shown = author.name.display();
                if author.group {
                    shown = format!("[{shown}]");
                }
                if !author.affiliations.is_empty() {
                    shown = format!("{shown} {{{}}}", author.affiliations.join("; "));
                }
                shown
            })
            .collect();
        if list.more {
            shown.push("…".to_owned());
        }
        shown
    }

    #[test]
    fn commas_and_words_separate_names() {
        for text in [
            "A. Berg, B. Dahl and C. Elv",
            "A. Berg, B. Dahl, and C. Elv",
            "A. Berg, B. Dahl,\n  & C. Elv",
            "A. Berg; B. Dahl; C. Elv",
            "A. Berg and B. Dahl and C. Elv",
        ] {
            assert_eq!(read(text), ["A. Berg", "B. Dahl", "C. Elv"], "{text}");
        }
        assert_eq!(
            read("Anders Sand and Andy Andersson"),
            ["Anders Sand", "Andy Andersson"]
        );
        assert_eq!(read("P.Berg"), ["P.Berg"]);
        assert!(read(" ").is_empty() && read(":").is_empty());
    }

    #[test]
    fn latex_in_names_is_read_and_separates_nothing() {
        assert_eq!(
            read(r#"J\"org Berg, Fran\c{c}ois Dahl and {\'E}. Elv"#),
            ["Jörg Berg", "François Dahl", "É. Elv"]
        );
    }

    #[test]
    fn suffixes_belong_to_the_name_before() {
        assert_eq!(
            read("Robert Berg, Jr. and D. Dahl Jr., C. Elv, III"),
            ["Robert Berg Jr.", "D. Dahl Jr.", "C. Elv III"]
        );
    }

    #[test]
    fn lists_that_stop_early_say_so() {
        assert_eq!(read("A. Berg, et al"), ["A. Berg", "…"]);
        assert_eq!(read("A. Berg et al."), ["A. Berg", "…"]);
        assert_eq!(read("A. Berg and others"), ["A. Berg", "…"]);
    }

    #[test]
    fn groups_are_told_from_people() {
        assert_eq!(
            read("Example Collaboration: A. Berg, B. Dahl"),
            ["[Example Collaboration]", "A. Berg", "B. Dahl"]
        );
        assert_eq!(
            read("The One and Other Collaborations: A. Berg"),
            ["[The One and Other Collaborations]", "A. Berg"]
        );
        assert_eq!(
            read("A. Berg, for the One and Other Collaborations"),
            ["A. Berg", "[One and Other Collaborations]"]
        );
        assert_eq!(
            read("A. Berg for the Example Collaboration"),
            ["A. Berg", "[Example Collaboration]"]
        );
        assert_eq!(
            read("A. Berg and the Example Collaboration"),
            ["A. Berg", "[the Example Collaboration]"]
        );
    }

    #[test]
    fn a_printed_affiliation_counts_for_those_before_it() {
        assert_eq!(
            read("A. Berg (Oslo), B. Dahl, C. Elv (Riga, Latvia), D. Fors"),
            [
                "A. Berg {Oslo}",
                "B. Dahl {Riga, Latvia}",
                "C. Elv {Riga, Latvia}",
                "D. Fors"
            ]
        );
        assert_eq!(
            read("A. Berg (Oslo) (Riga) and B. Dahl(Turku)"),
            ["A. Berg {Oslo; Riga}", "B. Dahl {Turku}"]
        );
    }

    #[test]
    fn brackets_inside_a_name_belong_to_it() {
        assert_eq!(
            read("Zhe (Rita) Berg, A. Dahl (Oslo)"),
            ["Zhe (Rita) Berg {Oslo}", "A. Dahl {Oslo}"]
        );
    }

    #[test]
    fn numbers_lead_to_the_list_behind_the_authors() {
        let expected = [
            "A. Berg {Riga, Latvia}",
            "B. Dahl {Riga, Latvia; Turku}",
            "C. Elv {Turku}",
        ];
        for text in [
            "A. Berg (1), B. Dahl (1 and 2), C. Elv (2) ((1) Riga, Latvia, (2) Turku)",
            "A. Berg(1), B. Dahl(1,2) and C. Elv (2), ((1) Riga, Latvia; (2)Turku)",
            "A. Berg (1), B. Dahl (1, 2), and C. Elv (2); (1 - Riga, Latvia; 2 - Turku)",
            "A. Berg (1), B. Dahl (1,2), C. Elv (2) (1 Riga, Latvia, 2 Turku)",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(
            read("A. Berg (1), for the Example Collaboration ((1) Riga)"),
            ["A. Berg {Riga}", "[Example Collaboration]"]
        );
    }

    #[test]
    fn broken_brackets_lose_no_name() {
        assert_eq!(read("A. Berg (Oslo, B. Dahl"), ["A. Berg {Oslo, B. Dahl}"]);
        assert_eq!(read("A. Berg), B. Dahl"), ["A. Berg)", "B. Dahl"]);
        assert_eq!(read("((((").len(), 0);
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_a_list(text in r"([A-Z]\. Berg|[(),;:&{}\\ ]|and|et al|1|é){0,30}") {
            parse(&text);
        }
    }
}
