//! A work's own page.

use std::collections::HashMap;
use std::str::FromStr;

use super::content::Content;
use super::{byline, identifier_link, item, origins, versions};
use crate::db::addresses::{self, WorkAddress};
use crate::domain::clock;
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::ids::{InstitutionId, TopicId, WorkId};
use crate::error::AppError;
use crate::features::topic::types::with_code;
use crate::features::work::queries::{self, BylineRow, RecordRow};
use crate::features::work::types::{Affiliation, MOST_AUTHORS, NamedLink, RecordSource, WorkPage};
use crate::infra::context::Cx;
use crate::paths;

/// A work's own page.
pub async fn page(cx: Cx, id: String) -> Result<WorkPage, AppError> {
    let id = WorkId::from_str(&id).map_err(|_| AppError::NotFound)?;
    let mut db = cx.db();
    let id = match addresses::work(&mut db, id).await? {
        None => return Err(AppError::NotFound),
        Some(WorkAddress::Gone) => return Err(AppError::Gone { own: false }),
        Some(WorkAddress::Here(id) | WorkAddress::Moved(id)) => id,
    };
    let row = queries::find(&mut db, &[id.0])
        .await?
        .into_iter()
        .next()
        .ok_or(AppError::NotFound)?;
    let authors = queries::authors_of(&mut db, id, MOST_AUTHORS).await?;
    let institutions = queries::institutions_of(&mut db, id, MOST_AUTHORS).await?;
    let all = match queries::author_counts(&mut db, &[id.0]).await?.first() {
        Some((_, n)) => *n,
        None => 0,
    };
    let topics = queries::topics_of(&mut db, id)
        .await?
        .into_iter()
        .map(|(topic, slug, name, scheme, code)| NamedLink {
            label: with_code(&scheme, &code, &name),
            href: Some(paths::topic(TopicId(topic), &slug)),
        })
        .collect();
    let mut identifiers: Vec<NamedLink> = queries::identifiers_of(&mut db, id)
        .await?
        .into_iter()
        .map(|(scheme, value)| {
            let scheme = Scheme::parse(&scheme).unwrap_or(Scheme::Other);
            identifier_link(&WorkIdentifier { scheme, value })
        })
        .collect();
    if identifiers.is_empty()
        && let Some(url) = &row.url
    {
        identifiers.push(web_link(url, url));
    }
    let records = queries::records_of(&mut db, id).await?;
    let contents: Vec<(&RecordRow, Content)> = records
        .iter()
        .filter_map(|record| Some((record, Content::parse(record.content.as_deref()?)?)))
        .collect();
    let origins = queries::origins_of(&mut db, id).await?;
    // Another record may carry a name that its owner wants to be told nowhere.
    let tell_names = !queries::has_former_names(&mut db, id).await?;
    Ok(WorkPage {
        title: row.title.clone(),
        canonical: paths::work(id, &row.slug),
        published_on: row.published_on.clone(),
        topics,
        identifiers,
        affiliations: affiliations(&authors, institutions),
        versions: versions::of(&contents),
        retracted_by: contents
            .iter()
            .filter(|(_, content)| content.retracted)
            .map(|(record, _)| record.source.clone())
            .collect(),
        fields: origins::fields(
            &row,
            &authors,
            tell_names,
            origins.as_deref(),
            &records,
            &contents,
        ),
        records: records
            .iter()
            .map(|record| source(record, &contents))
            .collect(),
        bibtex: paths::work_bibtex(id),
        item: item(row, authors.into_iter().map(byline).collect(), all),
    })
}

/// Only an address of the web becomes a link, whatever came into the database.
fn web_link(label: &str, url: &str) -> NamedLink {
    let link = WorkIdentifier::parse(Scheme::Url, url).ok();
    NamedLink {
        label: label.to_owned(),
        href: link.and_then(|link| link.url()),
    }
}

/// The authors of whom something is known, with the organisations of each.
fn affiliations(
    authors: &[BylineRow],
    institutions: Vec<(i64, i64, String, String, f64)>,
) -> Vec<Affiliation> {
    let mut places: HashMap<i64, Vec<(NamedLink, Option<String>)>> = HashMap::new();
    for (position, id, slug, name, confidence) in institutions {
        let link = NamedLink {
            label: name,
            href: Some(paths::institution(InstitutionId(id), &slug)),
        };
        let matched = (confidence < 1.0).then(|| {
            format!(
                "matched from the printed affiliation, {} sure",
                percent(confidence)
            )
        });
        places.entry(position).or_default().push((link, matched));
    }
    authors
        .iter()
        .map(|author| Affiliation {
            author: author.name.clone(),
            printed: author.affiliation_printed.clone(),
            institutions: places.remove(&author.position).unwrap_or_default(),
        })
        .filter(|known| known.printed.is_some() || !known.institutions.is_empty())
        .collect()
}

/// "87 %", never more than is known.
fn percent(confidence: f64) -> String {
    format!("{:.0} %", (confidence * 100.0).floor().clamp(0.0, 100.0))
}

/// What stands behind `#` tells records of one name apart inside the source's file and means nothing elsewhere.
fn told_key(key: &str) -> &str {
    match key.split_once('#') {
        Some((name, _)) if !name.is_empty() && !key.contains("://") => name,
        _ => key,
    }
}

fn source(record: &RecordRow, contents: &[(&RecordRow, Content)]) -> RecordSource {
    let content = contents
        .iter()
        .find(|(of, _)| (&of.source, &of.record_key) == (&record.source, &record.record_key));
    let url = content.and_then(|(_, content)| content.url.as_deref());
    RecordSource {
        source: record.source.clone(),
        key: web_link(told_key(&record.record_key), url.unwrap_or_default()),
        read_on: clock::date_in_words(record.imported_at),
        joined: match record.matched_by.as_str() {
            "identifier" => "An identifier that both records carry".to_owned(),
            "title" => format!(
                "The same title, year and authors: {} sure",
                percent(record.confidence)
            ),
            _ => "The record that this work was made from".to_owned(),
        },
        withdrawn_on: record.withdrawn_at.map(clock::date_in_words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_record_is_told_without_what_only_its_file_needs() {
        assert_eq!(
            told_key("Anonymous:TB22-1-20#a688a29bb875e65f"),
            "Anonymous:TB22-1-20"
        );
        for whole in ["10.1000/182", "#a688", "https://example.org/#moss"] {
            assert_eq!(told_key(whole), whole);
        }
    }
}
