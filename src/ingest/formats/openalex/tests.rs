use super::super::json::testing::{
    ids, names, one, person, read_all, refusal, related, survives_mutation, work,
};
use super::read;
use crate::domain::work::WorkKind;
use crate::ingest::record::{InstitutionRecord, Record, RecordTopic};

const WORK: &str = r#"{"id":"https://openalex.org/W1","doi":"https://doi.org/10.5555/ABC","title":"On <i>Examples</i>\n of\u0000 it",
  "display_name":"On Examples","publication_year":2019,"publication_date":"2019-03-04","ids":{"openalex":"https://openalex.org/W1",
  "doi":"https://doi.org/10.5555/abc","mag":1,"pmid":"https://pubmed.ncbi.nlm.nih.gov/12","pmcid":"https://www.ncbi.nlm.nih.gov/pmc/articles/34"},
  "type":"article","type_crossref":"journal-article","is_retracted":true,
  "primary_location":{"landing_page_url":"https://doi.org/10.5555/abc","source":{"display_name":"Journal of Examples &amp; Tests","type":"journal"}},
  "locations":[{"landing_page_url":null},{"landing_page_url":"http://arxiv.org/abs/1901.00001v2","source":null}],
  "authorships":[
   {"author":{"id":"https://openalex.org/A1","display_name":"Ada Example","orcid":"https://orcid.org/0000-0002-1825-0097"},
    "raw_author_name":"Example, A.","raw_affiliation_strings":["Dept. X, Uni A","Uni B","Uni B"],
    "institutions":[{"id":"https://openalex.org/I7","display_name":"University A","ror":"https://ror.org/046rm7j60","country_code":"de"},{"id":null,"display_name":null}]},
   {"author":{"id":"https://openalex.org/A9999999999","display_name":"山田 太郎","orcid":null},"raw_author_name":"山田 太郎","institutions":[]},
   {"author":{"id":null,"display_name":"C. Sample"},"raw_affiliation_string":"Uni C"},
   {"author":{"id":"https://openalex.org/A3","display_name":"Example Collaboration"},"raw_author_name":"the Example Collaboration"}],
  "topics":[{"id":"https://openalex.org/T10","display_name":"Examples","score":0.9,"subfield":{"id":"https://openalex.org/subfields/1702","display_name":"Artificial Examples"},
    "field":{"id":"https://openalex.org/fields/17","display_name":"Example Science"},"domain":{"id":"https://openalex.org/domains/3","display_name":"Sciences"}}],
  "concepts":[{"id":"https://openalex.org/C1","display_name":"Unused","score":0.5}],
  "keywords":[{"id":"https://openalex.org/keywords/testing","display_name":"Testing","score":0.5}],
  "abstract_inverted_index":{"We":[0],"test":[1,3],"and":[2]}}"#;

#[test]
fn a_work_is_read_whole() {
    let work = work(read, WORK);
    assert_eq!(
        (work.source.as_str(), work.record_key.as_str()),
        ("OpenAlex", "W1")
    );
    assert_eq!(work.kind, WorkKind::Article);
    assert_eq!(work.title_source, "On <i>Examples</i> of it");
    assert_eq!(work.abstract_source.as_deref(), Some("We test and test"));
    assert_eq!(
        (work.year, work.published_on.as_deref()),
        (Some(2019), Some("2019-03-04"))
    );
    assert_eq!(work.venue.as_deref(), Some("Journal of Examples & Tests"));
    assert_eq!(
        ids(&work),
        ["doi:10.5555/abc", "openalex:W1", "pmid:12", "pmcid:PMC34"]
    );
    assert_eq!(work.url.as_deref(), Some("https://openalex.org/W1"));
    assert!(work.retracted && !work.more_authors);
}

#[test]
fn a_preprint_that_was_published_since_is_another_version() {
    assert_eq!(related(&work(read, WORK)), ["PreprintOf arxiv:1901.00001"]);
    let unpublished = work(
        read,
        r#"{"id":"https://openalex.org/W2","title":"T","type":"article","doi":null,
           "locations":[{"pdf_url":"https://arxiv.org/pdf/1901.00001"}]}"#,
    );
    assert_eq!(ids(&unpublished), ["arxiv:1901.00001", "openalex:W2"]);
    let own_doi = work(
        read,
        r#"{"id":"W2","title":"T","type":"article","doi":"https://doi.org/10.48550/arxiv.1901.00001",
           "locations":[{"landing_page_url":"https://arxiv.org/abs/1901.00001"}]}"#,
    );
    assert_eq!(
        ids(&own_doi),
        [
            "arxiv:1901.00001",
            "doi:10.48550/arxiv.1901.00001",
            "openalex:W2"
        ]
    );
    assert!(own_doi.related.is_empty() && own_doi.kind == WorkKind::Preprint);
}

