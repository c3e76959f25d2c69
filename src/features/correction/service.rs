//! Correcting and undoing. Every correction runs through a [`Case`]: the authors are locked, the rules asked, the row and its
//! decisions written, the record changed and the event stored, all in one transaction, so that what is answered is visible.

mod export;
mod hide;
mod history;
mod merge;
mod moving;
mod read;
mod rename;
mod reviews;
mod undo;

pub use export::{Record, csv, list as export};
pub use hide::{hide_page, hide_work};
pub use merge::merge;
pub use moving::{Splitting, mine, not_mine, split};
pub use read::{offers, page, tools};
pub use rename::rename;
pub use reviews::{list as reviews, reopen, tell_apart};
pub use undo::undo;

use super::queries::people::{self, AuthorRow};
use super::queries::{self, NewCorrection, Spot};
use super::types::CorrectionDraft;
use crate::db::{Sql, Tx};
use crate::domain::correction::{
    Change, Detail, Refusal, Role, Stakes, Verdict, checked_reason, role,
};
use crate::domain::events::Event;
use crate::domain::ids::{AccountId, AuthorId, CorrectionId, WorkId};
use crate::domain::permission;
use crate::error::{AppError, Problem};
use crate::infra::context::Cx;
use crate::infra::{drafts, limits};
use crate::paths;

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Correction(refusal)
    }
}

/// The viewer as the rules know one.
fn viewer(cx: &Cx) -> permission::Viewer {
    cx.viewer
        .as_ref()
        .map_or(permission::Viewer::VISITOR, |viewer| permission::Viewer {
            account: Some(viewer.account),
            email_verified: viewer.email_verified,
            moderator: viewer.moderator,
        })
}

/// A correction under way: nothing else moves on its authors until it is closed.
struct Case<'a> {
    cx: &'a Cx,
    tx: Tx,
    /// The author it is about; never one that was joined with another.
    author: AuthorRow,
    stakes: Stakes,
    /// As what the viewer acts. Holding one proves the privilege.
    role: Role,
    account: AccountId,
}

