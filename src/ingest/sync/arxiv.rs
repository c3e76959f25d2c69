//! arXiv: the records of a set by OAI-PMH (<https://info.arxiv.org/help/oa/index.html>).
//!
//! A resumption token is good for a day; after that the set is walked again from where the run began.

use super::http::{Ask, FetchError, Media};
use super::{Fetched, Request, Services, Source, Step, SyncError, Target, days};
use crate::domain::clock::Millis;
use crate::ingest::formats::oai_pmh::{self, Page};
use crate::ingest::record::{Extent, Input};

pub(super) async fn page(services: &Services, request: Request<'_>) -> Result<Step, SyncError> {
    let Target::Arxiv(set) = request.target else {
        return Err(SyncError::NotThere(Source::Arxiv, request.target.clone()));
    };
    let mut url = services.arxiv.clone();
    {
        let mut query = url.query_pairs_mut();
        query.append_pair("verb", "ListRecords");
        match request.walk {
            Some(walk) => {
                query.append_pair("resumptionToken", &walk.next);
            }
            None => {
                query
                    .append_pair("metadataPrefix", "arXiv")
                    .append_pair("set", &set.spec());
                if let Some(since) = request.since {
                    query.append_pair("from", since);
                }
            }
        }
    }
    let ask = Ask {
        url,
        expects: Media::Xml,
        key: None,
    };
    let name = request.name.clone();
    let found = services
        .client
        .get(&ask, move |answer| {
            read(answer.body, name.clone()).map(|page| (page, answer.date))
        })
        .await;
    let (page, date) = match found {
        Ok(found) => found,
        // Errors of the protocol come with status 200 by its rules, but not from everybody.
        Err(FetchError::Status { url, status, body }) => {
            match read(body.clone(), request.name.clone()) {
                Ok(page) if page.error_code.is_some() => (page, services.clock.now()),
                _ => return Err(FetchError::Status { url, status, body }.into()),
            }
        }
        Err(error) => return Err(error.into()),
    };
    match page.error_code.as_deref() {
        None | Some("noRecordsMatch") => Ok(Step::Page(fetched(page, date))),
        Some("badResumptionToken") if request.walk.is_some() => {
            Ok(Step::Again("it no longer knows its token".to_owned()))
        }
        Some(code) => {
            let said = page.records.into_iter().find_map(Result::err);
            let reason = said.map_or_else(|| code.to_owned(), |error| error.reason);
            Err(SyncError::Refused(
                Source::Arxiv,
                request.target.clone(),
                reason.trim_end_matches([' ', '.', ':']).to_owned(),
            ))
        }
    }
}

/// Reads an answer, which has to be whole.
fn read(body: Vec<u8>, name: String) -> Result<Page, String> {
    let page = oai_pmh::read_page(Input {
        name,
        bytes: Box::new(std::io::Cursor::new(body)),
    });
    if page.error_code.is_some() {
        return Ok(page);
    }
    let broken = page.records.iter().find_map(|record| match record {
        Err(error) if error.extent == Extent::File => Some(error.reason.as_str()),
        _ => None,
    });
    match broken {
        Some(reason) => Err(format!("its answer cannot be read ({reason})")),
        None if page.response_date.is_none() => Err("it sent no OAI-PMH answer".to_owned()),
        None => Ok(page),
    }
}

fn fetched(page: Page, date: Millis) -> Fetched {
    let said = page.response_date.as_deref().and_then(days::start_of);
    Fetched {
        entries: Some(page.records.len() as u64),
        records: page.records,
        total: page.complete_list_size,
        date: said.map_or(date, |said| said.min(date)),
        next: page.resumption_token,
    }
}
