//! OAI-PMH, by which archives hand out their records (<https://www.openarchives.org/OAI/openarchivesprotocol.html>):
//! whole answers, single records and bare metadata; arXiv's own two forms and Dublin Core.

mod arxiv;
mod dublin_core;
#[cfg(test)]
mod tests;

use super::arxiv_work::{self, arxiv_id};
use super::xml::{self, Element, Found, Shape, Step};
use crate::ingest::record::{Input, Record, RecordError, Records};

/// The records of an answer.
pub fn read(input: Input) -> Records {
    xml::read(input, Answer::default())
}

/// One answer of a repository, with what leads to the next one.
#[derive(Debug, Default)]
pub struct Page {
    /// As [`read`] gives them.
    pub records: Vec<Result<Record, RecordError>>,
    /// What to ask with for the next answer; `None` at the end of the list.
    pub resumption_token: Option<String>,
    /// How many records the whole list has, where the repository says.
    pub complete_list_size: Option<u64>,
    /// When the repository answered, as it says: where the next harvest begins.
    pub response_date: Option<String>,
    /// The code of an error, `noRecordsMatch` included (which is none).
    pub error_code: Option<String>,
}

/// Reads one answer whole; a repository puts a thousand records into it.
pub fn read_page(input: Input) -> Page {
    let mut reader = xml::Reader::new(input, Answer::default());
    let records = reader.by_ref().collect();
    Page {
        records,
        ..reader.into_shape().page
    }
}

#[derive(Default)]
struct Answer {
    page: Page,
}

impl Shape for Answer {
    const NAME: &'static str = "an OAI-PMH answer";

    fn step(&mut self, tag: Element<'_>, depth: usize) -> Option<Step> {
        match tag.name() {
            "OAI-PMH" | "ListRecords" | "GetRecord" => Some(Step::Enter),
            "record" | "error" | "resumptionToken" | "responseDate" => Some(Step::Record),
            "metadata" | "arXiv" | "arXivRaw" | "arXivOld" | "dc" if depth == 0 => {
                Some(Step::Record)
            }
            _ if depth == 0 => None,
            _ => Some(Step::Skip),
        }
    }

    fn key(&self, element: Element<'_>) -> Option<String> {
        element
            .find(&["header", "identifier"])
            .or_else(|| element.child("id"))?
            .line()
    }

    fn record(&mut self, element: Element<'_>, found: &mut Found) {
        match element.name() {
            "record" => record(element, found),
            "metadata" => match element.children().next() {
                Some(metadata) => described(None, metadata, found),
                None => found.refuse(None, "it has no metadata"),
            },
            "resumptionToken" => {
                self.page.resumption_token = element.line();
                self.page.complete_list_size = element
                    .attribute("completeListSize")
                    .and_then(|size| size.parse().ok());
            }
            "responseDate" => self.page.response_date = element.line(),
            "error" => {
                let code = element.attribute("code").unwrap_or("an error without code");
                if code != "noRecordsMatch" {
                    let text = element.line().unwrap_or_default();
                    found.refuse_file(format!("the repository answered {code}: {text}"));
                }
                self.page.error_code = Some(code.to_owned());
            }
            _ => described(None, element, found),
        }
    }
}

/// `<record>` with its header.
fn record(record: Element<'_>, found: &mut Found) {
    let header = record.child("header");
    let identifier = header.and_then(|header| header.line_of("identifier"));
    let deleted = header.and_then(|header| header.attribute("status")) == Some("deleted");
    if deleted {
        let Some(identifier) = identifier else {
            return found.refuse(None, "it was deleted, but its header names no record");
        };
        let (source, record_key) = origin(&identifier);
        return found.keep(Record::Deleted { source, record_key });
    }
    match record
        .child("metadata")
        .and_then(|metadata| metadata.children().next())
    {
        Some(metadata) => described(identifier, metadata, found),
        None => found.refuse(identifier, "it has no metadata"),
    }
}

/// Metadata in one of the forms that are read here.
fn described(identifier: Option<String>, metadata: Element<'_>, found: &mut Found) {
    let id = identifier.as_deref();
    let work = match metadata.name() {
        "arXiv" => arxiv::in_parts(id, metadata),
        "arXivRaw" | "arXivOld" => arxiv::raw(id, metadata),
        "dc" => dublin_core::work(id, metadata),
        other => Err(format!(
            "its metadata is <{other}>, which is not read here; ask the repository for oai_dc"
        )),
    };
    match work {
        Ok(work) => found.work(work),
        Err(reason) => found.refuse(identifier, reason),
    }
}

/// Who a record is from and what it is called there: `oai:arXiv.org:2101.00001`, `oai:repository.example.org:17`,
/// `https://repository.example.org/17`.
fn origin(identifier: &str) -> (String, String) {
    if let Some(id) = arxiv_id(identifier) {
        return (arxiv_work::SOURCE.to_owned(), id.id().to_owned());
    }
    let rest = identifier
        .strip_prefix("oai:")
        .or_else(|| identifier.split_once("://").map(|(_, rest)| rest));
    let host = rest
        .and_then(|rest| rest.split([':', '/']).next())
        .filter(|host| !host.is_empty());
    let source = host.unwrap_or("OAI-PMH").to_owned();
    (source, identifier.to_owned())
}
