//! Institutions. Public: no rule about who may read.

use std::str::FromStr;

use super::queries;
use super::types::InstitutionPage;
use crate::domain::identifiers::Ror;
use crate::domain::ids::{AuthorId, InstitutionId};
use crate::error::AppError;
use crate::infra::context::Cx;
use crate::paths;

/// Authors listed at once.
const MOST_AUTHORS: i64 = 24;

/// An institution's page.
pub async fn page(cx: Cx, id: String) -> Result<InstitutionPage, AppError> {
    let id = InstitutionId::from_str(&id).map_err(|_| AppError::NotFound)?;
    let mut db = cx.db();
    let (name, slug, ror) = queries::lookup(&mut db, id)
        .await?
        .ok_or(AppError::NotFound)?;
    let authors = queries::authors(&mut db, id, MOST_AUTHORS)
        .await?
        .into_iter()
        .map(|(author, slug, name, works, claims)| {
            (
                name,
                paths::author(AuthorId(author), &slug),
                works,
                claims > 0,
            )
        })
        .collect();
    Ok(InstitutionPage {
        id: id.0,
        canonical: paths::institution(id, &slug),
        name,
        ror: ror.and_then(|r| Ror::parse(&r).ok()).map(|r| r.url()),
        authors,
    })
}
