//! What travels between server and browser about works.

use serde::{Deserialize, Serialize};

use crate::ui::lean::Lean;

/// One author on one work, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// The name as printed.
    pub name: String,
    /// Address of the author's page; nothing while an import has not said yet who that is.
    pub href: Option<String>,
    /// The affiliation as printed.
    pub affiliation: Option<String>,
}

/// A work in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkItem {
    /// Row number.
    pub id: i64,
    /// Address of the work's page.
    pub href: String,
    /// The kind in words, for example "preprint".
    pub kind: String,
    /// Year of publication.
    pub year: Option<i64>,
    /// Where it appeared, for example "arXiv".
    pub venue: Option<String>,
    /// Sanitised HTML.
    pub title_html: String,
    /// The first authors in order.
    pub authors: Vec<Byline>,
    /// How many more there are.
    pub more_authors: i64,
    /// There are others still whom no source names.
    pub unnamed_authors: bool,
    /// A source says that it was retracted.
    pub retracted: bool,
    /// Sanitised HTML.
    pub abstract_html: Option<String>,
    /// The abstract fills more lines than a list shows at once. The text itself does not travel to tell.
    pub long_abstract: bool,
}

/// How a list is narrowed and ordered. Travels in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkFilter {
    /// One kind only; empty for all.
    pub kind: String,
    /// One year only; empty for all.
    pub year: String,
    /// Words that the title must contain.
    pub words: String,
    /// `newest` (default), `oldest` or `title`.
    pub sort: String,
    /// From 1.
    pub page: u32,
}

impl WorkFilter {
    /// From the query of an address: `kind`, `year`, `words`, `sort`, `page`.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            kind: get("kind").unwrap_or_default(),
            year: get("year").unwrap_or_default(),
            words: get("words").unwrap_or_default(),
            sort: get("sort").unwrap_or_default(),
            page: get("page")
                .and_then(|p| p.parse().ok())
                .unwrap_or(1)
                .clamp(1, 1_000_000),
        }
    }

    /// The query of the address of another page of the same list; empty for the plain first page.
    pub fn query(&self, page: u32) -> String {
        let mut pairs = Vec::new();
        for (name, value) in [
            ("kind", &self.kind),
            ("year", &self.year),
            ("words", &self.words),
            ("sort", &self.sort),
        ] {
            if !value.is_empty() {
                pairs.push(format!("{name}={}", crate::paths::encode(value)));
            }
        }
        if page > 1 {
            pairs.push(format!("page={page}"));
        }
        if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        }
    }

    /// Whether anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        !(self.kind.is_empty() && self.year.is_empty() && self.words.is_empty())
    }
}

/// Whose works are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", content = "id", rename_all = "snake_case")]
pub enum WorksOf {
    /// An author's.
    Author(i64),
    /// On a topic, or on one below it.
    Topic(i64),
    /// Written at an institution.
    Institution(i64),
}

/// One page of a list of works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkList {
    /// The works of this page.
    pub items: Vec<WorkItem>,
    /// How many match the filter.
    pub total: i64,
    /// How many there are without a filter.
    pub all: i64,
    /// From 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
    /// The kinds that occur: word and label.
    pub kinds: Vec<(String, String)>,
    /// The years that occur, newest first.
    pub years: Vec<i64>,
    /// The filter in force.
    pub filter: WorkFilter,
}

/// Browser-side hydration needs the structure, not the words that are in the document already.
impl Lean for WorkList {
    fn lean(&self) -> Self {
        let mut list = self.clone();
        for item in &mut list.items {
            item.title_html.clear();
            if let Some(text) = &mut item.abstract_html {
                text.clear();
            }
        }
        list
    }
}

/// A record that a work was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSource {
    /// The source's name.
    pub source: String,
    /// Its name for the record, and the source's page of it.
    pub key: NamedLink,
    /// When it was read, in words.
    pub read_on: String,
    /// Why it belongs to this work.
    pub joined: String,
    /// When the source took it back, in words.
    pub withdrawn_on: Option<String>,
}

