//! Topics. Public: no rule about who may read.

use std::str::FromStr;

use super::queries::{self, CountedRow};
use super::types::{
    PER_PAGE, TopicHit, TopicLink, TopicList, TopicPage, code_says_more, scheme_label, topic_label,
};
use crate::domain::ids::{AuthorId, TopicId};
use crate::domain::names;
use crate::error::AppError;
use crate::features::search::types::{MOST_WORDS, PEOPLE_PER_PAGE, People, Person, pages_of};
use crate::infra::context::Cx;
use crate::paths;

/// Narrower topics listed at once.
const MOST_NARROWER: i64 = 200;
/// Topics of other schemes that are looked for, and how many of one scheme are shown.
const MOST_ELSEWHERE: i64 = 40;
const SHOWN_OF_A_SCHEME: usize = 5;

/// A topic's page, with one page of its authors.
pub async fn page(cx: Cx, id: String, people: u32) -> Result<TopicPage, AppError> {
    let id = TopicId::from_str(&id).map_err(|_| AppError::NotFound)?;
    let mut db = cx.db();
    let row = queries::lookup(&mut db, id)
        .await?
        .ok_or(AppError::NotFound)?;
    let broader = queries::broader(&mut db, id).await?;
    let narrower = queries::narrower(&mut db, id, MOST_NARROWER).await?;
    let mut elsewhere: Vec<(String, Vec<TopicLink>)> = Vec::new();
    for other in queries::elsewhere(&mut db, id, &row.scheme, MOST_ELSEWHERE).await? {
        let label = topic_label(&other.scheme, &other.code);
        match elsewhere.iter_mut().find(|(scheme, _)| *scheme == label) {
            Some((_, topics)) if topics.len() < SHOWN_OF_A_SCHEME => topics.push(link(other)),
            Some(_) => {}
            None => elsewhere.push((label, vec![link(other)])),
        }
    }
    let page = people.max(1);
    let mut shown = page;
    let mut authors = queries::authors(&mut db, id, PEOPLE_PER_PAGE, People::skip(page)).await?;
    if authors.is_empty() && page > 1 {
        shown = 1;
        authors = queries::authors(&mut db, id, PEOPLE_PER_PAGE, 0).await?;
    }
    let total = authors.first().map_or(0, |author| author.total);
    let authors = authors
        .into_iter()
        .map(|author| Person {
            href: paths::author(AuthorId(author.id), &author.slug),
            name: author.name,
            works: author.works,
            years: None,
            claimed: author.claims > 0,
        })
        .collect();
    Ok(TopicPage {
        id: id.0,
        canonical: paths::topic(id, &row.slug),
        scheme: in_scheme(&row.scheme, &row.code, &row.name),
        name: row.name,
        description: row.description,
        broader: broader
            .into_iter()
            .map(|(id, slug, name)| TopicLink {
                name,
                href: paths::topic(TopicId(id), &slug),
                works: 0,
            })
            .collect(),
        narrower: narrower.into_iter().map(link).collect(),
        elsewhere,
        people: People::new(authors, total, shown),
    })
}

fn link(row: CountedRow) -> TopicLink {
    TopicLink {
        href: paths::topic(TopicId(row.id), &row.slug),
        name: row.name,
        works: row.n,
    }
}

/// "arXiv category cs.LG"; the code is left out where it says no more than the name.
fn in_scheme(scheme: &str, code: &str, name: &str) -> String {
    let label = topic_label(scheme, code);
    if code_says_more(scheme, code, name) {
        format!("{label} {code}")
    } else {
        label
    }
}

/// One page of topics by name.
pub async fn list(cx: Cx, q: String, scheme: String, page: u32) -> Result<TopicList, AppError> {
    let mut db = cx.db();
    let q: String = q.chars().take(200).collect();
    let mut words = names::search_words(&q);
    words.truncate(MOST_WORDS);
    let scheme = (!scheme.is_empty()).then_some(scheme);
    let schemes = queries::schemes(&mut db).await?;
    let total = queries::count(&mut db, &words, scheme.as_deref()).await?;
    let pages = pages_of(total, PER_PAGE);
    let page = page.clamp(1, pages);
    let hits = queries::list(&mut db, &words, scheme.as_deref(), page)
        .await?
        .into_iter()
        .map(|row| TopicHit {
            scheme: in_scheme(&row.scheme, &row.code, &row.name),
            topic: link(row),
        })
        .collect();
    Ok(TopicList {
        hits,
        total,
        page,
        pages,
        schemes: schemes
            .into_iter()
            .map(|(scheme,)| {
                let label = scheme_label(&scheme);
                (scheme, label)
            })
            .collect(),
    })
}
