//! Schema changes and reading the schema back.

use sqlx::migrate::{Migrate, Migrator};
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;

use super::DbResult;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// What a call of [`super::Db::migrate`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MigrationReport {
    /// Changes that were in force before.
    pub before: usize,
    /// Changes in force now.
    pub now: usize,
}

macro_rules! run {
    ($migrator:expr, $pool:expr) => {{
        let mut conn = $pool.acquire().await?;
        conn.ensure_migrations_table(&$migrator.table_name).await?;
        let before = conn
            .list_applied_migrations(&$migrator.table_name)
            .await?
            .len();
        drop(conn);
        $migrator.run($pool).await?;
        Ok(MigrationReport {
            before,
            now: $migrator.iter().count(),
        })
    }};
}

pub(super) async fn sqlite(pool: &SqlitePool) -> DbResult<MigrationReport> {
    run!(SQLITE, pool)
}

pub(super) async fn postgres(pool: &PgPool) -> DbResult<MigrationReport> {
    run!(POSTGRES, pool)
}

type Column = (String, String, String, bool);
type Index = (String, String, bool, bool);

pub(super) async fn sqlite_schema(pool: &SqlitePool) -> DbResult<Vec<Column>> {
    let rows: Vec<(String, String, String, bool, i64)> = sqlx::query_as(
        "SELECT m.name, p.name, p.type, p.\"notnull\", p.pk
         FROM sqlite_master m JOIN pragma_table_info(m.name) p
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'
         ORDER BY 1, 2",
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(table, column, ty, not_null, pk)| {
            let ty = match ty.to_lowercase().as_str() {
                // a row id
                "integer" => "bigint".to_owned(),
                other => other.to_owned(),
            };
            (table, column, ty, !(not_null || pk > 0))
        })
        .collect())
}

pub(super) async fn postgres_schema(pool: &PgPool) -> DbResult<Vec<Column>> {
    Ok(sqlx::query_as(
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
         FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name <> '_sqlx_migrations'
         ORDER BY 1, 2",
    )
    .fetch_all(pool)
    .await?)
}

pub(super) async fn sqlite_indexes(pool: &SqlitePool) -> DbResult<Vec<Index>> {
    let mut rows: Vec<Index> = sqlx::query_as(
        "SELECT m.name, (SELECT group_concat(c.name, ',') FROM
             (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) c),
             i.\"unique\" = 1, i.partial = 1
         FROM sqlite_master m JOIN pragma_index_list(m.name) i
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations'",
    )
    .fetch_all(pool)
    .await?;
    // The row id is the table itself in SQLite and has no index of its own there.
    let ids: Vec<(String,)> = sqlx::query_as(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) p
         WHERE m.type = 'table' AND p.name = 'id' AND p.pk = 1 AND m.name NOT LIKE 'sqlite_%'",
    )
    .fetch_all(pool)
    .await?;
    rows.extend(
        ids.into_iter()
            .map(|(t,)| (t, "id".to_owned(), true, false)),
    );
    rows.sort();
    Ok(rows)
}

pub(super) async fn postgres_indexes(pool: &PgPool) -> DbResult<Vec<Index>> {
    let mut rows: Vec<Index> = sqlx::query_as(
        "SELECT t.relname::text,
             (SELECT string_agg(a.attname::text, ',' ORDER BY k.ord)
              FROM unnest(i.indkey) WITH ORDINALITY AS k(attnum, ord)
              JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum),
             i.indisunique, i.indpred IS NOT NULL
         FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
         JOIN pg_namespace n ON n.oid = t.relnamespace
         WHERE n.nspname = current_schema() AND t.relname <> '_sqlx_migrations'",
    )
    .fetch_all(pool)
    .await?;
    rows.sort();
    Ok(rows)
}
