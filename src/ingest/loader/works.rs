//! Which work a record belongs to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sha2::{Digest, Sha256};

use super::drafts::{Draft, Kept, Match, Row};
use super::rows::Rows;
use super::{ImportError, Loader};
use crate::db::DbResult;
use crate::db::bulk::{Given, Kind};
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::matching;
use crate::ingest::prepare::Prepared;
use crate::ingest::record::WorkRecord;

/// What the database knows of a record.
struct Known {
    work: i64,
    digest: String,
    withdrawn: bool,
}

/// Whether two works of one such number are one: an ISBN is that of the whole book, an address leads to many works.
fn links(scheme: Scheme) -> bool {
    !matches!(scheme, Scheme::Isbn | Scheme::Url)
}

/// The identifiers by which a record is joined to a work.
fn linking(record: &WorkRecord) -> impl Iterator<Item = &WorkIdentifier> {
    let related = record.related.iter().map(|(_, identifier)| identifier);
    record
        .identifiers
        .iter()
        .chain(related)
        .filter(|identifier| links(identifier.scheme))
}

fn fingerprint(source: &str, key: &str) -> u128 {
    let mut hash = Sha256::new();
    hash.update(source.as_bytes());
    hash.update([0]);
    hash.update(key.as_bytes());
    let mut first = [0; 16];
    first.copy_from_slice(&hash.finalize()[..16]);
    u128::from_be_bytes(first)
}

/// Where the works of a batch can be found, those of the database and those made meanwhile.
#[derive(Default)]
pub(super) struct Places {
    identifiers: HashMap<WorkIdentifier, i64>,
    titles: HashMap<i64, Vec<i64>>,
}

impl Places {
    /// Whether one of these records may belong to a work of these.
    fn meets(&self, todo: &[(Prepared, Option<i64>)]) -> bool {
        todo.iter().any(|(prepared, _)| {
            self.titles.contains_key(&prepared.shown.title_hash)
                || linking(&prepared.record).any(|one| self.identifiers.contains_key(one))
        })
    }
}

