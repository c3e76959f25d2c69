//! From groups of authorships to authors.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Sitting;
use super::evidence::Evidence;
use crate::db::bulk::{Bulk, Given, Kind};
use crate::db::{DbResult, Tx};
use crate::domain::identity::{Mention, Partition};
use crate::domain::names;

/// A group of authorships of one person.
struct Group {
    /// The author it belongs to, if that is known.
    author: Option<i64>,
    /// The name of a new author, until the row is made from all authorships.
    name: String,
    members: Vec<Member>,
}

struct Member {
    work: i64,
    position: i64,
    name: String,
    before: Option<i64>,
    confidence: f64,
    stance: Option<&'static str>,
    /// Something of the row changes even if the author stays.
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

/// What was written.
#[derive(Default)]
pub(super) struct Done {
    pub(super) authors_new: u64,
    pub(super) open_pairs: u64,
    /// Authors whose rows have to be made anew.
    pub(super) touched: Vec<i64>,
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
                author: None,
                name: String::new(),
                members: Vec::new(),
            });
        }
        for (at, (one, mention)) in block.iter().zip(mentions).enumerate() {
            let row = &one.row;
            let decision = evidence.decision(one);
            let decided = decision.is_some_and(|d| d.is.is_some());
            let stance = match row.stance.as_deref() {
                _ if decision.is_some_and(|d| d.hidden) => Some("hidden"),
                Some("confirmed") => Some("confirmed"),
                _ => None,
            };
            let confidence = if decided {
                1.0
            } else {
                f64::from(partition.confidence[at])
            };
            let group = &mut self.groups[first + partition.cluster[at]];
            if mention.anchor.is_some() {
                group.author = mention.anchor;
            }
            if row.name_printed.len() > group.name.len() {
                group.name.clone_from(&row.name_printed);
            }
            self.present.extend(row.author_id);
            group.members.push(Member {
                work: row.work_id,
                position: row.position,
                name: row.name_printed.clone(),
                before: row.author_id,
                confidence,
                stance,
                changed: stance != row.stance.as_deref()
                    || (confidence - row.confidence).abs() > 0.005,
            });
        }
        self.inherit(first);
        for pair in &partition.open {
            self.open.push((
                first + pair.one,
                first + pair.other,
                f64::from(pair.probability),
            ));
        }
    }

    /// Gives every group from `first` on the author to whom most of its authorships belonged; nobody gets two groups.
    fn inherit(&mut self, first: usize) {
        let mut taken: HashSet<i64> = self.groups[first..]
            .iter()
            .filter_map(|g| g.author)
            .collect();
        let mut votes: BTreeMap<(usize, i64), usize> = BTreeMap::new();
        for (at, group) in self.groups.iter().enumerate().skip(first) {
            if group.author.is_none() {
                for author in group.members.iter().filter_map(|m| m.before) {
                    *votes.entry((at, author)).or_default() += 1;
                }
            }
        }
        let mut votes: Vec<(usize, i64, usize)> = votes
            .into_iter()
            .map(|((at, author), n)| (n, author, at))
            .collect();
        votes.sort_by_key(|(n, author, at)| (std::cmp::Reverse(*n), *author, *at));
        for (_, author, at) in votes {
            if self.groups[at].author.is_none() && taken.insert(author) {
                self.groups[at].author = Some(author);
            }
        }
    }
}

/// Writes a plan. New authors get rows; their names and counts are made by [`crate::db::authors::refresh`].
pub(super) async fn write(tx: &mut Tx, now: i64, mut plan: Plan) -> DbResult<Done> {
    let mut done = Done::default();
    let new: Vec<usize> = (0..plan.groups.len())
        .filter(|at| plan.groups[*at].author.is_none())
        .collect();
    let ids = tx.new_ids("authors", new.len()).await?;
    let mut rows = Bulk::new(
        "authors",
        &[
            ("id", Kind::Int),
            ("name", Kind::Text),
            ("name_key", Kind::Text),
            ("slug", Kind::Text),
            ("created_at", Kind::Int),
        ],
    );
    for (at, id) in new.into_iter().zip(ids) {
        let group = &mut plan.groups[at];
        group.author = Some(id);
        let key = names::name_key(&group.name);
        rows.push((id, &group.name, key, names::slug(&group.name), now))?;
    }
    done.authors_new = rows.write(tx).await?;

    let mut changes = Given::new(&[
        ("work_id", Kind::Int),
        ("position", Kind::Int),
        ("name", Kind::Text),
        ("author_id", Kind::Int),
        ("confidence", Kind::Real),
        ("stance", Kind::Text),
    ]);
    let mut touched: BTreeSet<i64> = BTreeSet::new();
    // Author to those who took over: (how many authorships, who).
    let mut went: HashMap<i64, BTreeMap<i64, usize>> = HashMap::new();
    for group in &plan.groups {
        let Some(author) = group.author else { continue };
        for member in &group.members {
            if let Some(before) = member.before {
                *went.entry(before).or_default().entry(author).or_default() += 1;
            }
            if member.before == Some(author) && !member.changed {
                continue;
            }
            touched.insert(author);
            touched.extend(member.before);
            changes.push((
                member.work,
                member.position,
                &member.name,
                author,
                member.confidence,
                member.stance,
            ))?;
        }
    }
    changes
        .execute(
            tx,
            // A list that was written anew meanwhile has another name in this place, and waits again.
            "UPDATE authorships SET author_id = g.author_id, confidence = g.confidence, stance = g.stance
             FROM {given} g WHERE authorships.work_id = g.work_id AND authorships.position = g.position
             AND authorships.name_printed = g.name",
        )
        .await?;
    let lost: Vec<(i64, i64)> = went
        .into_iter()
        .filter_map(|(before, takers)| {
            let (taker, _) = takers
                .into_iter()
                .filter(|(taker, _)| *taker != before)
                .max_by_key(|(taker, n)| (*n, std::cmp::Reverse(*taker)))?;
            Some((before, taker))
        })
        .collect();
    join(tx, now, lost).await?;
    done.open_pairs = review(tx, now, &plan).await?;
    done.touched = touched.into_iter().collect();
    Ok(done)
}

/// Authors of whom nothing is left lead to the one who took over most: (who had, who has).
async fn join(tx: &mut Tx, now: i64, mut lost: Vec<(i64, i64)>) -> DbResult<()> {
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
    Ok(())
}

/// Lists pairs of authors who may be one, unless somebody has looked at them before.
async fn review(tx: &mut Tx, now: i64, plan: &Plan) -> DbResult<u64> {
    // Open pairs within these blocks are found anew.
    Given::ids(plan.present.iter().copied())?
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
    for (one, other, probability) in &plan.open {
        let (Some(one), Some(other)) = (plan.groups[*one].author, plan.groups[*other].author)
        else {
            continue;
        };
        if one != other {
            rows.push((one.min(other), one.max(other), probability, "open", now))?;
        }
    }
    rows.write(tx).await
}
