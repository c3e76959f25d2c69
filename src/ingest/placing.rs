//! Which author every authorship belongs to.
//!
//! An import stores works with their authorships unplaced and notes them in `unplaced_works`. Here each block of similar names that
//! they touch is partitioned anew by [`identity::partition`], old authorships and new, under what identifiers and people
//! have decided, and every group of authorships gets an author: the one to whom most of them belonged, or a new one. Since a
//! partition depends on the set of authorships, the order of imports matters only as `docs/identity.md` says. The note goes when all
//! is done: whatever was interrupted is done by the next import.

mod assign;
mod corpus;
mod counts;
mod evidence;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::task::JoinHandle;

use self::assign::Ledger;
use self::corpus::Seat;
use self::counts::Counts;
use self::evidence::{Evidence, Owners};
use crate::args;
use crate::db::bulk::Given;
use crate::db::{Db, DbError, DbResult, Sql, Tx, authors};
use crate::domain::identity::{self, Name};
use crate::domain::names::PersonName;

pub use self::corpus::{Corpus, Form, Gatherer, Stance, Told, ToldAuthor};

/// New authorships placed in one transaction, about.
const STEP: usize = 8_000;
/// Authorships written in one transaction.
const ROWS: usize = 20_000;
/// Authors written in one transaction.
const PEOPLE: usize = 2_000;
/// Works whose note is read at once.
const WORKS: usize = 10_000;

/// What placing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct PlacingSummary {
    /// Authorships that were looked at because their work is new or changed.
    pub placed: u64,
    /// Authors that were not there before.
    pub authors_new: u64,
    /// Authors that turned out to be one with another.
    pub authors_joined: u64,
    /// Pairs of authors who may be one person, for review.
    pub open_pairs: u64,
}

/// A name from its printed form.
fn name(form: &Form) -> Name {
    let others: Vec<PersonName> = authors::other_names(form.others.as_deref())
        .iter()
        .map(|name| PersonName::literal(name))
        .collect();
    identity::parse(
        &authors::printed_name(&form.printed, form.family.as_deref()),
        &others,
    )
}

/// An authorship that waits: where it stands, and among which names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    /// Which of the blocks.
    block: u32,
    position: u16,
    work: i64,
}

/// Places every authorship that waits. `corpus` holds what is known already of the works that wait; `progress` is told how many
/// of how many are done.
///
/// # Errors
/// The database's; what was placed before stays, the rest waits for the next call.
pub async fn place(
    db: &Db,
    now: i64,
    mut corpus: Corpus,
    mut progress: impl FnMut(u64, u64),
) -> DbResult<PlacingSummary> {
    let mut reader = db.clone();
    let mut works: Vec<(i64, bool)> = Vec::new();
    loop {
        let after = works.last().map_or(i64::MIN, |(work, _)| *work);
        let more: Vec<(i64, bool)> = reader
            .all(
                "SELECT work_id, counted FROM unplaced_works WHERE work_id > $1 ORDER BY work_id LIMIT $2",
                args![after, WORKS as i64],
            )
            .await?;
        if more.is_empty() {
            break;
        }
        works.extend(more);
    }
    let stale: Vec<(i64,)> = reader
        .all(
            "SELECT author_id FROM stale_authors ORDER BY author_id",
            args![],
        )
        .await?;
    if works.is_empty() && stale.is_empty() {
        return Ok(PlacingSummary::default());
    }
    let ids: Vec<i64> = works.iter().map(|(work, _)| *work).collect();
    corpus.load(&mut reader, &ids).await?;
    let mut counts = Counts::default();
    let mut tx = begin(db).await?;
    counts.add(&mut tx, &corpus, &works).await?;
    Given::ids(ids.iter().copied())?
        .execute(
            &mut tx,
            "UPDATE unplaced_works SET counted = TRUE WHERE work_id IN (SELECT id FROM {given} g)",
        )
        .await?;
    tx.commit().await?;

    let (blocks, waiting) = waiting(&corpus, &ids);
    let mut placer = Placer {
        now,
        corpus,
        counts,
        ledger: Ledger::for_changes(waiting.len()),
        summary: PlacingSummary::default(),
    };
    // Deciding is one half of the work, writing the other.
    let total = 2 * waiting.len() as u64;
    let mark = mark(db).await?;
    let mut rest = &waiting[..];
    while !rest.is_empty() {
        let (step, after) = rest.split_at(whole_blocks(rest));
        let mut tx = begin(db).await?;
        placer.decide(&mut tx, &blocks, step).await?;
        tx.commit().await?;
        rest = after;
        placer.summary.placed += step.len() as u64;
        progress(placer.summary.placed, total);
    }
    drop(waiting);
    // Nothing is decided any more: what writing needs is room for pages.
    placer.counts = Counts::default();
    placer.ledger.owners = Owners::default();
    placer
        .write(db, mark, |part| {
            progress(total / 2 + (part * (total / 2) as f64) as u64, total)
        })
        .await?;

    let mut tx = begin(db).await?;
    let stale: Vec<i64> = stale.into_iter().map(|(author,)| author).collect();
    authors::refresh(&mut tx, &stale).await?;
    placer.summary.authors_joined = assign::join(&mut tx, now, placer.ledger.lost()).await?;
    placer.summary.open_pairs = assign::review(&mut tx, now, &placer.ledger).await?;
    for (ids, sql) in [
        (
            stale,
            "DELETE FROM stale_authors WHERE author_id IN (SELECT id FROM {given} g)",
        ),
        (
            ids,
            "DELETE FROM unplaced_works WHERE work_id IN (SELECT id FROM {given} g)",
        ),
    ] {
        Given::ids(ids)?.execute(&mut tx, sql).await?;
    }
    tx.execute("DELETE FROM placing_marks", args![]).await?;
    tx.commit().await?;
    Ok(placer.summary)
}

