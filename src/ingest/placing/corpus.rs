//! What works have to say about who is who, kept small: a few dozen numbers for each work at hand.

use std::collections::{HashMap, HashSet};

use crate::args;
use crate::db::bulk::{Given, Kind};
use crate::db::{DbResult, Sql, Tx};
use crate::domain::identity::{self, Statistics};
use crate::ingest::mentions;

/// Works looked up at once.
const WORKS: usize = 5_000;
/// From so many works on, all counts are loaded instead of those that are asked for.
const MANY: usize = 20_000;

/// Every kind of count, by its stored number.
const KINDS: [identity::Kind; 8] = [
    identity::Kind::Work,
    identity::Kind::Person,
    identity::Kind::Family,
    identity::Kind::Given,
    identity::Kind::Venue,
    identity::Kind::Topic,
    identity::Kind::Institution,
    identity::Kind::Word,
];

fn number(kind: identity::Kind) -> i64 {
    KINDS
        .iter()
        .position(|k| *k == kind)
        .map_or(-1, |at| at as i64)
}

/// A form of a name as it is printed, shared by all who print it.
#[derive(Debug)]
pub struct Form {
    /// The name.
    pub printed: Box<str>,
    /// The family name in it, where the source tells.
    pub family: Option<Box<str>>,
    /// Other forms, as a JSON list.
    pub others: Option<Box<str>>,
    /// [`identity::Name::person_key`].
    pub person: u64,
    /// See [`crate::db::authors::block`].
    pub block: i64,
}

/// What an author said of an authorship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// Nothing.
    None,
    /// It is theirs.
    Confirmed,
    /// It is theirs and not shown.
    Hidden,
}

impl Stance {
    /// From the stored word.
    pub fn parse(word: Option<&str>) -> Self {
        match word {
            Some("confirmed") => Self::Confirmed,
            Some("hidden") => Self::Hidden,
            _ => Self::None,
        }
    }

    /// The stored word.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Confirmed => Some("confirmed"),
            Self::Hidden => Some("hidden"),
        }
    }
}

/// One authorship of a work.
#[derive(Clone, Debug)]
pub struct Seat {
    /// From 1.
    pub position: u16,
    /// Which of [`Corpus::form`].
    pub form: u32,
    /// Which of [`Corpus::source`].
    pub source: u16,
    /// What its author said.
    pub stance: Stance,
    /// How sure it is that the author is meant.
    pub confidence: f32,
    /// Whose it is.
    pub author: Option<i64>,
    /// Of the person: scheme:value, separated by spaces.
    pub identifiers: Option<Box<str>>,
}

/// What one work says.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// Its authors, collectives left out.
    pub seats: Box<[Seat]>,
    /// Of a long list of authors the people who are kept as co-authors, see [`mentions::COAUTHORS_MAX`].
    pub leading: Option<Box<[u64]>>,
    /// Keys of its topics.
    pub topics: Box<[u64]>,
    /// Keys of the words of its title.
    pub words: Box<[u64]>,
    /// (position, row number of the institution)
    pub institutions: Box<[(u16, i64)]>,
    /// (position, key of a part of the printed affiliation), where no institution is known
    pub affiliations: Box<[(u16, u64)]>,
    /// Key of the venue.
    pub venue: Option<u64>,
    /// Year of publication.
    pub year: Option<i16>,
}

impl Features {
    /// Keys of the institutions of an author, or of what is printed of them.
    pub fn institutions_at(&self, position: u16) -> impl Iterator<Item = u64> {
        let known = self
            .institutions
            .iter()
            .filter(move |(at, _)| *at == position);
        let printed = self
            .affiliations
            .iter()
            .filter(move |(at, _)| *at == position);
        known
            .map(|(_, id)| spread(*id))
            .chain(printed.map(|(_, part)| *part))
    }

    fn institutions(&self) -> impl Iterator<Item = u64> {
        let printed = self.affiliations.iter().map(|(_, part)| *part);
        self.institutions
            .iter()
            .map(|(_, id)| spread(*id))
            .chain(printed)
    }
}

/// Works by number.
#[derive(Default)]
pub struct Corpus {
    works: HashMap<i64, Features>,
    /// What each name that occurs in them is counted under, besides itself.
    names: HashMap<u64, Box<[(u8, u64)]>>,
    forms: Vec<Form>,
    form_of: HashMap<FormKey, u32>,
    sources: Vec<Box<str>>,
}

/// Printed name, family name, other names.
type FormKey = (Box<str>, Option<Box<str>>, Option<Box<str>>);

