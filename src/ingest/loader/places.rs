//! Organisations and topics: as registers describe them, and as works name them.
//!
//! What a register says replaces what a weaker one said, whatever the order of imports: ROR before OpenAlex, OpenAlex
//! before any other, and every register before what the records of works say in passing. Identifiers of all of them are kept.

mod registers;
mod rematch;
mod topics;

use std::collections::{HashMap, HashSet};

use crate::args;
use crate::db::bulk::{Bulk, Kind};
use crate::db::{DbResult, Sql, Tx};
use crate::domain::names;
use crate::ingest::record::{RecordInstitution, RecordTopic};

pub use registers::{institution, institutions};
pub use rematch::{FROM_AFFILIATION, rematch};
pub use topics::{topic, topic_record};

const INSTITUTION_NAMES: &[(&str, Kind)] = &[
    ("institution_id", Kind::Int),
    ("name", Kind::Text),
    ("name_key", Kind::Text),
    ("lang", Kind::Text),
];
const INSTITUTION_TOKENS: &[(&str, Kind)] = &[("token", Kind::Text), ("institution_id", Kind::Int)];
const INSTITUTION_DOMAINS: &[(&str, Kind)] =
    &[("domain", Kind::Text), ("institution_id", Kind::Int)];
const INSTITUTION_IDENTIFIERS: &[(&str, Kind)] = &[
    ("scheme", Kind::Text),
    ("value", Kind::Text),
    ("institution_id", Kind::Int),
];
const TOPIC_TOKENS: &[(&str, Kind)] = &[("token", Kind::Text), ("topic_id", Kind::Int)];

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It was not there before.
    New,
    /// It replaced what was there.
    Changed,
    /// It was there already, or a better source describes the same.
    Unchanged,
}

/// What a transaction has found or made already. It dies with its transaction: after a rollback its numbers name nothing.
#[derive(Debug, Default)]
pub struct Cache {
    institutions: HashMap<String, i64>,
    /// Scheme, then code, to the topic, and whether the topic above it is known.
    topics: HashMap<String, HashMap<String, (i64, bool)>>,
}

impl Cache {
    /// The organisation, if it was met before.
    pub fn institution(&self, record: &RecordInstitution) -> Option<i64> {
        match &record.ror {
            Some(ror) => self.institutions.get(ror).copied(),
            None => self.institutions.get(&cache_key(record)).copied(),
        }
    }

    /// The topic, if it and those above it were met before.
    pub fn topic(&self, record: &RecordTopic) -> Option<i64> {
        let mut broader = Some(record);
        let mut first = None;
        while let Some(one) = broader {
            broader = one.broader.as_deref();
            let (id, placed) = self.topics.get(&one.scheme)?.get(&one.code)?;
            if !placed && broader.is_some() {
                return None;
            }
            first = first.or(Some(*id));
        }
        first
    }
}

/// An organisation that a record of a work or a person names: by ROR id, then by its other identifiers, then by name and
/// country where only one organisation is meant; else a new one.
///
/// # Errors
/// The database's.
pub async fn named(
    tx: &mut Tx,
    now: i64,
    cache: &mut Cache,
    record: &RecordInstitution,
) -> DbResult<i64> {
    let key = cache_key(record);
    if let Some(id) = cache.institutions.get(&key) {
        return Ok(*id);
    }
    let id = match lookup(tx, record).await? {
        Some(id) => id,
        None => add(tx, now, record).await?,
    };
    let mut identifiers = Bulk::new("institution_identifiers", INSTITUTION_IDENTIFIERS);
    for (scheme, value) in &record.identifiers {
        identifiers.push((scheme, value, id))?;
    }
    identifiers.write(tx).await?;
    cache.institutions.insert(key, id);
    Ok(id)
}

fn cache_key(record: &RecordInstitution) -> String {
    if let Some(ror) = &record.ror {
        return ror.clone();
    }
    let country = record.country.as_deref().unwrap_or_default();
    let mut key = format!("{}\n{country}", record.name);
    for (scheme, value) in &record.identifiers {
        key.push('\n');
        key.push_str(scheme);
        key.push(':');
        key.push_str(value);
    }
    key
}

