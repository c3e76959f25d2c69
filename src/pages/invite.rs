use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::inbox::not_shown;
use crate::domain::ids::AuthorId;
use crate::error::AppError;
use crate::features::invitation::api::load_invite_form;
use crate::features::invitation::form::InvitationForm;
use crate::paths;
use crate::ui::{Breadcrumb, Crumb, PageHeader, PageShell};

/// `/authors/{id}/{slug}/invite`
#[component]
pub fn InvitePage() -> impl IntoView {
    let params = use_params_map();
    let address = Memo::new(move |_| {
        params.with(|p| {
            (
                p.get("id").unwrap_or_default(),
                p.get("slug").unwrap_or_default(),
            )
        })
    });
    let form = Resource::new(
        move || address.get(),
        |(id, slug)| async move {
            let author: AuthorId = id.parse().map_err(|_| AppError::NotFound)?;
            load_invite_form(author.0, slug).await
        },
    );
    view! {
        <Meta name="robots" content="noindex" />
        <Suspense>
            {move || Suspend::new(async move {
                match form.await {
                    Err(error) => {
                        let (id, slug) = address.get_untracked();
                        let path = id.parse().map_or_else(|_| String::new(), |id| paths::invite(id, &slug));
                        not_shown(error, &path)
                    }
                    Ok(form) => {
                        super::canonical::redirect_to(&paths::invite(form.author, &form.slug));
                        let above = vec![
                            Crumb {
                                label: form.name.clone(),
                                href: paths::author(form.author, &form.slug),
                            },
                        ];
                        let title = format!("Invite {}", form.name);
                        view! {
                            <Title text=title.clone() />
                            <PageShell narrow=true>
                                <Breadcrumb above=above current="Invite" />
                                <PageHeader title=title kicker="Direct collaboration" />
                                <InvitationForm form=form />
                            </PageShell>
                        }
                            .into_any()
                    }
                }
            })}
        </Suspense>
    }
}
