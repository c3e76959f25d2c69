use super::*;
use crate::domain::ids::WorkId;
use biblatex::{Bibliography, ChunksExt};

fn author(name: &str, family: Option<&str>) -> ExportAuthor {
    ExportAuthor {
        name: name.to_owned(),
        family: family.map(str::to_owned),
        collective: false,
    }
}

fn work() -> Export {
    Export {
        id: WorkId(7),
        path: "/works/7/lanterns".into(),
        title: "Lanterns: a BERT-based study of DNA".into(),
        title_latex: None,
        kind: WorkKind::Article,
        masters: false,
        year: Some(2021),
        published_on: Some("2021-03-09".into()),
        venue: Some("Letters & Lamps".into()),
        authors: vec![
            author("Ada van der Berg", Some("van der Berg")),
            author("Ana María García Márquez", Some("García Márquez")),
            author("Bo Oak", None),
            ExportAuthor {
                collective: true,
                ..author("ATLAS Collaboration", None)
            },
        ],
        more_authors: false,
        abstract_html: None,
        doi: Some("10.1000/a_b(1)".into()),
        arxiv: Some("2101.00001".into()),
        updated_at: 0,
    }
}

#[test]
fn an_entry_says_what_classic_styles_read() {
    let text = entry(&work(), "https://x.test");
    assert_eq!(
        text,
        "@article{bzpeer7,
  author = {van der Berg, Ada and García Márquez, Ana María and Bo Oak and {ATLAS Collaboration}},
  title = {Lanterns: a {BERT}-based study of {DNA}},
  journal = {Letters \\& Lamps},
  year = {2021},
  month = mar,
  doi = {10.1000/a_b(1)},
  eprint = {2101.00001},
  archiveprefix = {arXiv},
  url = {https://x.test/works/7/lanterns},
}"
    );
    let read = Bibliography::parse(&text).unwrap();
    let one = read.get("bzpeer7").unwrap();
    let authors = one.author().unwrap();
    assert_eq!(
        (authors[0].prefix.as_str(), authors[0].name.as_str()),
        ("van der", "Berg")
    );
    assert_eq!(authors[1].given_name, "Ana María");
    assert_eq!(
        (authors[2].given_name.as_str(), authors[2].name.as_str()),
        ("Bo", "Oak")
    );
    assert_eq!(authors[3].name, "ATLAS Collaboration");
    assert_eq!(one.title().unwrap().format_verbatim(), work().title);
}

#[test]
fn every_kind_has_the_type_and_the_place_of_classic_bibtex() {
    for (kind, masters, begin, place) in [
        (
            WorkKind::ConferencePaper,
            false,
            "@inproceedings{",
            "booktitle = ",
        ),
        (WorkKind::Chapter, false, "@incollection{", "booktitle = "),
        (WorkKind::Thesis, false, "@phdthesis{", "school = "),
        (WorkKind::Thesis, true, "@mastersthesis{", "school = "),
        (WorkKind::Report, false, "@techreport{", "institution = "),
        (WorkKind::Book, false, "@book{", "publisher = "),
        (WorkKind::Dataset, false, "@misc{", "howpublished = "),
        (WorkKind::Software, false, "@misc{", "howpublished = "),
    ] {
        let text = entry(
            &Export {
                kind,
                masters,
                ..work()
            },
            "",
        );
        assert!(text.starts_with(begin) && text.contains(place), "{text}");
    }
}

#[test]
fn capitals_that_mean_something_are_kept_and_others_left_to_the_style() {
    for (plain, written) in [
        ("Learning To Rank", "Learning To Rank"),
        ("TeX and iPhones at IBM", "{TeX} and {iPhones} at {IBM}"),
        (
            "A Look at vitamin D, P53 and A",
            "A Look at vitamin {D}, {P53} and A",
        ),
        ("Lamps: Their use", "Lamps: {Their} use"),
        ("THE LAMP OF THE SEA", "THE LAMP OF THE SEA"),
        ("BERT", "{BERT}"),
        ("Cho\u{2010}Jui--x", "Cho-Jui-{}-x"),
    ] {
        assert_eq!(title(plain), written);
    }
}

#[test]
fn a_title_with_mathematics_is_the_latex_of_its_source() {
    let work = Export {
        title: "Rare B⁰_s→μ⁺μ⁻ at the LHC & beyond".into(),
        title_latex: Some(r"Rare $B^0_s\to\mu^+\mu^-$ at the LHC & {\em beyond}".into()),
        ..work()
    };
    let text = entry(&work, "");
    let wanted = r"title = {Rare {$B^0_s\to\mu^+\mu^-$} at the {LHC} \& {\em beyond}},";
    assert!(text.contains(wanted), "{text}");
    Bibliography::parse(&text)
        .unwrap()
        .get("bzpeer7")
        .unwrap()
        .title()
        .unwrap();
    for broken in [
        "$5 lamps",
        "$a{b$}",
        "<i>$x$</i>",
        "costs \\$5 and $x$",
        "\\NTS{} and $x$",
        "no mathematics",
    ] {
        assert_eq!(latex_title(broken), None, "{broken}");
    }
}

#[test]
fn names_that_a_style_would_break_are_whole() {
    for (printed, family, written) in [
        ("Oak, Bo", None, "{Oak, Bo}"),
        ("Fen and Lars", None, "{Fen and Lars}"),
        ("Plato", Some("Plato"), "Plato"),
        ("Le Corbusier", Some("Le Corbusier"), "{Le Corbusier}"),
        ("Cho\u{2010}Jui Hsieh", Some("Hsieh"), "Hsieh, Cho-Jui"),
        ("Bo Oak", Some("Elm"), "Bo Oak"),
    ] {
        assert_eq!(name(&author(printed, family)), written);
    }
}

#[test]
fn a_list_that_was_cut_goes_on() {
    let work = Export {
        more_authors: true,
        ..work()
    };
    assert!(entry(&work, "").contains("{ATLAS Collaboration} and others}"));
}
