//! A work as somebody noted it down: what the formats of citation managers (BibTeX, RIS) have in common.

use super::fields::{Date, Identifiers, block, doi_in_address, plain, sort_topics, web_address};
use super::json::identifier;
use super::keys::record_key;
use crate::domain::identifiers::{ArxivId, Doi, Scheme};
use crate::domain::names::name_key;
use crate::domain::work::WorkKind;
use crate::ingest::record::{RecordAuthor, RecordTopic, Relation, WorkRecord};

/// More keywords than this are somebody's vocabulary, not this work's subjects.
const MAX_TOPICS: usize = 50;

/// The parts of an entry, read as far as its format is concerned.
#[derive(Debug, Default)]
pub(super) struct Citation {
    /// The format: nobody vouches for such a file but who wrote it.
    pub source: &'static str,
    /// The entry's name in its file.
    pub id: String,
    /// What the entry says that it is.
    pub kind: WorkKind,
    /// On one line, LaTeX and all.
    pub title: String,
    /// As it stands.
    pub summary: String,
    pub date: Date,
    /// Journal, book, publisher: as readers see it.
    pub venue: Option<String>,
    pub authors: Vec<RecordAuthor>,
    pub more_authors: bool,
    pub topics: Vec<RecordTopic>,
    /// What may tell which work it is.
    pub found: Found,
}

/// Identifiers and addresses on the way to a record.
#[derive(Debug, Default)]
pub(super) struct Found {
    arxiv: Option<ArxivId>,
    own: Identifiers,
    isbn: Identifiers,
    url: Option<String>,
}

impl Found {
    /// The number of a preprint in any of its forms; of several the first counts.
    pub fn arxiv(&mut self, text: &str) -> bool {
        match ArxivId::parse(text) {
            Ok(id) => {
                self.arxiv.get_or_insert(id);
                true
            }
            Err(_) => false,
        }
    }

    /// The number of a preprint among other words: `arXiv preprint arXiv:2101.00001`.
    pub fn arxiv_in(&mut self, text: &str) {
        let separates = |c: char| c.is_whitespace() || "()[],;{}".contains(c);
        for word in text.split(separates) {
            let lower = word.get(..6).unwrap_or_default().to_ascii_lowercase();
            if lower == "arxiv:" || word.contains("arxiv.org/") {
                self.arxiv(word.trim_end_matches('.'));
            }
        }
    }

    /// A field for DOIs. Old ones hold semicolons, so the field as a whole is tried first.
    pub fn dois(&mut self, text: &str) {
        let text = text.trim();
        if self.arxiv(text) {
            return;
        }
        if !self.own.add(Scheme::Doi, text) {
            for part in text.split_whitespace() {
                let part = part.trim_matches([',', '.', ';']);
                if !self.arxiv(part)
                    && let Some(doi) = doi_in_address(part)
                {
                    self.own.add(Scheme::Doi, doi.as_str());
                }
            }
        }
    }

    /// An identifier of a scheme whose form is checked.
    pub fn add(&mut self, scheme: Scheme, text: &str) {
        if let Some(known) = identifier(scheme, text) {
            self.own.add(scheme, &known.value);
        }
    }

    /// Book numbers, which count for whole books alone.
    pub fn isbns(&mut self, text: &str) {
        for part in text.split([',', ';', '\n', '(', ')', '/']) {
            // `978-3-16-148410-0 3-16-148410-X`, `ISBN 978 3 16 148410 0 paperback`
            let whole: String = part.chars().filter(|c| is_of_isbn(*c)).collect();
            let pieces = std::iter::once(whole.as_str()).chain(part.split_whitespace());
            for piece in pieces {
                if let Some(isbn) = identifier(Scheme::Isbn, piece.trim_matches('-'))
                    && self.isbn.add(Scheme::Isbn, &isbn.value)
                {
                    break;
                }
            }
        }
    }