impl Loader<'_> {
    /// Stores a batch of works and takes back withdrawn records.
    pub(super) async fn works(
        &mut self,
        batch: Vec<Prepared>,
        deleted: Vec<(String, String)>,
    ) -> Result<(), ImportError> {
        let batch: Vec<Prepared> = batch
            .into_iter()
            .filter(|p| {
                let first = self
                    .seen
                    .insert(fingerprint(&p.record.source, &p.record.record_key));
                if !first {
                    self.summary.works_unchanged += 1;
                }
                first
            })
            .collect();
        // A record may be taken back that came in the batch before.
        if !deleted.is_empty() {
            self.settle().await?;
        }
        let known = self.known(&batch, &deleted).await?;
        let mut todo = Vec::with_capacity(batch.len());
        for prepared in batch {
            let before = known.get(&(
                prepared.record.source.clone(),
                prepared.record.record_key.clone(),
            ));
            match before {
                Some(known) if known.digest == prepared.digest && !known.withdrawn => {
                    self.summary.works_unchanged += 1;
                }
                before => todo.push((prepared, before.map(|known| known.work))),
            }
        }
        let withdrawn: Vec<((String, String), i64)> = deleted
            .into_iter()
            .filter_map(|key| {
                let known = known.get(&key)?;
                (!known.withdrawn).then_some((key, known.work))
            })
            .collect();
        if todo.is_empty() && withdrawn.is_empty() && self.redo.is_empty() {
            return Ok(());
        }

        if !withdrawn.is_empty() || !self.redo.is_empty() || self.recent.meets(&todo) {
            self.settle().await?;
        }
        let mut places = self.places(&todo).await?;
        let mut wanted: BTreeSet<i64> = std::mem::take(&mut self.redo);
        let redo = wanted.clone();
        wanted.extend(todo.iter().filter_map(|(_, work)| *work));
        wanted.extend(withdrawn.iter().map(|(_, work)| *work));
        wanted.extend(places.identifiers.values());
        wanted.extend(places.titles.values().flatten());
        let mut drafts = self.drafts(&wanted).await?;
        for id in redo {
            if let Some(draft) = drafts.get_mut(&id) {
                draft.touched = true;
            }
        }

        let fresh = self.early_tx().await?.new_ids("works", todo.len()).await?;
        self.write_behind().await?;
        let mut fresh = fresh.into_iter();
        let mut rows = Rows::default();
        let mut merged: Vec<(i64, i64)> = Vec::new();
        for (prepared, before) in todo {
            let Prepared {
                record,
                content,
                digest,
                printed,
                shown,
            } = prepared;
            let title_hash = shown.title_hash;
            if let Some(draft) = before.and_then(|work| drafts.get(&work))
                && draft.is_fuller_than(&record)
            {
                self.summary.works_unchanged += 1;
                continue;
            }
            let mut kept = Kept::new(record, printed, shown);
            let (targets, matched_by, confidence) = find(&kept, before, &places, &drafts);
            kept.row = Some(Row {
                content,
                digest,
                known: before.is_some(),
                matched_by,
                confidence,
            });
            match (before, targets.is_empty()) {
                (Some(_), _) => self.summary.works_changed += 1,
                (None, true) => self.summary.works_new += 1,
                (None, false) => self.summary.works_linked += 1,
            }
            let mut targets = targets.into_iter();
            let work = match targets.next() {
                Some(work) => work,
                None => {
                    let work = fresh.next().ok_or(ImportError::Reader)?;
                    drafts.insert(work, Draft::new(work));
                    work
                }
            };
            for other in targets {
                if join(work, other, &mut drafts, &mut places) {
                    merged.push((other, work));
                }
            }
            for identifier in linking(&kept.record) {
                places.identifiers.entry(identifier.clone()).or_insert(work);
            }
            let same_title = places.titles.entry(title_hash).or_default();
            if !same_title.contains(&work) {
                same_title.push(work);
            }
            if let Some(draft) = drafts.get_mut(&work) {
                draft.take(kept);
            }
        }
        for ((source, key), work) in withdrawn {
            self.summary.works_withdrawn += 1;
            if let Some(draft) = drafts.get_mut(&work) {
                draft.touched = true;
                for kept in &mut draft.records {
                    if kept.record.source == source && kept.record.record_key == key {
                        kept.withdrawn = true;
                    }
                }
            }
            rows.withdrawn(&source, &key, self.now)?;
        }
        let touched: Vec<Draft> = drafts.into_values().filter(|draft| draft.touched).collect();
        self.write(touched, &merged, rows).await?;
        self.recent = places;
        Ok(())
    }

    /// Which records of a batch are there already.
    async fn known(
        &mut self,
        batch: &[Prepared],
        deleted: &[(String, String)],
    ) -> DbResult<HashMap<(String, String), Known>> {
        let mut given = Given::new(&[("source", Kind::Text), ("record_key", Kind::Text)]);
        for prepared in batch {
            given.push((&prepared.record.source, &prepared.record.record_key))?;
        }
        for key in deleted {
            given.push(key)?;
        }
        let rows: Vec<(String, String, i64, String, Option<i64>)> = given
            .all(
                self.early_tx().await?,
                "SELECT r.source, r.record_key, r.work_id, r.digest, r.withdrawn_at
                 FROM {given} g CROSS JOIN work_records r
                 WHERE r.source = g.source AND r.record_key = g.record_key",
            )
            .await?;
        let known = rows
            .into_iter()
            .map(|(source, key, work, digest, withdrawn)| {
                let known = Known {
                    work,
                    digest,
                    withdrawn: withdrawn.is_some(),
                };
                ((source, key), known)
            });
        Ok(known.collect())
    }

    /// Works that share an identifier or a title with records of a batch.
    async fn places(&mut self, todo: &[(Prepared, Option<i64>)]) -> DbResult<Places> {
        let mut places = Places::default();
        let mut given = Given::new(&[("scheme", Kind::Text), ("value", Kind::Text)]);
        for identifier in todo.iter().flat_map(|(p, _)| linking(&p.record)) {
            given.push((identifier.scheme.as_str(), &identifier.value))?;
        }
        let rows: Vec<(String, String, i64)> = given
            .all(
                self.early_tx().await?,
                "SELECT i.scheme, i.value, i.work_id FROM {given} g CROSS JOIN work_identifiers i
                 WHERE i.scheme = g.scheme AND i.value = g.value",
            )
            .await?;
        for (scheme, value, work) in rows {
            if let Some(scheme) = Scheme::parse(&scheme) {
                places
                    .identifiers
                    .insert(WorkIdentifier { scheme, value }, work);
            }
        }
        let rows: Vec<(i64, i64)> = Given::ids(todo.iter().map(|(p, _)| p.shown.title_hash))?
            .all(
                self.early_tx().await?,
                "SELECT w.title_hash, w.id FROM {given} g CROSS JOIN works w
                 WHERE w.title_hash = g.id AND w.merged_into IS NULL ORDER BY w.id",
            )
            .await?;
        for (hash, work) in rows {
            places.titles.entry(hash).or_default().push(work);
        }
        Ok(places)
    }
}

