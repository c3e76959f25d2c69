//! How many people may bear a name.

use std::collections::HashMap;

use super::parse::syllables;
use super::tables::{self, System};
use super::{Mention, Name, key};

/// What is counted over all records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Works, under the key 0.
    Work,
    /// Mentions of a [`Name::person_key`].
    Person,
    /// Different person keys with this family name.
    Family,
    /// Different person keys with this given name, see [`count_name`].
    Given,
    /// Works of a venue.
    Venue,
    /// Works on a topic.
    Topic,
    /// Authorships at an institution.
    Institution,
    /// Works with this word in their title.
    Word,
}

/// Counts over all records, old and new.
pub trait Statistics {
    /// How often a key was counted; 0 for one that was not.
    fn count(&self, kind: Kind, key: u64) -> u32;
    /// The sum of the counts of a kind.
    fn total(&self, kind: Kind) -> u64;
}

/// The counters that an authorship under this name raises by one. `new` tells whether its [`Name::person_key`] was
/// counted for the first time: the family and given names count different names and not authorships, lest a busy author makes
/// a name look common.
pub fn count_name(name: &Name, new: bool) -> Vec<(Kind, u64)> {
    let mut counters = vec![(Kind::Person, name.person_key())];
    if new && !name.is_native_only() {
        counters.push((Kind::Family, key(name.main_family())));
        counters.push((Kind::Given, given_key(name.system, "")));
        let given = name.main_given();
        if let Some(initial) = given.chars().next() {
            if given.chars().count() > 1 {
                counters.push((Kind::Given, given_key(name.system, &given)));
            }
            counters.push((
                Kind::Given,
                given_key(name.system, initial.encode_utf8(&mut [0; 4])),
            ));
        }
    }
    counters
}

/// The key of a given name or initial among the names of a system; with the empty text, of all of them.
fn given_key(system: System, given: &str) -> u64 {
    key(&format!("{system:?} {given}"))
}

/// Counts in memory.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    counts: HashMap<(Kind, u64), u32>,
    totals: HashMap<Kind, u64>,
}

impl Counts {
    /// Raises a counter.
    pub fn add(&mut self, kind: Kind, key: u64) {
        *self.counts.entry((kind, key)).or_default() += 1;
        *self.totals.entry(kind).or_default() += 1;
    }

    /// Counts one work, given by the mentions of all its authors.
    pub fn add_work(&mut self, mentions: &[Mention]) {
        self.add(Kind::Work, 0);
        for mention in mentions {
            let new = self.count(Kind::Person, mention.name.person_key()) == 0;
            for (kind, key) in count_name(&mention.name, new) {
                self.add(kind, key);
            }
            for institution in &mention.institutions {
                self.add(Kind::Institution, *institution);
            }
        }
        if let Some(mention) = mentions.first() {
            for word in &mention.title_words {
                self.add(Kind::Word, *word);
            }
            for topic in &mention.topics {
                self.add(Kind::Topic, *topic);
            }
            if let Some(venue) = mention.venue {
                self.add(Kind::Venue, venue);
            }
        }
    }
}

impl Statistics for Counts {
    fn count(&self, kind: Kind, key: u64) -> u32 {
        self.counts.get(&(kind, key)).copied().unwrap_or(0)
    }

    fn total(&self, kind: Kind) -> u64 {
        self.totals.get(&kind).copied().unwrap_or(0)
    }
}

/// People whom the collection does not show yet but may any day: keeps a small collection from calling every name rare.
const UNSEEN_PEOPLE: f64 = 20_000.0;
/// How many observed people outweigh what is known beforehand of a family name, and of a given name.
const FAMILY_PRIOR_WEIGHT: f64 = 2_000.0;
const GIVEN_PRIOR_WEIGHT: f64 = 500.0;
/// The share of a family name that is in no table.
const RARE_FAMILY: f64 = 1e-5;
/// The share of people who print one certain middle initial.
const MIDDLE_INITIAL: f64 = 0.06;

/// The share of those with one family name who print one certain second.
const SECOND_FAMILY: f64 = 0.02;

/// The number of other people who may print a name that reads the same: people times the share of the family name times the
/// share of the given name among the names of that system.
pub(super) fn bearers<S: Statistics>(statistics: &S, name: &Name) -> f64 {
    if name.is_native_only() {
        return 0.3;
    }
    let seen = statistics.total(Kind::Family) as f64;
    let people = seen + UNSEEN_PEOPLE;
    let family = name.main_family();
    let others = |count: u32| f64::from(count.saturating_sub(1));
    let known = tables::shared_family(family).map_or(RARE_FAMILY, |(system, share)| {
        f64::from(share) * system_share(system)
    });
    let family_share = (others(statistics.count(Kind::Family, key(family)))
        + FAMILY_PRIOR_WEIGHT * known)
        / (seen + FAMILY_PRIOR_WEIGHT);
    let given = name.main_given();
    let given_share = if given.is_empty() {
        1.0
    } else {
        let of_system = f64::from(statistics.count(Kind::Given, given_key(name.system, "")));
        (others(statistics.count(Kind::Given, given_key(name.system, &given)))
            + GIVEN_PRIOR_WEIGHT * known_given_share(name.system, &given))
            / (of_system + GIVEN_PRIOR_WEIGHT)
    };
    let mut bearers = people * family_share * given_share;
    if !name.system.is_syllabic() && given.chars().count() > 1 {
        let middle = name.given.len() - 1;
        bearers *= MIDDLE_INITIAL.powi(middle.min(2) as i32);
    }
    if name.family.len() > 1 {
        bearers *= SECOND_FAMILY;
    }
    bearers.max(1e-4)
}

/// Rough shares of the systems among the world's authors.
fn system_share(system: System) -> f64 {
    match system {
        System::EastAsian => 0.3,
        System::Vietnamese => 0.01,
        System::Japanese => 0.08,
        System::Indian => 0.08,
        System::Other => 0.5,
    }
}

/// Rough share of a given name among the names of a system: the fewer syllables a Chinese name has, the more share it.
fn known_given_share(system: System, given: &str) -> f64 {
    if given.chars().count() == 1 {
        return 1.0 / 15.0;
    }
    match (system, syllables(given)) {
        (System::EastAsian, 0 | 1) => 1.0 / 150.0,
        (System::EastAsian, 2) => 1.0 / 2_500.0,
        (System::EastAsian, _) => 1.0 / 10_000.0,
        (System::Vietnamese, 0 | 1) => 1.0 / 80.0,
        (System::Vietnamese, _) => 1.0 / 1_500.0,
        _ => 1.0 / 500.0,
    }
}
