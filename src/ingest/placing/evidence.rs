//! What people and identifiers have decided about the authorships at hand, and the mentions that are compared.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use foldhash::fast::RandomState;

use super::Sitting;
use super::corpus::{Corpus, Form, Stance};
use crate::args;
use crate::db::bulk::{Given, Kind};
use crate::db::{DbResult, Sql, Tx, addresses, authors};
use crate::domain::correction::{self, Decision, Ruling, Verdict};
use crate::domain::identity::{self, Mention, Scheme};
use crate::domain::ids::AuthorId;
use crate::domain::names;

/// What was decided.
#[derive(Default)]
pub(super) struct Evidence {
    decisions: HashMap<(i64, i64), Decision>,
    /// See [`settled`].
    settled: HashSet<i64>,
    /// (block, author) where the author's shown name is of that block.
    at_home: HashSet<(i64, i64)>,
    /// Identifier to the author who carries it.
    owners: Owners,
    /// Which authors are in which block already.
    present: HashSet<(i64, i64)>,
}

/// Who carries which identifier, by the key of both parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Owners(HashMap<u64, Owner, RandomState>);

#[derive(Clone, Debug)]
struct Owner {
    author: i64,
    name: Box<str>,
}

impl Owners {
    /// The first who carries it stays its owner.
    pub(super) fn add(&mut self, scheme: &str, value: &str, author: i64, name: &str) {
        let owner = || Owner {
            author,
            name: name.into(),
        };
        self.0.entry(carried(scheme, value)).or_insert_with(owner);
    }

    fn get(&self, scheme: &str, value: &str) -> Option<&Owner> {
        self.0.get(&carried(scheme, value))
    }
}

fn carried(scheme: &str, value: &str) -> u64 {
    identity::key(&format!("{scheme}:{value}"))
}

/// Reads what was decided about these authorships.
pub(super) async fn load(
    tx: &mut Tx,
    corpus: &Corpus,
    sitting: &BTreeMap<(i64, i64), Sitting>,
    unwritten: &Owners,
) -> DbResult<Evidence> {
    let mut evidence = Evidence::default();
    for one in sitting.values() {
        if let Some(author) = one.seat.author() {
            evidence.present.insert((one.block, author));
        }
    }
    evidence.settled = settled(tx, &evidence.present).await?;
    evidence.at_home = at_home(tx, &evidence.present).await?;
    evidence.decisions = decisions(tx, corpus, sitting).await?;
    evidence.owners = owners(tx, corpus, sitting, unwritten).await?;
    Ok(evidence)
}

/// Authors whose record changes by decision only: what is theirs stays theirs, and more may join it. Somebody claims or holds
/// them, or a correction that stands is about them.
async fn settled(tx: &mut Tx, present: &HashSet<(i64, i64)>) -> DbResult<HashSet<i64>> {
    let authors: HashSet<i64> = present.iter().map(|(_, author)| *author).collect();
    let mut settled = HashSet::new();
    for sql in [
        "SELECT DISTINCT c.author_id FROM {given} g CROSS JOIN claims c WHERE c.author_id = g.id
         AND c.state IN ('started', 'proving', 'pending_review', 'approved', 'contested', 'upheld')",
        "SELECT DISTINCT c.author_id FROM {given} g CROSS JOIN corrections c
         WHERE c.author_id = g.id AND c.undone_at IS NULL",
        "SELECT DISTINCT c.other_author_id FROM {given} g CROSS JOIN corrections c
         WHERE c.other_author_id = g.id AND c.undone_at IS NULL",
    ] {
        let rows: Vec<(i64,)> = Given::ids(authors.iter().copied())?.all(tx, sql).await?;
        settled.extend(rows.into_iter().map(|(author,)| author));
    }
    Ok(settled)
}

async fn at_home(tx: &mut Tx, present: &HashSet<(i64, i64)>) -> DbResult<HashSet<(i64, i64)>> {
    let known: HashSet<i64> = present.iter().map(|(_, author)| *author).collect();
    let rows: Vec<(i64, String)> = Given::ids(known)?
        .rows(
            tx,
            "x.id, x.name",
            "SELECT a.id, a.name FROM {given} g CROSS JOIN authors a WHERE a.id = g.id",
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|(author, name)| (authors::block(&super::name(&Form::of(&name))), author))
        .collect())
}

async fn decisions(
    tx: &mut Tx,
    corpus: &Corpus,
    sitting: &BTreeMap<(i64, i64), Sitting>,
) -> DbResult<HashMap<(i64, i64), Decision>> {
    let any: Option<(i64,)> = tx
        .optional(
            "SELECT CAST(1 AS BIGINT) FROM authorship_decisions LIMIT 1",
            args![],
        )
        .await?;
    if any.is_none() {
        return Ok(HashMap::new());
    }
    let works: HashSet<i64> = sitting.keys().map(|(work, _)| *work).collect();
    let rows: Vec<(i64, String, i64, i64, String, i64)> = Given::ids(works)?
        .all(
            tx,
            "SELECT d.work_id, d.name_key, d.nth, d.correction_id, d.verdict, d.author_id
             FROM {given} g CROSS JOIN authorship_decisions d JOIN corrections c ON c.id = d.correction_id
             WHERE d.work_id = g.id AND c.undone_at IS NULL",
        )
        .await?;
    let today = addresses::today(tx, rows.iter().map(|row| row.5)).await?;
    let mut rulings: HashMap<(i64, String, i64), Vec<Ruling>> = HashMap::new();
    let mut ruled: BTreeSet<i64> = BTreeSet::new();
    for (work, name_key, nth, correction, verdict, author) in rows {
        if let Some(verdict) = Verdict::parse(&verdict) {
            let author = today.get(&author).copied().unwrap_or(author);
            ruled.insert(work);
            rulings
                .entry((work, name_key, nth))
                .or_default()
                .push(Ruling {
                    correction,
                    verdict,
                    author: AuthorId(author),
                });
        }
    }
    let mut decisions = HashMap::new();
    for work in ruled {
        // A correction counts equal names over the whole work, whether or not all of them are at hand.
        let mut seen: HashMap<String, i64> = HashMap::new();
        for seat in corpus.get(work).iter().flat_map(|features| features.seats) {
            let name_key = names::name_key(&corpus.form(seat.form).printed);
            let nth = seen.entry(name_key.clone()).or_default();
            *nth += 1;
            if let Some(rulings) = rulings.get(&(work, name_key, *nth)) {
                decisions.insert(
                    (work, i64::from(seat.position)),
                    correction::effective(rulings),
                );
            }
        }
    }
    Ok(decisions)
}

