use super::super::json::testing::{
    ids, names, read_all, refusal, related, survives_mutation, work,
};
use super::read;
use crate::domain::work::WorkKind;

const RECORD: &str = r#"{"doi":"10.5555/ABC","identifiers":[{"identifier":"https://doi.org/10.5555/abc","identifierType":"DOI"}],
  "creators":[
    {"name":"Example, Ada","nameType":"Personal","givenName":"Ada","familyName":"Example","affiliation":["Uni A"],
     "nameIdentifiers":[{"nameIdentifier":"https://orcid.org/0000-0002-1825-0097","nameIdentifierScheme":"ORCID"}]},
    {"name":"Sample, B.","affiliation":[{"name":"Uni B","affiliationIdentifier":"https://ror.org/046rm7j60","affiliationIdentifierScheme":"ROR"}]},
    {"name":"Example Archive","nameType":"Organizational","nameIdentifiers":[{"nameIdentifier":"https://ror.org/046rm7j60","nameIdentifierScheme":"ROR"}]},
    {"name":"(:Unav)"}],
  "titles":[{"title":"Ein Titel","titleType":"TranslatedTitle"},{"title":"A Sub","titleType":"Subtitle"},{"title":"The Title"}],
  "publisher":"Example Press","container":{"type":"Series","title":"Data of Tests"},"publicationYear":2019,
  "dates":[{"date":"2018-12-01","dateType":"Created"},{"date":"2019-03-04/2019-05-01","dateType":"Issued"}],
  "types":{"resourceTypeGeneral":"Dataset","resourceType":"Measurements"},
  "subjects":[{"subject":"FOS: Tests"},{"subject":"Machine Learning (cs.LG)","subjectScheme":"arXiv"},{"subject":"InChI=1S/x","subjectScheme":"inchi"},
    {"subject":"500 Science::530 Physics","subjectScheme":"ddc"}],
  "descriptions":[{"description":"Other.","descriptionType":"Methods"},{"description":"We measured.","descriptionType":"Abstract"}],
  "relatedIdentifiers":[{"relationType":"IsVersionOf","relatedIdentifier":"10.5555/all","relatedIdentifierType":"DOI"},
    {"relationType":"IsPreviousVersionOf","relatedIdentifier":"https://doi.org/10.5555/new","relatedIdentifierType":"DOI"},
    {"relationType":"IsIdenticalTo","relatedIdentifier":"10.5555/abc","relatedIdentifierType":"DOI"},
    {"relationType":"Cites","relatedIdentifier":"10.5555/cited","relatedIdentifierType":"DOI"}]}"#;

