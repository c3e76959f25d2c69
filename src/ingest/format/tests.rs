use clap::ValueEnum;

use super::*;

#[test]
fn every_format_has_a_name_of_its_own_and_help() {
    for format in Format::ALL {
        assert_eq!(Format::parse(format.name()), Some(format));
        assert!(!format.help().ends_with('.') && format.help().len() > 10);
        let choice = Choice::parse(format.name()).unwrap();
        assert!(choice.formats().contains(&format), "{format}");
        let json = serde_json::to_string(&format).unwrap();
        assert_eq!(json, format!("\"{format}\""));
    }
    assert_eq!(Format::parse("word"), None);
}

#[test]
fn the_command_line_offers_sources_and_formats() {
    let of = |name: &str| Choice::from_str(name, false).map(Choice::formats);
    assert_eq!(of("ror").unwrap(), [Format::Ror]);
    assert_eq!(of("oai-pmh").unwrap(), [Format::ArxivOai]);
    assert_eq!(of("orcid").unwrap(), [Format::OrcidJson, Format::OrcidXml]);
    assert_eq!(of("arxiv").unwrap().len(), 4);
    assert_eq!(of("acl").unwrap(), [Format::Acl, Format::AclPeople]);
    assert!(of("word").is_err());
    for choice in Choice::value_variants() {
        let shown = choice.to_possible_value().unwrap();
        assert_eq!(shown.get_name(), choice.name());
        assert!(shown.get_help().is_some());
    }
    assert_eq!(Choice::from(Format::Ror), Choice::parse("ror").unwrap());
}

#[test]
fn the_first_argument_is_a_format_if_paths_follow() {
    let read = |arguments: &[&str]| {
        let (choice, paths) = Choice::before_paths(arguments.iter().map(Into::into).collect());
        let paths: Vec<String> = paths
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        (choice.map(Choice::name), paths)
    };
    let paths = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(read(&["ror", "a.json"]), (Some("ror"), paths(&["a.json"])));
    assert_eq!(read(&["a.json", "ror"]), (None, paths(&["a.json", "ror"])));
    assert_eq!(read(&["ror"]), (None, paths(&["ror"])));
    assert_eq!(read(&["./ror", "b"]), (None, paths(&["./ror", "b"])));
    assert_eq!(read(&["ror", "ror"]), (Some("ror"), paths(&["ror"])));
    assert_eq!(read(&["-"]), (None, paths(&["-"])));
    assert_eq!(read(&[]), (None, paths(&[])));
}

/// The name of the format that is guessed, `?` for none.
fn guessed(text: &str) -> &'static str {
    guess(text.as_bytes(), "file").map_or("?", Format::name)
}