/// work, position, printed, family, others, affiliation, author, stance, confidence, identifiers, source
type SeatRow = (
    i64,
    i64,
    Box<str>,
    Option<Box<str>>,
    Option<Box<str>>,
    Option<String>,
    Option<i64>,
    Option<String>,
    f64,
    Option<Box<str>>,
    String,
);

impl Corpus {
    /// What a work says; nothing for one that was not loaded.
    pub fn get(&self, work: i64) -> Option<&Features> {
        self.works.get(&work)
    }

    /// A form of a name.
    pub fn form(&self, form: u32) -> &Form {
        &self.forms[form as usize]
    }

    /// The name of a source.
    pub fn source(&self, source: u16) -> &str {
        self.sources
            .get(usize::from(source))
            .map_or("", |name| name)
    }

    fn form_of(&mut self, key: FormKey) -> u32 {
        if let Some(form) = self.form_of.get(&key) {
            return *form;
        }
        let name = super::name(&key.0, key.1.as_deref(), key.2.as_deref());
        let person = name.person_key();
        self.names.entry(person).or_insert_with(|| {
            identity::count_name(&name, true)
                .into_iter()
                .filter(|(kind, _)| *kind != identity::Kind::Person)
                .map(|(kind, key)| (number(kind) as u8, key))
                .collect()
        });
        let form = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        self.forms.push(Form {
            printed: key.0.clone(),
            family: key.1.clone(),
            others: key.2.clone(),
            person,
            block: crate::db::authors::block(&name),
        });
        self.form_of.insert(key, form);
        form
    }

