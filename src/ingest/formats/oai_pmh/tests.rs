use super::*;
use crate::domain::work::WorkKind;
use crate::ingest::formats::xml::testing::{
    all, identifiers, input, names, refusals, survives, topics, work, works,
};

fn answer(content: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2023-01-25T18:45:11Z</responseDate>
        <request verb="ListRecords">http://export.arxiv.org/oai2</request>{content}</OAI-PMH>"#
    )
}

fn record(identifier: &str, metadata: &str) -> String {
    format!(
        "<record><header><identifier>{identifier}</identifier><datestamp>2023-01-25</datestamp></header>\
         <metadata>{metadata}</metadata></record>"
    )
}

const ARXIV: &str = r#"<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>math/0303001</id><created>2003-03-01</created>
    <updated>2004-01-01</updated><authors>
    <author><keyname>Berg</keyname><forenames>Ada</forenames><suffix>Jr.</suffix><affiliation>Oslo</affiliation>
    <affiliation>Riga</affiliation></author>
    <author><keyname>:</keyname></author>
    <author><keyname>Collaboration</keyname><forenames>Example</forenames><affiliation>Oslo</affiliation></author>
    <author><keyname>Collaboration</keyname><forenames>Bo Dahl for the Other</forenames></author>
    </authors><title>A title
      in two lines</title><msc-class>05C80 (Primary) 62H30 (Secondary)</msc-class><acm-class>I.2.6</acm-class>
    <categories>math.CO stat.ML</categories><doi>10.5555/A 10.5555/B</doi><abstract> Text. </abstract></arXiv>"#;

const RAW: &str = r#"<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2101.00001</id><submitter>Ada Berg</submitter>
    <version version="v1"><date>Mon, 4 Jan 2021 22:41:50 GMT</date></version>
    <version version="v2"><date>Sun, 13 Feb 2022 11:17:09 GMT</date></version>
    <title>Raw</title><authors>A. Berg, J. Mu\~noz and C. Elv (Oslo), et al</authors>
    <categories>cs.LG</categories><abstract>Text.</abstract></arXivRaw>"#;

#[test]
fn the_form_with_authors_in_parts_is_read_whole() {
    let work = work(
        read,
        &answer(&format!(
            "<GetRecord>{}</GetRecord>",
            record("oai:arXiv.org:math/0303001", ARXIV)
        )),
    );
    assert_eq!(
        (work.source.as_str(), work.record_key.as_str()),
        ("arXiv", "math/0303001")
    );
    assert_eq!(work.kind, WorkKind::Preprint);
    assert_eq!(work.title_source, "A title in two lines");
    assert_eq!(work.abstract_source.as_deref(), Some("Text."));
    assert_eq!(work.published_on.as_deref(), Some("2003-03-01"));
    assert_eq!(
        names(&work),
        [
            "Ada Berg Jr.",
            "[Example Collaboration]",
            "Bo Dahl",
            "[Other Collaboration]"
        ]
    );
    assert_eq!(work.authors[0].name.family.as_deref(), Some("Berg Jr."));
    assert_eq!(work.authors[0].affiliations, ["Oslo", "Riga"]);
    assert!(work.authors[1].affiliations.is_empty());
    assert_eq!(identifiers(&work), ["arxiv:math/0303001"]);
    assert_eq!(work.related.len(), 2);
    assert_eq!(
        topics(&work),
        [
            "acm:I.2.6",
            "arxiv:math.CO",
            "arxiv:stat.ML",
            "msc:05C80",
            "msc:62H30"
        ]
    );
}

#[test]
fn the_raw_form_has_its_authors_in_one_text_and_its_first_version_dates_it() {
    for text in [RAW.to_owned(), record("oai:arXiv.org:2101.00001", RAW)] {
        let work = work(read, &text);
        assert_eq!(names(&work), ["A. Berg", "J. Muñoz", "C. Elv"]);
        assert_eq!(work.authors[0].affiliations, ["Oslo"]);
        assert!(work.more_authors);
        assert_eq!(work.published_on.as_deref(), Some("2021-01-04"));
    }
}

fn dublin_core(content: &str) -> String {
    format!(
        r#"<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        {content}</oai_dc:dc>"#
    )
}

#[test]
fn arxivs_dublin_core_is_the_same_preprint() {
    let metadata = dublin_core(
        "<dc:title>A title</dc:title><dc:creator>Berg, Ada</dc:creator><dc:creator>Example Collaboration</dc:creator>
         <dc:subject>Mathematics - Combinatorics</dc:subject><dc:subject>05C80 (Primary), 62H30</dc:subject>
         <dc:description>Comment: 7 pages</dc:description><dc:description>  Text.</dc:description>
         <dc:date>2014-12-03</dc:date><dc:date>2010-09-06</dc:date><dc:type>text</dc:type>
         <dc:identifier>http://arxiv.org/abs/1009.1022</dc:identifier><dc:identifier>A Journal, 34 (2008)</dc:identifier>
         <dc:identifier>doi:10.5555/A</dc:identifier>",
    );
    for text in [
        metadata.clone(),
        record("oai:arXiv.org:1009.1022", &metadata),
    ] {
        let work = work(read, &text);
        assert_eq!(
            (work.source.as_str(), work.record_key.as_str()),
            ("arXiv", "1009.1022")
        );
        assert_eq!(work.published_on.as_deref(), Some("2010-09-06"));
        assert_eq!(work.abstract_source.as_deref(), Some("Text."));
        assert_eq!(names(&work), ["Ada Berg", "[Example Collaboration]"]);
        assert_eq!(work.authors[0].name.given.as_deref(), Some("Ada"));
        assert_eq!(identifiers(&work), ["arxiv:1009.1022"]);
        assert_eq!(work.related[0].1.value, "10.5555/a");
        assert_eq!(
            topics(&work),
            [
                "keyword:mathematics combinatorics",
                "msc:05C80",
                "msc:62H30"
            ]
        );
    }
}