    /// An address of the work; of several the first is shown. Those at registers name the work too.
    pub fn address(&mut self, text: &str) {
        let Some(address) = web_address(text.trim()) else {
            // Without `https://` in front.
            if Doi::parse(text).is_ok() {
                self.dois(text);
            }
            return;
        };
        let path = |hosts: &[&str]| {
            let (_, rest) = address.split_once("://")?;
            hosts
                .iter()
                .find_map(|host| rest.strip_prefix(host)?.strip_prefix('/'))
                .map(|path| path.split(['?', '#']).next().unwrap_or(path))
        };
        if self.arxiv(&address) {
        } else if let Some(doi) = doi_in_address(&address) {
            self.own.add(Scheme::Doi, doi.as_str());
        } else if let Some(path) = path(&["aclanthology.org", "www.aclweb.org/anthology"]) {
            let id = path.trim_end_matches('/').trim_end_matches(".pdf");
            self.add(Scheme::Acl, id);
        } else if let Some(path) = path(&["pubmed.ncbi.nlm.nih.gov"]) {
            self.add(Scheme::Pmid, path);
        } else if let Some(path) = path(&["www.ncbi.nlm.nih.gov/pubmed"]) {
            self.add(Scheme::Pmid, path);
        } else if let Some(path) = path(&[
            "www.ncbi.nlm.nih.gov/pmc/articles",
            "pmc.ncbi.nlm.nih.gov/articles",
        ]) {
            self.add(Scheme::Pmcid, path);
        } else if let Some(path) = path(&["dblp.org/rec", "dblp.uni-trier.de/rec"]) {
            let key = path.trim_end_matches(".bib").trim_end_matches(".html");
            self.add(Scheme::Dblp, key);
        }
        self.url.get_or_insert(address);
    }
}

fn is_of_isbn(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'X' | 'x')
}

impl Citation {
    /// The neutral record; its title may be empty.
    pub fn into_record(self) -> WorkRecord {
        let venue = self.venue.as_deref().and_then(plain);
        let kind = self.kind(venue.as_deref());
        let Found {
            arxiv,
            own,
            isbn,
            url,
        } = self.found;
        let mut own = own.sorted();
        if kind == WorkKind::Book {
            own.extend(isbn.sorted());
        }
        let arxiv = arxiv.and_then(|id| identifier(Scheme::Arxiv, id.id()));
        let (mut identifiers, related) = match arxiv {
            // What else is given belongs to the published version.
            Some(id) if kind == WorkKind::Preprint => {
                let published = own.into_iter();
                let published = published.map(|other| (Relation::PublishedAs, other));
                (vec![id], published.collect())
            }
            id => (
                own,
                id.map(|id| (Relation::PreprintOf, id))
                    .into_iter()
                    .collect::<Vec<_>>(),
            ),
        };
        identifiers.sort();
        let mut topics = self.topics;
        sort_topics(&mut topics);
        topics.truncate(MAX_TOPICS);
        let mut record = WorkRecord {
            source: self.source.to_owned(),
            record_key: record_key(Some(&self.id), &identifiers, &self.title, &self.authors),
            kind,
            title_source: self.title,
            abstract_source: block(&self.summary),
            venue,
            url: url.or_else(|| identifiers.first()?.url()),
            identifiers,
            related,
            authors: self.authors,
            more_authors: self.more_authors,
            topics,
            ..WorkRecord::default()
        };
        self.date.set(&mut record);
        record
    }

    /// What the entry is, in view of where it appeared: formats without a type for preprints list them as
    /// articles or otherwise.
    fn kind(&self, venue: Option<&str>) -> WorkKind {
        if !matches!(
            self.kind,
            WorkKind::Article | WorkKind::Other | WorkKind::Report
        ) {
            return self.kind;
        }
        let venue = venue.map(name_key).unwrap_or_default();
        let archived = PREPRINT_SERVERS
            .iter()
            .any(|server| venue == *server || venue.starts_with(&format!("{server} ")));
        if archived || (venue.is_empty() && self.found.arxiv.is_some()) {
            WorkKind::Preprint
        } else {
            self.kind
        }
    }
}

