//! Clusters, how alike two of them are, and merging from the surest pair down.

use std::cmp::Ordering;
use std::collections::{BTreeSet, BinaryHeap};

use super::Mention;
use super::constraints::Decided;
use super::evidence::{Profile, Weights, apart_in_time, of_work};
use super::rarity::Statistics;
use super::signatures::Signatures;

/// The most works of a cluster that are weighed against another.
const WORKS_WEIGHED_MAX: usize = 24;
/// The most pairs that a merged cluster is weighed against again at once.
const NEIGHBOURS_MAX: usize = 300;
/// Works of an author, on average.
const MEAN_WORKS: f64 = 3.5;

pub(super) struct Cluster {
    /// Indices into the sorted mentions, sorted.
    pub members: Vec<usize>,
    /// Sorted.
    pub signatures: Vec<usize>,
    pub profile: Profile,
    pub decided: Decided,
    /// Raised by every merge.
    version: u32,
    /// Clusters to be compared with, by any of their former indices.
    neighbours: BTreeSet<usize>,
}

pub(super) struct Clustering<'m, S> {
    pub mentions: &'m [&'m Mention],
    statistics: &'m S,
    pub weights: &'m Weights,
    pub signatures: Signatures,
    /// By index; `None` for one that went into another.
    pub clusters: Vec<Option<Cluster>>,
    /// Where a cluster went.
    went: Vec<usize>,
    /// Log-odds of the weakest merge that brought a mention in.
    pub sure: Vec<f64>,
    queue: BinaryHeap<Candidate>,
    /// Pairs that were weighed and found short.
    pub open: BTreeSet<(usize, usize)>,
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
    pub fn new(mentions: &'m [&'m Mention], statistics: &'m S, weights: &'m Weights) -> Self {
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

    pub fn find(&mut self, mut index: usize) -> usize {
        while self.went[index] != index {
            self.went[index] = self.went[self.went[index]];
            index = self.went[index];
        }
        index
    }

    pub fn cluster(&self, index: usize) -> &Cluster {
        self.clusters[index]
            .as_ref()
            .expect("the index of a living cluster")
    }

    fn forbidden(&self, a: usize, b: usize) -> bool {
        self.cluster(a).decided.forbids(&self.cluster(b).decided)
    }

    /// Merges two living clusters into the one with more members, and tells which.
    pub fn merge(&mut self, a: usize, b: usize, score: f64) -> usize {
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

    /// Log-odds that two clusters are one person; `None` where that is forbidden.
    pub fn score(&self, a: usize, b: usize) -> Option<f64> {
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
        let apart = apart_in_time(self.weights, &one.profile, &other.profile);
        Some(prior + more + evidence.max(-self.weights.against) - apart)
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

    pub fn propose(&mut self, pairs: impl IntoIterator<Item = (usize, usize)>) {
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
}
