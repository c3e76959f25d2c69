//! OpenAlex: an author, institution or topic, and its works (<https://developers.openalex.org>).
//!
//! A walk begins with the entity itself, whose id may have been merged into another, and goes on with the list of its
//! works. Changes since a day are told to those with a key that allows it. Others get everything of an author again, and of
//! an institution or topic what was published in the year before that day and since. Without a key OpenAlex may refuse
//! cursors; pages by number then reach the first ten thousand works.
//!
//! Lists show the first hundred authors of a work. Works with more, in which the author in question may be missing, are
//! left out of the list's page and fetched one by one after it.

use serde::{Deserialize, Serialize};
use url::Url;

use super::http::{Answer, Ask, FetchError, Key, Media};
use super::{Fetched, OpenAlexId, Request, Services, Source, Step, SyncError, Target, days};
use crate::ingest::formats::openalex;
use crate::ingest::record::{Input, Record};

/// How far pages by number reach, in works.
const MAX_BY_NUMBER: u64 = 10_000;
/// How long after its date of publication a work may first appear, in days.
const LATE: i64 = 365;

/// Where a walk goes on.
#[derive(Clone, Serialize, Deserialize)]
struct Place {
    /// The entity's id, if OpenAlex knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    only: Only,
    at: At,
    /// Works to be fetched one by one before the list goes on, the next one last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cut_off: Vec<String>,
    /// Nothing is left of the list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    last: bool,
}

/// Which works are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Only {
    All,
    /// Changed since the day.
    Changed,
    /// Published since a year before the day.
    Published,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum At {
    Cursor(String),
    Number(u64),
}

impl At {
    fn is_start(&self) -> bool {
        *self == Self::Cursor("*".to_owned()) || *self == Self::Number(1)
    }
}

pub(super) async fn page(services: &Services, request: Request<'_>) -> Result<Step, SyncError> {
    match request.walk {
        None => entity(services, request).await,
        Some(walk) => match serde_json::from_str::<Place>(&walk.next) {
            Ok(mut place) => match place.cut_off.pop() {
                Some(work) => whole(services, request, place, &work).await,
                None => works(services, request, place).await,
            },
            Err(_) => Ok(Step::Again("the kept place cannot be read".to_owned())),
        },
    }
}

fn ask(services: &Services, url: Url) -> Ask {
    let key = services.openalex_key.as_ref();
    Ask {
        url,
        expects: Media::Json,
        key: key.map(|key| Key::Query("api_key", key.reveal().to_owned())),
    }
}

/// Fetches the author, institution or topic itself.
async fn entity(services: &Services, request: Request<'_>) -> Result<Step, SyncError> {
    let (kind, id) = match request.target {
        Target::Orcid(orcid) => ("authors", format!("orcid:{orcid}")),
        Target::Ror(ror) => ("institutions", format!("ror:{ror}")),
        Target::OpenAlex(id) => (kind(id), id.as_str().to_owned()),
        other => return Err(SyncError::NotThere(Source::OpenAlex, other.clone())),
    };
    let mut url = services.openalex.clone();
    super::extend(&mut url, &[kind, &id]);
    let name = request.name.clone();
    let found = services
        .client
        .get(&ask(services, url), move |answer| {
            read_entity(answer, name.clone())
        })
        .await;
    let (mut fetched, id) = match found {
        Ok(found) => found,
        // There may be works under an ORCID iD or a ROR id all the same.
        Err(FetchError::Status { status: 404, .. })
            if !matches!(request.target, Target::OpenAlex(_)) =>
        {
            (Fetched::nothing(services.clock.now()), None)
        }
        Err(FetchError::Status { status: 404, .. }) => {
            return Err(SyncError::Unknown(Source::OpenAlex, request.target.clone()));
        }
        Err(error) => return Err(error.into()),
    };
    let person = kind == "authors";
    let only = match request.since {
        None => Only::All,
        Some(_) if services.openalex_key.is_some() => Only::Changed,
        Some(_) => without_changes(person),
    };
    let place = Place {
        id,
        only,
        at: At::Cursor("*".to_owned()),
        cut_off: Vec::new(),
        last: false,
    };
    fetched.next = Some(place.text());
    Ok(Step::Page(fetched))
}

fn kind(id: &OpenAlexId) -> &'static str {
    match id.as_str().as_bytes() {
        [b'A', ..] => "authors",
        [b'I', ..] => "institutions",
        _ => "topics",
    }
}

/// What is asked for where changes are not told.
fn without_changes(person: bool) -> Only {
    if person { Only::All } else { Only::Published }
}

impl Place {
    fn text(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers can be written as JSON")
    }

    /// The place as text, if anything is left to fetch.
    fn go_on(&self) -> Option<String> {
        (!self.last || !self.cut_off.is_empty()).then(|| self.text())
    }

    fn filter(&self, target: &Target, since: Option<&str>) -> String {
        let id = self.id.as_deref();
        let mut filter = match (target, id) {
            (Target::Orcid(orcid), None) => format!("authorships.author.orcid:{}", orcid.url()),
            (Target::Ror(ror), None) => format!("authorships.institutions.ror:{}", ror.url()),
            (_, id) => {
                let id = id.unwrap_or_default();
                let field = match id.as_bytes().first() {
                    Some(b'A') => "authorships.author.id",
                    Some(b'I') => "authorships.institutions.id",
                    _ => "topics.id",
                };
                format!("{field}:{id}")
            }
        };
        let since = since.and_then(days::start_of);
        match (self.only, since) {
            (Only::Changed, Some(since)) => {
                filter.push_str(&format!(",from_updated_date:{}", days::before(since, 0)));
            }
            (Only::Published, Some(since)) => {
                let since = days::before(since, LATE);
                filter.push_str(&format!(",from_publication_date:{since}"));
            }
            _ => {}
        }
        filter
    }
}

