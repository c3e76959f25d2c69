//! How well clusters fit people.

use std::collections::HashMap;
use std::hash::Hash;

/// Precision and recall, each 0..1.
#[derive(Clone, Copy, Debug)]
pub struct Quality {
    pub precision: f64,
    pub recall: f64,
}

impl Quality {
    /// The harmonic mean.
    pub fn f1(self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall)
    }
}

/// How the mentions fall into clusters and people.
struct Table<C, P> {
    clusters: HashMap<C, f64>,
    people: HashMap<P, f64>,
    both: HashMap<(C, P), f64>,
}

impl<C: Copy + Eq + Hash, P: Copy + Eq + Hash> Table<C, P> {
    fn of(mentions: impl Iterator<Item = (C, P)>) -> Self {
        let mut table = Self {
            clusters: HashMap::new(),
            people: HashMap::new(),
            both: HashMap::new(),
        };
        for (cluster, person) in mentions {
            *table.clusters.entry(cluster).or_default() += 1.0;
            *table.people.entry(person).or_default() += 1.0;
            *table.both.entry((cluster, person)).or_default() += 1.0;
        }
        table
    }
}

/// Of the pairs of mentions in one cluster, the share that is of one person; and the reverse.
pub fn pairwise<C: Copy + Eq + Hash, P: Copy + Eq + Hash>(
    mentions: impl Iterator<Item = (C, P)>,
) -> Quality {
    let table = Table::of(mentions);
    let pairs = |count: &f64| count * (count - 1.0) / 2.0;
    let both: f64 = table.both.values().map(pairs).sum();
    Quality {
        precision: both / table.clusters.values().map(pairs).sum::<f64>(),
        recall: both / table.people.values().map(pairs).sum::<f64>(),
    }
}

/// The mean over the mentions `of` interest of the share of its cluster that is of its person, and of the share of its
/// person's mentions that is in its cluster (Bagga and Baldwin 1998); the clusters are those of all mentions.
pub fn b_cubed<C: Copy + Eq + Hash, P: Copy + Eq + Hash>(
    mentions: impl Iterator<Item = (C, P)>,
    of: impl Iterator<Item = (C, P)>,
) -> Quality {
    let table = Table::of(mentions);
    let (mut precision, mut recall, mut count) = (0.0, 0.0, 0.0);
    for (cluster, person) in of {
        let both = table.both[&(cluster, person)];
        precision += both / table.clusters[&cluster];
        recall += both / table.people[&person];
        count += 1.0;
    }
    Quality {
        precision: precision / count,
        recall: recall / count,
    }
}
