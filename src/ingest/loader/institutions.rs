//! Organisations and topics: see [`super::places`]; and those that an affiliation as printed means.

use std::sync::Arc;

use super::Loader;
use super::places::{self, Cache, Stored};
use crate::args;
use crate::db::{Db, DbResult, Sql};
use crate::ingest::affiliations::{self, Matcher};
use crate::ingest::record::{InstitutionRecord, RecordInstitution, RecordTopic};

/// Organisations and topics that this import has met.
#[derive(Default)]
pub(super) struct Places {
    cache: Cache,
    /// Finds organisations by what is printed; without organisations there is none.
    matcher: Option<Arc<Matcher>>,
    /// Records of organisations came in, so affiliations may be found that were not before.
    pub(super) changed: bool,
}

impl Places {
    pub(super) async fn load(db: &Db) -> DbResult<Self> {
        let any: Option<(i64,)> = db
            .clone()
            .optional("SELECT 1 FROM institutions LIMIT 1", args![])
            .await?;
        let matcher = match any {
            Some(_) => Some(Arc::new(Matcher::load(db).await?)),
            None => None,
        };
        Ok(Self {
            matcher,
            ..Self::default()
        })
    }

    /// The organisations that an affiliation means, and how sure that is.
    pub(super) fn find(&self, printed: &str) -> Vec<(i64, f64)> {
        let Some(matcher) = &self.matcher else {
            return Vec::new();
        };
        matcher
            .find(printed)
            .iter()
            .map(|found| (found.institution_id, found.confidence))
            .collect()
    }
}
