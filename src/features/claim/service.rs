//! What a claimant does. Every step on a claim goes through [`steps`], so that the rules, the log, the events and the mail
//! are the same whoever takes it; [`review`] is the moderators' side.

mod letters;
mod read;
pub mod review;
mod steps;

pub use read::{form, proof_link, status};

use super::queries::{self, ClaimRow};
use super::types::{NOTE_MAX_CHARS, ProofDraft};
use crate::db::{Sql, addresses};
use crate::domain::claim::{self, Actor, State};
use crate::domain::clock::DAY;
use crate::domain::email::Email;
use crate::domain::events::Event;
use crate::domain::ids::{AccountId, AuthorId, ClaimId};
use crate::domain::verification::ProofKind;
use crate::error::{AppError, Problem};
use crate::infra::context::Cx;
use crate::infra::mail::enqueue;
use crate::infra::random::token_hash;
use crate::infra::{drafts, limits};
use crate::paths;

/// A mailed link works for this long.
const LINK_LIFE: i64 = DAY;

/// What the claim form sends, see [`super::api::submit_claim`].
pub struct Submission {
    /// The author claimed.
    pub author: AuthorId,
    /// The boxes ticked.
    pub works: Vec<i64>,
    /// All works on the page, joined by commas.
    pub shown: String,
    /// Whether all works on the page are meant.
    pub all: bool,
    /// `email` or `moderator`.
    pub proof: String,
    /// The address for `email`.
    pub email: String,
    /// The text for `moderator`.
    pub note: String,
    /// `page:N` to save and go on choosing.
    pub step: String,
}

/// Saves the selection and takes the next step; answers the path to go on at.
///
/// The selection is committed first: when the proof is then refused, the boxes stay ticked.
///
/// What was typed about the proof is kept when it is refused, and while one turns pages.
pub async fn submit(cx: Cx, sent: Submission) -> Result<String, AppError> {
    let account = cx.require_verified()?.account;
    let next = submit_now(&cx, account, &sent).await;
    let unfinished = next.is_err() || sent.step.starts_with("page:");
    if unfinished && next != Err(AppError::NotFound) {
        let kept = ProofDraft {
            proof: drafts::cut(&sent.proof),
            email: drafts::cut(&sent.email),
            note: drafts::cut(&sent.note),
        };
        let (form, now) = (drafts::CLAIM, cx.now());
        drafts::keep(&cx.app.db, account, form, sent.author.0, &kept, now).await?;
    }
    next
}

async fn submit_now(cx: &Cx, account: AccountId, sent: &Submission) -> Result<String, AppError> {
    let mut db = cx.db();
    let (author_name, slug) = addresses::shown_author(&mut db, sent.author)
        .await?
        .ok_or(AppError::NotFound)?;
    let page = paths::encode(&paths::claim(sent.author, &slug));
    let turn_to = sent.step.strip_prefix("page:");
    let latest = queries::find_latest(&mut db, account, sent.author).await?;
    let under_way = latest.is_some_and(|row| row.state().is_some_and(|state| state.is_open()));
    // Turning pages of a claim under way costs nothing; opening one or asking for a proof does.
    if turn_to.is_none() || !under_way {
        limits::hit(
            &cx.app.db,
            limits::CLAIM_ACCOUNT,
            &account.to_string(),
            cx.now(),
        )
        .await?;
        limits::hit(
            &cx.app.db,
            limits::CLAIM_ADDRESS,
            &limits::address_subject(cx.ip),
            cx.now(),
        )
        .await?;
    }
    let claim = select_works(cx, account, sent, turn_to.is_some()).await?;
    if let Some(number) = turn_to {
        let number: u32 = number
            .parse()
            .map_err(|_| AppError::Invalid(Problem::Form))?;
        return Ok(format!("{page}?page={number}"));
    }
    match (claim, sent.proof.as_str()) {
        (Some(claim), "email") => mail_link(cx, account, claim, sent, &author_name).await?,
        (Some(claim), "moderator") => ask_moderator(cx, account, claim, sent).await?,
        _ => return Err(AppError::Invalid(Problem::Form)),
    }
    Ok(page)
}

/// The most works that one page of the form can name.
const SHOWN_MAX: usize = 200;

