//! Merges the mentions of a block into people, the surest pair first.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use super::constraints::Decided;
use super::evidence::{Profile, Weights, of_work};
use super::rarity::Statistics;
use super::signatures::Signatures;
use super::{Mention, OPEN_PAIRS_MAX, OpenPair, Partition};

/// The most works of a cluster that are weighed against another.
const WORKS_WEIGHED_MAX: usize = 24;
/// Of a co-author or institution with more clusters than this, only neighbours in the order of time are compared.
const SHARED_BY_MAX: usize = 40;
/// The most pairs of clusters without anything rare in common that are compared in one block.
const PAIRS_MAX: usize = 150_000;
/// The most pairs that a merged cluster is weighed against again at once.
const NEIGHBOURS_MAX: usize = 300;
/// Log-odds of what an identifier or a decision joins.
const BY_IDENTIFIER: f64 = 6.0;
const BY_DECISION: f64 = 12.0;
/// Works of an author, on average.
const MEAN_WORKS: f64 = 3.5;
/// How much surer than [`Weights::merge`] a name has to be to need no look at the works.
const SURE_MARGIN: f64 = 4.0;

/// Who is who among the mentions of one [`block`](super::block()).
pub fn partition<S: Statistics>(mentions: &[Mention], statistics: &S) -> Partition {
    partition_with(mentions, statistics, &Weights::FITTED)
}

/// [`partition`] with other parameters.
pub fn partition_with<S: Statistics>(
    mentions: &[Mention],
    statistics: &S,
    weights: &Weights,
) -> Partition {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|i| mentions[*i].key);
    let sorted: Vec<&Mention> = order.iter().map(|i| &mentions[*i]).collect();
    let mut clustering = Clustering::new(&sorted, statistics, weights);
    clustering.join_decided();
    clustering.join_sure_names();
    clustering.join_by_shared();
    clustering.join_the_rest();
    clustering.finish(&order)
}

struct Cluster {
    /// Indices into the sorted mentions, sorted.
    members: Vec<usize>,
    /// Sorted.
    signatures: Vec<usize>,
    profile: Profile,
    decided: Decided,
    /// Raised by every merge.
    version: u32,
    /// Clusters to be compared with, by any of their former indices.
    neighbours: BTreeSet<usize>,
}

struct Clustering<'m, S> {
    mentions: &'m [&'m Mention],
    statistics: &'m S,
    weights: &'m Weights,
    signatures: Signatures,
    /// By index; `None` for one that went into another.
    clusters: Vec<Option<Cluster>>,
    /// Where a cluster went.
    went: Vec<usize>,
    /// Log-odds of the weakest merge that brought a mention in.
    sure: Vec<f64>,
    queue: BinaryHeap<Candidate>,
    /// Pairs that were weighed and found short.
    open: BTreeSet<(usize, usize)>,
}

struct Candidate {
    score: f64,
    one: usize,
    other: usize,
    versions: (u32, u32),
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Candidate {}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score
            .total_cmp(&other.score)
            .then_with(|| (other.one, other.other).cmp(&(self.one, self.other)))
            .then_with(|| self.versions.cmp(&other.versions))
    }
}

