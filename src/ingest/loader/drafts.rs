//! Works that are being put together: their records as stored, and those that come in.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Loader;
use crate::db::bulk::Given;
use crate::db::{DbError, DbResult};
use crate::domain::matching::Sketch;
use crate::domain::names;
use crate::ingest::prepare::{self, Shown};
use crate::ingest::record::WorkRecord;

/// Why a record belongs to a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// It is the one that the work was made from.
    First,
    /// They share an identifier.
    Identifier,
    /// Title, year and authors agree.
    Title,
}

impl Match {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Identifier => "identifier",
            Self::Title => "title",
        }
    }
}

/// A record of a work.
pub(super) struct Kept {
    pub(super) record: WorkRecord,
    /// The rendered texts, for records that just came in.
    pub(super) shown: Option<Shown>,
    /// The name of each author as printed, see [`prepare::printed`].
    pub(super) printed: Vec<Option<String>>,
    /// Folded title, and folded words of each author's name: made when it is compared with another.
    compared: OnceCell<(String, Vec<Vec<String>>)>,
    /// The source withdrew it.
    pub(super) withdrawn: bool,
    /// What of it is to be written.
    pub(super) row: Option<Row>,
}

/// The row of a record that is new or changed.
pub(super) struct Row {
    /// The record as JSON.
    pub(super) content: String,
    /// See [`crate::ingest::record::digest`].
    pub(super) digest: String,
    /// It was there with another digest.
    pub(super) known: bool,
    /// Why it belongs to its work.
    pub(super) matched_by: Match,
    /// 0 to 1.
    pub(super) confidence: f64,
}

impl Kept {
    /// A record that was stored before.
    pub(super) fn stored(record: WorkRecord, withdrawn: bool) -> Self {
        Self {
            printed: prepare::printed(&record),
            record,
            shown: None,
            compared: OnceCell::new(),
            withdrawn,
            row: None,
        }
    }

    /// A record that came in.
    pub(super) fn new(record: WorkRecord, printed: Vec<Option<String>>, shown: Shown) -> Self {
        Self {
            record,
            printed,
            shown: Some(shown),
            compared: OnceCell::new(),
            withdrawn: false,
            row: None,
        }
    }

    fn compared(&self) -> &(String, Vec<Vec<String>>) {
        self.compared.get_or_init(|| {
            let title_key = match &self.shown {
                Some(shown) => shown.title_key.clone(),
                None => Shown::of(&self.record.title_source, None).title_key,
            };
            let words = self
                .printed
                .iter()
                .flatten()
                .map(|name| names::tokens(name));
            (title_key, words.collect())
        })
    }

    /// Folded title.
    pub(super) fn title_key(&self) -> &str {
        &self.compared().0
    }

    /// What is compared with other records.
    pub(super) fn sketch(&self) -> Sketch<'_> {
        let (title_key, author_words) = self.compared();
        Sketch {
            record: (&self.record.source, &self.record.record_key),
            title_key,
            year: self.record.year,
            kind: self.record.kind,
            authors: author_words.clone(),
            more_authors: self.record.more_authors,
            identifiers: &self.record.identifiers,
        }
    }
}

/// A work.
pub(super) struct Draft {
    pub(super) id: i64,
    /// It is in the database.
    pub(super) existing: bool,
    /// Something of it changed.
    pub(super) touched: bool,
    pub(super) records: Vec<Kept>,
}

impl Draft {
    pub(super) fn new(id: i64) -> Self {
        Self {
            id,
            existing: false,
            touched: true,
            records: Vec::new(),
        }
    }

    /// Whether it holds the same record with authors where this one names none: an answer that was asked for a few fields, or a
    /// stub in a list of references, is no news about the work.
    pub(super) fn is_fuller_than(&self, record: &WorkRecord) -> bool {
        record.authors.is_empty()
            && self.records.iter().any(|have| {
                have.record.source == record.source
                    && have.record.record_key == record.record_key
                    && !have.record.authors.is_empty()
                    && !have.withdrawn
            })
    }

    /// Takes a record, in place of the one of the same key.
    pub(super) fn take(&mut self, kept: Kept) {
        self.touched = true;
        let same = self.records.iter().position(|have| {
            have.record.source == kept.record.source
                && have.record.record_key == kept.record.record_key
        });
        match same {
            Some(at) => self.records[at] = kept,
            None => self.records.push(kept),
        }
    }
}

impl Loader<'_> {
    /// These works with their records.
    pub(super) async fn drafts(&mut self, ids: &BTreeSet<i64>) -> DbResult<BTreeMap<i64, Draft>> {
        let mut drafts: BTreeMap<i64, Draft> = ids
            .iter()
            .map(|id| {
                let draft = Draft {
                    existing: true,
                    touched: false,
                    ..Draft::new(*id)
                };
                (*id, draft)
            })
            .collect();
        let rows: Vec<(i64, Option<String>, Option<i64>)> = Given::ids(ids.iter().copied())?
            .all(
                self.early_tx().await?,
                "SELECT r.work_id, r.content, r.withdrawn_at FROM {given} g CROSS JOIN work_records r
                 WHERE r.work_id = g.id ORDER BY r.work_id, r.source, r.record_key",
            )
            .await?;
        for (work, content, withdrawn) in rows {
            // Records read before their content was kept come back with the next import of their file.
            let (Some(content), Some(draft)) = (content, drafts.get_mut(&work)) else {
                continue;
            };
            let record = serde_json::from_str(&content)
                .map_err(|error| DbError::Stored(format!("a record of work {work}: {error}")))?;
            draft
                .records
                .push(Kept::stored(record, withdrawn.is_some()));
        }
        Ok(drafts)
    }
}