fn with(fields: &str) -> String {
    format!(r#"{{"doi":"10.5555/x","titles":[{{"title":"T"}}],{fields}}}"#)
}

#[test]
fn a_record_is_read_whole() {
    let work = work(read, RECORD);
    assert_eq!(
        (work.source.as_str(), work.record_key.as_str()),
        ("DataCite", "10.5555/abc")
    );
    assert_eq!(work.kind, WorkKind::Dataset);
    assert_eq!(work.title_source, "The Title");
    assert_eq!(work.abstract_source.as_deref(), Some("We measured."));
    assert_eq!(
        (work.year, work.published_on.as_deref()),
        (Some(2019), Some("2019-03-04"))
    );
    assert_eq!(work.venue.as_deref(), Some("Data of Tests"));
    assert_eq!(ids(&work), ["doi:10.5555/abc"]);
    assert_eq!(
        related(&work),
        ["VersionOf doi:10.5555/all", "VersionOf doi:10.5555/new"]
    );
    let topics: Vec<String> = work
        .topics
        .iter()
        .map(|topic| format!("{} {}", topic.scheme, topic.name))
        .collect();
    assert_eq!(
        topics,
        ["keyword Tests", "arxiv Machine Learning", "keyword Physics"]
    );
}

#[test]
fn the_answer_of_the_api_and_the_record_alone_say_the_same() {
    let alone = work(read, RECORD);
    for text in [
        format!(r#"{{"data":{{"id":"10.5555/abc","type":"dois","attributes":{RECORD}}}}}"#),
        format!(
            r#"{{"data":[{{"id":"10.5555/abc","attributes":{RECORD}}}],"meta":{{"total":1}}}}"#
        ),
        format!(
            r#"{{"id":"10.5555/abc","attributes":{RECORD},"relationships":{{"client":{{"data":{{"id":"x"}}}}}}}}"#
        ),
    ] {
        assert_eq!(work(read, &text.replace('\n', " ")), alone);
    }
    assert!(read_all(read, br#"{"data":[],"meta":{}}"#).is_empty());
}

#[test]
fn creators_are_persons_or_organisations() {
    let work = work(read, RECORD);
    assert_eq!(
        names(&work),
        ["Ada Example", "B. Sample", "Example Archive"]
    );
    let groups: Vec<bool> = work.authors.iter().map(|author| author.group).collect();
    assert_eq!(groups, [false, false, true]);
    let pair = |scheme: &str, value: &str| (scheme.to_owned(), value.to_owned());
    assert_eq!(
        work.authors[0].identifiers,
        [pair("orcid", "0000-0002-1825-0097")]
    );
    assert_eq!(work.authors[0].affiliations, ["Uni A"]);
    assert_eq!(work.authors[1].name.family.as_deref(), Some("Sample"));
    assert_eq!(work.authors[1].affiliations, ["Uni B"]);
    assert_eq!(
        work.authors[1].institutions[0].ror.as_deref(),
        Some("046rm7j60")
    );
    assert_eq!(work.authors[2].identifiers, [pair("ror", "046rm7j60")]);
}

#[test]
fn names_without_a_type_are_read_with_care() {
    for (name, shown, group) in [
        ("Example, Ada, 1906-1987", "Ada Example", false),
        ("Ada Example", "Ada Example", false),
        ("Example, Ada (University of X)", "Ada Example", false),
        ("Statistics of Example", "Statistics of Example", true),
        ("Universität X", "Universität X", true),
        (" And C. Specimen", "C. Specimen", false),
    ] {
        let work = work(read, &with(&format!(r#""creators":[{{"name":"{name}"}}]"#)));
        assert_eq!(names(&work), [shown]);
        assert_eq!(work.authors[0].group, group, "{name}");
    }
    let affiliated = work(
        read,
        &with(r#""creators":[{"name":"Example, Ada (University of X)"}]"#),
    );
    assert_eq!(affiliated.authors[0].affiliations, ["University of X"]);
    let several = work(
        read,
        &with(
            r#""creators":[{"name":"Example, Ada; Sample, B."},"Specimen, C.",{"name":"Et Al."}]"#,
        ),
    );
    assert_eq!(names(&several), ["Ada Example", "B. Sample", "C. Specimen"]);
    assert!(several.more_authors);
}

#[test]
fn kinds_come_from_the_general_type_and_for_texts_from_the_free_one() {
    for (general, free, kind) in [
        ("Preprint", "", WorkKind::Preprint),
        ("JournalArticle", "", WorkKind::Article),
        ("Software", "Dataset", WorkKind::Software),
        ("Dissertation", "", WorkKind::Thesis),
        ("Text", "Journal Article", WorkKind::Article),
        ("Text", "Doctoral thesis", WorkKind::Thesis),
        ("Text", "ConferencePaper", WorkKind::ConferencePaper),
        ("Text", "Conference Poster", WorkKind::Other),
        ("Text", "Technical Report", WorkKind::Report),
        ("Text", "Book Chapter", WorkKind::Chapter),
        ("Text", "", WorkKind::Other),
        ("Collection", "doctoralThesis", WorkKind::Thesis),
        ("Image", "Article", WorkKind::Other),
    ] {
        let types = format!(
            r#""types":{{"resourceTypeGeneral":"{general}","resourceType":"{free}","ris":"RPRT"}}"#
        );
        assert_eq!(work(read, &with(&types)).kind, kind, "{general} {free}");
    }
    let in_journal = with(
        r#""types":{"resourceTypeGeneral":"Text"},"container":{"type":"Journal","title":"J"}"#,
    );
    assert_eq!(work(read, &in_journal).kind, WorkKind::Article);
}

#[test]
fn a_preprint_of_arxiv_carries_its_number_and_its_published_version() {
    let work = work(
        read,
        r#"{"id":"https://doi.org/10.48550/arXiv.2101.00001","titles":"T","publisher":{"name":"arXiv"},"publicationYear":"2021",
           "dates":[{"date":"2021-01-02T10:00:00Z","dateType":"Submitted"},{"date":"2021","dateType":"Issued"}],
           "types":{"resourceTypeGeneral":"Text","resourceType":"Article"},
           "relatedIdentifiers":[{"relationType":"IsVersionOf","relatedIdentifier":"10.5555/pub","relatedIdentifierType":"DOI"}]}"#,
    );
    assert_eq!(
        ids(&work),
        ["arxiv:2101.00001", "doi:10.48550/arxiv.2101.00001"]
    );
    assert_eq!(related(&work), ["PublishedAs doi:10.5555/pub"]);
    assert_eq!(
        (work.kind, work.venue.as_deref()),
        (WorkKind::Preprint, Some("arXiv"))
    );
    assert_eq!(work.published_on.as_deref(), Some("2021-01-02"));
}

#[test]
fn years_before_printing_and_unknown_values_are_none() {
    let work = work(
        read,
        &with(
            r#""publicationYear":1,"publisher":"(:unav)","dates":[{"date":"uuuu","dateType":"Issued"}]"#,
        ),
    );
    assert_eq!(
        (work.year, work.published_on, work.venue),
        (None, None, None)
    );
}

#[test]
fn records_without_title_or_doi_are_refused() {
    assert_eq!(
        refusal(read, r#"{"id":"10.5555/x","attributes":{"titles":[]}}"#),
        "record 1 (10.5555/x): it has no title"
    );
    let unavailable = with(r#""x":1"#).replace("\"T\"", "\"(:unav) Unavailable\"");
    assert_eq!(
        refusal(read, &unavailable),
        "record 1 (10.5555/x): it has no title"
    );
    assert_eq!(
        refusal(read, r#"{"titles":[{"title":"T"}]}"#),
        "record 1: it has no DOI"
    );
}

#[test]
fn no_change_of_a_record_makes_the_reader_panic() {
    survives_mutation(read, RECORD);
    survives_mutation(
        read,
        &format!(r#"{{"data":{{"id":"10.5555/abc","attributes":{RECORD}}}}}"#),
    );
}
