//! What operators do to accounts from the command line.

use anyhow::{anyhow, bail};

use crate::domain::ids::AccountId;
use crate::error::AppError;
use crate::features::account::service;
use crate::infra::context::App;

/// Opens an account without mailing anybody. With `verified` the address counts as proved.
///
/// # Errors
/// A sentence for the operator: the address has an account, or name, address or password are not good enough.
pub async fn create_account(
    app: &App,
    email: &str,
    name: &str,
    password: &str,
    verified: bool,
) -> anyhow::Result<AccountId> {
    match service::create(app, email, name, password, verified).await {
        Ok(account) => Ok(account),
        Err(AppError::Conflict) => bail!("{email} has an account already"),
        Err(error) => Err(anyhow!(error.sentence())),
    }
}

/// Makes the account with this address a moderator; twice is the same as once.
///
/// # Errors
/// A sentence for the operator: no account has the address.
pub async fn grant_moderator(app: &App, email: &str) -> anyhow::Result<AccountId> {
    match service::grant_moderator(app, email).await {
        Ok(account) => Ok(account),
        Err(AppError::NotFound) => bail!("no account has the address {email}"),
        Err(error) => Err(anyhow!(error.sentence())),
    }
}