#[test]
fn another_repository_is_named_by_its_host() {
    let work = work(
        read,
        &record(
            "oai:repository.example.org:17",
            &dublin_core(
                "<dc:title>A thesis</dc:title><dc:creator>Berg, Ada, Jr.</dc:creator>
                 <dc:creator>Institute of Examples, Oslo</dc:creator><dc:subject>graphs, trees</dc:subject>
                 <dc:type>Text</dc:type><dc:type>info:eu-repo/semantics/doctoralThesis</dc:type><dc:date>2019</dc:date>
                 <dc:publisher>Oslo</dc:publisher><dc:identifier>https://repository.example.org/17</dc:identifier>
                 <dc:identifier>https://doi.org/10.5555/T</dc:identifier>",
            ),
        ),
    );
    assert_eq!(work.source, "repository.example.org");
    assert_eq!(work.record_key, "oai:repository.example.org:17");
    assert_eq!(work.kind, WorkKind::Thesis);
    assert_eq!(identifiers(&work), ["doi:10.5555/t"]);
    assert_eq!(
        names(&work),
        ["Ada Berg Jr.", "[Institute of Examples, Oslo]"]
    );
    assert_eq!((work.year, work.published_on), (Some(2019), None));
    assert_eq!(work.venue.as_deref(), Some("Oslo"));
    assert_eq!(
        work.url.as_deref(),
        Some("https://repository.example.org/17")
    );
}

#[test]
fn kinds_are_known_by_the_words_of_three_vocabularies() {
    for (text, kind) in [
        (
            "http://purl.org/coar/resource_type/c_6501",
            WorkKind::Article,
        ),
        ("info:eu-repo/semantics/bookPart", WorkKind::Chapter),
        ("Conference paper", WorkKind::ConferencePaper),
        ("Image", WorkKind::Other),
    ] {
        let metadata = dublin_core(&format!("<dc:title>T</dc:title><dc:type>{text}</dc:type>"));
        assert_eq!(work(read, &metadata).kind, kind, "{text}");
    }
}

#[test]
fn deleted_records_are_told() {
    let deleted = "<record><header status='deleted'><identifier>oai:arXiv.org:2101.00001v2</identifier></header></record>\
        <record><header status='deleted'><identifier>https://example.org/7</identifier></header></record>";
    let found = all(
        read,
        &answer(&format!("<ListRecords>{deleted}</ListRecords>")),
    );
    let told: Vec<Record> = found.into_iter().map(Result::unwrap).collect();
    let deleted = |source: &str, record_key: &str| Record::Deleted {
        source: source.to_owned(),
        record_key: record_key.to_owned(),
    };
    assert_eq!(
        told,
        [
            deleted("arXiv", "2101.00001"),
            deleted("example.org", "https://example.org/7")
        ]
    );
}

#[test]
fn a_page_tells_how_to_go_on() {
    let text = answer(&format!(
        "<ListRecords>{}<resumptionToken cursor='0' completeListSize='1090'>646|1001</resumptionToken></ListRecords>",
        record("oai:arXiv.org:2101.00001", RAW)
    ));
    let page = read_page(input(text.as_bytes()));
    assert_eq!(page.records.len(), 1);
    assert_eq!(page.resumption_token.as_deref(), Some("646|1001"));
    assert_eq!(page.complete_list_size, Some(1090));
    assert_eq!(page.response_date.as_deref(), Some("2023-01-25T18:45:11Z"));
    assert_eq!(page.error_code, None);
    let last = answer("<ListRecords><resumptionToken cursor='1000'/></ListRecords>");
    assert_eq!(read_page(input(last.as_bytes())).resumption_token, None);
}

#[test]
fn errors_of_the_repository_are_told() {
    let none = answer("<error code='noRecordsMatch'>nothing</error>");
    assert!(works(read, &none).is_empty());
    assert_eq!(
        read_page(input(none.as_bytes())).error_code.as_deref(),
        Some("noRecordsMatch")
    );
    let bad = answer("<error code='badResumptionToken'>it expired</error>");
    assert_eq!(
        refusals(read, &bad),
        [
            "records: the file as a whole: the repository answered badResumptionToken: it expired (file)"
        ]
    );
    let page = read_page(input(bad.as_bytes()));
    assert_eq!(
        (page.error_code.as_deref(), page.records.len()),
        (Some("badResumptionToken"), 1)
    );
}

#[test]
fn what_cannot_be_read_is_told_with_its_name() {
    let text = answer(&format!(
        "<ListRecords>{}{}<record><header><identifier>oai:c:3</identifier></header></record>{}</ListRecords>",
        record("oai:a:1", "<marc><leader/></marc>"),
        record(
            "oai:b:2",
            &dublin_core("<dc:creator>Berg, Ada</dc:creator>")
        ),
        record("oai:d:4", "<arXiv><id>x</id></arXiv>"),
    ));
    assert_eq!(
        refusals(read, &text),
        [
            "records: record 1 (oai:a:1): its metadata is <marc>, which is not read here; ask the repository for oai_dc",
            "records: record 2 (oai:b:2): it has no title",
            "records: record 3 (oai:c:3): it has no metadata",
            "records: record 4 (oai:d:4): its id is not an arXiv number",
        ]
    );
}

#[test]
fn any_broken_answer_ends_without_harm() {
    survives(
        read,
        &record(
            "oai:arXiv.org:2101.00001",
            "<arXiv><id>2101.00001</id><title>A&lt;B</title></arXiv>",
        ),
    );
}
