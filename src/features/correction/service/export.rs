//! Corrections for the sources that the mistakes came from: what their records should say, and why. Hidden works are left
//! out, since no source is wrong there. A former name stands nowhere in it.

use std::collections::HashMap;

use serde::Serialize;

use crate::db::{Db, addresses};
use crate::domain::clock::iso_date;
use crate::domain::correction::{Change, Detail, FormerNames, Kind, Verdict};
use crate::domain::ids::{AuthorId, CorrectionId};
use crate::error::AppError;
use crate::features::correction::queries::export::{self as exported, DecisionRow};
use crate::features::correction::queries::read::HistoryRow;
use crate::features::correction::queries::{self, people, read};
use crate::paths;

/// The most corrections that one file holds, newest first.
const MOST: i64 = 2_000;

/// One statement about one record of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Number of the correction.
    pub correction: i64,
    /// Day on which it was made, ISO 8601.
    pub date: String,
    /// `merge`, `split`, `not_mine`, `mine`, `rename`.
    pub kind: String,
    /// The source of the record; empty where it concerns no single record.
    pub source: String,
    /// The source's name for the record.
    pub record_key: String,
    /// Identifiers of the work, `scheme:value`.
    pub work_identifiers: Vec<String>,
    /// Title of the work.
    pub title: String,
    /// Place in the work's list of authors, from 1; nothing where it is not there any more.
    pub position: Option<i64>,
    /// The name printed there; nothing where that is a former name.
    pub printed_name: Option<String>,
    /// Identifiers that the record gives that person, `scheme:value`.
    pub record_person: Vec<String>,
    /// `is`: this is the author; `is_not`: it is not; `name`: this is the name to show.
    pub statement: String,
    /// The author's name.
    pub author_name: String,
    /// The author's identifiers, `scheme:value`.
    pub author_identifiers: Vec<String>,
    /// The author's page here.
    pub author_page: String,
    /// Why; nothing where that would tell a former name.
    pub reason: Option<String>,
}

/// The author as a record names one.
#[derive(Clone, Default)]
struct Person {
    name: String,
    identifiers: Vec<String>,
    page: String,
}

/// Everything that corrections in force say about an author, oldest first. `base` is the site's own address.
pub async fn list(db: &Db, author: AuthorId, base: &str) -> Result<Vec<Record>, AppError> {
    let mut db = db.clone();
    let row = people::lookup(&mut db, author)
        .await?
        .ok_or(AppError::NotFound)?;
    let former = addresses::former_names(&mut db, author, &row.name).await?;
    let joined = read::list_joined(&mut db, author).await?;
    let mut rows = read::list_history(&mut db, &joined, MOST).await?;
    rows.retain(|row| row.undone_at.is_none());
    rows.reverse();
    let ids: Vec<CorrectionId> = rows.iter().map(|row| CorrectionId(row.id)).collect();
    let mut decisions: HashMap<i64, Vec<DecisionRow>> = HashMap::new();
    for decision in exported::list_decisions(&mut db, &ids).await? {
        decisions
            .entry(decision.correction_id)
            .or_default()
            .push(decision);
    }
    let sources = Sources::read(&mut db, author, &decisions, &joined).await?;
    let persons = persons(&mut db, &decisions, author, base).await?;
    let mut out = Vec::new();
    for row in rows {
        let Some(kind) = Kind::parse(&row.kind).filter(|kind| *kind != Kind::Hide) else {
            continue;
        };
        if kind == Kind::Rename {
            renamed(&mut out, &row, &sources, &persons, author, &former);
            continue;
        }
        for decision in decisions.remove(&row.id).unwrap_or_default() {
            let Some(verdict) = Verdict::parse(&decision.verdict) else {
                continue;
            };
            let statement = match verdict {
                Verdict::Is | Verdict::Hidden => "is",
                Verdict::IsNot => "is_not",
            };
            let person = persons.get(&decision.author_id).cloned();
            let base = base_of(&row, statement, person.unwrap_or_default(), &former);
            let key = (decision.work_id, decision.name_key.clone(), decision.nth);
            sources.complete(
                &mut out,
                base,
                decision.work_id,
                sources.spots.get(&key),
                &former,
            );
        }
    }
    Ok(out)
}

