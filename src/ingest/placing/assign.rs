//! From groups of authorships to authors.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::num::NonZeroI64;

use super::Sitting;
use super::corpus::{Corpus, Seat, Stance};
use super::evidence::{self, Evidence, Owners};
use crate::db::authors::{self, NewAuthor};
use crate::db::bulk::{Bulk, Given, Kind};
use crate::db::{DbResult, Tx};
use crate::domain::identity::{Mention, Partition};

/// A group of authorships of one person.
struct Group {
    block: i64,
    /// The author it belongs to, if that is known.
    author: Option<i64>,
    /// Whether that was decided rather than inherited.
    anchored: bool,
    members: Vec<Member>,
}

struct Member {
    work: i64,
    seat: Seat,
    confidence: f64,
    stance: Stance,
    /// Something of the row changes even if the author stays, or the author has to be looked at.
    changed: bool,
}

/// What is to be written.
#[derive(Default)]
pub(super) struct Plan {
    groups: Vec<Group>,
    /// Pairs of groups that may be one person: (index, index, probability).
    open: Vec<(usize, usize, f64)>,
    /// Every author who had an authorship in these blocks.
    present: BTreeSet<i64>,
}

/// An authorship that gets another author, or about which something else changes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) work: i64,
    pub(super) author: i64,
    pub(super) before: Option<NonZeroI64>,
    pub(super) confidence: f32,
    pub(super) form: u32,
    pub(super) position: u16,
    pub(super) stance: Stance,
    pub(super) stance_before: Stance,
}

/// What all steps come to; written when they are done, each table in its own order.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) changes: Vec<Change>,
    /// Authors who were there before and whose rows have to be made anew.
    pub(super) touched: BTreeSet<i64>,
    /// Identifiers of authors who are not written yet.
    pub(super) owners: Owners,
    /// Author to those who took over, with how many authorships.
    went: HashMap<i64, BTreeMap<i64, usize>>,
    /// Pairs who may be one, with the probability.
    open: Vec<(i64, i64, f64)>,
    /// Every author who had an authorship in these blocks.
    present: BTreeSet<i64>,
}

impl Plan {
    /// Takes over the partition of a block.
    pub(super) fn add(
        &mut self,
        block: &[&Sitting],
        mentions: &[Mention],
        partition: &Partition,
        evidence: &Evidence,
    ) {
        let first = self.groups.len();
        let clusters = partition.cluster.iter().max().map_or(0, |most| most + 1);
        for _ in 0..clusters {
            self.groups.push(Group {
                block: block[0].block,
                author: None,
                anchored: false,
                members: Vec::new(),
            });
        }
        for (at, (one, mention)) in block.iter().zip(mentions).enumerate() {
            let decision = evidence.decision(one);
            let decided = decision.is_some_and(|d| d.is.is_some());
            let stance = match one.seat.stance {
                _ if decision.is_some_and(|d| d.hidden) => Stance::Hidden,
                Stance::Confirmed => Stance::Confirmed,
                _ => Stance::None,
            };
            let confidence = if decided {
                1.0
            } else {
                f64::from(partition.confidence[at])
            };
            let group = &mut self.groups[first + partition.cluster[at]];
            if mention.anchor.is_some() {
                group.author = mention.anchor;
                group.anchored = true;
            }
            self.present.extend(one.seat.author());
            group.members.push(Member {
                work: one.work,
                seat: one.seat,
                confidence,
                stance,
                changed: one.waiting
                    || stance != one.seat.stance
                    || (confidence - f64::from(one.seat.confidence)).abs() > 0.005,
            });
        }
        self.inherit(first, evidence);
        for pair in &partition.open {
            self.open.push((
                first + pair.one,
                first + pair.other,
                f64::from(pair.probability),
            ));
        }
    }

