//! What the works of two clusters have in common, in natural logarithms of odds.

use super::Mention;
use super::compare::Difference;
use super::rarity::{Kind, Statistics};

/// The parameters of the method. Each has a meaning of its own; where they come from is told in `docs/identity.md`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    /// Log-odds at which two clusters become one.
    pub merge: f64,
    /// Log-odds that two mentions of the same name are of one person where exactly one other person may bear it.
    pub same_name: f64,
    /// How much the rarity of a name counts; above 1 it demands more of common names than chance alone would.
    pub rarity: f64,
    /// Chance that a work repeats somebody of a person's (large) set of co-authors.
    pub coauthor: f64,
    /// The same for institutions.
    pub institution: f64,
    /// Share of a person's topics that come again.
    pub topic: f64,
    /// Share of the words of titles that come again.
    pub word: f64,
    /// Share of venues that come again.
    pub venue: f64,
    /// How much a single item of co-authors, institutions, topics, words, venues counts: they depend on each other.
    pub discount: [f64; 5],
    /// Number of works after which half of a person's habits are known.
    pub half_known: f64,
    /// Years without a work that say nothing.
    pub year_free: f64,
    /// Log-odds lost per year of distance beyond them.
    pub year: f64,
    /// How much likelier a person with many works is to have written one more: the power of their number.
    pub size: f64,
    /// The power with which evidence grows with the number of works that it rests on.
    pub growth: f64,
    /// The most that works without anything in common can say against one person, in log-odds.
    pub against: f64,
    /// Years between the works of two clusters beyond which a career ends, or an edition of an old work is the exception.
    pub career: f64,
    /// The most that names with an unusual difference may say for one person, in log-odds.
    pub unusual: f64,
    /// Log-odds of each [`Difference`] of names, from none to no given name.
    pub difference: [f64; 9],
}

impl Weights {
    /// Fitted to the ACL Anthology and to namesakes invented from it, see `docs/identity.md`.
    pub const FITTED: Weights = Weights {
        merge: 1.4,
        same_name: 0.0,
        rarity: 1.3,
        coauthor: 0.6,
        institution: 0.6,
        topic: 0.5,
        word: 0.25,
        venue: 0.45,
        discount: [1.0, 1.0, 0.5, 0.5, 0.35],
        half_known: 2.5,
        year_free: 3.0,
        year: 0.15,
        size: 0.5,
        growth: 0.75,
        against: 2.0,
        career: 40.0,
        unusual: -1.0,
        difference: [0.0, -0.7, -1.0, -1.0, -2.0, -4.0, -3.0, -2.5, -5.0],
    };

    /// Log-odds that two mentions of a name are of one person, from the number of others who may bear it.
    pub(super) fn name(&self, bearers: f64) -> f64 {
        self.same_name - self.rarity * bearers.ln()
    }

    /// The most that names may say which differ so: where a difference is unusual, the rarity of the names shows only that few are
    /// written alike, and the works have to say more.
    pub(super) fn most(&self, [given, family]: [Difference; 2]) -> f64 {
        let usual = matches!(
            given,
            Difference::None | Difference::Middle | Difference::Initial
        );
        if usual && family == Difference::None {
            f64::INFINITY
        } else {
            self.unusual
        }
    }

    pub(super) fn difference(&self, [given, family]: [Difference; 2]) -> f64 {
        self.difference[given as usize] + self.difference[family as usize]
    }
}

/// Sorted keys with the number of works that have each.
pub(super) type Bag = Vec<(u64, u32)>;

/// What a cluster's works show, by kind of evidence.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    pub works: u32,
    pub coauthors: Bag,
    pub institutions: Bag,
    pub topics: Bag,
    pub words: Bag,
    pub venues: Bag,
    pub years: Vec<i16>,
    /// Works that have any institution, topic.
    pub with_institution: u32,
    pub with_topic: u32,
}

/// Log-odds lost by the years that lie between the works of two people who may be one.
pub(super) fn apart_in_time(weights: &Weights, one: &Profile, other: &Profile) -> f64 {
    let between =
        |earlier: &Profile, later: &Profile| match (earlier.years.last(), later.years.first()) {
            (Some(last), Some(first)) => f64::from(*first) - f64::from(*last),
            _ => 0.0,
        };
    let gap = between(one, other).max(between(other, one));
    weights.year * (gap - weights.career).max(0.0)
}

fn bag(keys: &[u64]) -> Bag {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(|key| (key, 1)).collect()
}

fn join(a: &mut Bag, b: &Bag) {
    let mut joined = Bag::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => {
                joined.push(a[i]);
                i += 1;
            }
            std::cmp::Ordering::Greater => {
                joined.push(b[j]);
                j += 1;
            }
            std::cmp::Ordering::Equal => {
                joined.push((a[i].0, a[i].1 + b[j].1));
                i += 1;
                j += 1;
            }
        }
    }
    joined.extend_from_slice(&a[i..]);
    joined.extend_from_slice(&b[j..]);
    *a = joined;
}

