//! The forms of people who are not logged in.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::{LogIn, RequestReset, ResetPassword, SignUp, VerifyEmail};
use super::super::types::{NAME_MAX, PASSWORD_MAX, PASSWORD_MIN};
use super::{PASSWORD_PROBLEMS, Refused, at_field, refusal};
use crate::error::Problem;
use crate::ui::{Field, SubmitButton};

const EMAIL_MAX: u32 = 254;
const PASSWORD_HINT: &str = "At least 15 characters. A few unrelated words work well.";

/// E-mail and password. A plain form with scripts, too: the whole page is loaded anew, so that its head knows who is
/// logged in.
#[component]
pub fn LogInForm(
    /// The path to go to afterwards.
    #[prop(into)]
    next: Signal<String>,
) -> impl IntoView {
    let refused = refusal(ServerAction::<LogIn>::new());
    view! {
        <form method="post" action=LogIn::url()>
            <Refused refusal=refused />
            <Field
                label="E-mail address"
                name="email"
                kind="email"
                autocomplete="username"
                maxlength=EMAIL_MAX
                required=true
            />
            <Field
                label="Password"
                name="password"
                kind="password"
                autocomplete="current-password"
                required=true
            />
            <input type="hidden" name="next" value=next />
            <SubmitButton label="Log in" />
        </form>
    }
}

/// Name, e-mail and password of a new account. In place, so that a refusal takes nothing that was typed.
#[component]
pub fn SignUpForm() -> impl IntoView {
    let action = ServerAction::<SignUp>::new();
    let refused = refusal(action);
    view! {
        <ActionForm action=action>
            <Refused
                refusal=refused
                elsewhere=&[
                    Problem::Name,
                    Problem::Email,
                    Problem::PasswordShort,
                    Problem::PasswordLong,
                    Problem::PasswordCommon,
                ]
            />
            <Field
                label="Name"
                name="name"
                autocomplete="name"
                hint="As other researchers should read it."
                maxlength=NAME_MAX
                required=true
                error=at_field(refused, &[Problem::Name])
            />
            <Field
                label="E-mail address"
                name="email"
                kind="email"
                autocomplete="username"
                hint="We send a link there. It is not shown to anyone."
                maxlength=EMAIL_MAX
                required=true
                error=at_field(refused, &[Problem::Email])
            />
            <Field
                label="Password"
                name="password"
                kind="password"
                autocomplete="new-password"
                hint=PASSWORD_HINT
                minlength=PASSWORD_MIN
                maxlength=PASSWORD_MAX
                required=true
                error=at_field(refused, PASSWORD_PROBLEMS)
            />
            <SubmitButton label="Sign up" pending=action.pending() />
        </ActionForm>
    }
}

/// The button that uses a link which proves an address.
#[component]
pub fn VerifyEmailForm(#[prop(into)] token: String) -> impl IntoView {
    let refused = refusal(ServerAction::<VerifyEmail>::new());
    view! {
        <form method="post" action=VerifyEmail::url()>
            <Refused refusal=refused />
            <input type="hidden" name="token" value=token />
            <SubmitButton label="Verify this address" />
        </form>
    }
}

/// Asks for a link that sets a new password.
#[component]
pub fn ForgotPasswordForm() -> impl IntoView {
    let action = ServerAction::<RequestReset>::new();
    let refused = refusal(action);
    view! {
        <ActionForm action=action>
            <Refused refusal=refused elsewhere=&[Problem::Email] />
            <Field
                label="E-mail address"
                name="email"
                kind="email"
                autocomplete="username"
                maxlength=EMAIL_MAX
                required=true
                error=at_field(refused, &[Problem::Email])
            />
            <SubmitButton label="Send a link" pending=action.pending() />
        </ActionForm>
    }
}

/// Sets a new password with a mailed link.
#[component]
pub fn ResetPasswordForm(#[prop(into)] token: String) -> impl IntoView {
    let refused = refusal(ServerAction::<ResetPassword>::new());
    view! {
        <form method="post" action=ResetPassword::url()>
            <Refused refusal=refused elsewhere=PASSWORD_PROBLEMS />
            <input type="hidden" name="token" value=token />
            <Field
                label="New password"
                name="password"
                kind="password"
                autocomplete="new-password"
                hint=PASSWORD_HINT
                minlength=PASSWORD_MIN
                maxlength=PASSWORD_MAX
                required=true
                error=at_field(refused, PASSWORD_PROBLEMS)
            />
            <SubmitButton label="Set the new password" />
        </form>
    }
}
