//! Topics. Public: no rule about who may read.

use std::str::FromStr;

use super::queries;
use super::types::TopicPage;
use crate::domain::ids::{AuthorId, TopicId};
use crate::error::AppError;
use crate::infra::context::Cx;
use crate::paths;

/// Authors listed at once.
const MOST_AUTHORS: i64 = 24;

/// A topic's page.
pub async fn page(cx: Cx, id: String) -> Result<TopicPage, AppError> {
    let id = TopicId::from_str(&id).map_err(|_| AppError::NotFound)?;
    let mut db = cx.db();
    let (name, slug, scheme, code) = queries::lookup(&mut db, id)
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
    Ok(TopicPage {
        id: id.0,
        canonical: paths::topic(id, &slug),
        name,
        code: (scheme, code),
        authors,
    })
}