fn in_bag(bag: &Bag, key: u64) -> u32 {
    bag.binary_search_by_key(&key, |(k, _)| *k)
        .map_or(0, |at| bag[at].1)
}

impl Profile {
    pub fn of(mention: &Mention) -> Self {
        Self {
            works: 1,
            coauthors: bag(&mention.coauthors),
            institutions: bag(&mention.institutions),
            topics: bag(&mention.topics),
            words: bag(&mention.title_words),
            venues: mention.venue.map(|venue| (venue, 1)).into_iter().collect(),
            years: mention.year.into_iter().collect(),
            with_institution: u32::from(!mention.institutions.is_empty()),
            with_topic: u32::from(!mention.topics.is_empty()),
        }
    }

    pub fn add(&mut self, other: &Profile) {
        self.works += other.works;
        join(&mut self.coauthors, &other.coauthors);
        join(&mut self.institutions, &other.institutions);
        join(&mut self.topics, &other.topics);
        join(&mut self.words, &other.words);
        join(&mut self.venues, &other.venues);
        self.years.extend_from_slice(&other.years);
        self.years.sort_unstable();
        self.years.dedup();
        self.with_institution += other.with_institution;
        self.with_topic += other.with_topic;
    }
}

/// Works of the world that a collection does not show. In the collection of one group everybody is a co-author of the same
/// few, and still it would be a rare chance that a namesake is too.
const UNSEEN_WORKS: f64 = 20_000.0;

/// The most that one work's items of a kind may say, as a ratio of chances.
const RATIO_MAX: f64 = 3_000.0;

/// Log-odds that a work comes from the person of a profile and not from a stranger, the name left out.
pub(super) fn of_work<S: Statistics>(
    statistics: &S,
    weights: &Weights,
    work: &Mention,
    profile: &Profile,
) -> f64 {
    let works = f64::from(statistics.total(Kind::Work).max(1) as u32);
    let ratio = |kind: Kind, key: u64, of_profile: u32, profile_works: u32, all: f64| {
        if of_profile == 0 {
            return 0.0;
        }
        let others = f64::from(statistics.count(kind, key).saturating_sub(of_profile)).max(1.0);
        (f64::from(of_profile) / f64::from(profile_works) * all / others).min(RATIO_MAX)
    };
    let mut sum = 0.0;
    if !work.coauthors.is_empty() && !profile.coauthors.is_empty() {
        let known = weights.coauthor * saturation(profile.works, weights);
        let total: f64 = work
            .coauthors
            .iter()
            .map(|key| {
                ratio(
                    Kind::Person,
                    *key,
                    in_bag(&profile.coauthors, *key),
                    profile.works,
                    works + UNSEEN_WORKS,
                )
            })
            .sum();
        let mean = total / (work.coauthors.len() as f64);
        sum += weights.discount[0] * (1.0 - known + known * mean).ln();
    }
    if !work.institutions.is_empty() && profile.with_institution > 0 {
        let known = weights.institution;
        let total: f64 = work
            .institutions
            .iter()
            .map(|key| {
                let of_profile = in_bag(&profile.institutions, *key);
                let all = statistics.total(Kind::Institution) as f64;
                ratio(
                    Kind::Institution,
                    *key,
                    of_profile,
                    profile.with_institution,
                    all,
                )
            })
            .sum();
        let mean = total / work.institutions.len() as f64;
        sum += weights.discount[1] * (1.0 - known + known * mean).ln();
    }
    if !work.topics.is_empty() && profile.with_topic > 0 {
        let known = weights.topic;
        let total: f64 = work
            .topics
            .iter()
            .map(|key| {
                let of_profile = in_bag(&profile.topics, *key);
                ratio(Kind::Topic, *key, of_profile, profile.with_topic, works)
            })
            .sum();
        let mean = total / work.topics.len() as f64;
        sum += weights.discount[2] * (1.0 - known + known * mean).ln();
    }
    if !profile.words.is_empty() {
        let known = weights.word * saturation(profile.works, weights);
        let total: f64 = work
            .title_words
            .iter()
            .map(|key| {
                let of_profile = in_bag(&profile.words, *key);
                let ratio = ratio(Kind::Word, *key, of_profile, profile.works, works);
                (1.0 - known + known * ratio.min(100.0)).ln()
            })
            .sum();
        sum += weights.discount[3] * total;
    }
    if let Some(venue) = work.venue
        && !profile.venues.is_empty()
    {
        let of_profile = in_bag(&profile.venues, venue);
        let ratio = ratio(Kind::Venue, venue, of_profile, profile.works, works);
        sum += weights.discount[4] * (1.0 - weights.venue + weights.venue * ratio.min(100.0)).ln();
    }
    if let Some(year) = work.year {
        let distance = profile
            .years
            .iter()
            .map(|other| (i32::from(*other) - i32::from(year)).abs())
            .min();
        if let Some(distance) = distance {
            sum -= weights.year * (f64::from(distance) - weights.year_free).max(0.0);
        }
    }
    sum
}

/// How much of a person's habits a number of works shows.
fn saturation(works: u32, weights: &Weights) -> f64 {
    let works = f64::from(works);
    works / (works + weights.half_known)
}
