//! Server functions of institutions.

use leptos::prelude::*;

use super::types::{InstitutionList, InstitutionPage};
use crate::error::AppError;

/// An institution's page, with one page of its authors.
#[server(endpoint = "institution/page")]
pub async fn load_institution(id: String, people: u32) -> Result<InstitutionPage, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::page(cx, id, people)).await
}

/// Institutions of which a name holds words that begin with the words of `q`; all that have authors or works where it is empty.
#[server(endpoint = "institution/list")]
pub async fn list_institutions(q: String, page: u32) -> Result<InstitutionList, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::list(cx, q, page)).await
}
