//! Organisations as registers describe them.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::{Described, INSTITUTION_IDENTIFIERS, Stored};
use crate::args;
use crate::db::bulk::{Bulk, Kind};
use crate::db::{Arg, DbResult, Sql, Statement, Tx, placeholders};
use crate::domain::names;
use crate::ingest::record::{InstitutionRecord, InstitutionStatus};

/// Records looked up and written at once.
const BATCH: usize = 512;

const COLUMNS: &[(&str, Kind)] = &[
    ("id", Kind::Int),
    ("name", Kind::Text),
    ("name_key", Kind::Text),
    ("slug", Kind::Text),
    ("ror", Kind::Text),
    ("country", Kind::Text),
    ("city", Kind::Text),
    ("url", Kind::Text),
    ("status", Kind::Text),
    ("source", Kind::Text),
    ("digest", Kind::Text),
    ("created_at", Kind::Int),
];
const LINKS: &[(&str, Kind)] = &[
    ("institution_id", Kind::Int),
    ("kind", Kind::Text),
    ("ror", Kind::Text),
];

/// Stores one organisation, see [`institutions`].
///
/// # Errors
/// The database's.
pub async fn institution(tx: &mut Tx, now: i64, record: &InstitutionRecord) -> DbResult<Stored> {
    let stored = institutions(tx, now, std::slice::from_ref(record)).await?;
    Ok(stored.first().copied().unwrap_or(Stored::Unchanged))
}

/// Stores organisations; answers what became of each. One is known by its ROR id, else by another identifier, else by
/// name and country where nothing but a name is known of the other. It replaces what the same or a weaker register
/// said; of one that a better register describes, only the identifiers are taken.
///
/// # Errors
/// The database's.
pub async fn institutions(
    tx: &mut Tx,
    now: i64,
    records: &[InstitutionRecord],
) -> DbResult<Vec<Stored>> {
    let mut stored = Vec::with_capacity(records.len());
    let mut rest = records;
    while !rest.is_empty() {
        let (batch, after) = rest.split_at(unlike(rest));
        batch_of_unlike(tx, now, batch, &mut stored).await?;
        rest = after;
    }
    Ok(stored)
}

/// How many of the first records can be looked up together: until one shares a key with one before it.
fn unlike(records: &[InstitutionRecord]) -> usize {
    let mut seen = HashSet::new();
    let fits = records.iter().take(BATCH).take_while(|record| {
        let given = &record.institution;
        let named = ("name".to_owned(), names::name_key(&given.name));
        let ror = given.ror.iter().map(|ror| ("ror".to_owned(), ror.clone()));
        let mut keys: Vec<_> = ror
            .chain(given.identifiers.iter().cloned())
            .chain([named])
            .collect();
        // A register may list an identifier twice.
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().all(|key| seen.insert(key))
    });
    fits.count().max(1)
}

/// An organisation that is there.
#[derive(Clone, Debug)]
struct Known {
    id: i64,
    ror: Option<String>,
    source: Option<String>,
    digest: Option<String>,
}

/// A key by which it was found, then number, ROR id, source and digest of an organisation.
type Row = (String, i64, Option<String>, Option<String>, Option<String>);

fn known((key, id, ror, source, digest): Row) -> (String, Known) {
    let known = Known {
        id,
        ror,
        source,
        digest,
    };
    (key, known)
}

async fn batch_of_unlike(
    tx: &mut Tx,
    now: i64,
    records: &[InstitutionRecord],
    stored: &mut Vec<Stored>,
) -> DbResult<()> {
    let known = Index::find(tx, records).await?;
    let mut taken = HashSet::new();
    let mut found = Vec::with_capacity(records.len());
    for record in records {
        // Of two that find the same one by different identifiers the second is another.
        let known = known.of(record).filter(|known| taken.insert(known.id));
        found.push((record, known, digest(record)));
    }
    let new = found.iter().filter(|(_, known, _)| known.is_none()).count();
    let mut ids = tx.new_ids("institutions", new).await?.into_iter();
    let mut rows = Rows::default();
    let mut replaced = Vec::new();
    for (record, known, digest) in &found {
        let outcome = match known {
            None => {
                // As many numbers were asked for as there are new ones.
                let Some(id) = ids.next() else { continue };
                rows.add(id, record, digest, now)?;
                rows.describe(id, record)?;
                rows.identify(id, record)?;
                Stored::New
            }
            Some(known) if known.digest.as_ref() == Some(digest) => Stored::Unchanged,
            Some(known) if rank(Some(&record.source)) < rank(known.source.as_deref()) => {
                rows.identify(known.id, record)?;
                Stored::Unchanged
            }
            Some(known) => {
                replace(tx, known.id, record, digest).await?;
                rows.describe(known.id, record)?;
                rows.identify(known.id, record)?;
                replaced.push(known.id);
                Stored::Changed
            }
        };
        stored.push(outcome);
    }
    forget(tx, &replaced).await?;
    rows.write(tx).await
}