#[test]
fn json_is_told_by_the_keys_of_its_records() {
    for (format, text) in [
        (
            "openalex",
            r#"{"id":"https://openalex.org/W1","title":"T"}"#,
        ),
        (
            "openalex",
            r#"{"meta":{"count":1,"db_response_time_ms":4},"results":[]}"#,
        ),
        (
            "openalex",
            r#"[{"display_name":"A","orcid":null,"id":"https://openalex.org/A1"}]"#,
        ),
        (
            "openalex",
            r#"{"id":"https://openalex.org/I1","ror":"https://ror.org/01","ids":{"ror":"https://ror.org/01"}}"#,
        ),
        (
            "crossref",
            r#"{"status":"ok","message-type":"work","message":{}}"#,
        ),
        (
            "crossref",
            r#"{"items":[{"DOI":"10.5555/1","indexed":{},"title":["T"]}]}"#,
        ),
        (
            "crossref",
            r#"{"DOI":"10.5555/1","author":[{"family":"B","sequence":"first"}],"title":["T"]}"#,
        ),
        (
            "datacite",
            r#"{"data":{"id":"10.5555/1","type":"dois","attributes":{"doi":"10.5555/1"}}}"#,
        ),
        (
            "datacite",
            r#"{"data":[],"meta":{"total":0,"totalPages":0,"page":1}}"#,
        ),
        (
            "datacite",
            r#"{"doi":"10.5555/1","titles":[],"schemaVersion":"http://datacite.org/schema/kernel-4"}"#,
        ),
        (
            "orcid-json",
            r#"{"orcid-identifier":{"path":"0000-0002-1825-0097"},"person":{}}"#,
        ),
        (
            "orcid-json",
            r#"{"last-modified-date":null,"group":[],"path":"/0000-0002-1825-0097/works"}"#,
        ),
        (
            "ror",
            r#"[{"name":"A","country":{},"id":"https://ror.org/01"}]"#,
        ),
        (
            "ror",
            r#"{"number_of_results":0,"time_taken":1,"items":[],"meta":{}}"#,
        ),
        ("semantic-scholar", r#"{"paperId":"a","title":"T"}"#),
        (
            "semantic-scholar",
            r#"{"total":2,"offset":0,"data":[{"paperId":"a"}]}"#,
        ),
        (
            "semantic-scholar",
            r#"{"offset":0,"data":[{"citingPaper":{"paperId":"a"}}]}"#,
        ),
        ("semantic-scholar", r#"{"total":0,"token":null,"data":[]}"#),
        ("semantic-scholar", "[null,\n{\"corpusid\":1}]"),
        (
            "arxiv-lines",
            r#"{"id":"2101.00001","authors_parsed":[["B","A",""]],"title":"T"}"#,
        ),
        (
            "csl-json",
            r#"[{"id":"a","type":"article-journal","title":"T"}]"#,
        ),
        ("csl-json", r#"[{"title":"T","author":[{"family":"B"}]}]"#),
        (
            "csl-json",
            r#"{"title":"T","issued":{"date-parts":[[2020]]}}"#,
        ),
        (
            "?",
            r#"{"name":"a","version":"1.0.0","type":"module","author":"A"}"#,
        ),
        (
            "?",
            r#"{"title":"A schema","type":"object","properties":{}}"#,
        ),
        ("?", "[1, 2, 3]"),
        ("?", "{}"),
        ("?", "[]"),
    ] {
        assert_eq!(guessed(text), format, "{text}");
        assert_eq!(guessed(&format!("\u{feff} \n{text}")), format, "{text}");
    }
}

#[test]
fn a_start_that_is_cut_off_or_broken_tells_as_much_as_it_can() {
    let record = r#"{"id":"https://openalex.org/W1","title":"T"#;
    assert_eq!(guessed(record), "openalex");
    assert_eq!(
        guessed("{\"id\": \"https://openalex.org/W1\"}\n{\"id"),
        "openalex"
    );
    // The first lines are no JSON, or of a record that says little.
    let broken = "{\"id\": \"a\" \"b\"}\n{]\n{\"id\": null}\n{\"paperId\": \"a\"}\n";
    assert_eq!(guessed(broken), "semantic-scholar");
    let deep = format!("{}{}", "[".repeat(100_000), "{\"paperId\":1}");
    assert_eq!(guessed(&deep), "?");
}

#[test]
fn xml_is_told_by_its_outermost_element() {
    for (format, text) in [
        (
            "arxiv-oai",
            "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">",
        ),
        ("arxiv-oai", "<record><header><identifier>oai:arXiv.org:1"),
        ("arxiv-oai", "<oai_dc:dc xmlns:oai_dc=\"x\"/>"),
        (
            "arxiv-atom",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>http://arxiv.org/api/x</id>",
        ),
        (
            "?",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>http://example.org/</id>",
        ),
        ("dblp", "<!DOCTYPE dblp SYSTEM \"dblp.dtd\">\n<dblp>"),
        ("dblp", "<article key=\"journals/x\" mdate=\"2020-01-01\">"),
        ("?", "<article article-type=\"research-article\">"),
        (
            "acl",
            "<?xml version='1.0'?><!-- note --><collection id=\"P18\">",
        ),
        (
            "?",
            "<collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record>",
        ),
        (
            "pubmed",
            "<!DOCTYPE PubmedArticleSet PUBLIC \"-//NLM//DTD\" \"x.dtd\"><PubmedArticleSet>",
        ),
        ("pubmed", "<PubmedArticle/>"),
        (
            "orcid-xml",
            "<record:record path=\"/0\" xmlns:record=\"http://www.orcid.org/ns/record\">",
        ),
        (
            "orcid-xml",
            "<a:works xmlns:a='http://www.orcid.org/ns/activities'/>",
        ),
        ("?", "<html><body>"),
        ("?", "<!-- nothing -->"),
        ("?", "< >"),
    ] {
        assert_eq!(guessed(text), format, "{text}");
    }
}

#[test]
fn text_is_told_by_lines_that_no_other_format_has() {
    for (format, text) in [
        ("ris", "\r\nTY  - JOUR\r\nER  - \r\n"),
        ("ris", "Provider: x\nContent: text/plain\n\nTY  - JOUR\n"),
        (
            "arxiv-abs",
            "------\n\\\\\narXiv:0704.0001\nFrom: A\n\\\\\n",
        ),
        ("arxiv-abs", "\\\\\nPaper: hep-th/9901001\nTitle: T\n\\\\\n"),
        (
            "bibtex",
            "%%% A header\n%%% of many lines\n@String{a = \"b\"}\n",
        ),
        ("bibtex", "  @ARTICLE (key,"),
        (
            "acl-people",
            "# Names\n- canonical: {first: Ada, last: Berg}\n  variants:\n",
        ),
        ("?", "@ada wrote: hello\n"),
        ("?", "Write to ada@example.org{at home}\n"),
        ("?", "\\\\ is how TeX breaks a line"),
        ("?", "acl:\n  name: Annual Meeting\n"),
        ("?", "\u{1}\u{2}"),
    ] {
        assert_eq!(guessed(text), format, "{text}");
    }
    let people = "ada-berg:\n  names:\n  - {first: Ada, last: Berg}\n";
    assert_eq!(
        guess(people.as_bytes(), "people.yaml"),
        Some(Format::AclPeople)
    );
}

#[test]
fn the_name_counts_where_the_content_says_nothing() {
    for (name, text, format) in [
        ("a.BIB", "% nothing yet", Some(Format::Bibtex)),
        ("a.ris", "nothing yet", Some(Format::Ris)),
        ("a.abs", "nothing yet", Some(Format::ArxivAbs)),
        ("a.csl.json", "[{\"id\": \"a\"}]", Some(Format::CslJson)),
        // The content is stronger.
        (
            "a.bib",
            "{\"paperId\": \"a\"}",
            Some(Format::SemanticScholar),
        ),
        ("a.bib", "<html>", None),
        ("a.ris", "", None),
    ] {
        assert_eq!(guess(text.as_bytes(), name), format, "{name}");
    }
}

#[test]
fn utf_16_is_recognised_so_that_its_reader_can_name_it() {
    let text = "<dblp><article key=\"a\"/></dblp>";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        &little,
        &big,
        &[&[0xff, 0xfe], &little[..]].concat(),
        &[&[0xfe, 0xff], &big[..]].concat(),
    ] {
        assert_eq!(guess(bytes, "file"), Some(Format::Dblp));
    }
}

#[test]
fn no_start_whatsoever_makes_guessing_fail() {
    proptest::proptest!(|(bytes: Vec<u8>, start in "[\\[{<@\\\\ \n\"a-z:]{0,40}")| {
        guess(&bytes, "file");
        guess(&[start.as_bytes(), &bytes].concat(), "file.yaml");
    });
}
