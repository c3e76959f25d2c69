//! Lists of authors: who in them is a person, who a group, and what is only left over from the list.

mod groups;

use crate::domain::names::{PersonName, is_name, name_key};
use crate::ingest::record::RecordAuthor;

use super::text::line;
use groups::is_collaboration;
pub(in super::super) use groups::{is_organisation, names_nobody};

/// What stands behind a name and belongs to the family name.
const SUFFIXES: [&str; 9] = ["jr", "sr", "i", "ii", "iii", "iv", "v", "junior", "senior"];

fn is_suffix(part: &str) -> bool {
    SUFFIXES.contains(&name_key(part).as_str())
}

/// The authors of a work as its record lists them.
#[derive(Debug, Default)]
pub(in super::super) struct Listed {
    /// Those who have a name.
    pub authors: Vec<RecordAuthor>,
    /// The list ends with "et al."
    pub more: bool,
}

impl Listed {
    /// Adds the next of the list: leftovers of list syntax are dropped, collaborations recognised by
    /// their names, `Ada Example for the X Collaboration` told apart.
    pub fn add(&mut self, mut author: RecordAuthor) {
        let name = author.name.display();
        let name = match without_others(&name) {
            Some(rest) => {
                self.more = true;
                author.name = PersonName::literal(rest);
                rest.to_owned()
            }
            None => match name.strip_prefix("in collaboration with ") {
                Some(rest) => {
                    author.name = PersonName::literal(rest);
                    rest.to_owned()
                }
                None => name,
            },
        };
        if names_nobody(&name) || !is_name(&name) {
            return;
        }
        if author.group {
            return self.authors.push(author);
        }
        if !is_collaboration(&name) {
            return self.authors.push(author);
        }
        if let Some((person, group)) = on_behalf(&name) {
            author.name = one_name(person);
            self.authors.push(author);
            return self.authors.push(group_of(group));
        }
        author.name = group_of(&name).name;
        author.group = true;
        let shown = author.name.display();
        author.other_names.retain(|other| other.display() != shown);
        self.authors.push(author);
    }
}

fn group_of(name: &str) -> RecordAuthor {
    let name = ["for the ", "on behalf of the ", "the ", "The "]
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name);
    RecordAuthor {
        name: PersonName::literal(name),
        group: true,
        ..RecordAuthor::default()
    }
}

/// A name without the "et al." behind it, if there is one; empty if there is nothing else.
fn without_others(name: &str) -> Option<&str> {
    let key = name_key(name);
    if matches!(
        key.as_str(),
        "et al" | "et alii" | "others" | "and others" | "etal"
    ) {
        return Some("");
    }
    [" et al.", " et al", " and others"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .map(|rest| rest.trim_end_matches([',', ' ']))
}

/// `Ada Example for the X Collaboration`: the person and the group.
fn on_behalf(name: &str) -> Option<(&str, &str)> {
    [" on behalf of the ", " on behalf of ", " for the ", " for "]
        .iter()
        .find_map(|words| name.split_once(words))
        .map(|(person, group)| (person.trim_end_matches([',', ' ']), group))
        .filter(|(person, group)| {
            person.contains(' ') && !is_collaboration(person) && is_collaboration(group)
        })
}

/// A name whose parts the source tells; LaTeX stays out of it beforehand.
pub(in super::super) fn name_in_parts(given: &str, family: &str, suffix: &str) -> PersonName {
    PersonName {
        given: line(given),
        family: line(&format!("{family} {suffix}")),
        literal: None,
    }
}

/// A name in the order in which it is read aloud.
pub(in super::super) fn one_name(name: &str) -> PersonName {
    let name = name.trim();
    PersonName {
        literal: line(
            name.strip_prefix("and ")
                .or(name.strip_prefix("And "))
                .unwrap_or(name),
        ),
        ..PersonName::default()
    }
}

/// A name with the family name before a comma, if there is one: `Example, Ada`, `Example, Jr., Ada`. A
/// comma before a degree or a suffix is none of that order.
pub(in super::super) fn in_comma_order(name: &str) -> PersonName {
    let parts: Vec<&str> = name.split(',').map(str::trim).collect();
    match parts.as_slice() {
        [family, given] if !family.is_empty() && !given.is_empty() && !is_suffix(given) => {
            name_in_parts(given, family, "")
        }
        [family, suffix, given] | [family, given, suffix]
            if is_suffix(suffix) && !family.is_empty() && !given.is_empty() =>
        {
            name_in_parts(given, family, suffix)
        }
        [name, ""] => one_name(name),
        _ => one_name(name),
    }
}

/// A name without what stands in brackets behind or in it, and that.
pub(in super::super) fn without_brackets(name: &str) -> (String, Option<String>) {
    let (mut outside, mut inside) = (String::new(), String::new());
    let mut depth = 0_usize;
    for c in name.chars() {
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' | '>' => {
                depth = depth.saturating_sub(1);
                inside.push(' ');
            }
            c if depth == 0 => outside.push(c),
            c => inside.push(c),
        }
    }
    match line(&outside) {
        Some(outside) => (outside, line(&inside)),
        None => (name.to_owned(), None),
    }
}

