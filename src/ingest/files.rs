//! Importing files from the command line, with a progress bar.

use std::io::IsTerminal;
use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::csl_json::{BytesRead, Reader};
use super::loader::{self, ImportError, ImportSummary, Progress};
use super::placing;
use super::record::Record;
use crate::db::Db;

/// Imports one CSL-JSON file in one transaction: all of it, or nothing after an error that names the
/// file and the record. `now` is epoch milliseconds. While it runs, a bar on standard error shows how
/// much of the file has been read, if standard error is a terminal.
///
/// # Errors
/// [`ImportError`]; the database is then as it was before.
pub async fn import_csl_json(db: &Db, now: i64, path: &Path) -> Result<ImportSummary, ImportError> {
    let (reader, read) = Reader::open(path)?;
    let size = std::fs::metadata(path).map_or(0, |meta| meta.len());
    let bar = bar(path, size);
    let records = reader.map(|record| record.map(|work| Record::Work(Box::new(work))));
    let spool = std::env::temp_dir();
    let result = loader::import(
        db,
        now,
        records,
        Some(&spool),
        |progress| {
            if let Progress::Read(works) = progress {
                show(&bar, &read, works);
            }
        },
        |_| {},
    )
    .await;
    bar.finish_and_clear();
    let mut summary = result?;
    summary.authors_new = placing::place(db, now, |_, _| {}).await?.authors_new;
    Ok(summary)
}

fn bar(path: &Path, size: u64) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let style = ProgressStyle::with_template("{prefix} {wide_bar} {percent}% {msg} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let name = path.file_name().unwrap_or(path.as_os_str());
    ProgressBar::with_draw_target(Some(size), target)
        .with_style(style)
        .with_prefix(name.to_string_lossy().into_owned())
}

fn show(bar: &ProgressBar, read: &BytesRead, works: u64) {
    bar.set_position(read.get());
    bar.set_message(crate::domain::clock::count(
        i64::try_from(works).unwrap_or(i64::MAX),
        "work",
        "works",
    ));
}