/// The works that a record belongs to, the one that stays first; why; and how sure that is.
fn find(
    kept: &Kept,
    before: Option<i64>,
    places: &Places,
    drafts: &BTreeMap<i64, Draft>,
) -> (Vec<i64>, Match, f64) {
    let mut works: BTreeSet<i64> = before.into_iter().collect();
    for identifier in linking(&kept.record) {
        let Some(work) = places.identifiers.get(identifier) else {
            continue;
        };
        let plausible = drafts.get(work).is_none_or(|draft| {
            draft.records.is_empty()
                || draft
                    .records
                    .iter()
                    .any(|have| matching::plausible(&kept.sketch(), &have.sketch()))
        });
        if plausible {
            works.insert(*work);
        }
    }
    let by_title = same_title(kept, places, drafts);
    match (works.is_empty(), by_title) {
        (true, None) => (Vec::new(), Match::First, 1.0),
        (true, Some((confidence, work))) => (vec![work], Match::Title, confidence),
        (false, found) => {
            works.extend(found.map(|(_, work)| work));
            (works.into_iter().collect(), Match::Identifier, 1.0)
        }
    }
}

/// The work that title, year and authors show to be the same, and how sure that is.
fn same_title(kept: &Kept, places: &Places, drafts: &BTreeMap<i64, Draft>) -> Option<(f64, i64)> {
    let shown = kept.shown.as_ref()?;
    let mut best: Option<(f64, i64)> = None;
    for work in places.titles.get(&shown.title_hash).into_iter().flatten() {
        let Some(draft) = drafts.get(work) else {
            continue;
        };
        // Every record of that title has to allow it, and one has to be sure.
        let sure: Vec<f64> = draft
            .records
            .iter()
            .filter(|have| have.title_key() == kept.title_key())
            .map(|have| matching::confidence(&kept.sketch(), &have.sketch()))
            .collect();
        let Some(confidence) = sure.iter().copied().reduce(f64::max) else {
            continue;
        };
        if sure.iter().all(|confidence| *confidence > 0.0)
            && confidence >= matching::SAME_WORK
            && best.is_none_or(|(most, _)| confidence > most)
        {
            best = Some((confidence, *work));
        }
    }
    best
}

/// Moves the records of one work to another; answers whether the one that goes is in the database.
fn join(into: i64, from: i64, drafts: &mut BTreeMap<i64, Draft>, places: &mut Places) -> bool {
    let Some(other) = drafts.remove(&from) else {
        return false;
    };
    for place in places
        .identifiers
        .values_mut()
        .filter(|place| **place == from)
    {
        *place = into;
    }
    for works in places.titles.values_mut() {
        works.retain(|work| *work != from);
    }
    if let Some(draft) = drafts.get_mut(&into) {
        draft.touched = true;
        draft.records.extend(other.records);
    }
    other.existing
}
