use super::super::json::testing::{person, refusal, survives_mutation};
use super::read;
use crate::ingest::record::PersonRecord;

const V3: &str = r#"{"orcid-identifier":{"uri":"https://orcid.org/0000-0002-1825-0097","path":"0000-0002-1825-0097","host":"orcid.org"},
  "person":{"name":{"given-names":{"value":"Ada"},"family-name":{"value":"Example"},"credit-name":{"value":"Ada M. Example"}},
    "other-names":{"other-name":[{"content":"A. Example"},{"content":"Ada M. Example"}]},
    "researcher-urls":{"researcher-url":[{"url-name":"Home","url":{"value":"https://example.org/~ada"}},{"url":{"value":"javascript:alert(1)"}}]},
    "external-identifiers":{"external-identifier":[{"external-id-type":"Scopus Author ID","external-id-value":"77"},
      {"external-id-type":"ResearcherID","external-id-value":"A-1-2000"}]}},
  "activities-summary":{
    "employments":{"affiliation-group":[{"summaries":[{"employment-summary":{"organization":{"name":"University A","address":{"city":"X","country":"us"},
      "disambiguated-organization":{"disambiguated-organization-identifier":"https://ror.org/046rm7j60","disambiguation-source":"ROR"}},
      "start-date":{"year":{"value":"2010"},"month":null},"end-date":null}}]}]},
    "educations":{"affiliation-group":[{"summaries":[{"education-summary":{"organization":{"name":"University B","address":{"country":"DE"},
      "disambiguated-organization":{"disambiguated-organization-identifier":"1234","disambiguation-source":"RINGGOLD"}},
      "start-date":{"year":{"value":"2000"}},"end-date":{"year":{"value":"2005"}}}}]}]},
    "works":{"group":[
      {"external-ids":{"external-id":[{"external-id-type":"doi","external-id-value":"https://doi.org/10.5555/ABC","external-id-relationship":"self"},
        {"external-id-type":"eid","external-id-value":"2-s2.0-1","external-id-relationship":"self"},
        {"external-id-type":"issn","external-id-value":"1234-5678","external-id-relationship":"part-of"}]},"work-summary":[{"type":"journal-article"}]},
      {"external-ids":{"external-id":[{"external-id-type":"isbn","external-id-value":"9783161484100","external-id-relationship":"self"},
        {"external-id-type":"doi","external-id-value":"10.5555/other","external-id-relationship":"version-of"}]},"work-summary":[{"type":"book"}]},
      {"external-ids":{"external-id":[]},"work-summary":[{"type":"journal-article","external-ids":{"external-id":[
        {"external-id-type":"arxiv","external-id-value":"arXiv:2101.00001v2","external-id-relationship":"self"}]}}]},
      {"external-ids":null,"work-summary":[]}]}}}"#;

fn shown(person: &PersonRecord) -> Vec<String> {
    person
        .other_names
        .iter()
        .map(|name| name.display())
        .collect()
}

#[test]
fn a_record_of_version_3_is_read_whole() {
    let person = person(read, V3);
    assert_eq!(
        (person.source.as_str(), person.record_key.as_str()),
        ("ORCID", "0000-0002-1825-0097")
    );
    assert_eq!(person.name.display(), "Ada M. Example");
    assert_eq!(person.name.family.as_deref(), Some("Example"));
    assert_eq!(shown(&person), ["Ada Example", "A. Example"]);
    let ids: Vec<String> = person
        .identifiers
        .iter()
        .map(|(scheme, id)| format!("{scheme} {id}"))
        .collect();
    assert_eq!(
        ids,
        [
            "orcid 0000-0002-1825-0097",
            "scopus 77",
            "researcherid A-1-2000"
        ]
    );
    assert_eq!(person.urls, ["https://example.org/~ada"]);
    let works: Vec<String> = person
        .works
        .iter()
        .map(|id| format!("{} {}", id.scheme.as_str(), id.value))
        .collect();
    assert_eq!(
        works,
        ["doi 10.5555/abc", "isbn 9783161484100", "arxiv 2101.00001"]
    );
}

