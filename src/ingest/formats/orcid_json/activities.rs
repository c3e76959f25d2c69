//! What a person did: where they worked and studied, what they wrote.

use serde::Deserialize;

use super::super::json::{List, One, Text};
use super::super::orcid;
use super::{Maybe, text};
use crate::domain::identifiers::WorkIdentifier;
use crate::ingest::record::RecordInstitution;

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(super) struct Activities<'a> {
    employments: One<Affiliations<'a>>,
    educations: One<Affiliations<'a>>,
    works: One<Works<'a>>,
}

/// Version 2 lists the summaries, version 3 groups those that describe the same.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Affiliations<'a> {
    employment_summary: List<Affiliation<'a>>,
    education_summary: List<Affiliation<'a>>,
    affiliation_group: List<AffiliationGroup<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct AffiliationGroup<'a> {
    summaries: List<Summary<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Summary<'a> {
    employment_summary: One<Affiliation<'a>>,
    education_summary: One<Affiliation<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Affiliation<'a> {
    visibility: Text<'a>,
    organization: One<Organisation<'a>>,
    start_date: One<FuzzyDate<'a>>,
    end_date: One<FuzzyDate<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct FuzzyDate<'a> {
    year: Maybe<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Organisation<'a> {
    name: Text<'a>,
    address: One<Address<'a>>,
    disambiguated_organization: One<Disambiguated<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Address<'a> {
    country: Maybe<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Disambiguated<'a> {
    disambiguated_organization_identifier: Text<'a>,
    disambiguation_source: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Works<'a> {
    group: List<Group<'a>>,
}

/// One work, as several sources describe it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Group<'a> {
    external_ids: One<ExternalIds<'a>>,
    work_summary: List<WorkSummary<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct WorkSummary<'a> {
    #[serde(rename = "type")]
    kind: Text<'a>,
    visibility: Text<'a>,
    external_ids: One<ExternalIds<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct ExternalIds<'a> {
    external_id: List<ExternalId<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct ExternalId<'a> {
    external_id_type: Text<'a>,
    external_id_value: Text<'a>,
    external_id_normalized: Maybe<'a>,
    external_id_url: Maybe<'a>,
    external_id_relationship: Text<'a>,
}

impl Activities<'_> {
    /// Where the person worked, then where they studied.
    pub fn institutions(&self) -> Vec<(RecordInstitution, Option<i64>, Option<i64>)> {
        let mut found = Vec::new();
        for list in self.employments.0.iter().chain(&self.educations.0) {
            let plain = list
                .employment_summary
                .0
                .iter()
                .chain(&list.education_summary.0);
            let groups = list
                .affiliation_group
                .0
                .iter()
                .flat_map(|group| &group.summaries.0);
            let grouped = groups
                .flat_map(|summary| [&summary.employment_summary, &summary.education_summary])
                .filter_map(|summary| summary.0.as_ref());
            found.extend(plain.chain(grouped).filter_map(Affiliation::read));
        }
        orcid::distinct(found.into_iter())
    }

    /// The identifiers of the works; a work without any is left out.
    pub fn works(&self) -> Vec<WorkIdentifier> {
        let mut found = Vec::new();
        for group in self.works.0.iter().flat_map(|works| &works.group.0) {
            let shown: Vec<&WorkSummary<'_>> = group
                .work_summary
                .0
                .iter()
                .filter(|work| orcid::is_public(work.visibility.as_str()))
                .collect();
            // What a group says, it says of works that may all be hidden.
            if shown.is_empty() && !group.work_summary.0.is_empty() {
                continue;
            }
            let book = shown.iter().any(|work| orcid::is_book(work.kind.as_str()));
            let summaries = shown.iter().filter_map(|work| work.external_ids.0.as_ref());
            for id in group
                .external_ids
                .0
                .iter()
                .chain(summaries)
                .flat_map(|ids| &ids.external_id.0)
            {
                found.extend(id.of_work(book));
            }
        }
        orcid::distinct(found.into_iter())
    }
}

impl Affiliation<'_> {
    fn read(&self) -> Option<(RecordInstitution, Option<i64>, Option<i64>)> {
        if !orcid::is_public(self.visibility.as_str()) {
            return None;
        }
        let organisation = self.organization.0.as_ref()?;
        let known = organisation.disambiguated_organization.0.as_ref();
        let country = organisation.address.0.as_ref();
        let institution = orcid::institution(
            organisation.name.as_str(),
            country.map_or("", |address| text(&address.country)),
            known.map_or("", |known| {
                known.disambiguated_organization_identifier.as_str()
            }),
            known.map_or("", |known| known.disambiguation_source.as_str()),
        )?;
        let year = |date: &One<FuzzyDate>| orcid::year(text(&date.0.as_ref()?.year));
        Some((institution, year(&self.start_date), year(&self.end_date)))
    }
}

impl ExternalId<'_> {
    /// The identifier, if it is that of the work itself.
    fn of_work(&self, book: bool) -> Vec<WorkIdentifier> {
        orcid::work_ids(
            self.external_id_type.as_str(),
            self.external_id_relationship.as_str(),
            [
                self.external_id_value.as_str(),
                text(&self.external_id_normalized),
                text(&self.external_id_url),
            ],
            book,
        )
    }
}
