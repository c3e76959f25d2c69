//! What arXiv says of a preprint, however it says it.

use super::fields::{Date, Identifiers, arxiv_topics, block, line};
use crate::domain::identifiers::{ArxivId, Scheme};
use crate::domain::work::WorkKind;
use crate::ingest::record::{RecordAuthor, Relation, WorkRecord};

/// Who says so, and where it appeared.
pub(super) const SOURCE: &str = "arXiv";

/// The parts of a record of arXiv, as printed.
#[derive(Debug, Default)]
pub(super) struct ArxivWork<'t> {
    pub title: &'t str,
    pub summary: &'t str,
    pub date: Date,
    pub authors: Vec<RecordAuthor>,
    pub more_authors: bool,
    /// DOIs of the published version, as many as there are.
    pub dois: &'t str,
    /// arXiv's categories, separated by spaces.
    pub categories: &'t str,
    /// Codes of other schemes: MSC, ACM.
    pub codes: &'t [&'t str],
}

impl ArxivWork<'_> {
    /// The neutral record; its title may be empty.
    pub fn into_record(self, id: &ArxivId) -> WorkRecord {
        let mut own = Identifiers::default();
        own.add(Scheme::Arxiv, id.id());
        let mut published = Identifiers::default();
        published.add_dois(self.dois);
        let mut record = WorkRecord {
            source: SOURCE.to_owned(),
            record_key: id.id().to_owned(),
            kind: WorkKind::Preprint,
            title_source: line(self.title).unwrap_or_default(),
            abstract_source: block(self.summary),
            venue: Some(SOURCE.to_owned()),
            identifiers: own.sorted(),
            related: published
                .sorted()
                .into_iter()
                // arXiv's own DOI is this very work.
                .filter(|other| other.scheme == Scheme::Doi)
                .map(|other| (Relation::PublishedAs, other))
                .collect(),
            authors: self.authors,
            more_authors: self.more_authors,
            topics: arxiv_topics(self.categories, self.codes),
            url: Some(id.url()),
            ..WorkRecord::default()
        };
        self.date.set(&mut record);
        record
    }
}

/// The number in `oai:arXiv.org:2101.00001`, in an address or by itself.
pub(super) fn arxiv_id(text: &str) -> Option<ArxivId> {
    let text = text.trim();
    let bare = text
        .get(..14)
        .filter(|prefix| prefix.eq_ignore_ascii_case("oai:arxiv.org:"))
        .map_or(text, |prefix| &text[prefix.len()..]);
    ArxivId::parse(bare).ok()
}
