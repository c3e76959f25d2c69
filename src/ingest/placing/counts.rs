//! How often each piece of evidence occurs over all works.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use super::corpus::Corpus;
use crate::args;
use crate::db::bulk::{Given, Kind};
use crate::db::{DbResult, Sql, Tx};
use crate::domain::identity::{self, Statistics};

/// Rows written at once.
const ROWS: usize = 5_000;
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

pub(super) fn number(kind: identity::Kind) -> i64 {
    KINDS
        .iter()
        .position(|k| *k == kind)
        .map_or(-1, |at| at as i64)
}

/// How much is added to counts.
type More = HashMap<(u8, u64), u32, RandomState>;

/// Counts of evidence over all works.
#[derive(Default)]
pub struct Counts {
    counts: HashMap<(u8, u64), u32, RandomState>,
    totals: [u64; KINDS.len()],
    /// Everything is loaded.
    whole: bool,
    asked: HashSet<(u8, u64), RandomState>,
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
        let mut more: More = HashMap::default();
        let new = works.iter().filter(|(_, counted)| !counted);
        for features in new.filter_map(|(work, _)| corpus.get(*work)) {
            for seat in features.seats {
                let key = corpus.person(seat.form);
                let person = (number(identity::Kind::Person) as u8, key);
                if !self.counts.contains_key(&person) && !more.contains_key(&person) {
                    for counted in corpus.counted_with(key) {
                        *more.entry(*counted).or_default() += 1;
                    }
                }
                *more.entry(person).or_default() += 1;
            }
            let mut raise = |kind, key| *more.entry((number(kind) as u8, key)).or_default() += 1;
            raise(identity::Kind::Work, 0);
            for topic in features.topics {
                raise(identity::Kind::Topic, *topic);
            }
            for word in features.words {
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

    async fn write(&mut self, tx: &mut Tx, more: More) -> DbResult<()> {
        let mut rows = Given::new(COUNTS);
        let mut totals = [0_u64; KINDS.len()];
        let mut sorted: Vec<((u8, u64), u32)> = more.into_iter().collect();
        // In the order of the table, which it is then written in.
        sorted.sort_unstable_by_key(|((kind, key), _)| (*kind, key.cast_signed()));
        for ((kind, key), n) in sorted {
            *self.counts.entry((kind, key)).or_default() += n;
            totals[usize::from(kind)] += u64::from(n);
            rows.push((kind, key.cast_signed(), n))?;
            if rows.len() == ROWS {
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
            for seat in features.seats {
                let person = corpus.person(seat.form);
                wanted.extend(corpus.counted_with(person));
            }
            let mut want = |kind, key| wanted.push((number(kind) as u8, key));
            for seat in features.seats {
                want(identity::Kind::Person, corpus.person(seat.form));
            }
            for topic in features.topics {
                want(identity::Kind::Topic, *topic);
            }
            for word in features.words {
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
