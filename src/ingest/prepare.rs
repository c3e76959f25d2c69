//! From records to what the loader stores: digests and rendered texts, on all processors, in the order of the file.

use std::sync::{Arc, Mutex, mpsc};
use std::thread;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::{mpsc as queue, oneshot};

use super::markup::{self, Shape};
use super::record::{
    self, Extent, InstitutionRecord, PersonRecord, Record, RecordError, RecordTopic, WorkRecord,
};
use super::tidy;
use crate::domain::names;

/// Records handed over at once.
pub const BATCH: usize = 1024;
/// Batches that may wait at any one place.
const QUEUE: usize = 4;

/// A record with everything computed that needs no database.
#[derive(Serialize, Deserialize)]
pub enum Item {
    /// A work.
    Work(Box<Prepared>),
    /// A person.
    Person(Box<PersonRecord>),
    /// An organisation.
    Institution(Box<InstitutionRecord>),
    /// A subject.
    Topic(Box<RecordTopic>),
    /// A withdrawn record of a work.
    Deleted {
        /// As in [`WorkRecord::source`].
        source: String,
        /// As in [`WorkRecord::record_key`].
        record_key: String,
    },
}

/// A work's record, rendered.
#[derive(Serialize, Deserialize)]
pub struct Prepared {
    /// As the reader gave it, tidied.
    pub record: WorkRecord,
    /// The record as JSON.
    pub content: String,
    /// See [`super::record::digest`].
    pub digest: String,
    /// The name of each author as printed; nothing for leftovers of list syntax, see [`names::is_name`].
    pub printed: Vec<Option<String>>,
    /// What of it is shown.
    pub shown: Shown,
}

/// The texts of a work as they are shown and searched.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Shown {
    /// Readable text.
    pub title: String,
    /// Sanitised HTML with MathML.
    pub title_html: String,
    /// Folded title.
    pub title_key: String,
    /// The first eight bytes of the SHA-256 of the folded title.
    pub title_hash: i64,
    /// Last part of the address.
    pub slug: String,
    /// Sanitised HTML.
    pub abstract_html: Option<String>,
}

impl Shown {
    /// Renders a title and an abstract.
    pub fn of(title_source: &str, abstract_source: Option<&str>) -> Self {
        let mut title = markup::render(title_source, Shape::Line);
        if title.text.is_empty() {
            // A title of which no text is left (`{}`, `<i></i>`) is shown as its source.
            title = markup::plain(title_source);
        }
        let abstract_html = abstract_source
            .map(|text| markup::render(text, Shape::Blocks).html)
            .filter(|html| !html.is_empty());
        let title_key = names::name_key(&title.text);
        let digest = Sha256::digest(title_key.as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        Self {
            title_hash: i64::from_be_bytes(first),
            slug: names::slug_or(&title.text, "work"),
            title: title.text,
            title_html: title.html,
            title_key,
            abstract_html,
        }
    }
}

/// The name of each author as printed; nothing for leftovers of list syntax.
pub fn printed(record: &WorkRecord) -> Vec<Option<String>> {
    record
        .authors
        .iter()
        .map(|author| Some(author.name.display()).filter(|name| names::is_name(name)))
        .collect()
}

/// What became of one record.
pub type Outcome = Result<Item, RecordError>;

fn item(record: Record) -> Outcome {
    Ok(match record {
        Record::Work(mut record) => {
            tidy::work(&mut record);
            let content = serde_json::to_string(&*record).map_err(|error| RecordError {
                file: record.source.clone(),
                place: record.record_key.clone(),
                reason: error.to_string(),
                extent: Extent::Record,
            })?;
            let digest = record::digest(content.as_bytes());
            let shown = Shown::of(&record.title_source, record.abstract_source.as_deref());
            Item::Work(Box::new(Prepared {
                printed: printed(&record),
                record: *record,
                content,
                digest,
                shown,
            }))
        }
        Record::Person(mut person) => {
            tidy::person(&mut person);
            Item::Person(person)
        }
        Record::Institution(institution) => Item::Institution(institution),
        Record::Topic(topic) => Item::Topic(topic),
        Record::Deleted { source, record_key } => Item::Deleted { source, record_key },
    })
}

/// Batches of prepared records, in order. Ends with the records; a batch that is missing means that a thread ended
/// without a word.
pub struct Batches(queue::Receiver<oneshot::Receiver<Vec<Outcome>>>);

impl Batches {
    /// The next batch; `None` at the end.
    ///
    /// # Errors
    /// When a thread panicked.
    pub async fn next(&mut self) -> Option<Result<Vec<Outcome>, oneshot::error::RecvError>> {
        let batch = self.0.recv().await?;
        Some(batch.await)
    }
}

/// Reads on one thread and prepares on as many as there are processors. Everything ends when the batches are dropped.
///
/// # Errors
/// When no thread can be started.
pub fn prepare<I>(records: I) -> std::io::Result<Batches>
where
    I: Iterator<Item = Result<Record, RecordError>> + Send + 'static,
{
    type Job = (
        Vec<Result<Record, RecordError>>,
        oneshot::Sender<Vec<Outcome>>,
    );
    let (ordered, batches) = queue::channel(QUEUE);
    let (hand_out, jobs) = mpsc::sync_channel::<Job>(QUEUE);
    let jobs = Arc::new(Mutex::new(jobs));
    let workers = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    for _ in 0..workers {
        let jobs = Arc::clone(&jobs);
        thread::Builder::new()
            .name("prepare".to_owned())
            .spawn(move || {
                loop {
                    // The lock is held while waiting: the others wait for the lock instead.
                    let job = jobs.lock().map(|jobs| jobs.recv());
                    let Ok(Ok((batch, done))) = job else { return };
                    let outcomes = batch.into_iter().map(|record| record.and_then(item));
                    let _ = done.send(outcomes.collect());
                }
            })?;
    }
    thread::Builder::new()
        .name("read".to_owned())
        .spawn(move || {
            let mut records = records;
            loop {
                let batch: Vec<_> = records.by_ref().take(BATCH).collect();
                if batch.is_empty() {
                    return;
                }
                let (done, outcome) = oneshot::channel();
                if ordered.blocking_send(outcome).is_err() || hand_out.send((batch, done)).is_err()
                {
                    return;
                }
            }
        })?;
    Ok(Batches(batches))
}
