//! Server functions of institutions.

use leptos::prelude::*;

use super::types::InstitutionPage;
use crate::error::AppError;

/// An institution's page.
#[server(endpoint = "institution/page")]
pub async fn load_institution(id: String) -> Result<InstitutionPage, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::page(cx, id)).await
}