#[test]
fn authors_keep_the_printed_name_and_the_source_s_own() {
    let work = work(read, WORK);
    assert_eq!(
        names(&work),
        [
            "A. Example",
            "山田 太郎",
            "C. Sample",
            "Example Collaboration"
        ]
    );
    let first = &work.authors[0];
    assert_eq!(first.name.family.as_deref(), Some("Example"));
    assert_eq!(first.other_names[0].display(), "Ada Example");
    let pair = |scheme: &str, value: &str| (scheme.to_owned(), value.to_owned());
    assert_eq!(
        first.identifiers,
        [pair("orcid", "0000-0002-1825-0097"), pair("openalex", "A1")]
    );
    assert_eq!(first.affiliations, ["Dept. X, Uni A", "Uni B"]);
    assert_eq!(first.institutions.len(), 1);
    let institution = &first.institutions[0];
    assert_eq!(institution.ror.as_deref(), Some("046rm7j60"));
    assert_eq!(institution.country.as_deref(), Some("DE"));
    assert_eq!(institution.identifiers, [pair("openalex", "I7")]);
    assert!(work.authors[3].group && !first.group);
}

#[test]
fn a_word_for_nothing_before_a_name_is_no_part_of_it() {
    let work = work(
        read,
        r#"{"id":"https://openalex.org/W1","title":"T","authorships":[
        {"author":{"id":"https://openalex.org/A1","display_name":"None Ada Berg"},"raw_author_name":"None Ada Berg"},
        {"author":{"id":"https://openalex.org/A2","display_name":"None"},"raw_author_name":"Noner Dahl"}]}"#,
    );
    assert_eq!(work.authors[0].name.display(), "Ada Berg");
    assert!(work.authors[0].other_names.is_empty());
    assert_eq!(work.authors[1].name.display(), "Noner Dahl");
}

#[test]
fn ids_that_stand_for_nobody_are_left_out() {
    let work = work(read, WORK);
    assert!(work.authors[1].identifiers.is_empty() && work.authors[1].other_names.is_empty());
    assert!(work.authors[2].identifiers.is_empty());
    assert_eq!(work.authors[2].affiliations, ["Uni C"]);
}

