//! Who is who: which authorships are of one person.
//!
//! The method is told in plain words, with its measured quality, in `docs/identity.md`. In short: a name is evidence in proportion to
//! its rarity ([`Statistics`]); what works have in common (co-authors, institutions, topics, venues, words of the titles, years)
//! is weighed by how much more often one person's works have it in common than works of strangers do; equal
//! identifiers and people's decisions settle a question, contradicting ones forbid a merge; and what stays open is left apart and
//! listed for review.
//!
//! [`partition`] looks at one [`block`] of mentions at a time and depends on the set of them, not on their order.

mod agglomerate;
mod cluster;
mod compare;
mod constraints;
mod evidence;
mod fold;
mod name;
mod parse;
mod rarity;
mod signatures;
mod tables;
#[cfg(test)]
mod tests;

pub use cluster::partition;
pub use name::{Name, block};
pub use parse::parse;
pub use rarity::{Counts, Kind, Statistics, count_name};
pub use tables::System;

/// One authorship, as far as it tells who the author is. All keys are [`key`]s of folded text or of identifiers; the order
/// within the lists does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The work and the position in its list of authors; no two mentions share both.
    pub key: (i64, i64),
    /// The name as printed, with the other forms that the record gives.
    pub name: Name,
    /// [`Name::person_key`] of each co-author.
    pub coauthors: Vec<u64>,
    /// Institutions of this author on this work.
    pub institutions: Vec<u64>,
    /// Subjects of the work.
    pub topics: Vec<u64>,
    /// Journal, conference or repository.
    pub venue: Option<u64>,
    /// Year of publication.
    pub year: Option<i16>,
    /// [`words`] of the title.
    pub title_words: Vec<u64>,
    /// (scheme, value) of the person.
    pub identifiers: Vec<(Scheme, u64)>,
    /// The author that it was decided to be of.
    pub anchor: Option<i64>,
    /// Authors (as in `anchor`) that it was decided not to be of.
    pub denied: Vec<i64>,
}

/// What an identifier of a person proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// One id for each person, given by the person (ORCID): equal ids are one person, different ones are two.
    Personal,
    /// Given by a source (OpenAlex, DBLP, the ACL Anthology, Semantic Scholar) that may have split or mixed a person:
    /// equal ids are taken for one person, different ones prove nothing.
    Source,
}

/// Two groups of mentions that may be one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenPair {
    /// Index of the one cluster, the smaller.
    pub one: usize,
    /// Index of the other.
    pub other: usize,
    /// How likely it is that they are one person, 0..1.
    pub probability: f32,
}

/// Who is who among the mentions of one block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Partition {
    /// The cluster of each mention, in the order of the mentions. Clusters are numbered from 0 in the order of their
    /// smallest mention key.
    pub cluster: Vec<usize>,
    /// How sure it is that each mention belongs to its cluster and to no other, 0..1.
    pub confidence: Vec<f32>,
    /// Pairs of clusters that are worth a look, the likeliest first; at most [`OPEN_PAIRS_MAX`].
    pub open: Vec<OpenPair>,
}

/// The most pairs that one block lists for review.
pub const OPEN_PAIRS_MAX: usize = 50;

/// A 64-bit key of a text: FNV-1a, with the bits mixed. It is stored, so it never changes.
pub fn key(text: &str) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.as_bytes() {
        hash ^= u64::from(*byte);
        hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Words that titles have in common whatever they are about.
const STOP_WORDS: &str = "a an and are as at based be between by can can do does for from how in into is it its new not of on or our over \
     some than that the their there this through to toward towards under up use using via we what when where which who \
     why with within without you approach method methods system systems study analysis der die das und für von zur zum \
     im mit ein eine des le la les de du et en une un pour dans sur par aux el los las y del para con una por";

/// The keys of the words of a title that say what it is about, each once, sorted.
pub fn words(title: &str) -> Vec<u64> {
    let mut keys: Vec<u64> = crate::domain::names::tokens(title)
        .iter()
        .filter(|word| word.chars().count() > 1 && !is_stop_word(word))
        .map(|word| key(word))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn is_stop_word(word: &str) -> bool {
    use std::collections::HashSet;
    use std::sync::LazyLock;
    static WORDS: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| STOP_WORDS.split_ascii_whitespace().collect());
    WORDS.contains(word)
}