/// The blocks of the authorships of these works, and the authorships in the order of the blocks.
fn waiting(corpus: &Corpus, works: &[i64]) -> (Vec<i64>, Vec<Waiting>) {
    let seats = |work: &i64| corpus.get(*work).map_or(&[][..], |features| features.seats);
    let mut blocks: Vec<i64> = Vec::new();
    let mut count = 0;
    for seat in works.iter().flat_map(seats) {
        count += 1;
        blocks.push(corpus.block(seat.form));
        // Many times the same.
        if blocks.len() == blocks.capacity() {
            blocks.sort_unstable();
            blocks.dedup();
        }
    }
    blocks.sort_unstable();
    blocks.dedup();
    let mut waiting: Vec<Waiting> = Vec::with_capacity(count);
    for work in works {
        for seat in seats(work) {
            let block = blocks.partition_point(|block| *block < corpus.block(seat.form));
            waiting.push(Waiting {
                block: u32::try_from(block).unwrap_or(u32::MAX),
                position: seat.position,
                work: *work,
            });
        }
    }
    waiting.sort_unstable();
    (blocks, waiting)
}

/// Notes which authors were there before, after taking away what an interruption left; answers the last of them.
async fn mark(db: &Db) -> DbResult<i64> {
    let mut tx = begin(db).await?;
    let left: Option<(i64,)> = tx
        .optional(
            "SELECT MIN(last_author) FROM placing_marks HAVING COUNT(*) > 0",
            args![],
        )
        .await?;
    if let Some((mark,)) = left {
        // Authors whose authorships were not written any more.
        let left: Vec<(i64,)> = tx
            .all(
                "SELECT id FROM authors WHERE id > $1 AND merged_into IS NULL
                 AND NOT EXISTS (SELECT 1 FROM authorships s WHERE s.author_id = authors.id)",
                args![mark],
            )
            .await?;
        authors::remove(&mut tx, left.into_iter().map(|(author,)| author)).await?;
        tx.execute("DELETE FROM placing_marks", args![]).await?;
    }
    let (last,): (i64,) = tx
        .one("SELECT COALESCE(MAX(id), 0) FROM authors", args![])
        .await?;
    tx.execute(
        "INSERT INTO placing_marks (last_author) VALUES ($1)",
        args![last],
    )
    .await?;
    tx.commit().await?;
    Ok(last)
}

