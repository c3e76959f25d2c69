use super::super::json::testing::{
    ids, names, person, read_all, refusal, related, survives_mutation, work,
};
use super::read;
use crate::domain::work::WorkKind;
use crate::ingest::record::Record;

const PAPER: &str = r#"{"paperId":"0123456789abcdef0123456789abcdef01234567","externalIds":{"DOI":"10.5555/ABC","ArXiv":"1901.00001","PubMed":"12",
   "PubMedCentral":"34","DBLP":"journals/x/Example19","ACL":null,"MAG":"5","CorpusId":77},"url":"https://www.semanticscholar.org/paper/0123",
  "title":"On Examples","abstract":"We test.","venue":"","publicationVenue":{"id":"x","name":"Journal of Tests"},"journal":{"name":"J. Tests","pages":"1"},
  "year":2019,"publicationDate":"2019-03-04","publicationTypes":["JournalArticle","Review"],
  "authors":[{"authorId":"1","name":"Ada Example"},{"authorId":null,"name":"B. Sample"}],
  "fieldsOfStudy":["Computer Science"],"s2FieldsOfStudy":[{"category":"Computer Science","source":"external"},{"category":"Biology","source":"s2-fos-model"}]}"#;

fn with(fields: &str) -> String {
    format!(r#"{{"paperId":"x","title":"T",{fields}}}"#)
}

#[test]
fn a_paper_is_read_whole() {
    let work = work(read, PAPER);
    assert_eq!(work.source, "Semantic Scholar");
    assert_eq!(work.record_key, "0123456789abcdef0123456789abcdef01234567");
    assert_eq!(
        (work.kind, work.venue.as_deref()),
        (WorkKind::Article, Some("Journal of Tests"))
    );
    assert_eq!(
        (work.year, work.published_on.as_deref()),
        (Some(2019), Some("2019-03-04"))
    );
    assert_eq!(
        ids(&work),
        [
            "doi:10.5555/abc",
            "pmid:12",
            "pmcid:PMC34",
            "dblp:journals/x/Example19",
            "semanticscholar:0123456789abcdef0123456789abcdef01234567",
            "semanticscholar:77",
        ]
    );
    assert_eq!(names(&work), ["Ada Example", "B. Sample"]);
    assert_eq!(
        work.authors[0].identifiers,
        [("semanticscholar".to_owned(), "1".to_owned())]
    );
    assert!(work.authors[1].identifiers.is_empty());
    let topics: Vec<&str> = work
        .topics
        .iter()
        .map(|topic| topic.code.as_str())
        .collect();
    assert_eq!(topics, ["Computer Science", "Biology"]);
}

#[test]
fn the_preprint_of_a_published_paper_is_another_version() {
    assert_eq!(related(&work(read, PAPER)), ["PreprintOf arxiv:1901.00001"]);
    let preprint = work(
        read,
        &with(
            r#""externalIds":{"ArXiv":"1901.00001","DBLP":"journals/corr/abs-1901-00001"},"publicationTypes":["JournalArticle"]"#,
        ),
    );
    assert_eq!(
        ids(&preprint),
        [
            "arxiv:1901.00001",
            "dblp:journals/corr/abs-1901-00001",
            "semanticscholar:x"
        ]
    );
    assert_eq!(preprint.kind, WorkKind::Preprint);
    let own_doi = work(
        read,
        &with(r#""externalIds":{"ArXiv":"1901.00001","DOI":"10.48550/arXiv.1901.00001"}"#),
    );
    assert!(own_doi.related.is_empty() && own_doi.kind == WorkKind::Preprint);
    let acl = with(
        r#""externalIds":{"ACL":"P19-1001","ArXiv":"1901.00001","DBLP":"journals/corr/abs-1901-00001"},"publicationTypes":["Conference"]"#,
    );
    let acl = work(read, &acl);
    assert_eq!(ids(&acl), ["acl:P19-1001", "semanticscholar:x"]);
    assert_eq!(
        related(&acl),
        [
            "PreprintOf arxiv:1901.00001",
            "PreprintOf dblp:journals/corr/abs-1901-00001"
        ]
    );
    assert_eq!(acl.kind, WorkKind::ConferencePaper);
}

#[test]
fn an_author_comes_with_their_papers() {
    let text = format!(
        r#"{{"authorId":"1","externalIds":{{"DBLP":["Ada Example 0001"],"ORCID":["0000-0002-1825-0097"]}},"name":"Ada Example",
            "aliases":["A. Example"],"homepage":"https://example.org/~ada","papers":[{PAPER},{{"paperId":"y"}}]}}"#
    );
    let found = read_all(read, text.as_bytes());
    assert_eq!(found.len(), 3);
    let Ok(Record::Person(person)) = &found[0] else {
        panic!("{found:?}");
    };
    let ids: Vec<String> = person
        .identifiers
        .iter()
        .map(|(scheme, id)| format!("{scheme} {id}"))
        .collect();
    assert_eq!(
        ids,
        [
            "semanticscholar 1",
            "dblp Ada Example 0001",
            "orcid 0000-0002-1825-0097"
        ]
    );
    assert_eq!(person.other_names[0].display(), "A. Example");
    assert_eq!(person.works.len(), 2);
    assert_eq!(person.urls, ["https://example.org/~ada"]);
    assert!(matches!(&found[1], Ok(Record::Work(_))));
    assert_eq!(found[2].as_ref().unwrap_err().reason, "it has no title");
}

