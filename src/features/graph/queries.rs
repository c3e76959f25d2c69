//! SQL of the research graph.

use crate::args;
use crate::db::{Arg, DbResult, Sql, Statement, placeholders};
use crate::domain::ids::AuthorId;

/// (id, slug, label, weight)
pub type NodeRow = (i64, String, String, i64);

/// Co-authors with the most joint works.
pub async fn collaborators(db: &mut impl Sql, id: AuthorId, most: i64) -> DbResult<Vec<NodeRow>> {
    db.all(
        "SELECT c.id, c.slug, c.name, j.joint
         FROM (SELECT b.author_id, COUNT(DISTINCT b.work_id) AS joint
               FROM authorships a JOIN authorships b
                 ON b.work_id = a.work_id AND b.author_id <> a.author_id
               JOIN authors u ON u.id = b.author_id AND u.hidden_at IS NULL
               WHERE a.author_id = $1 AND (a.stance IS NULL OR a.stance <> 'hidden')
                 AND (b.stance IS NULL OR b.stance <> 'hidden')
               GROUP BY b.author_id ORDER BY joint DESC, b.author_id LIMIT $2) j
         JOIN authors c ON c.id = j.author_id ORDER BY j.joint DESC, c.id",
        args![id, most],
    )
    .await
}

/// The author's latest works.
pub async fn works(db: &mut impl Sql, id: AuthorId, most: i64) -> DbResult<Vec<NodeRow>> {
    db.all(
        "SELECT w.id, w.slug, w.title, COALESCE(w.year, 0) FROM works w
         WHERE w.id IN (SELECT work_id FROM authorships WHERE author_id = $1
                        AND (stance IS NULL OR stance <> 'hidden'))
         ORDER BY w.year IS NULL, w.year DESC, w.title_key, w.id LIMIT $2",
        args![id, most],
    )
    .await
}

/// The author's most frequent topics; the weight is the number of works.
pub async fn topics(db: &mut impl Sql, id: AuthorId, most: i64) -> DbResult<Vec<NodeRow>> {
    db.all(
        "SELECT t.id, t.slug, t.name, COUNT(DISTINCT a.work_id) AS works
         FROM authorships a JOIN work_topics wt ON wt.work_id = a.work_id
         JOIN topics t ON t.id = wt.topic_id
         WHERE a.author_id = $1 AND (a.stance IS NULL OR a.stance <> 'hidden')
         GROUP BY t.id, t.slug, t.name ORDER BY works DESC, t.id LIMIT $2",
        args![id, most],
    )
    .await
}

/// The author's institutions.
pub async fn institutions(db: &mut impl Sql, id: AuthorId, most: i64) -> DbResult<Vec<NodeRow>> {
    db.all(
        "SELECT i.id, i.slug, i.name, ai.institution_id FROM author_institutions ai
         JOIN institutions i ON i.id = ai.institution_id
         WHERE ai.author_id = $1 ORDER BY i.id LIMIT $2",
        args![id, most],
    )
    .await
}

/// Which of these people wrote which of these works: (work, author).
pub async fn authorships(
    db: &mut impl Sql,
    works: &[i64],
    people: &[i64],
) -> DbResult<Vec<(i64, i64)>> {
    if works.is_empty() || people.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT DISTINCT work_id, author_id FROM authorships
         WHERE work_id IN ({}) AND author_id IN ({}) AND (stance IS NULL OR stance <> 'hidden')
         ORDER BY work_id, author_id",
        placeholders(1, works.len()),
        placeholders(1 + works.len(), people.len())
    );
    let values = works
        .iter()
        .chain(people)
        .map(|id| Arg::from(*id))
        .collect();
    db.all_assembled(Statement::Owned(sql), values).await
}

/// Which of these works are on which of these topics: (work, topic).
pub async fn work_topics(
    db: &mut impl Sql,
    works: &[i64],
    topics: &[i64],
) -> DbResult<Vec<(i64, i64)>> {
    if works.is_empty() || topics.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT work_id, topic_id FROM work_topics
         WHERE work_id IN ({}) AND topic_id IN ({}) ORDER BY work_id, topic_id",
        placeholders(1, works.len()),
        placeholders(1 + works.len(), topics.len())
    );
    let values = works
        .iter()
        .chain(topics)
        .map(|id| Arg::from(*id))
        .collect();
    db.all_assembled(Statement::Owned(sql), values).await
}
