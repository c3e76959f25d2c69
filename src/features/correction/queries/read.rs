//! What pages and exports read of corrections.

use crate::args;
use crate::db::{Arg, DbResult, Sql, Statement, placeholders};
use crate::domain::ids::{AccountId, AuthorId};

/// A line of the history, with the names of those who acted.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HistoryRow {
    /// Number.
    pub id: i64,
    /// When.
    pub at: i64,
    /// The kind's word.
    pub kind: String,
    /// Who.
    pub actor_account_id: i64,
    /// Their name.
    pub actor: String,
    /// The author it is about.
    pub author_id: i64,
    /// The second author that takes part.
    pub other_author_id: Option<i64>,
    /// Why.
    pub reason: String,
    /// JSON of `domain::correction::Detail`.
    pub detail: String,
    /// When it was undone.
    pub undone_at: Option<i64>,
    /// By whom.
    pub undone_by: Option<String>,
    /// Why.
    pub undo_reason: Option<String>,
}

/// The author and all that were joined with it, at most 500.
pub async fn list_joined(db: &mut impl Sql, author: AuthorId) -> DbResult<Vec<i64>> {
    let rows: Vec<(i64,)> = db
        .all(
            "WITH RECURSIVE joined (id) AS (
                 SELECT CAST($1 AS BIGINT)
                 UNION SELECT a.id FROM authors a JOIN joined j ON a.merged_into = j.id)
             SELECT id FROM joined ORDER BY id LIMIT 500",
            args![author],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Corrections about any of these authors, newest first.
pub async fn list_history(
    db: &mut impl Sql,
    authors: &[i64],
    limit: i64,
) -> DbResult<Vec<HistoryRow>> {
    let list = placeholders(2, authors.len());
    let sql = format!(
        "SELECT c.id, c.at, c.kind, c.actor_account_id, a.name AS actor, c.author_id, c.other_author_id, c.reason,
            c.detail, c.undone_at, u.name AS undone_by, c.undo_reason
         FROM corrections c JOIN accounts a ON a.id = c.actor_account_id
         LEFT JOIN accounts u ON u.id = c.undone_by
         WHERE c.author_id IN ({list}) OR c.other_author_id IN ({list}) ORDER BY c.id DESC LIMIT $1"
    );
    let mut values = args![limit];
    values.extend(authors.iter().map(|author| Arg::from(*author)));
    db.all_assembled(Statement::Owned(sql), values).await
}

/// The last corrections of all, newest first: (line, the author's name and slug).
pub async fn list_log(
    db: &mut impl Sql,
    limit: i64,
) -> DbResult<
    Vec<(
        i64,
        i64,
        String,
        i64,
        String,
        String,
        String,
        String,
        Option<i64>,
    )>,
> {
    db.all(
        "SELECT c.id, c.at, c.kind, u.id, u.name, u.slug, a.name, c.reason, c.undone_at
         FROM corrections c JOIN accounts a ON a.id = c.actor_account_id
         JOIN authors u ON u.id = c.author_id ORDER BY c.id DESC LIMIT $1",
        args![limit],
    )
    .await
}

/// Names and addresses of authors: (id, name, slug, whether the page stands for itself and is shown).
pub async fn find_authors(
    db: &mut impl Sql,
    authors: &[i64],
) -> DbResult<Vec<(i64, String, String, bool)>> {
    if authors.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, name, slug, merged_into IS NULL AND hidden_at IS NULL FROM authors WHERE id IN ({})",
        placeholders(1, authors.len())
    );
    let values = authors.iter().map(|author| Arg::from(*author)).collect();
    db.all_assembled(Statement::Owned(sql), values).await
}

/// Titles and addresses of works: (id, title, slug, year).
pub async fn find_works(
    db: &mut impl Sql,
    works: &[i64],
) -> DbResult<Vec<(i64, String, String, Option<i64>)>> {
    let mut out = Vec::new();
    for works in works.chunks(500) {
        let sql = format!(
            "SELECT id, title, slug, year FROM works WHERE id IN ({})",
            placeholders(1, works.len())
        );
        let values = works.iter().map(|work| Arg::from(*work)).collect();
        let rows: Vec<(i64, String, String, Option<i64>)> =
            db.all_assembled(Statement::Owned(sql), values).await?;
        out.extend(rows);
    }
    Ok(out)
}

