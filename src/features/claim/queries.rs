//! SQL of claims. What moderators read is in [`review`].

pub mod review;

use crate::args;
use crate::db::{DbResult, Sql, Tx, placeholders};
use crate::domain::claim::State;
use crate::domain::ids::{AccountId, AuthorId, ClaimId};

/// One row of `claims`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ClaimRow {
    /// Number.
    pub id: i64,
    /// Whose.
    pub account_id: i64,
    /// On whom.
    pub author_id: i64,
    /// [`State::as_str`].
    pub state: String,
    /// [`State::level`].
    pub level: Option<i64>,
    /// The proof that was given.
    pub proof_kind: Option<String>,
    /// The address that proved it, or the note to the moderators.
    pub proof_detail: Option<String>,
    /// The moderator's reason.
    pub reason: Option<String>,
    /// When the state was entered.
    pub updated_at: i64,
}

impl ClaimRow {
    /// The state; `None` for a row that no version of this program wrote.
    pub fn state(&self) -> Option<State> {
        State::parse(&self.state, self.level, self.reason.as_deref())
    }
}

/// An author's name and the last part of the address.
pub async fn lookup_author(
    db: &mut impl Sql,
    author: AuthorId,
) -> DbResult<Option<(String, String)>> {
    db.optional(
        "SELECT name, slug FROM authors WHERE id = $1",
        args![author],
    )
    .await
}

/// Makes every other step on this author's claims wait for the end of this transaction; answers whether there is such an
/// author. Rows of different claims decide each other (a contest), so locking the claim alone would not do; an update
/// that changes nothing is the row lock that both databases know.
pub async fn lock_author(tx: &mut Tx, author: AuthorId) -> DbResult<bool> {
    let n = tx
        .execute(
            "UPDATE authors SET works_count = works_count WHERE id = $1",
            args![author],
        )
        .await?;
    Ok(n > 0)
}

/// One claim.
pub async fn lookup(db: &mut impl Sql, claim: ClaimId) -> DbResult<Option<ClaimRow>> {
    db.optional(
        "SELECT id, account_id, author_id, state, level, proof_kind, proof_detail, reason, updated_at
         FROM claims WHERE id = $1",
        args![claim],
    )
    .await
}

/// The claim that holds the author.
pub async fn find_standing(db: &mut impl Sql, author: AuthorId) -> DbResult<Option<ClaimRow>> {
    db.optional(
        "SELECT id, account_id, author_id, state, level, proof_kind, proof_detail, reason, updated_at
         FROM claims WHERE author_id = $1 AND state IN ('approved', 'contested', 'upheld')
         ORDER BY id LIMIT 1",
        args![author],
    )
    .await
}

/// Claims on the author that wait for a moderator, longest waiting first.
pub async fn list_pending(db: &mut impl Sql, author: AuthorId) -> DbResult<Vec<ClaimRow>> {
    db.all(
        "SELECT id, account_id, author_id, state, level, proof_kind, proof_detail, reason, updated_at
         FROM claims WHERE author_id = $1 AND state = 'pending_review' ORDER BY updated_at, id",
        args![author],
    )
    .await
}

/// The account's latest claim on the author.
pub async fn find_latest(
    db: &mut impl Sql,
    account: AccountId,
    author: AuthorId,
) -> DbResult<Option<ClaimRow>> {
    db.optional(
        "SELECT id, account_id, author_id, state, level, proof_kind, proof_detail, reason, updated_at
         FROM claims WHERE account_id = $1 AND author_id = $2 ORDER BY id DESC LIMIT 1",
        args![account, author],
    )
    .await
}

/// Opens a claim. A second open one of the same account on the same author is a unique violation.
pub async fn add(tx: &mut Tx, account: AccountId, author: AuthorId, now: i64) -> DbResult<ClaimId> {
    let id = tx
        .insert(
            "INSERT INTO claims (account_id, author_id, state, created_at, updated_at)
             VALUES ($1, $2, 'started', $3, $3) RETURNING id",
            args![account, author, now],
        )
        .await?;
    Ok(ClaimId(id))
}

