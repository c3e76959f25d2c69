use super::*;
use crate::ingest::formats::xml::testing::{all, person, refusals, survives};

fn pair(scheme: &str, value: &str) -> (String, String) {
    (scheme.to_owned(), value.to_owned())
}

fn shown(names: &[PersonName]) -> Vec<String> {
    names.iter().map(PersonName::display).collect()
}

fn institutions(person: &PersonRecord) -> Vec<&str> {
    let listed = person.institutions.iter();
    listed.map(|listed| listed.0.name.as_str()).collect()
}

/// The people of a file in which nothing is refused.
fn people(text: &str) -> Vec<PersonRecord> {
    all(read_people, text)
        .into_iter()
        .map(|record| match record {
            Ok(Record::Person(person)) => *person,
            other => panic!("not a person: {other:?}"),
        })
        .collect()
}

#[test]
fn an_entry_of_the_name_variants_is_read_whole() {
    let person = person(
        read_people,
        "- canonical: {first: Ada M., last: 'Berg, Jr.'}\n  comment: Oslo; 伯安达; https://example.org/ada\n  id: ada-berg-oslo\n  \
         orcid: 0000-0002-1825-0097\n  institution: University of Riga\n  similar: [ada-berg, ada-bergh]\n  variants:\n  \
         - {first: Ada, last: Berg}\n  - {first: '', last: Berg}\n  - {first: Ada M., last: 'Berg, Jr.'}\n  - {first: Ada, last: Berg}\n",
    );
    assert_eq!(
        (person.source.as_str(), person.record_key.as_str()),
        ("ACL Anthology", "ada-berg-oslo")
    );
    assert_eq!(person.name.display(), "Ada M. Berg, Jr.");
    assert_eq!(shown(&person.other_names), ["Ada Berg", "Berg", "伯安达"]);
    assert_eq!(
        person.identifiers,
        [
            pair("acl", "ada-berg-oslo"),
            pair("orcid", "0000-0002-1825-0097")
        ]
    );
    assert_eq!(
        person.not_the_same,
        [pair("acl", "ada-berg"), pair("acl", "ada-bergh")]
    );
    assert_eq!(institutions(&person), ["University of Riga"]);
    assert_eq!(person.urls, ["https://example.org/ada"]);
}

#[test]
fn an_entry_of_the_people_is_read_whole() {
    let found = people(
        "ada-berg:\n  degree: University of Oslo\n  disable_name_matching: true\n  names:\n  - {first: Ada, last: Berg}\n  \
         - {first: 安达, last: 伯, script: hani}\n  orcid: 0000-0002-1825-0097\n  similar:\n  - ada-bergh\n\
         'no':\n  names:\n  - {first: Yes, last: 'Null'}\n  - last: No\n  comment: null\n",
    );
    let [ada, other] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(ada.record_key, "ada-berg");
    assert_eq!(ada.name.display(), "Ada Berg");
    assert_eq!(shown(&ada.other_names), ["伯安达"]);
    assert_eq!(
        ada.identifiers,
        [
            pair("acl", "ada-berg"),
            pair("orcid", "0000-0002-1825-0097")
        ]
    );
    assert_eq!(ada.not_the_same, [pair("acl", "ada-bergh")]);
    assert_eq!(institutions(ada), ["University of Oslo"]);
    // Words that other formats take for truth values are names here.
    assert_eq!(other.record_key, "no");
    assert_eq!(other.name.display(), "Yes Null");
    assert_eq!(shown(&other.other_names), ["No"]);
    assert!(other.institutions.is_empty());
}

#[test]
fn an_id_is_made_of_the_name_where_none_is_given() {
    for (first, last, id) in [
        ("Ada Maria", "van Berg", "ada-maria-van-berg"),
        ("José-Miguel", "Łódź", "jose-miguel-lodz"),
        ("Bo", "Da’hl", "bo-dahl"),
        ("J. R.", "O'Example, Jr.", "j-r-oexample-jr"),
    ] {
        let person = person(
            read_people,
            &format!("- canonical: {{first: {first}, last: \"{last}\"}}\n"),
        );
        assert_eq!(person.record_key, id);
        assert_eq!(person.identifiers, [pair("acl", id)]);
    }
}

#[test]
fn what_is_no_person_is_refused_with_the_reason() {
    assert_eq!(
        refusals(
            read_people,
            "- canonical: {first: Bo, last: Dahl}\n  comment: May refer to several people\n  id: bo-dahl\n\
             - id: nobody\n  variants: []\n\
             - canonical: {first: '', last: ' '}\n\
             - canonical: [Ada, Berg]\n\
             - null\n\
             - canonical: {first: A, last: B}\n- canonical: {first: C\n  last: D}\n"
        ),
        [
            "records: record 1 (bo-dahl): it stands for several people of one name",
            "records: record 2 (nobody): it names nobody",
            "records: record 3: it names nobody",
            "records: record 4: it names nobody",
            "records: record 5: it names nobody",
            "records: record 7: line 11: while parsing a flow mapping, did not find expected ',' or '}'",
        ]
    );
}

#[test]
fn a_broken_file_is_refused_as_a_whole() {
    for (text, reason) in [
        (
            "[{canonical: {first: A, last: B}}]\n",
            "neither a list nor a table",
        ),
        ("just text\n", "neither a list nor a table"),
        ("  - indented\n", "its first line is indented"),
        ("\u{feff}{}", "neither a list nor a table"),
    ] {
        let told = refusals(read_people, text);
        assert_eq!(told.len(), 1, "{text}: {told:?}");
        assert!(
            told[0].starts_with("records: the file as a whole: ") && told[0].contains(reason),
            "{}",
            told[0]
        );
    }
    assert!(refusals(read_people, "").is_empty());
}

#[test]
fn any_broken_file_ends_without_harm() {
    survives(
        read_people,
        "# x\n---\n- canonical: {first: A, last: 'B, Jr.'}\n  comment: \"x; y\"\n  similar: [a, &b c]\n  variants:\n  - {first: Ü, last: D}\n- id: |\n   x\n",
    );
    survives(
        read_people,
        "a-b:\n  names:\n  - {first: A, last: B}\n  ? x\n  : y\nc-d: {names: [{last: *a}]}\n...\n",
    );
}