/// One page of an author's works, newest first: (id, title, year).
pub async fn list_works(
    db: &mut impl Sql,
    author: AuthorId,
    limit: i64,
    offset: i64,
) -> DbResult<Vec<(i64, String, Option<i64>)>> {
    db.all(
        "SELECT w.id, w.title, w.year FROM works w
         WHERE w.id IN (SELECT work_id FROM authorships WHERE author_id = $1)
         ORDER BY COALESCE(w.year, 0) DESC, w.title_key, w.id LIMIT $2 OFFSET $3",
        args![author, limit, offset],
    )
    .await
}

/// The first five names on each of these works, but the author's own: (work, name).
pub async fn list_co_authors(
    db: &mut impl Sql,
    author: AuthorId,
    works: &[i64],
) -> DbResult<Vec<(i64, String)>> {
    if works.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT work_id, COALESCE(name_shown, name_printed) FROM authorships
         WHERE position <= 5 AND (author_id IS NULL OR author_id <> $1) AND work_id IN ({})
         ORDER BY work_id, position",
        placeholders(2, works.len())
    );
    let mut values = args![author];
    values.extend(works.iter().map(|work| Arg::from(*work)));
    db.all_assembled(Statement::Owned(sql), values).await
}

/// How many works an author stands on, hidden ones included.
pub async fn count_works(db: &mut impl Sql, author: AuthorId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(DISTINCT work_id) FROM authorships WHERE author_id = $1",
            args![author],
        )
        .await?;
    Ok(n)
}

/// An author found for a form.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FoundRow {
    /// Number.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Last part of the address.
    pub slug: String,
    /// Works.
    pub works_count: i64,
    /// Latest institution.
    pub institution: Option<String>,
    /// Title of the latest work.
    pub sample: Option<String>,
    /// Standing claims.
    pub claims: i64,
}

const FOUND: &str = "SELECT a.id, a.name, a.slug, a.works_count,
    (SELECT i.name FROM author_institutions ai JOIN institutions i ON i.id = ai.institution_id
     WHERE ai.author_id = a.id ORDER BY COALESCE(ai.to_year, 9999) DESC, i.id LIMIT 1) AS institution,
    (SELECT w.title FROM authorships s JOIN works w ON w.id = s.work_id
     WHERE s.author_id = a.id ORDER BY s.work_id DESC LIMIT 1) AS sample,
    (SELECT COUNT(*) FROM claims c WHERE c.author_id = a.id
     AND c.state IN ('approved', 'upheld', 'contested')) AS claims
    FROM authors a WHERE a.merged_into IS NULL AND a.hidden_at IS NULL AND a.id <> $1 AND ";

/// Other authors whose names hold words that begin with these, most works first.
pub async fn search_authors(
    db: &mut impl Sql,
    but: AuthorId,
    words: &[String],
    limit: i64,
) -> DbResult<Vec<FoundRow>> {
    let mut values = args![but];
    let mut parts = Vec::new();
    for word in words {
        values.push(Arg::from(word));
        values.push(Arg::from(format!("{word}\u{10FFFF}")));
        let n = values.len();
        parts.push(format!(
            "a.id IN (SELECT author_id FROM author_name_tokens WHERE token >= ${} AND token < ${n})",
            n - 1
        ));
    }
    values.push(Arg::from(limit));
    let sql = format!(
        "{FOUND} {} ORDER BY a.works_count DESC, a.name_key, a.id LIMIT ${}",
        parts.join(" AND "),
        values.len()
    );
    db.all_assembled(Statement::Owned(sql), values).await
}

