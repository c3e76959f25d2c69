use super::*;
use crate::ingest::formats::xml::testing::{
    all, identifiers, input, names, refusals, survives, work, works,
};
use crate::ingest::markup;

fn collection(id: &str, volumes: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n<collection id=\"{id}\">{volumes}</collection>"
    )
}

fn volume(id: &str, kind: &str, meta: &str, papers: &str) -> String {
    format!("<volume id=\"{id}\" type=\"{kind}\"><meta>{meta}</meta>{papers}</volume>")
}

/// The only paper of a collection.
fn paper(inside: &str) -> WorkRecord {
    let papers = format!("<paper id=\"1\">{inside}</paper>");
    let meta = "<booktitle>B</booktitle><year>2022</year>";
    work(
        read,
        &collection("2022.acl", &volume("long", "proceedings", meta, &papers)),
    )
}

const META: &str = "<booktitle>Proceedings of the <fixed-case>E</fixed-case>xample Meeting &amp; Friends</booktitle>\
    <editor><first>Nobody</first><last>Here</last></editor><publisher>P</publisher><address>Oslo, Norway</address>\
    <month>October 29 – November 1</month><year>2022</year><url hash=\"1\">2022.acl-long</url><venue>acl</venue>\
    <doi>10.5555/volume</doi>";

const PAPERS: &str = r#"<frontmatter><url hash="2">2022.acl-long.0</url><bibkey>acl-2022-long</bibkey></frontmatter>
    <paper id="1"><title>On <fixed-case>E</fixed-case>xample<fixed-case>N</fixed-case>ets in <tex-math>O(n^2)</tex-math> with <i>a</i> &lt; <b>b</b></title>
      <author id="ada-berg-oslo" orcid="0000-0002-1825-0097"><first>Ada</first><last>Berg</last><affiliation>University of Oslo</affiliation>
        <affiliation>Riga &amp; Sons</affiliation><variant script="hani"><first>安达</first><last>伯</last></variant></author>
      <author><first/><last>Mononym</last></author>
      <author><first>Bo</first><last>van der DAHL</last></author>
      <author><last>Example Consortium</last></author>
      <author><first>Bo</first><last>van der DAHL</last></author>
      <editor><first>Nobody</first><last>There</last></editor>
      <pages>1–12</pages><abstract>We show <tex-math>\lambda</tex-math>
at <url>https://example.org/x</url>.</abstract>
      <url hash="3">2022.acl-long.1</url><doi>10.5555/ACL.1</doi><bibkey>berg-2022</bibkey>
      <award>Best</award><video href="v.mp4"/><pwccode url="https://example.org" additional="false">x</pwccode></paper>"#;

#[test]
fn a_paper_is_read_whole() {
    let work = work(
        read,
        &collection("2022.acl", &volume("long", "proceedings", META, PAPERS)),
    );
    assert_eq!(
        (work.source.as_str(), work.record_key.as_str()),
        ("ACL Anthology", "2022.acl-long.1")
    );
    assert_eq!(work.kind, WorkKind::ConferencePaper);
    assert_eq!(
        work.title_source,
        "On ExampleNets in $O(n^2)$ with <i>a</i> < <b>b</b>"
    );
    assert_eq!(
        work.abstract_source.as_deref(),
        Some("We show $\\lambda$\nat https://example.org/x.")
    );
    assert_eq!(
        work.venue.as_deref(),
        Some("Proceedings of the Example Meeting & Friends")
    );
    assert_eq!(
        (work.year, work.published_on.as_deref()),
        (Some(2022), Some("2022-10"))
    );
    assert_eq!(
        identifiers(&work),
        [
            "doi:10.5555/acl.1",
            "acl:2022.acl-long.1",
            "url:https://aclanthology.org/2022.acl-long.1.pdf"
        ]
    );
    assert_eq!(
        work.url.as_deref(),
        Some("https://aclanthology.org/2022.acl-long.1")
    );
    assert!(!work.retracted && !work.more_authors);
    let title = markup::render(&work.title_source, markup::Shape::Line);
    assert_eq!(title.text, "On ExampleNets in O(n²) with a < b");
}

