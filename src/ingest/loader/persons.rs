//! Persons as registries know them: what their records say about authors of works, whichever of the two comes first.

use std::collections::HashMap;
use std::sync::Arc;

use super::Loader;
use super::drafts::Draft;
use crate::args;
use crate::db::bulk::{Bulk, Given, Kind};
use crate::db::{DbError, DbResult, Sql};
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::identity;
use crate::domain::names::{self, PersonName};
use crate::ingest::compose;
use crate::ingest::record::{PersonRecord, RecordAuthor, WorkRecord};

/// A value of a scheme, of a person.
type Identifier = (String, String);

/// The columns of both tables that lead from an identifier to a person's record.
const VALUE_OF_PERSON: &[(&str, Kind)] = &[
    ("scheme", Kind::Text),
    ("value", Kind::Text),
    ("source", Kind::Text),
    ("record_key", Kind::Text),
];

/// What is known of persons for the works at hand.
#[derive(Default)]
pub(super) struct Persons {
    /// Whether there are any records of persons: without them nothing has to be looked up.
    any: bool,
    by_work: HashMap<WorkIdentifier, Vec<Arc<PersonRecord>>>,
    by_identifier: HashMap<Identifier, Vec<Arc<PersonRecord>>>,
    /// (source, folded name)
    by_name: HashMap<(String, String), Vec<Arc<PersonRecord>>>,
}

impl Persons {
    pub(super) async fn load(db: &mut impl Sql) -> DbResult<Self> {
        let any: Option<(i64,)> = db
            .optional(
                "SELECT CAST(1 AS BIGINT) FROM person_records LIMIT 1",
                args![],
            )
            .await?;
        Ok(Self {
            any: any.is_some(),
            ..Self::default()
        })
    }

    /// A record whose authors carry what records of persons say of them.
    pub(super) fn annotate(&self, mut record: WorkRecord) -> WorkRecord {
        if !self.any {
            return record;
        }
        for identifier in compose::identifiers(&[&record]) {
            for person in self.by_work.get(&identifier).into_iter().flatten() {
                let mut named = record
                    .authors
                    .iter_mut()
                    .filter(|author| is_named(person, &author.name));
                if let (Some(author), None) = (named.next(), named.next()) {
                    tell(author, person);
                }
            }
        }
        let source = record.source.clone();
        for author in &mut record.authors {
            for identifier in author.identifiers.clone() {
                if let Some([person]) = self.by_identifier.get(&identifier).map(Vec::as_slice) {
                    tell(author, person);
                }
            }
            let key = (source.clone(), names::name_key(&author.name.display()));
            // Where a source knows several persons of that name, only its own identifiers tell them apart.
            if author.identifiers.is_empty()
                && let Some([person]) = self.by_name.get(&key).map(Vec::as_slice)
            {
                tell(author, person);
            }
        }
        record
    }
}

/// Whether a name may be one of the person's.
fn is_named(person: &PersonRecord, name: &PersonName) -> bool {
    let block = identity::block(&identity::parse(name, &[]));
    std::iter::once(&person.name)
        .chain(&person.other_names)
        .any(|own| identity::block(&identity::parse(own, &[])) == block)
}

/// Adds the person's identifiers, unless one contradicts.
fn tell(author: &mut RecordAuthor, person: &PersonRecord) {
    let contradicts = person.identifiers.iter().any(|(scheme, value)| {
        let mut own = author.identifiers.iter();
        own.any(|(have, other)| have == scheme && other != value)
    });
    if contradicts {
        return;
    }
    for identifier in &person.identifiers {
        if !author.identifiers.contains(identifier) {
            author.identifiers.push(identifier.clone());
        }
    }
}

