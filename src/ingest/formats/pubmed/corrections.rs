//! What PubMed says of other articles that belong to one: its retraction, its next version.

use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::work::WorkKind;
use crate::ingest::formats::xml::Element;
use crate::ingest::record::Relation;

/// The elements that name another article, each with what it is to this one: `RetractionIn`, `UpdateOf`, …
fn listed<'t>(citation: Element<'t>) -> impl Iterator<Item = (&'t str, Element<'t>)> {
    citation
        .all("CommentsCorrectionsList")
        .flat_map(|list| list.all("CommentsCorrections"))
        .filter_map(|one| Some((one.attribute("RefType")?, one)))
}

/// Whether a notice of retraction names this article.
pub(super) fn retract(citation: Element<'_>) -> bool {
    listed(citation).any(|(kind, _)| matches!(kind, "RetractionIn" | "RetractedandRepublishedIn"))
}

/// Other versions of the same work. A preprint is updated by its publication, and a review by its next edition.
pub(super) fn versions(citation: Element<'_>, kind: WorkKind) -> Vec<(Relation, WorkIdentifier)> {
    let mut found = Vec::new();
    for (name, one) in listed(citation) {
        let Some(other) = one
            .line_of("PMID")
            .and_then(|pmid| WorkIdentifier::parse(Scheme::Pmid, &pmid).ok())
        else {
            continue;
        };
        let relation = match name {
            "UpdateIn" if kind == WorkKind::Preprint => Relation::PublishedAs,
            "UpdateOf" if kind != WorkKind::Preprint && is_preprint(one) => Relation::PreprintOf,
            "UpdateIn"
            | "UpdateOf"
            | "RepublishedIn"
            | "RepublishedFrom"
            | "CorrectedandRepublishedIn"
            | "CorrectedandRepublishedFrom" => Relation::VersionOf,
            _ => continue,
        };
        if !found.contains(&(relation, other.clone())) {
            found.push((relation, other));
        }
    }
    found
}

/// Whether the citation of another article begins with the name of a server of preprints.
fn is_preprint(other: Element<'_>) -> bool {
    let source = other.line_of("RefSource").unwrap_or_default();
    let lower = source.to_ascii_lowercase();
    ["arxiv", "biorxiv", "medrxiv", "chemrxiv", "res sq", "ssrn"]
        .iter()
        .any(|server| lower.starts_with(server))
}
