//! The ACL Anthology: its collections of papers in XML and what it knows of its people in YAML
//! (<https://github.com/acl-org/acl-anthology>).
//!
//! A collection holds volumes, each with a head (`<meta>`) that says what its papers do not repeat. The head and one
//! paper are in memory at a time. A volume's front matter and the events it belongs to are no papers and are passed over.

mod people;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
mod yaml;

use super::fields::{Date, Identifiers, block, doi_in_address, line, month, plain, web_address};
use super::people::{author, in_parts, is_group};
use super::xml::{self, Element, Found, Mark, Shape, Step, rich};
use crate::domain::identifiers::{Orcid, Scheme, WorkIdentifier};
use crate::domain::names::PersonName;
use crate::domain::work::WorkKind;
use crate::ingest::record::{Input, Record, RecordAuthor, Records, WorkRecord};
pub use people::read_people;

/// Who says so.
const SOURCE: &str = "ACL Anthology";

/// The papers of a collection.
pub fn read(input: Input) -> Records {
    xml::read(input, Collection::default())
}

/// Where in the file we are, and what holds for every paper there.
#[derive(Default)]
struct Collection {
    /// `P18`, `2022.acl`.
    id: String,
    volume: Volume,
}

/// The head of a volume.
#[derive(Default)]
struct Volume {
    /// `1`, `long`.
    id: String,
    /// An issue of a journal; else the proceedings of a meeting.
    journal: bool,
    venue: Option<String>,
    date: Date,
}

impl Shape for Collection {
    const NAME: &'static str = "a collection of the ACL Anthology";

    fn step(&mut self, tag: Element<'_>, depth: usize) -> Option<Step> {
        let id = || tag.attribute("id").unwrap_or_default().to_owned();
        match (depth, tag.name()) {
            (0, "collection") => {
                self.id = id();
                Some(Step::Enter)
            }
            (0, _) => None,
            (1, "volume") => {
                self.volume = Volume {
                    id: id(),
                    journal: tag.attribute("type") == Some("journal"),
                    ..Volume::default()
                };
                Some(Step::Enter)
            }
            (2, "meta" | "paper") => Some(Step::Record),
            _ => Some(Step::Skip),
        }
    }

    fn key(&self, element: Element<'_>) -> Option<String> {
        match element.name() {
            "paper" => self.paper_id(element),
            _ => Some(format!("{}-{}", self.id, self.volume.id)),
        }
    }

    fn ignores(&self, name: &str) -> bool {
        matches!(
            name,
            "attachment" | "video" | "pwccode" | "pwcdataset" | "revision" | "erratum" | "award"
        )
    }

    fn record(&mut self, element: Element<'_>, found: &mut Found) {
        if element.name() == "meta" {
            return self.volume.read(element);
        }
        let Some(id) = self.paper_id(element) else {
            return found.refuse(
                element.attribute("id").map(str::to_owned),
                format!(
                    "its number, those of its volume ({}) and collection ({}) make none of the Anthology",
                    self.volume.id, self.id
                ),
            );
        };
        // Such a paper keeps its page, without its text and with the reason.
        if element.child("removed").is_some() {
            return found.keep(Record::Deleted {
                source: SOURCE.to_owned(),
                record_key: id,
            });
        }
        found.work(self.paper(id, element));
    }
}

impl Collection {
    fn paper_id(&self, paper: Element<'_>) -> Option<String> {
        paper_id(&self.id, &self.volume.id, paper.attribute("id")?)
    }

    fn paper(&self, id: String, paper: Element<'_>) -> WorkRecord {
        let title = paper.child("title").map(|title| rich(title, mark));
        let summary = paper.child("abstract").map(|summary| rich(summary, mark));
        // A special issue may carry the papers of a journal inside of proceedings.
        let journal = paper.line_of("journal").and_then(|name| plain(&name));
        let kind = if paper.attribute("type") == Some("backmatter") {
            WorkKind::Other
        } else if self.volume.journal || journal.is_some() {
            WorkKind::Article
        } else {
            WorkKind::ConferencePaper
        };
        let mut record = WorkRecord {
            source: SOURCE.to_owned(),
            kind,
            title_source: title.as_deref().and_then(line).unwrap_or_default(),
            abstract_source: summary.as_deref().and_then(block),
            venue: journal.or_else(|| self.volume.venue.clone()),
            url: WorkIdentifier::parse(Scheme::Acl, &id)
                .ok()
                .and_then(|id| id.url()),
            identifiers: identifiers(&id, paper),
            record_key: id,
            authors: paper.all("author").filter_map(listed).collect(),
            retracted: paper.child("retracted").is_some(),
            ..WorkRecord::default()
        };
        let date = self.volume.date.clone();
        date.or(|| Date::of(&year_of(&self.id), None, None))
            .set(&mut record);
        record
    }
}

impl Volume {
    fn read(&mut self, meta: Element<'_>) {
        let title = |name| plain(&rich(meta.child(name)?, mark));
        self.venue = match title("booktitle") {
            Some(issue) if self.journal => title("journal-title").or(journal_of(&issue)),
            proceedings => proceedings,
        };
        let year = meta.line_of("year").unwrap_or_default();
        let first_month = meta.line_of("month").and_then(|text| month_in(&text));
        self.date = Date::of(&year, first_month.as_deref(), None);
    }
}

