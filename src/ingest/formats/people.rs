//! Names of people and groups as the sources of XML and text formats print them.

use super::fields::{line, plain};
use crate::domain::names::{PersonName, name_key};
use crate::ingest::record::RecordAuthor;

/// An author of this name; `None` for what names nobody (":", "et al.").
pub(super) fn author(name: PersonName) -> Option<RecordAuthor> {
    name.is_name().then(|| RecordAuthor {
        name,
        ..RecordAuthor::default()
    })
}

/// A collaboration, a company, a committee.
pub(super) fn group(name: &str) -> Option<RecordAuthor> {
    let name = plain(name)?;
    let mut author = author(PersonName::literal(&name))?;
    author.group = true;
    Some(author)
}

/// A person's name from its parts, the suffix behind the family name.
pub(super) fn in_parts(
    given: Option<&str>,
    family: Option<&str>,
    suffix: Option<&str>,
) -> PersonName {
    let given = given.and_then(plain);
    let family = family.and_then(plain);
    let suffix = suffix.and_then(plain);
    PersonName {
        given,
        family: match (family, suffix) {
            (Some(family), Some(suffix)) => Some(format!("{family} {suffix}")),
            (family, suffix) => family.or(suffix),
        },
        literal: None,
    }
}

/// `Family, Given`, `Family, Given, Suffix` and `Family, Suffix, Given`; in one piece without a comma.
pub(super) fn comma_order(text: &str) -> PersonName {
    let mut parts = text.splitn(3, ',').map(str::trim);
    let family = parts.next().unwrap_or_default();
    let (second, third) = (parts.next(), parts.next());
    match (second, third) {
        (None | Some(""), None | Some("")) => {
            PersonName::literal(&plain(family).unwrap_or_default())
        }
        (Some(second), None | Some("")) if is_suffix(second) => {
            PersonName::literal(&plain(&format!("{family} {second}")).unwrap_or_default())
        }
        (Some(second), Some(third)) if is_suffix(second) => {
            in_parts(Some(third), Some(family), Some(second))
        }
        (Some(second), Some(third)) if !is_suffix(third) => {
            in_parts(Some(&format!("{second}, {third}")), Some(family), None)
        }
        (second, third) => in_parts(second, Some(family), third),
    }
}

/// What follows a family name behind a comma without being a given name.
pub(super) fn is_suffix(text: &str) -> bool {
    matches!(
        text.trim()
            .trim_end_matches('.')
            .to_ascii_lowercase()
            .as_str(),
        "jr" | "sr" | "ii" | "iii" | "iv" | "2nd" | "3rd" | "4th" | "junior" | "senior"
    )
}

/// Whether a name printed among authors is that of a group, by its words.
pub(super) fn is_group(name: &str) -> bool {
    const ANYWHERE: [&str; 19] = [
        "collaboration",
        "collaborations",
        "consortium",
        "committee",
        "university",
        "institute",
        "society",
        "association",
        "foundation",
        "corporation",
        "investigators",
        "initiative",
        "consortia",
        "organization",
        "organisation",
        "laboratory",
        "inc",
        "ltd",
        "gmbh",
    ];
    const AT_THE_END: [&str; 5] = ["team", "group", "project", "network", "alliance"];
    // Most names are told by their length alone: two words of a person.
    let key = name_key(name);
    let mut words = key.split(' ');
    let last = words.next_back().unwrap_or_default();
    let first = words.next().unwrap_or_default();
    ANYWHERE.contains(&last)
        || ANYWHERE.contains(&first)
        || words.any(|word| ANYWHERE.contains(&word))
        || (AT_THE_END.contains(&last) && !first.is_empty())
}

/// What stands in a list where an author should: `Ada Berg for the Example Collaboration`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spoken<'t> {
    /// Who speaks.
    pub person: Option<&'t str>,
    /// For whom.
    pub group: Option<&'t str>,
}

/// Takes a person and the group apart that they write for. Where the words are not those of a group, all
/// of it is a person.
pub(super) fn on_behalf(name: &str) -> Spoken<'_> {
    const JOINTS: [&str; 4] = ["on behalf of the ", "on behalf of ", "for the ", "for "];
    let name = name.trim();
    for joint in JOINTS {
        let Some(at) = find_ignoring_case(name, joint) else {
            continue;
        };
        let (person, rest) = name.split_at(at);
        if !person.is_empty() && !person.ends_with(' ') {
            continue;
        }
        let group = rest[joint.len()..].trim();
        if is_group(group) {
            let person = person.trim().trim_end_matches(',');
            return Spoken {
                person: (!person.is_empty()).then_some(person),
                group: Some(group),
            };
        }
    }
    if is_group(name) {
        return Spoken {
            person: None,
            group: Some(name),
        };
    }
    Spoken {
        person: Some(name),
        group: None,
    }
}