/// A field of a work: who gave what is shown, and who says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldSource {
    /// "Title"
    pub field: String,
    /// The sources of what is shown.
    pub sources: Vec<String>,
    /// Other sources, each with what it says.
    pub others: Vec<(String, String)>,
}

/// A version of a work: the preprint, the article, the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// "preprint", or how it belongs to the work where nothing else is known.
    pub kind: String,
    /// Year.
    pub year: Option<i64>,
    /// Where it appeared.
    pub venue: Option<String>,
    /// Identifiers, and pages of the sources.
    pub links: Vec<NamedLink>,
    /// Who tells of it.
    pub sources: Vec<String>,
}

/// Where an author of a work was, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affiliation {
    /// The author's name as printed.
    pub author: String,
    /// As printed.
    pub printed: Option<String>,
    /// Organisations, and how they were found where the source does not name them.
    pub institutions: Vec<(NamedLink, Option<String>)>,
}

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedLink {
    /// Words.
    pub label: String,
    /// Address; none when there is nothing to link to.
    pub href: Option<String>,
}

/// A work's own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkPage {
    /// The work as in lists, with up to [`MOST_AUTHORS`] authors.
    pub item: WorkItem,
    /// The title as plain text.
    pub title: String,
    /// The address that this page should have.
    pub canonical: String,
    /// Full date where known.
    pub published_on: Option<String>,
    /// Topics.
    pub topics: Vec<NamedLink>,
    /// DOI, arXiv, …
    pub identifiers: Vec<NamedLink>,
    /// Where the authors were.
    pub affiliations: Vec<Affiliation>,
    /// The versions, where there is more than one.
    pub versions: Vec<Version>,
    /// Sources that say it was retracted.
    pub retracted_by: Vec<String>,
    /// Which source gave which field.
    pub fields: Vec<FieldSource>,
    /// The records that it was read from.
    pub records: Vec<RecordSource>,
    /// Address of the BibTeX file.
    pub bibtex: String,
}

impl Lean for WorkPage {
    fn lean(&self) -> Self {
        let mut page = self.clone();
        page.item.title_html.clear();
        if let Some(text) = &mut page.item.abstract_html {
            text.clear();
        }
        page
    }
}

/// The most authors that a work's own page lists at once.
pub const MOST_AUTHORS: i64 = 200;
/// The most authors that a work in a list shows.
pub const LISTED_AUTHORS: i64 = 12;
/// An abstract with more characters than this is folded in a list: about four lines on a wide screen.
pub const FOLDED_FROM: usize = 360;
/// Works on one page of a list.
pub const PER_PAGE: i64 = 50;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_survives_the_address() {
        let filter = WorkFilter {
            kind: "dataset".into(),
            year: String::new(),
            words: "a & b".into(),
            sort: "title".into(),
            page: 3,
        };
        assert_eq!(
            filter.query(3),
            "?kind=dataset&words=a%20%26%20b&sort=title&page=3"
        );
        assert_eq!(WorkFilter::from_query(|_| None).query(1), "");
    }

    #[test]
    fn what_travels_for_hydration_holds_no_abstract() {
        let item = WorkItem {
            id: 1,
            href: "/works/1/a".into(),
            kind: "preprint".into(),
            year: Some(2020),
            venue: None,
            title_html: "<b>T</b>".into(),
            authors: vec![],
            more_authors: 0,
            unnamed_authors: false,
            retracted: false,
            abstract_html: Some("long text".into()),
            long_abstract: false,
        };
        let list = WorkList {
            items: vec![item],
            total: 1,
            all: 1,
            page: 1,
            pages: 1,
            kinds: vec![],
            years: vec![],
            filter: WorkFilter::default(),
        };
        let lean = serde_json::to_string(&list.lean()).unwrap();
        assert!(!lean.contains("long text") && !lean.contains("<b>"));
        // The presence of an abstract is structure and stays.
        assert_eq!(list.lean().items[0].abstract_html.as_deref(), Some(""));
    }
}
