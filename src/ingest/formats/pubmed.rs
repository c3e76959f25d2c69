//! PubMed's XML: articles of journals and parts of books, as the yearly files, the daily updates and the E-utilities
//! give them (<https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html>).

mod authors;
mod corrections;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
mod texts;

use super::fields::{Date, Identifiers, keyword, month, plain, sort_topics};
use super::xml::{self, Element, Found, Shape, Step, rich};
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::work::WorkKind;
use crate::ingest::record::{Input, Record, RecordTopic, Records, WorkRecord};
use texts::{mark, other_summary, summary, title};

/// Who says so.
const SOURCE: &str = "PubMed";

/// The articles, chapters and books of a file, and what it says was deleted.
pub fn read(input: Input) -> Records {
    xml::read(input, PubMed)
}

struct PubMed;

impl Shape for PubMed {
    const NAME: &'static str = "a PubMed file";

    fn step(&mut self, tag: Element<'_>, depth: usize) -> Option<Step> {
        match tag.name() {
            "PubmedArticleSet" | "PubmedBookArticleSet" | "MedlineCitationSet" if depth == 0 => {
                Some(Step::Enter)
            }
            // Also one of them by itself.
            "PubmedArticle" | "MedlineCitation" | "PubmedBookArticle" => Some(Step::Record),
            _ if depth == 0 => None,
            "DeleteCitation" | "DeleteDocument" => Some(Step::Enter),
            "PMID" => Some(Step::Record),
            _ => Some(Step::Skip),
        }
    }

    fn key(&self, element: Element<'_>) -> Option<String> {
        pmid(element)
    }

    fn ignores(&self, name: &str) -> bool {
        matches!(
            name,
            // What an article cites has ids that are not its own.
            "ReferenceList"
                // Those who took part in a study without being its authors.
                | "InvestigatorList"
                | "ChemicalList"
                | "DataBankList"
                | "GeneSymbolList"
                | "GrantList"
                | "History"
                | "PersonalNameSubjectList"
                | "Sections"
        )
    }

    fn record(&mut self, element: Element<'_>, found: &mut Found) {
        let Some(pmid) = pmid(element) else {
            return found.refuse(None, "it has no PubMed id");
        };
        match element.name() {
            "PMID" => found.keep(Record::Deleted {
                source: SOURCE.to_owned(),
                record_key: pmid,
            }),
            "PubmedBookArticle" => match element.child("BookDocument") {
                Some(document) => found.work(part_of_book(pmid, document, element)),
                None => found.refuse(Some(pmid), "it has no <BookDocument>"),
            },
            _ => {
                let citation = element.child("MedlineCitation").unwrap_or(element);
                match citation.child("Article") {
                    Some(article) => found.work(in_journal(pmid, article, citation, element)),
                    None => found.refuse(Some(pmid), "it has no <Article>"),
                }
            }
        }
    }
}

/// The number of a record; of several versions the last one read stands.
fn pmid(element: Element<'_>) -> Option<String> {
    let holder = match element.name() {
        "PMID" => element,
        "MedlineCitation" => element.child("PMID")?,
        _ => element
            .child("MedlineCitation")
            .or_else(|| element.child("BookDocument"))?
            .child("PMID")?,
    };
    let number = holder.line()?;
    let sound = number.len() <= 20 && number.bytes().all(|byte| byte.is_ascii_digit());
    sound.then_some(number)
}

