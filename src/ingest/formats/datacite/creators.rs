//! Creators: persons and organisations.

use serde::Deserialize;

use super::super::json::{
    List, Listed, Text, TextOr, in_comma_order, is_organisation, name_in_parts, one_name, orcid,
    plain, ror, without_brackets,
};
use crate::domain::names::PersonName;
use crate::ingest::record::{RecordAuthor, RecordInstitution};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(super) struct Creator<'a> {
    name: Text<'a>,
    name_type: Text<'a>,
    given_name: Text<'a>,
    family_name: Text<'a>,
    affiliation: List<TextOr<'a, Affiliation<'a>>>,
    name_identifiers: List<NameIdentifier<'a>>,
}

impl<'a> From<Text<'a>> for Creator<'a> {
    fn from(name: Text<'a>) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }
}

/// A text, or since version 4.3 of the schema an object.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(super) struct Affiliation<'a> {
    name: Text<'a>,
    affiliation_identifier: Text<'a>,
}

impl<'a> From<Text<'a>> for Affiliation<'a> {
    fn from(name: Text<'a>) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
struct NameIdentifier<'a> {
    name_identifier: Text<'a>,
    name_identifier_scheme: Text<'a>,
}

impl Creator<'_> {
    /// Adds the creator to the list of authors; a few records put several into one.
    pub fn add_to(&self, listed: &mut Listed) {
        let part = |text: &Text| plain(text.as_str()).unwrap_or_default();
        let identifiers: Vec<(String, String)> = self
            .name_identifiers
            .0
            .iter()
            .filter_map(NameIdentifier::read)
            .collect();
        let (given, family) = (part(&self.given_name), part(&self.family_name));
        let whole = part(&self.name);
        let organisation = self
            .name_type
            .as_str()
            .eq_ignore_ascii_case("organizational")
            || identifiers.iter().any(|(scheme, _)| scheme == "ror");
        let affiliations = self.affiliation.0.iter().map(|affiliation| &affiliation.0);
        let mut author = RecordAuthor {
            institutions: affiliations
                .clone()
                .filter_map(Affiliation::institution)
                .collect(),
            affiliations: affiliations
                .filter_map(|affiliation| plain(affiliation.name.as_str()))
                .collect(),
            identifiers,
            ..RecordAuthor::default()
        };
        if organisation {
            author.name = one_name(if whole.is_empty() { &family } else { &whole });
            author.group = true;
            return listed.add(author);
        }
        if whole.is_empty() || (!given.is_empty() && !family.is_empty()) {
            author.name = name_in_parts(&given, &family, "");
            return listed.add(author);
        }
        let (whole, rest) = without_brackets(&whole);
        author
            .affiliations
            .extend(rest.filter(|rest| is_organisation(rest)));
        let persons: Vec<&str> = whole.split(';').map(str::trim).collect();
        if let [first, .., _] = persons.as_slice()
            && !first.is_empty()
        {
            // Whose identifiers and affiliations they are is not told.
            for person in persons {
                let (name, group) = unsplit(person);
                listed.add(RecordAuthor {
                    name,
                    group,
                    ..RecordAuthor::default()
                });
            }
            return;
        }
        (author.name, author.group) = unsplit(&whole);
        listed.add(author);
    }
}

/// A name of which the record tells no parts, and whether it is that of an organisation: many records do
/// not say, and give both in the same way.
fn unsplit(name: &str) -> (PersonName, bool) {
    // `Example, Ada, 1906-1987`.
    let years = |part: &str| part.chars().filter(char::is_ascii_digit).count() >= 4;
    let parts: Vec<&str> = name.split(',').filter(|part| !years(part)).collect();
    match parts.as_slice() {
        [name] => (one_name(name), is_organisation(name)),
        _ => (in_comma_order(&parts.join(",")), false),
    }
}

impl Affiliation<'_> {
    /// An organisation, where its ROR id is given; else a name is only what was printed.
    fn institution(&self) -> Option<RecordInstitution> {
        Some(RecordInstitution {
            name: plain(self.name.as_str())?,
            ror: Some(ror(self.affiliation_identifier.as_str())?),
            ..RecordInstitution::default()
        })
    }
}

impl NameIdentifier<'_> {
    fn read(&self) -> Option<(String, String)> {
        let value = self.name_identifier.as_str();
        match self
            .name_identifier_scheme
            .as_str()
            .to_ascii_lowercase()
            .as_str()
        {
            "orcid" => orcid(value),
            "ror" => ror(value).map(|ror| ("ror".to_owned(), ror)),
            "isni" => {
                let value = value.rsplit('/').next().unwrap_or(value);
                let digits: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                (digits.len() == 16).then(|| ("isni".to_owned(), digits))
            }
            _ => None,
        }
    }
}
