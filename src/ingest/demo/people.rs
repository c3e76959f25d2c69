//! Who the invented people are: a name and a place of work for every number.

use std::sync::LazyLock;

use super::chance::{mix, mix_below, permute};
use super::names::{CULTURES, LONG_NAME, MONONYM, NATIVE_SCRIPT, NameWords};
use super::teams::{self, PEOPLE_PER_DEPARTMENT, Seat};
use super::topics::TOPICS;
use super::{institutions, salt};
use crate::domain::names::PersonName;
use crate::ingest::record::RecordAuthor;

/// Letters that middle initials are taken from.
const INITIALS: &[u8] = b"ABCDEFGHJKLMNOPRSTVWYZ";

/// A culture's names, ready to be numbered.
struct Names {
    /// Given names and the family names that go with them.
    groups: Vec<(Vec<String>, Vec<&'static str>)>,
    /// How many pairs of given and family name there are.
    pairs: u64,
    initials: u64,
}

impl Names {
    fn new(words: &NameWords) -> Self {
        let groups: Vec<_> = words
            .given
            .split('/')
            .zip(words.family.split('/'))
            .map(|(given, family)| {
                let given = given.split_whitespace();
                let given = if words.second.is_empty() {
                    given.map(str::to_owned).collect()
                } else {
                    given
                        .flat_map(|first| {
                            let seconds = words.second.split_whitespace();
                            seconds.map(move |second| format!("{first}{second}"))
                        })
                        .collect()
                };
                (given, family.split_whitespace().collect::<Vec<_>>())
            })
            .collect();
        Self {
            pairs: groups.iter().map(group_pairs).sum(),
            groups,
            initials: words.initials,
        }
    }

    /// Pair number `pair` of `pairs`.
    fn pair(&self, mut pair: u64) -> (&str, &'static str) {
        let mut groups = self.groups.iter();
        let (given, family) = groups
            .find(|group| {
                let inside = pair < group_pairs(group);
                if !inside {
                    pair -= group_pairs(group);
                }
                inside
            })
            .expect("a pair's number is below the number of pairs");
        let given_names = given.len() as u64;
        (
            &given[(pair % given_names) as usize],
            family[(pair / given_names) as usize],
        )
    }
}

fn group_pairs((given, family): &(Vec<String>, Vec<&'static str>)) -> u64 {
    (given.len() * family.len()) as u64
}

static NAMES: LazyLock<Vec<Names>> = LazyLock::new(|| CULTURES.iter().map(Names::new).collect());

/// Person `person` as an author list prints them, with their affiliation.
pub fn author(seed: u64, person: u64) -> RecordAuthor {
    let seat = teams::seat(person);
    let home = institutions::of_lab(seed, seat.department, seat.lab);
    let topic = TOPICS[teams::main_topic(seed, seat.department, seat.lab)].name;
    let mut affiliation = format!("Department of {topic}, {}", home.name);
    let mut institutions = vec![home];
    if mix_below(seed, salt::SECOND_AFFILIATION, person, 100) < 18 {
        let lab = mix_below(seed, salt::SECOND_LAB, person, teams::LABS as u64) as usize;
        let second = institutions::of_lab(seed, seat.department, lab);
        if second.name != institutions[0].name {
            affiliation.push_str("; ");
            affiliation.push_str(&second.name);
            institutions.push(second);
        }
    }
    RecordAuthor {
        name: name(seed, person),
        affiliations: vec![affiliation],
        institutions,
        ..RecordAuthor::default()
    }
}

/// The name of person `person`; no two numbers below some three million share one.
///
/// Among every fourteen people each culture stands once. Within a culture, given and family name are the digits of the shuffled
/// number; once these pairs are used up, middle initials tell namesakes apart (and some people have one from the start).
pub fn name(seed: u64, person: u64) -> PersonName {
    if let Some(name) = special_name(person) {
        return name;
    }
    let cultures = NAMES.len() as u64;
    let (round, slot) = (person / cultures, person % cultures);
    let culture = permute(mix(seed, salt::CULTURE, round), slot, cultures);
    let names = &NAMES[culture as usize];
    let pairs = names.pairs;
    let pair = permute(mix(seed, salt::NAME, culture), round % pairs, pairs);
    let (given, family) = names.pair(pair);
    let initials = INITIALS.len() as u64;
    let shift = if mix_below(seed, salt::INITIAL, pair, 100) < names.initials {
        1 + mix_below(seed, salt::INITIAL_LETTER, pair, initials)
    } else {
        0
    };
    let variants = 1 + initials + initials * initials;
    let letter = |number: u64| char::from(INITIALS[number as usize]);
    let given = match (round / pairs + shift) % variants {
        0 => given.to_owned(),
        one if one <= initials => format!("{given} {}.", letter(one - 1)),
        two => {
            let two = two - 1 - initials;
            format!(
                "{given} {}. {}.",
                letter(two / initials),
                letter(two % initials)
            )
        }
    };
    PersonName {
        given: Some(given),
        family: Some(family.to_owned()),
        literal: None,
    }
}

/// The three people of the first department whose names test what pages can show.
fn special_name(person: u64) -> Option<PersonName> {
    if person >= PEOPLE_PER_DEPARTMENT {
        return None;
    }
    match teams::seat(person) {
        Seat {
            lab: 1, member: 1, ..
        } => Some(PersonName::literal(NATIVE_SCRIPT)),
        Seat {
            lab: 2, member: 1, ..
        } => Some(PersonName::literal(MONONYM)),
        Seat {
            lab: 3, member: 1, ..
        } => Some(PersonName {
            given: Some(LONG_NAME.0.to_owned()),
            family: Some(LONG_NAME.1.to_owned()),
            literal: None,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::names::name_key;

    #[test]
    fn no_two_people_share_a_name() {
        for seed in [1, 42] {
            let mut seen = HashSet::new();
            for person in 0..20_000 {
                let key = name_key(&name(seed, person).display());
                assert!(seen.insert(key.clone()), "{key} twice, seed {seed}");
            }
        }
    }

    #[test]
    fn no_list_of_names_holds_a_word_twice() {
        for words in &CULTURES {
            for list in [words.given, words.second, words.family] {
                let mut seen = HashSet::new();
                for word in list.split_whitespace().filter(|word| *word != "/") {
                    assert!(seen.insert(name_key(word)), "{word}");
                }
            }
            let groups = words.given.split('/').count();
            assert_eq!(groups, words.family.split('/').count());
        }
    }
}