/// As [`name_key`] writes what stands where the journal should.
const PREPRINT_SERVERS: [&str; 14] = [
    "arxiv",
    "biorxiv",
    "chemrxiv",
    "computing research repository",
    "corr",
    "eartharxiv",
    "medrxiv",
    "osf preprints",
    "preprints org",
    "psyarxiv",
    "research square",
    "socarxiv",
    "ssrn",
    "techrxiv",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::formats::xml::testing::identifiers;

    fn record(kind: WorkKind, venue: &str, find: impl Fn(&mut Found)) -> WorkRecord {
        let mut found = Found::default();
        find(&mut found);
        Citation {
            source: "Test",
            id: "k".to_owned(),
            kind,
            title: "T".to_owned(),
            venue: Some(venue.to_owned()),
            found,
            ..Citation::default()
        }
        .into_record()
    }

    fn related(work: &WorkRecord) -> Vec<String> {
        work.related
            .iter()
            .map(|(relation, id)| format!("{relation:?} {}", id.value))
            .collect()
    }

    #[test]
    fn an_article_in_an_archive_is_a_preprint() {
        for venue in [
            "arXiv preprint arXiv:2101.00001",
            "CoRR",
            "bioRxiv",
            "SSRN Electronic Journal",
        ] {
            let work = record(WorkKind::Article, venue, |found| found.arxiv_in(venue));
            assert_eq!(work.kind, WorkKind::Preprint, "{venue}");
        }
        let work = record(WorkKind::Article, "Corrosion", |_| {});
        assert_eq!(work.kind, WorkKind::Article);
        let work = record(WorkKind::Other, "", |found| {
            found.arxiv_in("(arXiv:2101.00001).")
        });
        assert_eq!(work.kind, WorkKind::Preprint);
        assert_eq!(identifiers(&work), ["arxiv:2101.00001"]);
        let work = record(WorkKind::ConferencePaper, "arXiv", |_| {});
        assert_eq!(work.kind, WorkKind::ConferencePaper);
    }

    #[test]
    fn preprint_and_publication_are_told_apart() {
        let both = |found: &mut Found| {
            found.dois("10.5555/1");
            found.arxiv("2101.00001v2");
        };
        let work = record(WorkKind::Article, "Journal of Examples", both);
        assert_eq!(identifiers(&work), ["doi:10.5555/1"]);
        assert_eq!(related(&work), ["PreprintOf 2101.00001"]);
        let work = record(WorkKind::Other, "", both);
        assert_eq!(identifiers(&work), ["arxiv:2101.00001"]);
        assert_eq!(related(&work), ["PublishedAs 10.5555/1"]);
        let work = record(WorkKind::Article, "bioRxiv", |found| {
            found.dois("10.1101/1")
        });
        assert_eq!(identifiers(&work), ["doi:10.1101/1"]);
    }

    #[test]
    fn dois_are_found_in_every_form() {
        for (text, expected) in [
            ("10.5555/a;b", "doi:10.5555/a;b"),
            ("https://doi.org/10.5555/1", "doi:10.5555/1"),
            ("see 10.5555/1, p. 3", "doi:10.5555/1"),
        ] {
            let work = record(WorkKind::Article, "J", |found| found.dois(text));
            assert_eq!(identifiers(&work), [expected], "{text}");
        }
        let work = record(WorkKind::Other, "", |found| {
            found.dois("10.48550/arXiv.2101.00001");
        });
        assert_eq!(identifiers(&work), ["arxiv:2101.00001"]);
        assert!(
            record(WorkKind::Other, "", |found| found.dois("none"))
                .identifiers
                .is_empty()
        );
    }

    #[test]
    fn addresses_at_registers_name_the_work() {
        for (address, expected) in [
            (
                "https://aclanthology.org/2022.acl-long.1.pdf",
                "acl:2022.acl-long.1",
            ),
            ("https://www.aclweb.org/anthology/P18-1001/", "acl:P18-1001"),
            ("https://pubmed.ncbi.nlm.nih.gov/123/?x=1", "pmid:123"),
            ("http://www.ncbi.nlm.nih.gov/pubmed/123", "pmid:123"),
            (
                "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12/",
                "pmcid:PMC12",
            ),
            (
                "https://dblp.org/rec/conf/ex/BergD08.bib",
                "dblp:conf/ex/BergD08",
            ),
            ("http://doi.acm.org/10.5555/1", "doi:10.5555/1"),
        ] {
            let work = record(WorkKind::Article, "J", |found| found.address(address));
            assert_eq!(identifiers(&work), [expected]);
            assert_eq!(work.url.as_deref(), Some(address));
        }
        let work = record(WorkKind::Article, "J", |found| {
            found.address("ftp://example.org/");
            found.address("https://aclanthology.org.example.org/P18-1001");
            found.address("doi:10.5555/2");
        });
        assert_eq!(identifiers(&work), ["doi:10.5555/2"]);
        assert_eq!(
            work.url.as_deref(),
            Some("https://aclanthology.org.example.org/P18-1001")
        );
    }

    #[test]
    fn book_numbers_count_for_books() {
        let isbns = |text: &str| {
            let work = record(WorkKind::Book, "", |found| found.isbns(text));
            identifiers(&work)
        };
        assert_eq!(isbns("978-3-16-148410-0"), ["isbn:9783161484100"]);
        assert_eq!(
            isbns("ISBN 978 3 16 148410 0 (paperback)"),
            ["isbn:9783161484100"]
        );
        assert_eq!(
            isbns("3-16-148410-X, 978-3-16-148410-0"),
            ["isbn:316148410X", "isbn:9783161484100"]
        );
        assert!(isbns("0896-3207").is_empty());
        let chapter = record(WorkKind::Chapter, "B", |found| found.isbns("3-16-148410-X"));
        assert!(chapter.identifiers.is_empty());
    }
}
