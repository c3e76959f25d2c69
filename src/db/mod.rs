//! The database: SQLite or PostgreSQL behind one small interface.
//!
//! SQL is written once and runs on both. [`Db`] reads from a pool, [`Tx`] reads and writes in one
//! transaction, and both implement [`Sql`], so that a query function takes `&mut impl Sql` and does
//! not care which it was given. Placeholders are `$1`, `$2`, …; values are built with [`args!`].

pub mod addresses;
pub mod authors;
pub mod bulk;
mod location;
mod migrate;
mod sqlite;
pub mod words;

use std::future::Future;

use sqlx::postgres::{PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{FromRow, Postgres, Sqlite};

pub use location::Location;
pub use migrate::MigrationReport;

/// What can go wrong between us and the database. Never shown to people: the edge turns it into
/// [`crate::error::AppError::Internal`] and logs it.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database itself refused or failed.
    #[error(transparent)]
    Sqlx(#[from] sqlx::Error),
    /// A schema change could not be applied.
    #[error("migration failed: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The configured URL names no database we know.
    #[error("cannot use the database URL: {0}")]
    Url(String),
    /// What the database holds is not what was stored.
    #[error("the database holds something unreadable: {0}")]
    Stored(String),
    /// A task that was writing ended without a word.
    #[error("writing stopped unexpectedly")]
    Task,
    /// The SQLite library is older than the version that fixed the WAL-reset corruption bug.
    #[error("SQLite {0} is too old: 3.51.3 or newer is needed")]
    OldSqlite(String),
}

impl DbError {
    /// Whether a uniqueness rule of the schema refused the write (the other writer came first).
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, DbError::Sqlx(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
}

/// Result of a database call.
pub type DbResult<T> = Result<T, DbError>;

/// One value bound to a placeholder.
#[derive(Clone, Debug)]
pub enum Arg {
    /// BIGINT
    Int(Option<i64>),
    /// TEXT
    Text(Option<String>),
    /// BOOLEAN
    Bool(bool),
    /// DOUBLE PRECISION
    Real(f64),
}

macro_rules! arg_from {
    ($($ty:ty => |$v:ident| $e:expr),* $(,)?) => {
        $(impl From<$ty> for Arg { fn from($v: $ty) -> Self { $e } })*
    };
}
arg_from! {
    i64 => |v| Arg::Int(Some(v)),
    Option<i64> => |v| Arg::Int(v),
    bool => |v| Arg::Bool(v),
    f64 => |v| Arg::Real(v),
    String => |v| Arg::Text(Some(storable(v))),
    Option<String> => |v| Arg::Text(v.map(storable)),
    &str => |v| Arg::Text(Some(storable(v.to_owned()))),
    &String => |v| Arg::Text(Some(storable(v.clone()))),
    Option<&str> => |v| Arg::Text(v.map(|v| storable(v.to_owned()))),
}

/// Without U+0000, which PostgreSQL refuses in a text and SQLite does not: nobody can mean it, and the two must not differ.
fn storable(mut text: String) -> String {
    if text.contains('\0') {
        text.retain(|c| c != '\0');
    }
    text
}

macro_rules! arg_from_id {
    ($($id:ident),* $(,)?) => {
        $(impl From<crate::domain::ids::$id> for Arg {
            fn from(v: crate::domain::ids::$id) -> Self { Arg::Int(Some(v.0)) }
        })*
    };
}
arg_from_id!(
    AuthorId,
    WorkId,
    TopicId,
    InstitutionId,
    AccountId,
    ClaimId,
    InvitationId,
    ConversationId,
    MessageId,
    ReportId,
    CorrectionId,
);

/// `args![a, b, c]`: the values of `$1`, `$2`, `$3`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        vec![$($crate::db::Arg::from($value)),*]
    };
}
pub use crate::args;

/// A row type that both databases can fill (`#[derive(sqlx::FromRow)]`, or a tuple).
pub trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static
{
}
impl<T> Row for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static
{
}

/// SQL text: a constant, or put together from constants and placeholders.
pub type Statement = std::borrow::Cow<'static, str>;

/// SQL text that was put together from constants and placeholders only, never from input.
fn statement(sql: Statement) -> sqlx::SqlStr {
    match sql {
        Statement::Borrowed(text) => sqlx::SqlSafeStr::into_sql_str(text),
        Statement::Owned(text) => sqlx::SqlSafeStr::into_sql_str(sqlx::AssertSqlSafe(text)),
    }
}

/// A call of the database under way. Boxed, so that the types of the features' own futures stay small.
pub type Call<'a, T> = std::pin::Pin<Box<dyn Future<Output = DbResult<T>> + Send + 'a>>;

/// `$1,$2,…`: `n` placeholders from number `first`, for an `IN (…)` list.
pub fn placeholders(first: usize, n: usize) -> String {
    let numbers: Vec<String> = (first..first + n).map(|i| format!("${i}")).collect();
    numbers.join(",")
}

