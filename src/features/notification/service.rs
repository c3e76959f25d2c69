//! Notices: written as a reaction to what other features do, read in the inbox.

use std::collections::{BTreeSet, HashMap};

use super::queries;
use super::types::{NoticeItem, Notices};
use crate::db::{DbResult, Sql, Tx};
use crate::domain::events::Event;
use crate::domain::ids::{AccountId, AuthorId};
use crate::error::{AppError, Problem};
use crate::infra::context::{App, Cx, Reacting};
use crate::paths;

/// Notices on one page.
const PAGE: i64 = 30;
/// Stands for the name of an author in a stored notice.
const NAME: &str = "{author}";

/// Writes the notices that an event causes, in the event's own transaction.
pub fn react<'a>(app: &'a App, tx: &'a mut Tx, event: &'a Event) -> Reacting<'a> {
    Box::pin(write(app, tx, event))
}

async fn write(app: &App, tx: &mut Tx, event: &Event) -> DbResult<()> {
    let now = app.clock.now();
    match event {
        Event::ClaimApproved {
            author,
            account,
            level,
            ..
        } => {
            let (name, href) = about(tx, *author).await?;
            let body = format!("Your claim on {name} was approved at level {level}.");
            queries::add(tx, *account, &body, &href, now).await
        }
        Event::ClaimRejected {
            author,
            account,
            reason,
            ..
        } => {
            let (name, href) = about(tx, *author).await?;
            let body = format!("Your claim on {name} was rejected: {reason}");
            queries::add(tx, *account, &body, &href, now).await
        }
        Event::ClaimContested {
            author,
            account,
            contender,
            ..
        } => {
            let (name, href) = about(tx, *author).await?;
            let body = format!(
                "Somebody else claims {name} too. A moderator decides; until then nobody can invite you there."
            );
            queries::add(tx, *account, &body, &href, now).await?;
            if let Some(second) = queries::lookup_claimant(tx, *contender).await? {
                let body = format!(
                    "{name} was claimed before you. A moderator decides between the two claims."
                );
                queries::add(tx, second, &body, &href, now).await?;
            }
            Ok(())
        }
        Event::ClaimUpheld {
            author, account, ..
        } => {
            let (name, href) = about(tx, *author).await?;
            let body = format!("The contest over {name} was decided: your claim stands.");
            queries::add(tx, *account, &body, &href, now).await
        }
        Event::ClaimTransferred {
            author, account, ..
        } => {
            let (name, href) = about(tx, *author).await?;
            let body = format!("The contest over {name} was decided for the other claim.");
            queries::add(tx, *account, &body, &href, now).await
        }
        Event::ClaimRevoked {
            author,
            account,
            reason,
            ..
        } => {
            let (name, href) = about(tx, *author).await?;
            let body = format!("Your claim on {name} was revoked: {reason}");
            queries::add(tx, *account, &body, &href, now).await
        }
        Event::InvitationSent {
            invitation,
            sender,
            recipient,
        } => {
            let who = name(tx, *sender).await?;
            let subject = queries::lookup_subject(tx, *invitation)
                .await?
                .unwrap_or_default();
            let body = format!("{who} invites you to collaborate: {subject}");
            queries::add(tx, *recipient, &body, &paths::invitation(*invitation), now).await
        }
        Event::InvitationAccepted {
            sender,
            recipient,
            conversation,
            ..
        } => {
            let who = name(tx, *recipient).await?;
            let body = format!("{who} accepted your invitation. Your conversation is open.");
            queries::add(tx, *sender, &body, &paths::conversation(*conversation), now).await
        }
        Event::InvitationDeclined {
            invitation,
            sender,
            recipient,
        } => {
            let who = name(tx, *recipient).await?;
            let body = format!("{who} declined your invitation.");
            queries::add(tx, *sender, &body, &paths::invitation(*invitation), now).await
        }
        Event::InvitationExpired {
            invitation,
            sender,
            recipient,
        } => {
            let who = name(tx, *recipient).await?;
            let body = format!("Your invitation to {who} expired without an answer.");
            queries::add(tx, *sender, &body, &paths::invitation(*invitation), now).await
        }
        Event::MessageSent {
            conversation,
            sender,
            recipient,
            ..
        } => {
            let href = paths::conversation(*conversation);
            // One unread notice per conversation: a lively one must not bury the rest.
            if queries::exists_unread(tx, *recipient, &href).await? {
                return Ok(());
            }
            let body = format!("{} wrote to you.", name(tx, *sender).await?);
            queries::add(tx, *recipient, &body, &href, now).await
        }
        Event::ReportDecided {
            report,
            author,
            upheld,
            ..
        } => {
            let Some(reporter) = queries::lookup_reporter(tx, *report).await? else {
                return Ok(());
            };
            let (name, href) = about(tx, *author).await?;
            let outcome = if *upheld { "upheld" } else { "dismissed" };
            let body = format!("Your report on {name} was {outcome}.");
            queries::add(tx, reporter, &body, &href, now).await
        }
        Event::Corrected {
            author, other, by, ..
        } => corrected(tx, *author, *other, *by, "was corrected", now).await,
        Event::CorrectionUndone {
            author, other, by, ..
        } => {
            let what = "had a correction undone";
            corrected(tx, *author, *other, *by, what, now).await
        }
        _ => Ok(()),
    }
}