/// Stores a step if the claim is still as it was read; answers whether it was.
pub async fn update_state(
    tx: &mut Tx,
    before: &ClaimRow,
    after: &ClaimRow,
    recheck_at: Option<i64>,
) -> DbResult<bool> {
    let n = tx
        .execute(
            "UPDATE claims SET state = $1, level = $2, proof_kind = $3, proof_detail = $4, reason = $5,
                 updated_at = $6, recheck_at = $7
             WHERE id = $8 AND state = $9 AND updated_at = $10",
            args![
                after.state.as_str(),
                after.level,
                after.proof_kind.as_deref(),
                after.proof_detail.as_deref(),
                after.reason.as_deref(),
                after.updated_at,
                recheck_at,
                before.id,
                before.state.as_str(),
                before.updated_at
            ],
        )
        .await?;
    Ok(n > 0)
}

/// Writes a step down.
pub async fn add_log(
    tx: &mut Tx,
    claim: ClaimId,
    actor: AccountId,
    event: &str,
    state: &str,
    reason: Option<&str>,
    now: i64,
) -> DbResult<()> {
    tx.execute(
        "INSERT INTO claim_log (claim_id, at, actor_account_id, event, state, reason)
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![claim, now, actor, event, state, reason],
    )
    .await?;
    Ok(())
}

/// When the claim was first approved.
pub async fn approved_at(db: &mut impl Sql, claim: ClaimId) -> DbResult<Option<i64>> {
    let (at,): (Option<i64>,) = db
        .one(
            "SELECT MIN(at) FROM claim_log WHERE claim_id = $1 AND state = 'approved'",
            args![claim],
        )
        .await?;
    Ok(at)
}

/// Name, address as typed, and whether the address is proved.
pub async fn lookup_account(
    db: &mut impl Sql,
    account: AccountId,
) -> DbResult<Option<(String, String, bool)>> {
    db.optional(
        "SELECT name, email, email_verified_at IS NOT NULL FROM accounts WHERE id = $1",
        args![account],
    )
    .await
}

/// Domains of the author's institutions, in order, at most 50.
pub async fn list_domains(db: &mut impl Sql, author: AuthorId) -> DbResult<Vec<String>> {
    let rows: Vec<(String,)> = db
        .all(
            "SELECT DISTINCT d.domain FROM author_institutions ai
             JOIN institution_domains d ON d.institution_id = ai.institution_id
             WHERE ai.author_id = $1 ORDER BY d.domain LIMIT 50",
            args![author],
        )
        .await?;
    Ok(rows.into_iter().map(|(domain,)| domain).collect())
}

/// How many works the author has.
pub async fn count_author_works(db: &mut impl Sql, author: AuthorId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(DISTINCT work_id) FROM authorships WHERE author_id = $1",
            args![author],
        )
        .await?;
    Ok(n)
}

/// One page of the author's works: number, title, year, and whether `claim` selects it. In the order of the author page.
pub async fn list_author_works(
    db: &mut impl Sql,
    author: AuthorId,
    claim: Option<ClaimId>,
    limit: i64,
    offset: i64,
) -> DbResult<Vec<(i64, String, Option<i64>, bool)>> {
    db.all(
        "SELECT w.id, w.title, w.year,
                EXISTS (SELECT 1 FROM claim_works cw WHERE cw.claim_id = $2 AND cw.work_id = w.id)
         FROM works w
         WHERE w.id IN (SELECT work_id FROM authorships WHERE author_id = $1)
         ORDER BY COALESCE(w.year, 0) DESC, w.title_key, w.id LIMIT $3 OFFSET $4",
        args![author, claim.map_or(0, |claim| claim.0), limit, offset],
    )
    .await
}

/// Which of `works` are the author's. At most 1,000 are asked about.
pub async fn own_works(db: &mut impl Sql, author: AuthorId, works: &[i64]) -> DbResult<Vec<i64>> {
    if works.is_empty() {
        return Ok(Vec::new());
    }
    let mut args = args![author];
    args.extend(works.iter().take(1_000).map(|work| (*work).into()));
    let list = placeholders(2, args.len() - 1);
    let sql = format!(
        "SELECT DISTINCT work_id FROM authorships WHERE author_id = $1 AND work_id IN ({list})"
    );
    let rows: Vec<(i64,)> = db.all_assembled(sql.into(), args).await?;
    Ok(rows.into_iter().map(|(work,)| work).collect())
}

