//! What a RIS record says of a work.

use super::super::citation::{Citation, Found};
use super::super::fields::{Date, keyword, line, plain, year};
use super::super::people::authors_of;
use crate::domain::identifiers::{Doi, Scheme};
use crate::domain::names::name_key;
use crate::domain::work::WorkKind;
use crate::ingest::record::{RecordAuthor, RecordTopic, WorkRecord};
use crate::ingest::subjects;

/// Who says so: nobody but the file.
const SOURCE: &str = "RIS";

/// The fields of a record in its order; unknown tags are kept and never asked for.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    pub fn add(&mut self, tag: &str, value: &str) {
        self.0.push((tag.to_owned(), value.to_owned()));
    }

    /// A line without a tag belongs to the field before it.
    pub fn go_on(&mut self, line: &str) {
        if let Some((_, value)) = self.0.last_mut() {
            value.push('\n');
            value.push_str(line.trim());
        }
    }

    /// The values of a tag in the order of the record.
    fn all(&self, tag: &'static str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(known, value)| known == tag && !value.trim().is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The values of several tags.
    fn of(&self, tags: &'static [&'static str]) -> impl Iterator<Item = &str> {
        tags.iter().flat_map(|tag| self.all(tag))
    }

    /// The first value of the first of these tags that the record has.
    pub fn first(&self, tags: &'static [&'static str]) -> Option<&str> {
        self.of(tags).next()
    }
}

/// The record of these fields; its title may be empty.
pub(super) fn read(fields: &Fields) -> WorkRecord {
    let kind = kind(fields);
    let title = match kind {
        WorkKind::Book => fields.first(&["TI", "T1", "CT", "BT", "T2"]),
        _ => fields.first(&["TI", "T1", "CT"]),
    };
    let (authors, more_authors) = authors(fields);
    Citation {
        source: SOURCE,
        id: fields.first(&["ID"]).unwrap_or_default().to_owned(),
        kind,
        title: title.and_then(line).unwrap_or_default(),
        summary: fields.first(&["AB", "N2"]).unwrap_or_default().to_owned(),
        date: date(fields),
        venue: venue(kind, fields).map(str::to_owned),
        authors,
        more_authors,
        topics: topics(fields),
        found: found(fields),
    }
    .into_record()
}

fn kind(fields: &Fields) -> WorkKind {
    let given = fields
        .first(&["TY"])
        .unwrap_or_default()
        .to_ascii_uppercase();
    let medium = fields.first(&["M3"]).map(name_key).unwrap_or_default();
    if medium == "preprint" || given == "PREPRINT" {
        return WorkKind::Preprint;
    }
    match given.as_str() {
        "JOUR" | "EJOUR" | "MGZN" | "NEWS" | "INPR" | "JFULL" => WorkKind::Article,
        "CONF" | "CPAPER" => WorkKind::ConferencePaper,
        "CHAP" | "ECHAP" | "ENCYC" | "DICT" => WorkKind::Chapter,
        "BOOK" | "EBOOK" | "EDBOOK" | "SER" => WorkKind::Book,
        "THES" => WorkKind::Thesis,
        "RPRT" | "GOVDOC" | "STAND" | "UNPB" | "UNPD" => WorkKind::Report,
        "DATA" | "AGGR" | "DBASE" => WorkKind::Dataset,
        "COMP" => WorkKind::Software,
        _ => WorkKind::Other,
    }
}

/// Where it appeared. `T2` is the journal or book of a part, but the series of a whole.
fn venue(kind: WorkKind, fields: &Fields) -> Option<&str> {
    let tags: &'static [&'static str] = match kind {
        WorkKind::ConferencePaper | WorkKind::Chapter => {
            &["T2", "BT", "C3", "JF", "JO", "T3", "PB"]
        }
        WorkKind::Book | WorkKind::Thesis | WorkKind::Report => &["PB", "JF", "T2"],
        _ => &["JF", "T2", "JO", "JA", "J1", "J2", "BT", "C3", "PB"],
    };
    fields.first(tags)
}

fn authors(fields: &Fields) -> (Vec<RecordAuthor>, bool) {
    let mut authors: Vec<RecordAuthor> = Vec::new();
    let mut more = false;
    // Some programs list everybody under both tags.
    let tag = match fields.first(&["AU"]) {
        Some(_) => "AU",
        None => "A1",
    };
    for name in fields.all(tag) {
        if matches!(name_key(name).as_str(), "et al" | "others" | "and others") {
            more = true;
        } else {
            authors.extend(line(name).iter().flat_map(|name| authors_of(name)));
        }
    }
    // Of several authors nothing tells whose address it is.
    if let [author] = authors.as_mut_slice()
        && !author.group
    {
        author.affiliations = fields.all("AD").filter_map(plain).collect();
    }
    (authors, more)
}

/// `2003/06/18/`, `2010///Spring`, `2019-06-04`; a `DA` of the same year may know the day.
fn date(fields: &Fields) -> Date {
    let read = |text: &str| {
        let date = Date::iso(text);
        date.or(|| {
            Date::of(
                &year(text).map_or_else(String::new, |year| year.to_string()),
                None,
                None,
            )
        })
    };
    let given = fields.first(&["PY", "Y1"]).map(read).unwrap_or_default();
    let exact = fields.first(&["DA"]).map(read).unwrap_or_default();
    if given.is_empty() || (given.day.is_none() && given.year == exact.year) {
        exact
    } else {
        given
    }
}

/// One keyword a tag, one a line, or all in one line.
fn topics(fields: &Fields) -> Vec<RecordTopic> {
    let lines: Vec<&str> = fields.all("KW").flat_map(str::lines).collect();
    match lines.as_slice() {
        [only] if only.contains(';') => only
            .split(';')
            .flat_map(|part| keyword(part.trim()))
            .collect(),
        [only] => subjects::from_keywords(only),
        lines => lines.iter().flat_map(|line| keyword(line.trim())).collect(),
    }
}

fn found(fields: &Fields) -> Found {
    let mut found = Found::default();
    for doi in fields.all("DO") {
        found.dois(doi);
    }
    for address in fields.of(&["UR", "L2", "LK", "L1"]) {
        for part in address.split_whitespace() {
            // Several in one field stand between semicolons, which an address may hold as well.
            for (at, part) in part.split(";http").enumerate() {
                if at == 0 {
                    found.address(part);
                } else {
                    found.address(&format!("http{part}"));
                }
            }
        }
    }
    // Numbers that programs put where there is room.
    for text in fields.of(&[
        "M1", "M2", "M3", "L3", "C2", "ID", "AN", "N1", "PB", "JO", "JF", "T2",
    ]) {
        found.arxiv_in(text);
        if Doi::parse(text).is_ok() {
            found.dois(text);
        }
        if text
            .get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case("pmc"))
        {
            found.add(Scheme::Pmcid, text);
        }
    }
    let database = fields
        .first(&["DB", "DP"])
        .map(name_key)
        .unwrap_or_default();
    if database.contains("pubmed") || database.contains("medline") {
        found.add(Scheme::Pmid, fields.first(&["AN"]).unwrap_or_default());
    }
    for numbers in fields.all("SN") {
        found.isbns(numbers);
    }
    found
}