/// Names from a list in one text: `A. Example, B. Sample (1,2) and C. Specimen`; what stands in brackets is
/// left out.
pub(in super::super) fn author_list(text: &str) -> Vec<String> {
    let mut flat = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ';' => flat.push(','),
            c => flat.push(c),
        }
    }
    let flat = line(&flat).unwrap_or_default();
    flat.split(',')
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim().strip_prefix("and ").unwrap_or(part).trim())
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(names: &[&str]) -> (Vec<(String, bool)>, bool) {
        let mut list = Listed::default();
        for name in names {
            list.add(RecordAuthor {
                name: one_name(name),
                ..RecordAuthor::default()
            });
        }
        let authors = list
            .authors
            .iter()
            .map(|a| (a.name.display(), a.group))
            .collect();
        (authors, list.more)
    }

    #[test]
    fn groups_are_told_from_persons() {
        for group in [
            "Euclid Collaboration",
            "XYZ Consortium",
            "Kimi Team",
            "KimiTeam",
            "Team Seedream",
            "Working Group",
            "Example Study Group",
        ] {
            assert_eq!(listed(&[group]).0, [(group.to_owned(), true)]);
        }
        for person in ["Ada Example", "Example", "Team", "Zoe Grouper", "Li Wei"] {
            assert_eq!(listed(&[person]).0, [(person.to_owned(), false)]);
        }
    }

    #[test]
    fn an_article_is_no_part_of_a_groups_name() {
        assert_eq!(listed(&["the ABC team"]).0, [("ABC team".to_owned(), true)]);
        assert_eq!(
            listed(&["for the ABC Collaboration"]).0[0].0,
            "ABC Collaboration"
        );
        let with = listed(&["in collaboration with Ada Example"]).0;
        assert_eq!(with, [("Ada Example".to_owned(), false)]);
    }

    #[test]
    fn who_writes_for_a_group_is_a_person() {
        let expected = [
            ("Ada Example".to_owned(), false),
            ("ABC Collaboration".to_owned(), true),
        ];
        for name in [
            "Ada Example for the ABC Collaboration",
            "Ada Example for ABC Collaboration",
            "Ada Example, on behalf of the ABC Collaboration",
        ] {
            assert_eq!(listed(&[name]).0, expected);
        }
    }

    #[test]
    fn leftovers_are_no_authors() {
        let (authors, more) = listed(&[
            ":",
            "(:Unav)",
            "[S.N.]",
            "NN",
            "Unknown",
            "Jr.",
            "Collaboration",
            "Anonymous",
            "",
        ]);
        assert!(authors.is_empty() && !more, "{authors:?}");
        for others in ["et al.", "(et al)", "and others", "Ada Example et al."] {
            assert!(listed(&[others]).1, "{others}");
        }
        assert_eq!(
            listed(&["Ada Example, et al."]).0,
            [("Ada Example".to_owned(), false)]
        );
    }

    #[test]
    fn a_comma_turns_a_name_around() {
        for (text, shown) in [
            ("Example, Ada", "Ada Example"),
            ("Example, Jr., Ada", "Ada Example Jr."),
            ("Example, Ada, III", "Ada Example III"),
            ("Ada Example, Jr.", "Ada Example, Jr."),
            ("Ada Example", "Ada Example"),
            (" and A. Example", "A. Example"),
            ("Example,", "Example"),
            (", Ada", ", Ada"),
            ("山田, 太郎", "太郎 山田"),
        ] {
            assert_eq!(in_comma_order(text).display(), shown, "{text}");
        }
    }

    #[test]
    fn brackets_in_a_name_are_set_apart() {
        let (name, rest) = without_brackets("Example, Ada (University of X) <1979>");
        assert_eq!(name, "Example, Ada");
        assert_eq!(rest.as_deref(), Some("University of X 1979"));
        assert_eq!(without_brackets("(Ada)"), ("(Ada)".to_owned(), None));
        assert_eq!(without_brackets("Ada)").0, "Ada");
    }

    #[test]
    fn a_list_in_one_text_is_cut_into_names() {
        assert_eq!(
            author_list("A. Example (1, 2), B. Sample (2) and\n  C. Specimen ((1) X, (2) Y)"),
            ["A. Example", "B. Sample", "C. Specimen"]
        );
        assert_eq!(
            author_list("A. Example, and B. Sandman"),
            ["A. Example", "B. Sandman"]
        );
        assert!(author_list(" (,) ").is_empty());
    }
}
