//! SQL of corrections. Reading for pages is in [`read`], for exports in [`export`]; mergers and names in [`people`], the
//! moderators' list of similar authors in [`reviews`].

pub mod export;
pub mod people;
pub mod read;
pub mod reviews;

use std::collections::{HashMap, HashSet};

use crate::args;
use crate::db::bulk::{Bulk, Kind};
use crate::db::{Arg, DbResult, Sql, Statement, Tx, authors, placeholders};
use crate::domain::correction::{self, Moved, Ruling, Stakes, Verdict};
use crate::domain::ids::{AccountId, AuthorId, CorrectionId, WorkId};
use crate::domain::names::name_key;

/// Works asked about in one statement.
const AT_ONCE: usize = 500;

/// Nobody else places authorships with authors, and no claim on these authors moves, until the transaction ends. An update
/// that changes nothing is the row lock that both databases know.
pub async fn lock(tx: &mut Tx, authors: &[AuthorId]) -> DbResult<()> {
    authors::lock(tx).await?;
    let mut ids: Vec<i64> = authors.iter().map(|author| author.0).collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        tx.execute(
            "UPDATE authors SET works_count = works_count WHERE id = $1",
            args![id],
        )
        .await?;
    }
    Ok(())
}

/// Who has a stake in the author, and whether a claim waits for a moderator.
pub async fn stakes(db: &mut impl Sql, author: AuthorId) -> DbResult<(Stakes, bool)> {
    let claims: Vec<(i64, String)> = db
        .all(
            "SELECT account_id, state FROM claims WHERE author_id = $1 AND state IN
             ('started', 'proving', 'pending_review', 'approved', 'contested', 'upheld') ORDER BY id",
            args![author],
        )
        .await?;
    let mut stakes = Stakes::default();
    let mut pending = false;
    for (account, state) in claims {
        match state.as_str() {
            "approved" | "upheld" | "contested" => {
                stakes.holder = Some(AccountId(account));
                stakes.contested = state == "contested";
            }
            _ => {
                stakes.claimants.push(AccountId(account));
                pending |= state == "pending_review";
            }
        }
    }
    Ok((stakes, pending))
}

/// One authorship, as a correction names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The work.
    pub work: i64,
    /// Where it stands in the work's list today.
    pub position: i64,
    /// The folded printed name.
    pub key: String,
    /// From 1, among equal keys on that work: people in the order of the list, then groups.
    pub nth: i64,
    /// Whose it is.
    pub author: Option<i64>,
    /// What its author has said.
    pub stance: Option<String>,
    /// The name as printed.
    pub printed: String,
    /// Whether it stands for a group.
    pub collective: bool,
}

impl Spot {
    /// What undoing needs to know of it.
    pub fn moved(&self) -> Moved {
        Moved {
            work: WorkId(self.work),
            key: self.key.clone(),
            nth: self.nth,
            from: self.author.map(AuthorId),
            stance: self.stance.clone(),
        }
    }
}

#[derive(sqlx::FromRow)]
struct SpotRow {
    work_id: i64,
    position: i64,
    author_id: Option<i64>,
    stance: Option<String>,
    name_printed: String,
    collective: bool,
}

/// The authorships of these works for which `wanted` holds: by work, people before groups, and position.
pub async fn spots(
    db: &mut impl Sql,
    works: &[i64],
    wanted: impl Fn(&Spot) -> bool,
) -> DbResult<Vec<Spot>> {
    let mut out = Vec::new();
    for works in works.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT work_id, position, author_id, stance, name_printed, collective FROM authorships
             WHERE work_id IN ({}) ORDER BY work_id, collective, position",
            placeholders(1, works.len())
        );
        let values = works.iter().map(|work| Arg::from(*work)).collect();
        let rows: Vec<SpotRow> = db.all_assembled(Statement::Owned(sql), values).await?;
        let mut work = 0;
        let mut times: HashMap<String, i64> = HashMap::new();
        for row in rows {
            if row.work_id != work {
                work = row.work_id;
                times.clear();
            }
            let key = name_key(&row.name_printed);
            let nth = times.entry(key.clone()).or_default();
            *nth += 1;
            let spot = Spot {
                work,
                position: row.position,
                nth: *nth,
                key,
                author: row.author_id,
                stance: row.stance,
                printed: row.name_printed,
                collective: row.collective,
            };
            if wanted(&spot) {
                out.push(spot);
            }
        }
    }
    Ok(out)
}

/// All authorships of an author.
pub async fn spots_of(db: &mut impl Sql, author: AuthorId) -> DbResult<Vec<Spot>> {
    let works: Vec<(i64,)> = db
        .all(
            "SELECT DISTINCT work_id FROM authorships WHERE author_id = $1 ORDER BY work_id",
            args![author],
        )
        .await?;
    let works: Vec<i64> = works.into_iter().map(|(work,)| work).collect();
    spots(db, &works, |spot| spot.author == Some(author.0)).await
}

