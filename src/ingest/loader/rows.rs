//! Rows gathered for several works and written with few statements.

use serde::Serialize;

use super::drafts::Row;
use crate::db::bulk::{Bulk, Given, Kind};
use crate::db::{DbResult, Tx};
use crate::ingest::prepare::Shown;
use crate::ingest::record::WorkRecord;

/// Rows that wait to be written, a table each.
pub(super) struct Rows {
    works: Bulk,
    changed_works: Given,
    records: Bulk,
    changed_records: Given,
    withdrawn: Given,
    identifiers: Bulk,
    topics: Bulk,
    pub(super) authorships: Bulk,
    pub(super) institutions: Bulk,
    unplaced: Bulk,
}

const WORK: &[(&str, Kind)] = &[
    ("id", Kind::Int),
    ("kind", Kind::Text),
    ("title", Kind::Text),
    ("title_html", Kind::Text),
    ("title_key", Kind::Text),
    ("title_hash", Kind::Int),
    ("slug", Kind::Text),
    ("year", Kind::Int),
    ("published_on", Kind::Text),
    ("venue", Kind::Text),
    ("abstract_html", Kind::Text),
    ("url", Kind::Text),
    ("origins", Kind::Text),
    ("more_authors", Kind::Bool),
    ("retracted", Kind::Bool),
    ("created_at", Kind::Int),
    ("updated_at", Kind::Int),
];

const RECORD: &[(&str, Kind)] = &[
    ("source", Kind::Text),
    ("record_key", Kind::Text),
    ("work_id", Kind::Int),
    ("digest", Kind::Text),
    ("imported_at", Kind::Int),
    ("content", Kind::Text),
    ("matched_by", Kind::Text),
    ("confidence", Kind::Real),
];

const AUTHORSHIP: &[(&str, Kind)] = &[
    ("work_id", Kind::Int),
    ("position", Kind::Int),
    ("author_id", Kind::Int),
    ("name_printed", Kind::Text),
    ("family_printed", Kind::Text),
    ("other_names", Kind::Text),
    ("name_shown", Kind::Text),
    ("collective", Kind::Bool),
    ("affiliation_printed", Kind::Text),
    ("identifiers", Kind::Text),
    ("source", Kind::Text),
    ("confidence", Kind::Real),
    ("stance", Kind::Text),
];

impl Default for Rows {
    fn default() -> Self {
        use Kind::{Int, Real, Text};
        Self {
            works: Bulk::fresh("works", WORK),
            changed_works: Given::new(WORK),
            records: Bulk::fresh("work_records", RECORD),
            changed_records: Given::new(RECORD),
            withdrawn: Given::new(&[("source", Text), ("record_key", Text), ("at", Int)]),
            identifiers: Bulk::new(
                "work_identifiers",
                &[("scheme", Text), ("value", Text), ("work_id", Int)],
            ),
            topics: Bulk::fresh("work_topics", &[("work_id", Int), ("topic_id", Int)]),
            authorships: Bulk::fresh("authorships", AUTHORSHIP),
            institutions: Bulk::fresh(
                "authorship_institutions",
                &[
                    ("work_id", Int),
                    ("position", Int),
                    ("institution_id", Int),
                    ("confidence", Real),
                    ("source", Text),
                ],
            ),
            unplaced: Bulk::new(
                "unplaced_works",
                &[("work_id", Int), ("counted", Kind::Bool)],
            ),
        }
    }
}

impl Rows {
    /// A work as it is shown.
    pub(super) fn work(
        &mut self,
        id: i64,
        existing: bool,
        r: &WorkRecord,
        shown: &Shown,
        origins: Option<&str>,
        now: i64,
    ) -> DbResult<()> {
        let row = Values(
            id,
            r.kind.as_str(),
            &shown.title,
            &shown.title_html,
            &shown.title_key,
            shown.title_hash,
            &shown.slug,
            r.year,
            r.published_on.as_deref(),
            r.venue.as_deref(),
            shown.abstract_html.as_deref(),
            r.url.as_deref(),
            origins,
            r.more_authors,
            r.retracted,
            now,
            now,
        );
        if existing {
            self.changed_works.push(row)
        } else {
            self.works.push(row)
        }
    }

    /// A record that is new or changed.
    pub(super) fn record(
        &mut self,
        r: &WorkRecord,
        work: i64,
        row: &Row,
        now: i64,
    ) -> DbResult<()> {
        let values = (
            &r.source,
            &r.record_key,
            work,
            &row.digest,
            now,
            &row.content,
            row.matched_by.as_str(),
            row.confidence,
        );
        if row.known {
            self.changed_records.push(values)
        } else {
            self.records.push(values)
        }
    }

    /// A record that its source took back.
    pub(super) fn withdrawn(&mut self, source: &str, key: &str, now: i64) -> DbResult<()> {
        self.withdrawn.push((source, key, now))
    }

    pub(super) fn identifier(&mut self, scheme: &str, value: &str, work: i64) -> DbResult<()> {
        self.identifiers.push((scheme, value, work))
    }

    pub(super) fn topic(&mut self, work: i64, topic: i64) -> DbResult<()> {
        self.topics.push((work, topic))
    }

    /// The authorships of a work wait to be placed; those of one that is not new were counted already.
    pub(super) fn unplaced(&mut self, work: i64, counted: bool) -> DbResult<()> {
        self.unplaced.push((work, counted))
    }

    /// Works first: everything else refers to them.
    pub(super) async fn write_works(&mut self, tx: &mut Tx) -> DbResult<()> {
        self.works.write(tx).await?;
        self.changed_works
            .execute(
                tx,
                "UPDATE works SET kind = g.kind, title = g.title, title_html = g.title_html,
                    title_key = g.title_key, title_hash = g.title_hash, slug = g.slug, year = g.year,
                    published_on = g.published_on, venue = g.venue, abstract_html = g.abstract_html,
                    url = g.url, origins = g.origins, more_authors = g.more_authors,
                    retracted = g.retracted, updated_at = g.updated_at, withdrawn_at = NULL
                 FROM {given} g WHERE works.id = g.id",
            )
            .await?;
        Ok(())
    }

    /// Everything else that waits.
    pub(super) async fn write(&mut self, tx: &mut Tx) -> DbResult<()> {
        self.changed_records
            .execute(
                tx,
                "UPDATE work_records SET work_id = g.work_id, digest = g.digest, content = g.content,
                    imported_at = g.imported_at, withdrawn_at = NULL
                 FROM {given} g
                 WHERE work_records.source = g.source AND work_records.record_key = g.record_key",
            )
            .await?;
        self.withdrawn
            .execute(
                tx,
                "UPDATE work_records SET withdrawn_at = g.at FROM {given} g
                 WHERE work_records.source = g.source AND work_records.record_key = g.record_key",
            )
            .await?;
        for rows in [
            &mut self.records,
            &mut self.identifiers,
            &mut self.topics,
            &mut self.authorships,
            &mut self.institutions,
            &mut self.unplaced,
        ] {
            rows.write(tx).await?;
        }
        Ok(())
    }
}

/// In the order of [`WORK`]; a tuple of its own since serde writes tuples of at most sixteen.
#[derive(Serialize)]
struct Values<'w>(
    i64,
    &'w str,
    &'w str,
    &'w str,
    &'w str,
    i64,
    &'w str,
    Option<i64>,
    Option<&'w str>,
    Option<&'w str>,
    Option<&'w str>,
    Option<&'w str>,
    Option<&'w str>,
    bool,
    bool,
    i64,
    i64,
);