/// Makes the selection among the works `shown` exactly `chosen`; works that were not shown stay as they are.
pub async fn update_selection(
    tx: &mut Tx,
    claim: ClaimId,
    shown: &[i64],
    chosen: &[i64],
) -> DbResult<()> {
    for work in shown {
        if !chosen.contains(work) {
            tx.execute(
                "DELETE FROM claim_works WHERE claim_id = $1 AND work_id = $2",
                args![claim, *work],
            )
            .await?;
        }
    }
    for work in chosen {
        tx.execute(
            "INSERT INTO claim_works (claim_id, work_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            args![claim, *work],
        )
        .await?;
    }
    Ok(())
}

/// How many works the claim selects.
pub async fn count_selected(db: &mut impl Sql, claim: ClaimId) -> DbResult<i64> {
    let (n,): (i64,) = db
        .one(
            "SELECT COUNT(*) FROM claim_works WHERE claim_id = $1",
            args![claim],
        )
        .await?;
    Ok(n)
}

/// Marks the selected works as confirmed by the author, but those hidden; answers how many authorships that were.
pub async fn confirm_works(tx: &mut Tx, claim: ClaimId, author: AuthorId) -> DbResult<u64> {
    tx.execute(
        "UPDATE authorships SET stance = 'confirmed'
         WHERE author_id = $1 AND stance IS NULL
           AND work_id IN (SELECT work_id FROM claim_works WHERE claim_id = $2)",
        args![author, claim],
    )
    .await
}

/// Forgets which works a claimant confirmed: it was said for as long as the claim stood. What was hidden is a correction and
/// stays until that is undone.
pub async fn forget_stances(tx: &mut Tx, author: AuthorId) -> DbResult<u64> {
    tx.execute(
        "UPDATE authorships SET stance = NULL WHERE author_id = $1 AND stance = 'confirmed'",
        args![author],
    )
    .await
}

/// A mailed link that can still be used.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LinkRow {
    /// Who asked for it.
    pub account_id: i64,
    /// The claim it proves.
    pub claim_id: i64,
    /// The address it went to.
    pub email: String,
}

/// The unused, living link with this hash.
pub async fn lookup_link(db: &mut impl Sql, hash: &str, now: i64) -> DbResult<Option<LinkRow>> {
    db.optional(
        "SELECT account_id, claim_id, email FROM email_tokens
         WHERE token_hash = $1 AND purpose = 'claim_email' AND used_at IS NULL AND expires_at > $2
           AND claim_id IS NOT NULL",
        args![hash, now],
    )
    .await
}

/// The address of the living link of a claim, the newest one.
pub async fn find_mailed_to(
    db: &mut impl Sql,
    claim: ClaimId,
    now: i64,
) -> DbResult<Option<String>> {
    let row: Option<(String,)> = db
        .optional(
            "SELECT email FROM email_tokens
             WHERE claim_id = $1 AND purpose = 'claim_email' AND used_at IS NULL AND expires_at > $2
             ORDER BY created_at DESC, token_hash LIMIT 1",
            args![claim, now],
        )
        .await?;
    Ok(row.map(|(email,)| email))
}

/// Stores a link; earlier ones of the same claim stop working.
pub async fn add_link(
    tx: &mut Tx,
    hash: &str,
    account: AccountId,
    claim: ClaimId,
    email: &str,
    now: i64,
    expires_at: i64,
) -> DbResult<()> {
    end_links(tx, claim, now).await?;
    tx.execute(
        "INSERT INTO email_tokens (token_hash, purpose, account_id, claim_id, email, created_at, expires_at)
         VALUES ($1, 'claim_email', $2, $3, $4, $5, $6)",
        args![hash, account, claim, email, now, expires_at],
    )
    .await?;
    Ok(())
}

/// Uses every living link of a claim up.
pub async fn end_links(tx: &mut Tx, claim: ClaimId, now: i64) -> DbResult<()> {
    tx.execute(
        "UPDATE email_tokens SET used_at = $2
         WHERE claim_id = $1 AND purpose = 'claim_email' AND used_at IS NULL",
        args![claim, now],
    )
    .await?;
    Ok(())
}

/// Uses a link up; answers whether it was still unused.
pub async fn update_link_used(tx: &mut Tx, hash: &str, now: i64) -> DbResult<bool> {
    let n = tx
        .execute(
            "UPDATE email_tokens SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL",
            args![hash, now],
        )
        .await?;
    Ok(n > 0)
}
