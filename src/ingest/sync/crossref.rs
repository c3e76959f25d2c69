//! Crossref: works by the ORCID iD of an author or the ROR id of an institution (<https://api.crossref.org>).
//!
//! Crossref keeps in mind how far a cursor was read: the same cursor brings the next page each time, and nothing after five
//! minutes. A page that got lost on the way is therefore noticed by counting, and the list walked again.

use serde::Deserialize;

use super::http::{Answer, Ask, FetchError, Media};
use super::{Fetched, Request, Services, Source, Step, SyncError, Target};
use crate::ingest::formats::crossref;
use crate::ingest::record::Input;

pub(super) async fn page(services: &Services, request: Request<'_>) -> Result<Step, SyncError> {
    let mut filter = match request.target {
        Target::Orcid(orcid) => format!("orcid:{orcid}"),
        Target::Ror(ror) => format!("ror-id:{}", ror.url()),
        other => return Err(SyncError::NotThere(Source::Crossref, other.clone())),
    };
    if let Some(since) = request.since {
        filter.push_str(&format!(",from-index-date:{since}"));
    }
    let mut url = services.crossref.clone();
    super::extend(&mut url, &["works"]);
    let cursor = request.walk.map_or("*", |walk| walk.next.as_str());
    url.query_pairs_mut()
        .append_pair("filter", &filter)
        .append_pair("rows", &request.rows.to_string())
        .append_pair("cursor", cursor);
    let ask = Ask {
        url,
        expects: Media::Json,
        key: None,
    };
    let seen = request.walk.map_or(0, |walk| walk.seen);
    let total = request.walk.and_then(|walk| walk.total);
    let name = request.name;
    let found = services
        .client
        .get(&ask, move |answer| read(answer, name.clone(), seen, total))
        .await;
    match found {
        Ok(fetched) => Ok(Step::Page(fetched)),
        // Whatever it says, the cursor may be the reason.
        Err(FetchError::Status { .. } | FetchError::GaveUp { .. }) if request.walk.is_some() => {
            Ok(Step::Again("it no longer knows its cursor".to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
struct Envelope {
    message: List,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct List {
    total_results: u64,
    next_cursor: Option<String>,
    items: Vec<serde::de::IgnoredAny>,
}

fn read(answer: Answer, name: String, seen: u64, total: Option<u64>) -> Result<Fetched, String> {
    let Envelope { message: list } = serde_json::from_slice(&answer.body)
        .map_err(|error| format!("it sent no list of works ({error})"))?;
    let input = Input {
        name,
        bytes: Box::new(std::io::Cursor::new(answer.body)),
    };
    let records = crossref::read(input).collect();
    let entries = list.items.len() as u64;
    let complete = seen + entries >= total.unwrap_or(list.total_results);
    Ok(Fetched {
        records,
        entries: Some(entries),
        total: Some(list.total_results),
        date: answer.date,
        next: list.next_cursor.filter(|_| entries > 0 && !complete),
    })
}