#[test]
fn answers_hold_papers_citations_references_and_authors() {
    let text = format!(
        r#"{{"offset":0,"next":4,"data":[{PAPER},{{"citingPaper":{PAPER},"contexts":[]}},{{"citedPaper":{PAPER}}},
            {{"authorId":"9","name":"Cy Specimen"}},null]}}"#
    );
    let found = read_all(read, text.as_bytes());
    assert_eq!(found.len(), 5);
    assert!(
        found[..3]
            .iter()
            .all(|found| matches!(found, Ok(Record::Work(_))))
    );
    assert!(matches!(found[3], Ok(Record::Person(_))));
    assert!(found[4].is_err());
    assert_eq!(
        person(
            read,
            r#"{"authorId":"9","name":"Cy Specimen","papers":null}"#
        )
        .record_key,
        "9"
    );
}

#[test]
fn lines_of_the_data_sets_are_read() {
    let work = work(
        read,
        r#"{"corpusid":77,"externalids":{"DOI":"10.5555/ABC","CorpusId":"77"},"title":"T","year":2019,"publicationdate":"2019-03-04",
           "authors":[{"authorId":"1","name":"Ada Example"}],"s2fieldsofstudy":[{"category":"Biology"}],"publicationtypes":["Book"]}"#,
    );
    assert_eq!(work.record_key, "CorpusId:77");
    assert_eq!(ids(&work), ["doi:10.5555/abc", "semanticscholar:77"]);
    assert_eq!(
        (work.kind, work.published_on.as_deref()),
        (WorkKind::Book, Some("2019-03-04"))
    );
}

#[test]
fn stubs_are_refused() {
    assert_eq!(
        refusal(read, r#"{"paperId":"x","authors":null}"#),
        "record 1 (x): it has no title"
    );
    assert_eq!(
        refusal(read, r#"{"citingPaper":{"paperId":null,"title":"T"}}"#),
        "record 1: it has no Semantic Scholar id"
    );
    assert_eq!(
        refusal(read, r#"{"authorId":"1","name":""}"#),
        "record 1 (1): it has no name"
    );
}

#[test]
fn no_change_of_a_record_makes_the_reader_panic() {
    survives_mutation(read, PAPER);
    survives_mutation(
        read,
        r#"{"authorId":"1","externalIds":{"DBLP":["A"],"ORCID":"x"},"name":"Ada","papers":[{"paperId":"x","title":"T"}]}"#,
    );
}