async fn owners(
    tx: &mut Tx,
    corpus: &Corpus,
    sitting: &BTreeMap<(i64, i64), Sitting>,
    unwritten: &Owners,
) -> DbResult<Owners> {
    let mut owners = Owners::default();
    let mut given = Given::new(&[("scheme", Kind::Text), ("value", Kind::Text)]);
    let identifiers: HashSet<(&str, &str)> = sitting
        .values()
        .flat_map(|one| corpus.identifiers(&one.seat))
        .collect();
    for (scheme, value) in identifiers {
        given.push((scheme, value))?;
        if let Some(owner) = unwritten.get(scheme, value) {
            owners.add(scheme, value, owner.author, &owner.name);
        }
    }
    let rows: Vec<(String, String, i64, String)> = given
        .all(
            tx,
            "SELECT i.scheme, i.value, a.id, a.name FROM {given} g CROSS JOIN author_identifiers i
             JOIN authors a ON a.id = i.author_id
             WHERE i.scheme = g.scheme AND i.value = g.value AND a.merged_into IS NULL",
        )
        .await?;
    for (scheme, value, author, name) in rows {
        owners.add(&scheme, &value, author, &name);
    }
    Ok(owners)
}

impl Evidence {
    /// Whether the name by which an author is shown is of this block.
    pub(super) fn is_at_home(&self, block: i64, author: i64) -> bool {
        self.at_home.contains(&(block, author))
    }

    /// What was decided about an authorship.
    pub(super) fn decision(&self, one: &Sitting) -> Option<&Decision> {
        self.decisions
            .get(&(one.work, i64::from(one.seat.position)))
    }

    /// An authorship as it is compared with others.
    pub(super) fn mention(&self, one: &Sitting, corpus: &Corpus) -> Mention {
        let denied: Vec<i64> = self
            .decision(one)
            .map_or_else(Vec::new, |d| d.is_not.iter().map(|a| a.0).collect());
        let mut mention = Mention {
            key: (one.work, i64::from(one.seat.position)),
            name: one.name.clone(),
            coauthors: Vec::new(),
            institutions: Vec::new(),
            topics: Vec::new(),
            venue: None,
            year: None,
            title_words: Vec::new(),
            identifiers: corpus
                .identifiers(&one.seat)
                .map(|(scheme, value)| {
                    let kind = if scheme == "orcid" {
                        Scheme::Personal
                    } else {
                        Scheme::Source
                    };
                    (kind, carried(scheme, value))
                })
                .collect(),
            anchor: self
                .anchor(one, corpus)
                .filter(|author| !denied.contains(author)),
            denied,
        };
        if let Some(features) = corpus.get(one.work) {
            let own = one.name.person_key();
            mention.coauthors = match features.leading {
                Some(people) => people.iter().copied().filter(|p| *p != own).collect(),
                None => features
                    .seats
                    .iter()
                    .map(|seat| corpus.person(seat.form))
                    .filter(|person| *person != own)
                    .collect(),
            };
            mention.institutions = features.institutions_at(one.seat.position).collect();
            mention.topics = features.topics.to_vec();
            mention.venue = features.venue;
            mention.year = features.year;
            mention.title_words = features.words.to_vec();
        }
        mention
    }

    /// The author whom it is of for sure: by decision; because the author confirmed it; because the author is somebody's
    /// whose record changes by decision only; or by an identifier that an author of another block carries.
    fn anchor(&self, one: &Sitting, corpus: &Corpus) -> Option<i64> {
        if let Some(author) = self.decision(one).and_then(|d| d.is) {
            return Some(author.0);
        }
        if let Some(author) = one.seat.author()
            && (one.seat.stance == Stance::Confirmed || self.settled.contains(&author))
        {
            return Some(author);
        }
        let mut identifiers: Vec<(&str, &str)> = corpus.identifiers(&one.seat).collect();
        // A person's own identifier before those that sources gave.
        identifiers.sort_by_key(|(scheme, value)| (*scheme != "orcid", *scheme, *value));
        for (scheme, value) in identifiers {
            if let Some(owner) = self.owners.get(scheme, value) {
                let elsewhere = !self.present.contains(&(one.block, owner.author));
                return (elsewhere
                    && may_be_named(&owner.name, &corpus.form(one.seat.form).printed))
                .then_some(owner.author);
            }
        }
        None
    }
}

/// Whether two names of different blocks can be one person's: they share a word, or are in different scripts. Else the
/// identifier was given to the wrong author of a list.
pub(super) fn may_be_named(one: &str, other: &str) -> bool {
    if one.is_ascii() != other.is_ascii() {
        return true;
    }
    let (one, other) = (names::tokens(one), names::tokens(other));
    one.iter()
        .any(|word| word.chars().nth(1).is_some() && other.contains(word))
}
