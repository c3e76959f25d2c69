use super::super::json::testing::{
    ids, names, read_all, refusal, related, survives_mutation, work,
};
use super::read;
use crate::domain::work::WorkKind;

const LINE: &str = r#"{"id":"2101.00001","submitter":"Ada Example","authors":"A. Example, B. M\\\"uller and the Example Collaboration",
  "title":"A $\\ell_1$ title\n  over two lines","comments":"3 pages","journal-ref":"J. Tests 1 (2022) 3","doi":"10.5555/ABC 10.5555/def",
  "report-no":null,"categories":"cs.LG stat.ML","license":null,"abstract":"  First line\nsecond line.\n",
  "versions":[{"version":"v1","created":"Fri, 1 Jan 2021 18:12:30 GMT"},{"version":"v2","created":"Mon, 7 Feb 2022 10:00:00 GMT"}],
  "update_date":"2022-02-08","authors_parsed":[["Example","Ada","Jr.","University A"],[":","",""],["M\\\"uller","B.",""],["Collaboration","the Example",""]]}"#;

fn with(fields: &str) -> String {
    format!(r#"{{"id":"2101.00001","title":"T",{fields}}}"#)
}

#[test]
fn a_preprint_is_read_whole() {
    let work = work(read, LINE);
    assert_eq!(
        (work.source.as_str(), work.record_key.as_str()),
        ("arXiv", "2101.00001")
    );
    assert_eq!(
        (work.kind, work.venue.as_deref()),
        (WorkKind::Preprint, Some("arXiv"))
    );
    assert_eq!(work.title_source, r"A $\ell_1$ title over two lines");
    assert_eq!(
        work.abstract_source.as_deref(),
        Some("First line\nsecond line.")
    );
    assert_eq!(
        (work.year, work.published_on.as_deref()),
        (Some(2021), Some("2021-01-01"))
    );
    assert_eq!(
        work.url.as_deref(),
        Some("https://arxiv.org/abs/2101.00001")
    );
    let topics: Vec<&str> = work
        .topics
        .iter()
        .map(|topic| topic.code.as_str())
        .collect();
    assert_eq!(topics, ["cs.LG", "stat.ML"]);
}

#[test]
fn the_published_version_is_another_work() {
    let work = work(read, LINE);
    assert_eq!(ids(&work), ["arxiv:2101.00001"]);
    assert_eq!(
        related(&work),
        ["PublishedAs doi:10.5555/abc", "PublishedAs doi:10.5555/def"]
    );
    let own = with(r#""doi":"10.48550/arXiv.2101.00001""#);
    assert!(
        super::super::json::testing::work(read, &own)
            .related
            .is_empty()
    );
}

#[test]
fn authors_come_in_order_without_leftovers() {
    let found = work(read, LINE);
    assert_eq!(
        names(&found),
        ["Ada Example Jr.", "B. Müller", "Example Collaboration"]
    );
    assert_eq!(found.authors[0].affiliations, ["University A"]);
    assert!(found.authors[2].group && !found.authors[1].group);
    let unparsed = with(
        r#""authors":"A. Example (1), B. M\\\"uller (2) and\n  C. Specimen et al. ((1) X, (2) Y)""#,
    );
    let unparsed = work(read, &unparsed);
    assert_eq!(names(&unparsed), ["A. Example", "B. Müller", "C. Specimen"]);
    assert!(unparsed.more_authors);
}

#[test]
fn codes_of_other_schemes_stand_among_the_categories() {
    let text = with(
        r#""categories":"cs.CV math.ST 68T45, 62H30 I.5.3; I.2.10 (Primary) 94A08 and Graphs""#,
    );
    let topics: Vec<String> = work(read, &text)
        .topics
        .iter()
        .map(|topic| format!("{} {}", topic.scheme, topic.code))
        .collect();
    assert_eq!(
        topics,
        [
            "acm I.2.10",
            "acm I.5.3",
            "arxiv cs.CV",
            "arxiv math.ST",
            "msc 62H30",
            "msc 68T45",
            "msc 94A08"
        ]
    );
    let list = with(r#""categories":["cs.CV","math.ST"]"#);
    assert_eq!(work(read, &list).topics.len(), 2);
}

#[test]
fn the_date_is_that_of_the_first_version() {
    for (fields, date) in [
        (
            r#""versions":[],"update_date":"2021-01-31""#,
            Some("2021-01-31"),
        ),
        (
            r#""versions":[],"update_date":"2023-05-05""#,
            Some("2021-01"),
        ),
        (r#""versions":null"#, Some("2021-01")),
        (
            r#""versions":[{"created":"2020-12-31T20:00:00Z"}]"#,
            Some("2020-12-31"),
        ),
    ] {
        assert_eq!(
            work(read, &with(fields)).published_on.as_deref(),
            date,
            "{fields}"
        );
    }
    let old = work(read, r#"{"id":"hep-th/9901001v2","title":"T"}"#);
    assert_eq!(
        (old.record_key.as_str(), old.published_on.as_deref()),
        ("hep-th/9901001", Some("1999-01"))
    );
}

#[test]
fn records_without_number_or_title_are_refused() {
    assert_eq!(
        refusal(read, r#"{"title":"T"}"#),
        "record 1: it has no arXiv number"
    );
    assert_eq!(
        refusal(read, r#"{"id":"2113.00001","title":"T"}"#),
        "record 1 (2113.00001): what it gives as its arXiv number is none"
    );
    assert_eq!(
        refusal(read, r#"{"id":"2101.00001"}"#),
        "record 1 (2101.00001): it has no title"
    );
}

#[test]
fn a_broken_line_spares_the_others() {
    let line = LINE.replace('\n', " ");
    let cut = &line[..line.len() / 2];
    let found = read_all(read, format!("{line}\n{cut}\n{line}\n").as_bytes());
    let read: Vec<bool> = found.iter().map(Result::is_ok).collect();
    assert_eq!(read, [true, false, true]);
}

#[test]
fn no_change_of_a_record_makes_the_reader_panic() {
    survives_mutation(read, LINE);
}
