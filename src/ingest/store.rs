//! Rows gathered for several works and written with few statements.

use crate::args;
use crate::db::{Arg, DbResult, Statement, Tx, values_list};
use crate::domain::names;

/// Rows of one statement. A remainder makes its own statement, so this also bounds how many
/// different statements a table needs. More rows are slower: for every value sqlx asks SQLite for the
/// name of its placeholder, which takes time in proportion to their number.
const PER_STATEMENT: usize = 24;

/// One table's waiting rows, as one flat list of values.
#[derive(Default)]
struct Waiting(Vec<Arg>);

/// Rows that wait to be written.
#[derive(Default)]
pub(super) struct Rows {
    records: Waiting,
    identifiers: Waiting,
    topics: Waiting,
    authorships: Waiting,
    names: Waiting,
    tokens: Waiting,
    people: Waiting,
}

impl Rows {
    pub(super) fn record(&mut self, key: &(String, String), work: i64, digest: &str, now: i64) {
        self.records
            .0
            .extend(args![&key.0, &key.1, work, digest, now]);
    }

    pub(super) fn identifier(&mut self, scheme: &str, value: &str, work: i64) {
        self.identifiers.0.extend(args![scheme, value, work]);
    }

    pub(super) fn topic(&mut self, work: i64, topic: i64) {
        self.topics.0.extend(args![work, topic]);
    }

    pub(super) fn authorship(
        &mut self,
        work: i64,
        position: i64,
        author: i64,
        name: &str,
        affiliation: Option<&str>,
        source: &str,
    ) {
        self.authorships.0.extend(args![
            work,
            position,
            author,
            name,
            affiliation,
            source,
            1.0
        ]);
    }

    /// A printed form of a name, and the words by which it is found.
    pub(super) fn name(&mut self, author: i64, name: &str) {
        self.names.0.extend(args![author, name]);
        for token in names::tokens(name) {
            self.tokens.0.extend(args![token, author]);
        }
    }

    pub(super) fn person_identifier(
        &mut self,
        scheme: &str,
        value: &str,
        author: i64,
        source: &str,
    ) {
        self.people.0.extend(args![scheme, value, author, source]);
    }

    /// Writes everything that waits.
    pub(super) async fn write(&mut self, tx: &mut Tx) -> DbResult<()> {
        flush(
            tx,
            &mut self.records,
            "work_records (source, record_key, work_id, digest, imported_at)",
            5,
        )
        .await?;
        flush(
            tx,
            &mut self.identifiers,
            "work_identifiers (scheme, value, work_id)",
            3,
        )
        .await?;
        flush(tx, &mut self.topics, "work_topics (work_id, topic_id)", 2).await?;
        flush(
            tx,
            &mut self.authorships,
            "authorships (work_id, position, author_id, name_printed, affiliation_printed, source, confidence)",
            7,
        )
        .await?;
        flush(tx, &mut self.names, "author_names (author_id, name)", 2).await?;
        flush(
            tx,
            &mut self.tokens,
            "author_name_tokens (token, author_id)",
            2,
        )
        .await?;
        flush(
            tx,
            &mut self.people,
            "author_identifiers (scheme, value, author_id, source)",
            4,
        )
        .await
    }
}

async fn flush(
    tx: &mut Tx,
    waiting: &mut Waiting,
    into: &'static str,
    columns: usize,
) -> DbResult<()> {
    let mut values = std::mem::take(&mut waiting.0).into_iter();
    loop {
        let chunk: Vec<Arg> = values.by_ref().take(PER_STATEMENT * columns).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "INSERT INTO {into} VALUES {} ON CONFLICT DO NOTHING",
            values_list(1, chunk.len() / columns, columns)
        );
        tx.execute_assembled(Statement::Owned(sql), chunk).await?;
    }
}