    fn source_of(&mut self, source: &str) -> u16 {
        let known = self.sources.iter().position(|name| **name == *source);
        let at = known.unwrap_or_else(|| {
            self.sources.push(source.into());
            self.sources.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// Forgets these works.
    pub fn forget(&mut self, works: &[i64]) {
        for work in works {
            self.works.remove(work);
        }
    }

    /// Loads works; answers those that were not there before.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(&mut self, db: &mut impl Sql, works: &[i64]) -> DbResult<Vec<i64>> {
        let missing: Vec<i64> = works
            .iter()
            .copied()
            .filter(|work| !self.works.contains_key(work))
            .collect();
        for works in missing.chunks(WORKS) {
            self.load_some(db, works).await?;
        }
        Ok(missing)
    }

    async fn load_some(&mut self, db: &mut impl Sql, works: &[i64]) -> DbResult<()> {
        let given = || Given::ids(works.iter().copied());
        let rows: Vec<(i64, Option<i64>, Option<String>, String)> = given()?
            .rows(
                db,
                "x.id, x.year, x.venue, x.title_key",
                "SELECT w.id, w.year, w.venue, w.title_key FROM {given} g CROSS JOIN works w WHERE w.id = g.id",
            )
            .await?;
        for (work, year, venue, title) in rows {
            let features = Features {
                words: identity::words(&title).into(),
                venue: venue.as_deref().and_then(mentions::venue_key),
                year: year.and_then(|year| i16::try_from(year).ok()),
                ..Features::default()
            };
            self.works.insert(work, features);
        }
        self.load_institutions(db, works).await?;
        let rows: Vec<SeatRow> = given()?
            .rows(
                db,
                "x.work_id, x.position, x.name_printed, x.family_printed, x.other_names, x.affiliation_printed,
                 x.author_id, x.stance, x.confidence, x.identifiers, x.source",
                "SELECT s.* FROM {given} g CROSS JOIN authorships s WHERE s.work_id = g.id AND NOT s.collective
                 ORDER BY s.work_id, s.position",
            )
            .await?;
        let mut rows = rows.into_iter().peekable();
        while let Some(work) = rows.peek().map(|row| row.0) {
            let mut seats: Vec<Seat> = Vec::new();
            let mut people: Vec<u64> = Vec::new();
            let mut affiliations: Vec<(u16, u64)> = Vec::new();
            while let Some(row) = rows.next_if(|row| row.0 == work) {
                let (
                    _,
                    position,
                    printed,
                    family,
                    others,
                    affiliation,
                    author,
                    stance,
                    confidence,
                    ids,
                    source,
                ) = row;
                let Ok(position) = u16::try_from(position) else {
                    continue;
                };
                let form = self.form_of((printed, family, others));
                let source = self.source_of(&source);
                people.push(self.form(form).person);
                if let Some(affiliation) = affiliation {
                    let parts = mentions::affiliation_keys([affiliation.as_str()].into_iter());
                    affiliations.extend(parts.into_iter().map(|part| (position, part)));
                }
                seats.push(Seat {
                    position,
                    form,
                    source,
                    stance: Stance::parse(stance.as_deref()),
                    confidence: confidence as f32,
                    author,
                    identifiers: ids,
                });
            }
            if let Some(features) = self.works.get_mut(&work) {
                if seats.len() > mentions::COAUTHORS_MAX {
                    features.leading = Some(mentions::smallest(people).into());
                }
                // Where an organisation is known, what is printed of it says nothing more.
                affiliations
                    .retain(|(at, _)| features.institutions.iter().all(|(known, _)| known != at));
                features.affiliations = affiliations.into();
                features.seats = seats.into();
            }
        }
        let rows: Vec<(i64, i64)> = given()?
            .rows(
                db,
                "x.work_id, x.topic_id",
                "SELECT t.work_id, t.topic_id FROM {given} g CROSS JOIN work_topics t
                 WHERE t.work_id = g.id ORDER BY t.work_id",
            )
            .await?;
        for run in rows.chunk_by(|a, b| a.0 == b.0) {
            if let Some(features) = self.works.get_mut(&run[0].0) {
                features.topics = run.iter().map(|(_, topic)| spread(*topic)).collect();
            }
        }
        Ok(())
    }

    async fn load_institutions(&mut self, db: &mut impl Sql, works: &[i64]) -> DbResult<()> {
        let rows: Vec<(i64, i64, i64)> = Given::ids(works.iter().copied())?
            .rows(
                db,
                "x.work_id, x.position, x.institution_id",
                "SELECT i.work_id, i.position, i.institution_id FROM {given} g CROSS JOIN authorship_institutions i
                 WHERE i.work_id = g.id ORDER BY i.work_id",
            )
            .await?;
        for run in rows.chunk_by(|a, b| a.0 == b.0) {
            if let Some(features) = self.works.get_mut(&run[0].0) {
                features.institutions = run
                    .iter()
                    .filter_map(|(_, position, id)| Some((u16::try_from(*position).ok()?, *id)))
                    .collect();
            }
        }
        Ok(())
    }
}

/// A row number as a key.
fn spread(id: i64) -> u64 {
    id.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Counts of evidence over all works.
#[derive(Default)]
pub struct Counts {
    counts: HashMap<(u8, u64), u32>,
    totals: [u64; KINDS.len()],
    /// Everything is loaded.
    whole: bool,
    asked: HashSet<(u8, u64)>,
}

impl Statistics for Counts {
    fn count(&self, kind: identity::Kind, key: u64) -> u32 {
        self.counts
            .get(&(number(kind) as u8, key))
            .copied()
            .unwrap_or(0)
    }

    fn total(&self, kind: identity::Kind) -> u64 {
        usize::try_from(number(kind)).map_or(0, |at| self.totals[at])
    }
}

impl Counts {
    /// Counts works that were not counted before, and keeps all counts that placing so many works will ask for.
    ///
    /// # Errors
    /// The database's.
    pub async fn add(
        &mut self,
        tx: &mut Tx,
        corpus: &Corpus,
        works: &[(i64, bool)],
    ) -> DbResult<()> {
        if works.len() >= MANY {
            self.load_all(tx).await?;
        } else {
            let ids: Vec<i64> = works.iter().map(|(work, _)| *work).collect();
            self.fetch(tx, corpus, &ids).await?;
        }
        self.load_totals(tx).await?;
        let mut more: HashMap<(u8, u64), u32> = HashMap::new();
        let new = works.iter().filter(|(_, counted)| !counted);
        for features in new.filter_map(|(work, _)| corpus.get(*work)) {
            for seat in &features.seats {
                let key = corpus.form(seat.form).person;
                let person = (number(identity::Kind::Person) as u8, key);
                if !self.counts.contains_key(&person) && !more.contains_key(&person) {
                    for counted in corpus.names.get(&key).into_iter().flatten() {
                        *more.entry(*counted).or_default() += 1;
                    }
                }
                *more.entry(person).or_default() += 1;
            }
            let mut raise = |kind, key| *more.entry((number(kind) as u8, key)).or_default() += 1;
            raise(identity::Kind::Work, 0);
            for topic in &features.topics {
                raise(identity::Kind::Topic, *topic);
            }
            for word in &features.words {
                raise(identity::Kind::Word, *word);
            }
            if let Some(venue) = features.venue {
                raise(identity::Kind::Venue, venue);
            }
            for institution in features.institutions() {
                raise(identity::Kind::Institution, institution);
            }
        }
        self.write(tx, more).await?;
        Ok(())
    }

    async fn write(&mut self, tx: &mut Tx, more: HashMap<(u8, u64), u32>) -> DbResult<()> {
        let mut rows = Given::new(COUNTS);
        let mut totals = [0_u64; KINDS.len()];
        let mut sorted: Vec<((u8, u64), u32)> = more.into_iter().collect();
        // In the order of the table, which it is then written in.
        sorted.sort_unstable_by_key(|((kind, key), _)| (*kind, key.cast_signed()));
        for ((kind, key), n) in sorted {
            *self.counts.entry((kind, key)).or_default() += n;
            totals[usize::from(kind)] += u64::from(n);
            rows.push((kind, key.cast_signed(), n))?;
            if rows.len() == WORKS {
                rows.execute(tx, RAISE).await?;
            }
        }
        rows.execute(tx, RAISE).await?;
        for (kind, n) in totals.into_iter().enumerate() {
            self.totals[kind] += n;
            if n > 0 {
                tx.execute(
                    "INSERT INTO evidence_totals (kind, n) VALUES ($1, $2)
                     ON CONFLICT (kind) DO UPDATE SET n = evidence_totals.n + excluded.n",
                    args![kind as i64, n as i64],
                )
                .await?;
            }
        }
        Ok(())
    }

    async fn load_totals(&mut self, db: &mut impl Sql) -> DbResult<()> {
        let rows: Vec<(i64, i64)> = db
            .all("SELECT kind, n FROM evidence_totals", args![])
            .await?;
        for (kind, n) in rows {
            if let Some(total) = usize::try_from(kind)
                .ok()
                .and_then(|k| self.totals.get_mut(k))
            {
                *total = n.unsigned_abs();
            }
        }
        Ok(())
    }

    async fn load_all(&mut self, db: &mut impl Sql) -> DbResult<()> {
        if self.whole {
            return Ok(());
        }
        self.whole = true;
        let (mut kind, mut key) = (-1_i64, i64::MIN);
        loop {
            let rows: Vec<(i64, i64, i64)> = db
                .all(
                    "SELECT kind, key, n FROM evidence_counts WHERE (kind, key) > ($1, $2)
                     ORDER BY kind, key LIMIT 50000",
                    args![kind, key],
                )
                .await?;
            let Some((last_kind, last_key, _)) = rows.last() else {
                return Ok(());
            };
            (kind, key) = (*last_kind, *last_key);
            for row in rows {
                self.keep(row);
            }
        }
    }

    fn keep(&mut self, (kind, key, n): (i64, i64, i64)) {
        let kind = u8::try_from(kind).unwrap_or(u8::MAX);
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        self.counts.insert((kind, key.cast_unsigned()), n);
    }

    /// Loads the counts of everything that these works say.
    ///
    /// # Errors
    /// The database's.
    pub async fn fetch(
        &mut self,
        db: &mut impl Sql,
        corpus: &Corpus,
        works: &[i64],
    ) -> DbResult<()> {
        if self.whole {
            return Ok(());
        }
        let mut wanted: Vec<(u8, u64)> = vec![(number(identity::Kind::Work) as u8, 0)];
        for features in works.iter().filter_map(|work| corpus.get(*work)) {
            for seat in &features.seats {
                let person = corpus.form(seat.form).person;
                wanted.extend(corpus.names.get(&person).into_iter().flatten());
            }
            let mut want = |kind, key| wanted.push((number(kind) as u8, key));
            for seat in &features.seats {
                want(identity::Kind::Person, corpus.form(seat.form).person);
            }
            for topic in &features.topics {
                want(identity::Kind::Topic, *topic);
            }
            for word in &features.words {
                want(identity::Kind::Word, *word);
            }
            if let Some(venue) = features.venue {
                want(identity::Kind::Venue, venue);
            }
            for institution in features.institutions() {
                want(identity::Kind::Institution, institution);
            }
        }
        self.fetch_keys(db, wanted).await
    }

    async fn fetch_keys(&mut self, db: &mut impl Sql, wanted: Vec<(u8, u64)>) -> DbResult<()> {
        let mut given = Given::new(&[("kind", Kind::Int), ("key", Kind::Int)]);
        for (kind, key) in wanted {
            if self.asked.insert((kind, key)) {
                given.push((kind, key.cast_signed()))?;
            }
        }
        let rows: Vec<(i64, i64, i64)> = given
            .all(
                db,
                "SELECT c.kind, c.key, c.n FROM {given} g CROSS JOIN evidence_counts c
                 WHERE c.kind = g.kind AND c.key = g.key",
            )
            .await?;
        for row in rows {
            self.keep(row);
        }
        Ok(())
    }
}

const COUNTS: &[(&str, Kind)] = &[("kind", Kind::Int), ("key", Kind::Int), ("n", Kind::Int)];
const RAISE: &str =
    "INSERT INTO evidence_counts (kind, key, n) SELECT kind, key, n FROM {given} g WHERE true
     ON CONFLICT (kind, key) DO UPDATE SET n = evidence_counts.n + excluded.n";