/// The number of a paper, as <https://aclanthology.org/info/ids/> explains it: `P18-1001`, `W18-6301`,
/// `2022.acl-long.1`. Of the old ones the first figure behind the hyphen is the volume; two figures are where a
/// collection has many volumes.
fn paper_id(collection: &str, volume: &str, paper: &str) -> Option<String> {
    let word =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if let Some((year, venue)) = collection.split_once('.') {
        let fits = year.len() == 4 && [year, venue, volume, paper].into_iter().all(word);
        return fits.then(|| format!("{collection}-{volume}.{paper}"));
    }
    let [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9'] = collection.as_bytes() else {
        return None;
    };
    let volume: u32 = volume.parse().ok()?;
    let paper: u32 = paper.parse().ok()?;
    let many =
        collection.starts_with('W') || collection == "C69" || (collection == "D19" && volume >= 5);
    match many {
        true if volume < 100 && paper < 100 => Some(format!("{collection}-{volume:02}{paper:02}")),
        false if volume < 10 && paper < 1000 => Some(format!("{collection}-{volume}{paper:03}")),
        _ => None,
    }
}

/// The year that a collection's number tells; of the old ones the first is `C65`, the last are of 2019.
fn year_of(collection: &str) -> String {
    match collection.split_once('.') {
        Some((year, _)) => year.to_owned(),
        None => match collection.get(1..) {
            Some(two) if two < "60" => format!("20{two}"),
            two => format!("19{}", two.unwrap_or_default()),
        },
    }
}

/// The first month of `October 21-25`, `1–3 December`, `May-June`, `7`.
fn month_in(text: &str) -> Option<String> {
    if month(text).is_some() {
        return Some(text.to_owned());
    }
    text.split(|c: char| !c.is_alphabetic())
        .find(|word| month(word).is_some())
        .map(str::to_owned)
}

/// The journal's name in `Computational Linguistics, Volume 25, Number 1, March 1999`; it changed once, which some
/// issues tell behind it.
fn journal_of(issue: &str) -> Option<String> {
    let name: Vec<&str> = issue
        .split(' ')
        .take_while(|word| {
            !matches!(word.trim_end_matches(','), "Volume" | "Formerly") && !word.starts_with('(')
        })
        .collect();
    line(name.join(" ").trim_end_matches([',', '.', ' ']))
}

/// The markup of titles and abstracts.
fn mark(name: &str) -> Mark {
    match name {
        "tex-math" => Mark::Math,
        "i" => Mark::Html("i"),
        "b" => Mark::Html("b"),
        // `fixed-case` matters to BibTeX alone; `url` is recognised by its text.
        _ => Mark::Through,
    }
}

fn identifiers(id: &str, paper: Element<'_>) -> Vec<WorkIdentifier> {
    let mut found = Identifiers::default();
    found.add(Scheme::Acl, id);
    let own_copy = |name: &str| format!("https://aclanthology.org/{name}.pdf");
    let texts = paper
        .all("doi")
        .filter_map(|doi| doi.line())
        .chain(paper.line_of("url").map(|url| {
            // A name is that of a file in the Anthology, anything else a copy elsewhere.
            if url.contains(':') {
                url
            } else {
                own_copy(&url)
            }
        }));
    for text in texts {
        if let Some(doi) = doi_in_address(&text) {
            found.add(Scheme::Doi, doi.as_str());
        } else if let Some(address) = web_address(&text) {
            // Also handles, which some volumes have in the place of DOIs.
            found.add(Scheme::Url, &address);
        }
    }
    found.sorted()
}

/// One author of a paper.
fn listed(element: Element<'_>) -> Option<RecordAuthor> {
    let mut author = author(element_name(element))?;
    author.group = is_group(&author.name.display());
    author.other_names = element
        .all("variant")
        .map(element_name)
        .filter(|name| name.is_name() && *name != author.name)
        .collect();
    author.affiliations = element
        .all("affiliation")
        .filter_map(|affiliation| plain(&affiliation.text()))
        .collect();
    author.identifiers = element
        .attribute("id")
        .map(person_id)
        .into_iter()
        .chain(element.attribute("orcid").and_then(orcid))
        .collect();
    Some(author)
}

/// Takes away ids that are no more than the name (`yang-liu`): they may stand for all who have it. Where the list of people knows
/// one person of that name, its entry gives the id back.
pub fn forget_ids_made_of_names(record: &mut WorkRecord) {
    for author in &mut record.authors {
        let name = &author.name;
        author
            .identifiers
            .retain(|(scheme, id)| scheme != PERSON || *id != people::made_id(name));
    }
}

/// The name in an author or a variant of it.
fn element_name(element: Element<'_>) -> PersonName {
    let part = |name| element.line_of(name);
    name(
        part("first").as_deref(),
        part("last").as_deref(),
        element.attribute("script"),
    )
}

/// A name from its parts, either of which may be missing; in Chinese characters the family name comes first, without
/// a space.
fn name(first: Option<&str>, last: Option<&str>, script: Option<&str>) -> PersonName {
    let name = in_parts(first, last, None);
    match (&name.family, &name.given) {
        (Some(family), Some(given)) if script.is_some_and(|script| script == "hani") => {
            PersonName::literal(&format!("{family}{given}"))
        }
        _ => name,
    }
}

/// The scheme of the Anthology's numbers of people.
const PERSON: &str = "acl";

/// A person as the Anthology numbers them.
fn person_id(id: &str) -> (String, String) {
    (PERSON.to_owned(), id.to_owned())
}

fn orcid(text: &str) -> Option<(String, String)> {
    let orcid = Orcid::parse(text).ok()?;
    Some(("orcid".to_owned(), orcid.as_str().to_owned()))
}
