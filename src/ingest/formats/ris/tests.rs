use super::*;
use crate::domain::work::WorkKind;
use crate::ingest::formats::xml::testing::{
    all, identifiers, input, names, refusals, survives, topics, work, works,
};
use crate::ingest::record::{Extent, Relation, WorkRecord};

const ARTICLE: &str = "Provider: Example Publisher\r\nContent: text/plain\r\n\r\n\
TY  - JOUR\r\nID  - Berg2008\r\nAU  - Berg, Ada M.\r\nAU  - van den Dahl, Bo, Jr.\r\nAU  - Example, Inc.\r\nAU  - et al.\r\n\
A1  - Berg, Ada M.\r\nTI  - On $\\ell_1$ and\r\n  things\r\nJO  - J. Ex.\r\nJF  - Journal of Examples & Co.\r\n\
PY  - 2008///\r\nDA  - 2008/06/03\r\nDO  - 10.5555/AB.1\r\nAB  - One line.\r\nAnd another.\r\nKW  - graph theory\r\nKW  - Proteins, Recombinant\r\n\
UR  - https://example.org/a;b\r\nL1  - https://arxiv.org/pdf/0801.0001v2\r\nSN  - 0896-3207\r\nM3  - Article\r\nXX  - anything\r\nU1  - 5\r\nER  - \r\n";

fn article(lines: &str) -> WorkRecord {
    work(read, &format!("TY  - JOUR\nTI  - T\n{lines}\nER  - \n"))
}

#[test]
fn a_record_is_read_whole() {
    let work = work(read, ARTICLE);
    assert_eq!(
        (work.source.as_str(), work.record_key.as_str()),
        ("RIS", "doi:10.5555/ab.1")
    );
    assert_eq!(work.kind, WorkKind::Article);
    assert_eq!(work.title_source, r"On $\ell_1$ and things");
    assert_eq!(
        names(&work),
        ["Ada M. Berg", "Bo van den Dahl Jr.", "[Example, Inc.]"]
    );
    assert!(work.more_authors);
    assert_eq!(work.venue.as_deref(), Some("Journal of Examples & Co."));
    assert_eq!(
        (work.year, work.published_on.as_deref()),
        (Some(2008), Some("2008-06-03"))
    );
    assert_eq!(identifiers(&work), ["doi:10.5555/ab.1"]);
    assert_eq!(work.related[0].0, Relation::PreprintOf);
    assert_eq!(work.related[0].1.value, "0801.0001");
    assert_eq!(work.url.as_deref(), Some("https://example.org/a;b"));
    assert_eq!(
        topics(&work),
        ["keyword:graph theory", "keyword:proteins recombinant"]
    );
    assert_eq!(
        work.abstract_source.as_deref(),
        Some("One line.\nAnd another.")
    );
}

#[test]
fn byte_order_mark_and_narrow_lines_are_read() {
    let text =
        "\u{feff}TY - JOUR\nT1 - A title\nER -\nTY  - BOOK\nTI  - Another\nN1 - no field\nER  -";
    let works = works(read, text);
    assert_eq!(works.len(), 2);
    assert_eq!(works[0].title_source, "A title");
    assert_eq!(works[1].title_source, "Another N1 - no field");
}

#[test]
fn lines_that_only_look_like_fields_go_on() {
    let work = article("AB  - First\nit  - not a tag\nAB1 - nor this\nZZ  -nor this\n\nlast");
    assert_eq!(
        work.abstract_source.as_deref(),
        Some("First\nit  - not a tag\nAB1 - nor this\nZZ  -nor this\n\nlast")
    );
}