/// Where `what` (ASCII, lower case) stands in `text`, whatever the case.
fn find_ignoring_case(text: &str, what: &str) -> Option<usize> {
    text.as_bytes()
        .windows(what.len())
        .position(|part| part.eq_ignore_ascii_case(what.as_bytes()))
}

/// The authors in a name that may also hold the group they write for.
pub(super) fn spoken_authors(name: &str) -> Vec<RecordAuthor> {
    let Some(name) = line(name) else {
        return Vec::new();
    };
    let spoken = on_behalf(&name);
    let person = spoken
        .person
        .and_then(plain)
        .and_then(|name| author(PersonName::literal(&name)));
    person
        .into_iter()
        .chain(spoken.group.and_then(group))
        .collect()
}

/// `Berg, Ada`, `Ada Berg`, a group, or one who speaks for a group.
pub(super) fn authors_of(text: &str) -> Vec<RecordAuthor> {
    let Some(text) = line(text) else {
        return Vec::new();
    };
    let spoken = on_behalf(&text);
    let person = spoken.person.and_then(|name| match name.split_once(',') {
        // `Example Project Team, Oslo`
        Some((family, _)) if is_group(family) => group(name),
        Some(_) => author(comma_order(name)),
        None => author(PersonName::literal(&plain(name)?)),
    });
    person
        .into_iter()
        .chain(spoken.group.and_then(group))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String) {
        let name = comma_order(text);
        (
            name.given.unwrap_or_default(),
            name.family.or(name.literal).unwrap_or_default(),
        )
    }

    #[test]
    fn names_in_comma_order_are_taken_apart() {
        for (text, given, family) in [
            ("Berg, Ada", "Ada", "Berg"),
            ("van den Berg, Ada Maria", "Ada Maria", "van den Berg"),
            ("Berg, Ada, Jr.", "Ada", "Berg Jr."),
            ("Berg, III, Ada", "Ada", "Berg III"),
            ("Ada Berg, Jr.", "", "Ada Berg Jr."),
            ("Ada Berg", "", "Ada Berg"),
            ("Berg,", "", "Berg"),
            ("Berg, Ada, PhD", "Ada, PhD", "Berg"),
            (r"Mu\~noz, Jos\'e", "José", "Muñoz"),
        ] {
            assert_eq!(parts(text), (given.to_owned(), family.to_owned()), "{text}");
        }
    }

    #[test]
    fn groups_are_known_by_their_words() {
        for name in [
            "Example Collaboration",
            "The One and Other Collaborations",
            "University of Example",
            "Example Project Team",
            "Example Inc.",
        ] {
            assert!(is_group(name), "{name}");
        }
        for name in ["Ada Berg", "The Anh Berg", "Group", "Ada", "", "Team Berg"] {
            assert!(!is_group(name), "{name}");
        }
    }

    #[test]
    fn who_speaks_for_a_group_is_told_from_it() {
        let apart = |name: &str| -> Vec<String> {
            authors_of(name)
                .into_iter()
                .map(|author| {
                    let name = author.name.display();
                    if author.group {
                        format!("[{name}]")
                    } else {
                        name
                    }
                })
                .collect()
        };
        assert_eq!(
            apart("Ada Berg for the Example Collaboration"),
            ["Ada Berg", "[Example Collaboration]"]
        );
        assert_eq!(
            apart("Ada Berg, on behalf of Example Collaboration"),
            ["Ada Berg", "[Example Collaboration]"]
        );
        assert_eq!(
            apart("for the Example Collaboration"),
            ["[Example Collaboration]"]
        );
        assert_eq!(apart("Berg, Ada"), ["Ada Berg"]);
        assert_eq!(
            apart("Berg, Ada for the Example Collaboration"),
            ["Ada Berg", "[Example Collaboration]"]
        );
        assert_eq!(apart("Example, Inc."), ["[Example, Inc.]"]);
        assert_eq!(
            apart("Example Project Team, Oslo"),
            ["[Example Project Team, Oslo]"]
        );
        assert_eq!(apart("Ada Forbes"), ["Ada Forbes"]);
        assert_eq!(apart("Ada for Berg"), ["Ada for Berg"]);
        assert!(apart(" : ").is_empty());
    }
}