/// The other author with this number, or with this identifier.
pub async fn find_author(
    db: &mut impl Sql,
    but: AuthorId,
    number: i64,
    orcid: &str,
) -> DbResult<Vec<FoundRow>> {
    let sql = format!(
        "{FOUND} (a.id = $2 OR a.id IN (SELECT author_id FROM author_identifiers
             WHERE scheme = 'orcid' AND value = $3)) ORDER BY a.id LIMIT 2"
    );
    db.all_assembled(Statement::Owned(sql), args![but, number, orcid])
        .await
}

/// Authors that an account holds without contest: (id, name).
pub async fn list_held(db: &mut impl Sql, account: AccountId) -> DbResult<Vec<(i64, String)>> {
    db.all(
        "SELECT a.id, a.name FROM claims c JOIN authors a ON a.id = c.author_id
         WHERE c.account_id = $1 AND c.state IN ('approved', 'upheld')
           AND a.merged_into IS NULL AND a.hidden_at IS NULL ORDER BY a.id",
        args![account],
    )
    .await
}

/// The works with this identifier or number: ids.
pub async fn find_works_by_identifier(
    db: &mut impl Sql,
    number: i64,
    scheme: &str,
    value: &str,
) -> DbResult<Vec<i64>> {
    let rows: Vec<(i64,)> = db
        .all(
            "SELECT w.id FROM works w WHERE w.merged_into IS NULL AND w.withdrawn_at IS NULL AND (w.id = $1
                 OR w.id IN (SELECT work_id FROM work_identifiers WHERE scheme = $2 AND value = $3))
             ORDER BY w.id LIMIT 5",
            args![number, scheme, value],
        )
        .await?;
    Ok(rows.into_iter().map(|(work,)| work).collect())
}

/// Works with these folded words in the title, by people who share a word of their name with the author.
pub async fn search_works(
    db: &mut impl Sql,
    author: AuthorId,
    name_words: &[String],
    title_words: &[String],
    limit: i64,
) -> DbResult<Vec<i64>> {
    if name_words.is_empty() || title_words.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = args![author];
    values.extend(name_words.iter().map(Arg::from));
    let names = placeholders(2, name_words.len());
    let mut titles = String::new();
    for word in title_words {
        // Folded words hold letters and digits only, so nothing in them is a wildcard.
        values.push(Arg::from(format!("%{word}%")));
        titles.push_str(&format!(" AND w.title_key LIKE ${}", values.len()));
    }
    values.push(Arg::from(limit));
    let sql = format!(
        "SELECT DISTINCT w.id FROM author_name_tokens t
         JOIN authorships s ON s.author_id = t.author_id JOIN works w ON w.id = s.work_id
         WHERE t.token IN ({names}) AND s.author_id <> $1 AND w.merged_into IS NULL
           AND w.withdrawn_at IS NULL{titles} ORDER BY w.id LIMIT ${}",
        values.len()
    );
    let rows: Vec<(i64,)> = db.all_assembled(Statement::Owned(sql), values).await?;
    Ok(rows.into_iter().map(|(work,)| work).collect())
}

/// What stands in place of printed names on a work: (position, name).
pub async fn list_shown_names(
    db: &mut impl Sql,
    works: &[i64],
) -> DbResult<Vec<(i64, i64, String)>> {
    if works.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT work_id, position, name_shown FROM authorships
         WHERE name_shown IS NOT NULL AND work_id IN ({})",
        placeholders(1, works.len())
    );
    let values = works.iter().map(|work| Arg::from(*work)).collect();
    db.all_assembled(Statement::Owned(sql), values).await
}

/// Identifiers of authors: (author, scheme, value).
pub async fn list_author_identifiers(
    db: &mut impl Sql,
    authors: &[i64],
) -> DbResult<Vec<(i64, String, String)>> {
    if authors.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT author_id, scheme, value FROM author_identifiers WHERE author_id IN ({}) ORDER BY 1, 2, 3",
        placeholders(1, authors.len())
    );
    let values = authors.iter().map(|author| Arg::from(*author)).collect();
    db.all_assembled(Statement::Owned(sql), values).await
}
