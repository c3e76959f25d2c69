//! Searching authors by name. Public: no rule about who may read.

use super::queries::{self, HitRow};
use super::types::{AuthorHit, Found, MOST_WORDS, Overview, PER_PAGE, pages_of};
use crate::domain::identifiers::{ArxivId, Doi};
use crate::domain::ids::{AuthorId, TopicId, WorkId};
use crate::domain::names;
use crate::error::AppError;
use crate::infra::context::Cx;
use crate::paths;

/// A row as shown.
pub fn hit(row: HitRow) -> AuthorHit {
    AuthorHit {
        href: paths::author(AuthorId(row.id), &row.slug),
        name: row.name,
        works: row.works_count,
        institution: row.institution,
        sample: row.sample,
        claimed: row.claims > 0,
    }
}

/// Authors by name; also the work that `q` names by DOI or arXiv id.
pub async fn authors(cx: Cx, q: String, page: u32) -> Result<Found, AppError> {
    let q: String = q.chars().take(200).collect();
    let mut db = cx.db();
    let identifier = if let Ok(id) = ArxivId::parse(q.trim()) {
        Some(("arxiv", id.id().to_owned()))
    } else if let Ok(doi) = Doi::parse(q.trim()) {
        Some(("doi", doi.as_str().to_owned()))
    } else {
        None
    };
    let work = match identifier {
        Some((scheme, value)) => queries::work_by_identifier(&mut db, scheme, &value)
            .await?
            .map(|(id, slug, title)| (title, paths::work(WorkId(id), &slug))),
        None => None,
    };
    let mut words = names::search_words(&q);
    words.truncate(MOST_WORDS);
    if words.is_empty() {
        return Ok(Found {
            hits: vec![],
            total: 0,
            page: 1,
            pages: 1,
            work,
        });
    }
    let total = queries::count(&mut db, &words).await?;
    let pages = pages_of(total, PER_PAGE);
    let page = page.clamp(1, pages);
    let hits = queries::list(&mut db, &words, page)
        .await?
        .into_iter()
        .map(hit)
        .collect();
    Ok(Found {
        hits,
        total,
        page,
        pages,
        work,
    })
}

/// What the start page shows.
pub async fn overview(cx: Cx) -> Result<Overview, AppError> {
    let mut db = cx.db();
    let (authors, works) = queries::totals(&mut db).await?;
    let prominent = queries::prominent(&mut db, 8)
        .await?
        .into_iter()
        .map(hit)
        .collect();
    let topics = queries::topics(&mut db, 16)
        .await?
        .into_iter()
        .map(|(id, slug, name, n)| (name, paths::topic(TopicId(id), &slug), n))
        .collect();
    Ok(Overview {
        authors,
        works,
        prominent,
        topics,
    })
}