/// `<PubmedArticle>` around `<MedlineCitation>`, or the latter alone.
fn in_journal(
    pmid: String,
    article: Element<'_>,
    citation: Element<'_>,
    around: Element<'_>,
) -> WorkRecord {
    let types = PublicationTypes::of(article);
    let kind = types.kind();
    let mut own = Identifiers::default();
    own.add(Scheme::Pmid, &pmid);
    for location in article.all("ELocationID") {
        let doi = location.attribute("EIdType") == Some("doi");
        if doi && location.attribute("ValidYN") != Some("N") {
            own.add_dois(&location.text());
        }
    }
    add_article_ids(&mut own, around.child("PubmedData"));
    for other in citation.all("OtherID").filter_map(|other| other.line()) {
        // `PMC123456 [Available on 01/02/12]`
        add_pmcid(&mut own, other.split(' ').next().unwrap_or_default());
    }
    let journal = article.child("Journal");
    let issued = journal.and_then(|journal| journal.find(&["JournalIssue", "PubDate"]));
    let (authors, more_authors) = authors::of(article);
    let mut record = WorkRecord {
        source: SOURCE.to_owned(),
        kind,
        title_source: title(article, article.child("ArticleTitle")),
        abstract_source: summary(article).or_else(|| other_summary(citation)),
        venue: journal
            .and_then(|journal| {
                let name = |part| plain(&journal.child(part)?.text());
                name("Title").or_else(|| name("ISOAbbreviation"))
            })
            .or_else(|| plain(&citation.find(&["MedlineJournalInfo", "MedlineTA"])?.text())),
        url: page(&pmid),
        identifiers: own.sorted(),
        record_key: pmid,
        related: corrections::versions(citation, kind),
        authors,
        more_authors,
        topics: topics(citation),
        retracted: types.retracted || corrections::retract(citation),
        ..WorkRecord::default()
    };
    let date = issued.map(date).unwrap_or_default();
    date.or(|| {
        article
            .child("ArticleDate")
            .map(self::date)
            .unwrap_or_default()
    })
    .set(&mut record);
    record
}

/// `<BookDocument>`: a chapter, or a book where it has no title of its own.
fn part_of_book(pmid: String, document: Element<'_>, around: Element<'_>) -> WorkRecord {
    let book = document.child("Book");
    let book_title = book.and_then(|book| book.child("BookTitle"));
    let chapter = document
        .child("ArticleTitle")
        .filter(|title| title.line().is_some());
    let mut own = Identifiers::default();
    own.add(Scheme::Pmid, &pmid);
    add_article_ids(&mut own, Some(document));
    add_article_ids(&mut own, around.child("PubmedBookData"));
    let (mut authors, mut more_authors) = authors::of(document);
    if chapter.is_none() {
        for isbn in book.iter().flat_map(|book| book.all("Isbn")) {
            own.add(Scheme::Isbn, &isbn.text());
        }
        // Those of a book stand beside its title; their editors are none.
        if let Some(book) = book.filter(|_| authors.is_empty()) {
            (authors, more_authors) = authors::of(book);
        }
    }
    let within = |name: &str| book.and_then(|book| book.child(name));
    let mut record = WorkRecord {
        source: SOURCE.to_owned(),
        kind: if chapter.is_some() {
            WorkKind::Chapter
        } else {
            WorkKind::Book
        },
        title_source: title(document, chapter.or(book_title)),
        abstract_source: summary(document),
        venue: match (chapter, book_title) {
            (Some(_), Some(title)) => plain(&rich(title, mark)),
            _ => within("Publisher")
                .and_then(|publisher| plain(&publisher.child("PublisherName")?.text())),
        },
        url: page(&pmid),
        identifiers: own.sorted(),
        record_key: pmid,
        authors,
        more_authors,
        topics: topics(document),
        ..WorkRecord::default()
    };
    // A book may grow over decades: its chapters bring their own date.
    [
        document.child("ContributionDate"),
        within("PubDate"),
        within("BeginningDate"),
    ]
    .into_iter()
    .flatten()
    .map(date)
    .find(|date| !date.is_empty())
    .unwrap_or_default()
    .set(&mut record);
    record
}

fn page(pmid: &str) -> Option<String> {
    WorkIdentifier::parse(Scheme::Pmid, pmid).ok()?.url()
}

/// The identifiers in `<ArticleIdList>`.
fn add_article_ids(own: &mut Identifiers, holder: Option<Element<'_>>) {
    let Some(list) = holder.and_then(|holder| holder.child("ArticleIdList")) else {
        return;
    };
    for id in list.all("ArticleId") {
        let Some(text) = id.line() else { continue };
        match id.attribute("IdType") {
            Some("doi") => own.add_dois(&text),
            Some("pmc") => add_pmcid(own, &text),
            Some("bookaccession") => {
                let address = format!("https://www.ncbi.nlm.nih.gov/books/{text}/");
                own.add(Scheme::Url, &address);
            }
            _ => {}
        }
    }
}