impl<'m, S: Statistics> Clustering<'m, S> {
    fn new(mentions: &'m [&'m Mention], statistics: &'m S, weights: &'m Weights) -> Self {
        let signatures = Signatures::new(mentions, statistics, weights);
        let clusters = mentions
            .iter()
            .enumerate()
            .map(|(i, mention)| {
                Some(Cluster {
                    members: vec![i],
                    signatures: vec![signatures.of[i]],
                    profile: Profile::of(mention),
                    decided: Decided::of(mention),
                    version: 0,
                    neighbours: BTreeSet::new(),
                })
            })
            .collect();
        Self {
            mentions,
            statistics,
            weights,
            signatures,
            clusters,
            went: (0..mentions.len()).collect(),
            sure: vec![f64::INFINITY; mentions.len()],
            queue: BinaryHeap::new(),
            open: BTreeSet::new(),
        }
    }

    fn find(&mut self, mut index: usize) -> usize {
        while self.went[index] != index {
            self.went[index] = self.went[self.went[index]];
            index = self.went[index];
        }
        index
    }

    fn cluster(&self, index: usize) -> &Cluster {
        self.clusters[index]
            .as_ref()
            .expect("the index of a living cluster")
    }

    fn forbidden(&self, a: usize, b: usize) -> bool {
        self.cluster(a).decided.forbids(&self.cluster(b).decided)
    }

    /// Merges two living clusters into the one with more members, and tells which.
    fn merge(&mut self, a: usize, b: usize, score: f64) -> usize {
        let (into, from) = if self.cluster(a).members.len() >= self.cluster(b).members.len() {
            (a, b)
        } else {
            (b, a)
        };
        let gone = self.clusters[from]
            .take()
            .expect("the index of a living cluster");
        self.went[from] = into;
        let cluster = self.clusters[into]
            .as_mut()
            .expect("the index of a living cluster");
        let alike = cluster.members.len() == gone.members.len();
        for member in gone
            .members
            .iter()
            .chain(cluster.members.iter().filter(|_| alike))
        {
            self.sure[*member] = self.sure[*member].min(score);
        }
        cluster.members.extend_from_slice(&gone.members);
        cluster.members.sort_unstable();
        cluster.signatures.extend_from_slice(&gone.signatures);
        cluster.signatures.sort_unstable();
        cluster.signatures.dedup();
        cluster.profile.add(&gone.profile);
        cluster.decided.add(&gone.decided);
        cluster.version += 1;
        cluster.neighbours.extend(gone.neighbours);
        into
    }

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
            if prior.is_none_or(|prior| prior < self.weights.merge + SURE_MARGIN) {
                continue;
            }
            let clusters: Vec<usize> = clusters.into_iter().collect();
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

    /// Log-odds that two clusters are one person; `None` where that is forbidden.
    fn score(&self, a: usize, b: usize) -> Option<f64> {
        let (one, other) = (self.cluster(a), self.cluster(b));
        if one.decided.forbids(&other.decided) {
            return None;
        }
        let prior = self.name_score(one, other)?;
        let (small, large) = if one.members.len() <= other.members.len() {
            (one, other)
        } else {
            (other, one)
        };
        let step = small.members.len().div_ceil(WORKS_WEIGHED_MAX);
        let mut sum = 0.0;
        let mut weighed = 0.0;
        for member in small.members.iter().step_by(step) {
            let work = self.mentions[*member];
            sum += of_work(self.statistics, self.weights, work, &large.profile);
            weighed += 1.0;
        }
        let mean = sum / weighed;
        let more = (large.members.len() as f64 / MEAN_WORKS).ln() * self.weights.size;
        let evidence = mean * (small.members.len() as f64).powf(self.weights.growth);
        Some(prior + more + evidence.max(-self.weights.against))
    }

    /// What the names say: the best pair of prints, if no pair contradicts.
    fn name_score(&self, one: &Cluster, other: &Cluster) -> Option<f64> {
        let mut best: Option<f64> = None;
        for a in &one.signatures {
            for b in &other.signatures {
                let prior = self.signatures.prior(*a, *b, self.weights)?;
                best = Some(best.map_or(prior, |best| best.max(prior)));
            }
        }
        best
    }

    fn consider(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let (one, other) = (a.min(b), a.max(b));
        if let Some(score) = self.score(one, other) {
            let versions = (self.cluster(one).version, self.cluster(other).version);
            self.queue.push(Candidate {
                score,
                one,
                other,
                versions,
            });
        }
    }

    fn propose(&mut self, pairs: impl IntoIterator<Item = (usize, usize)>) {
        for (a, b) in pairs {
            let (a, b) = (self.find(a), self.find(b));
            if a == b || self.cluster(a).neighbours.contains(&b) {
                continue;
            }
            if self.forbidden(a, b) || self.name_score(self.cluster(a), self.cluster(b)).is_none() {
                continue;
            }
            for (x, y) in [(a, b), (b, a)] {
                if let Some(cluster) = self.clusters[x].as_mut() {
                    cluster.neighbours.insert(y);
                }
            }
            self.consider(a, b);
        }
        self.run();
    }

    /// Merges from the top of the queue down to the threshold.
    fn run(&mut self) {
        while let Some(top) = self.queue.pop() {
            let (Some(one), Some(other)) = (&self.clusters[top.one], &self.clusters[top.other])
            else {
                continue;
            };
            if (one.version, other.version) != top.versions {
                continue;
            }
            if top.score < self.weights.merge {
                if top.score > self.weights.merge - 4.0 {
                    self.open.insert((top.one, top.other));
                }
                continue;
            }
            let merged = self.merge(top.one, top.other, top.score);
            let former = std::mem::take(&mut self.cluster_mut(merged).neighbours);
            let mut neighbours: BTreeSet<usize> = BTreeSet::new();
            for index in former {
                let index = self.find(index);
                if index != merged {
                    neighbours.insert(index);
                }
            }
            for neighbour in neighbours.iter().copied().take(NEIGHBOURS_MAX) {
                self.consider(merged, neighbour);
            }
            self.cluster_mut(merged).neighbours = neighbours;
        }
    }

    fn cluster_mut(&mut self, index: usize) -> &mut Cluster {
        self.clusters[index]
            .as_mut()
            .expect("the index of a living cluster")
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
        let mut pairs = BTreeSet::new();
        for clusters in sharing.values() {
            if clusters.len() <= SHARED_BY_MAX {
                for (i, a) in clusters.iter().enumerate() {
                    pairs.extend(clusters[i + 1..].iter().map(|b| (*a, *b)));
                }
            } else {
                pairs.extend(clusters.windows(2).map(|pair| (pair[0], pair[1])));
            }
        }
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
            confidence[*original] = logistic(self.sure[sorted].min(BY_DECISION)) as f32;
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
            let probability = logistic(score) as f32;
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

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}
