//! The import command: files into the database, with a bar for people, a summary for programs, and a report of what was refused.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::format::Choice;
use super::guard::{Busy, Guard};
use super::inputs::{self, Sources};
use super::loader::{self, ImportError, ImportSummary, Progress};
use super::placing::{self, Gatherer, PlacingSummary};
use super::record::RecordError;
use super::refusals::{Place, Refusals};
use crate::db::{Db, DbError};

/// Refused records of a file that are told at once; the report lists all.
const SHOWN: u64 = 5;

/// How an import goes about it.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format; guessed from each file when left out.
    pub format: Option<Choice>,
    /// No bar.
    pub quiet: bool,
    /// One refused record refuses its file.
    pub strict: bool,
    /// Where refused records are written; a file in the data folder when left out.
    pub report: Option<PathBuf>,
}

/// What an import did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Outcome {
    /// Files that were read to their end and stored.
    pub files: u64,
    /// Files of which nothing was stored.
    pub files_refused: u64,
    /// Records, by what became of them.
    pub records: ImportSummary,
    /// What telling people apart did.
    pub placing: PlacingSummary,
    /// Where the refused records are listed, if there are any.
    pub report: Option<PathBuf>,
    /// Why records and files were refused, and how many for each reason.
    pub refused: Vec<(String, u64)>,
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Another one is under way.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The database, the disk, a thread.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The report cannot be written.
    #[error("the report cannot be written: {0}")]
    Report(#[from] std::io::Error),
}

impl From<DbError> for RunError {
    fn from(error: DbError) -> Self {
        Self::Import(error.into())
    }
}

/// Imports files and folders. `data` is the data folder, `now` epoch milliseconds. Each refused file is told to `told` at
/// once; the others go on.
///
/// # Errors
/// [`RunError`]: the database or the disk failed. What was stored before stays; the same command goes on from there.
pub async fn import(
    db: &Db,
    data: &Path,
    now: i64,
    paths: &[PathBuf],
    options: &Options,
    mut told: impl FnMut(&str),
) -> Result<Outcome, RunError> {
    let guard = Guard::take(db, data).await?;
    let db = &db.for_import().await?;
    let mut sources = inputs::open(paths, options.format, data);
    let mut refusals = Refusals::new(match &options.report {
        Some(file) => Place::File(file.clone()),
        None => Place::Folder(data.join("import-reports"), now),
    })?;
    let bar = Bar::new(options.quiet, &sources);
    let gatherer = Gatherer::start()?;
    let mut outcome = Outcome::default();
    while let Some(source) = sources.next() {
        let mut shown = 0;
        let mut refuse = |error: &RecordError| {
            shown += 1;
            if shown <= SHOWN {
                bar.0.suspend(|| told(&error.to_string()));
            }
            refusals.add(error)
        };
        match one(
            db,
            data,
            now,
            source,
            options.strict,
            &bar,
            &sources,
            &gatherer,
            &mut refuse,
        )
        .await
        {
            Ok(summary) => {
                outcome.files += 1;
                outcome.records += summary;
            }
            Err(ImportError::Record(error)) => {
                outcome.files_refused += 1;
                refusals.add(&error)?;
                bar.0.suspend(|| told(&error.to_string()));
            }
            Err(error) => return Err(error.into()),
        }
        for note in sources.notes().take() {
            bar.0
                .suspend(|| told(&format!("{}: passed over: {}", note.file, note.what)));
        }
    }
    bar.start("telling people apart", 0);
    let corpus = gatherer.finish();
    outcome.placing = placing::place(db, now, corpus, |done, total| bar.at(done, total)).await?;
    outcome.records.authors_new = outcome.placing.authors_new;
    guard.release().await?;
    bar.0.finish_and_clear();
    outcome.report = refusals.path().map(Path::to_path_buf);
    outcome.refused = refusals
        .by_reason()
        .into_iter()
        .map(|(reason, n)| (reason.to_owned(), n))
        .collect();
    Ok(outcome)
}

#[allow(clippy::too_many_arguments, reason = "one call, of the loop above")]
async fn one(
    db: &Db,
    data: &Path,
    now: i64,
    source: Result<inputs::Source, RecordError>,
    strict: bool,
    bar: &Bar,
    sources: &Sources,
    gatherer: &Gatherer,
    refuse: &mut impl FnMut(&RecordError) -> std::io::Result<()>,
) -> Result<ImportSummary, ImportError> {
    let source = source?;
    let read = sources.bytes_read();
    bar.start(&source.name, sources.total_bytes().unwrap_or(0));
    let records = source.records.map(move |record| match record {
        Err(error) if strict => Err(error.spoiling_the_file()),
        record => record,
    });
    let mut failed = None;
    let summary = loader::import(
        db,
        now,
        records,
        Some(data),
        gatherer,
        |progress| match progress {
            Progress::Read(n) => bar.read(read.get(), n),
            Progress::Stored(done, total) => bar.at(done, total),
        },
        |error| {
            if let Err(error) = refuse(&error) {
                failed.get_or_insert(error);
            }
        },
    )
    .await?;
    match failed {
        Some(error) => Err(ImportError::Report(error)),
        None => Ok(summary),
    }
}

/// A bar on standard error, where that is a terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new(quiet: bool, sources: &Sources) -> Self {
        let target = if !quiet && std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(sources.total_bytes(), target);
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    fn style(&self, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
    }

    fn start(&self, what: &str, bytes: u64) {
        self.0.set_prefix(what.to_owned());
        self.0.set_message("");
        if bytes > 0 {
            self.0.set_length(bytes);
            self.style("{prefix} {wide_bar} {binary_bytes}/{binary_total_bytes} {msg} {eta} left");
        } else {
            self.style("{prefix} {spinner} {msg}");
        }
    }

    /// So many bytes, holding so many records, are read.
    fn read(&self, bytes: u64, records: u64) {
        self.0.set_position(bytes);
        let words = crate::domain::clock::count(
            i64::try_from(records).unwrap_or(i64::MAX),
            "record",
            "records",
        );
        self.0.set_message(words);
    }

    /// So many of so many are done.
    fn at(&self, done: u64, total: u64) {
        if self.0.length() != Some(total) {
            self.0.reset_eta();
        }
        self.0.set_length(total);
        self.0.set_position(done);
        self.0.set_message("");
        self.style("{prefix} {wide_bar} {human_pos}/{human_len} {per_sec} {eta} left");
    }
}
