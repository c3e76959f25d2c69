//! One number for the whole public record, whatever row numbers it happened to get: two databases that hold the same works, by the
//! same people, with the same decisions give the same.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::args;
use crate::db::bulk::Given;
use crate::db::{Db, DbResult, Sql};

/// Works read at once.
const WORKS: usize = 5_000;

/// SHA-256 over works with their records, identifiers, topics and authorships, in hexadecimal. An author counts by the first of
/// their authorships, in the order of works and positions.
///
/// # Errors
/// The database's.
pub async fn checksum(db: &Db) -> DbResult<String> {
    let mut db = db.clone();
    let mut works = works(&mut db).await?;
    works.sort_unstable();
    let mut hash = Sha256::new();
    let mut people: HashMap<i64, String> = HashMap::new();
    for some in works.chunks(WORKS) {
        let mut texts = lines_of(&mut db, some).await?;
        let mut authors = authors_of(&mut db, some).await?;
        for (key, work) in some {
            line(&mut hash, key);
            let mut texts = texts.remove(work).unwrap_or_default();
            // The databases sort texts differently.
            texts.sort_unstable();
            for text in texts {
                line(&mut hash, &text);
            }
            for (position, author, printed, stance) in authors.remove(work).unwrap_or_default() {
                let who = match author {
                    Some(author) => people
                        .entry(author)
                        .or_insert_with(|| format!("{key} {position}"))
                        .as_str(),
                    None => "nobody",
                };
                line(&mut hash, &format!("{position} {printed} {stance:?} {who}"));
            }
        }
    }
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// Every work, by the first of its records.
async fn works(db: &mut Db) -> DbResult<Vec<(String, i64)>> {
    let mut works: Vec<(String, i64)> = Vec::new();
    let mut after = i64::MIN;
    loop {
        let ids: Vec<(i64,)> = db
            .all(
                "SELECT id FROM works WHERE id > $1 ORDER BY id LIMIT $2",
                args![after, WORKS as i64],
            )
            .await?;
        let Some((last,)) = ids.last() else {
            return Ok(works);
        };
        after = *last;
        let records: Vec<(i64, String, String)> = Given::ids(ids.into_iter().map(|(id,)| id))?
            .all(
                db,
                "SELECT r.work_id, r.source, r.record_key FROM {given} g CROSS JOIN work_records r
                 WHERE r.work_id = g.id ORDER BY r.work_id",
            )
            .await?;
        for of_one in records.chunk_by(|a, b| a.0 == b.0) {
            let first = of_one
                .iter()
                .map(|(_, source, key)| format!("{source} {key}"))
                .min();
            works.extend(first.map(|first| (first, of_one[0].0)));
        }
    }
}

/// What is said of each work, as lines.
async fn lines_of(db: &mut Db, works: &[(String, i64)]) -> DbResult<HashMap<i64, Vec<String>>> {
    let mut lines: HashMap<i64, Vec<String>> = HashMap::new();
    for sql in [
        "SELECT w.id, w.title_html || ' ' || w.kind || ' ' || COALESCE(CAST(w.year AS TEXT), '-') || ' '
            || COALESCE(w.origins, '-') || ' ' || COALESCE(w.abstract_html, '-')
         FROM {given} g CROSS JOIN works w WHERE w.id = g.id",
        "SELECT r.work_id, r.source || ' ' || r.record_key || ' ' || r.digest
         FROM {given} g CROSS JOIN work_records r WHERE r.work_id = g.id",
        "SELECT i.work_id, i.scheme || ' ' || i.value
         FROM {given} g CROSS JOIN work_identifiers i WHERE i.work_id = g.id",
        "SELECT w.work_id, t.scheme || ' ' || t.code
         FROM {given} g CROSS JOIN work_topics w JOIN topics t ON t.id = w.topic_id WHERE w.work_id = g.id",
    ] {
        let rows: Vec<(i64, String)> = Given::ids(works.iter().map(|(_, id)| *id))?.all(db, sql).await?;
        for (work, text) in rows {
            lines.entry(work).or_default().push(text);
        }
    }
    Ok(lines)
}

/// (work, position, author, name as printed, stance)
type SeatRow = (i64, i64, Option<i64>, String, Option<String>);
/// Without the work.
type Seat = (i64, Option<i64>, String, Option<String>);

async fn authors_of(db: &mut Db, works: &[(String, i64)]) -> DbResult<HashMap<i64, Vec<Seat>>> {
    let rows: Vec<SeatRow> = Given::ids(works.iter().map(|(_, id)| *id))?
            .all(
                db,
                "SELECT s.work_id, s.position, s.author_id, s.name_printed, s.stance
                 FROM {given} g CROSS JOIN authorships s WHERE s.work_id = g.id ORDER BY s.work_id, s.position",
            )
            .await?;
    let mut seats: HashMap<i64, Vec<Seat>> = HashMap::new();
    for (work, position, author, printed, stance) in rows {
        seats
            .entry(work)
            .or_default()
            .push((position, author, printed, stance));
    }
    Ok(seats)
}

fn line(hash: &mut Sha256, text: &str) {
    hash.update(text.as_bytes());
    hash.update(b"\n");
}
