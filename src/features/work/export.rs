//! Works as programs take them: BibTeX and feed entries.

use std::collections::HashMap;

use biblatex::{Chunk, Entry, EntryType, Spanned};

use super::queries::{self, Narrow, Order, WorkRow};
use super::types::WorksOf;
use crate::db::Db;
use crate::domain::ids::WorkId;
use crate::domain::work::WorkKind;
use crate::error::AppError;
use crate::paths;

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
    /// Kind, if we know the word.
    pub kind: WorkKind,
    /// Year.
    pub year: Option<i64>,
    /// Where it appeared.
    pub venue: Option<String>,
    /// Names as printed, in order.
    pub authors: Vec<String>,
    /// Sanitised HTML.
    pub abstract_html: Option<String>,
    /// (scheme, value).
    pub identifiers: Vec<(String, String)>,
    /// Epoch milliseconds.
    pub updated_at: i64,
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
    let mut authors: HashMap<i64, Vec<String>> = HashMap::new();
    for (work, name) in queries::printed_names(db, &ids).await? {
        authors.entry(work).or_default().push(name);
    }
    let mut identifiers: HashMap<i64, Vec<(String, String)>> = HashMap::new();
    for (work, scheme, value) in queries::identifiers_of_all(db, &ids).await? {
        identifiers.entry(work).or_default().push((scheme, value));
    }
    Ok(rows
        .into_iter()
        .map(|row| Export {
            id: WorkId(row.id),
            path: paths::work(WorkId(row.id), &row.slug),
            kind: WorkKind::parse(&row.kind).unwrap_or(WorkKind::Other),
            authors: authors.remove(&row.id).unwrap_or_default(),
            identifiers: identifiers.remove(&row.id).unwrap_or_default(),
            title: row.title,
            year: row.year,
            venue: row.venue,
            abstract_html: row.abstract_html,
            updated_at: row.updated_at,
        })
        .collect())
}

/// A work as a BibTeX entry; its key is `bzpeer` and the work's number, so it never changes.
/// `base_url` is the site's own address.
pub fn bibtex(work: &Export, base_url: &str) -> Result<String, AppError> {
    let kind = match work.kind {
        WorkKind::Article => EntryType::Article,
        WorkKind::ConferencePaper => EntryType::InProceedings,
        WorkKind::Book => EntryType::Book,
        WorkKind::Thesis => EntryType::PhdThesis,
        WorkKind::Report => EntryType::TechReport,
        _ => EntryType::Misc,
    };
    let mut entry = Entry::new(format!("bzpeer{}", work.id), kind.clone());
    let text = |value: &str| vec![Spanned::detached(Chunk::Normal(value.to_owned()))];
    let word = |value: &str| vec![Spanned::detached(Chunk::Verbatim(value.to_owned()))];
    entry.set("title", text(&work.title));
    if !work.authors.is_empty() {
        // Each name in braces: how it is printed is known, which part is the family name is not.
        let mut names = Vec::new();
        for (i, name) in work.authors.iter().enumerate() {
            if i > 0 {
                names.push(Spanned::detached(Chunk::Normal(" and ".into())));
            }
            names.push(Spanned::detached(Chunk::Verbatim(name.clone())));
        }
        entry.set("author", names);
    }
    if let Some(year) = work.year {
        entry.set("year", text(&year.to_string()));
    }
    if let Some(venue) = &work.venue {
        let field = match kind {
            EntryType::Article => "journal",
            EntryType::InProceedings => "booktitle",
            EntryType::PhdThesis => "school",
            EntryType::TechReport => "institution",
            EntryType::Book => "publisher",
            _ => "howpublished",
        };
        entry.set(field, text(venue));
    }
    for (scheme, value) in &work.identifiers {
        match scheme.as_str() {
            "doi" => entry.set("doi", word(value)),
            "arxiv" => {
                entry.set("eprint", word(value));
                entry.set("archiveprefix", text("arXiv"));
            }
            _ => {}
        }
    }
    entry.set(
        "url",
        word(&format!("{base_url}{}", paths::encode(&work.path))),
    );
    Ok(spelled_out(&entry.to_biblatex_string()))
}

/// The characters that biblatex escapes by a backslash although LaTeX then reads an accent or a line break, by their
/// names instead.
fn spelled_out(entry: &str) -> String {
    let mut out = String::with_capacity(entry.len());
    let mut chars = entry.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('^') => out.push_str("\\textasciicircum{}"),
            Some('~') => out.push_str("\\textasciitilde{}"),
            Some('\\') => out.push_str("\\textbackslash{}"),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}