fn base_of(row: &HistoryRow, statement: &str, person: Person, former: &FormerNames) -> Record {
    Record {
        correction: row.id,
        date: iso_date(row.at),
        kind: row.kind.clone(),
        statement: statement.to_owned(),
        author_name: if former.covers(&person.name) {
            String::new()
        } else {
            person.name
        },
        author_identifiers: person.identifiers,
        author_page: person.page,
        reason: Some(row.reason.clone()).filter(|reason| !former.is_told_by(reason)),
        ..Record::default()
    }
}

/// A new name is a statement about the author, and where the old one is to go, about every record that prints it.
fn renamed(
    out: &mut Vec<Record>,
    row: &HistoryRow,
    sources: &Sources,
    persons: &HashMap<i64, Person>,
    author: AuthorId,
    former: &FormerNames,
) {
    let person = persons.get(&author.0).cloned().unwrap_or_default();
    let Ok(detail) = serde_json::from_str::<Detail>(&row.detail) else {
        return;
    };
    let Change::Rename { former: hidden, .. } = detail.change else {
        return;
    };
    let base = base_of(row, "name", person, former);
    if hidden.is_empty() {
        out.push(base);
        return;
    }
    let mut any = false;
    for place in sources
        .own
        .iter()
        .filter(|place| former.covers(&place.printed))
    {
        any = true;
        sources.complete(out, base.clone(), place.work, Some(place), former);
    }
    if !any {
        out.push(base);
    }
}

/// An authorship where it stands today.
struct Place {
    work: i64,
    position: i64,
    printed: String,
}

/// What the records of the works say.
struct Sources {
    spots: HashMap<(i64, String, i64), Place>,
    own: Vec<Place>,
    works: HashMap<i64, String>,
    identifiers: HashMap<i64, Vec<String>>,
    records: HashMap<i64, Vec<(String, String)>>,
    people: HashMap<(i64, i64), Vec<String>>,
}

impl Sources {
    async fn read(
        db: &mut Db,
        author: AuthorId,
        decisions: &HashMap<i64, Vec<DecisionRow>>,
        joined: &[i64],
    ) -> Result<Self, AppError> {
        let own_spots = queries::spots_of(db, author).await?;
        let mut works: Vec<i64> = decisions
            .values()
            .flatten()
            .map(|decision| decision.work_id)
            .chain(own_spots.iter().map(|spot| spot.work))
            .collect();
        works.sort_unstable();
        works.dedup();
        let wanted: std::collections::HashSet<(i64, &str, i64)> = decisions
            .values()
            .flatten()
            .map(|d| (d.work_id, d.name_key.as_str(), d.nth))
            .collect();
        let spots = queries::spots(db, &works, |spot| {
            wanted.contains(&(spot.work, spot.key.as_str(), spot.nth))
                || spot.author.is_some_and(|author| joined.contains(&author))
        })
        .await?;
        let place = |spot: &queries::Spot| Place {
            work: spot.work,
            position: spot.position,
            printed: spot.printed.clone(),
        };
        let mut sources = Self {
            own: own_spots.iter().map(place).collect(),
            spots: spots
                .iter()
                .map(|spot| ((spot.work, spot.key.clone(), spot.nth), place(spot)))
                .collect(),
            works: HashMap::new(),
            identifiers: HashMap::new(),
            records: HashMap::new(),
            people: HashMap::new(),
        };
        for (work, title, ..) in read::find_works(db, &works).await? {
            sources.works.insert(work, title);
        }
        for (work, scheme, value) in exported::list_work_identifiers(db, &works).await? {
            let list = sources.identifiers.entry(work).or_default();
            list.push(format!("{scheme}:{value}"));
        }
        for (work, source, key) in exported::list_records(db, &works).await? {
            sources.records.entry(work).or_default().push((source, key));
        }
        for (work, position, identifiers) in exported::list_person_identifiers(db, &works).await? {
            let list = identifiers.split(' ').map(str::to_owned).collect();
            sources.people.insert((work, position), list);
        }
        Ok(sources)
    }

