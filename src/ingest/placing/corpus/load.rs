//! Works from the database.

use std::collections::HashMap;

use super::{Corpus, Form, Stance, Told, ToldAuthor};
use crate::db::bulk::Given;
use crate::db::{DbResult, Sql};

/// Works looked up at once.
const WORKS: usize = 4_000;

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
    Box<str>,
);

impl Corpus {
    /// Loads those of these works that are not there yet.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(&mut self, db: &mut impl Sql, works: &[i64]) -> DbResult<()> {
        for works in self.missing(works).chunks(WORKS) {
            for told in read(db, works).await? {
                self.take(told);
            }
        }
        Ok(())
    }

    /// As [`Corpus::load`], until [`Corpus::let_pass`].
    ///
    /// # Errors
    /// The database's.
    pub async fn load_passing(&mut self, db: &mut impl Sql, works: &[i64]) -> DbResult<()> {
        for works in self.missing(works).chunks(WORKS) {
            for told in read(db, works).await? {
                self.take_passing(told);
            }
        }
        Ok(())
    }

    fn missing(&self, works: &[i64]) -> Vec<i64> {
        let works = works.iter().copied();
        works
            .filter(|work| !self.at.contains_key(work) && !self.passing.contains_key(work))
            .collect()
    }
}

async fn read(db: &mut impl Sql, works: &[i64]) -> DbResult<Vec<Told>> {
    let given = || Given::ids(works.iter().copied());
    let rows: Vec<(i64, Option<i64>, Option<String>, String)> = given()?
        .rows(
            db,
            "x.id, x.year, x.venue, x.title_key",
            "SELECT w.id, w.year, w.venue, w.title_key FROM {given} g CROSS JOIN works w WHERE w.id = g.id",
        )
        .await?;
    let mut told: Vec<Told> = rows
        .into_iter()
        .map(|(work, year, venue, title_key)| Told {
            work,
            year,
            venue,
            title_key,
            ..Told::default()
        })
        .collect();
    let at: HashMap<i64, usize> = told
        .iter()
        .enumerate()
        .map(|(at, t)| (t.work, at))
        .collect();
    let seats: Vec<SeatRow> = given()?
        .rows(
            db,
            "x.work_id, x.position, x.name_printed, x.family_printed, x.other_names, x.affiliation_printed,
             x.author_id, x.stance, x.confidence, x.identifiers, x.source",
            "SELECT s.* FROM {given} g CROSS JOIN authorships s WHERE s.work_id = g.id AND NOT s.collective
             ORDER BY s.work_id, s.position",
        )
        .await?;
    for row in seats {
        let (
            work,
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
        if let Some(at) = at.get(&work) {
            told[*at].authors.push(ToldAuthor {
                position,
                form: Form {
                    printed,
                    family,
                    others,
                },
                affiliation,
                identifiers: ids,
                source,
                author,
                stance: Stance::parse(stance.as_deref()),
                confidence,
            });
        }
    }
    let institutions: Vec<(i64, i64, i64)> = given()?
        .rows(
            db,
            "x.work_id, x.position, x.institution_id",
            "SELECT i.work_id, i.position, i.institution_id FROM {given} g CROSS JOIN authorship_institutions i
             WHERE i.work_id = g.id",
        )
        .await?;
    for (work, position, institution) in institutions {
        if let Some(at) = at.get(&work) {
            told[*at].institutions.push((position, institution));
        }
    }
    let topics: Vec<(i64, i64)> = given()?
        .rows(
            db,
            "x.work_id, x.topic_id",
            "SELECT t.work_id, t.topic_id FROM {given} g CROSS JOIN work_topics t WHERE t.work_id = g.id",
        )
        .await?;
    for (work, topic) in topics {
        if let Some(at) = at.get(&work) {
            told[*at].topics.push(topic);
        }
    }
    Ok(told)
}
