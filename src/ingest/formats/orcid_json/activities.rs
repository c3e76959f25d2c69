//! What a person did: where they worked and studied, what they wrote.

use serde::Deserialize;

use super::super::json::{List, One, Text, add_identifier, country_code, identifier, plain, ror};
use super::{Maybe, text};
use crate::domain::identifiers::{Scheme, WorkIdentifier};
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
            for affiliation in plain.chain(grouped) {
                if let Some(read) = affiliation.read()
                    && !found.contains(&read)
                {
                    found.push(read);
                }
            }
        }
        found
    }

    /// The identifiers of the works; a work without any is left out.
    pub fn works(&self) -> Vec<WorkIdentifier> {
        let mut found = Vec::new();
        for group in self.works.0.iter().flat_map(|works| &works.group.0) {
            let book = group.work_summary.0.iter().any(|work| {
                let kind = work.kind.as_str().to_ascii_lowercase();
                matches!(kind.as_str(), "book" | "edited-book" | "edited_book")
            });
            let summaries = group
                .work_summary
                .0
                .iter()
                .filter_map(|work| work.external_ids.0.as_ref());
            for id in group
                .external_ids
                .0
                .iter()
                .chain(summaries)
                .flat_map(|ids| &ids.external_id.0)
            {
                add_identifier(&mut found, id.of_work(book));
            }
        }
        found
    }
}

impl Affiliation<'_> {
    fn read(&self) -> Option<(RecordInstitution, Option<i64>, Option<i64>)> {
        let organisation = self.organization.0.as_ref()?;
        let known = organisation.disambiguated_organization.0.as_ref();
        let known = known.and_then(Disambiguated::read);
        let (ror, identifiers) = match known {
            Some((scheme, value)) if scheme == "ror" => (Some(value), Vec::new()),
            other => (None, other.into_iter().collect()),
        };
        let country = organisation.address.0.as_ref();
        let institution = RecordInstitution {
            name: plain(organisation.name.as_str())?,
            ror,
            country: country.and_then(|address| country_code(text(&address.country))),
            identifiers,
            ..RecordInstitution::default()
        };
        let year = |date: &One<FuzzyDate>| {
            let year: i64 = text(&date.0.as_ref()?.year).parse().ok()?;
            (1000..=2999).contains(&year).then_some(year)
        };
        Some((institution, year(&self.start_date), year(&self.end_date)))
    }
}

impl Disambiguated<'_> {
    /// (scheme, value) of the register that the person chose the organisation from.
    fn read(&self) -> Option<(String, String)> {
        let value = self.disambiguated_organization_identifier.as_str();
        let scheme = self.disambiguation_source.as_str().to_ascii_lowercase();
        let last = value
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or(value);
        let value = match scheme.as_str() {
            "ror" => ror(value)?,
            "grid" | "ringgold" | "fundref" | "lei" | "isni" | "wikidata" => last.to_owned(),
            _ => return None,
        };
        (!value.is_empty()).then_some((scheme, value))
    }
}

impl ExternalId<'_> {
    /// The identifier, if it is that of the work itself and not of a journal, a part or another version.
    fn of_work(&self, book: bool) -> Option<WorkIdentifier> {
        let relation = self.external_id_relationship.as_str().to_ascii_lowercase();
        if !matches!(relation.as_str(), "" | "self") {
            return None;
        }
        let kind = self.external_id_type.as_str().to_ascii_lowercase();
        let scheme = match kind.as_str() {
            "doi" => Scheme::Doi,
            "arxiv" => Scheme::Arxiv,
            "pmid" => Scheme::Pmid,
            "pmc" => Scheme::Pmcid,
            "dblp" => Scheme::Dblp,
            "isbn" if book => Scheme::Isbn,
            _ => return None,
        };
        let normalized = text(&self.external_id_normalized);
        [
            self.external_id_value.as_str(),
            normalized,
            text(&self.external_id_url),
        ]
        .into_iter()
        .find_map(|value| identifier(scheme, value))
    }
}
