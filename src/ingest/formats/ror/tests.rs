use super::super::json::testing::{one, read_all, refusal, survives_mutation};
use super::read;
use crate::ingest::record::{InstitutionRecord, InstitutionStatus, Record};

const V2: &str = r#"{"id":"https://ror.org/046rm7j60","status":"inactive","domains":[],
  "names":[{"value":"UA","types":["acronym"],"lang":null},{"value":"Universität A","types":["label"],"lang":"de"},
    {"value":"University A","types":["label","ror_display"],"lang":"en"},{"value":"Uni A","types":["alias"],"lang":null}],
  "locations":[{"geonames_id":1,"geonames_details":{"name":"Exampleton","country_code":"DE","country_name":"Germany"}}],
  "links":[{"type":"wikipedia","value":"https://en.wikipedia.org/wiki/A"},{"type":"website","value":"https://www.example.edu/en/"}],
  "external_ids":[{"type":"grid","all":["grid.1.2"],"preferred":"grid.1.2"},{"type":"isni","all":["0000 0001 0000 0002"],"preferred":null},
    {"type":"fundref","all":["100","200"],"preferred":"200"}],
  "relationships":[{"type":"successor","id":"https://ror.org/046rm7j60","label":"B"},{"type":"parent","id":"https://ror.org/046rm7j60"},{"type":"child","id":"x"}]}"#;

const V1: &str = r#"{"id":"https://ror.org/046rm7j60","status":"inactive","name":"University A","types":["Education"],
  "acronyms":["UA"],"aliases":["Uni A"],"labels":[{"label":"Universität A","iso639":"de"}],"country":{"country_name":"Germany","country_code":"DE"},
  "addresses":[{"city":"Exampleton","primary":false}],"links":["https://www.example.edu/en/"],"wikipedia_url":"",
  "external_ids":{"GRID":{"preferred":"grid.1.2","all":"grid.1.2"},"ISNI":{"preferred":null,"all":["0000 0001 0000 0002"]},
    "FundRef":{"preferred":"200","all":["100","200"]}},
  "relationships":[{"label":"B","type":"Successor","id":"https://ror.org/046rm7j60"},{"type":"Parent","id":"https://ror.org/046rm7j60"}]}"#;

fn institution(text: &str) -> InstitutionRecord {
    match one(read, text) {
        Record::Institution(institution) => *institution,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_organisation_is_read_whole() {
    let found = institution(V2);
    assert_eq!(
        (found.source.as_str(), found.record_key.as_str()),
        ("ROR", "046rm7j60")
    );
    assert_eq!(found.institution.name, "University A");
    assert_eq!(found.institution.ror.as_deref(), Some("046rm7j60"));
    assert_eq!(found.institution.country.as_deref(), Some("DE"));
    assert_eq!(found.city.as_deref(), Some("Exampleton"));
    assert_eq!(found.url.as_deref(), Some("https://www.example.edu/en/"));
    assert_eq!(found.status, InstitutionStatus::Inactive);
    assert_eq!((found.successors.len(), found.parents.len()), (1, 1));
    let ids: Vec<String> = found
        .institution
        .identifiers
        .iter()
        .map(|(scheme, id)| format!("{scheme} {id}"))
        .collect();
    assert_eq!(
        ids,
        [
            "grid grid.1.2",
            "isni 0000000100000002",
            "fundref 200",
            "fundref 100"
        ]
    );
    let names: Vec<String> = found
        .other_names
        .iter()
        .map(|(name, language)| format!("{name} {}", language.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(names, ["UA -", "Universität A de", "Uni A -"]);
}

#[test]
fn both_schemas_say_the_same() {
    let mut one = institution(V1);
    let mut two = institution(V2);
    for found in [&mut one, &mut two] {
        found.other_names.sort();
        found.institution.identifiers.sort();
    }
    assert_eq!(one, two);
}

#[test]
fn domains_come_from_the_register_else_from_the_web_site() {
    assert_eq!(institution(V2).institution.domains, ["example.edu"]);
    let listed = V2.replace(
        r#""domains":[]"#,
        r#""domains":["Example.org","www.example.org","example.net"]"#,
    );
    assert_eq!(
        institution(&listed).institution.domains,
        ["example.org", "example.net"]
    );
    let shared = V2.replace("www.example.edu", "example.wordpress.com");
    assert!(institution(&shared).institution.domains.is_empty());
}

#[test]
fn without_a_shown_name_a_label_is_taken() {
    let label = V2.replace(r#","ror_display""#, "");
    assert_eq!(institution(&label).institution.name, "Universität A");
    assert_eq!(
        refusal(read, r#"{"id":"https://ror.org/046rm7j60","names":[]}"#),
        "record 1 (046rm7j60): it has no name"
    );
}

#[test]
fn a_mistyped_id_is_refused() {
    assert_eq!(
        refusal(
            read,
            &V2.replace("046rm7j60\",\"status", "046rm7j61\",\"status")
        ),
        "record 1 (https://ror.org/046rm7j61): This ROR id is mistyped: its last two digits do not fit the others."
    );
}

#[test]
fn dumps_are_arrays_and_answers_hold_items() {
    assert_eq!(read_all(read, format!("[{V1},\n{V2}]").as_bytes()).len(), 2);
    let answer = format!(r#"{{"number_of_results":2,"items":[{V1},{V2}],"meta":{{}}}}"#);
    assert_eq!(read_all(read, answer.as_bytes()).len(), 2);
}

#[test]
fn no_change_of_a_record_makes_the_reader_panic() {
    survives_mutation(read, V1);
    survives_mutation(read, V2);
}
