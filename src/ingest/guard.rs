//! One writer of the record at a time: imports, live sources and the telling apart of people wait for no other.

use std::fs::File;
use std::path::Path;

use crate::args;
use crate::db::{Db, DbResult, Sql, Tx};

/// PostgreSQL's advisory lock of an import as a whole: any number that nothing else uses.
const LOCK: i64 = 0x627a_7065_6573;

/// Why there is no going on.
#[derive(Debug, thiserror::Error)]
pub enum Busy {
    /// Somebody else is at it.
    #[error("another import is under way; try again when it has ended")]
    Other,
    /// The file that is locked cannot be made.
    #[error("the lock file {0} cannot be used: {1}")]
    File(String, std::io::Error),
    /// The database failed.
    #[error("the database failed: {0}")]
    Db(#[from] crate::db::DbError),
}

/// Held while the record is written. Ends with the process, however that ends.
pub struct Guard {
    _file: Option<File>,
    tx: Option<Tx>,
}

impl Guard {
    /// Takes the lock: a file in the data folder for SQLite, an advisory lock for PostgreSQL.
    ///
    /// # Errors
    /// [`Busy`], at once.
    pub async fn take(db: &Db, data: &Path) -> Result<Self, Busy> {
        if db.is_postgres() {
            let mut tx = db.begin().await?;
            if !try_lock(&mut tx).await? {
                return Err(Busy::Other);
            }
            return Ok(Self {
                _file: None,
                tx: Some(tx),
            });
        }
        let path = data.join("import.lock");
        let named = |error| Busy::File(path.display().to_string(), error);
        let file = File::create(&path).map_err(named)?;
        match file.try_lock() {
            Ok(()) => Ok(Self {
                _file: Some(file),
                tx: None,
            }),
            Err(std::fs::TryLockError::WouldBlock) => Err(Busy::Other),
            Err(std::fs::TryLockError::Error(error)) => Err(named(error)),
        }
    }
    /// Lets the next one in at once. (A lock that is only dropped is free a moment later.)
    ///
    /// # Errors
    /// The database's.
    pub async fn release(self) -> DbResult<()> {
        match self.tx {
            Some(tx) => tx.rollback().await,
            None => Ok(()),
        }
    }
}

async fn try_lock(tx: &mut Tx) -> DbResult<bool> {
    let (taken,): (bool,) = tx
        .one("SELECT pg_try_advisory_xact_lock($1)", args![LOCK])
        .await?;
    Ok(taken)
}