async fn lookup(tx: &mut Tx, record: &RecordInstitution) -> DbResult<Option<i64>> {
    if let Some(ror) = &record.ror {
        let found: Option<(i64,)> = tx
            .optional("SELECT id FROM institutions WHERE ror = $1", args![ror])
            .await?;
        if let Some((id,)) = found {
            return Ok(Some(id));
        }
    }
    for (scheme, value) in &record.identifiers {
        let found: Option<(i64, Option<String>)> = tx
            .optional(
                "SELECT i.id, i.ror FROM institution_identifiers n JOIN institutions i ON i.id = n.institution_id
                 WHERE n.scheme = $1 AND n.value = $2",
                args![scheme, value],
            )
            .await?;
        let Some((id, ror)) = found else { continue };
        match (&record.ror, ror) {
            // Two ROR ids are two organisations, whatever else they are said to share.
            (Some(_), Some(_)) => {}
            (Some(given), None) => {
                tx.execute(
                    "UPDATE institutions SET ror = $1 WHERE id = $2",
                    args![given, id],
                )
                .await?;
                return Ok(Some(id));
            }
            (None, _) => return Ok(Some(id)),
        }
    }
    if record.ror.is_some() {
        return Ok(None);
    }
    lookup_name(tx, record).await
}

/// An organisation as a name finds it: (id, country, ROR id or an identifier of another register).
type Namesake = (i64, Option<String>, Option<String>);

/// The one organisation of that name, in that country where the record tells one. Of several, only one that is itself
/// no more than a name.
async fn lookup_name(tx: &mut Tx, record: &RecordInstitution) -> DbResult<Option<i64>> {
    let mut found: Vec<Namesake> = tx
        .all(
            "SELECT id, country, COALESCE(ror,
                (SELECT MIN(n.value) FROM institution_identifiers n WHERE n.institution_id = institutions.id))
             FROM institutions WHERE name_key = $1 ORDER BY id",
            args![names::name_key(&record.name)],
        )
        .await?;
    if record.country.is_some() {
        found.retain(|(_, country, _)| *country == record.country);
    }
    let bare = |(id, country, identifier): &Namesake| {
        (identifier.is_none() && *country == record.country).then_some(*id)
    };
    Ok(match found.as_slice() {
        // Its own identifiers were looked for and belong to nobody: this is another one.
        [(_, _, Some(_))] if !record.identifiers.is_empty() => None,
        [(id, _, _)] => Some(*id),
        several => several.iter().find_map(bare),
    })
}

async fn add(tx: &mut Tx, now: i64, record: &RecordInstitution) -> DbResult<i64> {
    let id = tx
        .insert(
            "INSERT INTO institutions (name, name_key, slug, ror, country, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
            args![
                &record.name,
                names::name_key(&record.name),
                names::slug_or(&record.name, "institution"),
                record.ror.as_deref(),
                record.country.as_deref(),
                now,
            ],
        )
        .await?;
    let mut rows = Described::default();
    rows.names(id, [(record.name.as_str(), None)])?;
    rows.domains(id, &record.domains)?;
    rows.write(tx).await?;
    Ok(id)
}

/// Names and domains of organisations that wait to be written.
struct Described {
    names: Bulk,
    tokens: Bulk,
    domains: Bulk,
}

impl Default for Described {
    fn default() -> Self {
        Self {
            names: Bulk::new("institution_names", INSTITUTION_NAMES),
            tokens: Bulk::new("institution_name_tokens", INSTITUTION_TOKENS),
            domains: Bulk::new("institution_domains", INSTITUTION_DOMAINS),
        }
    }
}

impl Described {
    /// Names with their languages, and the words by which they are found. Of two that are written alike the first counts.
    fn names<'a>(
        &mut self,
        id: i64,
        names: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    ) -> DbResult<()> {
        let mut written = HashSet::new();
        let mut words = HashSet::new();
        for (name, lang) in names {
            let key = names::name_key(name);
            if key.is_empty() || !written.insert(name) {
                continue;
            }
            let lang = lang.map(str::to_lowercase);
            self.names.push((id, name, &key, lang))?;
            for word in key.split(' ') {
                if !words.contains(word) {
                    self.tokens.push((word, id))?;
                    words.insert(word.to_owned());
                }
            }
        }
        Ok(())
    }

    fn domains(&mut self, id: i64, domains: &[String]) -> DbResult<()> {
        for domain in domains {
            self.domains.push((domain.to_lowercase(), id))?;
        }
        Ok(())
    }

    async fn write(&mut self, tx: &mut Tx) -> DbResult<()> {
        for rows in [&mut self.names, &mut self.tokens, &mut self.domains] {
            rows.write(tx).await?;
        }
        Ok(())
    }
}