/// `PMC123456`; a number with a version behind it (`PMC123456.1`) is of the same article.
fn add_pmcid(own: &mut Identifiers, text: &str) {
    let text = text.split('.').next().unwrap_or_default();
    let number = text.strip_prefix("PMC").unwrap_or_default();
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        own.add(Scheme::Pmcid, text);
    }
}

/// `<Year>`, `<Month>`, `<Day>`; or `<MedlineDate>`: `1998 Dec-1999 Jan`, `2000 Spring`, `1947-1948`, `Summer 1985`.
fn date(holder: Element<'_>) -> Date {
    let part = |name| holder.line_of(name).unwrap_or_default();
    let in_parts = Date::of(
        &part("Year"),
        holder.line_of("Month").as_deref(),
        holder.line_of("Day").as_deref(),
    );
    in_parts.or(|| {
        let text = part("MedlineDate");
        // The month of the year that is taken stands right behind it.
        let first_month = text.split(' ').nth(1).filter(|word| month(word).is_some());
        let letters = first_month.filter(|word| word.starts_with(|c: char| c.is_alphabetic()));
        Date::of(&text, letters, None)
    })
}

/// What `<PublicationTypeList>` says.
#[derive(Default)]
struct PublicationTypes {
    retracted: bool,
    kind: Option<WorkKind>,
}

impl PublicationTypes {
    fn of(article: Element<'_>) -> Self {
        let mut found = Self::default();
        let list = article.child("PublicationTypeList");
        for entry in list.iter().flat_map(|list| list.all("PublicationType")) {
            // "Retraction of Publication" is another one: the notice itself.
            let kind = match entry.line().unwrap_or_default().as_str() {
                "Retracted Publication" => {
                    found.retracted = true;
                    continue;
                }
                "Preprint" => WorkKind::Preprint,
                "Dataset" => WorkKind::Dataset,
                "Technical Report" => WorkKind::Report,
                "Academic Dissertation" => WorkKind::Thesis,
                _ => continue,
            };
            found.kind = found.kind.or(Some(kind));
        }
        found
    }

    fn kind(&self) -> WorkKind {
        self.kind.unwrap_or(WorkKind::Article)
    }
}

/// Headings that every record of a study has to carry: on whom it was done, not what it is about
/// (<https://www.nlm.nih.gov/mesh/indman/chapter_18.html>).
const CHECK_TAGS: [&str; 14] = [
    "Adolescent",
    "Adult",
    "Aged",
    "Aged, 80 and over",
    "Animals",
    "Child",
    "Child, Preschool",
    "Female",
    "Humans",
    "Infant",
    "Infant, Newborn",
    "Male",
    "Middle Aged",
    "Young Adult",
];

/// Medical Subject Headings by the numbers of their descriptors, and keywords.
fn topics(citation: Element<'_>) -> Vec<RecordTopic> {
    let headings = citation.child("MeshHeadingList");
    let mut found: Vec<RecordTopic> = headings
        .iter()
        .flat_map(|list| list.all("MeshHeading"))
        .filter_map(|heading| heading.child("DescriptorName"))
        .filter_map(|descriptor| {
            Some(RecordTopic {
                scheme: "mesh".to_owned(),
                code: descriptor.attribute("UI")?.to_owned(),
                name: plain(&descriptor.text())?,
                ..RecordTopic::default()
            })
        })
        .filter(|heading| !CHECK_TAGS.contains(&heading.name.as_str()))
        .collect();
    let keywords = citation
        .all("KeywordList")
        // Those of NASA name its programmes and centres.
        .filter(|list| list.attribute("Owner") != Some("NASA"))
        .flat_map(|list| list.all("Keyword"));
    for text in keywords.filter_map(|word| word.line()) {
        found.extend(keyword(&text));
    }
    sort_topics(&mut found);
    found
}