/// Fetches one page of the works.
async fn works(
    services: &Services,
    request: Request<'_>,
    mut place: Place,
) -> Result<Step, SyncError> {
    let seen = request.walk.map_or(0, |walk| walk.seen);
    loop {
        let mut url = services.openalex.clone();
        super::extend(&mut url, &["works"]);
        {
            let filter = place.filter(request.target, request.since);
            let mut query = url.query_pairs_mut();
            query
                .append_pair("filter", &filter)
                // The number of citations, by which it sorts otherwise, changes while the list is walked.
                .append_pair("sort", "publication_date:desc")
                .append_pair("per_page", &request.rows.to_string());
            match &place.at {
                At::Cursor(cursor) => query.append_pair("cursor", cursor),
                At::Number(number) => query.append_pair("page", &number.to_string()),
            };
        }
        let name = request.name.clone();
        let found = services
            .client
            .get(&ask(services, url), move |answer| {
                read_works(answer, name.clone())
            })
            .await;
        let status = match found {
            Ok((fetched, next)) => return follow(&request, place, seen, fetched, next),
            Err(FetchError::Status { status, url, body }) => (status, url, body),
            Err(error) => return Err(error.into()),
        };
        let (status, url, body) = status;
        let start = place.at.is_start();
        match status {
            // This key does not allow to ask for changes.
            400 | 401 | 403 if start && place.only == Only::Changed => {
                tracing::info!("OpenAlex does not tell changes for this key");
                let person = matches!(place.id.as_deref(), Some(id) if id.starts_with('A'));
                place.only = without_changes(person || matches!(request.target, Target::Orcid(_)));
            }
            401 | 403
                if place.at == At::Cursor("*".to_owned()) && services.openalex_key.is_none() =>
            {
                place.at = At::Number(1);
            }
            400 | 404 | 410 | 422 if !start => {
                return Ok(Step::Again("it no longer knows its cursor".to_owned()));
            }
            _ => return Err(FetchError::Status { url, status, body }.into()),
        }
    }
}

/// Where a page of works leads.
fn follow(
    request: &Request<'_>,
    place: Place,
    seen: u64,
    mut fetched: Fetched,
    next: Option<String>,
) -> Result<Step, SyncError> {
    let entries = fetched.entries.unwrap_or(0);
    let at = match &place.at {
        At::Cursor(_) => next.map(At::Cursor),
        At::Number(number) => {
            let total = fetched.total.unwrap_or(0);
            let more = entries > 0 && seen + entries < total;
            if more && (number + 1) * u64::from(request.rows) > MAX_BY_NUMBER {
                let reason = format!(
                    "it lists the first {MAX_BY_NUMBER} of {total} works to those without a key; set openalex_api_key"
                );
                return Err(SyncError::NotWhole(
                    Source::OpenAlex,
                    request.target.clone(),
                    reason,
                ));
            }
            more.then_some(At::Number(number + 1))
        }
    };
    let mut cut_off = Vec::new();
    fetched.records.retain(|found| match found {
        Ok(Record::Work(work)) if work.more_authors => {
            cut_off.push(work.record_key.clone());
            false
        }
        _ => true,
    });
    let place = Place {
        last: at.is_none(),
        at: at.unwrap_or(place.at),
        cut_off,
        ..place
    };
    fetched.next = place.go_on();
    Ok(Step::Page(fetched))
}

/// Fetches one work with all of its authors.
async fn whole(
    services: &Services,
    request: Request<'_>,
    place: Place,
    work: &str,
) -> Result<Step, SyncError> {
    let mut url = services.openalex.clone();
    super::extend(&mut url, &["works", work]);
    let name = request.name;
    let found = services
        .client
        .get(&ask(services, url), move |answer| {
            super::whole_json(&answer.body)?;
            Ok(Fetched {
                date: answer.date,
                records: records(answer.body, name.clone()),
                ..Fetched::nothing(0)
            })
        })
        .await;
    let mut fetched = match found {
        Ok(fetched) => fetched,
        // Taken out of OpenAlex since the list was made.
        Err(FetchError::Status { status: 404, .. }) => Fetched::nothing(services.clock.now()),
        Err(error) => return Err(error.into()),
    };
    fetched.next = place.go_on();
    Ok(Step::Page(fetched))
}

#[derive(Deserialize)]
struct Entity {
    id: String,
}

fn read_entity(answer: Answer, name: String) -> Result<(Fetched, Option<String>), String> {
    let entity: Entity = serde_json::from_slice(&answer.body)
        .map_err(|error| format!("it sent no author, institution or topic ({error})"))?;
    let id = OpenAlexId::parse(&entity.id).ok_or("it sent what has no id")?;
    let fetched = Fetched {
        date: answer.date,
        records: records(answer.body, name),
        ..Fetched::nothing(0)
    };
    Ok((fetched, Some(id.as_str().to_owned())))
}

#[derive(Deserialize)]
struct List {
    meta: Meta,
    results: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Meta {
    count: u64,
    next_cursor: Option<String>,
}

fn read_works(answer: Answer, name: String) -> Result<(Fetched, Option<String>), String> {
    let list: List = serde_json::from_slice(&answer.body)
        .map_err(|error| format!("it sent no list of works ({error})"))?;
    let fetched = Fetched {
        entries: Some(list.results.len() as u64),
        total: Some(list.meta.count),
        date: answer.date,
        records: records(answer.body, name),
        next: None,
    };
    Ok((fetched, list.meta.next_cursor))
}

fn records(body: Vec<u8>, name: String) -> Vec<super::Found> {
    let input = Input {
        name,
        bytes: Box::new(std::io::Cursor::new(body)),
    };
    openalex::read(input).collect()
}
