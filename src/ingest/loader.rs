//! Records into the database.
//!
//! A unit (a file, with the members of an archive) is read to its end before anything of it is stored, so that one that turns
//! out to be broken changes nothing. Then it is stored in steps of whole works, each a transaction; an import that is interrupted goes
//! on when it is started again, since a record that is there already changes nothing. Last, [`super::placing`] says which author
//! every new authorship belongs to.
//!
//! The same work from several records becomes one: by identifier first, then by title, year and authors. What people said about the
//! record is never touched.

mod authorships;
mod drafts;
mod institutions;
mod persons;
pub mod places;
mod rows;
mod works;

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use serde::Serialize;
use tokio::task::JoinHandle;

use self::institutions::Places;
use self::persons::Persons;
use self::rows::Rows;
use super::placing::Gatherer;
use super::prepare::{self, Item, Prepared};
use super::record::{Extent, Record, RecordError};
use super::spool::{Spool, SpoolError};
use crate::db::{Db, DbError, DbResult, Tx, authors};

/// Works stored in one transaction, about. Whoever wants to write meanwhile waits for about a second.
const STEP: usize = 4 * prepare::BATCH;
/// Items that are kept in memory before they go to a temporary file.
const IN_MEMORY: usize = 2 * prepare::BATCH;

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportSummary {
    /// Works that were not there before.
    pub works_new: u64,
    /// Works whose record had changed.
    pub works_changed: u64,
    /// Records that were there already, unchanged.
    pub works_unchanged: u64,
    /// Records that joined a work known from another record.
    pub works_linked: u64,
    /// Records of works that their source withdrew.
    pub works_withdrawn: u64,
    /// Records of persons, new or changed.
    pub persons: u64,
    /// Records of organisations, new or changed.
    pub institutions: u64,
    /// Records of subjects.
    pub topics: u64,
    /// Records that were refused.
    pub refused: u64,
    /// Authors that were not there before.
    pub authors_new: u64,
}