#[test]
fn authors_are_kept_as_printed_with_what_is_known_of_them() {
    let work = work(
        read,
        &collection("2022.acl", &volume("long", "proceedings", META, PAPERS)),
    );
    // Capitals stay, and so does a name that the paper has twice: whose it is, others decide.
    assert_eq!(
        names(&work),
        [
            "Ada Berg",
            "Mononym",
            "Bo van der DAHL",
            "[Example Consortium]",
            "Bo van der DAHL"
        ]
    );
    let author = &work.authors[0];
    let pair = |scheme: &str, value: &str| (scheme.to_owned(), value.to_owned());
    assert_eq!(
        author.identifiers,
        [
            pair("acl", "ada-berg-oslo"),
            pair("orcid", "0000-0002-1825-0097")
        ]
    );
    assert_eq!(author.affiliations, ["University of Oslo", "Riga & Sons"]);
    assert_eq!(author.other_names, [PersonName::literal("伯安达")]);
    assert_eq!(
        (author.name.given.as_deref(), author.name.family.as_deref()),
        (Some("Ada"), Some("Berg"))
    );
    let mononym = &work.authors[1];
    assert_eq!(
        (
            mononym.name.given.as_deref(),
            mononym.name.family.as_deref()
        ),
        (None, Some("Mononym"))
    );
    assert!(mononym.identifiers.is_empty());
    assert_eq!(work.authors[2].name.family.as_deref(), Some("van der DAHL"));
}

#[test]
fn variants_are_other_names_unless_they_say_the_same() {
    let author = |inside: &str| {
        paper(&format!("<title>T</title>{inside}"))
            .authors
            .remove(0)
    };
    let latin = author(
        "<author><first>安达</first><last>伯</last><variant><first>Ada</first><last>Bo</last></variant>\
         <variant><first>安达</first><last>伯</last></variant><variant><first/><last> </last></variant></author>",
    );
    let shown: Vec<String> = latin.other_names.iter().map(PersonName::display).collect();
    assert_eq!(shown, ["Ada Bo"]);
    let mistyped = author(
        "<author id=\"\" orcid=\"0000-0002-1825-0098\"><first>A</first><last>B</last></author>",
    );
    assert!(mistyped.identifiers.is_empty());
}

#[test]
fn papers_without_authors_have_none_and_editors_are_none() {
    let nobody = paper(
        "<title>Panel</title><author><first/><last>:</last></author>\
         <editor><first>Ada</first><last>Berg</last></editor>",
    );
    assert!(nobody.authors.is_empty());
}

#[test]
fn numbers_follow_the_rules_of_their_time() {
    for (collection, volume, paper, expected) in [
        ("J79", "1", "1", Some("J79-1001")),
        ("P18", "2", "42", Some("P18-2042")),
        ("P03", "1", "0", Some("P03-1000")),
        ("W18", "63", "1", Some("W18-6301")),
        ("W00", "1", "12", Some("W00-0112")),
        ("C69", "1", "7", Some("C69-0107")),
        ("D19", "1", "345", Some("D19-1345")),
        ("D19", "57", "2", Some("D19-5702")),
        ("2022.acl", "long", "1", Some("2022.acl-long.1")),
        ("1952.earlymt", "1", "15", Some("1952.earlymt-1.15")),
        ("P18", "long", "1", None),
        ("P18", "10", "1", None),
        ("P18", "1", "1000", None),
        ("W18", "1", "100", None),
        ("p18", "1", "1", None),
        ("P2018", "1", "1", None),
        ("22.acl", "1", "1", None),
        ("2022.acl", "", "1", None),
        ("2022.acl", "1", "../1", None),
        ("", "1", "1", None),
    ] {
        assert_eq!(
            paper_id(collection, volume, paper).as_deref(),
            expected,
            "{collection} {volume} {paper}"
        );
    }
}

#[test]
fn the_year_of_a_collection_stands_in_for_a_missing_one() {
    for (id, volume_id, year) in [
        ("J79", "1", 1979),
        ("P18", "1", 2018),
        ("C65", "1", 1965),
        ("2022.acl", "long", 2022),
    ] {
        let papers = "<paper id=\"1\"><title>T</title></paper>";
        let text = collection(id, &volume(volume_id, "proceedings", "", papers));
        let work = work(read, &text);
        assert_eq!((work.year, work.published_on), (Some(year), None), "{id}");
    }
}

#[test]
fn the_first_month_is_found_in_what_volumes_write() {
    for (text, expected) in [
        ("July", Some("07")),
        ("7", Some("07")),
        ("Sept", Some("09")),
        ("October 21-25", Some("10")),
        ("1–3 December", Some("12")),
        ("29 October--3 November", Some("10")),
        ("May–June", Some("05")),
        ("Septemer", None),
        ("Winter", None),
    ] {
        let meta = format!("<month>{text}</month><year>2001</year>");
        let papers = "<paper id=\"1\"><title>T</title></paper>";
        let work = work(
            read,
            &collection("P01", &volume("1", "proceedings", &meta, papers)),
        );
        let expected = expected.map(|month| format!("2001-{month}"));
        assert_eq!(work.published_on, expected, "{text}");
    }
}

