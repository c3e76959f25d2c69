//! How the embedded database is opened.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::{Db, DbError, DbResult, Pools};

/// Readers in the pool; each is a thread of its own.
const READERS: u32 = 8;
/// The version that fixed the WAL-reset corruption bug.
const OLDEST: (u32, u32, u32) = (3, 51, 3);

pub(super) async fn open(path: &Path) -> DbResult<Db> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        // Of a new file: records of a few thousand bytes stay on one page.
        .page_size(16_384)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: an answered write survives a power cut, not only a crash of our process.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(true)
        .pragma("mmap_size", "268435456")
        .pragma("cache_size", "-16384")
        .pragma("temp_store", "memory")
        // Rows go from thread to thread: waking the other side for every few of them costs more than the rows.
        .row_buffer_size(1024)
        .statement_cache_capacity(256);
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(options.clone())
        .await?;
    check_version(&write).await?;
    let read = SqlitePoolOptions::new()
        .max_connections(READERS)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .connect_with(options.pragma("query_only", "1"))
        .await?;
    Ok(Db(Pools::Sqlite { read, write }))
}

async fn check_version(pool: &SqlitePool) -> DbResult<()> {
    let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()")
        .fetch_one(pool)
        .await?;
    let mut parts = version.split('.').map(|p| p.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST {
        return Err(DbError::OldSqlite(version));
    }
    Ok(())
}
