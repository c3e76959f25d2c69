//! Fetching new and changed records of the authors, institutions and topics that the operator names, from OpenAlex,
//! arXiv, Crossref and ORCID.
//!
//! [`Services::pages`] hands out a target's records page by page, each page with the [`Cursor`] that leads on. Whoever
//! applies the records and keeps the cursor in one transaction may be killed at any moment: the next run goes on from the
//! kept cursor. Records may come twice, none is left out.
//!
//! Nothing here knows the database.

mod arxiv;
mod crossref;
mod cursor;
mod days;
pub mod http;
mod openalex;
mod orcid;
mod plan;
mod settings;
mod target;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::domain::clock::Millis;
use crate::ingest::record::{Record, RecordError};

pub use cursor::Cursor;
use cursor::{State, Walk, fingerprint};
use http::FetchError;
pub use plan::{InvalidPlan, plan};
pub use settings::{Secret, Services, Settings, SettingsError};
pub use target::{ArxivSet, InvalidTarget, OpenAlexId, Target};

/// How many records are asked for at once, where one may choose. OpenAlex gives no more.
const ROWS: u32 = 100;
/// How often one run walks a list from its beginning before it gives up.
const MAX_AGAIN: u32 = 3;
/// How many empty pages in a row are followed.
const MAX_EMPTY: u32 = 3;

/// A service that is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// <https://openalex.org>
    OpenAlex,
    /// arXiv's OAI-PMH interface.
    Arxiv,
    /// <https://www.crossref.org>
    Crossref,
    /// The public API of ORCID.
    Orcid,
}

impl Source {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::OpenAlex, Self::Arxiv, Self::Crossref, Self::Orcid];

    /// Its name on the command line and in the database: `openalex`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OpenAlex => "openalex",
            Self::Arxiv => "arxiv",
            Self::Crossref => "crossref",
            Self::Orcid => "orcid",
        }
    }

    /// The source of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|source| source.as_str().eq_ignore_ascii_case(text))
    }
}

impl fmt::Display for Source {
    /// Its name for people: `OpenAlex`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OpenAlex => "OpenAlex",
            Self::Arxiv => "arXiv",
            Self::Crossref => "Crossref",
            Self::Orcid => "ORCID",
        })
    }
}

/// Some records, and where the next ones are.
#[derive(Debug)]
pub struct Page {
    /// In the source's order; refused ones with their reason.
    pub records: Vec<Result<Record, RecordError>>,
    /// To keep together with the records.
    pub cursor: Cursor,
    /// Whether this was the last page; its cursor begins the next run.
    pub done: bool,
    /// How many entries of the list came so far, and how many there are where the source says.
    pub progress: (u64, Option<u64>),
}

/// Why no page came. The kept cursor stays good: the next run goes on from it.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// Nothing was fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// This source cannot tell of this target.
    #[error("{0} cannot be asked for {1}.")]
    NotThere(Source, Target),
    /// The source does not know the target.
    #[error("{0} knows no {1}.")]
    Unknown(Source, Target),
    /// The source answers, but not with records.
    #[error("{0} gives no records of {1}: {2}.")]
    Refused(Source, Target, String),
    /// The source's list cannot be walked to its end.
    #[error("{0} does not give its whole list of {1}: {2}.")]
    NotWhole(Source, Target, String),
}

impl Services {
    /// The pages of a target's records at a source, from a kept cursor on; from the beginning without one.
    ///
    /// # Errors
    /// [`SyncError::NotThere`] for a pair that is not in [`Target::sources`].
    pub fn pages(
        &self,
        source: Source,
        target: &Target,
        kept: Option<&Cursor>,
    ) -> Result<Pages<'_>, SyncError> {
        if !target.sources().contains(&source) {
            return Err(SyncError::NotThere(source, target.clone()));
        }
        Ok(Pages {
            services: self,
            source,
            target: target.clone(),
            state: kept.map(Cursor::state).unwrap_or_default(),
            rows: ROWS,
            again: 0,
            missing: None,
            ended: false,
        })
    }
}

/// Pages of a target's records; see [`Services::pages`].
pub struct Pages<'s> {
    services: &'s Services,
    source: Source,
    target: Target,
    state: State,
    rows: u32,
    /// How often this run walked the list from its beginning again.
    again: u32,
    /// How many entries the last walk was short of, and of how many.
    missing: Option<(u64, u64)>,
    ended: bool,
}

/// What one request brought.
enum Step {
    /// Records.
    Page(Fetched),
    /// The list has to be walked from its beginning, because of this.
    Again(String),
}

/// A record, or why there is none.
type Found = Result<Record, RecordError>;

struct Fetched {
    records: Vec<Found>,
    /// How many entries of the list this page held; `None` for what is not of the list.
    entries: Option<u64>,
    /// How many the list has, where the source says.
    total: Option<u64>,
    /// When the source answered.
    date: Millis,
    /// What to ask with next; `None` at the end.
    next: Option<String>,
}

impl Fetched {
    fn nothing(date: Millis) -> Self {
        Self {
            records: Vec::new(),
            entries: None,
            total: None,
            date,
            next: None,
        }
    }
}

/// What a source is asked for.
struct Request<'r> {
    target: &'r Target,
    /// The day from which on; `None` for all.
    since: Option<&'r str>,
    /// The walk under way; `None` at its beginning.
    walk: Option<&'r Walk>,
    /// How many records at once.
    rows: u32,
    /// What the answer is called in errors of its records.
    name: String,
}