#[test]
fn articles_appear_in_their_journal_and_not_in_its_issue() {
    for (meta, venue) in [
        (
            "<booktitle>Example Linguistics, Volume 25, Number 1, March 1999</booktitle>",
            "Example Linguistics",
        ),
        (
            "<booktitle>Example Linguistics. Formerly the Old Journal, Volume 10, Number1</booktitle>",
            "Example Linguistics",
        ),
        (
            "<booktitle>Examples, Volume 52, Numéro 2 : Vers l’exemple [Towards]</booktitle>",
            "Examples",
        ),
        (
            "<booktitle>Old Journal (December 1978)</booktitle><journal-title>Old Journal &amp; Co.</journal-title>",
            "Old Journal & Co.",
        ),
        (
            "<booktitle>Journal of Volumes (May 1978)</booktitle>",
            "Journal of Volumes",
        ),
    ] {
        let papers = "<paper id=\"1\"><title>T</title></paper>";
        let work = work(
            read,
            &collection("J99", &volume("1", "journal", meta, papers)),
        );
        assert_eq!(work.kind, WorkKind::Article);
        assert_eq!(work.venue.as_deref(), Some(venue), "{meta}");
    }
    let inside = paper("<title>T</title><journal>Journal of Examples</journal><issue>2</issue>");
    assert_eq!(inside.kind, WorkKind::Article);
    assert_eq!(inside.venue.as_deref(), Some("Journal of Examples"));
}

#[test]
fn every_volume_has_its_own_head() {
    let volumes = [
        volume(
            "1",
            "journal",
            "<booktitle>One, Volume 1</booktitle><year>2001</year>",
            "<paper id=\"1\"><title>A</title></paper><paper id=\"2\"><title>B</title></paper>",
        ),
        volume(
            "2",
            "proceedings",
            "<booktitle>Two</booktitle>",
            "<paper id=\"1\"><title>C</title></paper><paper id=\"2\" type=\"backmatter\"><title>List</title></paper>",
        ),
        "<event id=\"acl-2002\"><colocated><volume-id>P02-1</volume-id></colocated></event>"
            .to_owned(),
    ];
    let found: Vec<_> = works(read, &collection("P02", &volumes.concat()))
        .into_iter()
        .map(|work| {
            (
                work.record_key,
                work.kind,
                work.venue.unwrap_or_default(),
                work.year,
            )
        })
        .collect();
    let row =
        |key: &str, kind, venue: &str, year| (key.to_owned(), kind, venue.to_owned(), Some(year));
    assert_eq!(
        found,
        [
            row("P02-1001", WorkKind::Article, "One", 2001),
            row("P02-1002", WorkKind::Article, "One", 2001),
            row("P02-2001", WorkKind::ConferencePaper, "Two", 2002),
            row("P02-2002", WorkKind::Other, "Two", 2002),
        ]
    );
}

#[test]
fn copies_and_handles_elsewhere_are_addresses() {
    for (fields, expected) in [
        (
            "<url>https://example.org/paper.pdf</url>",
            &["url:https://example.org/paper.pdf"][..],
        ),
        ("<url>https://doi.org/10.5555/X</url>", &["doi:10.5555/x"]),
        (
            "<doi>http://hdl.handle.net/2065/1</doi>",
            &["url:http://hdl.handle.net/2065/1"],
        ),
        ("<doi>doi:10.5555/X</doi>", &["doi:10.5555/x"]),
        ("<doi>0.5555/X</doi><url/>", &[]),
        // The file may have another name than the paper.
        (
            "<url>2022.acl-other.1</url>",
            &["url:https://aclanthology.org/2022.acl-other.1.pdf"],
        ),
    ] {
        let work = paper(&format!("<title>T</title>{fields}"));
        let others: Vec<String> = identifiers(&work)
            .into_iter()
            .filter(|id| !id.starts_with("acl:"))
            .collect();
        assert_eq!(others, expected, "{fields}");
    }
}

#[test]
fn retracted_papers_are_marked_and_removed_ones_deleted() {
    let retracted = paper("<title>T</title><retracted date=\"2023-01-01\">Wrong.</retracted>");
    assert!(retracted.retracted);
    let papers =
        "<paper id=\"1\"><title>T</title><removed date=\"2023-01-01\">Copied.</removed></paper>";
    let found = all(
        read,
        &collection("2022.acl", &volume("long", "proceedings", META, papers)),
    );
    assert_eq!(
        found,
        [Ok(Record::Deleted {
            source: "ACL Anthology".to_owned(),
            record_key: "2022.acl-long.1".to_owned()
        })]
    );
}

