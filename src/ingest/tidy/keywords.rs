//! Keywords that a source gives as one text.

use std::collections::HashSet;

use crate::domain::names::name_key;
use crate::ingest::record::RecordTopic;

/// A longer one is a sentence that lost its way into the field.
const MAX_CHARS: usize = 120;
/// More than this in one text is somebody's vocabulary.
const MAX_PARTS: usize = 50;

/// Whether a keyword is a list of them. A plain comma separates nothing: `Proteins, Recombinant`.
pub fn is_list(name: &str) -> bool {
    name.contains(';') || name.contains(" , ")
}

/// Takes lists among keywords apart.
pub(super) fn split(topics: &mut Vec<RecordTopic>) {
    let listed = |topic: &RecordTopic| topic.scheme == "keyword" && is_list(&topic.name);
    if !topics.iter().any(listed) {
        return;
    }
    let mut found: Vec<RecordTopic> = Vec::new();
    for topic in topics.drain(..) {
        if listed(&topic) {
            found.extend(parts(&topic));
        } else {
            found.push(topic);
        }
    }
    let mut known = HashSet::new();
    found.retain(|topic| known.insert((topic.scheme.clone(), topic.code.clone())));
    *topics = found;
}

fn parts(list: &RecordTopic) -> impl Iterator<Item = RecordTopic> + '_ {
    let pieces = list.name.split(';').flat_map(|part| part.split(" , "));
    let names = pieces.map(|part| {
        let part = part.trim_matches([' ', ',', '.']);
        part.strip_prefix("and ").unwrap_or(part)
    });
    names
        .filter(|name| name.chars().count() <= MAX_CHARS)
        .map(|name| (name_key(name), name))
        .filter(|(code, _)| !code.is_empty())
        .take(MAX_PARTS)
        .map(|(code, name)| RecordTopic {
            scheme: list.scheme.clone(),
            code,
            name: name.to_owned(),
            ..RecordTopic::default()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &[&str]) -> Vec<String> {
        let topic = |name: &&str| RecordTopic {
            scheme: "keyword".to_owned(),
            code: name_key(name),
            name: (*name).to_owned(),
            ..RecordTopic::default()
        };
        let mut topics: Vec<RecordTopic> = names.iter().map(topic).collect();
        split(&mut topics);
        topics.into_iter().map(|topic| topic.name).collect()
    }

    #[test]
    fn keywords_in_one_text_are_taken_apart() {
        assert_eq!(
            read(&["Pancreas; Pancreatic Neoplasms; and Islets", "pancreas"]),
            ["Pancreas", "Pancreatic Neoplasms", "Islets"]
        );
        assert_eq!(
            read(&["Keramik , Cyclodextrine , Kolloid"]),
            ["Keramik", "Cyclodextrine", "Kolloid"]
        );
        assert_eq!(read(&["Proteins, Recombinant"]), ["Proteins, Recombinant"]);
        assert!(read(&[" ; "]).is_empty());
    }
}
