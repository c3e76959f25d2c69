use super::*;
use crate::ingest::formats::xml::testing::{
    all, identifiers, input, names, person, refusals, survives, work,
};
use crate::ingest::record::Record;

fn file(records: &str) -> String {
    format!("<?xml version=\"1.0\"?><!DOCTYPE dblp SYSTEM \"dblp.dtd\"><dblp>{records}</dblp>")
}

const PAPER: &str = r#"<inproceedings key="conf/ex/BergD08" mdate="2008-10-20">
    <author orcid="0000-0002-1825-0097">Ada Berg 0001</author><author>B&ouml; Dahl</author><author>Example Collaboration</author>
    <editor>Nobody Here</editor>
    <title>On <i>x</i><sub>1</sub> and <tt>y</tt>.</title><pages>15-25</pages><year>2008</year><booktitle>EX &amp; Co.</booktitle>
    <ee>http://doi.acm.org/10.5555/AB.1</ee><ee>https://example.org/paper.pdf</ee><ee>https://arxiv.org/abs/0801.0001</ee>
    <ee>http://dx.doi.org/10.5555/with space</ee><crossref>conf/ex/2008</crossref><url>db/conf/ex/ex2008.html</url></inproceedings>"#;

#[test]
fn a_paper_is_read_whole() {
    let work = work(read, &file(PAPER));
    assert_eq!(
        (work.source.as_str(), work.record_key.as_str()),
        ("dblp", "conf/ex/BergD08")
    );
    assert_eq!(work.kind, WorkKind::ConferencePaper);
    assert_eq!(work.title_source, "On <i>x</i><sub>1</sub> and <tt>y</tt>");
    assert_eq!(
        names(&work),
        ["Ada Berg", "Bö Dahl", "[Example Collaboration]"]
    );
    let pair = |scheme: &str, value: &str| (scheme.to_owned(), value.to_owned());
    assert_eq!(
        work.authors[0].identifiers,
        [
            pair("dblp", "Ada Berg 0001"),
            pair("orcid", "0000-0002-1825-0097")
        ]
    );
    assert!(work.authors[1].identifiers.is_empty());
    assert_eq!(work.venue.as_deref(), Some("EX & Co."));
    assert_eq!((work.year, &work.published_on), (Some(2008), &None));
    assert_eq!(
        identifiers(&work),
        [
            "doi:10.5555/ab.1",
            "dblp:conf/ex/BergD08",
            "url:https://example.org/paper.pdf"
        ]
    );
    assert_eq!(work.related[0].0, Relation::PreprintOf);
    assert_eq!(work.related[0].1.value, "0801.0001");
    assert_eq!(
        work.url.as_deref(),
        Some("https://dblp.org/rec/conf/ex/BergD08")
    );
}

#[test]
fn articles_of_corr_are_arxivs_preprints() {
    for (volume, edition, id) in [
        ("abs/2101.00001", "", "2101.00001"),
        ("cs.DC/0001001", "", "cs/0001001"),
        (
            "abs/2101.00002",
            "<ee>https://doi.org/10.48550/arXiv.2101.00002</ee>",
            "2101.00002",
        ),
    ] {
        let work = work(
            read,
            &format!(
                "<article publtype=\"informal withdrawn\" key=\"journals/corr/x\"><title>T</title><journal>CoRR</journal>\
                 <volume>{volume}</volume>{edition}<year>2021</year><month>March</month></article>"
            ),
        );
        assert_eq!(work.kind, WorkKind::Preprint);
        assert_eq!(
            identifiers(&work),
            [format!("arxiv:{id}"), "dblp:journals/corr/x".to_owned()]
        );
        assert!(work.related.is_empty() && work.retracted);
        assert_eq!(work.published_on.as_deref(), Some("2021-03"));
    }
}

