//! Printed affiliations, each with what it names.

use std::sync::LazyLock;

use super::*;

type Row = (
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
);

/// Number, names, town, country. Institutions of this size are in everybody's affiliations; the rest is invented.
const PLACES: &[Row] = &[
    (
        "University of California, Los Angeles",
        &["UCLA"],
        "Los Angeles",
        "US",
    ),
    (
        "University of California System",
        &["University of California"],
        "Oakland",
        "US",
    ),
    (
        "The University of Texas at Austin",
        &["UT Austin", "University of Texas at Austin"],
        "Austin",
        "US",
    ),
    (
        "Massachusetts Institute of Technology",
        &["MIT"],
        "Cambridge",
        "US",
    ),
    (
        "MIT CSAIL",
        &["Computer Science and Artificial Intelligence Laboratory"],
        "Cambridge",
        "US",
    ),
    ("Missouri State University", &[], "Springfield", "US"),
    (
        "Technische Universität Wien",
        &["TU Wien", "Vienna University of Technology"],
        "Vienna",
        "AT",
    ),
    (
        "Universidad de Antioquia",
        &["University of Antioquia", "UdeA"],
        "Medellín",
        "CO",
    ),
    ("Jiangsu University", &[], "Zhenjiang", "CN"),
    (
        "Leiden University",
        &["Universiteit Leiden"],
        "Leiden",
        "NL",
    ),
    (
        "Leiden University Medical Center",
        &["LUMC"],
        "Leiden",
        "NL",
    ),
    ("Northeastern University", &[], "Boston", "US"),
    ("Northeastern University", &[], "Shenyang", "CN"),
    ("St. Mary's Hospital", &[], "London", "GB"),
    ("St. Mary's Hospital", &[], "Waterbury", "US"),
    ("Quarzwerk (Germany)", &["Quarzwerk"], "Berlin", "DE"),
    ("Quarzwerk (Canada)", &["Quarzwerk"], "Toronto", "CA"),
    ("Edelstein Quarzwerk (Austria)", &[], "Linz", "AT"),
    ("United States Army", &["USA"], "Washington", "US"),
    ("Department of Biology", &[], "Springfield", "US"),
    (
        "University of Hamburg",
        &["Universität Hamburg"],
        "Hamburg",
        "DE",
    ),
    ("Institut Pasteur", &["Pasteur Institute"], "Paris", "FR"),
    ("北京大学", &["Peking University"], "Beijing", "CN"),
    (
        "Московский государственный университет",
        &["Moscow State University"],
        "Moscow",
        "RU",
    ),
    ("Forstakademie Altwald", &[], "Altwald", "DE"),
];

/// A word of letters for a number.
fn names_word(mut number: i64) -> String {
    let mut word = String::new();
    while number > 0 {
        word.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    word
}

static INDEX: LazyLock<Index> = LazyLock::new(index);

fn index() -> Index {
    let mut index = Index::default();
    for (id, (name, other_names, city, country)) in (0..).zip(PLACES) {
        index.add(&Organisation {
            id,
            name,
            other_names: other_names.to_vec(),
            country: Some(country),
            city: Some(city),
            gone: false,
        });
    }
    // Words are rare or common by how many organisations have them: a register holds thousands.
    for id in 1_000..9_000_i64 {
        let kind = [
            "University",
            "Hospital",
            "Institute",
            "Society",
            "State Museum",
            "Laboratory",
        ];
        let kind = kind[usize::try_from(id % 6).unwrap()];
        let name = format!("Dorf{} {kind}", names_word(id));
        index.add(&Organisation {
            id,
            name: &name,
            country: Some("DE"),
            ..Organisation::default()
        });
    }
    index.finish();
    index
}

/// Names found in a text.
fn found(text: &str) -> Vec<&'static str> {
    let found = INDEX.find(text);
    let name = |id: i64| PLACES[usize::try_from(id).unwrap()].0;
    let mut names: Vec<_> = found
        .iter()
        .map(|found| name(found.institution_id))
        .collect();
    names.sort_unstable();
    names
}

#[track_caller]
fn finds(text: &str, names: &[&str]) {
    assert_eq!(found(text), names, "{text}");
}

#[test]
fn a_name_is_found_in_an_address() {
    finds(
        "Dept. of Computer Science, Univ. of Texas at Austin, Austin, TX, USA",
        &["The University of Texas at Austin"],
    );
    finds(
        "1Department of Physics, The University of Texas at Austin, 78712; e-mail: a.example@example.org",
        &["The University of Texas at Austin"],
    );
    finds(
        "[Fac. de Medicina, Univ. de Antioquia, Cra. 51d No 62-29, Medellín, Colombia]",
        &["Universidad de Antioquia"],
    );
}