/// Whose word counts more.
fn rank(source: Option<&str>) -> u8 {
    match source {
        Some("ROR") => 3,
        Some("OpenAlex") => 2,
        Some(_) => 1,
        None => 0,
    }
}

/// SHA-256 of the record, in hexadecimal.
fn digest(record: &InstitutionRecord) -> String {
    let json = serde_json::to_vec(record).expect("texts and lists of texts can be written as JSON");
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(json) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn status(status: InstitutionStatus) -> &'static str {
    match status {
        InstitutionStatus::Active => "active",
        InstitutionStatus::Inactive => "inactive",
        InstitutionStatus::Withdrawn => "withdrawn",
    }
}

async fn replace(tx: &mut Tx, id: i64, record: &InstitutionRecord, digest: &str) -> DbResult<()> {
    let given = &record.institution;
    tx.execute(
        "UPDATE institutions SET name = $1, name_key = $2, slug = $3, ror = COALESCE($4, ror), country = $5, city = $6,
            url = $7, status = $8, source = $9, digest = $10
         WHERE id = $11",
        args![
            &given.name,
            names::name_key(&given.name),
            names::slug_or(&given.name, "institution"),
            given.ror.as_deref(),
            given.country.as_deref(),
            record.city.as_deref(),
            record.url.as_deref(),
            status(record.status),
            &record.source,
            digest,
            id,
        ],
    )
    .await?;
    Ok(())
}

/// Takes away what an earlier description said, but the identifiers.
async fn forget(tx: &mut Tx, ids: &[i64]) -> DbResult<()> {
    if ids.is_empty() {
        return Ok(());
    }
    for table in [
        "institution_names",
        "institution_name_tokens",
        "institution_domains",
        "institution_links",
    ] {
        let sql = format!(
            "DELETE FROM {table} WHERE institution_id IN ({})",
            placeholders(1, ids.len())
        );
        let ids = ids.iter().map(|id| Arg::from(*id)).collect();
        tx.execute_assembled(Statement::Owned(sql), ids).await?;
    }
    Ok(())
}

/// Rows of several organisations.
struct Rows {
    institutions: Bulk,
    described: Described,
    identifiers: Bulk,
    links: Bulk,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            institutions: Bulk::new("institutions", COLUMNS),
            described: Described::default(),
            identifiers: Bulk::new("institution_identifiers", INSTITUTION_IDENTIFIERS),
            links: Bulk::new("institution_links", LINKS),
        }
    }
}

impl Rows {
    fn add(&mut self, id: i64, record: &InstitutionRecord, digest: &str, now: i64) -> DbResult<()> {
        let given = &record.institution;
        self.institutions.push((
            id,
            &given.name,
            names::name_key(&given.name),
            names::slug_or(&given.name, "institution"),
            &given.ror,
            &given.country,
            &record.city,
            &record.url,
            status(record.status),
            &record.source,
            digest,
            now,
        ))
    }

    fn describe(&mut self, id: i64, record: &InstitutionRecord) -> DbResult<()> {
        let given = &record.institution;
        let others = record.other_names.iter();
        let others = others.map(|(name, lang)| (name.as_str(), lang.as_deref()));
        self.described
            .names(id, [(given.name.as_str(), None)].into_iter().chain(others))?;
        self.described.domains(id, &given.domains)?;
        for (kind, linked) in [
            ("successor", &record.successors),
            ("parent", &record.parents),
        ] {
            for ror in linked {
                self.links.push((id, kind, ror))?;
            }
        }
        Ok(())
    }