async fn begin(db: &Db) -> DbResult<Tx> {
    let mut tx = db.begin().await?;
    authors::lock_for_import(&mut tx).await?;
    Ok(tx)
}

/// The length of a step that ends with a block.
fn whole_blocks(waiting: &[Waiting]) -> usize {
    let Some(last) = waiting.get(STEP.min(waiting.len()) - 1) else {
        return 0;
    };
    waiting.partition_point(|w| w.block <= last.block)
}

/// Placing under way.
struct Placer {
    now: i64,
    corpus: Corpus,
    counts: Counts,
    ledger: Ledger,
    summary: PlacingSummary,
}

/// An authorship of the blocks at hand.
struct Sitting {
    work: i64,
    seat: Seat,
    name: Name,
    block: i64,
    /// Its work is new or changed.
    waiting: bool,
}

impl Placer {
    /// Decides whose the authorships of some whole blocks are.
    async fn decide(&mut self, tx: &mut Tx, all: &[i64], waiting: &[Waiting]) -> DbResult<()> {
        let blocks: BTreeSet<i64> = waiting.iter().map(|w| all[w.block as usize]).collect();
        let known = known(tx, &blocks).await?;
        let mut works: BTreeSet<i64> = waiting.iter().map(|w| w.work).collect();
        works.extend(known.iter().map(|(work, _)| *work));
        let works: Vec<i64> = works.into_iter().collect();
        self.corpus.load_passing(tx, &works).await?;
        self.counts.fetch(tx, &self.corpus, &works).await?;
        let sitting = self.sitting(waiting, &known, &blocks);
        let evidence = evidence::load(tx, &self.corpus, &sitting, &self.ledger.owners).await?;
        let mut by_block: BTreeMap<i64, Vec<&Sitting>> = BTreeMap::new();
        for one in sitting.values() {
            by_block.entry(one.block).or_default().push(one);
        }
        let by_block: Vec<Vec<&Sitting>> = by_block.into_values().collect();
        let mut plan = assign::Plan::default();
        for (block, (mentions, partition)) in
            by_block.iter().zip(self.partitions(&by_block, &evidence))
        {
            plan.add(block, &mentions, &partition, &evidence);
        }
        self.summary.authors_new += self.ledger.enter(tx, plan, &self.corpus).await?;
        // Works that were only there to be compared with: the next blocks rarely need them.
        self.corpus.let_pass();
        Ok(())
    }