/// What is said of authorships, to be written down.
type Decisions<'d> = &'d [(&'d Spot, Verdict, AuthorId)];

impl<'a> Case<'a> {
    /// Locks the author and `others`, and asks the rules whether the viewer may correct it.
    async fn open(cx: &'a Cx, author: AuthorId, others: &[AuthorId]) -> Result<Self, AppError> {
        let account = cx.require_verified()?.account;
        let (limit, subject) = (limits::CORRECTION_ACCOUNT, account.to_string());
        limits::hit(&cx.app.db, limit, &subject, cx.now()).await?;
        let mut tx = cx.app.db.begin().await?;
        queries::lock(&mut tx, &[&[author], others].concat()).await?;
        let row = people::lookup(&mut tx, author)
            .await?
            .ok_or(AppError::NotFound)?;
        let (stakes, _) = queries::stakes(&mut tx, author).await?;
        let mut other_stakes = Vec::new();
        for other in others {
            other_stakes.push(queries::stakes(&mut tx, *other).await?.0);
        }
        let other_stakes: Vec<&Stakes> = other_stakes.iter().collect();
        let role = role(&viewer(cx), &stakes, &other_stakes)?;
        if row.merged_into.is_some() {
            return Err(AppError::Conflict);
        }
        Ok(Self {
            cx,
            tx,
            author: row,
            stakes,
            role,
            account,
        })
    }

    fn id(&self) -> AuthorId {
        AuthorId(self.author.id)
    }

    /// Nothing but undoing happens to a hidden page.
    fn require_shown(&self) -> Result<(), AppError> {
        if self.author.hidden_at.is_some() {
            return Err(Refusal::Hidden.into());
        }
        Ok(())
    }

    /// The form was filled in before somebody else corrected the same author.
    async fn require_seen(&mut self, seen: i64) -> Result<(), AppError> {
        let id = self.id();
        if queries::version(&mut self.tx, id).await? != seen {
            return Err(AppError::Conflict);
        }
        Ok(())
    }

    /// Writes the correction down, with what it says of authorships, and tells the other features.
    async fn write(
        &mut self,
        change: Change,
        other: Option<AuthorId>,
        work: Option<WorkId>,
        reason: &str,
        decisions: Decisions<'_>,
    ) -> Result<CorrectionId, AppError> {
        let kind = change.kind();
        let detail = Detail {
            role: self.role,
            change,
        };
        let detail = serde_json::to_string(&detail).map_err(|error| {
            tracing::error!(%error, "a correction could not be written as JSON");
            AppError::Internal
        })?;
        let author = self.id();
        let new = NewCorrection {
            kind,
            actor: self.account,
            author,
            other,
            work,
            reason,
            detail: &detail,
        };
        let correction = queries::add(&mut self.tx, self.cx.now(), new).await?;
        queries::add_decisions(&mut self.tx, correction, decisions).await?;
        let event = Event::Corrected {
            correction,
            author,
            other,
            correction_kind: kind,
            by: self.account,
        };
        let actor = Some(self.account);
        self.cx.app.emit(&mut self.tx, actor, event).await?;
        Ok(correction)
    }

    /// Makes the authors' rows anew and commits.
    async fn close(mut self, authors: &[AuthorId]) -> Result<(), AppError> {
        let mut ids: Vec<i64> = authors.iter().map(|author| author.0).collect();
        ids.sort_unstable();
        ids.dedup();
        crate::db::authors::refresh(&mut self.tx, &ids).await?;
        drafts::remove(
            &mut self.tx,
            self.account,
            drafts::CORRECTION,
            self.author.id,
        )
        .await?;
        self.tx.commit().await?;
        Ok(())
    }
}

/// Keeps what was typed when the form was refused.
async fn keeping<T>(
    cx: &Cx,
    author: AuthorId,
    draft: CorrectionDraft,
    outcome: Result<T, AppError>,
) -> Result<T, AppError> {
    if let (Some(viewer), Err(refusal)) = (&cx.viewer, &outcome)
        && *refusal != AppError::NotFound
    {
        let kept = CorrectionDraft {
            form: draft.form,
            work: draft.work,
            reason: drafts::cut(&draft.reason),
            text: drafts::cut(&draft.text),
        };
        let (form, now) = (drafts::CORRECTION, cx.now());
        drafts::keep(&cx.app.db, viewer.account, form, author.0, &kept, now).await?;
    }
    outcome
}

/// Text as a person typed it, with one kind of line break and without control characters.
fn plain_text(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

fn reason_of(typed: &str) -> Result<String, AppError> {
    Ok(checked_reason(&plain_text(typed))?)
}

/// The author that a number or an address names: `12`, `/authors/12/ada`, `https://site/authors/12/ada?x`.
fn author_in(text: &str) -> Option<AuthorId> {
    number_in(text, "/authors/").map(AuthorId)
}

/// The number after `before` in an address, or the number alone.
fn number_in(text: &str, before: &str) -> Option<i64> {
    let text = text.trim();
    let digits = match text.split_once(before) {
        Some((_, after)) => after.split(['/', '?', '#']).next().unwrap_or_default(),
        None => text,
    };
    digits.parse::<AuthorId>().ok().map(|id| id.0)
}

/// The author who stands where this one did, through all mergers.
async fn current(db: &mut impl Sql, author: AuthorId) -> Result<AuthorId, AppError> {
    let mut at = author;
    // Longer chains are never written, see `Case::lead_to`.
    for _ in 0..64 {
        match people::lookup(db, at).await? {
            Some(row) => match row.merged_into {
                Some(next) => at = AuthorId(next),
                None => return Ok(at),
            },
            None => break,
        }
    }
    tracing::error!(%author, "a chain of mergers does not end");
    Err(AppError::Internal)
}

/// Another author that takes part: one that stands for itself and is shown.
async fn other_author(db: &mut impl Sql, other: AuthorId) -> Result<AuthorRow, AppError> {
    people::lookup(db, other)
        .await?
        .filter(|row| row.merged_into.is_none() && row.hidden_at.is_none())
        .ok_or(AppError::Invalid(Problem::Reference))
}

impl Case<'_> {
    /// The address of `ended` leads to `kept` from now on. Never in a circle: `kept` stands for itself.
    async fn lead_to(&mut self, ended: AuthorId, kept: AuthorId) -> Result<(), AppError> {
        if current(&mut self.tx, kept).await? == ended {
            return Err(AppError::Internal);
        }
        people::update_merged(&mut self.tx, ended, Some(kept)).await?;
        Ok(())
    }
}

/// Where to go on after a correction: the page of corrections, the author's page, or the moderators' page.
fn next(author: &AuthorRow, back: &str, what: &str, correction: CorrectionId) -> String {
    let id = AuthorId(author.id);
    match back {
        "author" => format!(
            "{}?{what}={correction}#works",
            paths::encode(&paths::author(id, &author.slug))
        ),
        "moderation" => format!("{}#one-person", paths::MODERATION),
        _ => format!(
            "{}?{what}={correction}",
            paths::encode(&paths::corrections(id, &author.slug))
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::author_in;
    use crate::domain::ids::AuthorId;

    #[test]
    fn an_author_is_named_by_number_or_address() {
        for text in [
            "12",
            " 12 ",
            "/authors/12",
            "/authors/12/ada-quill",
            "https://x.example/authors/12/ada?find=3#works",
        ] {
            assert_eq!(author_in(text), Some(AuthorId(12)), "{text}");
        }
        for text in ["", "Ada", "-12", "/works/12", "/authors/", "/authors/x/12"] {
            assert_eq!(author_in(text), None, "{text}");
        }
    }
}
