//! ROR, the Research Organization Registry: its dumps and API answers, schema versions 1 and 2.
//!
//! Format: <https://ror.readme.io/docs/ror-data-structure>.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::record::{
    Input, InstitutionRecord, InstitutionStatus, Record, RecordInstitution, Records,
};
use super::json::{
    self, Format, Layout, List, MAX_RECORD_BYTES, One, Outcome, Text, TextOr, country_code, domain,
    domain_of, line, ror, web_address,
};
use crate::domain::identifiers::Ror;

const SOURCE: &str = "ROR";

static FORMAT: Format = Format {
    layout: Layout {
        lists: &[&["items"]],
        objects: &[],
        max: MAX_RECORD_BYTES,
    },
    id: &["id"],
    parse,
};

/// Reads organisations.
pub fn read(input: Input) -> Records {
    json::read(input, &FORMAT)
}

fn parse(text: &str, out: &mut Outcome) -> serde_json::Result<()> {
    let organisation: Organisation = serde_json::from_str(text)?;
    match Ror::parse(organisation.id.as_str()) {
        Err(error) => out.refuse(organisation.id.as_str(), error.to_string()),
        Ok(id) => match organisation.into_record(id.as_str()) {
            Some(record) => out.keep(Record::Institution(Box::new(record))),
            None => out.refuse(id.as_str(), "it has no name"),
        },
    }
    Ok(())
}

/// Both schemas: names are `names` in the second, and `name`, `aliases`, `acronyms` and `labels` in the first.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Organisation<'a> {
    id: Text<'a>,
    status: Text<'a>,
    names: List<Name<'a>>,
    name: Text<'a>,
    labels: List<Label<'a>>,
    aliases: List<Text<'a>>,
    acronyms: List<Text<'a>>,
    locations: List<Location<'a>>,
    country: One<Country<'a>>,
    addresses: List<Address<'a>>,
    domains: List<Text<'a>>,
    links: List<TextOr<'a, Link<'a>>>,
    relationships: List<Relationship<'a>>,
    #[serde(rename = "external_ids")]
    others: OtherIds<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Name<'a> {
    value: Text<'a>,
    types: List<Text<'a>>,
    lang: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Label<'a> {
    label: Text<'a>,
    iso639: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Location<'a> {
    geonames_details: One<Town<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Town<'a> {
    name: Text<'a>,
    country_code: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Country<'a> {
    country_code: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Address<'a> {
    city: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Link<'a> {
    value: Text<'a>,
    #[serde(rename = "type")]
    kind: Text<'a>,
}

impl<'a> From<Text<'a>> for Link<'a> {
    fn from(value: Text<'a>) -> Self {
        Self {
            value,
            ..Self::default()
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Relationship<'a> {
    id: Text<'a>,
    #[serde(rename = "type")]
    kind: Text<'a>,
}

/// The ids of an organisation in another register.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct OtherId<'a> {
    #[serde(rename = "type")]
    kind: Text<'a>,
    preferred: Text<'a>,
    all: List<Text<'a>>,
}

/// A list in the second schema, a table by register in the first.
#[derive(Debug, Default)]
struct OtherIds<'a>(Vec<OtherId<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for OtherIds<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use json::ListOrMap::{List, Map};
        Ok(Self(match json::ListOrMap::deserialize(deserializer)? {
            List(list) => list,
            Map(table) => {
                let ids: BTreeMap<_, OtherId<'a>> = table;
                ids.into_iter()
                    .map(|(kind, ids)| OtherId {
                        kind: Text::from(kind),
                        ..ids
                    })
                    .collect()
            }
        }))
    }
}

impl Organisation<'_> {
    fn into_record(self, id: &str) -> Option<InstitutionRecord> {
        let name = self.main_name()?;
        let town = self
            .locations
            .0
            .iter()
            .find_map(|place| place.geonames_details.0.as_ref());
        let country = town.map(|town| &town.country_code);
        let country = country.or(self.country.0.as_ref().map(|country| &country.country_code));
        let city = town.map(|town| &town.name);
        let city = city.or(self.addresses.0.first().map(|address| &address.city));
        let url = self.website();
        let mut domains: Vec<String> = Vec::new();
        for found in self
            .domains
            .0
            .iter()
            .filter_map(|text| domain(text.as_str()))
        {
            if !domains.contains(&found) {
                domains.push(found);
            }
        }
        if domains.is_empty() {
            domains.extend(url.as_deref().and_then(domain_of));
        }
        Some(InstitutionRecord {
            source: SOURCE.to_owned(),
            record_key: id.to_owned(),
            other_names: self.other_names(&name),
            city: city.and_then(|city| line(city.as_str())),
            status: match self.status.as_str().to_ascii_lowercase().as_str() {
                "inactive" => InstitutionStatus::Inactive,
                "withdrawn" => InstitutionStatus::Withdrawn,
                _ => InstitutionStatus::Active,
            },
            successors: self.related("successor"),
            parents: self.related("parent"),
            institution: RecordInstitution {
                name,
                ror: Some(id.to_owned()),
                country: country.and_then(|code| country_code(code.as_str())),
                domains,
                identifiers: self.identifiers(),
            },
            url,
        })
    }

    /// The name that ROR shows, else the first label.
    fn main_name(&self) -> Option<String> {
        let of_type = |kind: &str| {
            let is = |name: &&Name| name.types.0.iter().any(|given| given.as_str() == kind);
            let mut names = self.names.0.iter().filter(is);
            names.find_map(|name| line(name.value.as_str()))
        };
        line(self.name.as_str())
            .or_else(|| of_type("ror_display"))
            .or_else(|| of_type("label"))
            .or_else(|| {
                self.names
                    .0
                    .iter()
                    .find_map(|name| line(name.value.as_str()))
            })
    }

    fn other_names(&self, main: &str) -> Vec<(String, Option<String>)> {
        let mut found: Vec<(String, Option<String>)> = Vec::new();
        let mut add = |name: &Text, language: Option<&Text>| {
            if let Some(name) = line(name.as_str())
                && name != main
                && !found.iter().any(|(known, _)| *known == name)
            {
                found.push((name, language.and_then(|language| line(language.as_str()))));
            }
        };
        for name in &self.names.0 {
            add(&name.value, Some(&name.lang));
        }
        for label in &self.labels.0 {
            add(&label.label, Some(&label.iso639));
        }
        for name in self.aliases.0.iter().chain(&self.acronyms.0) {
            add(name, None);
        }
        found
    }

    fn website(&self) -> Option<String> {
        let links = self.links.0.iter().map(|link| &link.0);
        links
            .filter(|link| link.kind.is_empty() || link.kind.as_str() == "website")
            .find_map(|link| web_address(link.value.as_str()))
    }

    fn related(&self, kind: &str) -> Vec<String> {
        let of_kind = |other: &&Relationship| other.kind.as_str().eq_ignore_ascii_case(kind);
        let related = self.relationships.0.iter().filter(of_kind);
        related.filter_map(|other| ror(other.id.as_str())).collect()
    }

    /// By register, the preferred id of each first.
    fn identifiers(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for ids in &self.others.0 {
            let scheme = ids.kind.as_str().to_ascii_lowercase();
            for value in std::iter::once(&ids.preferred).chain(&ids.all.0) {
                let value = match scheme.as_str() {
                    "isni" => value.as_str().replace(' ', ""),
                    _ => value.as_str().to_owned(),
                };
                if let (Some(scheme), Some(value)) = (line(&scheme), line(&value))
                    && !found.contains(&(scheme.clone(), value.clone()))
                {
                    found.push((scheme, value));
                }
            }
        }
        found
    }
}
