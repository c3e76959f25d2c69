//! The versions of a work, by its records.

use super::content::Content;
use super::identifier_link;
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::work::WorkKind;
use crate::features::work::queries::RecordRow;
use crate::features::work::types::{NamedLink, Version};

/// Records that tell of the same version.
struct Group<'a> {
    kind: WorkKind,
    identifiers: Vec<&'a WorkIdentifier>,
    year: Option<i64>,
    venue: Option<&'a str>,
    url: Option<(&'a str, &'a str)>,
    sources: Vec<String>,
}

/// The versions, in the order of the records; none where there is but one. Records of one kind that share an identifier, or
/// of which one has none, are one version; identifiers of others that a record names are further ones.
pub(super) fn of(records: &[(&RecordRow, Content)]) -> Vec<Version> {
    let mut groups: Vec<Group> = Vec::new();
    for (record, content) in records {
        let identifiers: Vec<&WorkIdentifier> = content
            .identifiers
            .iter()
            .filter(|identifier| identifier.scheme != Scheme::Url)
            .collect();
        let same = groups.iter_mut().find(|group| {
            group.kind == content.kind
                && (identifiers.is_empty()
                    || group.identifiers.is_empty()
                    || identifiers.iter().any(|id| group.identifiers.contains(id)))
        });
        let url = content
            .url
            .as_deref()
            .map(|url| (record.source.as_str(), url));
        match same {
            Some(group) => {
                for identifier in identifiers {
                    if !group.identifiers.contains(&identifier) {
                        group.identifiers.push(identifier);
                    }
                }
                group.year = group.year.or(content.year);
                group.venue = group.venue.or(content.venue.as_deref());
                group.url = group.url.or(url);
                if !group.sources.contains(&record.source) {
                    group.sources.push(record.source.clone());
                }
            }
            None => groups.push(Group {
                kind: content.kind,
                identifiers,
                year: content.year,
                venue: content.venue.as_deref(),
                url,
                sources: vec![record.source.clone()],
            }),
        }
    }
    let mut told: Vec<&WorkIdentifier> = Vec::new();
    for group in &groups {
        told.extend(&group.identifiers);
    }
    let mut others: Vec<Version> = Vec::new();
    for (record, content) in records {
        for (relation, identifier) in &content.related {
            if told.contains(&identifier) {
                continue;
            }
            told.push(identifier);
            others.push(Version {
                kind: relation_words(relation).to_owned(),
                year: None,
                venue: None,
                links: vec![identifier_link(identifier)],
                sources: vec![record.source.clone()],
            });
        }
    }
    if groups.len() + others.len() < 2 {
        return Vec::new();
    }
    groups.into_iter().map(version).chain(others).collect()
}

fn version(group: Group) -> Version {
    let mut links: Vec<NamedLink> = group
        .identifiers
        .iter()
        .map(|identifier| identifier_link(identifier))
        .collect();
    if let Some((source, url)) = group.url
        && let Ok(page) = WorkIdentifier::parse(Scheme::Url, url)
        && !links.iter().any(|link| link.href == page.url())
    {
        links.push(NamedLink {
            label: format!("Page at {source}"),
            href: page.url(),
        });
    }
    Version {
        kind: group.kind.label().to_owned(),
        year: group.year,
        venue: group.venue.map(str::to_owned),
        links,
        sources: group.sources,
    }
}

/// As records write them, see `ingest::record::Relation`.
fn relation_words(relation: &str) -> &'static str {
    match relation {
        "published_as" => "published version",
        "preprint_of" => "preprint",
        _ => "another version",
    }
}
