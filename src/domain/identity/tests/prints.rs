//! Prints of names: what comes together in a block and what contradicts.

use super::super::compare::{Compared, Difference, differences};
use super::super::*;
use crate::domain::names::PersonName;

pub(super) fn split(given: &str, family: &str) -> Name {
    parse(
        &PersonName {
            given: Some(given.to_owned()),
            family: Some(family.to_owned()),
            literal: None,
        },
        &[],
    )
}

pub(super) fn printed(text: &str) -> Name {
    parse(&PersonName::literal(text), &[])
}

/// Both in one block and not contradicting.
fn together(a: &Name, b: &Name) -> Option<[Difference; 2]> {
    assert_eq!(block(a), block(b), "{a:?}\n{b:?}");
    let forth = differences(&Compared::new(a), &Compared::new(b));
    assert_eq!(
        forth,
        differences(&Compared::new(b), &Compared::new(a)),
        "{a:?}\n{b:?}"
    );
    forth
}

fn assert_same(a: &Name, b: &Name) {
    assert_eq!(together(a, b), Some([Difference::None; 2]), "{a:?}\n{b:?}");
    assert_eq!(a.person_key(), b.person_key(), "{a:?}\n{b:?}");
}

#[test]
fn case_accents_hyphens_and_order_make_no_other_name() {
    let hsieh = split("Cho-Jui", "Hsieh");
    for text in [
        "Hsieh, Cho-Jui",
        "Cho-Jui Hsieh",
        "Hsieh Cho-Jui",
        "HSIEH Cho-Jui",
        "Cho Jui Hsieh",
        "Chojui Hsieh",
        "CHO-JUI HSIEH",
    ] {
        assert_same(&hsieh, &printed(text));
    }
    assert_same(&split("Lars", "Sørensen"), &split("LARS", "Sorensen"));
    assert_same(&printed("Nguyễn Văn Anh"), &split("Van Anh", "Nguyen"));
    assert_same(&printed("Nagy Ágnes"), &split("Agnes", "Nagy"));
    assert_same(&printed("DUPONT Jean"), &split("Jean", "Dupont"));
    assert_same(&printed("Berg A. M."), &split("A. M.", "Berg"));
    assert_same(&split("RK", "Berg"), &split("R. K.", "Berg"));
    assert_same(&split("Wang", "Xiaoming"), &split("Xiaoming", "Wang"));
    assert_same(&split("Akilandeswari", "A"), &split("A.", "Akilandeswari"));
}

#[test]
fn initials_stand_for_every_name_that_begins_with_them() {
    let hsieh = split("Cho-Jui", "Hsieh");
    for short in ["C.-J.", "C. J.", "CJ", "C."] {
        let found = together(&hsieh, &split(short, "Hsieh"));
        assert_eq!(
            found,
            Some([Difference::Initial, Difference::None]),
            "{short}"
        );
    }
    assert_eq!(together(&split("C.-K.", "Hsieh"), &hsieh), None);
    assert_eq!(
        together(&split("Robert", "Mercer"), &split("Robert L.", "Mercer")),
        Some([Difference::Middle, Difference::None])
    );
    assert_eq!(
        together(&split("Robert E.", "Mercer"), &split("Robert L.", "Mercer")),
        None
    );
    assert_eq!(
        together(&split("J. Scott", "McCarley"), &split("Scott", "Mc Carley")),
        Some([Difference::FirstDropped, Difference::None])
    );
}

#[test]
fn particles_come_and_go() {
    for (a, b) in [
        (split("Ada", "van der Berg"), split("Ada", "Berg")),
        (split("Ada", "Van Der Berg"), printed("Ada van der Berg")),
        (split("Ada van der", "Berg"), printed("van der Berg, Ada")),
        (split("Omar", "Al-Khatib"), split("Omar", "Al Khatib")),
        (split("Anne", "DeRoeck"), split("Anne", "De Roeck")),
        (split("Ana", "de la Fuente"), split("Ana", "Fuente")),
        (split("Jan", "von Holt"), split("Jan", "Holt")),
        (split("Ali", "bin Omar"), split("Ali", "Omar")),
    ] {
        assert_same(&a, &b);
    }
}

