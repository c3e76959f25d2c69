use super::*;
use crate::domain::names::PersonName;
use crate::domain::work::WorkKind;
use crate::ingest::csl_json::MAX_RECORD_BYTES;
use crate::ingest::formats::json::samples;
use crate::ingest::formats::xml::testing::{
    all, identifiers, input, names, refusals, survives, topics, work, works,
};
use crate::ingest::record::{Extent, Relation, WorkRecord};

const PAPER: &str = r#"@string{ex = "Proceedings of " # {Examples}}
@InProceedings{Berg:2008,
  author    = {Berg, Ada and Bo van den Dahl and {Example Consortium, Inc.} and others},
  title     = "{On {$\ell_1$} and "quotes" in {\TeX}}",
  booktitle = ex # { \& Co.},
  month     = jun # "~3",
  year      = 2008,
  doi       = {10.5555/AB\_1},
  eprint    = {0801.0001v2}, archivePrefix = {arXiv}, primaryClass = {cs.LG},
  url       = {\url{https://example.org/a\_b}},
  keywords  = {graph theory, $\ell_1$ norm},
  abstract  = {One
    line.},
}
"#;

fn titles(text: &str) -> Vec<String> {
    all(read, text)
        .into_iter()
        .map(|found| match found {
            Ok(Record::Work(work)) => work.title_source,
            Ok(other) => panic!("{other:?}"),
            Err(error) => format!("!{}: {}", error.place, error.reason),
        })
        .collect()
}

/// The only work of an entry with these fields.
fn article(fields: &str) -> WorkRecord {
    work(read, &format!("@article{{k, title = {{T}}, {fields}}}"))
}

#[test]
fn an_entry_is_read_whole() {
    let work = work(read, PAPER);
    assert_eq!(
        (work.source.as_str(), work.record_key.as_str()),
        ("BibTeX", "doi:10.5555/ab_1")
    );
    assert_eq!(work.kind, WorkKind::ConferencePaper);
    assert_eq!(work.title_source, r#"On {$\ell_1$} and "quotes" in {\TeX}"#);
    assert_eq!(
        names(&work),
        ["Ada Berg", "Bo van den Dahl", "[Example Consortium, Inc.]"]
    );
    assert_eq!(work.authors[1].name.family.as_deref(), Some("van den Dahl"));
    assert!(work.more_authors);
    assert_eq!(work.venue.as_deref(), Some("Proceedings of Examples & Co."));
    assert_eq!(
        (work.year, work.published_on.as_deref()),
        (Some(2008), Some("2008-06-03"))
    );
    assert_eq!(identifiers(&work), ["doi:10.5555/ab_1"]);
    assert_eq!(work.related[0].0, Relation::PreprintOf);
    assert_eq!(work.related[0].1.value, "0801.0001");
    assert_eq!(work.url.as_deref(), Some("https://example.org/a_b"));
    assert_eq!(
        topics(&work),
        ["arxiv:cs.LG", "keyword:graph theory", "keyword:l1 norm"]
    );
    assert_eq!(work.abstract_source.as_deref(), Some("One\n    line."));
}

#[test]
fn a_broken_entry_costs_no_other() {
    let good = |title: &str| format!("@misc{{{title}, title = {{{title}}}}}\n");
    for (broken, told) in [
        ("@misc{k, title = }", "line 2: a value is missing"),
        ("@misc{k,\n title = {T} year = 1}", "line 3: expected comma"),
        ("@misc{k, = {T}}", "line 2: expected identifier"),
        (
            "@misc{k,\n title = {T,\n year = {1}}",
            "line 2: it is not closed before the next entry in line 5",
        ),
        (
            "@misc{k,\n title = \"T,\n year = {1}}",
            "line 2: the quotation mark in line 3 is not closed",
        ),
        (
            "@misc{k, title = {A set}, year = \"{\"}",
            "line 2: it is not closed before the next entry in line 3",
        ),
    ] {
        let text = format!("{}{broken}\n{}", good("A"), good("B"));
        assert_eq!(
            titles(&text),
            ["A", &format!("!record 2 (k): {told}"), "B"],
            "{broken}"
        );
    }
    let cut = titles("@misc{A, title = {A}} @misc{k, title = {B");
    assert_eq!(
        cut,
        [
            "A",
            "!record 2 (k): line 1: the file ends before the entry does"
        ]
    );
    let set = titles("@set{k, entryset = {a,b}}");
    assert_eq!(
        set,
        ["!record 1 (k): line 1: it is a set of other entries and not a work"]
    );
    let string = titles("@string{a = }\n@misc{k, title = a}");
    assert_eq!(
        string,
        ["!record 1 (@string): line 1: a value is missing", "a"]
    );
}

#[test]
fn what_stands_between_entries_is_a_comment() {
    let text = "%@misc{no, title={No}}\nwrite to ada@example.org or @home at {x}\n@comment{ @misc{no, title={No}} }\n\
        @preamble{\"\\input x\" # {y}} @misc(k1, title = {A) \\} b}, ) @MISC\n{k2, % why } and \"\n title = {B}}, year = 1}";
    assert_eq!(titles(text), [r"A) \} b", "B"]);
}

#[test]
fn names_of_entries_may_be_odd_or_missing() {
    let text = "@misc{Smith 2020 \"x\", title={A}} @misc{,title={B}} @misc{title={C}} @misc{k} @misc{é:ü/%, title={D}}";
    assert_eq!(
        titles(text),
        ["A", "B", "C", "!record 4 (k): it has no title", "D"]
    );
}

#[test]
fn abbreviations_count_from_their_definition_on() {
    let text = "@misc{a, title = x} @string{x = {One}, Y = x # \" two\"} @misc{b, title = X # {, } # y # zz}\n\
        @string{x = x # x} @misc{c, title = x}";
    assert_eq!(titles(text), ["x", "One, One twozz", "OneOne"]);
}

#[test]
fn abbreviations_cannot_grow_without_bound() {
    let mut text = "@string{a0 = {xxxxxxxxxxxxxxxx}}\n".to_owned();
    for level in 1..14 {
        let last = format!("a{}", level - 1);
        text += &format!("@string{{a{level} = {last} # {last}}}\n");
    }
    text += "@misc{k, title = a12, note = a1} @misc{l, title = {T}, note = a12 # a1}";
    let found = titles(&text);
    let told = "its abbreviations are too long: at most 65536 bytes are accepted";
    assert_eq!(found[0], format!("!record 1 (@string): line 14: {told}"));
    assert_eq!(found[1], format!("!record 2 (k): line 15: {told}"));
    assert_eq!(found[2], format!("!record 3 (l): line 15: {told}"));
    let many: String = (0..100)
        .map(|n| format!("@string{{a{n} = {{{}}}}}\n", "x".repeat(60_000)))
        .collect();
    assert!(titles(&many)[0].contains("line 70: the abbreviations of this file are too long"));
}

#[test]
fn the_first_of_two_fields_counts_and_empty_ones_do_not() {
    assert_eq!(
        titles("@misc{k, title = {}, Title = {A}, title = {B}}"),
        ["A"]
    );
}

#[test]
fn many_small_fields_take_no_time() {
    let fields: String = (0..200_000).map(|n| format!("f{n}=1,")).collect();
    assert_eq!(titles(&format!("@misc{{k, title={{T}}, {fields}}}")), ["T"]);
}

#[test]
fn an_entry_beyond_the_bound_is_passed_over() {
    let long = "x\n".repeat(MAX_RECORD_BYTES / 2 + 1);
    let found = titles(&format!(
        "@misc{{k, title = {{{long}}}}} @misc{{b, title={{B}}}}"
    ));
    assert_eq!(found.len(), 2);
    assert!(
        found[0].starts_with("!record 1 (k): line 1: it is too long"),
        "{}",
        found[0]
    );
    assert_eq!(found[1], "B");
}

#[test]
fn deep_braces_are_read() {
    let deep = format!("{}T{}", "{".repeat(200_000), "}".repeat(200_000));
    let text = format!("@misc{{k, title = {{T}}, author = {deep}, booktitle = {deep}}}");
    assert_eq!(titles(&text), ["T"]);
    let quadruple = titles("@misc{k, title = {{{{ {T} }}}}}");
    assert_eq!(quadruple, ["T"]);
    assert_eq!(titles("@misc{k, title = {{A} and {B}}}"), ["{A} and {B}"]);
    let commands = format!("{}T{}", r"\a{".repeat(15_000), "}".repeat(15_000));
    let text =
        format!("@misc{{k, title = {{T}}, author = {{{commands}}}, journal = {{{commands}}}}}");
    assert_eq!(titles(&text), ["T"]);
}

#[test]
fn other_encodings_are_told_by_entry() {
    let bytes = b"@misc{a, title = {Poincar\xe9}}\n@misc{b, title = {B}}";
    let found: Vec<_> = read(input(bytes)).collect();
    let told = found[0].as_ref().unwrap_err().to_string();
    assert!(
        told.starts_with("records: record 1 (a): line 1: byte 0xE9 in line 1 is not UTF-8"),
        "{told}"
    );
    assert!(told.contains("ISO-8859-1"));
    assert!(found[1].is_ok());
    let wide: Vec<u8> = "\u{feff}@misc"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let error = read(input(&wide)).next().unwrap().unwrap_err();
    assert_eq!(error.extent, Extent::File);
    assert_eq!(
        titles("\u{feff}@misc{a,\r\n title = {A\r\n B}}\r\n"),
        ["A B"]
    );
}

#[test]
fn a_file_of_another_format_is_refused() {
    assert_eq!(
        refusals(read, "TY  - JOUR\nER  -\n"),
        ["records: the file as a whole: this is not a BibTeX file: it holds no entry (file)"]
    );
    assert!(all(read, "% nothing yet\n\n").is_empty());
    assert!(all(read, "@string{a = {b}}").is_empty());
}

#[test]
fn names_are_read_by_the_rules_of_bibtex() {
    let parts = |field: &str| -> Vec<String> {
        article(&format!("author = {{{field}}}"))
            .authors
            .iter()
            .map(|author| {
                let PersonName {
                    given,
                    family,
                    literal,
                } = &author.name;
                match literal {
                    Some(name) if author.group => format!("[{name}]"),
                    Some(name) => name.clone(),
                    None => format!(
                        "{}|{}",
                        given.as_deref().unwrap_or(""),
                        family.as_deref().unwrap_or("")
                    ),
                }
            })
            .collect()
    };
    for (field, expected) in [
        ("Donald~E. Knuth", vec!["Donald E.|Knuth"]),
        (
            r#"Ludwig van Beethoven AND M{\"u}ller, J{\'o}zsef"#,
            vec!["Ludwig|van Beethoven", "József|Müller"],
        ),
        (
            r"Erd\H os, P\'al and Fran\c cois Dahl",
            vec!["Pál|Erdős", "François|Dahl"],
        ),
        (r"{\'E}lise {\v{C}}ern{\'y}", vec!["Élise|Černý"]),
        ("de la Fontaine, Jr., Jean", vec!["Jean|de la Fontaine Jr."]),
        ("Ada {Bell, II} and Plato", vec!["Ada|Bell II", "Plato"]),
        (
            "family=Berg, given=Ada, prefix=van, useprefix=true",
            vec!["Ada|van Berg"],
        ),
        (
            "{Barnes and Noble} and {{NASA}}",
            vec!["[Barnes and Noble]", "[NASA]"],
        ),
        (r"{\'Agnes} and {\'A}. Elv", vec!["Ágnes", "Á.|Elv"]),
        (
            "Example Collaboration and A. Berg",
            vec!["[Example Collaboration]", "A.|Berg"],
        ),
        (
            "{TUG} {Working} {Group} on Things",
            vec!["[TUG Working Group on Things]"],
        ),
        ("A. Berg; B. Dahl", vec!["A.|Berg", "B.|Dahl"]),
        (
            "A. Berg, B. Dahl, C. Elv, and D. Fors",
            vec!["A. Berg", "B. Dahl", "C. Elv", "D.|Fors"],
        ),
        ("山田 太郎 and 李明", vec!["山田 太郎", "李明"]),
        (
            "Anders Sand and and  and Berg,",
            vec!["Anders|Sand", "Berg"],
        ),
        (":, and ,,", vec![]),
    ] {
        assert_eq!(parts(field), expected, "{field}");
    }
}

#[test]
fn lists_that_stop_early_say_so() {
    for field in [
        "A. Berg and others",
        "A. Berg and {et al.}",
        "A. Berg and et al.",
    ] {
        let work = article(&format!("author = {{{field}}}"));
        assert!(work.more_authors, "{field}");
        assert_eq!(names(&work), ["A. Berg"]);
    }
    assert!(!article("author = {Al Others}").more_authors);
}

#[test]
fn dates_come_in_many_forms() {
    let date = |fields: &str| {
        let work = article(fields);
        (work.year, work.published_on)
    };
    for (fields, year, day) in [
        (
            "date = {2003-06-18/2003-06-20}",
            Some(2003),
            Some("2003-06-18"),
        ),
        ("date = {2003-22}", Some(2003), None),
        ("date = {1998?}, year = 2001", Some(2001), None),
        ("date = {circa 1998}", Some(1998), None),
        (
            "year = 1998, month = \"October 12\"",
            Some(1998),
            Some("1998-10-12"),
        ),
        (
            "year = 1998, month = 12 # \"~\" # oct",
            Some(1998),
            Some("1998-10-12"),
        ),
        (
            "year = {1998/99}, month = jul # \"--\" # aug",
            Some(1998),
            Some("1998-07"),
        ),
        (
            "year = {1998}, month = 3, day = {9}",
            Some(1998),
            Some("1998-03-09"),
        ),
        ("year = {2010-04-01}", Some(2010), Some("2010-04-01")),
        ("year = {1998}, month = {Spring}", Some(1998), None),
        ("year = {in press}", None, None),
        ("year = {20260}", None, None),
    ] {
        assert_eq!(date(fields), (year, day.map(str::to_owned)), "{fields}");
    }
}

#[test]
fn kinds_follow_the_type_of_the_entry() {
    for (entry, kind) in [
        ("Article", WorkKind::Article),
        ("conference", WorkKind::ConferencePaper),
        ("incollection", WorkKind::Chapter),
        ("INBOOK", WorkKind::Chapter),
        ("book", WorkKind::Book),
        ("proceedings", WorkKind::Book),
        ("mvcollection", WorkKind::Book),
        ("phdthesis", WorkKind::Thesis),
        ("thesis", WorkKind::Thesis),
        ("techreport", WorkKind::Report),
        ("unpublished", WorkKind::Report),
        ("dataset", WorkKind::Dataset),
        ("software", WorkKind::Software),
        ("preprint", WorkKind::Preprint),
        ("online", WorkKind::Other),
        ("misc", WorkKind::Other),
        ("whatever", WorkKind::Other),
    ] {
        let text = format!("@{entry}{{k, title = {{T}}, isbn = {{978-3-16-148410-0}}}}");
        let work = work(read, &text);
        assert_eq!(work.kind, kind, "{entry}");
        assert_eq!(work.identifiers.len(), usize::from(kind == WorkKind::Book));
    }
}

#[test]
fn preprints_are_known_by_their_numbers() {
    for fields in [
        "eprint = {2101.00001}, eprinttype = {arxiv}",
        "eprint = {2101.00001}",
        "eprint = {https://arxiv.org/abs/2101.00001v2}",
        "journal = {arXiv preprint arXiv:2101.00001}",
        "journal = {CoRR}, volume = {abs/2101.00001}",
        "doi = {10.48550/arXiv.2101.00001}",
        "howpublished = {\\url{https://arxiv.org/abs/2101.00001}}",
        "url = {http://arxiv.org/pdf/2101.00001.pdf}",
    ] {
        let work = article(fields);
        assert_eq!(identifiers(&work), ["arxiv:2101.00001"], "{fields}");
        assert_eq!(work.kind, WorkKind::Preprint, "{fields}");
    }
    let old = article("archiveprefix = {hep-th}, eprint = {9901001}");
    assert_eq!(identifiers(&old), ["arxiv:hep-th/9901001"]);
    let medical = article("journal = {J}, eprinttype = {pubmed}, eprint = {123}, pmcid = {PMC12}");
    assert_eq!(identifiers(&medical), ["pmid:123", "pmcid:PMC12"]);
}

#[test]
fn dblps_entries_keep_their_keys() {
    let work = work(
        read,
        "@article{DBLP:journals/x/BergD08, title = {T}, journal = {J}}",
    );
    assert_eq!(identifiers(&work), ["dblp:journals/x/BergD08"]);
    assert_eq!(work.record_key, "dblp:journals/x/BergD08");
}

#[test]
fn subtitle_venue_and_codes_are_taken() {
    let work = work(
        read,
        "@thesis{k, title = {{A}}, subtitle = {B}, school = {University of X}, mrclass = {11M26 (11N05)},\n\
         keywords = {Proteins, Recombinant; Ecology}}",
    );
    assert_eq!(work.title_source, "A: B");
    assert_eq!(work.venue.as_deref(), Some("University of X"));
    assert_eq!(
        topics(&work),
        [
            "keyword:ecology",
            "keyword:proteins recombinant",
            "msc:11M26",
            "msc:11N05"
        ]
    );
}

const FAMILY: [&str; 3] = [
    "@inproceedings{a, title = {A}, crossref = {P1}}",
    "@inproceedings{b, title = {B}, booktitle = {Own}, crossref = {p1}}",
    "@proceedings{p1, title = {Proceedings}, year = 2001, doi = {10.5555/p}, author = {Ada Berg}}",
];

#[test]
fn entries_inherit_from_earlier_and_later_ones() {
    let found = |order: [usize; 3]| {
        let text: Vec<&str> = order.iter().map(|at| FAMILY[*at]).collect();
        let mut works = works(read, &text.join("\n"));
        works.sort_by(|one, other| one.title_source.cmp(&other.title_source));
        works
    };
    let later = found([0, 1, 2]);
    assert_eq!(later[0].venue.as_deref(), Some("Proceedings"));
    assert_eq!((later[0].year, later[1].year), (Some(2001), Some(2001)));
    assert_eq!(later[1].venue.as_deref(), Some("Own"));
    assert!(later[0].identifiers.is_empty() && later[0].authors.is_empty());
    assert_eq!(later, found([2, 1, 0]));
    assert_eq!(later, found([0, 2, 1]));
}

#[test]
fn what_nobody_gives_is_not_inherited_and_nothing_is_lost() {
    let text = format!("{}\n@misc{{c, title = {{C}}}}\n{}", FAMILY[0], FAMILY[1]);
    assert_eq!(titles(&text), ["C", "A", "B"]);
    // Without a title of its own it would have that of the whole.
    let untitled = format!(
        "@misc{{c, title = {{C}}}} @inproceedings{{u, crossref = p1}} {}",
        FAMILY[2]
    );
    assert_eq!(
        titles(&untitled),
        ["C", "!record 2 (u): it has no title", "Proceedings"]
    );
}

#[test]
fn a_chapter_has_the_author_of_its_book_and_data_is_shared() {
    let text = "@inbook{c, title = {C}, crossref = {b}} @book{b, title = {B}, author = {Ada Berg}, year = 2001}\n\
        @article{d, title = {D}, xdata = {x}} @xdata{x, journal = {J}, year = 2002}";
    let works = works(read, text);
    assert_eq!(works.len(), 3);
    assert_eq!(names(&works[0]), ["Ada Berg"]);
    assert_eq!(works[0].venue.as_deref(), Some("B"));
    assert_eq!(
        (works[2].venue.as_deref(), works[2].year),
        (Some("J"), Some(2002))
    );
}

#[test]
fn a_parent_that_would_pass_on_too_much_passes_on_nothing() {
    let text = format!(
        "{} @proceedings{{p1, title = {{P}}, booktitle = {{{}}}}}",
        FAMILY[0],
        "x".repeat(66_000)
    );
    let works = works(read, &text);
    assert_eq!(works[1].title_source, "A");
    assert_eq!(works[1].venue, None);
}

#[test]
fn waiting_entries_take_bounded_memory() {
    let long = "x".repeat(60_000);
    let child =
        |n: usize| format!("@misc{{c{n}, title = {{T}}, crossref = {{p}}, note = {{{long}}}}}\n");
    let text: String = (0..400).map(child).collect();
    let mut records = read(input(text.as_bytes()));
    // The first comes long before the end of the file.
    assert!(records.next().is_some());
    assert_eq!(records.count(), 399);
}

#[test]
fn every_entry_of_the_sample_is_read_or_refused() {
    let Some(found) = samples::read("bibtex", read) else {
        return;
    };
    assert_eq!((found.works.len(), found.keys()), (1359, 1359));
    assert_eq!(found.refused(), [("it has no title", 1)]);
    assert_eq!(found.of_kind(WorkKind::Article), 1359);
    let whole = |work: &WorkRecord| work.year.is_some() && work.venue.as_deref() == Some("TUGboat");
    assert!(found.works.iter().all(whole));
    let authors = || found.works.iter().flat_map(|work| &work.authors);
    assert_eq!(authors().filter(|author| author.group).count(), 7);
    let latex = |name: &str| name.contains(['\\', '{', '}', '~', '$']);
    let shown: Vec<String> = authors()
        .map(|author| author.name.display())
        .filter(|name| latex(name))
        .collect();
    assert!(shown.is_empty(), "{shown:?}");
}

#[test]
fn any_broken_file_ends_without_harm() {
    survives(read, PAPER);
    survives(read, &FAMILY.join("\n"));
}

proptest::proptest! {
    #[test]
    fn any_pieces_give_records_and_end(
        text in r#"(@misc\{k,|@string\{|@inproceedings\{|[{}()",=%@\\~]|\x23|\n|title|crossref|author|x| and |[ é$&]){0,60}"#
    ) {
        for found in read(input(text.as_bytes())).flatten() {
            let Record::Work(work) = found else { panic!("{found:?}") };
            proptest::prop_assert!(!work.title_source.is_empty() && !work.record_key.is_empty());
        }
    }
}
