//! Importing files from the command line, with a progress bar.

use std::io::IsTerminal;
use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::format::{Choice, Format};
use super::inputs::{self, BytesRead};
use super::loader::{self, ImportError, ImportSummary};
use super::record::Record;
use crate::db::Db;

/// Imports one CSL-JSON file in one transaction: all of it, or nothing after an error that names the
/// file and the record. `now` is epoch milliseconds. While it runs, a bar on standard error shows how
/// much of the file has been read, if standard error is a terminal.
///
/// # Errors
/// [`ImportError`]; the database is then as it was before.
pub async fn import_csl_json(db: &Db, now: i64, path: &Path) -> Result<ImportSummary, ImportError> {
    let choice = Choice::from(Format::CslJson);
    let sources = inputs::open(&[path.to_owned()], Some(choice), &std::env::temp_dir());
    let read = sources.bytes_read();
    let bar = bar(path, sources.total_bytes().unwrap_or(0));
    let records = sources.flat_map(|source| match source {
        Ok(source) => source.records,
        Err(error) => Box::new(std::iter::once(Err(error))),
    });
    let works = records.filter_map(|record| match record {
        Ok(Record::Work(work)) => Some(Ok(*work)),
        Ok(_) => None,
        Err(error) => Some(Err(error)),
    });
    let result = loader::import(db, now, works, |works| show(&bar, &read, works)).await;
    bar.finish_and_clear();
    result
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
