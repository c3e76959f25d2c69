//! ORCID records in XML, as the API and the summaries of the public data file give them (versions 2.0, 2.1, 3.0),
//! and their parts that the API hands out by themselves (`/person`, `/activities`, `/works`, `/employments`,
//! `/educations`).
//!
//! Format: <https://github.com/ORCID/orcid-model>.

#[cfg(test)]
mod tests;

use super::fields::web_address;
use super::orcid::{self, SOURCE};
use super::xml::{self, Element, Found, Shape, Step};
use crate::domain::identifiers::{Orcid, WorkIdentifier};
use crate::domain::names::PersonName;
use crate::ingest::record::{Input, PersonRecord, Record, RecordInstitution, Records};

/// The persons of a file. A record whose iD is mistyped is refused, and one that shows no name.
pub fn read(input: Input) -> Records {
    xml::read(input, Document::default())
}

#[derive(Default)]
struct Document {
    /// Whether it is a list of activities alone, in which only their sources name the person.
    activities_alone: bool,
}

impl Shape for Document {
    const NAME: &'static str = "an ORCID record";

    fn step(&mut self, tag: Element<'_>, _: usize) -> Option<Step> {
        match tag.name() {
            "record" | "person" => Some(Step::Record),
            "activities-summary" | "works" | "employments" | "educations" => {
                self.activities_alone = true;
                Some(Step::Record)
            }
            _ => None,
        }
    }

    fn key(&self, element: Element<'_>) -> Option<String> {
        id(element).ok().map(|orcid| orcid.as_str().to_owned())
    }

    /// What is most of a long record and says nothing here.
    fn ignores(&self, name: &str) -> bool {
        match name {
            "source" => !self.activities_alone,
            "created-date" | "last-modified-date" | "history" | "preferences" | "biography"
            | "emails" | "addresses" | "keywords" | "fundings" | "peer-reviews"
            | "research-resources" | "distinctions" | "invited-positions" | "memberships"
            | "qualifications" | "services" | "title" | "publication-date" | "journal-title"
            | "department-name" | "role-title" => true,
            _ => false,
        }
    }

    fn record(&mut self, element: Element<'_>, found: &mut Found) {
        let orcid = match id(element) {
            Ok(orcid) => orcid,
            Err((given, reason)) => return found.refuse(Some(given), reason),
        };
        let person = match element.name() {
            "record" => element.child("person"),
            "person" => Some(element),
            _ => None,
        };
        let activities = match element.name() {
            "record" => element.child("activities-summary"),
            "person" => None,
            _ => Some(element),
        };
        let names = match person {
            Some(person) => names(person),
            None => activities.and_then(|list| name_in_sources(list, &orcid)),
        };
        let Some((name, other_names)) = names else {
            return found.refuse(Some(orcid.as_str().to_owned()), "it shows no name");
        };
        let own = ("orcid".to_owned(), orcid.as_str().to_owned());
        let others = person.into_iter().flat_map(person_ids);
        let record_key = match element.name() {
            "record" => orcid.as_str().to_owned(),
            // A part must not take the place of the whole.
            part => format!("{}/{part}", orcid.as_str()),
        };
        found.keep(Record::Person(Box::new(PersonRecord {
            source: SOURCE.to_owned(),
            record_key,
            name,
            other_names,
            identifiers: orcid::distinct(std::iter::once(own).chain(others)),
            institutions: activities.map(institutions).unwrap_or_default(),
            works: activities.map(works).unwrap_or_default(),
            urls: person.map(urls).unwrap_or_default(),
            not_the_same: Vec::new(),
        })));
    }
}

/// The iD of the person; what stands in its place with the reason.
fn id(element: Element<'_>) -> Result<Orcid, (String, String)> {
    let named = element.child("orcid-identifier");
    let given = named
        .and_then(|id| id.line_of("path").or_else(|| id.line_of("uri")))
        .or_else(|| element.attribute("path").map(str::to_owned))
        .unwrap_or_default();
    orcid::id_in(&given).map_err(|(part, error)| (part.to_owned(), error.to_string()))
}

fn is_public(element: &Element<'_>) -> bool {
    orcid::is_public(element.attribute("visibility").unwrap_or_default())
}

/// The items in a list of a person that everybody may see.
fn shown<'t>(
    person: Element<'t>,
    list: &'static str,
    item: &'static str,
) -> impl Iterator<Item = Element<'t>> {
    let list = person.child(list).filter(is_public);
    list.into_iter()
        .flat_map(move |list| list.all(item))
        .filter(is_public)
}