/// Those who hold an author learn what somebody else corrected there.
async fn corrected(
    tx: &mut Tx,
    author: AuthorId,
    other: Option<AuthorId>,
    by: AccountId,
    what: &str,
    now: i64,
) -> DbResult<()> {
    for author in [Some(author), other].into_iter().flatten() {
        let Some(holder) = queries::lookup_holder(tx, author).await? else {
            continue;
        };
        if holder == by {
            continue;
        }
        let (_, slug) = queries::lookup_author(tx, author)
            .await?
            .unwrap_or_default();
        let href = paths::corrections(author, &slug);
        // Without the name: a later change of it may be one that must not be told.
        let body = format!("A page that you hold {what}. Its history says by whom and why.");
        queries::add(tx, holder, &body, &href, now).await?;
    }
    Ok(())
}

/// What stands for the name of an author, and the address of the page. The name is put in when the notice is read: until then
/// it may have become one that must not be told.
async fn about(tx: &mut Tx, author: AuthorId) -> DbResult<(&'static str, String)> {
    let (_, slug) = queries::lookup_author(tx, author)
        .await?
        .unwrap_or_default();
    Ok((NAME, paths::author(author, &slug)))
}

/// The author to whose pages an address leads, and what follows the readable part of it.
fn led_to(href: &str) -> Option<(AuthorId, &str)> {
    let rest = href.strip_prefix("/authors/")?;
    let (id, rest) = rest.split_once('/')?;
    let (_, tail) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    Some((AuthorId(id.parse().ok()?), tail))
}

/// Notices about authors under the names and addresses that they have now.
async fn up_to_date(db: &mut impl Sql, rows: &mut [queries::NoticeRow]) -> DbResult<()> {
    let led = rows.iter().filter_map(|row| led_to(&row.href));
    let authors: BTreeSet<i64> = led.map(|(author, _)| author.0).collect();
    let found = queries::list_authors(db, &authors).await?;
    let known: HashMap<i64, (String, String)> = found
        .into_iter()
        .map(|(author, name, slug)| (author, (name, slug)))
        .collect();
    for row in rows {
        let Some((author, tail)) = led_to(&row.href) else {
            continue;
        };
        if let Some((name, slug)) = known.get(&author.0) {
            row.body = row.body.replace(NAME, name);
            row.href = format!("{}{tail}", paths::author(author, slug));
        }
    }
    Ok(())
}

async fn name(tx: &mut Tx, account: AccountId) -> DbResult<String> {
    let name = queries::lookup_name(tx, account).await?;
    Ok(name.unwrap_or_else(|| "Somebody".to_owned()))
}

/// How many notices the viewer has not read; nobody has none.
pub async fn unread(cx: Cx) -> Result<i64, AppError> {
    match &cx.viewer {
        Some(viewer) => Ok(queries::count_unread(&mut cx.db(), viewer.account).await?),
        None => Ok(0),
    }
}

/// How many notices there are, and how many are unread.
pub async fn counts(cx: Cx) -> Result<(i64, i64), AppError> {
    let viewer = cx.require_viewer()?.account;
    let mut db = cx.db();
    Ok((
        queries::count(&mut db, viewer).await?,
        queries::count_unread(&mut db, viewer).await?,
    ))
}

/// The viewer's notices, newest first; `page` counts from 1.
pub async fn list(cx: Cx, page: u32) -> Result<Notices, AppError> {
    let viewer = cx.require_viewer()?.account;
    let mut db = cx.db();
    let total = queries::count(&mut db, viewer).await?;
    let pages = u32::try_from((total + PAGE - 1) / PAGE)
        .unwrap_or(u32::MAX)
        .max(1);
    let page = page.clamp(1, pages);
    let mut rows = queries::list(&mut db, viewer, PAGE, i64::from(page - 1) * PAGE).await?;
    up_to_date(&mut db, &mut rows).await?;
    let items = rows
        .into_iter()
        .map(|row| NoticeItem {
            id: row.id,
            body: row.body,
            href: row.href,
            created_at: row.created_at,
            unread: row.read_at.is_none(),
        })
        .collect();
    Ok(Notices { items, page, pages })
}

/// Marks all as read.
pub async fn read_all(cx: Cx) -> Result<(), AppError> {
    let viewer = cx.require_viewer()?.account;
    let mut tx = cx.app.db.begin().await?;
    queries::update_read(&mut tx, viewer, cx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Marks as read what leads to `href`: the viewer is there.
pub async fn read_at(cx: Cx, href: String) -> Result<(), AppError> {
    let viewer = cx.require_viewer()?.account;
    if paths::safe_next(&href).is_none() {
        return Err(AppError::Invalid(Problem::Reference));
    }
    // The readable part of an author's address may have changed since.
    let (start, tail) = match led_to(&href) {
        Some((author, tail)) => (format!("/authors/{author}/"), tail.to_owned()),
        None => (href.clone(), String::new()),
    };
    let mut tx = cx.app.db.begin().await?;
    queries::update_read_at(&mut tx, viewer, &href, (&start, &tail), cx.now()).await?;
    tx.commit().await?;
    Ok(())
}
