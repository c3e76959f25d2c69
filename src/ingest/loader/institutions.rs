//! Organisations and topics that records bring, by [`super::places`].

use super::Loader;
use super::places::{self, Cache, Stored};
use crate::args;
use crate::db::{DbResult, Tx};
use crate::ingest::affiliations::{Match, Matcher};
use crate::ingest::record::{InstitutionRecord, RecordInstitution, RecordTopic};

/// Organisations and topics that this import has met.
#[derive(Default)]
pub(super) struct Places {
    cache: Cache,
    /// Finds organisations in affiliations as printed; loaded when one is to be looked at.
    matcher: Option<Matcher>,
    /// Records of organisations came in, so affiliations may be found that were not before.
    pub(super) changed: bool,
}

impl Loader<'_> {
    /// The organisation that a record names.
    pub(super) async fn named(&mut self, record: &RecordInstitution) -> DbResult<i64> {
        if let Some(id) = self.places.cache.institution(record) {
            return Ok(id);
        }
        let now = self.now;
        let (tx, places) = self.parts().await?;
        places::named(tx, now, &mut places.cache, record).await
    }

    /// The topic that a work's record names.
    pub(super) async fn topic(&mut self, record: &RecordTopic) -> DbResult<i64> {
        if let Some(id) = self.places.cache.topic(record) {
            return Ok(id);
        }
        let (tx, places) = self.parts().await?;
        places::topic(tx, &mut places.cache, record).await
    }

    /// A topic as its scheme describes it.
    pub(super) async fn topic_record(&mut self, record: &RecordTopic) -> DbResult<()> {
        let (tx, places) = self.parts().await?;
        if places::topic_record(tx, &mut places.cache, record).await? != Stored::Unchanged {
            self.summary.topics += 1;
        }
        Ok(())
    }

    /// Organisations as a register describes them.
    pub(super) async fn described(&mut self, records: &[InstitutionRecord]) -> DbResult<()> {
        if records.is_empty() {
            return Ok(());
        }
        let now = self.now;
        let stored = places::institutions(self.tx().await?, now, records).await?;
        let changed = stored.iter().filter(|s| **s != Stored::Unchanged).count() as u64;
        self.summary.institutions += changed;
        self.places.changed |= changed > 0;
        Ok(())
    }

    /// The organisations that an affiliation as printed means.
    pub(super) async fn printed(&mut self, affiliation: &str) -> DbResult<Vec<Match>> {
        if self.places.matcher.is_none() {
            let (tx, places) = self.parts().await?;
            places.matcher = Some(Matcher::load(tx).await?);
        }
        let matcher = self.places.matcher.as_mut();
        Ok(matcher.map_or_else(Vec::new, |matcher| matcher.find(affiliation)))
    }

    /// Looks again at affiliations that meant no organisation so far; their authors are looked at again too.
    pub(super) async fn rematch(&mut self) -> DbResult<()> {
        let (tx, places) = self.parts().await?;
        let mut matcher = Matcher::load(tx).await?;
        if places::rematch(tx, &mut matcher).await? > 0 {
            tx.execute(
                "INSERT INTO stale_authors (author_id)
                 SELECT DISTINCT s.author_id FROM authorship_institutions i
                 JOIN authorships s ON s.work_id = i.work_id AND s.position = i.position
                 WHERE i.confidence < 1 AND s.author_id IS NOT NULL ON CONFLICT DO NOTHING",
                args![],
            )
            .await?;
        }
        places.matcher = Some(matcher);
        Ok(())
    }

    async fn parts(&mut self) -> DbResult<(&mut Tx, &mut Places)> {
        self.tx().await?;
        Ok((self.open.idle(), &mut self.places))
    }
}