/// The authorships that a correction changed, where they are now, each beside how it was before.
pub async fn spots_of_moved(db: &mut impl Sql, moved: &[Moved]) -> DbResult<Vec<(Spot, Moved)>> {
    let named: HashSet<i64> = moved.iter().map(|one| one.work.0).collect();
    let today = works_today(db, named).await?;
    let mut before: HashMap<(i64, &str, i64), &Moved> = HashMap::new();
    let mut works = HashSet::new();
    for one in moved {
        let work = today.get(&one.work.0).copied().unwrap_or(one.work.0);
        before.insert((work, one.key.as_str(), one.nth), one);
        works.insert(work);
    }
    let mut works: Vec<i64> = works.into_iter().collect();
    works.sort_unstable();
    let found = spots(db, &works, |spot| {
        before.contains_key(&(spot.work, spot.key.as_str(), spot.nth))
    })
    .await?;
    Ok(found
        .into_iter()
        .filter_map(|spot| {
            let one = (*before.get(&(spot.work, spot.key.as_str(), spot.nth))?).clone();
            Some((spot, one))
        })
        .collect())
}

/// Which of these works turned out to be another since: old number to new one. Whatever joins works keeps such chains short.
async fn works_today(
    db: &mut impl Sql,
    works: impl IntoIterator<Item = i64>,
) -> DbResult<HashMap<i64, i64>> {
    let works: Vec<i64> = works.into_iter().collect();
    let mut out = HashMap::new();
    for works in works.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT id, merged_into FROM works WHERE merged_into IS NOT NULL AND id IN ({})",
            placeholders(1, works.len())
        );
        let values = works.iter().map(|work| Arg::from(*work)).collect();
        let rows: Vec<(i64, i64)> = db.all_assembled(Statement::Owned(sql), values).await?;
        out.extend(rows);
    }
    Ok(out)
}

/// Gives an authorship to an author, or to nobody. A name shown instead of the printed one belonged to the author before.
pub async fn update_spot(
    tx: &mut Tx,
    spot: &Spot,
    author: Option<i64>,
    stance: Option<&str>,
) -> DbResult<()> {
    tx.execute(
        "UPDATE authorships SET author_id = $3, stance = $4, name_shown = NULL
         WHERE work_id = $1 AND position = $2",
        args![spot.work, spot.position, author, stance],
    )
    .await?;
    Ok(())
}

/// The next import's step that places authorships looks at this work again.
pub async fn add_unplaced(tx: &mut Tx, work: i64) -> DbResult<()> {
    tx.execute(
        "INSERT INTO unplaced_works (work_id) VALUES ($1) ON CONFLICT DO NOTHING",
        args![work],
    )
    .await?;
    Ok(())
}

/// The row of a correction to be written.
pub struct NewCorrection<'a> {
    /// Its kind.
    pub kind: correction::Kind,
    /// Who made it.
    pub actor: AccountId,
    /// The author it is about.
    pub author: AuthorId,
    /// The second author that takes part.
    pub other: Option<AuthorId>,
    /// The one work it is about.
    pub work: Option<WorkId>,
    /// Why.
    pub reason: &'a str,
    /// JSON of [`correction::Detail`].
    pub detail: &'a str,
}

/// Writes a correction down.
pub async fn add(tx: &mut Tx, now: i64, new: NewCorrection<'_>) -> DbResult<CorrectionId> {
    let id = tx
        .insert(
            "INSERT INTO corrections (at, kind, actor_account_id, author_id, other_author_id, work_id, reason, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
            args![
                now,
                new.kind.as_str(),
                new.actor,
                new.author,
                new.other.map(|other| other.0),
                new.work.map(|work| work.0),
                new.reason,
                new.detail
            ],
        )
        .await?;
    Ok(CorrectionId(id))
}

/// What a correction says of single authorships: (authorship, verdict, of whom).
pub async fn add_decisions(
    tx: &mut Tx,
    correction: CorrectionId,
    decisions: &[(&Spot, Verdict, AuthorId)],
) -> DbResult<()> {
    let mut rows = Bulk::new(
        "authorship_decisions",
        &[
            ("correction_id", Kind::Int),
            ("work_id", Kind::Int),
            ("name_key", Kind::Text),
            ("nth", Kind::Int),
            ("verdict", Kind::Text),
            ("author_id", Kind::Int),
        ],
    );
    for (spot, verdict, author) in decisions {
        rows.push((
            correction.0,
            spot.work,
            &spot.key,
            spot.nth,
            verdict.as_str(),
            author.0,
        ))?;
    }
    rows.write(tx).await?;
    Ok(())
}