/// Opens the claim if there is none under way and stores the selection. Without any work selected nothing is opened:
/// while one turns pages (`turning`) that is no mistake, and the answer is `None`.
async fn select_works(
    cx: &Cx,
    account: AccountId,
    sent: &Submission,
    turning: bool,
) -> Result<Option<ClaimId>, AppError> {
    let mut shown: Vec<i64> = Vec::new();
    for number in sent.shown.split(',').filter(|number| !number.is_empty()) {
        shown.push(
            number
                .parse()
                .map_err(|_| AppError::Invalid(Problem::Form))?,
        );
    }
    let chosen = if sent.all { &shown } else { &sent.works };
    if shown.len() > SHOWN_MAX || chosen.len() > SHOWN_MAX {
        return Err(AppError::Invalid(Problem::Form));
    }
    let mut tx = cx.app.db.begin().await?;
    if !queries::lock_author(&mut tx, sent.author).await? {
        return Err(AppError::NotFound);
    }
    let own = queries::own_works(&mut tx, sent.author, chosen).await?;
    if !chosen.iter().all(|work| own.contains(work)) {
        return Err(AppError::Invalid(Problem::Reference));
    }
    let open = match queries::find_latest(&mut tx, account, sent.author).await? {
        Some(row) => {
            let state = steps::state(&row)?;
            (state.is_open() || state.is_standing()).then_some(row)
        }
        None => None,
    };
    let row = match open {
        Some(row) => row,
        None if own.is_empty() && turning => return Ok(None),
        None => {
            let claim = queries::add(&mut tx, account, sent.author, cx.now())
                .await
                .map_err(steps::conflict)?;
            queries::add_log(&mut tx, claim, account, "start", "started", None, cx.now()).await?;
            let event = Event::ClaimStarted {
                claim,
                author: sent.author,
                account,
            };
            cx.app.emit(&mut tx, Some(account), event).await?;
            queries::lookup(&mut tx, claim)
                .await?
                .ok_or(AppError::Internal)?
        }
    };
    let claim = ClaimId(row.id);
    // A claim that is decided or under review keeps the works it was decided on: the step below refuses and nothing of
    // this transaction stays.
    queries::update_selection(&mut tx, claim, &shown, &own).await?;
    steps::take(
        cx,
        &mut tx,
        row,
        claim::Event::SelectWorks,
        Actor::Owner,
        account,
    )
    .await?;
    tx.commit().await?;
    Ok(Some(claim))
}

/// Mails the link that proves an address at one of the author's institutions.
async fn mail_link(
    cx: &Cx,
    account: AccountId,
    claim: ClaimId,
    sent: &Submission,
    author_name: &str,
) -> Result<(), AppError> {
    let email = Email::parse(&sent.email).map_err(|_| AppError::Invalid(Problem::Email))?;
    let mut db = cx.db();
    require_institution(&mut db, sent.author, &email).await?;
    limits::hit(&cx.app.db, limits::MAIL_RECIPIENT, &email.key(), cx.now()).await?;
    let token = cx.app.random.token();
    let mut tx = cx.app.db.begin().await?;
    queries::lock_author(&mut tx, sent.author).await?;
    let row = owned(&mut tx, claim, account).await?;
    if steps::state(&row)? != State::Proving {
        return Err(AppError::Conflict);
    }
    let expires = cx.now() + LINK_LIFE;
    let hash = token_hash(&token);
    queries::add_link(
        &mut tx,
        &hash,
        account,
        claim,
        email.as_str(),
        cx.now(),
        expires,
    )
    .await?;
    let (name, _, _) = queries::lookup_account(&mut tx, account)
        .await?
        .ok_or(AppError::Internal)?;
    let letter = letters::proof_link(&cx.app.config.base_url, &name, author_name, &token);
    enqueue(
        &mut tx,
        email.as_str(),
        &letter.subject,
        &letter.body,
        cx.now(),
    )
    .await?;
    drafts::remove(&mut tx, account, drafts::CLAIM, sent.author.0).await?;
    tx.commit().await?;
    cx.app.mailer.wake();
    Ok(())
}

