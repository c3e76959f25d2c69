//! Rows gathered for several works and written with few statements.

use super::loader::Prepared;
use crate::db::bulk::{Bulk, Kind};
use crate::db::{DbResult, Tx};
use crate::domain::names;

/// Rows that wait to be written, a table each.
pub(super) struct Rows {
    works: Bulk,
    records: Bulk,
    identifiers: Bulk,
    topics: Bulk,
    authorships: Bulk,
    names: Bulk,
    tokens: Bulk,
    people: Bulk,
}

impl Default for Rows {
    fn default() -> Self {
        use Kind::{Int, Real, Text};
        Self {
            works: Bulk::new(
                "works",
                &[
                    ("id", Int),
                    ("kind", Text),
                    ("title", Text),
                    ("title_html", Text),
                    ("title_key", Text),
                    ("slug", Text),
                    ("year", Int),
                    ("published_on", Text),
                    ("venue", Text),
                    ("abstract_html", Text),
                    ("url", Text),
                    ("created_at", Int),
                    ("updated_at", Int),
                ],
            ),
            records: Bulk::new(
                "work_records",
                &[
                    ("source", Text),
                    ("record_key", Text),
                    ("work_id", Int),
                    ("digest", Text),
                    ("imported_at", Int),
                ],
            ),
            identifiers: Bulk::new(
                "work_identifiers",
                &[("scheme", Text), ("value", Text), ("work_id", Int)],
            ),
            topics: Bulk::new("work_topics", &[("work_id", Int), ("topic_id", Int)]),
            authorships: Bulk::new(
                "authorships",
                &[
                    ("work_id", Int),
                    ("position", Int),
                    ("author_id", Int),
                    ("name_printed", Text),
                    ("affiliation_printed", Text),
                    ("source", Text),
                    ("confidence", Real),
                ],
            ),
            names: Bulk::new("author_names", &[("author_id", Int), ("name", Text)]),
            tokens: Bulk::new("author_name_tokens", &[("token", Text), ("author_id", Int)]),
            people: Bulk::new(
                "author_identifiers",
                &[
                    ("scheme", Text),
                    ("value", Text),
                    ("author_id", Int),
                    ("source", Text),
                ],
            ),
        }
    }
}

impl Rows {
    pub(super) fn work(&mut self, id: i64, p: &Prepared, now: i64) -> DbResult<()> {
        let r = &p.record;
        self.works.push((
            id,
            r.kind.as_str(),
            &p.title,
            &p.title_html,
            &p.title_key,
            &p.slug,
            r.year,
            &r.published_on,
            &r.venue,
            &p.abstract_html,
            &r.url,
            now,
            now,
        ))
    }

    pub(super) fn record(
        &mut self,
        (source, key): &(String, String),
        work: i64,
        digest: &str,
        now: i64,
    ) -> DbResult<()> {
        self.records.push((source, key, work, digest, now))
    }

    pub(super) fn identifier(&mut self, scheme: &str, value: &str, work: i64) -> DbResult<()> {
        self.identifiers.push((scheme, value, work))
    }

    pub(super) fn topic(&mut self, work: i64, topic: i64) -> DbResult<()> {
        self.topics.push((work, topic))
    }

    pub(super) fn authorship(
        &mut self,
        work: i64,
        position: i64,
        author: i64,
        name: &str,
        affiliation: Option<&str>,
        source: &str,
    ) -> DbResult<()> {
        let sure = 1.0;
        self.authorships
            .push((work, position, author, name, affiliation, source, sure))
    }

    /// A printed form of a name, and the words by which it is found.
    pub(super) fn name(&mut self, author: i64, name: &str) -> DbResult<()> {
        self.names.push((author, name))?;
        for token in names::tokens(name) {
            self.tokens.push((token, author))?;
        }
        Ok(())
    }

    pub(super) fn person_identifier(
        &mut self,
        scheme: &str,
        value: &str,
        author: i64,
        source: &str,
    ) -> DbResult<()> {
        self.people.push((scheme, value, author, source))
    }

    /// Writes everything that waits.
    pub(super) async fn write(&mut self, tx: &mut Tx) -> DbResult<()> {
        for rows in [
            &mut self.works,
            &mut self.records,
            &mut self.identifiers,
            &mut self.topics,
            &mut self.authorships,
            &mut self.names,
            &mut self.tokens,
            &mut self.people,
        ] {
            rows.write(tx).await?;
        }
        Ok(())
    }
}
