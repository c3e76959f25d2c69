//! Sending and reading invitations; answering them is in [`answering`].

mod answering;

pub(super) use answering::end;
pub use answering::{accept, decline, expire_due, open, withdraw};

use super::conversation;
use super::deciding::{self, gather, state_at};
use super::queries::{self, InvitationRow, NewInvitation, WorkRow};
use super::types::{
    InboxCounts, InvitationDraft, InvitationItem, InvitationPage, InviteForm, InviteState,
    LinkedWork, Listing, Person,
};
use crate::db::{DbError, Sql};
use crate::domain::clock::date_in_words;
use crate::domain::events::Event;
use crate::domain::ids::{AccountId, AuthorId, ConversationId, InvitationId, WorkId};
use crate::domain::invitation::{Content, Purpose, expires_at};
use crate::error::{AppError, Problem};
use crate::infra::context::Cx;
use crate::infra::drafts;
use crate::infra::session::Viewer;
use crate::infra::{limits, mail};
use crate::paths;

/// Works offered for linking, of each of the two people.
const WORKS_OFFERED: i64 = 30;
/// Lines on one page of a list.
pub const PAGE: i64 = 20;
/// Characters of a message shown in a list.
const EXCERPT: usize = 160;

/// Sends a visitor to log in and then to `path`; everything else passes through.
pub fn or_log_in<T>(result: Result<T, AppError>, path: &str) -> Result<T, AppError> {
    if matches!(result, Err(AppError::NotLoggedIn)) {
        leptos_axum::redirect(&paths::login_then(path));
    }
    result
}

/// Whether the viewer may invite the person behind an author, and why not.
pub async fn state(cx: Cx, author: i64) -> Result<InviteState, AppError> {
    let now = cx.now();
    let standing = gather(&mut cx.db(), cx.viewer.as_ref(), AuthorId(author), now).await?;
    Ok(standing.invite_state(now))
}

/// The form that sends an invitation, with what was typed before a refusal.
pub async fn form(cx: Cx, author: i64) -> Result<InviteForm, AppError> {
    let viewer = cx.require_viewer()?;
    let (now, mut db) = (cx.now(), cx.db());
    let author = AuthorId(author);
    let standing = deciding::gather(&mut db, Some(viewer), author, now).await?;
    let own_works = match standing.own_author {
        Some(own) => queries::list_works(&mut db, own, WORKS_OFFERED).await?,
        None => Vec::new(),
    };
    let their_works = queries::list_works(&mut db, author, WORKS_OFFERED).await?;
    // A joint work is offered once, as the viewer's own.
    let their_works = their_works
        .into_iter()
        .filter(|w| own_works.iter().all(|own| own.id != w.id))
        .collect();
    let draft = drafts::lookup(&mut db, viewer.account, drafts::INVITATION, author.0).await?;
    Ok(InviteForm {
        author,
        state: standing.invite_state(now),
        slug: standing.author.slug,
        name: standing.author.name,
        own_works: linked(own_works),
        their_works: linked(their_works),
        draft: draft.unwrap_or_default(),
    })
}

/// Sends an invitation. What was typed is kept when it is refused.
pub async fn send(cx: Cx, author: i64, typed: InvitationDraft) -> Result<InvitationId, AppError> {
    let viewer = cx.require_viewer()?.clone();
    let author = AuthorId(author);
    let sent = send_now(&cx, &viewer, author, &typed).await;
    match &sent {
        Ok(_) => cx.app.mailer.wake(),
        Err(AppError::NotFound) => {}
        Err(_) => {
            let kept = InvitationDraft {
                purpose: drafts::cut(&typed.purpose),
                subject: drafts::cut(&typed.subject),
                message: drafts::cut(&typed.message),
                works: typed
                    .works
                    .iter()
                    .take(20)
                    .map(|w| drafts::cut(w))
                    .collect(),
            };
            let (form, now) = (drafts::INVITATION, cx.now());
            drafts::keep(&cx.app.db, viewer.account, form, author.0, &kept, now).await?;
        }
    }
    sent
}