#[test]
fn what_cannot_be_read_is_refused_by_name() {
    let papers = "<paper id=\"1\"><title/></paper><paper id=\"x\"><title>T</title></paper><paper><title>T</title></paper>\
        <paper id=\"2\"><title>&eacute;</title></paper>";
    let told = refusals(
        read,
        &collection("P18", &volume("1", "proceedings", META, papers)),
    );
    assert_eq!(
        told[..3],
        [
            "records: record 1 (P18-1001): it has no title",
            "records: record 2 (x): its number, those of its volume (1) and collection (P18) make none of the Anthology",
            "records: record 3: its number, those of its volume (1) and collection (P18) make none of the Anthology",
        ]
    );
    assert!(
        told[3].starts_with("records: record 4 (P18-1002): ")
            && told[3].ends_with("&eacute; stands for nothing known here"),
        "{}",
        told[3]
    );
    assert_eq!(told.len(), 4);
    let old = refusals(read, "<volume id=\"P18\"><paper id=\"1001\"/></volume>");
    assert!(old[0].contains("this is not a collection of the ACL Anthology"));
}

#[test]
fn a_broken_or_missing_head_is_not_that_of_the_volume_before() {
    let papers = "<paper id=\"1\"><title>T</title></paper>";
    let whole = "<booktitle>B</booktitle><year>2017</year>";
    let volumes = [
        volume("1", "journal", whole, papers),
        volume(
            "2",
            "proceedings",
            "<booktitle>&eacute;</booktitle>",
            papers,
        ),
        volume("3", "journal", whole, papers),
        format!("<volume id=\"4\">{papers}</volume>"),
    ];
    let mut found = all(read, &collection("P18", &volumes.concat()));
    assert_eq!(found.len(), 5);
    let told = found.remove(1).unwrap_err().to_string();
    assert!(told.starts_with("records: record 2 (P18-2): "), "{told}");
    let heads: Vec<_> = found
        .into_iter()
        .map(|record| match record {
            Ok(Record::Work(work)) => (work.kind, work.venue, work.year),
            other => panic!("{other:?}"),
        })
        .collect();
    let known = (WorkKind::Article, Some("B".to_owned()), Some(2017));
    // What the collection's number tells is left.
    let unknown = (WorkKind::ConferencePaper, None, Some(2018));
    assert_eq!(heads, [known.clone(), unknown.clone(), known, unknown]);
}

#[test]
fn papers_are_handed_over_while_the_file_is_still_read() {
    let head = "<collection id=\"2022.acl\"><volume id=\"long\"><meta><year>2022</year></meta>";
    let papers: String = (1..100)
        .map(|number| format!("<paper id=\"{number}\"><title>T</title></paper>"))
        .collect();
    // The end is missing: what stood before it has been handed over all the same.
    let found: Vec<_> = read(input(format!("{head}{papers}").as_bytes())).collect();
    assert_eq!(found.len(), 100);
    assert!(found[..99].iter().all(Result::is_ok) && found[99].is_err());
}

#[test]
fn any_broken_file_ends_without_harm() {
    let papers = "<paper id=\"1\"><title>A <tex-math>x</tex-math></title><author id=\"a\"><first>A</first><last>B</last>\
        <variant script=\"hani\"><first>安</first><last>伯</last></variant></author><url>P18-1001</url><doi>10.5555/1</doi></paper>";
    let meta = "<booktitle>B, Volume 1</booktitle><month>May 1</month><year>2018</year>";
    survives(
        read,
        &collection("P18", &volume("1", "journal", meta, papers)),
    );
}

#[test]
fn an_id_that_is_no_more_than_the_name_names_nobody() {
    let author = |given: &str, family: &str, id: &str| RecordAuthor {
        name: name(Some(given), Some(family), None),
        identifiers: vec![
            person_id(id),
            ("orcid".into(), "0000-0002-1825-0097".into()),
        ],
        ..RecordAuthor::default()
    };
    let mut record = WorkRecord {
        authors: vec![
            author("Yang", "Liu", "yang-liu"),
            author("Yang", "Liu", "yang-liu-edinburgh"),
            author("José", "O'Núñez", "jose-onunez"),
        ],
        ..WorkRecord::default()
    };
    forget_ids_made_of_names(&mut record);
    let kept: Vec<usize> = record.authors.iter().map(|a| a.identifiers.len()).collect();
    assert_eq!(kept, [1, 2, 1]);
}
