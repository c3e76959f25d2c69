//! Server functions of works.

use leptos::prelude::*;

use super::types::{WorkFilter, WorkList, WorkPage, WorksOf};
use crate::error::AppError;

/// One page of the works of an author, topic or institution.
#[server(endpoint = "work/list", input = leptos::server_fn::codec::Json)]
pub async fn list_works(of: WorksOf, filter: WorkFilter) -> Result<WorkList, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::list(cx, of, filter)).await
}

/// A work's page.
#[server(endpoint = "work/page")]
pub async fn load_work(id: String) -> Result<WorkPage, AppError> {
    use super::service;
    crate::infra::context::serve(|cx| service::page(cx, id)).await
}