/// Every ruling on one authorship that was not undone; authors as the corrections named them.
pub async fn rulings(db: &mut impl Sql, spot: &Spot) -> DbResult<Vec<Ruling>> {
    let rows: Vec<(i64, String, i64)> = db
        .all(
            "SELECT d.correction_id, d.verdict, d.author_id FROM authorship_decisions d
             JOIN corrections c ON c.id = d.correction_id
             WHERE d.work_id = $1 AND d.name_key = $2 AND d.nth = $3 AND c.undone_at IS NULL
             ORDER BY d.correction_id",
            args![spot.work, &spot.key, spot.nth],
        )
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(correction, verdict, author)| {
            Some(Ruling {
                correction,
                verdict: Verdict::parse(&verdict)?,
                author: AuthorId(author),
            })
        })
        .collect())
}

/// A stored correction.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CorrectionRow {
    /// Number.
    pub id: i64,
    /// The kind's word.
    pub kind: String,
    /// Who made it.
    pub actor_account_id: i64,
    /// The author it is about.
    pub author_id: i64,
    /// The second author that takes part.
    pub other_author_id: Option<i64>,
    /// JSON of [`correction::Detail`].
    pub detail: String,
    /// When it was undone.
    pub undone_at: Option<i64>,
}

/// One correction.
pub async fn lookup(
    db: &mut impl Sql,
    correction: CorrectionId,
) -> DbResult<Option<CorrectionRow>> {
    db.optional(
        "SELECT id, kind, actor_account_id, author_id, other_author_id, detail, undone_at
         FROM corrections WHERE id = $1",
        args![correction],
    )
    .await
}

/// The latest correction in force of this kind about this author, by this account: what a form sent twice would repeat.
pub async fn find_latest(
    db: &mut impl Sql,
    kind: correction::Kind,
    actor: AccountId,
    author: AuthorId,
    work: Option<WorkId>,
) -> DbResult<Option<CorrectionRow>> {
    db.optional(
        "SELECT id, kind, actor_account_id, author_id, other_author_id, detail, undone_at
         FROM corrections
         WHERE author_id = $1 AND kind = $2 AND actor_account_id = $3 AND undone_at IS NULL
           AND COALESCE(work_id, 0) = $4 ORDER BY id DESC LIMIT 1",
        args![author, kind.as_str(), actor, work.map_or(0, |work| work.0)],
    )
    .await
}

/// The latest correction in force that builds on this one: it speaks of the same authorships, joined one of its authors with
/// another, or gave its author yet another name.
pub async fn find_later(db: &mut impl Sql, row: &CorrectionRow) -> DbResult<Option<(i64, String)>> {
    let same: Option<(i64, String)> = db
        .optional(
            "SELECT c.id, c.kind FROM authorship_decisions d
             JOIN authorship_decisions e
               ON e.work_id = d.work_id AND e.name_key = d.name_key AND e.nth = d.nth
             JOIN corrections c ON c.id = e.correction_id
             WHERE d.correction_id = $1 AND e.correction_id > $1 AND c.undone_at IS NULL
             ORDER BY c.id DESC LIMIT 1",
            args![row.id],
        )
        .await?;
    let other: Option<(i64, String)> = db
        .optional(
            "SELECT id, kind FROM corrections
             WHERE id > $1 AND undone_at IS NULL
               AND ((kind = 'merge' AND other_author_id IN ($2, $3))
                 OR (kind = 'rename' AND $4 = 'rename' AND author_id = $2))
             ORDER BY id DESC LIMIT 1",
            args![
                row.id,
                row.author_id,
                row.other_author_id.unwrap_or(row.author_id),
                row.kind.as_str()
            ],
        )
        .await?;
    Ok(same.max(other))
}

/// Marks a correction as undone; answers whether it was in force.
pub async fn update_undone(
    tx: &mut Tx,
    correction: CorrectionId,
    by: AccountId,
    reason: &str,
    now: i64,
) -> DbResult<bool> {
    let n = tx
        .execute(
            "UPDATE corrections SET undone_at = $2, undone_by = $3, undo_reason = $4
             WHERE id = $1 AND undone_at IS NULL",
            args![correction, now, by, reason],
        )
        .await?;
    Ok(n > 0)
}

/// A number that grows with every correction about the author and every undoing: what a form has seen.
pub async fn version(db: &mut impl Sql, author: AuthorId) -> DbResult<i64> {
    let (version,): (i64,) = db
        .one(
            "SELECT COALESCE(MAX(id), 0) + COUNT(undone_at) FROM corrections
             WHERE author_id = $1 OR other_author_id = $1",
            args![author],
        )
        .await?;
    Ok(version)
}