    /// Gives every group from `first` on the author to whom most of its authorships belonged, those first whose name is of
    /// this block; nobody gets two groups.
    fn inherit(&mut self, first: usize, evidence: &Evidence) {
        let mut taken: HashSet<i64> = self.groups[first..]
            .iter()
            .filter_map(|g| g.author)
            .collect();
        let mut votes: BTreeMap<(usize, i64), usize> = BTreeMap::new();
        for (at, group) in self.groups.iter().enumerate().skip(first) {
            if group.author.is_none() {
                for author in group.members.iter().filter_map(|m| m.seat.author()) {
                    *votes.entry((at, author)).or_default() += 1;
                }
            }
        }
        let mut votes: Vec<(usize, i64, usize)> = votes
            .into_iter()
            .map(|((at, author), n)| (n, author, at))
            .collect();
        votes.sort_by_key(|(n, author, at)| {
            let elsewhere = !evidence.is_at_home(self.groups[*at].block, *author);
            (elsewhere, std::cmp::Reverse(*n), *author, *at)
        });
        for (_, author, at) in votes {
            if self.groups[at].author.is_none() && taken.insert(author) {
                self.groups[at].author = Some(author);
            }
        }
    }
}

impl Plan {
    /// Brings together groups of different blocks that carry one identifier: nobody else knows yet that they are one person.
    fn link(&mut self, corpus: &Corpus) {
        let mut first: HashMap<String, usize> = HashMap::new();
        for at in 0..self.groups.len() {
            let mut carried: Vec<String> = self.groups[at]
                .members
                .iter()
                .flat_map(|m| corpus.identifiers(&m.seat))
                .map(|(scheme, value)| format!("{scheme}:{value}"))
                .collect();
            // A person's own identifier before those that sources gave.
            carried.sort_by_key(|id| (!id.starts_with("orcid:"), id.clone()));
            carried.dedup();
            for identifier in carried {
                let other = *first.entry(identifier).or_insert(at);
                if self.groups[other].block != self.groups[at].block
                    && evidence::may_be_named(
                        &corpus.form(self.groups[other].members[0].seat.form).printed,
                        &corpus.form(self.groups[at].members[0].seat.form).printed,
                    )
                {
                    self.unite(other, at);
                    break;
                }
            }
        }
    }

    /// Gives two groups one author, unless two were decided.
    fn unite(&mut self, one: usize, other: usize) {
        let (a, b) = (self.groups[one].author, self.groups[other].author);
        match (a, b) {
            (None, None) => {
                let members = std::mem::take(&mut self.groups[other].members);
                self.groups[one].members.extend(members);
            }
            (Some(author), None) => self.groups[other].author = Some(author),
            (None, Some(author)) => self.groups[one].author = Some(author),
            (Some(author), Some(_)) if !self.groups[other].anchored => {
                self.groups[other].author = Some(author);
            }
            (Some(_), Some(author)) if !self.groups[one].anchored => {
                self.groups[one].author = Some(author);
            }
            _ => {}
        }
    }
}

impl Ledger {
    /// Nothing yet, with room for so many changes.
    pub(super) fn for_changes(n: usize) -> Self {
        Self {
            changes: Vec::with_capacity(n),
            ..Self::default()
        }
    }

