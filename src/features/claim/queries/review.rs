//! What moderators read about claims.

use crate::args;
use crate::db::{Arg, DbResult, Sql, placeholders};
use crate::domain::ids::AuthorId;

/// A claim with the names around it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReviewRow {
    /// Number.
    pub id: i64,
    /// Whose.
    pub account_id: i64,
    /// The name of the account.
    pub account_name: String,
    /// Its address.
    pub account_email: String,
    /// On whom.
    pub author_id: i64,
    /// The author's name.
    pub author_name: String,
    /// The last part of the author's address.
    pub author_slug: String,
    /// How many works the author has.
    pub works_total: i64,
    /// The state's word.
    pub state: String,
    /// The state's level.
    pub level: Option<i64>,
    /// The proof that was given.
    pub proof_kind: Option<String>,
    /// The address that proved it, or the note.
    pub proof_detail: Option<String>,
    /// The moderator's reason.
    pub reason: Option<String>,
    /// When the state was entered.
    pub updated_at: i64,
    /// How many works are selected.
    pub works_selected: i64,
}

/// `$select` with the same columns, so that the tails below stay one statement each.
macro_rules! review_sql {
    ($tail:literal) => {
        concat!(
            "SELECT c.id, c.account_id, a.name AS account_name, a.email AS account_email, c.author_id,
                    u.name AS author_name, u.slug AS author_slug, u.works_count AS works_total, c.state, c.level,
                    c.proof_kind, c.proof_detail, c.reason, c.updated_at,
                    (SELECT COUNT(*) FROM claim_works cw WHERE cw.claim_id = c.id) AS works_selected
             FROM claims c JOIN accounts a ON a.id = c.account_id JOIN authors u ON u.id = c.author_id ",
            $tail
        )
    };
}

/// Claims under review on authors nobody holds, longest waiting first.
pub async fn list_pending(db: &mut impl Sql, limit: i64) -> DbResult<Vec<ReviewRow>> {
    db.all(
        review_sql!(
            "WHERE c.state = 'pending_review' AND NOT EXISTS (
                 SELECT 1 FROM claims h WHERE h.author_id = c.author_id AND h.state IN ('approved', 'contested', 'upheld'))
             ORDER BY c.updated_at, c.id LIMIT $1"
        ),
        args![limit],
    )
    .await
}

/// How many [`list_pending`] would list without a limit.
pub async fn count_pending(db: &mut impl Sql) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM claims c
             WHERE c.state = 'pending_review' AND NOT EXISTS (
                 SELECT 1 FROM claims h WHERE h.author_id = c.author_id AND h.state IN ('approved', 'contested', 'upheld'))",
            args![],
        )
        .await?;
    Ok(n)
}

/// Contested claims, longest waiting first.
pub async fn list_contested(db: &mut impl Sql, limit: i64) -> DbResult<Vec<ReviewRow>> {
    db.all(
        review_sql!("WHERE c.state = 'contested' ORDER BY c.updated_at, c.id LIMIT $1"),
        args![limit],
    )
    .await
}

/// How many claims are contested.
pub async fn count_contested(db: &mut impl Sql) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM claims WHERE state = 'contested'",
            args![],
        )
        .await?;
    Ok(n)
}

/// Claims under review against the claim that holds the author.
pub async fn list_contenders(
    db: &mut impl Sql,
    author: AuthorId,
    limit: i64,
) -> DbResult<Vec<ReviewRow>> {
    db.all(
        review_sql!(
            "WHERE c.author_id = $1 AND c.state = 'pending_review' ORDER BY c.updated_at, c.id LIMIT $2"
        ),
        args![author, limit],
    )
    .await
}

/// Standing claims on authors whose folded name contains `name_key`.
pub async fn search_standing(
    db: &mut impl Sql,
    name_key: &str,
    limit: i64,
) -> DbResult<Vec<ReviewRow>> {
    // Folded names hold letters, digits and spaces only, so nothing in the pattern has to be escaped.
    db.all(
        review_sql!(
            "WHERE c.state IN ('approved', 'contested', 'upheld') AND u.name_key LIKE $1
             ORDER BY u.name, c.id LIMIT $2"
        ),
        args![format!("%{name_key}%"), limit],
    )
    .await
}

