//! What can go wrong, as people and programs are told.
//!
//! [`AppError`] is closed: it travels between server and browser, also inside an address after a
//! plain form post, so it carries no free text that somebody else could put there.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use crate::domain::{claim, correction, invitation};

/// A refusal or failure at the edge of the application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", content = "detail", rename_all = "snake_case")]
pub enum AppError {
    /// The action needs an account.
    #[error("log in first")]
    NotLoggedIn,
    /// The account exists, but its e-mail address is not proved yet.
    #[error("e-mail not verified")]
    EmailNotVerified,
    /// This account may not do that. Also the answer for another person's things.
    #[error("not allowed")]
    Forbidden,
    /// There is no such page, author, work, invitation, …
    #[error("not found")]
    NotFound,
    /// The page is not shown any more: hidden, withdrawn, or an address that would tell a former name.
    #[error("gone")]
    Gone {
        /// Whether the viewer may bring it back.
        own: bool,
    },
    /// A form field was wrong.
    #[error("invalid input: {0:?}")]
    Invalid(Problem),
    /// Too often; try again after so many seconds.
    #[error("too many attempts, retry after {retry_after_seconds} s")]
    TooMany {
        /// Whole seconds until the next try can succeed.
        retry_after_seconds: i64,
    },
    /// The rules of claims refuse.
    #[error("claim refused: {0:?}")]
    Claim(claim::Refusal),
    /// The rules of corrections refuse.
    #[error("correction refused: {0:?}")]
    Correction(correction::Refusal),
    /// The rules of sending invitations refuse.
    #[error("invitation refused: {0:?}")]
    MaySend(invitation::SendRefusal),
    /// The text of an invitation breaks a rule.
    #[error("invitation refused: {0:?}")]
    InvitationContent(invitation::ContentRefusal),
    /// The state of the invitation does not allow this step.
    #[error("invitation refused: {0:?}")]
    InvitationStep(invitation::Refusal),
    /// The conversation was closed, by whom and why is not told.
    #[error("conversation closed")]
    ConversationClosed,
    /// Somebody else changed the same thing at the same moment.
    #[error("conflicting change")]
    Conflict,
    /// The server could not be reached.
    #[error("network")]
    Network,
    /// Our fault; the details are in the server's log.
    #[error("internal error")]
    Internal,
}

/// What is wrong with an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Not an e-mail address.
    Email,
    /// Missing, longer than 200 characters, or with control characters.
    Name,
    /// Shorter than 15 characters.
    PasswordShort,
    /// Longer than 1,000 characters.
    PasswordLong,
    /// On the list of common passwords, or made of such.
    PasswordCommon,
    /// E-mail and password do not belong together.
    Credentials,
    /// The link was used, is too old, or was never ours.
    Link,
    /// The address is at none of the author's institutions.
    NotInstitutionEmail,
    /// A reason is needed, at most 2,000 characters.
    Reason,
    /// A text is needed, at most 4,000 characters.
    Text,
    /// A work, author or other thing was named that is not there.
    Reference,
    /// The form could not be read.
    Form,
}

impl Problem {
    /// What to tell the person.
    pub fn sentence(self) -> &'static str {
        match self {
            Problem::Email => {
                "This is not a complete e-mail address, like name@university.example."
            }
            Problem::Name => "Please give a name of at most 200 characters.",
            Problem::PasswordShort => {
                "Please choose a password of at least 15 characters. A few unrelated words work well."
            }
            Problem::PasswordLong => "Please choose a password of at most 1,000 characters.",
            Problem::PasswordCommon => {
                "This password is easy to guess: it is common, repeated, or contains your name or address. A few unrelated words work well."
            }
            Problem::Credentials => "E-mail address and password do not match an account.",
            Problem::Link => "This link has been used or is too old. Please ask for a new one.",
            Problem::NotInstitutionEmail => {
                "This address is at none of the institutions named on this author's page. You can ask a moderator instead."
            }
            Problem::Reason => "Please give a reason of at most 2,000 characters.",
            Problem::Text => "Please write something, at most 4,000 characters.",
            Problem::Reference => {
                "One of the things you chose is not there any more. Please reload the page."
            }
            Problem::Form => "The form could not be read. Please reload the page and try again.",
        }
    }
}