/// Puts the claim into the moderators' queue with a note.
async fn ask_moderator(
    cx: &Cx,
    account: AccountId,
    claim: ClaimId,
    sent: &Submission,
) -> Result<(), AppError> {
    let note = plain_text(&sent.note);
    if note.chars().count() > NOTE_MAX_CHARS {
        return Err(AppError::Invalid(Problem::Reason));
    }
    let mut tx = cx.app.db.begin().await?;
    queries::lock_author(&mut tx, sent.author).await?;
    let mut row = owned(&mut tx, claim, account).await?;
    row.proof_detail = (!note.is_empty()).then_some(note);
    steps::take(
        cx,
        &mut tx,
        row,
        claim::Event::AskModerator,
        Actor::Owner,
        account,
    )
    .await?;
    queries::end_links(&mut tx, claim, cx.now()).await?;
    drafts::remove(&mut tx, account, drafts::CLAIM, sent.author.0).await?;
    tx.commit().await?;
    cx.app.mailer.wake();
    Ok(())
}

/// Uses a mailed link: the claim is approved, or waits for a moderator when somebody else holds the author. Answers the
/// path to go on at.
pub async fn prove(cx: Cx, token: String) -> Result<String, AppError> {
    let account = cx.require_verified()?.account;
    let hash = token_hash(&token);
    let unusable = AppError::Invalid(Problem::Link);
    // Read once outside to learn which author to lock, then again behind the lock.
    let mut db = cx.db();
    let link = queries::lookup_link(&mut db, &hash, cx.now())
        .await?
        .filter(|link| link.account_id == account.0)
        .ok_or(unusable.clone())?;
    let claim = ClaimId(link.claim_id);
    let author = AuthorId(owned(&mut db, claim, account).await?.author_id);
    let email = Email::parse(&link.email).map_err(|_| AppError::Internal)?;

    let mut tx = cx.app.db.begin().await?;
    queries::lock_author(&mut tx, author).await?;
    // The author may have been joined with another since the link was sent.
    if addresses::shown_author(&mut tx, author).await?.is_none() {
        return Err(unusable);
    }
    if !queries::update_link_used(&mut tx, &hash, cx.now()).await? {
        return Err(unusable);
    }
    // The author's institutions may have changed since the link was sent.
    require_institution(&mut tx, author, &email).await?;
    let mut row = owned(&mut tx, claim, account).await?;
    row.proof_kind = Some(ProofKind::InstitutionEmail.as_str().to_owned());
    row.proof_detail = Some(link.email);
    let event = Event::ClaimProved {
        claim,
        author,
        account,
        proof: ProofKind::InstitutionEmail,
    };
    cx.app.emit(&mut tx, Some(account), event).await?;
    steps::take(
        &cx,
        &mut tx,
        row,
        claim::Event::Prove,
        Actor::Owner,
        account,
    )
    .await?;
    tx.commit().await?;
    cx.app.mailer.wake();
    let (_, slug) = queries::lookup_author(&mut db, author)
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(paths::encode(&paths::author(author, &slug)))
}

/// Takes the viewer's claim back. Somebody else's claim is not found.
pub async fn withdraw(cx: Cx, claim: i64) -> Result<(), AppError> {
    let account = cx.require_viewer()?.account;
    let claim = ClaimId(claim);
    let mut db = cx.db();
    let author = AuthorId(owned(&mut db, claim, account).await?.author_id);
    let mut tx = cx.app.db.begin().await?;
    queries::lock_author(&mut tx, author).await?;
    let row = owned(&mut tx, claim, account).await?;
    steps::take(
        &cx,
        &mut tx,
        row,
        claim::Event::Withdraw,
        Actor::Owner,
        account,
    )
    .await?;
    queries::end_links(&mut tx, claim, cx.now()).await?;
    let reason = "The second claim was withdrawn.";
    steps::settle(&cx, &mut tx, author, Actor::Contender, account, reason).await?;
    tx.commit().await?;
    cx.app.mailer.wake();
    Ok(())
}

/// The claim, if it is the account's own.
async fn owned(
    db: &mut impl Sql,
    claim: ClaimId,
    account: AccountId,
) -> Result<ClaimRow, AppError> {
    queries::lookup(db, claim)
        .await?
        .filter(|row| row.account_id == account.0)
        .ok_or(AppError::NotFound)
}

async fn require_institution(
    db: &mut impl Sql,
    author: AuthorId,
    email: &Email,
) -> Result<(), AppError> {
    let domains = queries::list_domains(db, author).await?;
    if domains.iter().any(|domain| email.is_at(domain)) {
        Ok(())
    } else {
        Err(AppError::Invalid(Problem::NotInstitutionEmail))
    }
}

/// Text as a person typed it, with one kind of line break and without control characters (PostgreSQL stores no NUL).
fn plain_text(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect::<String>()
        .trim()
        .to_owned()
}
