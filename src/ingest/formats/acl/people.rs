//! The Anthology's people: `name_variants.yaml`, a list of those with several names or a namesake, and `people.yaml`
//! of 2026, a table of all whom it knows as one person.
//! <https://aclanthology.org/info/names/>

#[cfg(test)]
mod tests;

use super::yaml::{Entries, Value};
use super::{SOURCE, name, orcid, person_id};
use crate::domain::names::PersonName;
use crate::ingest::formats::fields::{plain, web_address};
use crate::ingest::formats::lines::Names;
use crate::ingest::record::{Input, PersonRecord, Record, RecordError, RecordInstitution, Records};

/// The people of a file in YAML.
pub fn read_people(input: Input) -> Records {
    Box::new(People {
        entries: Entries::new(input.bytes),
        names: Names {
            file: input.name,
            index: 0,
        },
        ended: false,
    })
}

struct People {
    entries: Entries,
    names: Names,
    ended: bool,
}

impl Iterator for People {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let entry = match self.entries.next() {
            Ok(Some(entry)) => entry,
            Ok(None) => {
                self.ended = true;
                return None;
            }
            Err(fault) => {
                self.ended = true;
                return Some(Err(self.names.refuse_file(fault.0)));
            }
        };
        let key = entry.key.unwrap_or_default();
        let found = match &entry.value {
            Ok(value) => person(&key, value),
            Err(flaw) => Err((key, flaw.clone())),
        };
        Some(match found {
            Ok(person) => {
                self.names.index += 1;
                Ok(Record::Person(Box::new(person)))
            }
            Err((key, reason)) => Err(self.names.refuse(&key, reason)),
        })
    }
}

/// One entry; `key` is its name in `people.yaml`. An error names the entry and says what is wrong.
fn person(key: &str, entry: &Value) -> Result<PersonRecord, (String, String)> {
    let text = |key| entry.get(key).and_then(Value::text);
    let listed = |key| entry.get(key).map_or(&[][..], Value::list);
    let mut names = listed("names")
        .iter()
        .chain(entry.get("canonical"))
        .chain(listed("variants"))
        .filter_map(written_name);
    let preferred = names.next();
    let id = Some(key)
        .filter(|key| !key.is_empty())
        .or_else(|| text("id"))
        .map(str::to_owned)
        .or_else(|| preferred.as_ref().map(made_id))
        .unwrap_or_default();
    let Some(preferred) = preferred else {
        return Err((id, "it names nobody".to_owned()));
    };
    if id.is_empty() {
        let reason = "it has no id, and none can be made of its name";
        return Err((preferred.display(), reason.to_owned()));
    }
    let comment = text("comment").unwrap_or_default();
    if comment.starts_with("May refer to ") {
        return Err((id, "it stands for several people of one name".to_owned()));
    }
    let mut person = PersonRecord {
        source: SOURCE.to_owned(),
        record_key: id.clone(),
        identifiers: vec![person_id(&id)],
        not_the_same: listed("similar")
            .iter()
            .filter_map(Value::text)
            .map(person_id)
            .collect(),
        ..PersonRecord::default()
    };
    person.identifiers.extend(text("orcid").and_then(orcid));
    for other in names {
        add_name(&mut person.other_names, &preferred, other);
    }
    for key in ["degree", "institution"] {
        add_institution(&mut person, text(key).unwrap_or_default());
    }
    for part in comment.split(';') {
        remark(&mut person, &preferred, part.trim());
    }
    person.name = preferred;
    Ok(person)
}

/// `{first: …, last: …}`, also with the script it is written in.
fn written_name(value: &Value) -> Option<PersonName> {
    let part = |key| value.get(key).and_then(Value::text);
    let name = name(part("first"), part("last"), part("script"));
    name.is_name().then_some(name)
}

/// The id that the Anthology makes of a name where the file gives none: `ada-maria-berg`. Papers carry it once
/// such a person is listed by id.
pub(super) fn made_id(name: &PersonName) -> String {
    let mut id = String::new();
    let plain = deunicode::deunicode(&name.display()).replace('\'', "");
    for c in plain.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

/// A part of a comment, which helps editors to tell namesakes apart: sometimes a page about the person or the name in its own
/// script. Mostly it is a note ("Edinburgh Ph.D., Microsoft") that names organisations without being the name of one.
fn remark(person: &mut PersonRecord, preferred: &PersonName, text: &str) {
    if let Some(address) = web_address(text) {
        person.urls.push(address);
    } else if !text.is_empty() && text.chars().all(is_han) {
        add_name(
            &mut person.other_names,
            preferred,
            PersonName::literal(text),
        );
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

fn add_name(list: &mut Vec<PersonName>, preferred: &PersonName, name: PersonName) {
    if name != *preferred && !list.contains(&name) {
        list.push(name);
    }
}

fn add_institution(person: &mut PersonRecord, text: &str) {
    let Some(name) = plain(text) else { return };
    let known = |listed: &(RecordInstitution, Option<i64>, Option<i64>)| listed.0.name == name;
    if !person.institutions.iter().any(known) {
        let institution = RecordInstitution {
            name,
            ..RecordInstitution::default()
        };
        person.institutions.push((institution, None, None));
    }
}
