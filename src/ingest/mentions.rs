//! The authorships of a record as the evidence that [`identity`](crate::domain::identity) weighs.

#[cfg(test)]
mod tests;

use super::record::{RecordAuthor, RecordInstitution, WorkRecord};
use crate::domain::identity::{Mention, Name, Scheme, key, parse, words};
use crate::domain::names::name_key;

/// The most co-authors that a mention keeps. Of a longer list these are the smallest keys, so that two works of one large
/// collaboration keep the same people.
pub const COAUTHORS_MAX: usize = 50;
/// The most parts of printed affiliations that a mention keeps.
const AFFILIATION_PARTS_MAX: usize = 8;

/// The mentions of a work's authors. Their keys are (`work`, position in the record's list of authors); groups are left
/// out. Nothing is decided about them yet.
pub fn mentions(work: i64, record: &WorkRecord) -> Vec<Mention> {
    let names: Vec<(usize, &RecordAuthor, Name)> = record
        .authors
        .iter()
        .enumerate()
        .filter(|(_, author)| !author.group)
        .map(|(position, author)| (position, author, parse(&author.name, &author.other_names)))
        .collect();
    let people = smallest(names.iter().map(|(_, _, name)| name.person_key()).collect());
    let title_words = words(&record.title_source);
    let venue = record.venue.as_deref().and_then(venue_key);
    let topics: Vec<u64> = record
        .topics
        .iter()
        .map(|topic| topic_key(&topic.scheme, &topic.code))
        .collect();
    names
        .into_iter()
        .map(|(position, author, name)| {
            let own = name.person_key();
            Mention {
                key: (work, position as i64),
                coauthors: people.iter().copied().filter(|one| *one != own).collect(),
                institutions: institutions(author),
                topics: topics.clone(),
                venue,
                year: record.year.and_then(|year| i16::try_from(year).ok()),
                title_words: title_words.clone(),
                identifiers: identifiers(author),
                anchor: None,
                denied: Vec::new(),
                name,
            }
        })
        .collect()
}

/// The people who are kept of a long list, see [`COAUTHORS_MAX`]; sorted.
pub fn smallest(mut keys: Vec<u64>) -> Vec<u64> {
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(COAUTHORS_MAX + 1);
    keys
}

/// The parts between commas of printed affiliations, sorted; their rarity tells the name of a laboratory from that of a country.
pub fn affiliation_keys<'a>(affiliations: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let mut keys: Vec<u64> = affiliations
        .flat_map(|affiliation| affiliation.split([',', ';']))
        .map(name_key)
        .filter(|part| part.chars().any(char::is_alphabetic))
        .map(|part| key(&part))
        .take(AFFILIATION_PARTS_MAX)
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The organisations of an author, and the parts between commas of printed affiliations, whose rarity tells the name of a
/// laboratory from that of a country.
fn institutions(author: &RecordAuthor) -> Vec<u64> {
    let mut keys: Vec<u64> = author.institutions.iter().map(institution_key).collect();
    if keys.is_empty() {
        return affiliation_keys(author.affiliations.iter().map(String::as_str));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The key of an organisation: of its ROR id, else of its id at the source, else of its name.
pub fn institution_key(institution: &RecordInstitution) -> u64 {
    match (&institution.ror, institution.identifiers.first()) {
        (Some(ror), _) => key(&format!("ror:{ror}")),
        (None, Some((scheme, value))) => key(&format!("{scheme}:{value}")),
        (None, None) => key(&name_key(&institution.name)),
    }
}

/// The key of a subject.
pub fn topic_key(scheme: &str, code: &str) -> u64 {
    key(&format!("{scheme}:{code}"))
}

/// The key of a venue: its name without what tells one year's volume from the next.
pub fn venue_key(venue: &str) -> Option<u64> {
    const PASSING: &str = "the of on in and for proceedings annual international volume vol no issue part january february march april may june \
         july august september october november december";
    let mut depth = 0_u32;
    let plain: String = venue
        .chars()
        .filter(|c| {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect();
    let folded = name_key(&plain);
    let lasting: Vec<&str> = folded
        .split(' ')
        .filter(|word| {
            !word.is_empty()
                && !word.contains(|c: char| c.is_numeric())
                && !PASSING.split_ascii_whitespace().any(|one| one == *word)
                && !is_ordinal(word)
        })
        .collect();
    (!lasting.is_empty()).then(|| key(&lasting.join(" ")))
}

/// `first`, `twelfth`, `thirtieth`, and the second half of `twenty first`.
fn is_ordinal(word: &str) -> bool {
    const OTHERS: [&str; 11] = [
        "first", "second", "third", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
        "eighty", "ninety",
    ];
    const ENDINGS: [&str; 3] = ["fth", "enth", "ieth"];
    OTHERS.contains(&word)
        || ENDINGS.iter().any(|ending| word.ends_with(ending))
        || matches!(word, "fourth" | "sixth" | "eighth" | "ninth")
}

/// What OpenAlex writes for authors whom it could not place.
const OPENALEX_NOBODY: &str = "A9999999999";

/// The identifiers of a person, by what they prove.
fn identifiers(author: &RecordAuthor) -> Vec<(Scheme, u64)> {
    author
        .identifiers
        .iter()
        .filter(|(_, value)| value != OPENALEX_NOBODY)
        .map(|(scheme, value)| {
            let proves = match scheme.as_str() {
                "orcid" => Scheme::Personal,
                _ => Scheme::Source,
            };
            (proves, key(&format!("{scheme}:{value}")))
        })
        .collect()
}