    /// One record for each record of a source that the work was read from.
    fn complete(
        &self,
        out: &mut Vec<Record>,
        base: Record,
        work: i64,
        place: Option<&Place>,
        former: &FormerNames,
    ) {
        let filled = Record {
            work_identifiers: self.identifiers.get(&work).cloned().unwrap_or_default(),
            title: self.works.get(&work).cloned().unwrap_or_default(),
            position: place.map(|place| place.position),
            printed_name: place
                .map(|place| place.printed.clone())
                .filter(|printed| !former.covers(printed)),
            record_person: place
                .and_then(|place| self.people.get(&(work, place.position)))
                .cloned()
                .unwrap_or_default(),
            ..base
        };
        let records = self.records.get(&work).map_or(&[][..], Vec::as_slice);
        if records.is_empty() {
            out.push(filled);
            return;
        }
        for (source, key) in records {
            out.push(Record {
                source: source.clone(),
                record_key: key.clone(),
                ..filled.clone()
            });
        }
    }
}

/// The authors that are spoken of, as they stand today.
async fn persons(
    db: &mut Db,
    decisions: &HashMap<i64, Vec<DecisionRow>>,
    author: AuthorId,
    base: &str,
) -> Result<HashMap<i64, Person>, AppError> {
    let mut named: Vec<i64> = decisions
        .values()
        .flatten()
        .map(|decision| decision.author_id)
        .chain([author.0])
        .collect();
    named.sort_unstable();
    named.dedup();
    let mut out = HashMap::new();
    for id in named {
        let today = super::current(db, AuthorId(id)).await?;
        let Some(row) = people::lookup(db, today).await? else {
            continue;
        };
        if row.hidden_at.is_some() {
            out.insert(id, Person::default());
            continue;
        }
        let identifiers = read::list_author_identifiers(db, &[today.0]).await?;
        let page = paths::encode(&paths::author(today, &row.slug));
        out.insert(
            id,
            Person {
                name: row.name,
                identifiers: identifiers
                    .into_iter()
                    .map(|(_, scheme, value)| format!("{scheme}:{value}"))
                    .collect(),
                page: format!("{base}{page}"),
            },
        );
    }
    Ok(out)
}

/// The same as a table (RFC 4180), lists joined by spaces. A cell that a spreadsheet would take for a formula begins with an
/// apostrophe.
pub fn csv(records: &[Record]) -> String {
    let mut out = String::from(
        "correction,date,kind,source,record_key,work_identifiers,title,position,printed_name,record_person,\
         statement,author_name,author_identifiers,author_page,reason\r\n",
    );
    for record in records {
        let position = record.position.map(|n| n.to_string()).unwrap_or_default();
        let cells = [
            record.correction.to_string(),
            record.date.clone(),
            record.kind.clone(),
            record.source.clone(),
            record.record_key.clone(),
            record.work_identifiers.join(" "),
            record.title.clone(),
            position,
            record.printed_name.clone().unwrap_or_default(),
            record.record_person.join(" "),
            record.statement.clone(),
            record.author_name.clone(),
            record.author_identifiers.join(" "),
            record.author_page.clone(),
            record.reason.clone().unwrap_or_default(),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_keeps_its_commas_and_quotes_and_starts_no_formula() {
        let record = Record {
            correction: 1,
            title: "On \"x\", and y".into(),
            reason: Some("=HYPERLINK(\"http://evil.example\")\nsecond line".into()),
            ..Record::default()
        };
        let table = csv(&[record]);
        let row = table.split_once("\r\n").unwrap().1;
        assert!(row.contains("\"On \"\"x\"\", and y\""), "{row}");
        assert!(
            row.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\nsecond line\""),
            "{row}"
        );
        assert_eq!(table.lines().next().unwrap().split(',').count(), 15);
    }
}
