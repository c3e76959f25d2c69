//! Records into the database: one transaction per file, all or nothing.
//!
//! A thread reads and renders; the transaction takes what it made in batches. The same record a
//! second time changes nothing; a changed one replaces what was read from it before. What a person
//! has said about an authorship (`stance`) is never touched.

mod institutions;
mod lookup;
pub mod places;

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::markup::{self, Markup, Shape};
use super::record::{Extent, RecordError, WorkRecord};
use super::store::Rows;
use crate::args;
use crate::db::{Arg, Db, DbError, DbResult, Sql, Statement, Tx, placeholders};
use crate::domain::names;

/// Records handed over and looked up at once.
const BATCH: usize = 256;
/// Batches that may wait for the database.
const QUEUE: usize = 4;
/// PostgreSQL's advisory lock that an import holds: any number that nothing else uses.
const IMPORT_LOCK: i64 = 0x627a_7065_6572;
/// Ids in one `IN (…)` list.
const IN_LIST: usize = 128;

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ImportSummary {
    /// Works that were not there before.
    pub works_new: u64,
    /// Works whose record had changed.
    pub works_changed: u64,
    /// Records that were there already, unchanged.
    pub works_unchanged: u64,
    /// Records of works that were known by an identifier from another record.
    pub works_linked: u64,
    /// Authors that were not there before.
    pub authors_new: u64,
}

/// Why an import stopped. Nothing of the file was stored.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A record, or the file around it, cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The database refused or failed.
    #[error("the database failed: {0}")]
    Db(#[from] DbError),
    /// The reading thread ended without a word.
    #[error("reading stopped unexpectedly")]
    Reader,
}

/// A record with everything computed that needs no database.
pub(super) struct Prepared {
    pub(super) record: WorkRecord,
    pub(super) digest: String,
    pub(super) title: String,
    pub(super) title_html: String,
    pub(super) title_key: String,
    pub(super) slug: String,
    pub(super) abstract_html: Option<String>,
}

impl Prepared {
    fn new(record: WorkRecord) -> Result<Self, RecordError> {
        let digest = record.digest().map_err(|error| RecordError {
            file: record.source.clone(),
            place: record.record_key.clone(),
            reason: error.to_string(),
            extent: Extent::Record,
        })?;
        let title = markup::render(&record.title_source, Shape::Line);
        let abstract_html = record
            .abstract_source
            .as_deref()
            .map(|text| markup::render(text, Shape::Blocks).html)
            .filter(|html| !html.is_empty());
        let title = readable(title, &record.title_source);
        Ok(Self {
            title_key: names::name_key(&title.text),
            slug: names::slug_or(&title.text, "work"),
            title: title.text,
            title_html: title.html,
            abstract_html,
            digest,
            record,
        })
    }
}

/// Affiliations as printed, in one text.
fn joined(affiliations: &[String]) -> Option<String> {
    (!affiliations.is_empty()).then(|| affiliations.join("; "))
}

/// A title of which no text is left (`{}`, `<i></i>`) is shown as its source.
fn readable(title: Markup, source: &str) -> Markup {
    if title.text.is_empty() {
        markup::plain(source)
    } else {
        title
    }
}

/// Imports all records or none. `progress` is told after each batch how many were stored.
///
/// # Errors
/// The first broken record, or the database's failure; the database is then as it was before.
pub async fn import<I>(
    db: &Db,
    now: i64,
    records: I,
    mut progress: impl FnMut(u64),
) -> Result<ImportSummary, ImportError>
where
    I: Iterator<Item = Result<WorkRecord, RecordError>> + Send + 'static,
{
    let (send, mut receive) = mpsc::channel::<Result<Vec<Prepared>, RecordError>>(QUEUE);
    let reader = tokio::task::spawn_blocking(move || {
        let mut batch = Vec::with_capacity(BATCH);
        for record in records {
            match record.and_then(Prepared::new) {
                Ok(prepared) => batch.push(prepared),
                Err(error) => {
                    let _ = send.blocking_send(Err(error));
                    return;
                }
            }
            if batch.len() == BATCH {
                let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
                if send.blocking_send(Ok(full)).is_err() {
                    return;
                }
            }
        }
        let _ = send.blocking_send(Ok(batch));
    });
    let mut loader = Loader {
        tx: db.begin().await?,
        now,
        summary: ImportSummary::default(),
        authors: HashMap::new(),
        topics: HashMap::new(),
        institutions: HashMap::new(),
        touched: HashSet::new(),
        seen: HashSet::new(),
        printed: HashSet::new(),
        affiliations: HashMap::new(),
    };
    if db.is_postgres() {
        // Two imports at once would each make the author that both name; SQLite has one writer.
        loader
            .tx
            .execute("SELECT pg_advisory_xact_lock($1)", args![IMPORT_LOCK])
            .await?;
    }
    let mut stored = 0;
    while let Some(batch) = receive.recv().await {
        let batch = batch?;
        stored += batch.len() as u64;
        loader.store(batch).await?;
        progress(stored);
    }
    reader.await.map_err(|_| ImportError::Reader)?;
    loader.recount().await?;
    loader.tx.commit().await?;
    Ok(loader.summary)
}