    /// Takes in a plan; new authors get their numbers. Answers how many.
    pub(super) async fn enter(
        &mut self,
        tx: &mut Tx,
        mut plan: Plan,
        corpus: &Corpus,
    ) -> DbResult<u64> {
        plan.link(corpus);
        let new: Vec<usize> = (0..plan.groups.len())
            .filter(|at| plan.groups[*at].author.is_none() && !plan.groups[*at].members.is_empty())
            .collect();
        let ids = tx.new_ids("authors", new.len()).await?;
        for (at, id) in new.iter().zip(&ids) {
            plan.groups[*at].author = Some(*id);
        }
        let added: HashSet<i64> = ids.into_iter().collect();
        for group in &plan.groups {
            let Some(author) = group.author else { continue };
            for member in &group.members {
                let before = member.seat.author();
                if let Some(before) = before {
                    *self
                        .went
                        .entry(before)
                        .or_default()
                        .entry(author)
                        .or_default() += 1;
                }
                for (scheme, value) in corpus.identifiers(&member.seat) {
                    let name = &corpus.form(member.seat.form).printed;
                    self.owners.add(scheme, value, author, name);
                }
                if before == Some(author) && !member.changed {
                    continue;
                }
                self.touched.extend(before);
                if !added.contains(&author) {
                    self.touched.insert(author);
                }
                self.changes.push(Change {
                    work: member.work,
                    author,
                    before: member.seat.author,
                    confidence: member.confidence as f32,
                    form: member.seat.form,
                    position: member.seat.position,
                    stance: member.stance,
                    stance_before: member.seat.stance,
                });
            }
        }
        for (one, other, probability) in &plan.open {
            let pair = (plan.groups[*one].author, plan.groups[*other].author);
            if let (Some(one), Some(other)) = pair
                && one != other
            {
                self.open
                    .push((one.min(other), one.max(other), *probability));
            }
        }
        self.present.append(&mut plan.present);
        Ok(added.len() as u64)
    }

    /// Authors of whom nothing is left, with the one who took over most.
    pub(super) fn lost(&self) -> Vec<(i64, i64)> {
        let lost = self.went.iter().filter_map(|(before, takers)| {
            let (taker, _) = takers
                .iter()
                .filter(|(taker, _)| *taker != before)
                .max_by_key(|(taker, n)| (**n, std::cmp::Reverse(**taker)))?;
            Some((*before, *taker))
        });
        lost.collect()
    }
}

/// The rows of changes, which are in the order of the table.
pub(super) fn rows(changes: &[Change], corpus: &Corpus) -> DbResult<Given> {
    let mut rows = Given::new(&[
        ("work_id", Kind::Int),
        ("position", Kind::Int),
        ("name", Kind::Text),
        ("author_id", Kind::Int),
        ("confidence", Kind::Real),
        ("stance", Kind::Text),
        ("stance_before", Kind::Text),
        ("author_before", Kind::Int),
    ]);
    for change in changes {
        rows.push((
            change.work,
            change.position,
            &corpus.form(change.form).printed,
            change.author,
            change.confidence,
            change.stance.as_str(),
            change.stance_before.as_str(),
            change.before.map(NonZeroI64::get),
        ))?;
    }
    Ok(rows)
}

/// Writes the rows of changes. What was said or written meanwhile stays.
pub(super) async fn write(tx: &mut Tx, mut rows: Given) -> DbResult<()> {
    rows.execute(
        tx,
        "UPDATE authorships SET author_id = g.author_id, confidence = g.confidence,
            stance = CASE WHEN authorships.stance IS NOT DISTINCT FROM g.stance_before
                THEN g.stance ELSE authorships.stance END
         FROM {given} g WHERE authorships.work_id = g.work_id AND authorships.position = g.position
         AND authorships.name_printed = g.name AND authorships.author_id IS NOT DISTINCT FROM g.author_before",
    )
    .await?;
    Ok(())
}

