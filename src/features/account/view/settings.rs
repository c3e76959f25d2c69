//! The parts of the settings page. All are plain forms with scripts, too: the page comes back whole, so that its head
//! and its list of sessions agree with what was done.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::{
    AcceptInvitations, ChangeName, ChangePassword, EndSession, LogOutEverywhere, SendVerification,
};
use super::super::types::{AccountSettings, Device, NAME_MAX, PASSWORD_MAX, PASSWORD_MIN};
use super::{PASSWORD_PROBLEMS, Refused, at_field, refusal};
use crate::domain::clock::{date_in_words, iso_date};
use crate::error::{AppError, Problem};
use crate::ui::{Badge, ButtonKind, Checkbox, Field, Notice, NoticeKind, SubmitButton, Time, Tone};

/// The name, to change.
#[component]
pub fn NameForm(#[prop(into)] name: String) -> impl IntoView {
    let refused = refusal(ServerAction::<ChangeName>::new());
    view! {
        <form class="settings-form" method="post" action=ChangeName::url()>
            <Refused refusal=refused elsewhere=&[Problem::Name] />
            <Field
                label="Name"
                name="name"
                value=name
                autocomplete="name"
                maxlength=NAME_MAX
                required=true
                error=at_field(refused, &[Problem::Name])
            />
            <SubmitButton label="Save name" kind=ButtonKind::Secondary />
        </form>
    }
}

/// The address and whether it is proved; where it is not, the way to a new link.
#[component]
pub fn EmailSettings(settings: AccountSettings) -> impl IntoView {
    let refused = refusal(ServerAction::<SendVerification>::new());
    let state = if settings.email_verified {
        view! { <Badge tone=Tone::Good>"Verified"</Badge> }.into_any()
    } else {
        view! { <Badge tone=Tone::Caution>"Not verified"</Badge> }.into_any()
    };
    view! {
        <p>{settings.email} " " {state}</p>
        {(!settings.email_verified)
            .then(|| {
                view! {
                    <form class="settings-form" method="post" action=SendVerification::url()>
                        <Refused refusal=refused />
                        <SubmitButton label="Send a verification link" kind=ButtonKind::Secondary />
                    </form>
                }
            })}
    }
}

/// Whether others may send invitations.
#[component]
pub fn InvitationSettings(accepts: bool) -> impl IntoView {
    let refused = refusal(ServerAction::<AcceptInvitations>::new());
    view! {
        <form class="settings-form" method="post" action=AcceptInvitations::url()>
            <Refused refusal=refused />
            <Checkbox
                label="Accept invitations to collaborate"
                name="accepts"
                checked=accepts
                hint="When this is off, the pages of the authors you claimed say that you accept none at present."
            />
            <SubmitButton label="Save choice" kind=ButtonKind::Secondary />
        </form>
    }
}

/// The password, to change.
#[component]
pub fn PasswordForm(
    /// The account's address, which password managers file the new password under.
    #[prop(into)]
    email: String,
) -> impl IntoView {
    let refused = refusal(ServerAction::<ChangePassword>::new());
    let wrong = Signal::derive(move || {
        (refused.get() == Some(AppError::Invalid(Problem::Credentials)))
            .then(|| "This is not your current password.".to_owned())
    });
    view! {
        <form class="settings-form" method="post" action=ChangePassword::url()>
            <Refused
                refusal=refused
                elsewhere=&[
                    Problem::Credentials,
                    Problem::PasswordShort,
                    Problem::PasswordLong,
                    Problem::PasswordCommon,
                ]
            />
            <input type="hidden" name="username" autocomplete="username" value=email />
            <Field
                label="Current password"
                name="current_password"
                kind="password"
                autocomplete="current-password"
                required=true
                error=wrong
            />
            <Field
                label="New password"
                name="new_password"
                kind="password"
                autocomplete="new-password"
                hint="At least 15 characters. You are logged out everywhere else."
                minlength=PASSWORD_MIN
                maxlength=PASSWORD_MAX
                required=true
                error=at_field(refused, PASSWORD_PROBLEMS)
            />
            <SubmitButton label="Change password" kind=ButtonKind::Secondary />
        </form>
    }
}

/// Where the account is logged in, with the ways to end that.
#[component]
pub fn DeviceList(devices: Vec<Device>) -> impl IntoView {
    let refused = refusal(ServerAction::<EndSession>::new());
    let items = devices
        .into_iter()
        .map(|device| {
            let what = format!(
                " {}, since {}",
                device.name,
                date_in_words(device.created_at)
            );
            view! {
                <li>
                    <div>
                        <strong>{device.name}</strong>
                        {device
                            .current
                            .then(|| view! { " " <Badge tone=Tone::Accent>"This one"</Badge> })}
                        <div>
                            "Logged in on "
                            <Time
                                datetime=iso_date(device.created_at)
                                words=date_in_words(device.created_at)
                            /> ", last seen on "
                            <Time
                                datetime=iso_date(device.seen_at)
                                words=date_in_words(device.seen_at)
                            />
                        </div>
                    </div>
                    <form method="post" action=EndSession::url()>
                        <input type="hidden" name="id" value=device.id />
                        <button type="submit" class=ButtonKind::Quiet.class()>
                            "Log out"
                            <span class="ui-hidden">{what}</span>
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    let gone = move || {
        (refused.get() == Some(AppError::NotFound)).then(|| {
            view! {
                <Notice kind=NoticeKind::Info>
                    <p>"That session had ended already."</p>
                </Notice>
            }
        })
    };
    view! {
        {gone}
        <ul class="ui-list settings-sessions">{items}</ul>
        <form method="post" action=LogOutEverywhere::url()>
            <SubmitButton label="Log out everywhere" kind=ButtonKind::Danger />
        </form>
    }
}
