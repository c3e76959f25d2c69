//! The organisations of the database, as [`domain::affiliation`](crate::domain::affiliation) looks for them in affiliations.

use std::collections::HashMap;

use crate::args;
use crate::db::{DbResult, Sql};
use crate::domain::affiliation::{Index, Organisation};

pub use crate::domain::affiliation::Match;

/// Organisations read at once.
const PAGE: i64 = 10_000;
/// Affiliations whose matches are remembered. The same ones come again within a file; after so many, few of them do.
const REMEMBERED: usize = 50_000;

/// Finds the organisations that affiliations name. It knows those that were there when it was loaded.
#[derive(Debug, Default)]
pub struct Matcher {
    index: Index,
    remembered: HashMap<String, Vec<Match>>,
    organisations: usize,
}

/// (id, name, town, country, status)
type Row = (i64, String, Option<String>, Option<String>, String);

impl Matcher {
    /// Reads every organisation that no register withdrew.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(db: &mut impl Sql) -> DbResult<Self> {
        let mut matcher = Self::default();
        let mut last = 0;
        loop {
            let rows: Vec<Row> = db
                .all(
                    "SELECT id, name, city, country, status FROM institutions
                     WHERE id > $1 AND status <> 'withdrawn' ORDER BY id LIMIT $2",
                    args![last, PAGE],
                )
                .await?;
            let Some((end, ..)) = rows.last() else { break };
            let names: Vec<(i64, String)> = db
                .all(
                    "SELECT institution_id, name FROM institution_names
                     WHERE institution_id > $1 AND institution_id <= $2 ORDER BY institution_id, name",
                    args![last, *end],
                )
                .await?;
            last = *end;
            matcher.add(&rows, &names);
        }
        matcher.index.finish();
        Ok(matcher)
    }

    /// Both in the order of the organisations' numbers.
    fn add(&mut self, rows: &[Row], names: &[(i64, String)]) {
        let mut names = names.iter().peekable();
        for (id, name, city, country, status) in rows {
            while names.next_if(|(of, _)| of < id).is_some() {}
            let mut other_names = Vec::new();
            while let Some((_, other)) = names.next_if(|(of, _)| of == id) {
                if other != name {
                    other_names.push(other.as_str());
                }
            }
            self.organisations += 1;
            self.index.add(&Organisation {
                id: *id,
                name,
                other_names,
                country: country.as_deref(),
                city: city.as_deref(),
                gone: status == "inactive",
            });
        }
    }

    /// How many organisations it knows.
    pub fn organisations(&self) -> usize {
        self.organisations
    }

    /// The organisations that an affiliation as printed names, the surest first; several affiliations are separated by semicolons.
    pub fn find(&mut self, affiliation: &str) -> Vec<Match> {
        if let Some(found) = self.remembered.get(affiliation) {
            return found.clone();
        }
        let found = self.index.find(affiliation);
        if self.remembered.len() == REMEMBERED {
            self.remembered.clear();
        }
        self.remembered
            .insert(affiliation.to_owned(), found.clone());
        found
    }
}
