//! Works in lists and on their own pages. Public: no rule about who may read.

use std::collections::HashMap;
use std::str::FromStr;

use super::queries::{self, BylineRow, Narrow, Order, WorkRow};
use super::types::{
    Byline, LISTED_AUTHORS, MOST_AUTHORS, NamedLink, PER_PAGE, RecordSource, WorkFilter, WorkItem,
    WorkList, WorkPage, WorksOf,
};
use crate::db::addresses::{self, WorkAddress};
use crate::db::{DbResult, Sql};
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::ids::{AuthorId, TopicId, WorkId};
use crate::domain::work::WorkKind;
use crate::domain::{clock, names};
use crate::error::AppError;
use crate::infra::context::Cx;
use crate::paths;

/// One page of a list.
pub async fn list(cx: Cx, of: WorksOf, filter: WorkFilter) -> Result<WorkList, AppError> {
    let mut db = cx.db();
    let narrow = Narrow {
        kind: (!filter.kind.is_empty()).then(|| filter.kind.clone()),
        year: filter.year.parse().ok(),
        words: names::tokens(&filter.words).into_iter().take(8).collect(),
    };
    let order = match filter.sort.as_str() {
        "oldest" => Order::Oldest,
        "title" => Order::Title,
        _ => Order::Newest,
    };
    let facets = queries::facets(&mut db, of).await?;
    let all: i64 = facets.iter().map(|(_, _, n)| n).sum();
    let total = if filter.is_narrowed() {
        queries::count(&mut db, of, &narrow).await?
    } else {
        all
    };
    let pages = u32::try_from((total + PER_PAGE - 1) / PER_PAGE)
        .unwrap_or(u32::MAX)
        .max(1);
    let page = filter.page.clamp(1, pages);
    let rows = queries::list(&mut db, of, &narrow, order, page).await?;
    let items = items(&mut db, rows).await?;
    let mut kinds: Vec<(String, String)> = Vec::new();
    let mut years: Vec<i64> = Vec::new();
    for (kind, year, _) in facets {
        if kinds.last().is_none_or(|(last, _)| *last != kind) {
            let label = kind_label(&kind);
            kinds.push((kind, label));
        }
        years.extend(year);
    }
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    Ok(WorkList {
        items,
        total,
        all,
        page,
        pages,
        kinds,
        years,
        filter,
    })
}

/// Rows with their authors, in the order of the rows.
pub async fn items(db: &mut impl Sql, rows: Vec<WorkRow>) -> DbResult<Vec<WorkItem>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut bylines: HashMap<i64, Vec<Byline>> = HashMap::new();
    for row in queries::bylines(db, &ids).await? {
        bylines.entry(row.work_id).or_default().push(byline(row));
    }
    // Only works whose list was cut need to be counted.
    let cut: Vec<i64> = bylines
        .iter()
        .filter(|(_, list)| list.len() as i64 >= LISTED_AUTHORS)
        .map(|(id, _)| *id)
        .collect();
    let counts: HashMap<i64, i64> = queries::author_counts(db, &cut)
        .await?
        .into_iter()
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let authors = bylines.remove(&row.id).unwrap_or_default();
            let all = counts.get(&row.id).copied().unwrap_or(authors.len() as i64);
            item(row, authors, all)
        })
        .collect())
}

fn byline(row: BylineRow) -> Byline {
    Byline {
        href: row
            .author_id
            .zip(row.slug)
            .map(|(author, slug)| paths::author(AuthorId(author), &slug)),
        name: row.name,
        affiliation: row.affiliation_printed,
    }
}

fn item(row: WorkRow, authors: Vec<Byline>, all_authors: i64) -> WorkItem {
    WorkItem {
        id: row.id,
        href: paths::work(WorkId(row.id), &row.slug),
        kind: kind_label(&row.kind),
        year: row.year,
        venue: row.venue,
        title_html: row.title_html,
        more_authors: all_authors - authors.len() as i64,
        authors,
        abstract_html: row.abstract_html,
    }
}

fn kind_label(kind: &str) -> String {
    WorkKind::parse(kind).map_or_else(|| kind.to_owned(), |k| k.label().to_owned())
}

/// The page of the work that stands at this address today.
pub async fn page(cx: Cx, id: String) -> Result<WorkPage, AppError> {
    let id = WorkId::from_str(&id).map_err(|_| AppError::NotFound)?;
    let mut db = cx.db();
    let id = match addresses::work(&mut db, id).await? {
        None => return Err(AppError::NotFound),
        Some(WorkAddress::Gone) => return Err(AppError::Gone { own: false }),
        Some(WorkAddress::Here(id) | WorkAddress::Moved(id)) => id,
    };
    let row = queries::find(&mut db, &[id.0])
        .await?
        .into_iter()
        .next()
        .ok_or(AppError::NotFound)?;
    let authors: Vec<Byline> = queries::authors_of(&mut db, id, MOST_AUTHORS)
        .await?
        .into_iter()
        .map(byline)
        .collect();
    let all = match queries::author_counts(&mut db, &[id.0]).await?.first() {
        Some((_, n)) => *n,
        None => 0,
    };
    let topics = queries::topics_of(&mut db, id)
        .await?
        .into_iter()
        .map(|(topic, slug, name, _, code)| NamedLink {
            label: if name == code {
                name
            } else {
                format!("{name} ({code})")
            },
            href: Some(paths::topic(TopicId(topic), &slug)),
        })
        .collect();
    let mut identifiers: Vec<NamedLink> = queries::identifiers_of(&mut db, id)
        .await?
        .into_iter()
        .map(|(scheme, value)| {
            let identifier = WorkIdentifier {
                scheme: Scheme::parse(&scheme).unwrap_or(Scheme::Other),
                value,
            };
            NamedLink {
                label: format!("{}: {}", identifier.scheme.label(), identifier.value),
                href: identifier.url(),
            }
        })
        .collect();
    if identifiers.is_empty()
        && let Some(url) = &row.url
    {
        // Only an address of the web becomes a link, whatever came into the database.
        let link = WorkIdentifier::parse(Scheme::Url, url).ok();
        identifiers.push(NamedLink {
            label: url.clone(),
            href: link.and_then(|link| link.url()),
        });
    }
    let sources = queries::records_of(&mut db, id)
        .await?
        .into_iter()
        .map(|(source, key, at)| RecordSource {
            source,
            key,
            read_on: clock::date_in_words(at),
        })
        .collect();
    Ok(WorkPage {
        title: row.title.clone(),
        canonical: paths::work(id, &row.slug),
        published_on: row.published_on.clone(),
        topics,
        identifiers,
        sources,
        bibtex: paths::work_bibtex(id),
        item: item(row, authors, all),
    })
}
