//! The texts of the mails about accounts. None repeats what a stranger typed: a sign-up form that mails a chosen name
//! to a chosen address would be a machine for unwanted mail.

use crate::infra::context::App;
use crate::paths;

/// Subject and text of a mail.
pub struct Letter {
    /// The subject.
    pub subject: &'static str,
    /// The text.
    pub body: String,
}

fn link(app: &App, path: &str, token: &str) -> String {
    format!("{}{path}?token={token}", app.config.base_url)
}

fn letter(app: &App, subject: &'static str, text: &str) -> Letter {
    Letter {
        subject,
        body: format!("Hello,\n\n{text}\n\n-- \nBZPEER\n{}\n", app.config.base_url),
    }
}

/// To a new account: prove the address.
pub fn verify(app: &App, token: &str) -> Letter {
    let link = link(app, paths::VERIFY_EMAIL, token);
    letter(
        app,
        "Verify your e-mail address",
        &format!(
            "an account was opened at BZPEER with this e-mail address. If that was you, open this\n\
             link within 24 hours and press the button there:\n\n{link}\n\n\
             If it was not you, do not open the link: nobody can act under this address without it."
        ),
    )
}

/// To the owner of an account that somebody tried to open again.
pub fn already_known(app: &App, token: &str) -> Letter {
    let reset = link(app, paths::RESET_PASSWORD, token);
    let log_in = format!("{}{}", app.config.base_url, paths::LOGIN);
    letter(
        app,
        "You already have an account",
        &format!(
            "somebody, perhaps you, tried to open an account at BZPEER with this e-mail address.\n\
             There is one already. Nothing was changed.\n\nLog in:\n{log_in}\n\n\
             If you do not know the password, choose a new one with this link within an hour:\n{reset}\n\n\
             If it was not you, you can ignore this message."
        ),
    )
}

/// To the owner of an account: choose a new password.
pub fn reset(app: &App, token: &str) -> Letter {
    let link = link(app, paths::RESET_PASSWORD, token);
    letter(
        app,
        "Choose a new password",
        &format!(
            "somebody, perhaps you, asked for a new password for the BZPEER account with this e-mail\n\
             address. To choose one, open this link within an hour:\n\n{link}\n\n\
             If it was not you, you can ignore this message: the old password still holds."
        ),
    )
}

/// To an address that has no account: nothing to reset. Sent so that asking looks the same for every address.
pub fn no_account(app: &App) -> Letter {
    let sign_up = format!("{}{}", app.config.base_url, paths::SIGNUP);
    letter(
        app,
        "No account with this address",
        &format!(
            "somebody, perhaps you, asked for a new password at BZPEER for this e-mail address, but\n\
             no account has it. Perhaps you signed up with another address. To open an account:\n\n{sign_up}\n\n\
             If it was not you, you can ignore this message."
        ),
    )
}

/// To the owner of an account whose password was just set.
pub fn password_changed(app: &App) -> Letter {
    let forgot = format!("{}{}", app.config.base_url, paths::FORGOT_PASSWORD);
    letter(
        app,
        "Your password was changed",
        &format!(
            "the password of your BZPEER account was just changed, and you were logged out everywhere\n\
             else. If that was not you, choose a new password at once:\n\n{forgot}"
        ),
    )
}