impl std::ops::AddAssign for ImportSummary {
    fn add_assign(&mut self, other: Self) {
        self.works_new += other.works_new;
        self.works_changed += other.works_changed;
        self.works_unchanged += other.works_unchanged;
        self.works_linked += other.works_linked;
        self.works_withdrawn += other.works_withdrawn;
        self.persons += other.persons;
        self.institutions += other.institutions;
        self.topics += other.topics;
        self.refused += other.refused;
        self.authors_new += other.authors_new;
    }
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read to its end. Nothing of it was stored.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The database refused or failed. What was stored before stays; the same import goes on from there.
    #[error("the database failed: {0}")]
    Db(#[from] DbError),
    /// The temporary file cannot be written. Nothing was stored.
    #[error(transparent)]
    Spool(#[from] SpoolError),
    /// The report of what was refused cannot be written. What was stored stays.
    #[error("the report of what was refused cannot be written: {0}")]
    Report(std::io::Error),
    /// A thread cannot be started, or ended without a word.
    #[error("reading stopped unexpectedly")]
    Reader,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many records were read.
    Read(u64),
    /// So many of so many records were stored.
    Stored(u64, u64),
}

/// Imports one unit. A refused record is told and passed over; an error that spoils the file ends the import before anything
/// is stored. Records go to a temporary file in `spool` while they are read; without one they are stored as they come,
/// which is for records that cannot be broken. `gatherer` is told of the works for [`super::placing::place`]; after an error what it
/// knows is of no use.
///
/// # Errors
/// [`ImportError`].
pub async fn import<I>(
    db: &Db,
    now: i64,
    records: I,
    spool: Option<&Path>,
    gatherer: &Gatherer,
    mut progress: impl FnMut(Progress),
    mut refused: impl FnMut(RecordError),
) -> Result<ImportSummary, ImportError>
where
    I: Iterator<Item = Result<Record, RecordError>> + Send + 'static,
{
    let mut batches = prepare::prepare(records).map_err(|_| ImportError::Reader)?;
    let mut loader = Loader::new(db, now).await?;
    loader.gatherer = Some(gatherer);
    let mut kept: Vec<Item> = Vec::new();
    let mut file: Option<Spool<Item>> = None;
    let mut read = 0;
    while let Some(batch) = batches.next().await {
        let outcomes = batch.map_err(|_| ImportError::Reader)?;
        for outcome in outcomes {
            read += 1;
            match outcome {
                Ok(item) => kept.push(item),
                Err(error) if error.extent == Extent::File => return Err(error.into()),
                Err(error) => {
                    loader.summary.refused += 1;
                    refused(error);
                }
            }
        }
        progress(Progress::Read(read));
        match spool {
            None => {
                loader.store(std::mem::take(&mut kept)).await?;
                progress(Progress::Stored(read, read));
            }
            Some(folder) if file.is_some() || kept.len() > IN_MEMORY => {
                if file.is_none() {
                    file = Some(Spool::new(folder)?);
                }
                if let Some(file) = &mut file {
                    for item in kept.drain(..) {
                        file.push(&item)?;
                    }
                }
            }
            Some(_) => {}
        }
    }
    if let Some(file) = file {
        let total = file.len() + kept.len() as u64;
        let mut stored = 0;
        let mut batch = Vec::with_capacity(prepare::BATCH);
        for item in file.read()? {
            batch.push(item?);
            if batch.len() == prepare::BATCH {
                stored += batch.len() as u64;
                loader.store(std::mem::take(&mut batch)).await?;
                progress(Progress::Stored(stored, total));
            }
        }
        loader.store(batch).await?;
    }
    loader.store(kept).await?;
    loader.finish().await
}

/// Stores records in one transaction together with what `also` writes: for a page of a live source and its cursor.
///
/// # Errors
/// [`ImportError`]; nothing is stored then.
pub async fn import_page(
    db: &Db,
    now: i64,
    records: Vec<Result<Record, RecordError>>,
    mut refused: impl FnMut(RecordError),
    also: impl AsyncFnOnce(&mut Tx) -> DbResult<()>,
) -> Result<ImportSummary, ImportError> {
    let mut batches = prepare::prepare(records.into_iter()).map_err(|_| ImportError::Reader)?;
    let mut loader = Loader::new(db, now).await?;
    loader.step = usize::MAX;
    while let Some(batch) = batches.next().await {
        let mut items = Vec::new();
        for outcome in batch.map_err(|_| ImportError::Reader)? {
            match outcome {
                Ok(item) => items.push(item),
                Err(error) => {
                    loader.summary.refused += 1;
                    refused(error);
                }
            }
        }
        loader.store(items).await?;
    }
    also(loader.tx().await?).await?;
    loader.finish().await
}

/// An import under way.
///
/// The rows of new works are written while the next batch is put together: a batch first reads what it may meet in the
/// database, then the rows of the batch before are handed to a task together with the transaction, and whoever needs the
/// transaction waits for that task. A batch that may meet works of the one before waits for its rows before it reads.
struct Loader<'g> {
    db: Db,
    open: Open,
    /// Rows of the last batch.
    ready: Option<Box<Rows>>,
    /// Where the works of the last batch can be found.
    recent: works::Places,
    now: i64,
    summary: ImportSummary,
    /// Works per transaction.
    step: usize,
    /// Items stored since the transaction began.
    pending: usize,
    /// Records of this unit, as fingerprints: the first of a key counts.
    seen: HashSet<u128>,
    places: Places,
    persons: Persons,
    /// Works that have to be put together anew without a record of their own.
    redo: BTreeSet<i64>,
    /// Who is told of works for placing.
    gatherer: Option<&'g Gatherer>,
}

/// The transaction of an import.
enum Open {
    /// There is none.
    Not,
    /// Nothing is under way in it.
    Idle(Tx),
    /// Rows are being written.
    Busy(JoinHandle<DbResult<Tx>>),
}

impl Open {
    /// The transaction, where nothing is under way in it.
    fn idle(&mut self) -> &mut Tx {
        match self {
            Self::Idle(tx) => tx,
            _ => unreachable!("`Loader::early_tx` has just left it idle"),
        }
    }
}

async fn begin(db: &Db) -> DbResult<Tx> {
    let mut tx = db.begin().await?;
    authors::lock_for_import(&mut tx).await?;
    Ok(tx)
}

impl Loader<'_> {
    async fn new(db: &Db, now: i64) -> Result<Self, ImportError> {
        Ok(Self {
            persons: Persons::load(&mut db.clone()).await?,
            places: Places::default(),
            db: db.clone(),
            open: Open::Not,
            ready: None,
            recent: works::Places::default(),
            now,
            summary: ImportSummary::default(),
            step: STEP,
            pending: 0,
            seen: HashSet::new(),
            redo: BTreeSet::new(),
            gatherer: None,
        })
    }

