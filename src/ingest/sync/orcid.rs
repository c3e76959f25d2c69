//! ORCID: the public record of a person (<https://info.orcid.org/documentation/api-tutorials/api-tutorial-read-data-on-a-record/>).
//! It is fetched whole each time; whether it changed, the records tell.

use super::http::{Answer, Ask, FetchError, Key, Media};
use super::{Fetched, Request, Services, Source, Step, SyncError, Target};
use crate::ingest::formats::orcid_json;
use crate::ingest::record::Input;

pub(super) async fn page(services: &Services, request: Request<'_>) -> Result<Step, SyncError> {
    let Target::Orcid(orcid) = request.target else {
        return Err(SyncError::NotThere(Source::Orcid, request.target.clone()));
    };
    let mut url = services.orcid.clone();
    super::extend(&mut url, &["v3.0", orcid.as_str(), "record"]);
    let key = services.orcid_token.as_ref();
    let ask = Ask {
        url,
        expects: Media::Json,
        key: key.map(|token| Key::Bearer(token.reveal().to_owned())),
    };
    let name = request.name;
    let found = services
        .client
        .get(&ask, move |answer| read(answer, name.clone()))
        .await;
    match found {
        Ok(fetched) => Ok(Step::Page(fetched)),
        Err(FetchError::Status {
            status: 404 | 410, ..
        }) => Err(SyncError::Unknown(Source::Orcid, request.target.clone())),
        // The person closed or locked the record, or has another one.
        Err(FetchError::Status {
            status: 409, body, ..
        }) => {
            let said = super::http::said(&body);
            let reason = format!("the record is closed{}", said.trim_end_matches('.'));
            Err(SyncError::Refused(
                Source::Orcid,
                request.target.clone(),
                reason,
            ))
        }
        Err(error) => Err(error.into()),
    }
}

fn read(answer: Answer, name: String) -> Result<Fetched, String> {
    super::whole_json(&answer.body)?;
    let input = Input {
        name,
        bytes: Box::new(std::io::Cursor::new(answer.body)),
    };
    Ok(Fetched {
        records: orcid_json::read(input).collect(),
        entries: Some(1),
        total: None,
        date: answer.date,
        next: None,
    })
}
