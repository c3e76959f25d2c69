//! Works in lists and on their own pages. Public: no rule about who may read.

pub(super) mod content;
mod origins;
mod page;
mod versions;

use std::collections::HashMap;

use super::queries::{self, BylineRow, Narrow, Order, WorkRow};
use super::types::{
    Byline, FOLDED_FROM, LISTED_AUTHORS, NamedLink, PER_PAGE, WorkFilter, WorkItem, WorkList,
    WorksOf,
};
use crate::db::{DbResult, Sql};
use crate::domain::identifiers::WorkIdentifier;
use crate::domain::ids::{AuthorId, WorkId};
use crate::domain::names;
use crate::domain::work::WorkKind;
use crate::error::AppError;
use crate::infra::context::Cx;
use crate::paths;

pub use page::page;

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
        unnamed_authors: row.more_authors,
        retracted: row.retracted,
        authors,
        long_abstract: row.abstract_html.as_deref().is_some_and(is_long),
        abstract_html: row.abstract_html,
    }
}

/// Whether a text has more characters than [`FOLDED_FROM`] outside its tags.
fn is_long(html: &str) -> bool {
    let mut inside = false;
    let shown = html.chars().filter(|c| match c {
        '<' => {
            inside = true;
            false
        }
        '>' if inside => {
            inside = false;
            false
        }
        _ => !inside,
    });
    shown.take(FOLDED_FROM + 1).count() > FOLDED_FROM
}

fn kind_label(kind: &str) -> String {
    WorkKind::parse(kind).map_or_else(|| kind.to_owned(), |k| k.label().to_owned())
}

/// An identifier as a link: "DOI: 10.1000/182".
fn identifier_link(identifier: &WorkIdentifier) -> NamedLink {
    NamedLink {
        label: format!("{}: {}", identifier.scheme.label(), identifier.value),
        href: identifier.url(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_long_by_what_is_read_of_it() {
        let tags = "<p class=\"x\">".repeat(100);
        assert!(!is_long(&format!("{tags}short")));
        assert!(!is_long(&"x".repeat(FOLDED_FROM)));
        assert!(is_long(&format!("{tags}{}", "x".repeat(FOLDED_FROM + 1))));
    }
}
