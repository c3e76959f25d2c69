//! Affiliations matched after the organisations came.

use crate::args;
use crate::db::bulk::{Bulk, Kind};
use crate::db::{DbResult, Sql, Tx};
use crate::ingest::affiliations::Matcher;

/// What stands as the source of a match, where the record names no organisation.
pub const FROM_AFFILIATION: &str = "affiliation";

/// Authorships read at once.
const PAGE: i64 = 5_000;

const COLUMNS: &[(&str, Kind)] = &[
    ("work_id", Kind::Int),
    ("position", Kind::Int),
    ("institution_id", Kind::Int),
    ("confidence", Kind::Real),
    ("source", Kind::Text),
];

/// Matches the affiliations of authorships of which no organisation is known yet; answers how many got one.
///
/// # Errors
/// The database's.
pub async fn rematch(tx: &mut Tx, matcher: &mut Matcher) -> DbResult<u64> {
    let mut matched = 0;
    let mut after = (0, 0);
    loop {
        let rows: Vec<(i64, i64, String)> = tx
            .all(
                "SELECT s.work_id, s.position, s.affiliation_printed FROM authorships s
                 WHERE (s.work_id, s.position) > ($1, $2) AND s.affiliation_printed IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM authorship_institutions i
                        WHERE i.work_id = s.work_id AND i.position = s.position)
                 ORDER BY s.work_id, s.position LIMIT $3",
                args![after.0, after.1, PAGE],
            )
            .await?;
        let Some((work, position, _)) = rows.last() else {
            return Ok(matched);
        };
        after = (*work, *position);
        let mut found = Bulk::new("authorship_institutions", COLUMNS);
        for (work, position, affiliation) in &rows {
            let matches = matcher.find(affiliation);
            matched += u64::from(!matches.is_empty());
            for one in matches {
                found.push((
                    work,
                    position,
                    one.institution_id,
                    one.confidence,
                    FROM_AFFILIATION,
                ))?;
            }
        }
        found.write(tx).await?;
    }
}