    /// Writes what was decided, each table in its own order: a page of the database is then written once and not for
    /// every authorship on it. `told` gets the share that is done.
    async fn write(&mut self, db: &Db, mark: i64, mut told: impl FnMut(f64)) -> DbResult<()> {
        let mut changes = std::mem::take(&mut self.ledger.changes);
        let all = changes.len().max(1) as f64;
        // Authors first, so that whoever reads meanwhile never meets one who is not there.
        changes.sort_unstable_by_key(|change| (change.author, change.work, change.position));
        let mut behind = Behind::default();
        let mut people = Vec::new();
        let mut done = 0;
        for of_one in changes.chunk_by(|a, b| a.author == b.author) {
            done += of_one.len();
            if of_one[0].author <= mark {
                continue;
            }
            let (person, whole) = assign::person(of_one, &self.corpus);
            people.push(person);
            if !whole {
                self.ledger.touched.insert(of_one[0].author);
            }
            if people.len() == PEOPLE {
                let people = std::mem::take(&mut people);
                behind.run(add(db.clone(), self.now, people)).await?;
                told(0.5 * done as f64 / all);
            }
        }
        behind.run(add(db.clone(), self.now, people)).await?;
        changes.sort_unstable_by_key(|change| (change.work, change.position));
        let mut done = 0;
        for some in changes.chunks(ROWS) {
            let (db, rows) = (db.clone(), assign::rows(some, &self.corpus)?);
            behind
                .run(async move {
                    let mut tx = begin(&db).await?;
                    assign::write(&mut tx, rows).await?;
                    tx.commit().await
                })
                .await?;
            done += some.len();
            told(0.5 + 0.5 * done as f64 / all);
        }
        behind.wait().await?;
        let touched: Vec<i64> = self.ledger.touched.iter().copied().collect();
        for some in touched.chunks(PEOPLE) {
            let mut tx = begin(db).await?;
            authors::refresh(&mut tx, some).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// The authorships at hand: those that wait, and those of the authors who have such a name.
    fn sitting(
        &self,
        waiting: &[Waiting],
        known: &[(i64, i64)],
        blocks: &BTreeSet<i64>,
    ) -> BTreeMap<(i64, i64), Sitting> {
        let mut names: HashMap<u32, Name> = HashMap::new();
        let mut sitting = BTreeMap::new();
        let waiting = waiting
            .iter()
            .map(|one| (one.work, i64::from(one.position), true));
        let known = known
            .iter()
            .map(|(work, position)| (*work, *position, false));
        for (work, position, waits) in waiting.chain(known) {
            let seats = self
                .corpus
                .get(work)
                .map_or(&[][..], |features| features.seats);
            let Some(seat) = seats
                .iter()
                .find(|seat| i64::from(seat.position) == position)
            else {
                continue;
            };
            let block = self.corpus.block(seat.form);
            if !blocks.contains(&block) {
                continue;
            }
            sitting.entry((work, position)).or_insert_with(|| Sitting {
                work,
                name: names
                    .entry(seat.form)
                    .or_insert_with(|| name(self.corpus.form(seat.form)))
                    .clone(),
                seat: *seat,
                block,
                waiting: waits,
            });
        }
        sitting
    }

    /// Partitions blocks on as many threads as there are processors.
    fn partitions(
        &self,
        blocks: &[Vec<&Sitting>],
        evidence: &Evidence,
    ) -> Vec<(Vec<identity::Mention>, identity::Partition)> {
        let next = AtomicUsize::new(0);
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let work = || {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(block) = blocks.get(at) else {
                    return done;
                };
                let mentions: Vec<identity::Mention> = block
                    .iter()
                    .map(|one| evidence.mention(one, &self.corpus))
                    .collect();
                let partition = identity::partition(&mentions, &self.counts);
                done.push((at, (mentions, partition)));
            }
        };
        let mut done = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut done = work();
            for other in others {
                match other.join() {
                    Ok(more) => done.extend(more),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            done
        });
        done.sort_unstable_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, one)| one).collect()
    }
}

async fn add(db: Db, now: i64, people: Vec<authors::NewAuthor>) -> DbResult<()> {
    let mut tx = begin(&db).await?;
    authors::add(&mut tx, now, &people).await?;
    tx.commit().await
}

/// Writing under way while the next rows are put together.
#[derive(Default)]
struct Behind(Option<JoinHandle<DbResult<()>>>);

impl Behind {
    /// Starts writing when what was started before is done.
    async fn run(
        &mut self,
        writing: impl Future<Output = DbResult<()>> + Send + 'static,
    ) -> DbResult<()> {
        self.wait().await?;
        self.0 = Some(tokio::spawn(writing));
        Ok(())
    }

    async fn wait(&mut self) -> DbResult<()> {
        match self.0.take() {
            Some(task) => task.await.map_err(|_| DbError::Task)?,
            None => Ok(()),
        }
    }
}

/// Authorships of the authors who have a name of these blocks: (work, position).
async fn known(tx: &mut Tx, blocks: &BTreeSet<i64>) -> DbResult<Vec<(i64, i64)>> {
    let authors: Vec<(i64,)> = Given::ids(blocks.iter().copied())?
        .all(
            tx,
            "SELECT DISTINCT b.author_id FROM {given} g CROSS JOIN author_blocks b WHERE b.block = g.id",
        )
        .await?;
    Given::ids(authors.into_iter().map(|(author,)| author))?
        .rows(
            tx,
            "x.work_id, x.position",
            "SELECT s.work_id, s.position FROM {given} g CROSS JOIN authorships s
             WHERE s.author_id = g.id AND NOT s.collective",
        )
        .await
}
