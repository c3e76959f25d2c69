//! The author's page. Public: no rule about who may read.

use std::str::FromStr;

use super::queries;
use super::types::{Affiliation, AuthorPage, Collaborator, Counts, PersonLink};
use crate::db::Db;
use crate::db::addresses::{self, Address};
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

/// Names listed beside the one shown.
const OTHER_NAMES: usize = 12;

/// The top of the page of the author who stands at this address today. `slug` is the last part of the address that was
/// asked for; empty for none.
pub async fn page(cx: Cx, id: String, slug: String) -> Result<AuthorPage, AppError> {
    let id = AuthorId::from_str(&id).map_err(|_| AppError::NotFound)?;
    let mut db = cx.db();
    let (id, name, slug) = match addresses::author(&mut db, id, Some(&slug)).await? {
        None => return Err(AppError::NotFound),
        Some(Address::Here(row) | Address::Moved(row)) => (AuthorId(row.id), row.name, row.slug),
        Some(Address::Gone { author, hidden }) => {
            let own = hidden && may_bring_back(&cx, author).await?;
            return Err(AppError::Gone { own });
        }
    };
    let former = addresses::former_names(&mut db, id, &name).await?;
    let mut also_known_as = queries::other_names(&mut db, id, &name).await?;
    also_known_as.retain(|(other,)| !former.covers(other));
    also_known_as.truncate(OTHER_NAMES);
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

/// Whether the viewer is one of those who can undo the hiding of a page.
async fn may_bring_back(cx: &Cx, author: AuthorId) -> Result<bool, AppError> {
    let Some(viewer) = &cx.viewer else {
        return Ok(false);
    };
    Ok(viewer.moderator || queries::is_holder(&mut cx.db(), author, viewer.account).await?)
}

/// Name and last part of the address, where the page is shown.
pub async fn name(db: &Db, id: AuthorId) -> Result<(String, String), AppError> {
    addresses::shown_author(&mut db.clone(), id)
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
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (registry, href) = match scheme.as_str() {
        "orcid" => match Orcid::parse(&value) {
            // The registry asks for the whole link to be shown.
            Ok(orcid) => return link("ORCID", orcid.url(), Some(orcid.url())),
            Err(_) => ("ORCID", None),
        },
        "openalex" => (
            "OpenAlex",
            (value.strip_prefix('A').is_some_and(digits))
                .then(|| format!("https://openalex.org/{value}")),
        ),
        "semanticscholar" => (
            "Semantic Scholar",
            digits(&value).then(|| format!("https://www.semanticscholar.org/author/{value}")),
        ),
        "dblp" => ("DBLP", None),
        "acl" => ("ACL Anthology", None),
        "isni" => ("ISNI", None),
        "wikidata" => ("Wikidata", None),
        "scopus" => ("Scopus", None),
        other => (other, None),
    };
    link(registry, value, href)
}

fn link(registry: &str, value: String, href: Option<String>) -> PersonLink {
    PersonLink {
        scheme: registry.to_owned(),
        value,
        href,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_says_which_registry_it_is_of() {
        for (scheme, value, registry, href) in [
            (
                "openalex",
                "A5077104189",
                "OpenAlex",
                Some("https://openalex.org/A5077104189"),
            ),
            ("openalex", "A/../x", "OpenAlex", None),
            ("dblp", "12/345", "DBLP", None),
            ("acl", "ada-berg", "ACL Anthology", None),
            (
                "semanticscholar",
                "17",
                "Semantic Scholar",
                Some("https://www.semanticscholar.org/author/17"),
            ),
            ("lamps", "1", "lamps", None),
        ] {
            let link = person_link(scheme.into(), value.into());
            assert_eq!(
                (link.scheme.as_str(), link.href.as_deref()),
                (registry, href)
            );
            assert_eq!(link.value, value);
        }
        let orcid = person_link("orcid".into(), "0000-0002-1825-0097".into());
        assert_eq!(orcid.value, "https://orcid.org/0000-0002-1825-0097");
    }
}
