//! SQL of institutions.

use crate::args;
use crate::db::{DbResult, Sql};
use crate::domain::ids::InstitutionId;

/// (name, slug, ror).
pub async fn lookup(
    db: &mut impl Sql,
    id: InstitutionId,
) -> DbResult<Option<(String, String, Option<String>)>> {
    db.optional(
        "SELECT name, slug, ror FROM institutions WHERE id = $1",
        args![id],
    )
    .await
}

/// Authors with the most works: (id, slug, name, works, standing claims).
pub async fn authors(
    db: &mut impl Sql,
    id: InstitutionId,
    most: i64,
) -> DbResult<Vec<(i64, String, String, i64, i64)>> {
    db.all(
        "SELECT a.id, a.slug, a.name, a.works_count,
            (SELECT COUNT(*) FROM claims c WHERE c.author_id = a.id
             AND c.state IN ('approved', 'upheld', 'contested'))
         FROM author_institutions x JOIN authors a ON a.id = x.author_id
         WHERE x.institution_id = $1 AND a.hidden_at IS NULL
         ORDER BY a.works_count DESC, a.name_key, a.id LIMIT $2",
        args![id, most],
    )
    .await
}