#[test]
fn a_list_of_authors_that_was_cut_off_says_so() {
    let with = |count: usize, more: &str| {
        let author = r#"{"author":{"display_name":"Ada Example"}}"#;
        let authors = vec![author; count].join(",");
        work(
            read,
            &format!(r#"{{"id":"W1","title":"T","authorships":[{authors}]{more}}}"#),
        )
        .more_authors
    };
    assert!(with(100, "") && with(3, r#","is_authors_truncated":true"#));
    assert!(!with(99, "") && !with(101, "") && !with(100, r#","is_authors_truncated":false"#));
}

fn chain(topic: &RecordTopic) -> Vec<String> {
    let mut next = Some(topic);
    let mut codes = Vec::new();
    while let Some(topic) = next {
        codes.push(format!("{} {}", topic.scheme, topic.code));
        next = topic.broader.as_deref();
    }
    codes
}

#[test]
fn topics_carry_what_lies_above_them_and_concepts_stand_in_for_them() {
    let topics = work(read, WORK).topics;
    assert_eq!(
        chain(&topics[0]),
        [
            "openalex T10",
            "openalex subfields/1702",
            "openalex fields/17",
            "openalex domains/3"
        ]
    );
    assert_eq!(chain(&topics[1]), ["keyword testing"]);
    assert_eq!(topics.len(), 2);
    let old = work(
        read,
        r#"{"id":"W1","title":"T","concepts":[{"id":"https://openalex.org/C1","display_name":"Tests","score":"0.5"},
           {"id":"https://openalex.org/C2","display_name":"Above","score":0}],"keywords":[{"keyword":"old form"}]}"#,
    );
    let codes: Vec<Vec<String>> = old.topics.iter().map(chain).collect();
    assert_eq!(codes, [["openalex-concept C1"], ["keyword old form"]]);
}

#[test]
fn kinds_follow_both_vocabularies() {
    for (fields, kind) in [
        (r#""type":"article""#, WorkKind::Article),
        (r#""type":"journal-article""#, WorkKind::Article),
        (
            r#""type":"article","type_crossref":"proceedings-article""#,
            WorkKind::ConferencePaper,
        ),
        (
            r#""type":"article","primary_location":{"source":{"type":"conference"}}"#,
            WorkKind::ConferencePaper,
        ),
        (
            r#""type":"article","primary_location":{"raw_type":"proceedings-article"}"#,
            WorkKind::ConferencePaper,
        ),
        (
            r#""type":"letter","type_crossref":"posted-content""#,
            WorkKind::Preprint,
        ),
        (
            r#""type":"preprint","type_crossref":"journal-article""#,
            WorkKind::Preprint,
        ),
        (r#""type":"review""#, WorkKind::Article),
        (r#""type":"book-chapter""#, WorkKind::Chapter),
        (r#""type":"dissertation""#, WorkKind::Thesis),
        (r#""type":"paratext""#, WorkKind::Other),
        (r#""type":null"#, WorkKind::Other),
    ] {
        let found = work(read, &format!(r#"{{"id":"W1","title":"T",{fields}}}"#)).kind;
        assert_eq!(found, kind, "{fields}");
    }
}

#[test]
fn the_name_of_a_work_stands_in_for_its_title() {
    assert_eq!(
        work(read, r#"{"id":"W1","title":null,"display_name":"N"}"#).title_source,
        "N"
    );
    assert_eq!(
        refusal(read, r#"{"id":"https://openalex.org/W1","title":null}"#),
        "record 1 (W1): it has no title"
    );
    let endless = format!(
        r#"{{"id":"W1","title":"T","abstract_inverted_index":{{"{}":[1,2,3]}}}}"#,
        "x".repeat(600_000)
    );
    assert!(refusal(read, &endless).contains("its abstract is too long"));
}

#[test]
fn the_form_of_records_before_2023_is_read() {
    let old = work(
        read,
        r#"{"display_name":"Old","id":"https://openalex.org/W3","publication_year":"2010","publication_date":"2010",
           "host_venue":{"display_name":"Old Journal","url":"https://arxiv.org/abs/1001.0001"},"ids":{"doi":"10.5555/OLD"}}"#,
    );
    assert_eq!(old.venue.as_deref(), Some("Old Journal"));
    assert_eq!((old.year, old.published_on), (Some(2010), None));
    assert_eq!(old.identifiers[0].value, "10.5555/old");
    assert_eq!(old.related.len(), 1);
}

const AUTHOR: &str = r#"{"id":"https://openalex.org/A5","orcid":null,"display_name":"Ada Example",
  "display_name_alternatives":["A. Example","Example, Ada","Ada Example"],
  "ids":{"orcid":"https://orcid.org/0000-0002-1825-0097","scopus":"http://www.scopus.com/inward/authorDetails.url?authorID=77&partnerID=MN8TOARS"},
  "affiliations":[{"institution":{"id":"https://openalex.org/I1","display_name":"Uni A","ror":"https://ror.org/046rm7j60"},"years":[2020,2018,2019]}],
  "last_known_institutions":[{"id":"https://openalex.org/I1","display_name":"Uni A","ror":"https://ror.org/046rm7j60"},{"id":"https://openalex.org/I2","display_name":"Uni B"}]}"#;

#[test]
fn an_author_is_a_person_with_institutions_over_the_years() {
    let person = person(read, AUTHOR);
    assert_eq!(person.record_key, "A5");
    assert_eq!(person.name.display(), "Ada Example");
    assert_eq!(person.other_names.len(), 1);
    let ids: Vec<String> = person
        .identifiers
        .iter()
        .map(|(scheme, id)| format!("{scheme} {id}"))
        .collect();
    assert_eq!(
        ids,
        ["openalex A5", "orcid 0000-0002-1825-0097", "scopus 77"]
    );
    let years: Vec<_> = person
        .institutions
        .iter()
        .map(|(_, first, last)| (*first, *last))
        .collect();
    assert_eq!(years, [(Some(2018), Some(2020)), (None, None)]);
}

const INSTITUTION: &str = r#"{"id":"https://openalex.org/I7","ror":"https://ror.org/046rm7j60","display_name":"University A","country_code":"US",
  "display_name_alternatives":["Uni A","University A"],"display_name_acronyms":["UA"],"homepage_url":"https://www.example.edu/",
  "international":{"display_name":{"en":"University A","de":"Universität A"}},"geo":{"city":"Exampleton"},"ids":{"grid":"grid.1.2","wikidata":"https://www.wikidata.org/wiki/Q1"},
  "associated_institutions":[{"ror":"https://ror.org/046rm7j60","relationship":"parent"},{"ror":"https://ror.org/046rm7j60","relationship":"child"}]}"#;

fn institution(text: &str) -> InstitutionRecord {
    match one(read, text) {
        Record::Institution(institution) => *institution,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_institution_is_read_with_names_town_and_parents() {
    let found = institution(INSTITUTION);
    assert_eq!(found.institution.domains, ["example.edu"]);
    assert_eq!(found.institution.identifiers.len(), 3);
    let names: Vec<String> = found
        .other_names
        .iter()
        .map(|(name, language)| format!("{name} {}", language.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(names, ["Universität A de", "Uni A -", "UA -"]);
    assert_eq!(found.city.as_deref(), Some("Exampleton"));
    assert_eq!(found.parents, ["046rm7j60"]);
    let empty_as_list = INSTITUTION.replace(r#"{"en":"University A","de":"Universität A"}"#, "[]");
    assert_eq!(institution(&empty_as_list).other_names.len(), 2);
}

#[test]
fn subjects_are_records_of_their_own() {
    let topic = |text: &str| match one(read, text) {
        Record::Topic(topic) => *topic,
        other => panic!("{other:?}"),
    };
    let found = topic(
        r#"{"id":"https://openalex.org/T10","display_name":"Examples","description":"About examples.",
           "subfield":{"id":"https://openalex.org/subfields/1702","display_name":"S"},"field":null,"domain":{"id":"https://openalex.org/domains/3","display_name":"D"}}"#,
    );
    assert_eq!(found.description.as_deref(), Some("About examples."));
    assert_eq!(
        chain(&found),
        [
            "openalex T10",
            "openalex subfields/1702",
            "openalex domains/3"
        ]
    );
    let field = r#"{"id":"https://openalex.org/fields/17","display_name":"F","domain":{"id":"https://openalex.org/domains/3","display_name":"D"}}"#;
    assert_eq!(
        chain(&topic(field)),
        ["openalex fields/17", "openalex domains/3"]
    );
    let concept = r#"{"id":"https://openalex.org/C3","display_name":"C","level":2,"ancestors":[
        {"id":"https://openalex.org/C1","display_name":"A","level":0},{"id":"https://openalex.org/C2","display_name":"B","level":1}]}"#;
    assert_eq!(
        chain(&topic(concept)),
        ["openalex-concept C3", "openalex-concept C2"]
    );
    let keyword = r#"{"id":"https://openalex.org/keywords/example-based-tests","display_name":"Example-based tests"}"#;
    assert_eq!(chain(&topic(keyword)), ["keyword example based tests"]);
}

#[test]
fn what_is_not_kept_is_refused_by_name() {
    for (id, reason) in [
        ("F1", "a funder is not kept here"),
        ("P1", "a publisher is not kept here"),
        ("S1", "a source (a journal or repository) is not kept here"),
        ("A9999999999", "its id stands for nobody in particular"),
    ] {
        let text = format!(r#"{{"id":"https://openalex.org/{id}","display_name":"X"}}"#);
        assert_eq!(refusal(read, &text), format!("record 1 ({id}): {reason}"));
    }
    assert_eq!(
        refusal(read, r#"{"title":"T"}"#),
        "record 1: it has no OpenAlex id"
    );
    assert_eq!(
        refusal(read, r#"{"id":"https://openalex.org/A1"}"#),
        "record 1 (A1): it has no name"
    );
}

#[test]
fn an_answer_of_the_api_holds_many_and_may_hold_none() {
    let page = format!(r#"{{"meta":{{"count":2}},"results":[{WORK},{AUTHOR}],"group_by":[]}}"#);
    assert_eq!(read_all(read, page.as_bytes()).len(), 2);
    assert!(read_all(read, br#"{"meta":{"next_cursor":null},"results":[]}"#).is_empty());
}

#[test]
fn no_change_of_a_record_makes_the_reader_panic() {
    for sample in [WORK, AUTHOR, INSTITUTION] {
        survives_mutation(read, sample);
    }
}
