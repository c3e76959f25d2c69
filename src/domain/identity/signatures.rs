//! The different names of a block, and what each pair of them says.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use super::compare::{Compared, Difference, differences};
use super::evidence::Weights;
use super::fold::coarse;
use super::rarity::{Statistics, bearers};
use super::tables::full_given;
use super::{Mention, Name};

/// Names are compared with all others up to this number of them; beyond, only with those that share a word or a first letter
/// that stands for one.
const ALL_WITH_ALL_MAX: usize = 200;
/// A full name that so few others bear is not two people on one work.
const TWICE_BY_MISTAKE_MAX: f64 = 0.05;
/// More people than these under one name change nothing more.
const SHOWN_MAX: usize = 20;

pub(super) struct Signatures {
    /// The signature of each mention.
    pub of: Vec<usize>,
    names: Vec<Name>,
    bearers: Vec<f64>,
    /// How many other people the block itself shows that a name may stand for: `Robert Mercer` where there are a `Robert E.` and
    /// a `Robert L.` Each counts by the root of its mentions over those of the one with the most, halfway between people
    /// (one each) and prints.
    shown: Vec<f64>,
    /// Sorted, for each signature: those that may be the same person, itself left out, with the log-odds.
    compatible: Vec<Vec<(usize, f64)>>,
}

impl Signatures {
    pub fn new<S: Statistics>(mentions: &[&Mention], statistics: &S, weights: &Weights) -> Self {
        let mut index: BTreeMap<&Name, usize> = BTreeMap::new();
        for mention in mentions {
            index.insert(&mention.name, 0);
        }
        for (at, (_, number)) in index.iter_mut().enumerate() {
            *number = at;
        }
        let of = mentions
            .iter()
            .map(|mention| index[&mention.name])
            .collect();
        let names: Vec<Name> = index.into_keys().cloned().collect();
        let bearers: Vec<f64> = names.iter().map(|name| bearers(statistics, name)).collect();
        let mut signatures = Self {
            of,
            compatible: vec![Vec::new(); names.len()],
            shown: vec![0.0; names.len()],
            names,
            bearers,
        };
        signatures.compare(weights);
        signatures
    }

    fn compare(&mut self, weights: &Weights) {
        let count = self.names.len();
        let pairs = self.pairs();
        let compared: Vec<Compared<'_>> = self.names.iter().map(Compared::new).collect();
        let mut found: Vec<Vec<(usize, f64, f64)>> = vec![Vec::new(); count];
        let mut fuller: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (a, b) in pairs {
            if let Some(difference) = differences(&compared[a], &compared[b]) {
                let by_name = weights.difference(difference);
                let most = weights.most(difference);
                found[a].push((b, by_name, most));
                found[b].push((a, by_name, most));
                if let Some(full) = fuller_of(&self.names, difference, a, b) {
                    fuller[a + b - full].push(full);
                }
            }
        }
        for list in &mut found {
            list.sort_by_key(|(other, ..)| *other);
        }
        let mut mentions = vec![0.0_f64; count];
        for signature in &self.of {
            mentions[*signature] += 1.0;
        }
        for (vague, fuller) in fuller.iter().enumerate() {
            let mut apart: Vec<usize> = Vec::new();
            for full in fuller {
                let contradicts = |other: &usize| {
                    found[*full]
                        .binary_search_by_key(other, |(x, ..)| *x)
                        .is_err()
                };
                if apart.len() <= SHOWN_MAX && apart.iter().all(contradicts) {
                    apart.push(*full);
                }
            }
            let most = apart
                .iter()
                .map(|a| mentions[*a].sqrt())
                .fold(0.0, f64::max);
            if most > 0.0 {
                let all: f64 = apart.iter().map(|a| mentions[*a].sqrt()).sum();
                self.shown[vague] = all / most - 1.0;
            }
        }
        for a in 0..count {
            for (b, by_name, most) in &found[a] {
                let rivals = self.rivals(&found, a, *b).max(self.rivals(&found, *b, a));
                let others = self.bearers[a].max(self.bearers[*b]).max(rivals);
                self.compatible[a].push((*b, (weights.name(others) + by_name).min(*most)));
            }
        }
    }

    /// The pairs of names that are compared, in order.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let count = self.names.len();
        if count <= ALL_WITH_ALL_MAX {
            let with = |a| (a + 1..count).map(move |b| (a, b));
            return (0..count).flat_map(with).collect();
        }
        let mut sharing: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, name) in self.names.iter().enumerate() {
            for word in keys(name) {
                sharing.entry(word).or_default().push(at);
            }
        }
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for same in sharing.values() {
            for (i, a) in same.iter().enumerate() {
                pairs.extend(same[i + 1..].iter().map(|b| (*a, *b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Other names of the block that `vague` may stand for and that are not `other`.
    fn rivals(&self, found: &[Vec<(usize, f64, f64)>], vague: usize, other: usize) -> f64 {
        found[vague]
            .iter()
            .filter(|(rival, ..)| {
                *rival != other
                    && found[other]
                        .binary_search_by_key(rival, |(x, ..)| *x)
                        .is_err()
            })
            .count() as f64
    }

    /// Log-odds, from the names alone, that mentions of two signatures are of one person.
    pub fn prior(&self, a: usize, b: usize, weights: &Weights) -> Option<f64> {
        if a == b {
            return Some(weights.name(self.bearers[a].max(self.shown[a])));
        }
        self.compatible[a]
            .binary_search_by_key(&b, |(other, _)| *other)
            .ok()
            .map(|at| self.compatible[a][at].1)
    }

    /// The signature and all that may be the same person.
    pub fn compatible(&self, signature: usize) -> impl Iterator<Item = usize> {
        std::iter::once(signature).chain(self.compatible[signature].iter().map(|(other, _)| *other))
    }

    /// Whether the same name twice on one work is one person.
    pub fn is_printed_twice_by_mistake(&self, signature: usize) -> bool {
        !self.names[signature].is_abbreviated() && self.bearers[signature] < TWICE_BY_MISTAKE_MAX
    }
}

/// Which of two names has a middle name, a first name or a family name more.
fn fuller_of(names: &[Name], differences: [Difference; 2], a: usize, b: usize) -> Option<usize> {
    let more = |difference| {
        matches!(
            difference,
            Difference::Middle | Difference::FirstDropped | Difference::FamilyPart
        )
    };
    let [given, family] = differences;
    if !(more(given) && family == Difference::None || more(family) && given == Difference::None) {
        return None;
    }
    let words = |at: usize| names[at].given.len() + names[at].family.len();
    match words(a).cmp(&words(b)) {
        Ordering::Less => Some(b),
        Ordering::Greater => Some(a),
        Ordering::Equal => None,
    }
}

/// Words under which a name is looked up by those it may be.
fn keys(name: &Name) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for word in &name.given {
        let full = full_given(word);
        keys.push(coarse(full));
        if full.chars().count() > 3 {
            keys.push(format!("{}-", full.chars().take(3).collect::<String>()));
        }
    }
    keys.push(format!("={}", coarse(&name.joined_given())));
    // Initials meet everybody with that letter.
    if let Some(initial) = name.initial() {
        keys.push(if name.given[0].chars().count() == 1 {
            format!("{initial}.")
        } else {
            format!("{initial}?")
        });
    }
    keys.sort();
    keys.dedup();
    keys
}
