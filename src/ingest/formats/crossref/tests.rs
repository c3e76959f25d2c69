use super::super::json::testing::{
    ids, names, read_all, refusal, related, survives_mutation, work,
};
use super::read;
use crate::domain::work::WorkKind;

const WORK: &str = r#"{"DOI":"10.5555\/ABC","type":"journal-article","title":["On Examples"],"subtitle":["A Test"],
  "abstract":"<jats:p>We test.</jats:p>","container-title":["Journal of Tests &amp; Examples"],"publisher":"Example Press",
  "author":[{"given":"Ada M.","family":"Example","suffix":"Jr.","sequence":"first","ORCID":"http://orcid.org/0000-0002-1825-0097",
     "affiliation":[{"name":"Uni A","id":[{"id":"https://ror.org/046rm7j60","id-type":"ROR","asserted-by":"publisher"}]},{"name":"Uni B"}]},
    {"name":"Example Study Group","sequence":"additional","affiliation":[]},{"sequence":"additional","affiliation":[]},
    {"family":"Mononym","affiliation":[]}],
  "published":{"date-parts":[[2019,3,4]]},"issued":{"date-parts":[[2019,3]]},"created":{"date-parts":[[2018,1,1]]},
  "relation":{"has-preprint":[{"id-type":"doi","id":"10.5555/PRE","asserted-by":"object"}],"cites":[],
    "is-version-of":[{"id-type":"doi","id":"10.5555/abc"},{"id-type":"doi","id":"10.5555/other"},{"id-type":"uri","id":"https://example.org"}],
    "has-review":[{"id-type":"doi","id":"10.5555/review"}]},
  "updated-by":[{"DOI":"10.5555/notice","type":"retraction"}],"subject":["Ecology, Evolution","General Tests"],
  "ISBN":["9783161484100"],"reference":[{"DOI":"10.5555/cited"}]}"#;

