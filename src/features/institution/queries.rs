//! SQL of institutions.

use super::types::PER_PAGE;
use crate::args;
use crate::db::words::begin_with;
use crate::db::{Arg, DbResult, Sql, Statement};
use crate::domain::ids::InstitutionId;

/// An institution's own row.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct InstitutionRow {
    /// Name.
    pub name: String,
    /// Last part of the address.
    pub slug: String,
    /// ROR id.
    pub ror: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Code of the country.
    pub country: Option<String>,
    /// Home page.
    pub url: Option<String>,
    /// active, inactive, withdrawn
    pub status: String,
}

/// An author at an institution, and how many there are in all.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PersonRow {
    /// Row number.
    pub id: i64,
    /// Last part of the address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Works written there.
    pub works: i64,
    /// First year there.
    pub from_year: Option<i64>,
    /// Last year there.
    pub to_year: Option<i64>,
    /// Standing claims.
    pub claims: i64,
    /// Authors in all.
    pub total: i64,
}

/// An institution in a list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HitRow {
    /// Row number.
    pub id: i64,
    /// Last part of the address.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Town.
    pub city: Option<String>,
    /// Code of the country.
    pub country: Option<String>,
    /// Works written there.
    pub works: i64,
}

/// (ROR id, number, last part of the address, name); all but the id only where it is in the record.
pub type LinkRow = (String, Option<i64>, Option<String>, Option<String>);

/// An institution.
pub async fn lookup(db: &mut impl Sql, id: InstitutionId) -> DbResult<Option<InstitutionRow>> {
    db.optional(
        "SELECT name, slug, ror, city, country, url, status FROM institutions WHERE id = $1",
        args![id],
    )
    .await
}

/// Its names: (name, code of the language).
pub async fn names(
    db: &mut impl Sql,
    id: InstitutionId,
) -> DbResult<Vec<(String, Option<String>)>> {
    db.all(
        "SELECT name, lang FROM institution_names WHERE institution_id = $1
         ORDER BY lang IS NULL, lang, name_key, name",
        args![id],
    )
    .await
}

/// Those that it names as its successors or parents.
pub async fn links(db: &mut impl Sql, id: InstitutionId, kind: &str) -> DbResult<Vec<LinkRow>> {
    db.all(
        "SELECT l.ror, i.id, i.slug, i.name FROM institution_links l
         LEFT JOIN institutions i ON i.ror = l.ror
         WHERE l.institution_id = $1 AND l.kind = $2
         ORDER BY i.name_key IS NULL, i.name_key, l.ror",
        args![id, kind],
    )
    .await
}

/// Those that name it as their successor or parent, up to `most`.
pub async fn linking(
    db: &mut impl Sql,
    ror: &str,
    kind: &str,
    most: i64,
) -> DbResult<Vec<LinkRow>> {
    db.all(
        "SELECT l.ror, i.id, i.slug, i.name FROM institution_links l
         JOIN institutions i ON i.id = l.institution_id
         WHERE l.ror = $1 AND l.kind = $2 AND i.status <> 'withdrawn' ORDER BY i.name_key, i.id LIMIT $3",
        args![ror, kind, most],
    )
    .await
}

/// One page of the authors of an institution: those who wrote works there, and those whom records name as its members;
/// most works there first.
pub async fn authors(
    db: &mut impl Sql,
    id: InstitutionId,
    most: i64,
    skip: i64,
) -> DbResult<Vec<PersonRow>> {
    db.all(
        "SELECT a.id, a.slug, a.name, x.works, x.from_year, x.to_year, x.total,
            (SELECT COUNT(*) FROM claims c WHERE c.author_id = a.id
             AND c.state IN ('approved', 'upheld', 'contested')) AS claims
         FROM (SELECT y.author_id, CAST(SUM(y.n) AS BIGINT) AS works, MIN(y.from_year) AS from_year,
                  MAX(y.to_year) AS to_year, COUNT(*) OVER () AS total
               FROM (SELECT s.author_id, COUNT(DISTINCT s.work_id) AS n, MIN(w.year) AS from_year,
                        MAX(w.year) AS to_year
                     FROM authorship_institutions i
                     JOIN authorships s ON s.work_id = i.work_id AND s.position = i.position
                     JOIN works w ON w.id = s.work_id AND w.withdrawn_at IS NULL AND w.merged_into IS NULL
                     WHERE i.institution_id = $1 AND s.author_id IS NOT NULL
                        AND (s.stance IS NULL OR s.stance <> 'hidden')
                     GROUP BY s.author_id
                     UNION ALL
                     SELECT author_id, 0, from_year, to_year FROM author_institutions WHERE institution_id = $1) y
               JOIN authors p ON p.id = y.author_id AND p.hidden_at IS NULL AND p.merged_into IS NULL
               GROUP BY y.author_id ORDER BY 2 DESC, MIN(p.name_key), y.author_id LIMIT $2 OFFSET $3) x
         JOIN authors a ON a.id = x.author_id ORDER BY x.works DESC, a.name_key, a.id",
        args![id, most, skip],
    )
    .await
}

/// Without words, those of which there is anything to see.
fn condition(words: &[Vec<String>]) -> (String, Vec<Arg>) {
    if words.is_empty() {
        let anything =
            "(EXISTS (SELECT 1 FROM authorship_institutions x WHERE x.institution_id = i.id)
            OR EXISTS (SELECT 1 FROM author_institutions y WHERE y.institution_id = i.id))";
        return (anything.to_owned(), Vec::new());
    }
    let mut values = Vec::new();
    let tokens = ("institution_name_tokens", "institution_id");
    let begins = begin_with("i.id", tokens, words, &mut values);
    (format!("i.status <> 'withdrawn' AND {begins}"), values)
}

/// One page of institutions by the words of their names, in the order of the names; `page` from 1.
pub async fn list(db: &mut impl Sql, words: &[Vec<String>], page: u32) -> DbResult<Vec<HitRow>> {
    let (condition, mut values) = condition(words);
    values.push(Arg::from(PER_PAGE));
    values.push(Arg::from(PER_PAGE * (i64::from(page) - 1)));
    let n = values.len();
    let sql = format!(
        "SELECT i.id, i.slug, i.name, i.city, i.country,
            (SELECT COUNT(DISTINCT x.work_id) FROM authorship_institutions x WHERE x.institution_id = i.id) AS works
         FROM institutions i WHERE {condition} ORDER BY i.name_key, i.id LIMIT ${} OFFSET ${n}",
        n - 1
    );
    db.all_assembled(Statement::Owned(sql), values).await
}

/// How many institutions match.
pub async fn count(db: &mut impl Sql, words: &[Vec<String>]) -> DbResult<i64> {
    let (condition, values) = condition(words);
    let sql = format!("SELECT COUNT(*) FROM institutions i WHERE {condition}");
    let rows: Vec<(i64,)> = db.all_assembled(Statement::Owned(sql), values).await?;
    Ok(rows.first().map_or(0, |row| row.0))
}