/// What the authorships of a new author, which are not none, make of them; and whether every work is still at hand.
pub(super) fn person(changes: &[Change], corpus: &Corpus) -> (NewAuthor, bool) {
    let mut whole = true;
    let mut person = NewAuthor {
        id: changes[0].author,
        names: BTreeMap::new(),
        blocks: BTreeSet::new(),
        works: 0,
        identifiers: BTreeSet::new(),
        institutions: BTreeMap::new(),
    };
    let mut works = BTreeSet::new();
    for change in changes {
        let form = corpus.form(change.form);
        person.blocks.insert(corpus.block(change.form));
        *person.names.entry(form.printed.to_string()).or_default() += 1;
        for other in authors::other_names(form.others.as_deref()) {
            person.names.entry(other).or_default();
        }
        if change.stance != Stance::Hidden {
            works.insert(change.work);
        }
        let Some(features) = corpus.get(change.work) else {
            whole = false;
            continue;
        };
        let mut seats = features.seats.iter();
        let Some(seat) = seats.find(|seat| seat.position == change.position) else {
            continue;
        };
        let source = corpus.source(seat);
        for (scheme, value) in corpus.identifiers(seat) {
            person
                .identifiers
                .insert((scheme.to_owned(), value.to_owned(), source.to_owned()));
        }
        let year = features.year.map(i64::from);
        for institution in features.known_at(change.position) {
            let (from, to, _) = person
                .institutions
                .entry(institution)
                .or_insert_with(|| (year, year, source.to_owned()));
            // A year that is not known widens nothing.
            *from = from.map_or(year, |from| Some(year.map_or(from, |year| from.min(year))));
            *to = to.map_or(year, |to| Some(year.map_or(to, |year| to.max(year))));
        }
    }
    person.works = works.len() as i64;
    (person, whole)
}

/// Authors of whom nothing is left lead to the one who took over most: (who had, who has).
pub(super) async fn join(tx: &mut Tx, now: i64, mut lost: Vec<(i64, i64)>) -> DbResult<u64> {
    lost.sort_unstable();
    let left: Vec<(i64,)> = Given::ids(lost.iter().map(|(before, _)| *before))?
        .all(
            tx,
            "SELECT a.id FROM {given} g CROSS JOIN authors a WHERE a.id = g.id
             AND NOT EXISTS (SELECT 1 FROM authorships s WHERE s.author_id = a.id)",
        )
        .await?;
    let left: HashSet<i64> = left.into_iter().map(|(id,)| id).collect();
    lost.retain(|(before, _)| left.contains(before));
    let pairs = || {
        let mut given = Given::new(&[("gone", Kind::Int), ("taker", Kind::Int), ("at", Kind::Int)]);
        for (before, taker) in &lost {
            given.push((before, taker, now))?;
        }
        DbResult::Ok(given)
    };
    for sql in [
        "UPDATE authors SET merged_into = g.taker FROM {given} g
         WHERE authors.id = g.gone OR authors.merged_into = g.gone",
        "INSERT INTO follows (account_id, target_kind, target_id, created_at)
         SELECT f.account_id, 'author', g.taker, f.created_at FROM {given} g CROSS JOIN follows f
         WHERE f.target_kind = 'author' AND f.target_id = g.gone ON CONFLICT DO NOTHING",
        "DELETE FROM follows WHERE target_kind = 'author' AND target_id IN (SELECT gone FROM {given} g)",
        "UPDATE reports SET author_id = g.taker FROM {given} g WHERE reports.author_id = g.gone",
        "DELETE FROM identity_reviews WHERE state = 'open' AND (author_low IN (SELECT gone FROM {given} g))",
        "DELETE FROM identity_reviews WHERE state = 'open' AND (author_high IN (SELECT gone FROM {given} g))",
    ] {
        pairs()?.execute(tx, sql).await?;
    }
    Ok(lost.len() as u64)
}

/// Lists pairs of authors who may be one, unless somebody has looked at them before.
pub(super) async fn review(tx: &mut Tx, now: i64, ledger: &Ledger) -> DbResult<u64> {
    // Open pairs within these blocks are found anew.
    Given::ids(ledger.present.iter().copied())?
        .execute(
            tx,
            "DELETE FROM identity_reviews WHERE state = 'open' AND author_low IN (SELECT id FROM {given} g)",
        )
        .await?;
    let mut rows = Bulk::new(
        "identity_reviews",
        &[
            ("author_low", Kind::Int),
            ("author_high", Kind::Int),
            ("probability", Kind::Real),
            ("state", Kind::Text),
            ("created_at", Kind::Int),
        ],
    );
    for (low, high, probability) in &ledger.open {
        rows.push((low, high, probability, "open", now))?;
    }
    rows.write(tx).await
}