#[test]
fn the_longest_name_counts() {
    let campus = "University of California, Los Angeles";
    finds(
        "University of California, Los Angeles, CA 90095, USA",
        &[campus],
    );
    finds("University of California Los Angeles", &[campus]);
    finds(
        "Leiden University Medical Center, Leiden, The Netherlands",
        &["Leiden University Medical Center"],
    );
    finds(
        "University of California, Oakland, USA",
        &["University of California System"],
    );
}

#[test]
fn several_are_found_in_one_text() {
    finds(
        "Universität Hamburg, Hamburg, Germany; TU Wien, Vienna, Austria",
        &["Technische Universität Wien", "University of Hamburg"],
    );
}

#[test]
fn no_name_runs_over_a_semicolon() {
    finds("Leiden University; Medical Center", &["Leiden University"]);
}

#[test]
fn names_in_other_languages_and_orders_are_found() {
    finds(
        "Vienna University of Technology, Austria",
        &["Technische Universität Wien"],
    );
    finds("Hamburg University, Germany", &["University of Hamburg"]);
    finds("北京大学, 北京, 中国", &["北京大学"]);
    finds(
        "Московский государственный университет, Москва, Россия",
        &["Московский государственный университет"],
    );
}

#[test]
fn an_acronym_counts_only_with_its_town_or_country() {
    finds("MIT", &[]);
    finds(
        "MIT, Cambridge, MA",
        &["Massachusetts Institute of Technology"],
    );
    finds("mit freundlicher Hilfe, Cambridge, USA", &[]);
    finds(
        "UCLA, Los Angeles",
        &["University of California, Los Angeles"],
    );
    finds("LUMC, Adelaide, Australia", &[]);
    finds("Section 4, Springfield, USA", &[]);
}

#[test]
fn words_around_a_name_make_another_of_it() {
    finds(
        "Central Missouri State University, Warrensburg, Missouri 64093",
        &[],
    );
    finds("Jiangsu University of Science and Technology, China", &[]);
    finds("Jiangsu University, China", &["Jiangsu University"]);
    finds("University of California-Merced, USA", &[]);
    finds("Institut Pasteur of Iran, Tehran, Iran", &[]);
    finds(
        "Department of Physics Jiangsu University Zhenjiang China",
        &["Jiangsu University"],
    );
}

#[test]
fn a_name_of_several_counts_where_the_text_tells_which() {
    finds("Northeastern University", &[]);
    finds(
        "Northeastern University, Boston, USA",
        &["Northeastern University"],
    );
    let shenyang = INDEX.find("Northeastern University, Shenyang, China");
    assert_eq!(
        PLACES[usize::try_from(shenyang[0].institution_id).unwrap()].3,
        "CN"
    );
    finds("St Mary's Hospital", &[]);
    finds("St. Mary’s Hospital, London, UK", &["St. Mary's Hospital"]);
}

#[test]
fn another_country_speaks_against_a_match() {
    finds("Leiden University, Leiden, Brazil", &[]);
    finds("Leiden University", &["Leiden University"]);
}

#[test]
fn a_branch_counts_only_in_its_country() {
    finds("Quarzwerk, Toronto, Canada", &["Quarzwerk (Canada)"]);
    finds("Quarzwerk GmbH, Berlin, Germany", &["Quarzwerk (Germany)"]);
    finds("Quarzwerk", &[]);
    finds("Edelstein Quarzwerk", &[]);
    finds(
        "Edelstein Quarzwerk, Austria",
        &["Edelstein Quarzwerk (Austria)"],
    );
}

#[test]
fn countries_and_departments_are_no_organisations() {
    finds("USA", &[]);
    finds("Office 4, Washington, USA", &[]);
    finds("Department of Biology, Springfield, USA", &[]);
    finds("", &[]);
    finds(" ; , ()", &[]);
}

#[test]
fn support_raises_the_confidence() {
    let confidence = |text: &str| INDEX.find(text)[0].confidence;
    let bare = confidence("Leiden University");
    let country = confidence("Leiden University, Netherlands");
    let both = confidence("Leiden University, Leiden, Netherlands");
    assert!(bare < country && country < both, "{bare} {country} {both}");
    assert!((MIN_CONFIDENCE..1.0).contains(&both));
}

#[test]
fn one_that_is_gone_gives_way_to_its_namesake() {
    let mut index = Index::default();
    for (id, gone) in [(1, true), (2, false)] {
        index.add(&Organisation {
            id,
            name: "Seehafen Observatory of Tides",
            city: Some("Seehafen"),
            gone,
            ..Organisation::default()
        });
    }
    index.finish();
    let found = index.find("Seehafen Observatory of Tides, Seehafen");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].institution_id, 2);
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_looked_through(text in proptest::arbitrary::any::<String>()) {
        let found = INDEX.find(&text);
        proptest::prop_assert!(found.iter().all(|found| (0.0..=1.0).contains(&found.confidence)));
    }
}
