//! Many rows at once: one statement takes them as one JSON text, so that a row costs the parsing of a few
//! dozen bytes instead of a bound placeholder per value. This is the one place where the SQL of the two
//! databases differs in more than a type.

use serde::Serialize;

use super::{Arg, DbResult, Sql, Statement, Tx, TxInner};
use crate::args;

/// The type of a column, as far as PostgreSQL has to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// BIGINT
    Int,
    /// TEXT
    Text,
    /// BOOLEAN
    Bool,
    /// DOUBLE PRECISION
    Real,
}

/// Rows of one table that wait to be written. What a row holds is given by [`Bulk::push`] as a tuple in the
/// order of the columns.
pub struct Bulk {
    table: &'static str,
    columns: &'static [(&'static str, Kind)],
    json: Vec<u8>,
    rows: usize,
}

impl Bulk {
    /// Rows for the named columns. Those that are there already are passed over.
    pub fn new(table: &'static str, columns: &'static [(&'static str, Kind)]) -> Self {
        Self {
            table,
            columns,
            json: vec![b'['],
            rows: 0,
        }
    }

    /// Adds a row. Texts must not hold U+0000; readers take it out.
    ///
    /// # Errors
    /// When a value cannot be written as JSON, which numbers, texts and booleans always can.
    pub fn push(&mut self, row: impl Serialize) -> DbResult<()> {
        if self.rows > 0 {
            self.json.push(b',');
        }
        serde_json::to_writer(&mut self.json, &row)
            .map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
        self.rows += 1;
        Ok(())
    }

    /// Writes the rows that wait; answers how many were new.
    ///
    /// # Errors
    /// The database's.
    pub async fn write(&mut self, tx: &mut Tx) -> DbResult<u64> {
        if self.rows == 0 {
            return Ok(0);
        }
        let mut json = std::mem::replace(&mut self.json, vec![b'[']);
        self.rows = 0;
        json.push(b']');
        let json = String::from_utf8(json).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
        let postgres = matches!(tx.0, TxInner::Postgres(_));
        tx.execute_assembled(
            Statement::Owned(self.sql(postgres)),
            vec![Arg::Text(Some(json))],
        )
        .await
    }

    fn sql(&self, postgres: bool) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let values: Vec<String> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, (_, kind))| match (postgres, kind) {
                (false, _) | (true, Kind::Text) => format!("e.value ->> {at}"),
                (true, Kind::Int) => format!("(e.value ->> {at})::bigint"),
                (true, Kind::Bool) => format!("(e.value ->> {at})::boolean"),
                (true, Kind::Real) => format!("(e.value ->> {at})::double precision"),
            })
            .collect();
        // `WHERE true` keeps SQLite from taking `ON CONFLICT` for the condition of a join.
        let rows = if postgres {
            "jsonb_array_elements($1::jsonb) AS e(value)"
        } else {
            "json_each($1) AS e"
        };
        format!(
            "INSERT INTO {} ({}) SELECT {} FROM {rows} WHERE true ON CONFLICT DO NOTHING",
            self.table,
            names.join(", "),
            values.join(", "),
        )
    }
}

impl Tx {
    /// `n` numbers for new rows of a table, which nobody else gets.
    ///
    /// # Errors
    /// The database's.
    pub async fn new_ids(&mut self, table: &'static str, n: usize) -> DbResult<Vec<i64>> {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        match &self.0 {
            // The transaction is the only writer; a number that was ever given is in the sequence.
            TxInner::Sqlite(_) => {
                let last: Option<(i64,)> = self
                    .optional(
                        "SELECT seq FROM sqlite_sequence WHERE name = $1",
                        args![table],
                    )
                    .await?;
                let first = last.map_or(1, |(seq,)| seq + 1);
                Ok((first..first + n).collect())
            }
            TxInner::Postgres(_) => {
                let ids: Vec<(i64,)> = self
                    .all(
                        "SELECT nextval(pg_get_serial_sequence($1, 'id')) FROM generate_series(1, $2)",
                        args![table, n],
                    )
                    .await?;
                Ok(ids.into_iter().map(|(id,)| id).collect())
            }
        }
    }
}
