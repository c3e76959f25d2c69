//! Authors and institutions.

use serde::Deserialize;

use super::super::json::{
    List, Map, One, Outcome, Text, add_name, domain_of, in_comma_order, line, orcid, ror,
    web_address,
};
use super::{Institution, SOURCE, author_id, key, person_name};
use crate::ingest::record::{
    InstitutionRecord, InstitutionStatus, PersonRecord, Record, RecordInstitution,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Author<'a> {
    id: Text<'a>,
    orcid: Text<'a>,
    display_name: Text<'a>,
    display_name_alternatives: List<Text<'a>>,
    ids: One<Ids<'a>>,
    affiliations: List<Affiliation<'a>>,
    last_known_institutions: List<Institution<'a>>,
    last_known_institution: One<Institution<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Ids<'a> {
    orcid: Text<'a>,
    scopus: Text<'a>,
    ror: Text<'a>,
    grid: Text<'a>,
    wikidata: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Affiliation<'a> {
    institution: One<Institution<'a>>,
    years: List<Text<'a>>,
}

/// An author, unless there is no name, or the id stands for nobody.
pub(super) fn author(text: &str, out: &mut Outcome) -> serde_json::Result<()> {
    let author: Author = serde_json::from_str(text)?;
    let record_key = key(author.id.as_str()).to_ascii_uppercase();
    let Some(id) = author_id(&record_key) else {
        out.refuse(&record_key, "its id stands for nobody in particular");
        return Ok(());
    };
    let name = person_name(author.display_name.as_str()).map(|name| in_comma_order(&name));
    let Some(name) = name.filter(|name| name.is_name()) else {
        out.refuse(&record_key, "it has no name");
        return Ok(());
    };
    let mut other_names = Vec::new();
    for other in &author.display_name_alternatives.0 {
        if let Some(other) = person_name(other.as_str()) {
            add_name(&mut other_names, &name, in_comma_order(&other));
        }
    }
    let ids = author.ids.0.unwrap_or_default();
    let person = orcid(author.orcid.as_str()).or_else(|| orcid(ids.orcid.as_str()));
    let mut identifiers = vec![id];
    identifiers.extend(person);
    identifiers.extend(scopus(ids.scopus.as_str()));
    let mut institutions: Vec<(RecordInstitution, Option<i64>, Option<i64>)> = Vec::new();
    for affiliation in &author.affiliations.0 {
        let years = affiliation.years.0.iter().filter_map(Text::number);
        let years: Vec<i64> = years.filter(|year| (1000..=2999).contains(year)).collect();
        if let Some(institution) = affiliation
            .institution
            .0
            .as_ref()
            .and_then(Institution::record)
        {
            let (first, last) = (years.iter().min(), years.iter().max());
            institutions.push((institution, first.copied(), last.copied()));
        }
    }
    let last_known = author.last_known_institutions.0.iter();
    for institution in last_known.chain(&author.last_known_institution.0) {
        if let Some(institution) = institution.record()
            && !institutions.iter().any(|(known, ..)| *known == institution)
        {
            institutions.push((institution, None, None));
        }
    }
    out.keep(Record::Person(Box::new(PersonRecord {
        source: SOURCE.to_owned(),
        record_key,
        name,
        other_names,
        identifiers,
        institutions,
        ..PersonRecord::default()
    })));
    Ok(())
}

/// The number in `http://www.scopus.com/inward/authorDetails.url?authorID=123&partnerID=MN8TOARS`.
fn scopus(address: &str) -> Option<(String, String)> {
    let lower = address.to_ascii_lowercase();
    let number = lower.split("authorid=").nth(1).unwrap_or(&lower);
    let number = number.split('&').next().unwrap_or(number);
    let counted = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    counted.then(|| ("scopus".to_owned(), number.to_owned()))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Organisation<'a> {
    id: Text<'a>,
    display_name: Text<'a>,
    ror: Text<'a>,
    country_code: Text<'a>,
    display_name_alternatives: List<Text<'a>>,
    display_name_acronyms: List<Text<'a>>,
    international: One<International<'a>>,
    geo: One<Geo<'a>>,
    homepage_url: Text<'a>,
    ids: One<Ids<'a>>,
    status: Text<'a>,
    associated_institutions: List<Associated<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct International<'a> {
    /// Names by language.
    display_name: Map<'a, Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Geo<'a> {
    city: Text<'a>,
    country_code: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Associated<'a> {
    ror: Text<'a>,
    relationship: Text<'a>,
}

/// An institution, unless there is no name.
pub(super) fn institution(text: &str, out: &mut Outcome) -> serde_json::Result<()> {
    let organisation: Organisation = serde_json::from_str(text)?;
    let record_key = key(organisation.id.as_str()).to_ascii_uppercase();
    let listed = Institution {
        id: organisation.id,
        display_name: organisation.display_name,
        ror: organisation.ror,
        country_code: organisation.country_code,
    };
    let Some(mut institution) = listed.record() else {
        out.refuse(&record_key, "it has no name");
        return Ok(());
    };
    let ids = organisation.ids.0.unwrap_or_default();
    institution.ror = institution.ror.or_else(|| ror(ids.ror.as_str()));
    for (scheme, value) in [("grid", &ids.grid), ("wikidata", &ids.wikidata)] {
        let value = value.as_str().rsplit('/').next().unwrap_or_default();
        institution
            .identifiers
            .extend(line(value).map(|value| (scheme.to_owned(), value)));
    }
    let geo = organisation.geo.0.unwrap_or_default();
    institution.country = institution
        .country
        .or_else(|| super::country_code(geo.country_code.as_str()));
    let url = web_address(organisation.homepage_url.as_str());
    institution.domains = url.as_deref().and_then(domain_of).into_iter().collect();

    let mut other_names: Vec<(String, Option<String>)> = Vec::new();
    let mut add = |name: &str, language: Option<&str>| {
        if let Some(name) = line(name)
            && name != institution.name
            && !other_names.iter().any(|(known, _)| *known == name)
        {
            other_names.push((name, language.map(str::to_owned)));
        }
    };
    let international = organisation.international.0.unwrap_or_default();
    for (language, name) in &international.display_name.0 {
        add(name.as_str(), Some(language));
    }
    let unlabelled = [
        &organisation.display_name_alternatives,
        &organisation.display_name_acronyms,
    ];
    for name in unlabelled.into_iter().flat_map(|list| &list.0) {
        add(name.as_str(), None);
    }
    let parents = organisation
        .associated_institutions
        .0
        .iter()
        .filter(|other| other.relationship.as_str().eq_ignore_ascii_case("parent"))
        .filter_map(|other| ror(other.ror.as_str()))
        .collect();
    out.keep(Record::Institution(Box::new(InstitutionRecord {
        source: SOURCE.to_owned(),
        record_key,
        institution,
        other_names,
        city: line(geo.city.as_str()),
        url,
        status: match organisation.status.as_str() {
            "inactive" => InstitutionStatus::Inactive,
            "withdrawn" => InstitutionStatus::Withdrawn,
            _ => InstitutionStatus::Active,
        },
        parents,
        ..InstitutionRecord::default()
    })));
    Ok(())
}