async fn send_now(
    cx: &Cx,
    viewer: &Viewer,
    author: AuthorId,
    typed: &InvitationDraft,
) -> Result<InvitationId, AppError> {
    let now = cx.now();
    let subject = limits::address_subject(cx.ip);
    limits::hit(&cx.app.db, limits::INVITATION_ADDRESS, &subject, now).await?;
    let works: Vec<WorkId> = typed
        .works
        .iter()
        .map(|w| w.parse().map_err(|_| AppError::Invalid(Problem::Reference)))
        .collect::<Result<_, _>>()?;
    let content = Content::parse(&typed.purpose, &typed.subject, &typed.message, &works);

    let mut tx = cx.app.db.begin().await?;
    if let Some(holder) = queries::lookup_holder(&mut tx, author).await? {
        let recipient = AccountId(holder.account_id);
        queries::lock_pair(&mut tx, viewer.account, recipient).await?;
        // The index that keeps a pair to one open invitation does not know the time.
        if let Some((id, sent_at)) =
            queries::lookup_open(&mut tx, viewer.account, recipient).await?
            && now >= expires_at(sent_at)
        {
            answering::expire(&cx.app, &mut tx, InvitationId(id)).await?;
        }
    }
    let standing = gather(&mut tx, Some(viewer), author, now).await?;
    let holder = standing.allow(now)?;
    let recipient = AccountId(holder.account_id);
    // The sender sees one mistake after the other; the browser has checked lengths before.
    let content = content.map_err(|mut refusals| match refusals.is_empty() {
        true => AppError::Internal,
        false => AppError::InvitationContent(refusals.swap_remove(0)),
    })?;
    for work in content.works() {
        let theirs = queries::is_work_of(&mut tx, *work, author).await?;
        let own = match standing.own_author {
            Some(own) => queries::is_work_of(&mut tx, *work, own).await?,
            None => false,
        };
        if !theirs && !own {
            return Err(AppError::Invalid(Problem::Reference));
        }
    }
    let new = NewInvitation {
        sender: viewer.account,
        recipient,
        author,
        purpose: content.purpose().as_str(),
        subject: content.subject(),
        message: content.message(),
        sent_at: now,
        expires_at: expires_at(now),
    };
    let id = queries::add(&mut tx, &new).await.map_err(conflict)?;
    for work in content.works() {
        queries::add_work(&mut tx, id, *work).await?;
    }
    drafts::remove(&mut tx, viewer.account, drafts::INVITATION, author.0).await?;
    let event = Event::InvitationSent {
        invitation: id,
        sender: viewer.account,
        recipient,
    };
    cx.app.emit(&mut tx, Some(viewer.account), event).await?;
    let text = format!(
        "{} invites you to collaborate.\n\nPurpose: {}\nSubject: {}\n\nRead and answer it here:\n{}{}\n\n\
         It stays open until {}. Nobody is told when you do not answer. In your settings you can stop \
         invitations.\n",
        viewer.name,
        content.purpose().label(),
        content.subject(),
        cx.app.config.base_url,
        paths::invitation(id),
        date_in_words(expires_at(now)),
    );
    let title = format!("{} invites you to collaborate", viewer.name);
    mail::enqueue(&mut tx, &holder.email, &title, &text, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Another writer came first: a refusal, not a failure.
fn conflict(error: DbError) -> AppError {
    if error.is_unique_violation() {
        AppError::Conflict
    } else {
        error.into()
    }
}

/// The invitation, if the viewer is one of its two people; nobody else learns that there is one.
async fn lookup_own(
    db: &mut impl Sql,
    viewer: AccountId,
    invitation: InvitationId,
) -> Result<InvitationRow, AppError> {
    queries::lookup(db, invitation)
        .await?
        .filter(|row| [row.sender_id, row.recipient_id].contains(&viewer.0))
        .ok_or(AppError::NotFound)
}

/// One invitation. Reading changes nothing: that the recipient saw it is recorded by [`open`], by
/// the browser's own post, or along with the answer where scripts are off.
pub async fn page(cx: Cx, invitation: i64) -> Result<InvitationPage, AppError> {
    let viewer = cx.require_viewer()?.account;
    let (now, mut db) = (cx.now(), cx.db());
    let row = lookup_own(&mut db, viewer, InvitationId(invitation)).await?;
    let own = row.sender_id == viewer.0;
    let other = AccountId(if own { row.recipient_id } else { row.sender_id });
    let works = queries::list_linked(&mut db, InvitationId(row.id)).await?;
    let person = person(
        &mut db,
        other,
        if own {
            row.recipient_name
        } else {
            row.sender_name
        },
    )
    .await?;
    Ok(InvitationPage {
        id: InvitationId(row.id),
        own,
        other: person,
        purpose: Purpose::parse(&row.purpose)
            .map_or("Something else", Purpose::label)
            .to_owned(),
        subject: row.subject,
        message: row.message,
        works: linked(works),
        state: state_at(&row.state, row.sent_at, now)?,
        sent_at: row.sent_at,
        expires_at: row.expires_at,
        decided_at: row.decided_at,
        conversation: row.conversation_id.map(ConversationId),
        blocked_by_viewer: queries::exists_block(&mut db, viewer, other).await?,
    })
}

/// A person with the author record they hold.
pub(super) async fn person(
    db: &mut impl Sql,
    account: AccountId,
    name: String,
) -> Result<Person, AppError> {
    let held = queries::list_held(db, account).await?;
    Ok(Person {
        name,
        author: held
            .into_iter()
            .next()
            .map(|(id, slug, _)| (AuthorId(id), slug)),
    })
}

/// Invitations sent and received, newest first; `page` counts from 1.
pub async fn list(cx: Cx, page: u32) -> Result<Listing<InvitationItem>, AppError> {
    let viewer = cx.require_viewer()?.account;
    let (now, mut db) = (cx.now(), cx.db());
    let total = queries::count(&mut db, viewer).await?;
    let (page, pages) = page_of(page, total);
    let rows = queries::list(&mut db, viewer, PAGE, i64::from(page - 1) * PAGE).await?;
    let items = rows
        .into_iter()
        .map(|row| {
            let own = row.sender_id == viewer.0;
            Ok(InvitationItem {
                id: InvitationId(row.id),
                own,
                other: if own {
                    row.recipient_name
                } else {
                    row.sender_name
                },
                excerpt: excerpt(&row.message),
                subject: row.subject,
                state: state_at(&row.state, row.sent_at, now)?,
                sent_at: row.sent_at,
            })
        })
        .collect::<Result<_, AppError>>()?;
    Ok(Listing { items, page, pages })
}

/// How much is in the inbox.
pub async fn inbox_counts(cx: Cx) -> Result<InboxCounts, AppError> {
    let viewer = cx.require_viewer()?.account;
    let mut db = cx.db();
    Ok(InboxCounts {
        invitations: queries::count(&mut db, viewer).await?,
        invitations_new: queries::count_unread(&mut db, viewer, cx.now()).await?,
        conversations: conversation::queries::count(&mut db, viewer).await?,
        conversations_new: conversation::queries::count_unread(&mut db, viewer).await?,
    })
}

/// The page that exists and is nearest to the one asked for, and how many there are.
pub(super) fn page_of(page: u32, total: i64) -> (u32, u32) {
    let pages = u32::try_from((total + PAGE - 1) / PAGE)
        .unwrap_or(u32::MAX)
        .max(1);
    (page.clamp(1, pages), pages)
}

/// The beginning of a text, on one line.
pub(super) fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(EXCERPT).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

fn linked(rows: Vec<WorkRow>) -> Vec<LinkedWork> {
    rows.into_iter()
        .map(|w| LinkedWork {
            id: WorkId(w.id),
            slug: w.slug,
            title: w.title,
            year: w.year,
        })
        .collect()
}