struct Loader {
    tx: Tx,
    now: i64,
    summary: ImportSummary,
    /// Folded name to author.
    authors: HashMap<String, i64>,
    /// (scheme, code) to topic.
    topics: HashMap<(String, String), i64>,
    /// ROR or folded name to institution.
    institutions: HashMap<String, i64>,
    /// Authors whose number of works may have changed.
    touched: HashSet<i64>,
    /// Records of this file, as the first half of a hash: of two with one key the first counts, or
    /// a second run would find a change each time.
    seen: HashSet<[u8; 16]>,
    /// Names as printed whose rows are written: most names of a file stand on several works.
    printed: HashSet<String>,
    /// (author, institution) to the years that are written, for the same reason.
    affiliations: HashMap<(i64, i64), (Option<i64>, Option<i64>)>,
}

/// The first half of the SHA-256 of a record's key.
fn fingerprint((source, key): &(String, String)) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(source);
    hash.update([0]);
    hash.update(key);
    let mut half = [0; 16];
    half.copy_from_slice(&hash.finalize()[..16]);
    half
}

impl Loader {
    async fn store(&mut self, batch: Vec<Prepared>) -> Result<(), ImportError> {
        let known = self.known_records(&batch).await?;
        let taken = self.taken_identifiers(&batch).await?;
        self.meet_authors(&batch).await?;
        let mut rows = Rows::default();
        let mut ids = self.tx.new_ids("works", batch.len()).await?.into_iter();
        // Identifiers and records of this very batch, so that a repetition inside a file is seen.
        let mut here: HashMap<(String, String), i64> = HashMap::new();
        for prepared in batch {
            let key = (
                prepared.record.source.clone(),
                prepared.record.record_key.clone(),
            );
            if !self.seen.insert(fingerprint(&key)) {
                self.summary.works_unchanged += 1;
                continue;
            }
            match known.get(&key) {
                Some((_, digest)) if *digest == prepared.digest => {
                    self.summary.works_unchanged += 1;
                    continue;
                }
                Some((work, _)) => {
                    rows.write(&mut self.tx).await?;
                    self.replace(*work, &prepared, &mut rows).await?;
                    self.summary.works_changed += 1;
                    continue;
                }
                None => {}
            }
            let same = prepared.record.identifiers.iter().find_map(|i| {
                let id = (i.scheme.as_str().to_owned(), i.value.clone());
                taken.get(&id).or_else(|| here.get(&id)).copied()
            });
            if let Some(work) = same {
                // A moment later, so that the record that made the work stays its first.
                rows.record(&key, work, &prepared.digest, self.now + 1)?;
                self.complete(work, &prepared.record, &mut rows).await?;
                self.summary.works_linked += 1;
                continue;
            }
            let work = ids.next().ok_or(ImportError::Reader)?;
            rows.work(work, &prepared, self.now)?;
            for identifier in &prepared.record.identifiers {
                here.insert(
                    (
                        identifier.scheme.as_str().to_owned(),
                        identifier.value.clone(),
                    ),
                    work,
                );
            }
            rows.record(&key, work, &prepared.digest, self.now)?;
            self.attach(work, &prepared, &mut rows).await?;
            self.summary.works_new += 1;
        }
        rows.write(&mut self.tx).await?;
        Ok(())
    }