fn with(fields: &str) -> String {
    format!(r#"{{"DOI":"10.5555/x","title":["T"],{fields}}}"#)
}

#[test]
fn a_work_is_read_whole() {
    let work = work(read, WORK);
    assert_eq!(
        (work.source.as_str(), work.record_key.as_str()),
        ("Crossref", "10.5555/abc")
    );
    assert_eq!(work.kind, WorkKind::Article);
    assert_eq!(work.title_source, "On Examples: A Test");
    assert_eq!(
        work.abstract_source.as_deref(),
        Some("<jats:p>We test.</jats:p>")
    );
    assert_eq!(
        (work.year, work.published_on.as_deref()),
        (Some(2019), Some("2019-03-04"))
    );
    assert_eq!(work.venue.as_deref(), Some("Journal of Tests & Examples"));
    assert_eq!(ids(&work), ["doi:10.5555/abc"]);
    assert_eq!(work.url.as_deref(), Some("https://doi.org/10.5555/abc"));
    let topics: Vec<&str> = work
        .topics
        .iter()
        .map(|topic| topic.name.as_str())
        .collect();
    assert_eq!(topics, ["Ecology, Evolution", "General Tests"]);
}

#[test]
fn persons_and_organisations_are_told_apart() {
    let work = work(read, WORK);
    assert_eq!(
        names(&work),
        ["Ada M. Example Jr.", "Example Study Group", "Mononym"]
    );
    let groups: Vec<bool> = work.authors.iter().map(|author| author.group).collect();
    assert_eq!(groups, [false, true, false]);
    let first = &work.authors[0];
    assert_eq!(first.name.family.as_deref(), Some("Example Jr."));
    assert_eq!(first.affiliations, ["Uni A", "Uni B"]);
    assert_eq!(first.institutions.len(), 1);
    assert_eq!(first.institutions[0].ror.as_deref(), Some("046rm7j60"));
    assert_eq!(
        first.identifiers,
        [("orcid".to_owned(), "0000-0002-1825-0097".to_owned())]
    );
}

#[test]
fn other_versions_are_related_and_the_work_itself_is_not() {
    assert_eq!(
        related(&work(read, WORK)),
        ["PreprintOf doi:10.5555/pre", "VersionOf doi:10.5555/other"]
    );
    let preprint = with(
        r#""type":"posted-content","relation":{"is-preprint-of":{"id-type":"doi","id":"10.5555/y"}}"#,
    );
    assert_eq!(
        related(&work(read, &preprint)),
        ["PublishedAs doi:10.5555/y"]
    );
}

#[test]
fn a_notice_of_retraction_is_not_retracted_itself() {
    assert!(work(read, WORK).retracted);
    for (fields, retracted) in [
        (
            r#""update-to":[{"DOI":"10.5555/other","type":"retraction"}]"#,
            false,
        ),
        (
            r#""update-to":[{"DOI":"10.5555/X","type":"Retraction"}]"#,
            true,
        ),
        (
            r#""updated-by":[{"DOI":"10.5555/n","type":"withdrawal"}]"#,
            true,
        ),
        (
            r#""updated-by":[{"DOI":"10.5555/n","type":"correction"}]"#,
            false,
        ),
        (r#""updated-by":{"DOI":"10.5555/n","type":"removal"}"#, true),
        (r#""updated-by":null"#, false),
    ] {
        assert_eq!(work(read, &with(fields)).retracted, retracted, "{fields}");
    }
}

#[test]
fn dates_are_taken_from_the_best_that_is_known() {
    for (fields, year, date) in [
        (
            r#""issued":{"date-parts":[[null]]},"created":{"date-parts":[[2002,1,3]]}"#,
            Some(2002),
            Some("2002-01-03"),
        ),
        (
            r#""issued":{"date-parts":[[1999]]},"created":{"date-parts":[[2002,1,3]]}"#,
            Some(1999),
            None,
        ),
        (
            r#""published-print":{"date-parts":[["1999","4"]]}"#,
            Some(1999),
            Some("1999-04"),
        ),
        (
            r#""posted":{"date-parts":[[2020,2,31]]}"#,
            Some(2020),
            Some("2020-02"),
        ),
        (r#""issued":{"date-parts":[]},"published":null"#, None, None),
        (r#""issued":{"date-parts":[[0]]}"#, None, None),
    ] {
        let work = work(read, &with(fields));
        assert_eq!(
            (work.year, work.published_on.as_deref()),
            (year, date),
            "{fields}"
        );
    }
}

#[test]
fn kinds_and_venues_follow_the_type() {
    for (kind, expected) in [
        ("posted-content", WorkKind::Preprint),
        ("proceedings-article", WorkKind::ConferencePaper),
        ("reference-entry", WorkKind::Chapter),
        ("monograph", WorkKind::Book),
        ("dissertation", WorkKind::Thesis),
        ("dataset", WorkKind::Dataset),
        ("report", WorkKind::Report),
        ("component", WorkKind::Other),
        ("", WorkKind::Other),
    ] {
        assert_eq!(
            work(read, &with(&format!(r#""type":"{kind}""#))).kind,
            expected,
            "{kind}"
        );
    }
    let preprint =
        with(r#""type":"posted-content","institution":[{"name":"ExampleXiv"}],"publisher":"P""#);
    assert_eq!(work(read, &preprint).venue.as_deref(), Some("ExampleXiv"));
    let book = with(
        r#""type":"book","publisher":"P","ISBN":["http://id.crossref.org/isbn/9783161484100"]"#,
    );
    let book = work(read, &book);
    assert_eq!(book.venue.as_deref(), Some("P"));
    assert_eq!(ids(&book), ["doi:10.5555/x", "isbn:9783161484100"]);
    assert_eq!(
        work(read, &with(r#""type":"journal-article","publisher":"P""#)).venue,
        None
    );
}

#[test]
fn works_without_title_or_doi_are_refused() {
    assert_eq!(
        refusal(read, r#"{"DOI":"10.5555/A","type":"component","title":[]}"#),
        "record 1 (10.5555/a): it has no title"
    );
    assert_eq!(
        refusal(read, r#"{"title":["T"]}"#),
        "record 1: it has no DOI"
    );
    assert_eq!(
        refusal(read, r#"{"DOI":"abc","title":["T"]}"#),
        "record 1 (abc): what it gives as its DOI is none"
    );
    let original = r#"{"DOI":"10.5555/a","title":[],"original-title":["Titel"]}"#;
    assert_eq!(work(read, original).title_source, "Titel");
    let again = r#"{"DOI":"10.5555/a","title":["Tests: a study"],"subtitle":["A study"]}"#;
    assert_eq!(work(read, again).title_source, "Tests: a study");
}

#[test]
fn answers_of_the_api_hold_one_or_many() {
    let one = format!(r#"{{"status":"ok","message-type":"work","message":{WORK}}}"#);
    assert_eq!(work(read, &one).record_key, "10.5555/abc");
    let many = format!(
        r#"{{"status":"ok","message":{{"facets":{{}},"items":[{WORK},{WORK}],"total-results":2}}}}"#
    );
    assert_eq!(read_all(read, many.as_bytes()).len(), 2);
}

#[test]
fn no_change_of_a_record_makes_the_reader_panic() {
    survives_mutation(read, WORK);
}
