//! Opening, answering, withdrawing and expiring invitations.

use super::{conflict, lookup_own};
use crate::db::{Db, Tx};
use crate::domain::clock::Millis;
use crate::domain::events::Event;
use crate::domain::ids::{AccountId, ConversationId, InvitationId};
use crate::domain::invitation::{self, Actor, Facts, State, answer, step};
use crate::error::AppError;
use crate::features::invitation::deciding::state_at;
use crate::features::invitation::queries::{self, InvitationRow};
use crate::infra::context::{App, Cx};
use crate::infra::mail;
use crate::paths;

/// Records that the recipient has the invitation before them; again is no error, and the sender
/// looking at their own invitation records nothing.
pub async fn open(cx: Cx, invitation: i64) -> Result<(), AppError> {
    let viewer = cx.require_viewer()?.account;
    let now = cx.now();
    let mut tx = cx.app.db.begin().await?;
    let row = lookup_own(&mut tx, viewer, InvitationId(invitation)).await?;
    if row.recipient_id != viewer.0 || state_at(&row.state, row.sent_at, now)? != State::Sent {
        return Ok(());
    }
    let facts = facts(&row, viewer);
    step(State::Sent, invitation::Event::Open, &facts, now).map_err(AppError::InvitationStep)?;
    let id = InvitationId(row.id);
    if queries::update_state(&mut tx, id, "sent", "seen", Some(now), None).await? {
        let event = Event::InvitationSeen {
            invitation: id,
            sender: AccountId(row.sender_id),
            recipient: viewer,
        };
        cx.app.emit(&mut tx, Some(viewer), event).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn facts(row: &InvitationRow, viewer: AccountId) -> Facts {
    let actor = if row.recipient_id == viewer.0 {
        Actor::Recipient
    } else if row.sender_id == viewer.0 {
        Actor::Sender
    } else {
        Actor::Other
    };
    Facts {
        actor,
        sent_at: row.sent_at,
    }
}

/// Accepts: opens the conversation and answers its number.
pub async fn accept(cx: Cx, invitation: i64) -> Result<ConversationId, AppError> {
    let viewer = cx.require_viewer()?.clone();
    let now = cx.now();
    let mut tx = cx.app.db.begin().await?;
    let row = lookup_own(&mut tx, viewer.account, InvitationId(invitation)).await?;
    decide(
        &mut tx,
        &row,
        viewer.account,
        invitation::Event::Accept,
        now,
    )
    .await?;
    let (id, sender) = (InvitationId(row.id), AccountId(row.sender_id));
    let conversation = queries::add_conversation(&mut tx, id, sender, viewer.account, now)
        .await
        .map_err(conflict)?;
    let event = Event::InvitationAccepted {
        invitation: id,
        sender,
        recipient: viewer.account,
        conversation,
    };
    cx.app.emit(&mut tx, Some(viewer.account), event).await?;
    if let Some(to) = queries::lookup_email(&mut tx, sender).await? {
        let title = format!("{} accepted your invitation", viewer.name);
        let text = format!(
            "{} accepted your invitation \"{}\".\n\nYour conversation is open:\n{}{}\n",
            viewer.name,
            row.subject,
            cx.app.config.base_url,
            paths::conversation(conversation),
        );
        mail::enqueue(&mut tx, &to, &title, &text, now).await?;
    }
    tx.commit().await?;
    cx.app.mailer.wake();
    Ok(conversation)
}

/// Declines. The sender is told that, and no reason.
pub async fn decline(cx: Cx, invitation: i64) -> Result<(), AppError> {
    let viewer = cx.require_viewer()?.account;
    let mut tx = cx.app.db.begin().await?;
    let row = lookup_own(&mut tx, viewer, InvitationId(invitation)).await?;
    end(&cx.app, &mut tx, &row, viewer, invitation::Event::Decline).await?;
    tx.commit().await?;
    Ok(())
}

/// The sender takes the invitation back.
pub async fn withdraw(cx: Cx, invitation: i64) -> Result<(), AppError> {
    let viewer = cx.require_viewer()?.account;
    let mut tx = cx.app.db.begin().await?;
    let row = lookup_own(&mut tx, viewer, InvitationId(invitation)).await?;
    end(&cx.app, &mut tx, &row, viewer, invitation::Event::Withdraw).await?;
    tx.commit().await?;
    Ok(())
}

/// Declines or withdraws, and says so.
pub(in crate::features::invitation) async fn end(
    app: &App,
    tx: &mut Tx,
    row: &InvitationRow,
    viewer: AccountId,
    event: invitation::Event,
) -> Result<(), AppError> {
    decide(tx, row, viewer, event, app.clock.now()).await?;
    let invitation = InvitationId(row.id);
    let (sender, recipient) = (AccountId(row.sender_id), AccountId(row.recipient_id));
    let told = match event {
        invitation::Event::Decline => Event::InvitationDeclined {
            invitation,
            sender,
            recipient,
        },
        _ => Event::InvitationWithdrawn {
            invitation,
            sender,
            recipient,
        },
    };
    app.emit(tx, Some(viewer), told).await
}

/// Takes the step that the state machine allows and stores it.
async fn decide(
    tx: &mut Tx,
    row: &InvitationRow,
    viewer: AccountId,
    event: invitation::Event,
    now: Millis,
) -> Result<(), AppError> {
    let facts = facts(row, viewer);
    let from = State::parse(&row.state).ok_or(AppError::Internal)?;
    let to = match event {
        // Without scripts the answer is the first that we hear of its being read.
        invitation::Event::Accept | invitation::Event::Decline => answer(from, event, &facts, now),
        other => step(from, other, &facts, now),
    }
    .map_err(AppError::InvitationStep)?;
    let seen_at = (facts.actor == Actor::Recipient).then_some(now);
    let (from, to, id) = (from.as_str(), to.as_str(), InvitationId(row.id));
    if queries::update_state(tx, id, from, to, seen_at, Some(now)).await? {
        Ok(())
    } else {
        Err(AppError::Conflict)
    }
}

/// Records that an invitation's time is over.
pub(super) async fn expire(app: &App, tx: &mut Tx, id: InvitationId) -> Result<(), AppError> {
    let Some(row) = queries::lookup(tx, id).await? else {
        return Ok(());
    };
    let now = app.clock.now();
    let from = State::parse(&row.state).ok_or(AppError::Internal)?;
    if !from.is_open() {
        // Answered between the look at the list and here.
        return Ok(());
    }
    let facts = Facts {
        actor: Actor::Clock,
        sent_at: row.sent_at,
    };
    let to =
        step(from, invitation::Event::Expire, &facts, now).map_err(AppError::InvitationStep)?;
    if queries::update_state(tx, id, from.as_str(), to.as_str(), None, Some(now)).await? {
        let event = Event::InvitationExpired {
            invitation: id,
            sender: AccountId(row.sender_id),
            recipient: AccountId(row.recipient_id),
        };
        app.emit(tx, None, event).await?;
    }
    Ok(())
}

/// Records the expiry of every invitation whose time is over; answers how many there were. A job
/// calls it now and then; nothing waits for it, since states are read by the clock.
pub async fn expire_due(app: &App) -> Result<usize, AppError> {
    const BATCH: i64 = 100;
    let mut done = 0;
    loop {
        let mut db: Db = app.db.clone();
        let due = queries::list_due(&mut db, app.clock.now(), BATCH).await?;
        for id in &due {
            let mut tx = app.db.begin().await?;
            expire(app, &mut tx, InvitationId(*id)).await?;
            tx.commit().await?;
        }
        done += due.len();
        if due.is_empty() {
            return Ok(done);
        }
    }
}
