//! Shared components of accounts.

mod forms;
mod header;
mod mail;
mod settings;

pub use forms::{ForgotPasswordForm, LogInForm, ResetPasswordForm, SignUpForm, VerifyEmailForm};
pub use header::{AccountArea, AccountNotice};
pub use mail::{DemoMailHint, LetterList};
pub use settings::{DeviceList, EmailSettings, InvitationSettings, NameForm, PasswordForm};

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::error::{AppError, Problem};
use crate::ui::{Notice, NoticeKind};

/// The refusal of a form's last post: in place, or brought by the address after a plain post.
fn refusal<S>(action: ServerAction<S>) -> Signal<Option<AppError>>
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let value = action.value();
    Signal::derive(move || value.get().and_then(Result::err))
}

/// The sentence of a refusal when it is about one of these problems: it stands at that field.
fn at_field(
    refusal: Signal<Option<AppError>>,
    problems: &'static [Problem],
) -> Signal<Option<String>> {
    Signal::derive(move || match refusal.get() {
        Some(AppError::Invalid(problem)) if problems.contains(&problem) => {
            Some(problem.sentence().to_owned())
        }
        _ => None,
    })
}

/// What is wrong with a password, as opposed to with anything else.
const PASSWORD_PROBLEMS: &[Problem] = &[
    Problem::PasswordShort,
    Problem::PasswordLong,
    Problem::PasswordCommon,
];

/// A refusal above a form, unless it stands at a field (`elsewhere`).
#[component]
fn Refused(
    refusal: Signal<Option<AppError>>,
    #[prop(optional)] elsewhere: &'static [Problem],
) -> impl IntoView {
    move || {
        refusal
            .get()
            .filter(
                |error| !matches!(error, AppError::Invalid(problem) if elsewhere.contains(problem)),
            )
            .map(|error| {
                view! {
                    <Notice kind=NoticeKind::Error>
                        <p>{error.sentence()}</p>
                    </Notice>
                }
            })
    }
}
