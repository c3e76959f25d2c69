//! Names that are not those of persons.

use crate::domain::names::name_key;

use super::is_suffix;

/// What stands in place of a name (among them the DataCite codes `(:unav)`, which start with a bracket).
const NOBODY: [&str; 15] = [
    "unknown",
    "unknown author",
    "author unknown",
    "unbekannt",
    "unavailable",
    "not available",
    "not applicable",
    "no name supplied",
    "n n",
    "nn",
    "s n",
    "none",
    "null",
    "collaboration",
    "the collaboration",
];

/// Words that make a name that of a collaboration wherever they stand.
const ANYWHERE: [&str; 6] = [
    "collaboration",
    "collaborations",
    "consortium",
    "consortia",
    "taskforce",
    "kollaboration",
];

/// Words that do so at the end of a name.
const AT_END: [&str; 15] = [
    "team",
    "teams",
    "group",
    "groups",
    "force",
    "committee",
    "investigators",
    "network",
    "project",
    "initiative",
    "alliance",
    "society",
    "association",
    "collab",
    "members",
];

/// Words that make a name that of an organisation, where a source does not say what it is.
const ORGANISATIONS: [&str; 65] = [
    "academy",
    "administration",
    "ag",
    "agency",
    "archive",
    "archives",
    "authority",
    "bank",
    "board",
    "bureau",
    "center",
    "centre",
    "centro",
    "college",
    "commission",
    "company",
    "corp",
    "corporation",
    "council",
    "database",
    "department",
    "division",
    "for",
    "forest",
    "foundation",
    "garden",
    "gmbh",
    "hochschule",
    "hospital",
    "inc",
    "institut",
    "institute",
    "institution",
    "instituto",
    "journals",
    "laboratories",
    "laboratory",
    "library",
    "limited",
    "llc",
    "ltd",
    "ministry",
    "museum",
    "nations",
    "observatory",
    "of",
    "office",
    "org",
    "organisation",
    "organization",
    "party",
    "press",
    "program",
    "programme",
    "publishing",
    "repository",
    "school",
    "service",
    "services",
    "statistics",
    "survey",
    "the",
    "universidad",
    "university",
    "volkshochschule",
];

/// Stems of such words.
const ORGANISATION_STEMS: [&str; 4] = ["universit", "bibliothek", "museum", "institut"];

/// Whether a text in place of a name says that there is none.
pub(in crate::ingest::formats) fn names_nobody(name: &str) -> bool {
    let key = name_key(name);
    name.starts_with("(:") || NOBODY.contains(&key.as_str()) || is_suffix(name)
}

/// Whether a name is that of a collaboration, team or committee.
pub(super) fn is_collaboration(name: &str) -> bool {
    let key = name_key(name);
    let words: Vec<&str> = key.split(' ').collect();
    if words.iter().any(|word| ANYWHERE.contains(word)) {
        return true;
    }
    match words.as_slice() {
        // Written in one word: `KimiTeam`.
        [_] => ["Team", "Group", "group", "Collaboration"]
            .iter()
            .any(|end| name.strip_suffix(end).is_some_and(|start| start.len() > 1)),
        [first, .., last] => AT_END.contains(last) || *first == "team",
        [] => false,
    }
}

/// Whether a name of which the source does not say what it names is that of an organisation.
pub(in crate::ingest::formats) fn is_organisation(name: &str) -> bool {
    is_collaboration(name)
        || name_key(name).split(' ').any(|word| {
            ORGANISATIONS.contains(&word)
                || ORGANISATION_STEMS.iter().any(|stem| word.starts_with(stem))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_without_a_type_are_recognised() {
        for name in [
            "University of Example",
            "Städtische Volkshochschule",
            "Example Photo AG",
        ] {
            assert!(is_organisation(name), "{name}");
        }
        assert!(!is_organisation("Ada Example"));
    }
}
