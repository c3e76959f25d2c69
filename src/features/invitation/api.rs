//! Server functions of invitations.

use leptos::prelude::*;

use super::types::{InboxCounts, InvitationItem, InvitationPage, InviteForm, InviteState, Listing};
use crate::error::AppError;

/// Whether the viewer may invite the person behind an author, and why not.
#[server(endpoint = "invitation/state")]
pub async fn invite_status(author: i64) -> Result<InviteState, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::state(cx, author)).await
}

/// What the page with the form needs. Sends visitors to log in.
#[server(endpoint = "invitation/form")]
pub async fn load_invite_form(author: i64, slug: String) -> Result<InviteForm, AppError> {
    use super::service;
    let path = crate::paths::invite(author.into(), &slug);
    service::or_log_in(
        crate::infra::context::serve(|cx| service::form(cx, author)).await,
        &path,
    )
}

/// Sends an invitation and shows it.
#[server(endpoint = "invitation/send")]
pub async fn send_invitation(
    author: i64,
    purpose: String,
    subject: String,
    message: String,
    /// Numbers of works; nothing where no box was ticked.
    #[server(default)]
    works: Vec<String>,
) -> Result<(), AppError> {
    use super::service;
    use super::types::InvitationDraft;
    let typed = InvitationDraft {
        purpose,
        subject,
        message,
        works,
    };
    let id = crate::infra::context::serve(|cx| service::send(cx, author, typed)).await?;
    leptos_axum::redirect(&crate::paths::invitation(id));
    Ok(())
}

/// One invitation. Sends visitors to log in.
#[server(endpoint = "invitation/page")]
pub async fn load_invitation(invitation: i64) -> Result<InvitationPage, AppError> {
    use super::service;
    let path = crate::paths::invitation(invitation.into());
    service::or_log_in(
        crate::infra::context::serve(|cx| service::page(cx, invitation)).await,
        &path,
    )
}

/// Records that the recipient has it before them.
#[server(endpoint = "invitation/open")]
pub async fn open_invitation(invitation: i64) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::open(cx, invitation)).await
}

/// Accepts, and shows the conversation.
#[server(endpoint = "invitation/accept")]
pub async fn accept_invitation(invitation: i64) -> Result<(), AppError> {
    use super::service;
    let id = crate::infra::context::serve(|cx| service::accept(cx, invitation)).await?;
    leptos_axum::redirect(&crate::paths::conversation(id));
    Ok(())
}

/// Declines.
#[server(endpoint = "invitation/decline")]
pub async fn decline_invitation(invitation: i64) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::decline(cx, invitation)).await
}

/// Takes an invitation back.
#[server(endpoint = "invitation/withdraw")]
pub async fn withdraw_invitation(invitation: i64) -> Result<(), AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::withdraw(cx, invitation)).await
}

/// How much is in the inbox. Sends visitors to log in.
#[server(endpoint = "inbox/counts")]
pub async fn load_inbox_counts() -> Result<InboxCounts, AppError> {
    use super::service;
    service::or_log_in(
        crate::infra::context::serve(service::inbox_counts).await,
        crate::paths::INBOX,
    )
}

/// Invitations sent and received, newest first; `page` counts from 1.
#[server(endpoint = "invitation/list")]
pub async fn list_invitations(page: u32) -> Result<Listing<InvitationItem>, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::list(cx, page)).await
}
