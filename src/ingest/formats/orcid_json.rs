//! ORCID records in JSON, as the public API and the public data file give them (versions 2.0, 2.1, 3.0).
//!
//! Format: <https://info.orcid.org/documentation/integration-guide/orcid-record/>.

mod activities;
#[cfg(test)]
mod tests;

use serde::Deserialize;

use super::super::record::{Input, PersonRecord, Record, Records};
use super::json::{
    self, Format, Layout, List, MAX_RECORD_BYTES, One, Outcome, Text, TextOr, web_address,
};
use super::orcid::{self, SOURCE, id_in, is_public};
use crate::domain::identifiers::InvalidIdentifier;
use crate::domain::names::PersonName;
use activities::Activities;

static FORMAT: Format = Format {
    layout: Layout {
        lists: &[],
        objects: &[],
        max: MAX_RECORD_BYTES,
    },
    id: &["path"],
    parse,
};

/// Reads persons. A record whose iD is mistyped is refused, and one that shows no name.
pub fn read(input: Input) -> Records {
    json::read(input, &FORMAT)
}

fn parse(text: &str, out: &mut Outcome) -> serde_json::Result<()> {
    let record: Document = serde_json::from_str(text)?;
    if record.profile.0.is_some() {
        out.refuse(
            "",
            "it is of version 1 of ORCID's format, which ended in 2018",
        );
        return Ok(());
    }
    let identifier = record.identifier.0.unwrap_or_default();
    let given = [&identifier.path, &identifier.uri, &record.path];
    let Some(given) = given.into_iter().find(|text| !text.is_empty()) else {
        out.refuse("", InvalidIdentifier::Orcid.to_string());
        return Ok(());
    };
    let orcid = match id_in(given.as_str()) {
        Ok(orcid) => orcid,
        Err((given, error)) => {
            out.refuse(given, error.to_string());
            return Ok(());
        }
    };
    let person = record.person.0.unwrap_or_default();
    let Some((name, other_names)) = person.names() else {
        out.refuse(orcid.as_str(), "it shows no name");
        return Ok(());
    };
    let activities = record.activities.0.unwrap_or_default();
    let own = ("orcid".to_owned(), orcid.as_str().to_owned());
    out.keep(Record::Person(Box::new(PersonRecord {
        source: SOURCE.to_owned(),
        record_key: orcid.as_str().to_owned(),
        name,
        other_names,
        identifiers: orcid::distinct(std::iter::once(own).chain(person.identifiers())),
        institutions: activities.institutions(),
        works: activities.works(),
        urls: person.urls(),
        not_the_same: Vec::new(),
    })));
    Ok(())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Document<'a> {
    #[serde(rename = "orcid-identifier")]
    identifier: One<OrcidUri<'a>>,
    path: Text<'a>,
    person: One<Person<'a>>,
    #[serde(rename = "activities-summary")]
    activities: One<Activities<'a>>,
    /// Of version 1.
    #[serde(rename = "orcid-profile")]
    profile: One<Empty>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Empty {}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct OrcidUri<'a> {
    uri: Text<'a>,
    path: Text<'a>,
}

/// `{"value": "text"}`, which ORCID's JSON has in most places where a text stands.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Value<'a> {
    value: Text<'a>,
}

impl<'a> From<Text<'a>> for Value<'a> {
    fn from(value: Text<'a>) -> Self {
        Self { value }
    }
}

/// A value that may be missing, with or without an object around it.
type Maybe<'a> = One<TextOr<'a, Value<'a>>>;

fn text<'v>(value: &'v Maybe<'_>) -> &'v str {
    value.0.as_ref().map_or("", |value| value.0.value.as_str())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Person<'a> {
    name: One<Name<'a>>,
    other_names: One<OtherNames<'a>>,
    researcher_urls: One<Urls<'a>>,
    external_identifiers: One<ExternalIdentifiers<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Name<'a> {
    given_names: Maybe<'a>,
    family_name: Maybe<'a>,
    credit_name: Maybe<'a>,
    visibility: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct OtherNames<'a> {
    other_name: List<OtherName<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct OtherName<'a> {
    content: Text<'a>,
    visibility: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct Urls<'a> {
    researcher_url: List<ResearcherUrl<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct ResearcherUrl<'a> {
    url: Maybe<'a>,
    visibility: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct ExternalIdentifiers<'a> {
    external_identifier: List<ExternalIdentifier<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", bound(deserialize = "'de: 'a"))]
struct ExternalIdentifier<'a> {
    external_id_type: Text<'a>,
    external_id_value: Text<'a>,
    visibility: Text<'a>,
}

impl Person<'_> {
    /// The name under which the person publishes, and all others. `None` for one who shows none.
    fn names(&self) -> Option<(PersonName, Vec<PersonName>)> {
        let shown = self.name.0.as_ref()?;
        if !is_public(shown.visibility.as_str()) {
            return None;
        }
        let others = self
            .other_names
            .0
            .iter()
            .flat_map(|names| &names.other_name.0)
            .filter(|other| is_public(other.visibility.as_str()));
        orcid::names(
            text(&shown.given_names),
            text(&shown.family_name),
            text(&shown.credit_name),
            others.map(|other| other.content.as_str()),
        )
    }

    fn urls(&self) -> Vec<String> {
        let urls = self
            .researcher_urls
            .0
            .iter()
            .flat_map(|urls| &urls.researcher_url.0);
        urls.filter(|url| is_public(url.visibility.as_str()))
            .filter_map(|found| web_address(text(&found.url)))
            .collect()
    }

    /// Ids in other registers.
    fn identifiers(&self) -> impl Iterator<Item = (String, String)> {
        let given = self.external_identifiers.0.iter();
        given
            .flat_map(|ids| &ids.external_identifier.0)
            .filter(|id| is_public(id.visibility.as_str()))
            .filter_map(|id| {
                orcid::person_id(id.external_id_type.as_str(), id.external_id_value.as_str())
            })
    }
}