#[test]
fn institutions_come_with_years_and_ids() {
    let institutions = person(read, V3).institutions;
    let (employer, first, last) = &institutions[0];
    assert_eq!(employer.ror.as_deref(), Some("046rm7j60"));
    assert_eq!(
        (employer.country.as_deref(), *first, *last),
        (Some("US"), Some(2010), None)
    );
    let (school, first, last) = &institutions[1];
    assert_eq!(
        school.identifiers,
        [("ringgold".to_owned(), "1234".to_owned())]
    );
    assert_eq!((*first, *last), (Some(2000), Some(2005)));
}

#[test]
fn version_2_lists_what_version_3_groups() {
    let old = V3
        .replace(
            r#"{"affiliation-group":[{"summaries":[{"employment-summary":"#,
            r#"{"employment-summary":["#,
        )
        .replace(
            r#"{"affiliation-group":[{"summaries":[{"education-summary":"#,
            r#"{"education-summary":["#,
        )
        .replace(r#""end-date":null}}]}]}"#, r#""end-date":null}]}"#)
        .replace(
            r#"{"year":{"value":"2005"}}}}]}]}"#,
            r#"{"year":{"value":"2005"}}}]}"#,
        )
        .replace(r#""relationship":"self""#, r#""relationship":"SELF""#)
        .replace(r#""book""#, r#""BOOK""#);
    assert_ne!(old, V3);
    assert_eq!(person(read, &old), person(read, V3));
}

#[test]
fn what_its_owner_does_not_show_to_all_is_not_read() {
    let hide = |text: &str, before: &str| {
        let changed = text.replace(before, &format!(r#""visibility":"LIMITED",{before}"#));
        assert_ne!(changed, text, "{before}");
        changed
    };
    assert_eq!(
        refusal(read, &hide(V3, r#""given-names""#)),
        "record 1 (0000-0002-1825-0097): it shows no name"
    );
    let mut text = V3.to_owned();
    for before in [
        r#""content":"A. Example""#,
        r#""url-name":"Home""#,
        r#""external-id-type":"Scopus"#,
        r#""organization":{"name":"University A""#,
        r#""type":"journal-article""#,
    ] {
        text = hide(&text, before);
    }
    let found = person(read, &text);
    assert_eq!(shown(&found), ["Ada Example"]);
    assert!(found.urls.is_empty());
    assert_eq!((found.identifiers.len(), found.institutions.len()), (2, 1));
    assert_eq!(found.works.len(), 1);
    let public = V3.replace(r#""given-names""#, r#""visibility":"public","given-names""#);
    assert_eq!(person(read, &public), person(read, V3));
}

#[test]
fn a_credit_name_for_reference_lists_is_not_shown_first() {
    let found = person(read, &V3.replace("Ada M. Example", "Example, A. M."));
    assert_eq!(found.name.display(), "Ada Example");
    assert_eq!(shown(&found), ["Example, A. M.", "A. Example"]);
    let mononym = person(
        read,
        &V3.replace(r#"{"value":"Example"}"#, "null")
            .replace("Ada M. Example", " "),
    );
    assert_eq!(mononym.name.display(), "Ada");
}

#[test]
fn a_record_of_the_sandbox_is_one_of_orcid() {
    let sandbox = V3
        .replace("https://orcid.org/", "https://sandbox.orcid.org/")
        .replace(r#""path":"0000-0002-1825-0097","#, "");
    assert_eq!(person(read, &sandbox).record_key, "0000-0002-1825-0097");
}

#[test]
fn a_mistyped_id_and_a_hidden_name_are_refused() {
    assert_eq!(
        refusal(read, &V3.replace("0097", "0098")),
        "record 1 (0000-0002-1825-0098): This ORCID iD is mistyped: its last digit does not fit the others."
    );
    assert!(refusal(read, r#"{"person":{}}"#).starts_with("record 1: This is not an ORCID iD."));
    assert_eq!(
        refusal(
            read,
            r#"{"path":"/0000-0002-1825-0097","person":{"name":null}}"#
        ),
        "record 1 (0000-0002-1825-0097): it shows no name"
    );
    assert!(
        refusal(
            read,
            r#"{"message-version":"1.2","orcid-profile":{"orcid":null}}"#
        )
        .contains("version 1")
    );
}

#[test]
fn no_change_of_a_record_makes_the_reader_panic() {
    survives_mutation(read, V3);
}