fn names(person: Element<'_>) -> Option<(PersonName, Vec<PersonName>)> {
    let name = person.child("name").filter(is_public)?;
    let part = |of| name.line_of(of).unwrap_or_default();
    let others: Vec<String> = shown(person, "other-names", "other-name")
        .filter_map(|name| name.line_of("content"))
        .collect();
    orcid::names(
        &part("given-names"),
        &part("family-name"),
        &part("credit-name"),
        others.iter().map(String::as_str),
    )
}

/// What the person is called as the source of an own activity.
fn name_in_sources(list: Element<'_>, orcid: &Orcid) -> Option<(PersonName, Vec<PersonName>)> {
    let name = activities(list).find_map(|activity| {
        let source = activity.child("source")?;
        let path = source.find(&["source-orcid", "path"])?.line()?;
        (path == orcid.as_str()).then(|| source.line_of("source-name"))?
    })?;
    orcid::names("", "", &name, std::iter::empty())
}

fn person_ids(person: Element<'_>) -> impl Iterator<Item = (String, String)> {
    shown(person, "external-identifiers", "external-identifier").filter_map(|id| {
        orcid::person_id(
            &id.line_of("external-id-type")?,
            &id.line_of("external-id-value")?,
        )
    })
}

fn urls(person: Element<'_>) -> Vec<String> {
    shown(person, "researcher-urls", "researcher-url")
        .filter_map(|url| web_address(&url.line_of("url")?))
        .collect()
}

/// The lists of these names: the element itself, or those in it.
fn lists<'t>(list: Element<'t>, names: &'static [&'static str]) -> Vec<Element<'t>> {
    if names.contains(&list.name()) {
        return vec![list];
    }
    names.iter().filter_map(|name| list.child(name)).collect()
}

/// The summaries in a list: version 2 lists them, version 3 groups those that describe the same.
fn summaries<'t>(list: Element<'t>) -> impl Iterator<Item = Element<'t>> {
    let is_summary = |element: &Element<'_>| element.name().ends_with("-summary");
    list.children()
        .flat_map(move |child| {
            let grouped = child.name().ends_with("group");
            let inside = grouped.then(|| child.children());
            let itself = (!grouped).then_some(child);
            inside.into_iter().flatten().chain(itself)
        })
        .filter(move |child| is_summary(child) && is_public(child))
}

/// All activities of a document.
fn activities<'t>(list: Element<'t>) -> impl Iterator<Item = Element<'t>> {
    lists(list, &["works", "employments", "educations"])
        .into_iter()
        .flat_map(summaries)
}

/// Where the person worked, then where they studied, with the first and the last year.
fn institutions(list: Element<'_>) -> Vec<(RecordInstitution, Option<i64>, Option<i64>)> {
    let activities = lists(list, &["employments", "educations"]);
    let summaries = activities.into_iter().flat_map(summaries);
    orcid::distinct(summaries.filter_map(institution))
}

fn institution(activity: Element<'_>) -> Option<(RecordInstitution, Option<i64>, Option<i64>)> {
    let organization = activity.child("organization")?;
    let text = |path: &[&str]| {
        let found = organization.find(path).and_then(|element| element.line());
        found.unwrap_or_default()
    };
    let register = "disambiguated-organization";
    let institution = orcid::institution(
        &text(&["name"]),
        &text(&["address", "country"]),
        &text(&[register, "disambiguated-organization-identifier"]),
        &text(&[register, "disambiguation-source"]),
    )?;
    let year = |date| orcid::year(&activity.find(&[date, "year"])?.line()?);
    Some((institution, year("start-date"), year("end-date")))
}

/// The identifiers of the works; a work without any is left out.
fn works(list: Element<'_>) -> Vec<WorkIdentifier> {
    let mut found = Vec::new();
    let groups = lists(list, &["works"]).into_iter();
    for group in groups.flat_map(|works| works.all("group")) {
        let works: Vec<Element<'_>> = group.all("work-summary").filter(is_public).collect();
        if works.is_empty() {
            continue;
        }
        let kinds = works.iter().filter_map(|work| work.line_of("type"));
        let book = kinds.into_iter().any(|kind| orcid::is_book(&kind));
        let ids = std::iter::once(&group)
            .chain(&works)
            .filter_map(|element| element.child("external-ids"))
            .flat_map(|ids| ids.all("external-id"));
        for id in ids {
            let text = |name| id.line_of(name).unwrap_or_default();
            found.extend(orcid::work_ids(
                &text("external-id-type"),
                &text("external-id-relationship"),
                [
                    &text("external-id-value"),
                    &text("external-id-normalized"),
                    &text("external-id-url"),
                ],
                book,
            ));
        }
    }
    orcid::distinct(found.into_iter())
}