impl Pages<'_> {
    /// The next page; `None` after the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<Page, SyncError>> {
        if self.ended {
            return None;
        }
        let page = self.fetch().await;
        self.ended = page.as_ref().map_or(true, |page| page.done);
        Some(page)
    }

    async fn fetch(&mut self) -> Result<Page, SyncError> {
        loop {
            let reason = match self.ask().await {
                Ok(Step::Page(fetched)) => match self.take(fetched)? {
                    Ok(page) => return Ok(page),
                    Err(reason) => reason,
                },
                Ok(Step::Again(reason)) => reason,
                Err(SyncError::Fetch(FetchError::TooLarge { .. })) if self.rows > 1 => {
                    self.rows /= 4;
                    self.rows = self.rows.max(1);
                    if self.source == Source::Crossref {
                        self.state.walk = None;
                    }
                    continue;
                }
                Err(error) => return Err(error),
            };
            if self.again >= MAX_AGAIN {
                return Err(self.not_whole(reason));
            }
            tracing::info!(source = %self.source, target = %self.target, reason, "the list is walked again");
            self.again += 1;
            self.state.walk = None;
        }
    }

    async fn ask(&self) -> Result<Step, SyncError> {
        let pages = self.state.walk.as_ref().map_or(0, |walk| walk.pages);
        let request = Request {
            target: &self.target,
            since: self.state.since.as_deref(),
            walk: self.state.walk.as_ref(),
            rows: self.rows,
            name: format!("{}, {}, page {}", self.source, self.target, pages + 1),
        };
        match self.source {
            Source::OpenAlex => openalex::page(self.services, request).await,
            Source::Arxiv => arxiv::page(self.services, request).await,
            Source::Crossref => crossref::page(self.services, request).await,
            Source::Orcid => orcid::page(self.services, request).await,
        }
    }

    /// Makes a page of what was fetched. The inner error is a reason to walk the list again.
    fn take(&mut self, fetched: Fetched) -> Result<Result<Page, String>, SyncError> {
        let mut walk = self.state.walk.take().unwrap_or_else(|| Walk {
            next: String::new(),
            mark: days::before(fetched.date, overlap(self.source)),
            seen: 0,
            total: None,
            pages: 0,
            empty: 0,
            lap: cursor::Lap::default(),
        });
        walk.pages += 1;
        walk.seen += fetched.entries.unwrap_or(0);
        walk.total = walk.total.or(fetched.total);
        walk.empty = match fetched.entries {
            None => walk.empty,
            Some(0) => walk.empty + 1,
            Some(_) => 0,
        };
        let complete = walk.total.is_some_and(|total| walk.seen >= total);
        // An empty page may lead on: at the end for ever, in the middle to more.
        let next = fetched.next.filter(|_| walk.empty == 0 || !complete);
        let progress = (walk.seen, walk.total);
        let Some(next) = next else {
            if let Some(reason) = self.short_of(&walk) {
                return Ok(Err(reason));
            }
            self.state = State::from_day(walk.mark);
            return Ok(Ok(Page {
                records: fetched.records,
                cursor: self.state.cursor(),
                done: true,
                progress,
            }));
        };
        if walk.empty > MAX_EMPTY {
            return Err(self.not_whole("one empty page leads to the next".to_owned()));
        }
        if walk
            .total
            .is_some_and(|total| walk.seen > 2 * total + 1_000)
        {
            return Err(self.not_whole("it holds more than twice what it should".to_owned()));
        }
        let keys = fetched.records.iter().map(key);
        if walk.lap.closes_with(&fingerprint(&next, keys)) {
            return Ok(Err("it leads in a circle".to_owned()));
        }
        walk.next = next;
        self.state.walk = Some(walk);
        Ok(Ok(Page {
            records: fetched.records,
            cursor: self.state.cursor(),
            done: false,
            progress,
        }))
    }

    /// Why the list has to be walked again although it ended. Crossref keeps in mind how far a cursor was read: a page
    /// that got lost on its way to us is not given a second time, and only the count tells.
    fn short_of(&mut self, walk: &Walk) -> Option<String> {
        let total = walk.total.filter(|_| self.source == Source::Crossref)?;
        let missing = total
            .checked_sub(walk.seen)
            .filter(|missing| *missing > 0)?;
        let before = self.missing.replace((missing, total));
        if before == Some((missing, total)) {
            tracing::warn!(target = %self.target, missing, total, "Crossref counts more works than it gives");
            return None;
        }
        Some(format!("it gave {} of {total} records", walk.seen))
    }

    fn not_whole(&self, reason: String) -> SyncError {
        SyncError::NotWhole(self.source, self.target.clone(), reason)
    }
}

/// What a record is known by within its source.
fn key(record: &Found) -> &str {
    match record {
        Ok(Record::Work(work)) => &work.record_key,
        Ok(Record::Person(person)) => &person.record_key,
        Ok(Record::Institution(institution)) => &institution.record_key,
        Ok(Record::Topic(topic)) => &topic.code,
        Ok(Record::Deleted { record_key, .. }) => record_key,
        Err(error) => &error.place,
    }
}

/// How many days before its last run began a run asks from: what a source dates to a day may appear in its lists some
/// time later.
fn overlap(source: Source) -> i64 {
    match source {
        Source::OpenAlex => 4,
        Source::Arxiv | Source::Crossref | Source::Orcid => 2,
    }
}

/// Adds segments to the path of a base address.
fn extend(url: &mut url::Url, segments: &[&str]) {
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
}

/// Whether a body is one JSON value from beginning to end, as half a sentence if not.
fn whole_json(body: &[u8]) -> Result<(), String> {
    serde_json::from_slice::<serde::de::IgnoredAny>(body)
        .map(|_| ())
        .map_err(|error| format!("its answer is not whole JSON ({error})"))
}
