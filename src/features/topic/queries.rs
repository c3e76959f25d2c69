//! SQL of topics.

use crate::args;
use crate::db::{DbResult, Sql};
use crate::domain::ids::TopicId;

/// (name, slug, scheme, code).
pub async fn lookup(
    db: &mut impl Sql,
    id: TopicId,
) -> DbResult<Option<(String, String, String, String)>> {
    db.optional(
        "SELECT name, slug, scheme, code FROM topics WHERE id = $1",
        args![id],
    )
    .await
}

/// Authors with the most works: (id, slug, name, works, standing claims).
pub async fn authors(
    db: &mut impl Sql,
    id: TopicId,
    most: i64,
) -> DbResult<Vec<(i64, String, String, i64, i64)>> {
    db.all(
        "SELECT a.id, a.slug, a.name, x.n,
            (SELECT COUNT(*) FROM claims c WHERE c.author_id = a.id
             AND c.state IN ('approved', 'upheld', 'contested'))
         FROM (SELECT s.author_id, COUNT(DISTINCT s.work_id) AS n FROM work_topics t
               JOIN authorships s ON s.work_id = t.work_id
               JOIN authors u ON u.id = s.author_id AND u.hidden_at IS NULL
               WHERE t.topic_id = $1 AND (s.stance IS NULL OR s.stance <> 'hidden')
               GROUP BY s.author_id ORDER BY n DESC, s.author_id LIMIT $2) x
         JOIN authors a ON a.id = x.author_id ORDER BY x.n DESC, a.id",
        args![id, most],
    )
    .await
}
