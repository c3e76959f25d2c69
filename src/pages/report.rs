//! The form to report a mistake on, or object to, an author's page.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::ErrorView;
use crate::domain::ids::AuthorId;
use crate::error::AppError;
use crate::features::moderation::api::{FileReport, load_report_form};
use crate::features::moderation::view::ReportFormView;
use crate::paths;
use crate::ui::{Notice, NoticeKind, PageHeader, PageShell};

/// Open to visitors too.
#[component]
pub fn ReportPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let action = ServerAction::<FileReport>::new();
    let form = Resource::new(
        move || params.read().get("id").and_then(|id| id.parse().ok()),
        |author: Option<AuthorId>| async move {
            load_report_form(author.ok_or(AppError::NotFound)?).await
        },
    );
    let sent = move || query.read().get("sent").is_some();
    view! {
        <Title text="Report or object" />
        <Meta name="robots" content="noindex" />
        <Suspense>
            {move || Suspend::new(async move {
                match form.await {
                    Ok(form) => {
                        let back = paths::author(form.author, &form.slug);
                        let name = form.name.clone();
                        view! {
                            <PageShell narrow=true>
                                <PageHeader
                                    kicker="Report or object"
                                    title=form.name.clone()
                                    lead="Moderators read every report and decide with a reason, which is kept in their log."
                                />
                                {move || {
                                    if sent() {
                                        view! {
                                            <Notice kind=NoticeKind::Success>
                                                <p>
                                                    "Thank you. Your report reached the moderators; the page stays as it is until one of them has looked."
                                                </p>
                                            </Notice>
                                        }
                                            .into_any()
                                    } else {
                                        view! { <ReportFormView form=form.clone() action=action /> }
                                            .into_any()
                                    }
                                }}
                                <p>
                                    <a href=back>{format!("Back to {name}")}</a>
                                </p>
                            </PageShell>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}
