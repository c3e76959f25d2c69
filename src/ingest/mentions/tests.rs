use super::*;
use crate::domain::names::PersonName;
use crate::ingest::record::RecordTopic;

fn author(name: &str) -> RecordAuthor {
    RecordAuthor {
        name: PersonName::literal(name),
        ..RecordAuthor::default()
    }
}

fn record(authors: Vec<RecordAuthor>) -> WorkRecord {
    WorkRecord {
        title_source: "On the Parsing of Parsers".into(),
        venue: Some("Proceedings of the 3rd Workshop on Parsing (Volume 2)".into()),
        year: Some(2001),
        authors,
        ..WorkRecord::default()
    }
}

#[test]
fn a_mention_holds_everybody_else_of_its_work() {
    let mut group = author("The Example Collaboration");
    group.group = true;
    let found = mentions(
        7,
        &record(vec![author("Ada Berg"), group, author("Bo Dahl")]),
    );
    let keys: Vec<(i64, i64)> = found.iter().map(|one| one.key).collect();
    assert_eq!(keys, [(7, 0), (7, 2)]);
    assert_eq!(found[0].coauthors, [found[1].name.person_key()]);
    assert_eq!(found[1].coauthors, [found[0].name.person_key()]);
    assert_eq!(found[0].title_words, found[1].title_words);
    assert_eq!(found[0].title_words.len(), 2);
    assert_eq!(found[0].year, Some(2001));
}

#[test]
fn two_works_of_a_large_collaboration_keep_the_same_people() {
    let names: Vec<RecordAuthor> = (0..3000).map(|i| author(&format!("Ada Berg{i}"))).collect();
    let mut other = names.clone();
    other.reverse();
    other.truncate(2900);
    let (first, second) = (mentions(1, &record(names)), mentions(2, &record(other)));
    assert!(
        first
            .iter()
            .all(|one| one.coauthors.len() <= COAUTHORS_MAX + 1)
    );
    let common = first[1500].coauthors.iter();
    let common = common.filter(|key| second[1500].coauthors.contains(key));
    assert!(common.count() > COAUTHORS_MAX / 2);
}

#[test]
fn the_volumes_of_one_venue_share_a_key() {
    let key = |name| venue_key(name).unwrap();
    assert_eq!(
        key("Proceedings of the 3rd Workshop on Parsing (Volume 2)"),
        key("Proceedings of the Twenty-Fourth Workshop on Parsing, July 2004")
    );
    assert_ne!(key("Journal of Parsing"), key("Journal of Speech"));
    assert_eq!(venue_key("2004 (3)"), None);
}

#[test]
fn an_orcid_is_personal_and_a_placeholder_is_nobody() {
    let mut one = author("Ada Berg");
    one.identifiers = [
        ("orcid", "0000"),
        ("openalex", "A1"),
        ("openalex", OPENALEX_NOBODY),
    ]
    .map(|(scheme, value)| (scheme.to_owned(), value.to_owned()))
    .to_vec();
    let schemes: Vec<Scheme> = mentions(1, &record(vec![one]))[0]
        .identifiers
        .iter()
        .map(|(scheme, _)| *scheme)
        .collect();
    assert_eq!(schemes, [Scheme::Personal, Scheme::Source]);
}

#[test]
fn an_institution_goes_by_its_ror_and_a_printed_affiliation_by_its_parts() {
    let institution = |name: &str, ror: Option<&str>| RecordInstitution {
        name: name.into(),
        ror: ror.map(str::to_owned),
        ..RecordInstitution::default()
    };
    assert_eq!(
        institution_key(&institution("University of Example", Some("012345678"))),
        institution_key(&institution("Example Universität", Some("012345678")))
    );
    let mut one = author("Ada Berg");
    one.affiliations = vec!["Institute of Tests, University of Example, 12345".into()];
    let printed = mentions(1, &record(vec![one]))[0].institutions.clone();
    assert_eq!(printed.len(), 2);
    assert!(printed.contains(&institution_key(&institution(
        "UNIVERSITY OF EXAMPLE",
        None
    ))));
}

#[test]
fn topics_are_told_apart_by_their_scheme() {
    let mut work = record(vec![author("Ada Berg")]);
    work.topics = ["a", "b"]
        .map(|scheme| RecordTopic {
            scheme: scheme.into(),
            code: "1".into(),
            ..RecordTopic::default()
        })
        .to_vec();
    let topics = &mentions(1, &work)[0].topics;
    assert_ne!(topics[0], topics[1]);
}