#[test]
fn transcriptions_come_together() {
    for (a, b) in [
        (split("Thomas", "Müller"), split("Thomas", "Mueller")),
        (split("Lars", "Sørensen"), split("Lars", "Soerensen")),
        (split("Yuka", "Tateishi"), split("Yuka", "Tateisi")),
        (split("Gerhard", "Paaß"), split("Gerhard", "Paas")),
        (split("Ivan", "Kovač"), split("Ivan", "Kovacz")),
        (split("Андрей", "Чернов"), split("Andrey", "Chernov")),
        (
            split("Γιώργος", "Παπαδόπουλος"),
            split("Giorgos", "Papadopoulos"),
        ),
    ] {
        assert!(together(&a, &b).is_some(), "{a:?}\n{b:?}");
    }
    assert!(together(&split("Thomas", "Muller"), &split("Thomas", "Müller")).is_some());
}

#[test]
fn usual_short_forms_stand_for_their_names() {
    for (short, long) in [
        ("Dan", "Daniel"),
        ("Chris", "Christopher"),
        ("Bill", "William"),
        ("Bob", "Robert B."),
        ("Mike", "Michael"),
        ("Tim", "Timothy"),
    ] {
        let found = together(&split(short, "Adler"), &split(long, "Adler"));
        let given = found.map(|[given, _]| given);
        assert!(given >= Some(Difference::ShortForm), "{short} {long}");
    }
    assert_eq!(
        together(&split("Dan", "Adler"), &split("Donald", "Adler")),
        None
    );
    assert_eq!(
        block(&split("Bill", "Smith")),
        block(&split("William", "Smith"))
    );
}

#[test]
fn a_suffix_is_no_name_but_tells_father_from_son() {
    let senior = split("Ada", "Berg");
    let junior = split("Ada", "Berg, Jr.");
    assert_eq!(junior.family, ["berg"]);
    assert_eq!(together(&senior, &junior), Some([Difference::None; 2]));
    assert_eq!(together(&junior, &split("Ada", "Berg III")), None);
    assert_same(&printed("Ada Berg, Jr."), &junior);
    assert_same(&printed("Berg, Ada, Jr."), &junior);
}

#[test]
fn double_family_names_meet_their_halves() {
    let found = together(&split("Maria", "Smith"), &split("Maria", "Smith-Jones"));
    assert_eq!(found, Some([Difference::None, Difference::FamilyPart]));
    assert!(together(&split("Maria", "Smith"), &split("Maria", "Jones Smith")).is_some());
    assert!(
        together(
            &split("Miguel", "Alonso Pardo"),
            &split("Miguel A.", "Alonso")
        )
        .is_some()
    );
    assert_same(
        &split("Kim Sheykh", "Esmaili"),
        &split("Kim", "Sheykh Esmaili"),
    );
    assert_eq!(
        differences(
            &Compared::new(&split("Maria", "Smith")),
            &Compared::new(&split("Maria", "Jones"))
        ),
        None
    );
}

#[test]
fn native_script_stands_beside_the_latin_name() {
    let both = printed("Yang Liu (刘洋)");
    assert_eq!(both.family, ["liu"]);
    assert_eq!(both.native.as_deref(), printed("刘洋").native.as_deref());
    let other = printed("Yang Liu (刘阳)");
    assert_eq!(together(&both, &other), None);
    assert_same(&both, &printed("Yang Liu"));
    let given_by_source = parse(
        &PersonName::literal("和哉 中込"),
        &[PersonName::literal("Kazuya Nakagome")],
    );
    assert_same(&given_by_source, &printed("Kazuya Nakagome"));
    assert_same(&printed("和哉 中込"), &printed("中込和哉"));
    assert_ne!(block(&printed("刘洋")), block(&printed("刘阳")));
}

#[test]
fn different_people_stay_apart() {
    for (a, b) in [
        (split("Wei", "Wang"), split("Wei Ming", "Wang")),
        (split("Wei", "Wang"), split("Wen", "Wang")),
        (split("Xiaoming", "Li"), split("Xiaomin", "Li")),
        (split("John", "Berg"), split("Jane", "Berg")),
        (split("Maria", "Berg"), split("Mario", "Berg")),
    ] {
        assert_eq!(
            differences(&Compared::new(&a), &Compared::new(&b)),
            None,
            "{a:?}\n{b:?}"
        );
    }
}

#[test]
fn any_text_is_parsed() {
    for text in [
        "", " ", ",", "(", ",,,", "Jr.", "X", "Al", "刘", "de la", "—", "A. B.", "Mc",
    ] {
        let name = printed(text);
        let _ = (
            block(&name),
            name.person_key(),
            split(text, text),
            split("", text),
        );
    }
}