    /// Writes a changed record over the work that was read from it.
    async fn replace(
        &mut self,
        work: i64,
        p: &Prepared,
        rows: &mut Rows,
    ) -> Result<(), ImportError> {
        let r = &p.record;
        self.tx
            .execute(
                "UPDATE work_records SET digest = $1 WHERE source = $2 AND record_key = $3",
                args![&p.digest, &r.source, &r.record_key],
            )
            .await?;
        let records: Vec<(String, String)> = self
            .tx
            .all(
                "SELECT source, record_key FROM work_records WHERE work_id = $1
                 ORDER BY imported_at, source, record_key",
                args![work],
            )
            .await?;
        let first = records.first();
        if first.is_some_and(|(source, key)| (source, key) != (&r.source, &r.record_key)) {
            // Another record made this work; this one only adds to it.
            return Ok(self.complete(work, r, rows).await?);
        }
        let alone = records.len() == 1;
        self.tx
            .execute(
                "UPDATE works SET kind = $1, title = $2, title_html = $3, title_key = $4, slug = $5, year = $6,
                    published_on = $7, venue = $8, abstract_html = $9, url = $10, updated_at = $11
                 WHERE id = $12",
                args![
                    r.kind.as_str(),
                    &p.title,
                    &p.title_html,
                    &p.title_key,
                    &p.slug,
                    r.year,
                    r.published_on.as_deref(),
                    r.venue.as_deref(),
                    p.abstract_html.as_deref(),
                    r.url.as_deref(),
                    self.now,
                    work,
                ],
            )
            .await?;
        let before: Vec<(i64, Option<String>)> = self
            .tx
            .all(
                "SELECT author_id, stance FROM authorships WHERE work_id = $1 ORDER BY position",
                args![work],
            )
            .await?;
        self.touched
            .extend(before.iter().map(|(author, _)| *author));
        self.tx
            .execute("DELETE FROM authorships WHERE work_id = $1", args![work])
            .await?;
        if alone {
            self.tx
                .execute(
                    "DELETE FROM work_identifiers WHERE work_id = $1",
                    args![work],
                )
                .await?;
            self.tx
                .execute("DELETE FROM work_topics WHERE work_id = $1", args![work])
                .await?;
        }
        self.attach(work, p, rows).await?;
        rows.write(&mut self.tx).await?;
        for (author, stance) in before {
            if let Some(stance) = stance {
                self.tx
                    .execute(
                        "UPDATE authorships SET stance = $1 WHERE work_id = $2 AND author_id = $3",
                        args![stance, work, author],
                    )
                    .await?;
            }
        }
        Ok(())
    }

    /// Identifiers, topics and authorships of a work.
    async fn attach(
        &mut self,
        work: i64,
        p: &Prepared,
        rows: &mut Rows,
    ) -> Result<(), ImportError> {
        self.complete(work, &p.record, rows).await?;
        let mut position = 0;
        for author in &p.record.authors {
            let name = author.name.display();
            let Some(&id) = self.authors.get(&names::name_key(&name)) else {
                // Leftovers of list syntax, see domain::names::is_name.
                continue;
            };
            position += 1;
            rows.authorship(
                work,
                position,
                id,
                &name,
                joined(&author.affiliations).as_deref(),
                &p.record.source,
            )?;
            self.touched.insert(id);
            if !self.printed.contains(&name) {
                rows.name(id, &name)?;
                self.printed.insert(name);
            }
            for (scheme, value) in &author.identifiers {
                rows.person_identifier(scheme, value, id, &p.record.source)?;
            }
            self.affiliate(id, author, p.record.year, &p.record.source)
                .await?;
        }
        Ok(())
    }

    /// Identifiers and topics of a record, added to those that the work has.
    async fn complete(&mut self, work: i64, record: &WorkRecord, rows: &mut Rows) -> DbResult<()> {
        for identifier in &record.identifiers {
            rows.identifier(identifier.scheme.as_str(), &identifier.value, work)?;
        }
        for topic in &record.topics {
            let id = self.topic(&topic.scheme, &topic.code, &topic.name).await?;
            rows.topic(work, id)?;
        }
        Ok(())
    }

    async fn topic(&mut self, scheme: &str, code: &str, name: &str) -> DbResult<i64> {
        let key = (scheme.to_owned(), code.to_owned());
        if let Some(id) = self.topics.get(&key) {
            return Ok(*id);
        }
        let id = self
            .tx
            .insert(
                "INSERT INTO topics (scheme, code, name, slug) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (scheme, code) DO UPDATE SET name = topics.name RETURNING id",
                args![scheme, code, name, names::slug_or(name, "topic")],
            )
            .await?;
        self.topics.insert(key, id);
        Ok(id)
    }

    /// Counts the works of every author that was touched.
    async fn recount(&mut self) -> DbResult<()> {
        let touched: Vec<i64> = self.touched.drain().collect();
        for ids in touched.chunks(IN_LIST) {
            let sql = format!(
                "UPDATE authors SET works_count = (SELECT COUNT(DISTINCT s.work_id) FROM authorships s
                    WHERE s.author_id = authors.id AND (s.stance IS NULL OR s.stance <> 'hidden'))
                 WHERE id IN ({})",
                placeholders(1, ids.len())
            );
            self.tx
                .execute_assembled(
                    Statement::Owned(sql),
                    ids.iter().map(|id| Arg::from(*id)).collect(),
                )
                .await?;
        }
        Ok(())
    }
}