impl Loader<'_> {
    /// Looks up the persons that records of these works could be about.
    pub(super) async fn fetch_persons(&mut self, drafts: &[Draft]) -> DbResult<()> {
        if !self.persons.any {
            return Ok(());
        }
        let mut works = Given::new(&[("scheme", Kind::Text), ("value", Kind::Text)]);
        let mut identifiers = Given::new(&[("scheme", Kind::Text), ("value", Kind::Text)]);
        let mut printed = Given::new(&[("source", Kind::Text), ("name_key", Kind::Text)]);
        for record in drafts.iter().flat_map(|d| &d.records).map(|k| &k.record) {
            for identifier in compose::identifiers(&[record]) {
                works.push((identifier.scheme.as_str(), &identifier.value))?;
            }
            for author in &record.authors {
                for (scheme, value) in &author.identifiers {
                    identifiers.push((scheme, value))?;
                }
                printed.push((&record.source, names::name_key(&author.name.display())))?;
            }
        }
        let by_work: Vec<(String, String, String)> = works
            .all(
                self.tx().await?,
                "SELECT DISTINCT p.scheme, p.value, r.content FROM {given} g CROSS JOIN person_works p
                 JOIN person_records r ON r.source = p.source AND r.record_key = p.record_key
                 WHERE p.scheme = g.scheme AND p.value = g.value",
            )
            .await?;
        let by_identifier: Vec<(String, String, String)> = identifiers
            .all(
                self.tx().await?,
                "SELECT DISTINCT p.scheme, p.value, r.content FROM {given} g CROSS JOIN person_identifiers p
                 JOIN person_records r ON r.source = p.source AND r.record_key = p.record_key
                 WHERE p.scheme = g.scheme AND p.value = g.value",
            )
            .await?;
        let by_name: Vec<(String, String, String)> = printed
            .all(
                self.tx().await?,
                "SELECT DISTINCT p.source, p.name_key, r.content FROM {given} g CROSS JOIN person_names p
                 JOIN person_records r ON r.source = p.source AND r.record_key = p.record_key
                 WHERE p.source = g.source AND p.name_key = g.name_key",
            )
            .await?;
        let found = &mut self.persons;
        found.by_work.clear();
        found.by_identifier.clear();
        found.by_name.clear();
        for (scheme, value, content) in by_work {
            if let Some(scheme) = Scheme::parse(&scheme) {
                let identifier = WorkIdentifier { scheme, value };
                found
                    .by_work
                    .entry(identifier)
                    .or_default()
                    .push(read(&content)?);
            }
        }
        for (scheme, value, content) in by_identifier {
            let entry = found.by_identifier.entry((scheme, value)).or_default();
            entry.push(read(&content)?);
        }
        for (source, name, content) in by_name {
            let entry = found.by_name.entry((source, name)).or_default();
            entry.push(read(&content)?);
        }
        Ok(())
    }

    /// Stores a person's record; works that it is about are put together anew.
    pub(super) async fn person(&mut self, person: &PersonRecord) -> DbResult<()> {
        let content =
            serde_json::to_string(person).map_err(|error| DbError::Stored(error.to_string()))?;
        let digest = crate::ingest::record::digest(content.as_bytes());
        let (source, key) = (&person.source, &person.record_key);
        let now = self.now;
        let before: Option<(String,)> = self
            .tx()
            .await?
            .optional(
                "SELECT digest FROM person_records WHERE source = $1 AND record_key = $2",
                args![source, key],
            )
            .await?;
        if before.is_some_and(|(before,)| before == digest) {
            return Ok(());
        }
        self.summary.persons += 1;
        self.persons.any = true;
        self.tx().await?
            .execute(
                "INSERT INTO person_records (source, record_key, digest, content, imported_at)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (source, record_key) DO UPDATE
                 SET digest = excluded.digest, content = excluded.content, imported_at = excluded.imported_at",
                args![source, key, digest, content, now],
            )
            .await?;
        for sql in [
            "DELETE FROM person_works WHERE source = $1 AND record_key = $2",
            "DELETE FROM person_names WHERE source = $1 AND record_key = $2",
            "DELETE FROM person_identifiers WHERE source = $1 AND record_key = $2",
            "DELETE FROM person_institutions WHERE source = $1 AND record_key = $2",
        ] {
            self.tx().await?.execute(sql, args![source, key]).await?;
        }
        let mut works = Bulk::new("person_works", VALUE_OF_PERSON);
        for work in &person.works {
            works.push((work.scheme.as_str(), &work.value, source, key))?;
        }
        works.write(self.tx().await?).await?;
        let mut identifiers = Bulk::new("person_identifiers", VALUE_OF_PERSON);
        for (scheme, value) in &person.identifiers {
            identifiers.push((scheme, value, source, key))?;
        }
        identifiers.write(self.tx().await?).await?;
        let mut named = Bulk::new(
            "person_names",
            &[
                ("source", Kind::Text),
                ("name_key", Kind::Text),
                ("record_key", Kind::Text),
            ],
        );
        let mut blocks = Given::new(&[("block", Kind::Int)]);
        for name in std::iter::once(&person.name).chain(&person.other_names) {
            named.push((source, names::name_key(&name.display()), key))?;
            blocks.push((crate::db::authors::block(&identity::parse(name, &[])),))?;
        }
        named.write(self.tx().await?).await?;
        for (institution, from, to) in &person.institutions {
            let id = self.named(institution).await?;
            self.tx().await?
                .execute(
                    "INSERT INTO person_institutions (source, record_key, institution_id, from_year, to_year)
                     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                    args![source, key, id, *from, *to],
                )
                .await?;
        }
        self.works_of(person, blocks).await
    }

    /// Notes the works that have to be put together anew: those that the person's record lists, those whose authors carry one of
    /// its identifiers, and those of its source under one of its names.
    async fn works_of(&mut self, person: &PersonRecord, mut blocks: Given) -> DbResult<()> {
        let mut listed = Given::new(&[("scheme", Kind::Text), ("value", Kind::Text)]);
        for work in &person.works {
            listed.push((work.scheme.as_str(), &work.value))?;
        }
        let mut found: Vec<(i64,)> = listed
            .all(
                self.tx().await?,
                "SELECT DISTINCT i.work_id FROM {given} g CROSS JOIN work_identifiers i
                 WHERE i.scheme = g.scheme AND i.value = g.value",
            )
            .await?;
        let mut identifiers = Given::new(&[("scheme", Kind::Text), ("value", Kind::Text)]);
        for identifier in &person.identifiers {
            identifiers.push(identifier)?;
        }
        found.extend(
            identifiers
                .all::<(i64,)>(
                    self.tx().await?,
                    "SELECT DISTINCT s.work_id FROM {given} g CROSS JOIN author_identifiers i
                     JOIN authorships s ON s.author_id = i.author_id
                     WHERE i.scheme = g.scheme AND i.value = g.value",
                )
                .await?,
        );
        let under_name: Vec<(i64, String, String)> = blocks
            .all(
                self.tx().await?,
                "SELECT DISTINCT s.work_id, s.name_printed, r.source
                 FROM {given} g CROSS JOIN author_blocks n JOIN authorships s ON s.author_id = n.author_id
                 JOIN work_records r ON r.work_id = s.work_id WHERE n.block = g.block",
            )
            .await?;
        let own: Vec<String> = std::iter::once(&person.name)
            .chain(&person.other_names)
            .map(|name| names::name_key(&name.display()))
            .collect();
        for (work, printed, source) in under_name {
            if source == person.source && own.contains(&names::name_key(&printed)) {
                found.push((work,));
            }
        }
        self.redo.extend(found.into_iter().map(|(work,)| work));
        Ok(())
    }
}

fn read(content: &str) -> DbResult<Arc<PersonRecord>> {
    serde_json::from_str(content)
        .map(Arc::new)
        .map_err(|error| DbError::Stored(format!("a person's record: {error}")))
}