#[test]
fn kinds_follow_the_element_and_its_type() {
    for (element, kind) in [
        ("article", WorkKind::Article),
        ("book", WorkKind::Book),
        ("proceedings", WorkKind::Book),
        ("incollection", WorkKind::Chapter),
        ("phdthesis", WorkKind::Thesis),
        ("mastersthesis", WorkKind::Thesis),
        ("data", WorkKind::Dataset),
        ("www", WorkKind::Other),
    ] {
        let text = format!(
            "<{element} key=\"k\"><title>T...</title><isbn>978-3-16-148410-0</isbn></{element}>"
        );
        let work = work(read, &file(&text));
        assert_eq!(
            (work.kind, work.title_source.as_str()),
            (kind, "T..."),
            "{element}"
        );
        assert_eq!(
            work.identifiers.len(),
            1 + usize::from(kind == WorkKind::Book)
        );
    }
    let software = "<data key=\"k\" publtype=\"software\"><title>T</title></data>";
    assert_eq!(work(read, software).kind, WorkKind::Software);
}

#[test]
fn letters_of_one_byte_are_read_by_the_declaration() {
    let text = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><dblp><book key=\"k\"><author>B\xf6 D&auml;hl</author>\
        <title>&Uuml;ber &#955;</title></book></dblp>";
    let Some(Ok(Record::Work(work))) = read(input(text)).next() else {
        panic!("no work");
    };
    assert_eq!(names(&work), ["Bö Dähl"]);
    assert_eq!(work.title_source, "Über λ");
}

#[test]
fn the_page_of_a_person_is_read_whole() {
    let person = person(
        read,
        &file(
            r#"<www key="homepages/12/3456"><author orcid="0000-0002-1825-0097">Ada Berg 0001</author><author>Ada Dahl</author>
            <title>Home Page</title><url>https://orcid.org/0000-0002-1825-0097</url><url>https://berg.example.org/</url>
            <url>no address</url><note type="affiliation" label="2001 - 2010">University of Oslo</note>
            <note type="affiliation" label="since 2012">University of Riga</note><note type="affiliation" label="until 2000">Turku</note>
            <note type="affiliation">Somewhere</note><note type="uname">安达</note><note type="isnot">Ada Berg 0002</note>
            <note type="award">A prize</note></www>"#,
        ),
    );
    let pair = |scheme: &str, value: &str| (scheme.to_owned(), value.to_owned());
    assert_eq!(
        (person.source.as_str(), person.record_key.as_str()),
        ("dblp", "homepages/12/3456")
    );
    assert_eq!(person.name.display(), "Ada Berg");
    let others: Vec<String> = person.other_names.iter().map(PersonName::display).collect();
    assert_eq!(others, ["Ada Dahl", "安达"]);
    assert_eq!(
        person.identifiers,
        [
            pair("dblp", "Ada Berg 0001"),
            pair("orcid", "0000-0002-1825-0097")
        ]
    );
    assert_eq!(person.urls, ["https://berg.example.org/"]);
    let years: Vec<_> = person
        .institutions
        .iter()
        .map(|(institution, first, last)| (institution.name.as_str(), *first, *last))
        .collect();
    assert_eq!(
        years,
        [
            ("University of Oslo", Some(2001), Some(2010)),
            ("University of Riga", Some(2012), None),
            ("Turku", None, Some(2000)),
            ("Somewhere", None, None),
        ]
    );
    assert_eq!(person.not_the_same, [pair("dblp", "Ada Berg 0002")]);
}

#[test]
fn pages_of_nobody_in_particular_are_refused_with_the_reason() {
    let text = file(
        "<www key='homepages/1'><crossref>homepages/2</crossref></www>\
         <www key='homepages/3' publtype='disambiguation'><author>Ada Berg</author></www>\
         <www key='homepages/4'><title>Home Page</title></www><book><title>T</title></book><book key='b'/>",
    );
    assert_eq!(
        refusals(read, &text),
        [
            "records: record 1 (homepages/1): it only points to homepages/2",
            "records: record 2 (homepages/3): it stands for several people of one name",
            "records: record 3 (homepages/4): it names nobody",
            "records: record 4: it has no key",
            "records: record 5 (b): it has no title",
        ]
    );
}

#[test]
fn an_unknown_entity_spoils_one_record() {
    let text =
        file("<book key='a'><title>&lol;</title></book><book key='b'><title>T</title></book>");
    let found = all(read, &text);
    assert!(found[0].is_err() && found[1].is_ok());
}

#[test]
fn any_broken_file_ends_without_harm() {
    survives(
        read,
        r#"<dblp><book key="k"><author orcid="x">A 0001</author><title>B&ouml;</title></book></dblp>"#,
    );
}
