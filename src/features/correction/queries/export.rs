//! SQL of the export for sources.

use crate::db::{Arg, DbResult, Sql, Statement, placeholders};
use crate::domain::ids::CorrectionId;

/// What corrections in force about these authors say of authorships.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DecisionRow {
    /// The correction.
    pub correction_id: i64,
    /// The work.
    pub work_id: i64,
    /// The folded printed name.
    pub name_key: String,
    /// From 1, among equal keys.
    pub nth: i64,
    /// The verdict's word.
    pub verdict: String,
    /// Of whom.
    pub author_id: i64,
}

/// The decisions of these corrections, in order.
pub async fn list_decisions(
    db: &mut impl Sql,
    corrections: &[CorrectionId],
) -> DbResult<Vec<DecisionRow>> {
    let mut out = Vec::new();
    for some in corrections.chunks(500) {
        let sql = format!(
            "SELECT correction_id, work_id, name_key, nth, verdict, author_id FROM authorship_decisions
             WHERE correction_id IN ({}) ORDER BY correction_id, work_id, name_key, nth",
            placeholders(1, some.len())
        );
        let values = some.iter().map(|id| Arg::from(*id)).collect();
        let rows: Vec<DecisionRow> = db.all_assembled(Statement::Owned(sql), values).await?;
        out.extend(rows);
    }
    Ok(out)
}

/// A table of texts about works, chunk by chunk.
async fn texts_of(
    db: &mut impl Sql,
    head: &str,
    works: &[i64],
) -> DbResult<Vec<(i64, String, String)>> {
    let mut out = Vec::new();
    for some in works.chunks(500) {
        let sql = format!(
            "{head} WHERE work_id IN ({}) ORDER BY 1, 2, 3",
            placeholders(1, some.len())
        );
        let values = some.iter().map(|work| Arg::from(*work)).collect();
        let rows: Vec<(i64, String, String)> =
            db.all_assembled(Statement::Owned(sql), values).await?;
        out.extend(rows);
    }
    Ok(out)
}

/// Records that these works were read from: (work, source, key).
pub async fn list_records(
    db: &mut impl Sql,
    works: &[i64],
) -> DbResult<Vec<(i64, String, String)>> {
    texts_of(
        db,
        "SELECT work_id, source, record_key FROM work_records",
        works,
    )
    .await
}

/// Identifiers of these works: (work, scheme, value).
pub async fn list_work_identifiers(
    db: &mut impl Sql,
    works: &[i64],
) -> DbResult<Vec<(i64, String, String)>> {
    texts_of(
        db,
        "SELECT work_id, scheme, value FROM work_identifiers",
        works,
    )
    .await
}

/// Identifiers of the persons on these works, as their sources gave them: (work, position, identifiers).
pub async fn list_person_identifiers(
    db: &mut impl Sql,
    works: &[i64],
) -> DbResult<Vec<(i64, i64, String)>> {
    let mut out = Vec::new();
    for some in works.chunks(500) {
        let sql = format!(
            "SELECT work_id, position, identifiers FROM authorships
             WHERE identifiers IS NOT NULL AND work_id IN ({})",
            placeholders(1, some.len())
        );
        let values = some.iter().map(|work| Arg::from(*work)).collect();
        let rows: Vec<(i64, i64, String)> = db.all_assembled(Statement::Owned(sql), values).await?;
        out.extend(rows);
    }
    Ok(out)
}
