//! Partitions a block: first what is decided, then names too rare to ask, then who shares somebody, then the rest.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::agglomerate::Clustering;
use super::constraints::Decided;
use super::evidence::{Weights, apart_in_time};
use super::rarity::Statistics;
use super::{Mention, OPEN_PAIRS_MAX, OpenPair, Partition};

/// Of a co-author or institution with more clusters than this, only neighbours in the order of time are compared.
const SHARED_BY_MAX: usize = 40;
/// The most pairs of clusters without anything rare in common that are compared in one block.
const PAIRS_MAX: usize = 150_000;
/// Less likely pairs are no question.
const OPEN_PROBABILITY_MIN: f32 = 0.25;
/// Log-odds of what an identifier or a decision joins.
const BY_IDENTIFIER: f64 = 6.0;
const BY_DECISION: f64 = 12.0;
/// How much surer than [`Weights::merge`] a name has to be to need no look at the works.
const SURE_MARGIN: f64 = 4.0;

/// Who is who among the mentions of one [`block`](super::block()).
pub fn partition<S: Statistics>(mentions: &[Mention], statistics: &S) -> Partition {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|i| mentions[*i].key);
    let sorted: Vec<&Mention> = order.iter().map(|i| &mentions[*i]).collect();
    let mut clustering = Clustering::new(&sorted, statistics, &Weights::FITTED);
    clustering.join_decided();
    clustering.join_sure_names();
    clustering.join_by_shared();
    clustering.join_the_rest();
    clustering.finish(&order)
}

