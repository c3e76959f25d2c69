//! What the database knows already of a batch: its records, its identifiers, its authors.

use std::collections::{HashMap, HashSet};

use super::{IN_LIST, Loader, Prepared};
use crate::args;
use crate::db::bulk::{Bulk, Kind};
use crate::db::{Arg, DbResult, Sql, Statement, placeholders};
use crate::domain::names;

const AUTHOR_COLUMNS: &[(&str, Kind)] = &[
    ("id", Kind::Int),
    ("name", Kind::Text),
    ("name_key", Kind::Text),
    ("slug", Kind::Text),
    ("created_at", Kind::Int),
];

impl Loader {
    /// Which records of a batch are there already: (source, key) to (work, digest).
    pub(super) async fn known_records(
        &mut self,
        batch: &[Prepared],
    ) -> DbResult<HashMap<(String, String), (i64, String)>> {
        let mut known = HashMap::new();
        let mut by_source: HashMap<&str, Vec<&str>> = HashMap::new();
        for prepared in batch {
            by_source
                .entry(&prepared.record.source)
                .or_default()
                .push(&prepared.record.record_key);
        }
        for (source, keys) in by_source {
            let sql = format!(
                "SELECT record_key, work_id, digest FROM work_records
                 WHERE source = $1 AND record_key IN ({})",
                placeholders(2, keys.len())
            );
            let mut values = args![source];
            values.extend(keys.into_iter().map(Arg::from));
            let rows: Vec<(String, i64, String)> =
                self.tx.all_assembled(Statement::Owned(sql), values).await?;
            for (key, work, digest) in rows {
                known.insert((source.to_owned(), key), (work, digest));
            }
        }
        Ok(known)
    }

    /// Which identifiers of a batch belong to a work already.
    pub(super) async fn taken_identifiers(
        &mut self,
        batch: &[Prepared],
    ) -> DbResult<HashMap<(String, String), i64>> {
        let mut taken = HashMap::new();
        let mut by_scheme: HashMap<&'static str, Vec<&str>> = HashMap::new();
        for identifier in batch.iter().flat_map(|p| &p.record.identifiers) {
            by_scheme
                .entry(identifier.scheme.as_str())
                .or_default()
                .push(&identifier.value);
        }
        for (scheme, values) in by_scheme {
            for values in values.chunks(IN_LIST) {
                let sql = format!(
                    "SELECT value, work_id FROM work_identifiers WHERE scheme = $1 AND value IN ({})",
                    placeholders(2, values.len())
                );
                let mut bound = args![scheme];
                bound.extend(values.iter().map(|v| Arg::from(*v)));
                let rows: Vec<(String, i64)> =
                    self.tx.all_assembled(Statement::Owned(sql), bound).await?;
                for (value, work) in rows {
                    taken.insert((scheme.to_owned(), value), work);
                }
            }
        }
        Ok(taken)
    }

    /// Finds or creates the authors of a batch. For now one author per folded full name.
    pub(super) async fn meet_authors(&mut self, batch: &[Prepared]) -> DbResult<()> {
        let mut wanted: Vec<(String, String)> = Vec::new();
        let mut seen = HashSet::new();
        for author in batch.iter().flat_map(|p| &p.record.authors) {
            let name = author.name.display();
            let key = names::name_key(&name);
            if names::is_name(&name) && !self.authors.contains_key(&key) && seen.insert(key.clone())
            {
                wanted.push((key, name));
            }
        }
        for wanted in wanted.chunks(IN_LIST) {
            let sql = format!(
                "SELECT MIN(id), name_key FROM authors WHERE name_key IN ({}) GROUP BY name_key",
                placeholders(1, wanted.len())
            );
            let keys = wanted.iter().map(|(key, _)| Arg::from(key)).collect();
            let found: Vec<(i64, String)> =
                self.tx.all_assembled(Statement::Owned(sql), keys).await?;
            for (id, key) in found {
                self.authors.insert(key, id);
            }
            let missing: Vec<_> = wanted
                .iter()
                .filter(|(key, _)| !self.authors.contains_key(key))
                .collect();
            let ids = self.tx.new_ids("authors", missing.len()).await?;
            let mut rows = Bulk::new("authors", AUTHOR_COLUMNS);
            for ((key, name), id) in missing.into_iter().zip(ids) {
                rows.push((id, name, key, names::slug(name), self.now))?;
                self.authors.insert(key.clone(), id);
            }
            self.summary.authors_new += rows.write(&mut self.tx).await?;
        }
        Ok(())
    }
}