/// Reading rows, on a pool or in a transaction. The `_assembled` form takes SQL put together at run
/// time from constants and placeholders (see [`placeholders`]).
pub trait Sql: Send {
    /// Whether this is PostgreSQL.
    fn is_postgres(&self) -> bool;

    /// All rows of an assembled statement.
    fn all_assembled<T: Row>(&mut self, sql: Statement, args: Vec<Arg>) -> Call<'_, Vec<T>>;

    /// The first row of a statement, if there is one.
    fn optional<T: Row>(&mut self, sql: &'static str, args: Vec<Arg>) -> Call<'_, Option<T>>;

    /// Exactly one row.
    fn one<T: Row>(&mut self, sql: &'static str, args: Vec<Arg>) -> Call<'_, T>;

    /// All rows.
    fn all<T: Row>(&mut self, sql: &'static str, args: Vec<Arg>) -> Call<'_, Vec<T>> {
        self.all_assembled(Statement::Borrowed(sql), args)
    }
}

#[derive(Clone)]
enum Pools {
    /// SQLite allows one writer at a time: `write` holds one connection, so that writers queue in
    /// our process instead of failing with "database is locked".
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Db(Pools);

/// A transaction; rolled back when dropped without [`Tx::commit`].
pub struct Tx(TxInner);

enum TxInner {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

fn bind<'q, DB, Q>(mut query: Q, args: Vec<Arg>) -> Q
where
    DB: sqlx::Database,
    Q: Bind<'q, DB>,
    Option<i64>: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
    Option<String>: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
    bool: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
    f64: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
{
    for arg in args {
        query = match arg {
            Arg::Int(v) => query.bind_value(v),
            Arg::Text(v) => query.bind_value(v),
            Arg::Bool(v) => query.bind_value(v),
            Arg::Real(v) => query.bind_value(v),
        };
    }
    query
}

/// `query` and `query_as` bind in the same way but share no trait.
trait Bind<'q, DB: sqlx::Database>: Sized {
    fn bind_value<T: sqlx::Encode<'q, DB> + sqlx::Type<DB> + Send + 'q>(self, value: T) -> Self;
}
impl<'q, DB: sqlx::Database> Bind<'q, DB>
    for sqlx::query::Query<'q, DB, <DB as sqlx::Database>::Arguments>
{
    fn bind_value<T: sqlx::Encode<'q, DB> + sqlx::Type<DB> + Send + 'q>(self, value: T) -> Self {
        self.bind(value)
    }
}
impl<'q, DB: sqlx::Database, O> Bind<'q, DB>
    for sqlx::query::QueryAs<'q, DB, O, <DB as sqlx::Database>::Arguments>
{
    fn bind_value<T: sqlx::Encode<'q, DB> + sqlx::Type<DB> + Send + 'q>(self, value: T) -> Self {
        self.bind(value)
    }
}

/// Expands the same expression for the reader pool of either database.
macro_rules! on_db {
    ($db:expr, |$pool:ident| $body:expr) => {
        match &$db.0 {
            Pools::Sqlite { read: $pool, .. } => $body,
            Pools::Postgres($pool) => $body,
        }
    };
}

/// Expands the same expression for the connection inside either kind of transaction.
macro_rules! on_tx {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match &mut $tx.0 {
            TxInner::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            TxInner::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}

impl Sql for Db {
    fn is_postgres(&self) -> bool {
        matches!(self.0, Pools::Postgres(_))
    }

    fn all_assembled<T: Row>(&mut self, sql: Statement, args: Vec<Arg>) -> Call<'_, Vec<T>> {
        Box::pin(async move {
            let sql = statement(sql);
            Ok(on_db!(self, |pool| bind(sqlx::query_as(sql), args)
                .fetch_all(pool)
                .await)?)
        })
    }

    fn optional<T: Row>(&mut self, sql: &'static str, args: Vec<Arg>) -> Call<'_, Option<T>> {
        Box::pin(async move {
            Ok(on_db!(self, |pool| bind(sqlx::query_as(sql), args)
                .fetch_optional(pool)
                .await)?)
        })
    }

    fn one<T: Row>(&mut self, sql: &'static str, args: Vec<Arg>) -> Call<'_, T> {
        Box::pin(async move {
            Ok(on_db!(self, |pool| bind(sqlx::query_as(sql), args)
                .fetch_one(pool)
                .await)?)
        })
    }
}

impl Sql for Tx {
    fn is_postgres(&self) -> bool {
        matches!(self.0, TxInner::Postgres(_))
    }

    fn all_assembled<T: Row>(&mut self, sql: Statement, args: Vec<Arg>) -> Call<'_, Vec<T>> {
        Box::pin(async move {
            let sql = statement(sql);
            Ok(on_tx!(self, |conn| bind(sqlx::query_as(sql), args)
                .fetch_all(conn)
                .await)?)
        })
    }

    fn optional<T: Row>(&mut self, sql: &'static str, args: Vec<Arg>) -> Call<'_, Option<T>> {
        Box::pin(async move {
            Ok(on_tx!(self, |conn| bind(sqlx::query_as(sql), args)
                .fetch_optional(conn)
                .await)?)
        })
    }

    fn one<T: Row>(&mut self, sql: &'static str, args: Vec<Arg>) -> Call<'_, T> {
        Box::pin(async move {
            Ok(on_tx!(self, |conn| bind(sqlx::query_as(sql), args)
                .fetch_one(conn)
                .await)?)
        })
    }
}

impl Tx {
    /// Runs a statement; answers how many rows it touched.
    pub fn execute(&mut self, sql: &'static str, args: Vec<Arg>) -> Call<'_, u64> {
        self.execute_assembled(Statement::Borrowed(sql), args)
    }

    /// Runs a statement put together at run time from constants and placeholders.
    pub fn execute_assembled(&mut self, sql: Statement, args: Vec<Arg>) -> Call<'_, u64> {
        Box::pin(async move {
            let sql = statement(sql);
            Ok(on_tx!(self, |conn| bind(sqlx::query(sql), args)
                .execute(conn)
                .await
                .map(|done| done.rows_affected()))?)
        })
    }

    /// Runs an `INSERT … RETURNING id` and answers the new id.
    pub async fn insert(&mut self, sql: &'static str, args: Vec<Arg>) -> DbResult<i64> {
        let (id,): (i64,) = self.one(sql, args).await?;
        Ok(id)
    }

    /// Makes everything durable. Only after this has answered may a person be told "saved".
    pub async fn commit(self) -> DbResult<()> {
        match self.0 {
            TxInner::Sqlite(tx) => tx.commit().await?,
            TxInner::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Undoes everything since [`Db::begin`].
    pub async fn rollback(self) -> DbResult<()> {
        match self.0 {
            TxInner::Sqlite(tx) => tx.rollback().await?,
            TxInner::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

impl Db {
    /// Opens the database, creating the SQLite file if it is missing. Does not migrate.
    pub async fn open(location: &Location) -> DbResult<Self> {
        match location {
            Location::Sqlite(path) => sqlite::open(path).await,
            Location::Postgres(url) => {
                let pool = PgPoolOptions::new()
                    .max_connections(16)
                    .acquire_timeout(std::time::Duration::from_secs(10))
                    .connect(url)
                    .await?;
                Ok(Self(Pools::Postgres(pool)))
            }
        }
    }

    /// Starts a writing transaction. On SQLite it takes the one write lock at once
    /// (`BEGIN IMMEDIATE`), so that what was read in it cannot have changed before the write.
    pub async fn begin(&self) -> DbResult<Tx> {
        Ok(Tx(match &self.0 {
            Pools::Sqlite { write, .. } => {
                TxInner::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?)
            }
            Pools::Postgres(pool) => TxInner::Postgres(pool.begin().await?),
        }))
    }

    /// The same database for writing a lot. On SQLite everything goes over the one writer, with more memory, so that pages of
    /// the indexes are written once per transaction and not again and again, and with a longer log between two checkpoints;
    /// so nothing may be read outside of a transaction while that is open. The cache takes 192 MiB.
    pub async fn for_import(&self) -> DbResult<Self> {
        let Pools::Sqlite { write, .. } = &self.0 else {
            return Ok(self.clone());
        };
        for pragma in [
            "PRAGMA cache_size = -131072",
            "PRAGMA wal_autocheckpoint = 8192",
            // Pages of a mapped file would count as memory of this process a second time.
            "PRAGMA mmap_size = 0",
        ] {
            sqlx::query(pragma).execute(write).await?;
        }
        Ok(Self(Pools::Sqlite {
            read: write.clone(),
            write: write.clone(),
        }))
    }

    /// Applies the schema changes that are missing.
    pub async fn migrate(&self) -> DbResult<MigrationReport> {
        match &self.0 {
            Pools::Sqlite { write, .. } => migrate::sqlite(write).await,
            Pools::Postgres(pool) => migrate::postgres(pool).await,
        }
    }

    /// Finishes running statements and closes every connection; on SQLite the write-ahead log is
    /// folded into the file.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// The columns of every table, for comparing the two schemas: (table, column, type, nullable).
    pub async fn schema(&self) -> DbResult<Vec<(String, String, String, bool)>> {
        match &self.0 {
            Pools::Sqlite { read, .. } => migrate::sqlite_schema(read).await,
            Pools::Postgres(pool) => migrate::postgres_schema(pool).await,
        }
    }

    /// The indexes of every table: (table, columns joined by commas, unique, partial).
    pub async fn indexes(&self) -> DbResult<Vec<(String, String, bool, bool)>> {
        match &self.0 {
            Pools::Sqlite { read, .. } => migrate::sqlite_indexes(read).await,
            Pools::Postgres(pool) => migrate::postgres_indexes(pool).await,
        }
    }
}
