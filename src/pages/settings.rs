//! The account's own settings.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::domain::clock::date_in_words;
use crate::features::account::api::load_settings;
use crate::features::account::types::AccountSettings;
use crate::features::account::view::{
    DemoMailHint, DeviceList, EmailSettings, InvitationSettings, NameForm, PasswordForm,
};
use crate::pages::ErrorView;
use crate::ui::{Notice, NoticeKind, PageHeader, Section};

/// What the address says was done.
fn done_in_words(done: &str) -> Option<&'static str> {
    Some(match done {
        "name" => "Your name is changed.",
        "password" => "Your password is changed. You are logged out everywhere else.",
        "invitations" => "Your choice about invitations is saved.",
        "session" => "That session is ended.",
        "sent" => "We sent you a message with a new link.",
        "verified" => "Your e-mail address is verified.",
        _ => return None,
    })
}

/// `/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    let query = use_query_map();
    let done = Memo::new(move |_| query.with(|q| q.get("done")));
    // What was done may show in what is loaded.
    let settings = Resource::new(move || done.get(), |_| load_settings());
    let notice = move || {
        let done = done.get()?;
        let words = done_in_words(&done)?;
        Some(view! {
            <Notice kind=NoticeKind::Success>
                <p>{words}</p>
            </Notice>
            {(done == "sent").then(|| view! { <DemoMailHint /> })}
        })
    };
    view! {
        <Title text="Settings" />
        <Meta name="robots" content="noindex" />
        <Suspense>
            {move || Suspend::new(async move {
                match settings.await {
                    Ok(settings) => {
                        view! {
                            <PageHeader
                                title="Settings"
                                lead=format!("Your account, since {}.", date_in_words(settings.created_at))
                            />
                            {notice}
                            <Parts settings=settings />
                        }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorView error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Parts(settings: AccountSettings) -> impl IntoView {
    let devices = settings.sessions.clone();
    let (name, email) = (settings.name.clone(), settings.email.clone());
    let accepts = settings.accepts_invitations;
    view! {
        <Section id="settings-name" title="Name">
            <NameForm name=name />
        </Section>
        <Section id="settings-email" title="E-mail address" lead="Not shown to anyone.">
            <EmailSettings settings=settings />
        </Section>
        <Section id="settings-invitations" title="Invitations">
            <InvitationSettings accepts=accepts />
        </Section>
        <Section id="settings-password" title="Password">
            <PasswordForm email=email />
        </Section>
        <Section id="settings-sessions" title="Where you are logged in">
            <DeviceList devices=devices />
        </Section>
    }
    .into_any()
}
