//! The sync command: pages of live sources into the database, each with the cursor that leads on, in one transaction.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::guard::Guard;
use super::loader::{self, ImportError, ImportSummary};
use super::placing::{self, Corpus, PlacingSummary};
use super::refusals::{Place, Refusals};
use super::run::RunError;
use super::sync::{Cursor, Services, Source, Target};
use crate::args;
use crate::db::{Db, DbResult, Sql, Tx};
use crate::infra::clock::Clock;

/// What fetching did.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Fetched {
    /// Lists that were read to their end.
    pub lists: u64,
    /// Lists that could not be read to their end, with the reason: (source, target, reason). The next run goes on with them.
    pub broken: Vec<(String, String, String)>,
    /// Records, by what became of them.
    pub records: ImportSummary,
    /// What telling people apart did.
    pub placing: PlacingSummary,
    /// Where the refused records are listed, if there are any.
    pub report: Option<PathBuf>,
}

/// Fetches what is new of each target from each source. `told` gets a line for every page and every list that broke off.
///
/// # Errors
/// [`RunError`]: the database or the disk failed. A source that fails is noted, and the others go on.
pub async fn fetch(
    db: &Db,
    data: &Path,
    clock: &Clock,
    services: &Services,
    plan: &[(Source, Target)],
    mut told: impl FnMut(&str),
) -> Result<Fetched, RunError> {
    let guard = Guard::take(db, data).await?;
    let mut refusals = Refusals::new(Place::Folder(data.join("import-reports"), clock.now()))?;
    let mut fetched = Fetched::default();
    for (source, target) in plan {
        let name = target.to_string();
        let kept = cursor(db, *source, &name).await?;
        let mut pages = match services.pages(*source, target, kept.as_ref()) {
            Ok(pages) => pages,
            Err(error) => {
                broken(
                    db,
                    clock.now(),
                    *source,
                    &name,
                    &error.to_string(),
                    &mut fetched,
                )
                .await?;
                told(&error.to_string());
                continue;
            }
        };
        let mut whole = true;
        while let Some(page) = pages.next().await {
            let page = match page {
                Ok(page) => page,
                Err(error) => {
                    whole = false;
                    broken(
                        db,
                        clock.now(),
                        *source,
                        &name,
                        &error.to_string(),
                        &mut fetched,
                    )
                    .await?;
                    told(&error.to_string());
                    break;
                }
            };
            told(&in_words(*source, &name, page.progress));
            let now = clock.now();
            let cursor = page.cursor.as_str().to_owned();
            let mut failed = None;
            fetched.records += loader::import_page(
                db,
                now,
                page.records,
                |error| {
                    if let Err(error) = refusals.add(&error) {
                        failed.get_or_insert(error);
                    }
                },
                async |tx: &mut Tx| keep(tx, now, *source, &name, &cursor).await,
            )
            .await?;
            if let Some(error) = failed {
                return Err(ImportError::Report(error).into());
            }
        }
        fetched.lists += u64::from(whole);
    }
    fetched.placing = placing::place(db, clock.now(), Corpus::default(), |_, _| {}).await?;
    guard.release().await?;
    fetched.records.authors_new = fetched.placing.authors_new;
    fetched.report = refusals.path().map(Path::to_path_buf);
    Ok(fetched)
}

fn in_words(source: Source, target: &str, (seen, total): (u64, Option<u64>)) -> String {
    match total {
        Some(total) => format!("{source}, {target}: {seen} of {total}"),
        None => format!("{source}, {target}: {seen}"),
    }
}

async fn cursor(db: &Db, source: Source, target: &str) -> DbResult<Option<Cursor>> {
    let row: Option<(String,)> = db
        .clone()
        .optional(
            "SELECT cursor FROM sync_state WHERE source = $1 AND target = $2",
            args![source.as_str(), target],
        )
        .await?;
    // None but an error yet: the list is read from its beginning.
    Ok(row
        .filter(|(cursor,)| !cursor.is_empty())
        .map(|(cursor,)| Cursor::kept(cursor)))
}

async fn keep(tx: &mut Tx, now: i64, source: Source, target: &str, cursor: &str) -> DbResult<()> {
    tx.execute(
        "INSERT INTO sync_state (source, target, cursor, updated_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (source, target) DO UPDATE
         SET cursor = excluded.cursor, updated_at = excluded.updated_at, last_error = NULL",
        args![source.as_str(), target, cursor, now],
    )
    .await?;
    Ok(())
}

async fn broken(
    db: &Db,
    now: i64,
    source: Source,
    target: &str,
    error: &str,
    fetched: &mut Fetched,
) -> DbResult<()> {
    let mut tx = db.begin().await?;
    tx.execute(
        "INSERT INTO sync_state (source, target, cursor, updated_at, last_error) VALUES ($1, $2, '', $3, $4)
         ON CONFLICT (source, target) DO UPDATE
         SET updated_at = excluded.updated_at, last_error = excluded.last_error",
        args![source.as_str(), target, now, error],
    )
    .await?;
    tx.commit().await?;
    fetched
        .broken
        .push((source.to_string(), target.to_owned(), error.to_owned()));
    Ok(())
}
