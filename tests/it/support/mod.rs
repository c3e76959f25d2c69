//! A whole site in process: database, router, clock turned by hand, mail as files.

pub mod html;
pub mod postgres;
pub mod program;
pub mod site;

use std::path::Path;

use bzpeer::db::Db;
use bzpeer::ingest::format::Format;
use bzpeer::ingest::loader::ImportSummary;
use bzpeer::ingest::run::{self, Options, Outcome};

pub use site::{Answer, Session, TestSite};

/// Runs the same story on both databases. PostgreSQL may be absent on a developer's machine; then
/// a line says so. Where `BZPEER_TEST_REQUIRE_POSTGRES` is set its absence fails.
pub async fn for_both<F, Fut>(story: F)
where
    F: Fn(TestSite) -> Fut,
    Fut: std::future::Future<Output = ()>,
{
    story(TestSite::sqlite().await).await;
    if let Some(site) = TestSite::postgres().await {
        story(site).await;
    }
}

/// The records that live beside the project, where they are there.
pub fn shared_data(path: &str) -> Option<std::path::PathBuf> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(path);
    if path.exists() {
        Some(path)
    } else {
        println!("skipped: {} is not there", path.display());
        None
    }
}

/// Imports a file of CSL-JSON as the command does, whole or not at all; answers what was told about it where it was refused.
pub async fn import_csl_json(db: &Db, now: i64, path: &Path) -> Result<ImportSummary, String> {
    let options = Options {
        strict: true,
        ..csl_json()
    };
    let (outcome, told) = import_files(db, now, path, &options).await;
    match outcome.files_refused {
        0 => Ok(outcome.records),
        _ => Err(told.join("\n")),
    }
}

/// How CSL-JSON is imported.
pub fn csl_json() -> Options {
    Options {
        format: Some(Format::CslJson.into()),
        quiet: true,
        ..Options::default()
    }
}

/// Imports what is at a path; answers what was done and what was told meanwhile.
pub async fn import_files(
    db: &Db,
    now: i64,
    path: &Path,
    options: &Options,
) -> (Outcome, Vec<String>) {
    let data = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    let outcome = run::import(db, data.path(), now, &[path.to_owned()], options, |line| {
        told.push(line.to_owned());
    })
    .await
    .unwrap();
    (outcome, told)
}