    fn identify(&mut self, id: i64, record: &InstitutionRecord) -> DbResult<()> {
        for (scheme, value) in &record.institution.identifiers {
            self.identifiers.push((scheme, value, id))?;
        }
        Ok(())
    }

    async fn write(&mut self, tx: &mut Tx) -> DbResult<()> {
        self.institutions.write(tx).await?;
        self.described.write(tx).await?;
        self.identifiers.write(tx).await?;
        self.links.write(tx).await?;
        Ok(())
    }
}

/// The organisations that a batch may mean.
#[derive(Default)]
struct Index {
    by_ror: HashMap<String, Known>,
    by_identifier: HashMap<(String, String), Known>,
    /// Those of which no register's identifier is known, by name and country (see [`name_and_country`]).
    by_name: HashMap<String, Known>,
}

const BY_ROR: &str =
    "SELECT i.ror, i.id, i.ror, i.source, i.digest FROM institutions i WHERE i.ror IN";
const BY_IDENTIFIER: &str = "SELECT n.value, i.id, i.ror, i.source, i.digest
    FROM institution_identifiers n JOIN institutions i ON i.id = n.institution_id WHERE n.scheme = $1 AND n.value IN";
const BY_NAME: &str =
    "SELECT i.name_key || '\n' || COALESCE(i.country, ''), i.id, i.ror, i.source, i.digest
    FROM institutions i WHERE i.ror IS NULL AND i.source IS NULL AND NOT EXISTS
        (SELECT 1 FROM institution_identifiers n WHERE n.institution_id = i.id) AND i.name_key IN";

impl Index {
    async fn find(tx: &mut Tx, records: &[InstitutionRecord]) -> DbResult<Self> {
        let mut index = Self::default();
        let given = || records.iter().map(|record| &record.institution);
        let rors: Vec<Arg> = given()
            .filter_map(|r| r.ror.as_ref())
            .map(Arg::from)
            .collect();
        index.by_ror = select(tx, BY_ROR, vec![], &rors).await?.collect();
        let mut schemes: HashMap<&str, Vec<Arg>> = HashMap::new();
        for (scheme, value) in given().flat_map(|r| &r.identifiers) {
            schemes.entry(scheme).or_default().push(Arg::from(value));
        }
        for (scheme, values) in schemes {
            for values in values.chunks(BATCH) {
                let found = select(tx, BY_IDENTIFIER, args![scheme], values).await?;
                index
                    .by_identifier
                    .extend(found.map(|(value, known)| ((scheme.to_owned(), value), known)));
            }
        }
        let names: Vec<Arg> = given()
            .map(|r| Arg::from(names::name_key(&r.name)))
            .collect();
        for (key, known) in select(tx, BY_NAME, vec![], &names).await? {
            index.by_name.entry(key).or_insert(known);
        }
        Ok(index)
    }

    fn of(&self, record: &InstitutionRecord) -> Option<&Known> {
        let given = &record.institution;
        // Two ROR ids are two organisations, whatever else they are said to share.
        let agrees =
            |known: &&Known| given.ror.is_none() || known.ror.is_none() || known.ror == given.ror;
        let by_ror = given.ror.as_ref().and_then(|ror| self.by_ror.get(ror));
        let identifiers = given.identifiers.iter();
        by_ror
            .or_else(|| {
                identifiers
                    .filter_map(|identifier| self.by_identifier.get(identifier))
                    .find(agrees)
            })
            .or_else(|| self.by_name.get(&name_and_country(record)))
    }
}

fn name_and_country(record: &InstitutionRecord) -> String {
    let country = record.institution.country.as_deref().unwrap_or_default();
    format!("{}\n{country}", names::name_key(&record.institution.name))
}

/// Organisations by the keys of a statement that ends with `IN`, the oldest first.
async fn select(
    tx: &mut Tx,
    statement: &str,
    mut bound: Vec<Arg>,
    keys: &[Arg],
) -> DbResult<impl Iterator<Item = (String, Known)>> {
    let mut found: Vec<Row> = Vec::new();
    if !keys.is_empty() {
        let numbers = placeholders(bound.len() + 1, keys.len());
        bound.extend_from_slice(keys);
        let sql = format!("{statement} ({numbers}) ORDER BY i.id");
        found = tx.all_assembled(Statement::Owned(sql), bound).await?;
    }
    Ok(found.into_iter().map(known))
}
