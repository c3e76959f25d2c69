//! The facts from which `domain::invitation::may_send` decides, gathered in one place so that the
//! author's page, the form and the sending itself cannot disagree.

use super::queries::{self, AuthorRow, HolderRow};
use super::types::InviteState;
use crate::db::Sql;
use crate::domain::clock::{DAY, Millis};
use crate::domain::ids::{AccountId, AuthorId, ConversationId, InvitationId};
use crate::domain::invitation::{SendFacts, State, expires_at, may_send};
use crate::domain::verification::Level;
use crate::error::AppError;
use crate::infra::session::Viewer;

/// How a viewer and the person behind an author stand to each other.
pub struct Standing {
    /// The author looked at.
    pub author: AuthorRow,
    /// Who holds it.
    pub holder: Option<HolderRow>,
    /// The viewer's own author record, the best verified one.
    pub own_author: Option<AuthorId>,
    open: Option<InvitationId>,
    conversation: Option<ConversationId>,
    blocked_by_viewer: bool,
    facts: SendFacts,
}

impl Standing {
    /// The decision, with the links that a person needs to go on.
    pub fn invite_state(&self, now: Millis) -> InviteState {
        InviteState {
            refusal: may_send(&self.facts, now).err(),
            open: self.open,
            conversation: self.conversation,
            blocked_by_viewer: self.blocked_by_viewer,
        }
    }

    /// The holder, if an invitation may be sent to them now.
    pub fn allow(&self, now: Millis) -> Result<&HolderRow, AppError> {
        may_send(&self.facts, now).map_err(AppError::MaySend)?;
        // `may_send` has refused authors that nobody holds.
        self.holder.as_ref().ok_or(AppError::Internal)
    }
}

/// Looks up everything that counts. Inside a transaction that holds the locks of
/// [`queries::lock_pair`] nothing of it can change before the commit.
pub async fn gather(
    db: &mut impl Sql,
    viewer: Option<&Viewer>,
    author: AuthorId,
    now: Millis,
) -> Result<Standing, AppError> {
    let found = queries::lookup_author(db, author)
        .await?
        .ok_or(AppError::NotFound)?;
    let holder = queries::lookup_holder(db, author).await?;
    let mut standing = Standing {
        facts: SendFacts {
            claimed: holder.is_some(),
            contested: holder.as_ref().is_some_and(|h| h.state == "contested"),
            logged_in: viewer.is_some(),
            own: false,
            email_verified: viewer.is_some_and(|v| v.email_verified),
            sender_level: Level::L0,
            accepting: holder.as_ref().is_some_and(|h| h.accepts_invitations),
            blocked: false,
            conversing: false,
            open_between: false,
            declined_at: None,
            sent_last_day: 0,
        },
        author: found,
        holder,
        own_author: None,
        open: None,
        conversation: None,
        blocked_by_viewer: false,
    };
    let Some(sender) = viewer.map(|v| v.account) else {
        return Ok(standing);
    };
    let held = queries::list_held(db, sender).await?;
    standing.own_author = held.first().map(|(id, _, _)| AuthorId(*id));
    standing.facts.sender_level = held
        .iter()
        .filter_map(|(_, _, level)| level.and_then(Level::from_i64))
        .max()
        .unwrap_or_default();
    standing.facts.sent_last_day = queries::count_sent_since(db, sender, now - DAY).await?;
    let Some(recipient) = standing.holder.as_ref().map(|h| AccountId(h.account_id)) else {
        return Ok(standing);
    };
    if recipient == sender {
        standing.facts.own = true;
        return Ok(standing);
    }
    standing.blocked_by_viewer = queries::exists_block(db, sender, recipient).await?;
    standing.facts.blocked =
        standing.blocked_by_viewer || queries::exists_block(db, recipient, sender).await?;
    standing.facts.declined_at = queries::lookup_declined_at(db, sender, recipient).await?;
    standing.conversation = queries::lookup_conversation(db, sender, recipient).await?;
    standing.facts.conversing = standing.conversation.is_some();
    standing.open = queries::lookup_open(db, sender, recipient)
        .await?
        .filter(|(_, sent_at)| now < expires_at(*sent_at))
        .map(|(id, _)| InvitationId(id));
    standing.facts.open_between = standing.open.is_some();
    Ok(standing)
}

/// The state of a stored invitation at `now`; a word that we never wrote is our fault.
pub fn state_at(word: &str, sent_at: Millis, now: Millis) -> Result<State, AppError> {
    State::parse(word)
        .map(|state| state.at(sent_at, now))
        .ok_or_else(|| {
            tracing::error!(state = word, "an invitation is stored in an unknown state");
            AppError::Internal
        })
}
