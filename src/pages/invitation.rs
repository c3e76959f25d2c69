use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::inbox::{invitations_crumb, not_shown};
use crate::domain::ids::InvitationId;
use crate::error::AppError;
use crate::features::invitation::api::load_invitation;
use crate::features::invitation::view::{InvitationActions, InvitationView};
use crate::features::notification::view::ReadOnVisit;
use crate::paths;
use crate::ui::{Breadcrumb, PageHeader, PageShell};

/// `/invitations/{id}`, for its two people only.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let actions = InvitationActions::default();
    let invitation = Resource::new(
        move || (id.get(), actions.version()),
        |(id, _)| async move {
            let id: InvitationId = id.parse().map_err(|_| AppError::NotFound)?;
            load_invitation(id.0).await
        },
    );
    view! {
        <Meta name="robots" content="noindex" />
        <Transition>
            {move || Suspend::new(async move {
                match invitation.await {
                    Err(error) => not_shown(error, &format!("/invitations/{}", id.get_untracked())),
                    Ok(invitation) => {
                        let title = invitation.subject.clone();
                        view! {
                            <Title text=title.clone() />
                            <ReadOnVisit href=paths::invitation(invitation.id) />
                            <PageShell>
                                <Breadcrumb above=invitations_crumb() current="Invitation" />
                                <PageHeader title=title kicker="Invitation" />
                                <InvitationView invitation=invitation actions=actions />
                            </PageShell>
                        }
                            .into_any()
                    }
                }
            })}
        </Transition>
    }
}
