//! Works as programs take them: BibTeX and feed entries.

use std::collections::HashMap;

use super::queries::{self, Narrow, Order, WorkRow};
use super::service::content::Content;
use super::types::WorksOf;
use crate::db::Db;
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::ids::WorkId;
use crate::domain::work::{self, WorkKind};
use crate::error::AppError;
use crate::paths;

pub use super::bibtex::entry as bibtex;

/// The most works that one file holds; 50 a page.
const MOST_PAGES: u32 = 40;

/// A work with what a citation needs.
#[derive(Clone, Debug)]
pub struct Export {
    /// Row number.
    pub id: WorkId,
    /// Path of its page.
    pub path: String,
    /// Readable title.
    pub title: String,
    /// The title as the record that leads the work has it, where the readable one was made from LaTeX.
    pub title_latex: Option<String>,
    /// Kind, if we know the word.
    pub kind: WorkKind,
    /// A thesis for a master's degree.
    pub masters: bool,
    /// Year.
    pub year: Option<i64>,
    /// ISO date or part of one.
    pub published_on: Option<String>,
    /// Where it appeared.
    pub venue: Option<String>,
    /// In order.
    pub authors: Vec<ExportAuthor>,
    /// The list of authors stops before its end.
    pub more_authors: bool,
    /// Sanitised HTML.
    pub abstract_html: Option<String>,
    /// Of the version that is shown.
    pub doi: Option<String>,
    /// Of any version.
    pub arxiv: Option<String>,
    /// Epoch milliseconds.
    pub updated_at: i64,
}

/// An author of a work.
#[derive(Clone, Debug)]
pub struct ExportAuthor {
    /// Name as printed, or the one that is shown instead of a former name.
    pub name: String,
    /// The family name in it, where a source tells.
    pub family: Option<String>,
    /// Not one person.
    pub collective: bool,
}

/// The newest works of an author, topic or institution, at most `pages` of fifty.
pub async fn list(db: &Db, of: WorksOf, pages: u32) -> Result<Vec<Export>, AppError> {
    let mut db = db.clone();
    let mut out = Vec::new();
    for page in 1..=pages.min(MOST_PAGES) {
        let rows = queries::list(&mut db, of, &Narrow::default(), Order::Newest, page).await?;
        let last = rows.is_empty();
        out.extend(complete(&mut db, rows).await?);
        if last {
            break;
        }
    }
    Ok(out)
}

/// One work.
pub async fn one(db: &Db, id: WorkId) -> Result<Export, AppError> {
    let mut db = db.clone();
    let rows = queries::find(&mut db, &[id.0]).await?;
    complete(&mut db, rows)
        .await?
        .into_iter()
        .next()
        .ok_or(AppError::NotFound)
}

async fn complete(db: &mut Db, rows: Vec<WorkRow>) -> Result<Vec<Export>, AppError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut authors: HashMap<i64, Vec<ExportAuthor>> = HashMap::new();
    for (work, name, family, collective) in queries::printed_names(db, &ids).await? {
        authors.entry(work).or_default().push(ExportAuthor {
            name,
            family,
            collective,
        });
    }
    let mut identifiers: HashMap<i64, Vec<(String, String)>> = HashMap::new();
    for (work, scheme, value) in queries::identifiers_of_all(db, &ids).await? {
        identifiers.entry(work).or_default().push((scheme, value));
    }
    let mut records: HashMap<i64, Records> = HashMap::new();
    for (work, source, key, content) in queries::contents_of_all(db, &ids).await? {
        if let Some(content) = Content::parse(&content) {
            let of_work = records.entry(work).or_default();
            of_work.0.push(Said {
                source,
                key,
                content,
            });
        }
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let records = records.remove(&row.id).unwrap_or_default().ranked();
            let identifiers = identifiers.remove(&row.id).unwrap_or_default();
            let known = |wanted: &str| {
                let mut found = identifiers.iter().filter(|(scheme, _)| scheme == wanted);
                found.next().map(|(_, value)| value.clone())
            };
            Export {
                id: WorkId(row.id),
                path: paths::work(WorkId(row.id), &row.slug),
                kind: WorkKind::parse(&row.kind).unwrap_or(WorkKind::Other),
                masters: records.masters(),
                authors: authors.remove(&row.id).unwrap_or_default(),
                more_authors: row.more_authors,
                doi: match records.0.is_empty() {
                    true => known("doi"),
                    false => records.doi(),
                },
                arxiv: records.first(Scheme::Arxiv).or_else(|| known("arxiv")),
                // A dollar that is shown was none of LaTeX's.
                title_latex: records.title().filter(|_| !row.title.contains('$')),
                title: row.title,
                year: row.year,
                published_on: row.published_on,
                venue: row.venue,
                abstract_html: row.abstract_html,
                updated_at: row.updated_at,
            }
        })
        .collect())
}

/// What a source says of a work.
struct Said {
    source: String,
    key: String,
    content: Content,
}

impl Said {
    /// See [`work::record_rank`].
    fn rank(&self) -> (u8, u8) {
        work::record_rank(self.content.kind, &self.source)
    }

    fn identifier(&self, scheme: Scheme) -> Option<&WorkIdentifier> {
        let mut own = self.content.identifiers.iter();
        own.find(|identifier| identifier.scheme == scheme)
    }
}

/// The records of a work.
#[derive(Default)]
struct Records(Vec<Said>);

impl Records {
    /// In the order in which imports put works together: the one that leads comes first.
    fn ranked(mut self) -> Self {
        self.0
            .sort_by_cached_key(|said| (said.rank(), said.source.clone(), said.key.clone()));
        self
    }

    /// The DOI of the version that is shown, never that of another version.
    fn doi(&self) -> Option<String> {
        let (version, _) = self.0.first()?.rank();
        let own = self
            .0
            .iter()
            .filter(|said| said.rank().0 == version)
            .find_map(|said| said.identifier(Scheme::Doi));
        let published = || {
            let mut related = self.0.iter().flat_map(|said| &said.content.related);
            let found = related.find(|(relation, other)| {
                relation == "published_as" && other.scheme == Scheme::Doi
            });
            found.map(|(_, other)| other).filter(|_| version == 0)
        };
        own.or_else(published).map(|doi| doi.value.clone())
    }

    fn first(&self, scheme: Scheme) -> Option<String> {
        let found = self.0.iter().find_map(|said| said.identifier(scheme));
        found.map(|identifier| identifier.value.clone())
    }

    fn title(&self) -> Option<String> {
        let first = self.0.first()?;
        Some(first.content.title_source.clone())
    }

    /// dblp's keys tell.
    fn masters(&self) -> bool {
        self.0
            .iter()
            .any(|said| said.source == "dblp" && said.key.starts_with("ms/"))
    }
}