#[test]
fn a_broken_record_costs_no_other() {
    let good = "TY  - JOUR\nTI  - T\nER  - \n";
    let long = "x\n".repeat(MAX_RECORD_BYTES / 2 + 1);
    let text = format!(
        "{good}TY  - JOUR\nID  - k\nER  - \n{good}TY  - JOUR\nID  - l\nAB  - {long}\nER  - \n{good}TY  - JOUR\nID  - c\nTI  - cut"
    );
    let told = refusals(read, &text);
    assert_eq!(all(read, &text).len(), 6);
    assert_eq!(told[0], "records: record 2 (k): it has no title");
    assert!(
        told[1].starts_with("records: record 4: line 10: it is too long"),
        "{}",
        told[1]
    );
    assert!(
        told[2].contains("record 6 (c): line ")
            && told[2].ends_with("the file ends before its line ER")
    );
    assert_eq!(told.len(), 3);
}

#[test]
fn a_record_without_its_end_is_whole_when_the_next_begins() {
    let found = works(read, "TY  - JOUR\nTI  - A\n\nTY  - JOUR\nTI  - B\nER  - ");
    assert_eq!((found[0].title_source.as_str(), found.len()), ("A", 2));
}

#[test]
fn other_encodings_are_told_by_record() {
    let bytes = b"TY  - JOUR\nID  - a\nTI  - Poincar\xe9\nER  - \nTY  - JOUR\nTI  - B\nER  - \n";
    let found: Vec<_> = read(input(bytes)).collect();
    let told = found[0].as_ref().unwrap_err().to_string();
    assert!(
        told.starts_with("records: record 1 (a): line 1: byte 0xE9 in line 3 is not UTF-8"),
        "{told}"
    );
    assert!(found[1].is_ok());
    let wide: Vec<u8> = "\u{feff}TY  - JOUR"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    assert_eq!(
        read(input(&wide)).next().unwrap().unwrap_err().extent,
        Extent::File
    );
}

#[test]
fn a_file_of_another_format_is_refused() {
    assert_eq!(
        refusals(read, "@article{k, title = {T}}"),
        [
            "records: the file as a whole: this is not a RIS file: no line begins with `TY  -` (file)"
        ]
    );
    assert!(all(read, "\n \n").is_empty());
}

#[test]
fn titles_and_venues_stand_under_many_tags() {
    for (tags, title, venue) in [
        ("TY  - JOUR\nT1  - T\nT2  - J", "T", Some("J")),
        ("TY  - JOUR\nCT  - T\nJA  - J", "T", Some("J")),
        (
            "TY  - JOUR\nTI  - T\nJO  - Short\nT2  - Long",
            "T",
            Some("Long"),
        ),
        (
            "TY  - CHAP\nTI  - T\nBT  - Book\nPB  - House",
            "T",
            Some("Book"),
        ),
        (
            "TY  - CONF\nTI  - T\nC3  - Proceedings\nPB  - House",
            "T",
            Some("Proceedings"),
        ),
        (
            "TY  - BOOK\nBT  - T\nT2  - Series\nPB  - House",
            "T",
            Some("House"),
        ),
        (
            "TY  - THES\nTI  - T\nPB  - University",
            "T",
            Some("University"),
        ),
        ("TY  - GEN\nTI  - T", "T", None),
    ] {
        let work = work(read, &format!("{tags}\nER  - "));
        assert_eq!(
            (work.title_source.as_str(), work.venue.as_deref()),
            (title, venue),
            "{tags}"
        );
    }
}

#[test]
fn kinds_follow_the_type() {
    for (given, kind) in [
        ("JOUR", WorkKind::Article),
        ("cpaper", WorkKind::ConferencePaper),
        ("CHAP", WorkKind::Chapter),
        ("EBOOK", WorkKind::Book),
        ("THES", WorkKind::Thesis),
        ("RPRT", WorkKind::Report),
        ("DATA", WorkKind::Dataset),
        ("COMP", WorkKind::Software),
        ("PREPRINT", WorkKind::Preprint),
        ("ELEC", WorkKind::Other),
        ("", WorkKind::Other),
    ] {
        let work = work(
            read,
            &format!("TY  - {given}\nTI  - T\nSN  - 978-3-16-148410-0\nER  - "),
        );
        assert_eq!(work.kind, kind, "{given}");
        assert_eq!(work.identifiers.len(), usize::from(kind == WorkKind::Book));
    }
    assert_eq!(article("M3  - Preprint").kind, WorkKind::Preprint);
}