impl AppError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            AppError::NotLoggedIn => "not_logged_in",
            AppError::EmailNotVerified => "email_not_verified",
            AppError::Forbidden => "forbidden",
            AppError::NotFound => "not_found",
            AppError::Gone { .. } => "gone",
            AppError::Invalid(_) => "invalid",
            AppError::TooMany { .. } => "too_many",
            AppError::Claim(_) => "claim",
            AppError::Correction(_) => "correction",
            AppError::MaySend(_) => "may_send",
            AppError::InvitationContent(_) => "invitation_content",
            AppError::InvitationStep(_) => "invitation_step",
            AppError::ConversationClosed => "conversation_closed",
            AppError::Conflict => "conflict",
            AppError::Network => "network",
            AppError::Internal => "internal",
        }
    }

    /// The HTTP status for programs.
    pub fn status(&self) -> u16 {
        match self {
            AppError::NotLoggedIn => 401,
            AppError::EmailNotVerified | AppError::Forbidden | AppError::MaySend(_) => 403,
            AppError::NotFound => 404,
            AppError::Gone { .. } => 410,
            AppError::Correction(refusal) if refusal.is_about_rights() => 403,
            AppError::Invalid(_) | AppError::InvitationContent(_) => 422,
            AppError::TooMany { .. } => 429,
            AppError::Claim(_)
            | AppError::Correction(_)
            | AppError::InvitationStep(_)
            | AppError::ConversationClosed
            | AppError::Conflict => 409,
            AppError::Network => 502,
            AppError::Internal => 500,
        }
    }

    /// A sentence for people.
    pub fn sentence(&self) -> String {
        match self {
            AppError::NotLoggedIn => "Please log in first.".into(),
            AppError::EmailNotVerified => {
                "Please verify your e-mail address first: the link is in the message we sent you."
                    .into()
            }
            AppError::Forbidden => "You are not allowed to do that.".into(),
            AppError::NotFound => "We could not find that.".into(),
            AppError::Gone { own: false } => "This page is not shown any more.".into(),
            AppError::Gone { own: true } => {
                "This page is not shown to anybody. In its history you can undo that.".into()
            }
            AppError::Invalid(problem) => problem.sentence().into(),
            AppError::TooMany {
                retry_after_seconds,
            } => {
                let minutes = (retry_after_seconds + 59) / 60;
                if minutes <= 1 {
                    "That was too often. Please try again in a minute.".into()
                } else if minutes < 120 {
                    format!("That was too often. Please try again in {minutes} minutes.")
                } else {
                    format!(
                        "That was too often. Please try again in {} hours.",
                        (minutes + 59) / 60
                    )
                }
            }
            AppError::Claim(refusal) => refusal.sentence(),
            AppError::Correction(refusal) => refusal.to_string(),
            AppError::MaySend(refusal) => refusal.sentence(),
            AppError::InvitationContent(refusal) => refusal.sentence(),
            AppError::InvitationStep(refusal) => refusal.sentence(),
            AppError::ConversationClosed => "This conversation is closed.".into(),
            AppError::Conflict => {
                "Somebody changed this at the same moment. Please reload the page and look again."
                    .into()
            }
            AppError::Network => {
                "The server could not be reached. Nothing was changed; please try again.".into()
            }
            AppError::Internal => {
                "Something went wrong on our side. Nothing was changed; please try again later."
                    .into()
            }
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => AppError::Invalid(Problem::Form),
            // On the server that is the request; in the browser it is what our own server answered.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "ssr") => {
                AppError::Invalid(Problem::Form)
            }
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => AppError::Network,
            _ => AppError::Internal,
        }
    }
}

#[cfg(feature = "ssr")]
impl From<crate::db::DbError> for AppError {
    fn from(error: crate::db::DbError) -> Self {
        tracing::error!(%error, "database");
        AppError::Internal
    }
}