impl<S: Statistics> Clustering<'_, S> {
    /// Joins what decisions and identifiers join, decisions first, and a name that stands twice in one work's list.
    fn join_decided(&mut self) {
        let mut groups: BTreeMap<(u8, i64, u64), Vec<usize>> = BTreeMap::new();
        for (i, mention) in self.mentions.iter().enumerate() {
            if let Some(anchor) = mention.anchor {
                groups.entry((0, anchor, 0)).or_default().push(i);
            }
            for (scheme, value) in &mention.identifiers {
                groups
                    .entry((1 + *scheme as u8, 0, *value))
                    .or_default()
                    .push(i);
            }
            let signature = self.signatures.of[i];
            if self.signatures.is_printed_twice_by_mistake(signature) {
                groups
                    .entry((9, mention.key.0, signature as u64))
                    .or_default()
                    .push(i);
            }
        }
        for ((rank, _, _), members) in groups {
            for pair in members.windows(2) {
                let (a, b) = (self.find(pair[0]), self.find(pair[1]));
                if a == b {
                    continue;
                }
                let (x, y) = (&self.cluster(a).decided, &self.cluster(b).decided);
                let refused = match rank {
                    0 => false,
                    1 => x.decided_apart(y),
                    9 => x.decided_apart(y) || x.contradicts(y),
                    _ => x.forbids(y),
                };
                if !refused {
                    let score = if rank == 0 {
                        BY_DECISION
                    } else {
                        BY_IDENTIFIER
                    };
                    self.merge(a, b, score);
                }
            }
        }
    }

    /// Joins the mentions of names so rare that nothing else need be asked.
    fn join_sure_names(&mut self) {
        let mut by_signature: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for i in 0..self.mentions.len() {
            let cluster = self.find(i);
            by_signature
                .entry(self.signatures.of[i])
                .or_default()
                .insert(cluster);
        }
        for (signature, clusters) in by_signature {
            let prior = self.signatures.prior(signature, signature, self.weights);
            let clusters: Vec<usize> = clusters.into_iter().collect();
            let least = self.weights.merge + SURE_MARGIN + self.most_apart(&clusters);
            if prior.is_none_or(|prior| prior < least) {
                continue;
            }
            let alone = clusters
                .iter()
                .all(|c| self.cluster(*c).signatures.len() == 1);
            let mut all = Decided::default();
            let free = alone
                && clusters.iter().all(|c| {
                    let decided = &self.cluster(*c).decided;
                    let free = !all.forbids(decided);
                    all.add(decided);
                    free
                });
            if free {
                let mut into = clusters[0];
                for c in &clusters[1..] {
                    into = self.merge(into, *c, prior.unwrap_or_default());
                }
            }
        }
    }

    /// The most that years speak against any two neighbours of these clusters, in the order of time.
    fn most_apart(&self, clusters: &[usize]) -> f64 {
        let mut profiles: Vec<_> = clusters.iter().map(|c| &self.cluster(*c).profile).collect();
        profiles.sort_by_key(|profile| profile.years.first().copied());
        profiles
            .windows(2)
            .map(|pair| apart_in_time(self.weights, pair[0], pair[1]))
            .fold(0.0, f64::max)
    }

    /// Compares the clusters that share a co-author or an institution.
    fn join_by_shared(&mut self) {
        let mut sharing: HashMap<(u8, u64), Vec<usize>> = HashMap::new();
        for index in 0..self.clusters.len() {
            let Some(cluster) = &self.clusters[index] else {
                continue;
            };
            let profile = &cluster.profile;
            for (kind, bag) in [(0, &profile.coauthors), (1, &profile.institutions)] {
                for (key, _) in bag {
                    sharing.entry((kind, *key)).or_default().push(index);
                }
            }
        }
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for clusters in sharing.values() {
            if clusters.len() <= SHARED_BY_MAX {
                for (i, a) in clusters.iter().enumerate() {
                    pairs.extend(clusters[i + 1..].iter().map(|b| (*a, *b)));
                }
            } else {
                pairs.extend(clusters.windows(2).map(|pair| (pair[0], pair[1])));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        self.propose(pairs);
    }

    /// Compares what is left, clusters with many works first.
    fn join_the_rest(&mut self) {
        let mut left: Vec<usize> = (0..self.clusters.len())
            .filter(|i| self.clusters[*i].is_some())
            .collect();
        left.sort_by_key(|i| (std::cmp::Reverse(self.cluster(*i).members.len()), *i));
        let mut by_signature: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in &left {
            for signature in &self.cluster(*index).signatures {
                by_signature.entry(*signature).or_default().push(*index);
            }
        }
        let mut pairs = BTreeSet::new();
        for index in &left {
            for signature in self.cluster(*index).signatures.clone() {
                for compatible in self.signatures.compatible(signature) {
                    let Some(others) = by_signature.get(&compatible) else {
                        continue;
                    };
                    for other in others {
                        if other != index && pairs.len() < PAIRS_MAX {
                            pairs.insert((*index.min(other), *index.max(other)));
                        }
                    }
                }
            }
        }
        self.propose(pairs);
    }

    fn finish(mut self, order: &[usize]) -> Partition {
        let mut number: HashMap<usize, usize> = HashMap::new();
        let mut cluster = vec![0; order.len()];
        let mut confidence = vec![0.0; order.len()];
        for (sorted, original) in order.iter().enumerate() {
            let index = self.find(sorted);
            let next = number.len();
            cluster[*original] = *number.entry(index).or_insert(next);
            confidence[*original] = probability(self.sure[sorted].min(BY_DECISION)) as f32;
        }
        let pairs: BTreeSet<(usize, usize)> = std::mem::take(&mut self.open)
            .into_iter()
            .map(|(a, b)| (self.find(a), self.find(b)))
            .filter(|(a, b)| a != b)
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        let mut open: Vec<OpenPair> = Vec::new();
        for (a, b) in pairs {
            let Some(score) = self.score(a, b) else {
                continue;
            };
            let probability = probability(score) as f32;
            if probability < OPEN_PROBABILITY_MIN {
                continue;
            }
            let (one, other) = (number[&a].min(number[&b]), number[&a].max(number[&b]));
            open.push(OpenPair {
                one,
                other,
                probability,
            });
            // What may belong elsewhere is less sure to be by itself.
            let smaller = if self.cluster(a).members.len() <= self.cluster(b).members.len() {
                a
            } else {
                b
            };
            for member in &self.cluster(smaller).members {
                let at = &mut confidence[order[*member]];
                *at = at.min(1.0 - probability);
            }
        }
        open.sort_by(|x, y| {
            y.probability
                .total_cmp(&x.probability)
                .then_with(|| (x.one, x.other).cmp(&(y.one, y.other)))
        });
        open.truncate(OPEN_PAIRS_MAX);
        Partition {
            cluster,
            confidence,
            open,
        }
    }
}

/// The probability behind a sum of evidence. Its parts depend on each other, so the sum is too sure of itself, and the rarity of
/// names counts more than chance; the line was fitted to invented namesakes, see `docs/identity.md`.
fn probability(log_odds: f64) -> f64 {
    let calibrated = 0.7 + 0.7 * log_odds;
    1.0 / (1.0 + (-calibrated).exp())
}
