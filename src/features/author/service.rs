//! The author's page. Public: no rule about who may read.

use std::str::FromStr;

use super::queries;
use super::types::{Affiliation, AuthorPage, Collaborator, Counts, PersonLink};
use crate::db::Db;
use crate::domain::clock;
use crate::domain::identifiers::Orcid;
use crate::domain::ids::{AuthorId, InstitutionId};
use crate::domain::trust::{self, TrustFacts};
use crate::domain::verification::Level;
use crate::error::AppError;
use crate::infra::context::Cx;
use crate::paths;

/// Collaborators named in the explanation.
const NAMED: usize = 8;

/// The top of an author's page.
pub async fn page(cx: Cx, id: String) -> Result<AuthorPage, AppError> {
    let id = AuthorId::from_str(&id).map_err(|_| AppError::NotFound)?;
    let mut db = cx.db();
    let (name, slug) = queries::lookup(&mut db, id)
        .await?
        .ok_or(AppError::NotFound)?;
    let also_known_as = queries::other_names(&mut db, id, &name).await?;
    let affiliations = queries::institutions(&mut db, id).await?;
    let identifiers = queries::identifiers(&mut db, id).await?;
    let sums = queries::work_sums(&mut db, id).await?;
    let topics = queries::topic_count(&mut db, id).await?;
    let close = queries::close_collaborators(&mut db, id).await?;
    let claim = queries::claim_level(&mut db, id).await?;
    let followers = queries::followers(&mut db, id).await?;
    let sources = queries::sources(&mut db, id).await?;
    let now = cx.now();
    let upheld_reports = queries::upheld_reports(&mut db, id)
        .await?
        .into_iter()
        .filter(|(at,)| trust::report_counts(*at, now))
        .count() as i64;
    let level = match claim {
        Some(level) => level.and_then(Level::from_i64).unwrap_or(Level::L2),
        None if sums.registered > 0 => Level::L1,
        None => Level::L0,
    };
    let verified = close
        .iter()
        .filter(|(.., level)| *level >= Level::L3.as_i64())
        .count();
    let trust = trust::trust(&TrustFacts {
        level,
        works: sums.works,
        evidenced_works: sums.evidenced,
        confirmed_works: sums.confirmed,
        close_collaborators: close.len() as i64,
        verified_close_collaborators: verified as i64,
        years_with_work: sums.years,
        upheld_reports,
    });
    Ok(AuthorPage {
        id: id.0,
        slug,
        name,
        also_known_as: also_known_as.into_iter().map(|(n,)| n).collect(),
        affiliations: affiliations
            .into_iter()
            .map(|(institution, slug, name, from, to)| Affiliation {
                name,
                href: paths::institution(InstitutionId(institution), &slug),
                years: years(from, to),
            })
            .collect(),
        identifiers: identifiers
            .into_iter()
            .map(|(s, v)| person_link(s, v))
            .collect(),
        level,
        claimed: claim.is_some(),
        counts: Counts {
            works: sums.works,
            followers,
            topics,
            close_collaborators: close.len() as i64,
        },
        close_collaborators: close
            .into_iter()
            .take(NAMED)
            .map(|(author, slug, name, joint_works, _)| Collaborator {
                name,
                href: paths::author(AuthorId(author), &slug),
                joint_works,
            })
            .collect(),
        trust,
        evidence_from: sources
            .into_iter()
            .map(|(source, at)| (source, clock::date_in_words(at)))
            .collect(),
        computed_on: clock::date_in_words(now),
    })
}

/// Name and last part of the address.
pub async fn name(db: &Db, id: AuthorId) -> Result<(String, String), AppError> {
    queries::lookup(&mut db.clone(), id)
        .await?
        .ok_or(AppError::NotFound)
}

fn years(from: Option<i64>, to: Option<i64>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => String::new(),
    }
}

fn person_link(scheme: String, value: String) -> PersonLink {
    match scheme.as_str() {
        "orcid" => match Orcid::parse(&value) {
            Ok(orcid) => PersonLink {
                scheme: "ORCID".into(),
                // The registry asks for the whole link to be shown.
                value: orcid.url(),
                href: Some(orcid.url()),
            },
            Err(_) => PersonLink {
                scheme: "ORCID".into(),
                value,
                href: None,
            },
        },
        _ => PersonLink {
            scheme,
            value,
            href: None,
        },
    }
}