    /// The transaction, in which all is written but the rows of the last batch.
    async fn early_tx(&mut self) -> DbResult<&mut Tx> {
        let tx = match std::mem::replace(&mut self.open, Open::Not) {
            Open::Idle(tx) => tx,
            Open::Busy(task) => task.await.map_err(|_| DbError::Task)??,
            Open::Not => begin(&self.db).await?,
        };
        self.open = Open::Idle(tx);
        Ok(self.open.idle())
    }

    /// The transaction, in which everything is written.
    async fn tx(&mut self) -> DbResult<&mut Tx> {
        self.settle().await?;
        Ok(self.open.idle())
    }

    /// Writes the rows of the last batch and waits for them.
    async fn settle(&mut self) -> DbResult<()> {
        self.recent = works::Places::default();
        let ready = self.ready.take();
        let tx = self.early_tx().await?;
        if let Some(mut rows) = ready {
            rows.write_works(tx).await?;
            rows.write(tx).await?;
        }
        Ok(())
    }

    /// Hands the rows of the last batch to a task, and ends the transaction with them when it holds enough.
    async fn write_behind(&mut self) -> DbResult<()> {
        let Some(mut rows) = self.ready.take() else {
            return Ok(());
        };
        self.early_tx().await?;
        let Open::Idle(mut tx) = std::mem::replace(&mut self.open, Open::Not) else {
            return Ok(());
        };
        let full = self.pending >= self.step;
        if full {
            self.pending = 0;
        }
        let db = self.db.clone();
        self.open = Open::Busy(tokio::spawn(async move {
            rows.write_works(&mut tx).await?;
            rows.write(&mut tx).await?;
            if full {
                tx.commit().await?;
                tx = begin(&db).await?;
            }
            Ok(tx)
        }));
        Ok(())
    }

    async fn commit(&mut self) -> DbResult<()> {
        self.settle().await?;
        self.pending = 0;
        match std::mem::replace(&mut self.open, Open::Not) {
            Open::Idle(tx) => tx.commit().await,
            _ => Ok(()),
        }
    }

    async fn store(&mut self, items: Vec<Item>) -> Result<(), ImportError> {
        if items.is_empty() {
            return Ok(());
        }
        let count = items.len();
        let mut works: Vec<Prepared> = Vec::new();
        let mut deleted = Vec::new();
        let mut institutions = Vec::new();
        for item in items {
            match item {
                Item::Work(work) => works.push(*work),
                Item::Person(person) => self.person(&person).await?,
                Item::Institution(institution) => institutions.push(*institution),
                Item::Topic(topic) => self.topic_record(&topic).await?,
                Item::Deleted { source, record_key } => {
                    // What is taken back came just before.
                    let here = |p: &Prepared| {
                        p.record.source == source && p.record.record_key == record_key
                    };
                    if works.iter().any(here) {
                        self.works(std::mem::take(&mut works), std::mem::take(&mut deleted))
                            .await?;
                    }
                    deleted.push((source, record_key));
                }
            }
        }
        self.described(&institutions).await?;
        self.works(works, deleted).await?;
        self.pending += count;
        // Rows that wait end the transaction when they are written.
        if self.pending >= self.step && self.ready.is_none() {
            self.commit().await?;
        }
        Ok(())
    }

    async fn finish(mut self) -> Result<ImportSummary, ImportError> {
        if self.places.changed {
            self.rematch().await?;
        }
        self.commit().await?;
        Ok(self.summary)
    }
}
