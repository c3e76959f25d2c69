use std::io::{Cursor, Read as _};
use std::path::Path;

use super::*;
use crate::domain::work::WorkKind;
use crate::ingest::formats::json::samples::Found;
use crate::ingest::formats::xml::testing::{
    all, identifiers, input, names, refusals, survives, topics, work, works,
};
use crate::ingest::record::{Extent, Relation};

const PAGE: &str = r"------------------------------------------------------------------------------
\\
arXiv:math/0202001
From: Ada Berg <ada@example.org>
Date: Fri, 1 Feb 2002 02:02:03 GMT   (391kb)
Date (revised v2): Sun, 3 Mar 2003 21:43:30 GMT   (439kb,I)

Title: On x: a study of
  Title: lines
Authors: A. Berg (1), J\'ozsef Dahl (1 and 2) and C.
  Elv (2), for the Example Collaboration ((1) Oslo, Norway, (2) Riga)
Categories: math.GR cs.DM
Comments: 10 pages
MSC-class: 20E08; 37B10 (Primary)
ACM-class: G.2.1
Journal-ref: J. Ex. 1 (2003) 1-9
DOI: 10.5555/ABC
License: http://arxiv.org/licenses/nonexclusive-distrib/1.0/
\\
  First paragraph, with
a second line.
  Note: this is no field.
\\
";

#[test]
fn a_page_is_read_whole() {
    let work = work(read, PAGE);
    assert_eq!(
        (work.source.as_str(), work.record_key.as_str()),
        ("arXiv", "math/0202001")
    );
    assert_eq!(work.kind, WorkKind::Preprint);
    assert_eq!(work.title_source, "On x: a study of Title: lines");
    assert_eq!(
        names(&work),
        [
            "A. Berg",
            "József Dahl",
            "C. Elv",
            "[Example Collaboration]"
        ]
    );
    assert_eq!(work.authors[1].affiliations, ["Oslo, Norway", "Riga"]);
    assert_eq!(
        (work.year, work.published_on.as_deref()),
        (Some(2002), Some("2002-02-01"))
    );
    assert_eq!(identifiers(&work), ["arxiv:math/0202001"]);
    assert_eq!(work.related[0].0, Relation::PublishedAs);
    assert_eq!(work.related[0].1.value, "10.5555/abc");
    assert_eq!(
        topics(&work),
        [
            "acm:G.2.1",
            "arxiv:cs.DM",
            "arxiv:math.GR",
            "msc:20E08",
            "msc:37B10"
        ]
    );
    assert_eq!(
        work.abstract_source.as_deref(),
        Some("First paragraph, with\na second line.\n  Note: this is no field.")
    );
    assert_eq!(
        work.url.as_deref(),
        Some("https://arxiv.org/abs/math/0202001")
    );
}

#[test]
fn pages_may_follow_each_other_as_in_listings() {
    let mail = PAGE
        .replace("math/0202001", "2101.00001")
        .replace(
            "line.\n  Note: this is no field.\n\\\\",
            "line.\n\\\\ ( https://arxiv.org/abs/2101.00001 ,  12kb)",
        )
        .replace('\n', "\r\n");
    let found = works(read, &format!("{PAGE}{mail}"));
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].record_key, "2101.00001");
    assert_eq!(found[1].title_source, found[0].title_source);
}

#[test]
fn a_line_of_latex_does_not_end_an_abstract() {
    let page = PAGE.replace("a second", "a\n\\\\\n\nthird and second");
    let expected =
        "First paragraph, with\na\n\\\\\n\nthird and second line.\n  Note: this is no field.";
    for text in [page.clone(), format!("{page}\n\n"), format!("{page}{page}")] {
        let found = works(read, &text);
        assert_eq!(found[0].abstract_source.as_deref(), Some(expected));
    }
    let (_, bare) = page.split_once('\n').unwrap();
    assert_eq!(works(read, &bare.repeat(3)).len(), 3);
}

#[test]
fn files_of_the_first_years_name_the_paper() {
    let old = PAGE
        .replace("arXiv:math", "Paper: math")
        .replace("Authors:", "Author:");
    assert_eq!(work(read, &old), work(read, PAGE));
}

#[test]
fn a_broken_page_costs_no_other() {
    let other = PAGE.replace("math/0202001", "x/1");
    let text = format!("{other}{}{PAGE}", PAGE.replace("arXiv:math", "No: math"));
    assert_eq!(
        refusals(read, &text),
        [
            "records: record 1 (x/1): line 2: what it gives as its arXiv number is none",
            "records: record 2: line 25: it has no arXiv number",
        ]
    );
    assert_eq!(all(read, &text).len(), 3);
    assert_eq!(
        refusals(read, &PAGE.replace("Title: On x: a study of", "Titel: x")),
        ["records: record 1 (math/0202001): it has no title"]
    );
    let cut = &PAGE[..PAGE.len() - 5];
    assert_eq!(
        refusals(read, cut),
        ["records: record 1 (math/0202001): line 2: the file ends before the abstract does"]
    );
    let long = PAGE.replace("a second", &"x\n".repeat(MAX_RECORD_BYTES / 2));
    assert!(refusals(read, &long)[0].contains("line 2: it is too long"));
}

#[test]
fn other_files_are_told() {
    assert_eq!(
        refusals(read, "{\"id\": 1}"),
        [r"records: the file as a whole: this is not an abs file of arXiv: no line is \\ (file)"]
    );
    assert!(all(read, "------------\n\n").is_empty());
    let latin = PAGE
        .as_bytes()
        .iter()
        .map(|byte| if *byte == b'J' { 0xe9 } else { *byte });
    let error = read(input(&latin.collect::<Vec<u8>>()))
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(error.extent, Extent::Record);
    assert!(
        error
            .to_string()
            .contains("byte 0xE9 in line 10 is not UTF-8"),
        "{error}"
    );
}

#[test]
fn every_file_of_the_sample_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/arxiv_abs_legacy.tar.gz");
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return;
    }
    let file = std::fs::File::open(path).unwrap();
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let mut found = Found::default();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        if !name.ends_with(".abs") {
            continue;
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let bytes = Box::new(Cursor::new(bytes));
        found.add(read(Input { name, bytes }));
    }
    assert_eq!((found.works.len(), found.keys()), (569, 569));
    assert!(found.refused().is_empty(), "{:?}", found.refused());
    let whole = |work: &crate::ingest::record::WorkRecord| {
        work.published_on.is_some() && !work.authors.is_empty() && work.abstract_source.is_some()
    };
    assert!(found.works.iter().all(whole));
    let count = |test: fn(&crate::ingest::record::WorkRecord) -> bool| {
        found.works.iter().filter(|work| test(work)).count()
    };
    // Four name no category, two one that does not exist.
    assert_eq!(
        count(|work| work.topics.iter().any(|topic| topic.scheme == "arxiv")),
        563
    );
    assert_eq!(count(|work| !work.related.is_empty()), 314);
}

#[test]
fn any_broken_file_ends_without_harm() {
    survives(read, PAGE);
}

proptest::proptest! {
    #[test]
    fn any_lines_give_records_and_end(
        text in r"(\\\\\n|arXiv:(2101\.00001)?|Title: |Authors: |Date: |DOI: |[(),:;1 é]|and|\n  |\n){0,50}"
    ) {
        for found in read(input(text.as_bytes())).flatten() {
            let Record::Work(work) = found else { panic!("{found:?}") };
            proptest::prop_assert!(!work.title_source.is_empty() && !work.record_key.is_empty());
        }
    }
}