#[test]
fn dates_come_in_many_forms() {
    for (lines, year, day) in [
        ("PY  - 2008", Some(2008), None),
        ("Y1  - 2008/06/03/", Some(2008), Some("2008-06-03")),
        ("PY  - 2008///Spring", Some(2008), None),
        (
            "PY  - 2008\nDA  - 2008-06-03",
            Some(2008),
            Some("2008-06-03"),
        ),
        ("PY  - 2008\nDA  - 2011/06/03", Some(2008), None),
        ("DA  - 2008/06//", Some(2008), Some("2008-06")),
        ("PY  - Spring 2008", Some(2008), None),
        ("PY  - in press", None, None),
    ] {
        let work = article(lines);
        assert_eq!(
            (work.year, work.published_on.as_deref()),
            (year, day),
            "{lines}"
        );
    }
}

#[test]
fn numbers_are_found_where_programs_put_them() {
    for (lines, expected) in [
        ("DO  - https://doi.org/10.5555/1", vec!["doi:10.5555/1"]),
        ("M3  - 10.5555/1", vec!["doi:10.5555/1"]),
        ("L3  - http://dx.doi.org/10.5555/1", vec!["doi:10.5555/1"]),
        (
            "UR  - https://doi.org/10.5555/1;https://pubmed.ncbi.nlm.nih.gov/12/",
            vec!["doi:10.5555/1", "pmid:12"],
        ),
        (
            "AN  - 123\nDB  - PubMed\nC2  - PMC12",
            vec!["pmid:123", "pmcid:PMC12"],
        ),
        ("AN  - WOS:000123", vec![]),
        ("JO  - arXiv:2101.00001 [cs]", vec!["arxiv:2101.00001"]),
        ("AN  - arXiv:2101.00001v3", vec!["arxiv:2101.00001"]),
    ] {
        assert_eq!(identifiers(&article(lines)), expected, "{lines}");
    }
}

#[test]
fn authors_of_either_tag_are_listed_once() {
    assert_eq!(
        names(&article(
            "A1  - Berg, A.\nA2  - Nobody, Here\nA1  - Dahl, B."
        )),
        ["A. Berg", "B. Dahl"]
    );
    assert_eq!(
        names(&article(
            "AU  - Ada Berg for the Example Collaboration\nAU  - :"
        )),
        ["Ada Berg", "[Example Collaboration]"]
    );
    assert_eq!(
        names(&article("AU  - Berg, Ada\n  Maria")),
        ["Ada Maria Berg"]
    );
    let alone = article("AU  - Berg, A.\nAD  - University of X, Oslo");
    assert_eq!(alone.authors[0].affiliations, ["University of X, Oslo"]);
    let two = article("AU  - Berg, A.\nAU  - Dahl, B.\nAD  - University of X, Oslo");
    assert!(
        two.authors
            .iter()
            .all(|author| author.affiliations.is_empty())
    );
}

#[test]
fn keywords_stand_in_tags_in_lines_or_in_one() {
    for lines in [
        "KW  - one\nKW  - two",
        "KW  - one\n  two",
        "KW  - one, two",
        "KW  - one; two",
    ] {
        assert_eq!(
            topics(&article(lines)),
            ["keyword:one", "keyword:two"],
            "{lines}"
        );
    }
}

#[test]
fn any_broken_file_ends_without_harm() {
    survives(read, ARTICLE);
}

proptest::proptest! {
    #[test]
    fn any_lines_give_records_and_end(
        text in r"(TY  - JOUR\n|TI  - |AU  - |KW  - |UR  - |DA  - |ER  - ?\n|[A-Zé]{1,2}|[0-9/;,.:-]{1,6}|  - |\r?\n|http://|10\.5555/x| ){0,40}"
    ) {
        for found in read(input(text.as_bytes())).flatten() {
            let Record::Work(work) = found else { panic!("{found:?}") };
            proptest::prop_assert!(!work.title_source.is_empty() && !work.record_key.is_empty());
        }
    }
}
