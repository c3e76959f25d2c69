//! The account's part of every page's head.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;

use super::super::api::{LogOut, SendVerification, header_badge, must_verify};
use super::Refused;
use crate::domain::clock::thousands;
use crate::paths;
use crate::ui::{Notice, NoticeKind, SubmitButton};

/// Pages that it makes no sense to come back to after logging in.
const NOT_COMING_BACK: &[&str] = &[
    paths::HOME,
    paths::LOGIN,
    paths::SIGNUP,
    paths::FORGOT_PASSWORD,
    paths::RESET_PASSWORD,
    paths::VERIFY_EMAIL,
];

/// The account area in the site's header: log in and sign up, or the person's own links.
#[component]
pub fn AccountArea() -> impl IntoView {
    let badge = Resource::new(|| (), |()| header_badge());
    let here = use_location().pathname;
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                // A header that cannot tell who is asking still offers to log in.
                let Ok(Some(badge)) = badge.await else {
                    let log_in = move || {
                        here.with(|path| {
                            if NOT_COMING_BACK.contains(&path.as_str()) {
                                paths::LOGIN.to_owned()
                            } else {
                                paths::login_then(path)
                            }
                        })
                    };
                    return view! {
                        <a href=log_in>"Log in"</a>
                        <a href=paths::SIGNUP>"Sign up"</a>
                    }
                        .into_any();
                };
                let unread = (badge.unread > 0)
                    .then(|| {
                        view! {
                            <span class="site-count">
                                {thousands(badge.unread)} <span class="ui-hidden">" unread"</span>
                            </span>
                        }
                    });
                view! {
                    <span class="site-account-name">{badge.name}</span>
                    <a href=paths::INBOX>"Inbox" {unread}</a>
                    {badge.moderator.then(|| view! { <a href=paths::MODERATION>"Moderation"</a> })}
                    <a href=paths::SETTINGS>"Settings"</a>
                    <form method="post" action=LogOut::url()>
                        <button type="submit" class="ui-button ui-button-quiet">
                            "Log out"
                        </button>
                    </form>
                }
                    .into_any()
            })}
        </Suspense>
    }
}

/// Asks, on every page, for the proof of the address while it is missing.
#[component]
pub fn AccountNotice() -> impl IntoView {
    let missing = Resource::new(|| (), |()| must_verify());
    let send = ServerAction::<SendVerification>::new();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                (missing.await == Ok(true))
                    .then(|| {
                        view! {
                            <aside class="account-notice" aria-label="Your e-mail address">
                                <Notice kind=NoticeKind::Info>
                                    <p>
                                        "Please verify your e-mail address: open the link in the message we sent you. Until then you can look around, but not claim, invite or write."
                                    </p>
                                    <Refused refusal=super::refusal(send) />
                                    <ActionForm action=send>
                                        <SubmitButton
                                            label="Send the message again"
                                            kind=crate::ui::ButtonKind::Quiet
                                            pending=send.pending()
                                        />
                                    </ActionForm>
                                </Notice>
                            </aside>
                        }
                    })
            })}
        </Suspense>
    }
}
