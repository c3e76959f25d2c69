//! Many values at once: SQLite takes a list of rows as one JSON text, PostgreSQL an array for each column, so that a row costs
//! the parsing of a few dozen bytes instead of a bound placeholder per value, and so that the text of the statement does not depend
//! on how many there are. This is the one place where the SQL of the two databases differs in more than a type.

mod arrays;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Arg, DbError, DbResult, Row, Sql, Statement, Tx, TxInner};
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

/// Names and types of the columns of a list.
pub type Columns = &'static [(&'static str, Kind)];

/// Rows that a statement is given. In its text `{given}` stands for them, as a table with the named columns:
///
/// ```sql
/// SELECT w.id, w.slug FROM {given} g CROSS JOIN works w WHERE w.id = g.id
/// ```
///
/// `CROSS JOIN` makes SQLite walk the given rows and look up the others.
pub struct Given {
    columns: Columns,
    json: Vec<u8>,
    rows: usize,
}

impl Given {
    /// No rows yet.
    pub fn new(columns: Columns) -> Self {
        Self {
            columns,
            json: vec![b'['],
            rows: 0,
        }
    }

    /// One column `id` of numbers.
    ///
    /// # Errors
    /// None that numbers can cause.
    pub fn ids(ids: impl IntoIterator<Item = i64>) -> DbResult<Self> {
        let mut given = Self::new(&[("id", Kind::Int)]);
        for id in ids {
            given.push((id,))?;
        }
        Ok(given)
    }

    /// Adds a row: a tuple in the order of the columns. Texts must not hold U+0000; readers take it out.
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

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Runs a query over the rows, which are then gone; without rows it is not run.
    ///
    /// # Errors
    /// The database's.
    pub async fn all<T: Row>(&mut self, db: &mut impl Sql, template: &str) -> DbResult<Vec<T>> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let (sql, args) = self.assemble(db.is_postgres(), template)?;
        db.all_assembled(sql, args).await
    }

    /// As [`Given::all`], for many rows: the database hands them over as one JSON text, which costs a fraction of a row at a
    /// time. `columns` are the columns of the template's result, in the order of the fields of `T`, a tuple; texts,
    /// numbers and nothing come over, booleans as numbers on SQLite.
    ///
    /// # Errors
    /// The database's; a row that is not a `T`.
    pub async fn rows<T: DeserializeOwned>(
        &mut self,
        db: &mut impl Sql,
        columns: &str,
        template: &str,
    ) -> DbResult<Vec<T>> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let wrapped = if db.is_postgres() {
            format!(
                "SELECT CAST(json_agg(json_build_array({columns})) AS TEXT) FROM ({template}) x"
            )
        } else {
            format!("SELECT json_group_array(json_array({columns})) FROM ({template}) x")
        };
        let (sql, args) = self.assemble(db.is_postgres(), &wrapped)?;
        let found: Vec<(Option<String>,)> = db.all_assembled(sql, args).await?;
        match found.into_iter().next() {
            Some((Some(text),)) => {
                serde_json::from_str(&text).map_err(|error| DbError::Stored(error.to_string()))
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Runs a statement over the rows, which are then gone; answers how many rows it touched. Without rows it is not run.
    ///
    /// # Errors
    /// The database's.
    pub async fn execute(&mut self, tx: &mut Tx, template: &str) -> DbResult<u64> {
        if self.is_empty() {
            return Ok(0);
        }
        let (sql, args) = self.assemble(tx.is_postgres(), template)?;
        tx.execute_assembled(sql, args).await
    }

    /// The statement and its values; the rows are then gone.
    fn assemble(&mut self, postgres: bool, template: &str) -> DbResult<(Statement, Vec<Arg>)> {
        let mut json = std::mem::replace(&mut self.json, vec![b'[']);
        self.rows = 0;
        json.push(b']');
        let (given, args) = if postgres {
            let columns = arrays::columns(&json, self.columns)?;
            let (mut names, mut types) = (Vec::new(), Vec::new());
            for (at, (name, kind)) in self.columns.iter().enumerate() {
                let kind = match kind {
                    Kind::Int => "bigint",
                    Kind::Text => "text",
                    Kind::Bool => "boolean",
                    Kind::Real => "double precision",
                };
                names.push(*name);
                types.push(format!("${}::{kind}[]", at + 1));
            }
            let given = format!(
                "(SELECT * FROM unnest({}) AS x({}))",
                types.join(", "),
                names.join(", ")
            );
            (given, columns.into_iter().map(Arg::from).collect())
        } else {
            let values: Vec<String> = self
                .columns
                .iter()
                .enumerate()
                .map(|(at, (name, _))| format!("value ->> {at} AS {name}"))
                .collect();
            let json =
                String::from_utf8(json).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
            // The binary form: a row is parsed once and not written out and parsed again.
            let given = format!("(SELECT {} FROM jsonb_each($1))", values.join(", "));
            (given, vec![Arg::Text(Some(json))])
        };
        Ok((Statement::Owned(template.replace("{given}", &given)), args))
    }
}

/// Rows of one table that wait to be written.
pub struct Bulk {
    given: Given,
    insert: String,
}

impl Bulk {
    /// Rows for the named columns. Those that are there already are passed over.
    pub fn new(table: &'static str, columns: Columns) -> Self {
        let mut bulk = Self::fresh(table, columns);
        // `WHERE true` keeps SQLite from taking `ON CONFLICT` for the condition of a join.
        bulk.insert.push_str(" WHERE true ON CONFLICT DO NOTHING");
        bulk
    }

    /// Rows of which none is there already, which PostgreSQL writes faster when it is told so.
    pub fn fresh(table: &'static str, columns: Columns) -> Self {
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        Self {
            given: Given::new(columns),
            insert: format!("INSERT INTO {table} ({names}) SELECT {names} FROM {{given}} g"),
        }
    }

    /// Adds a row, see [`Given::push`].
    ///
    /// # Errors
    /// As there.
    pub fn push(&mut self, row: impl Serialize) -> DbResult<()> {
        self.given.push(row)
    }

    /// Writes the rows that wait; answers how many were new or changed.
    ///
    /// # Errors
    /// The database's.
    pub async fn write(&mut self, tx: &mut Tx) -> DbResult<u64> {
        self.given.execute(tx, &self.insert).await
    }
}

impl Tx {
    /// `n` numbers for new rows of a table, which nobody else gets.
    ///
    /// # Errors
    /// The database's.
    pub async fn new_ids(&mut self, table: &'static str, n: usize) -> DbResult<Vec<i64>> {
        if n == 0 {
            return Ok(Vec::new());
        }
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        match &self.0 {
            // The transaction is the only writer; a number that was ever given is in the sequence.
            TxInner::Sqlite(_) => {
                let last: Option<(i64,)> = self
                    .optional(
                        "UPDATE sqlite_sequence SET seq = seq + $2 WHERE name = $1 RETURNING seq",
                        args![table, n],
                    )
                    .await?;
                let Some((last,)) = last else {
                    self.execute(
                        "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)",
                        args![table, n],
                    )
                    .await?;
                    return Ok((1..=n).collect());
                };
                Ok((last - n + 1..=last).collect())
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