/// The first `each` works of each claim: claim, work, slug, title.
pub async fn list_picked(
    db: &mut impl Sql,
    claims: &[i64],
    each: i64,
) -> DbResult<Vec<(i64, i64, String, String)>> {
    let Some((list, args)) = claim_list(claims, each) else {
        return Ok(Vec::new());
    };
    let sql = format!(
        "SELECT claim_id, work_id, slug, title FROM (
             SELECT cw.claim_id, cw.work_id, w.slug, w.title, w.year,
                    ROW_NUMBER() OVER (PARTITION BY cw.claim_id ORDER BY COALESCE(w.year, 0) DESC, w.title_key, w.id) AS place
             FROM claim_works cw JOIN works w ON w.id = cw.work_id WHERE cw.claim_id IN ({list})
         ) picked WHERE place <= $1 ORDER BY claim_id, place"
    );
    db.all_assembled(sql.into(), args).await
}

/// A line of the log with the names in it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LogRow {
    /// When.
    pub at: i64,
    /// The claim.
    pub claim_id: i64,
    /// The author claimed.
    pub author_id: i64,
    /// The author's name.
    pub author_name: String,
    /// The last part of the author's address.
    pub author_slug: String,
    /// The name of the account that made the claim.
    pub claimant: String,
    /// The name of the account that acted.
    pub actor: Option<String>,
    /// The step.
    pub event: String,
    /// The state after it.
    pub state: String,
    /// The reason given.
    pub reason: Option<String>,
}

/// The last `each` lines of each claim's history, oldest first.
pub async fn list_history(db: &mut impl Sql, claims: &[i64], each: i64) -> DbResult<Vec<LogRow>> {
    let Some((list, args)) = claim_list(claims, each) else {
        return Ok(Vec::new());
    };
    let sql = format!(
        "SELECT l.at, l.claim_id, c.author_id, u.name AS author_name, u.slug AS author_slug,
                o.name AS claimant, b.name AS actor, l.event, l.state, l.reason
         FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY claim_id ORDER BY id DESC) AS place
               FROM claim_log WHERE claim_id IN ({list})) last
         JOIN claim_log l ON l.id = last.id
         JOIN claims c ON c.id = l.claim_id
         JOIN authors u ON u.id = c.author_id
         JOIN accounts o ON o.id = c.account_id
         LEFT JOIN accounts b ON b.id = l.actor_account_id
         WHERE last.place <= $1 ORDER BY l.id"
    );
    db.all_assembled(sql.into(), args).await
}

/// The last decisions of moderators on claims, newest first.
pub async fn list_decisions(db: &mut impl Sql, limit: i64) -> DbResult<Vec<LogRow>> {
    db.all(
        "SELECT l.at, l.claim_id, c.author_id, u.name AS author_name, u.slug AS author_slug,
                o.name AS claimant, b.name AS actor, l.event, l.state, l.reason
         FROM claim_log l
         JOIN claims c ON c.id = l.claim_id
         JOIN authors u ON u.id = c.author_id
         JOIN accounts o ON o.id = c.account_id
         LEFT JOIN accounts b ON b.id = l.actor_account_id
         WHERE l.event IN ('approve', 'reject', 'uphold', 'transfer', 'revoke')
         ORDER BY l.id DESC LIMIT $1",
        args![limit],
    )
    .await
}

/// Domains of the institutions of these authors: author, domain.
pub async fn list_domains(db: &mut impl Sql, authors: &[i64]) -> DbResult<Vec<(i64, String)>> {
    if authors.is_empty() {
        return Ok(Vec::new());
    }
    let list = placeholders(1, authors.len());
    let sql = format!(
        "SELECT DISTINCT ai.author_id, d.domain FROM author_institutions ai
         JOIN institution_domains d ON d.institution_id = ai.institution_id
         WHERE ai.author_id IN ({list}) ORDER BY ai.author_id, d.domain"
    );
    let args = authors.iter().map(|author| Arg::from(*author)).collect();
    db.all_assembled(sql.into(), args).await
}

/// Placeholders and values for a list of claims, behind `$1`; `None` for an empty list.
fn claim_list(claims: &[i64], first: i64) -> Option<(String, Vec<Arg>)> {
    if claims.is_empty() {
        return None;
    }
    let mut args = args![first];
    args.extend(claims.iter().map(|claim| Arg::from(*claim)));
    Some((placeholders(2, claims.len()), args))
}
