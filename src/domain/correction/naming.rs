//! Names that people choose for a page, and whether two names can be one person's.

use super::rules::Refusal;
use crate::domain::names::{is_name, tokens};

/// The longest name that can be chosen, in characters.
pub const NAME_MAX_CHARS: usize = 100;

/// A name for a page, as typed: single spaces, letters of any script with their marks, and the signs that names have.
///
/// # Errors
/// [`Refusal::NameMissing`], [`Refusal::NameTooLong`] or [`Refusal::NameSigns`].
pub fn chosen_name(typed: &str) -> Result<String, Refusal> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if !is_name(&name) {
        // An address has too many letters to be called missing.
        let address = name.contains('@');
        return Err(if address {
            Refusal::NameSigns
        } else {
            Refusal::NameMissing
        });
    }
    if name.chars().count() > NAME_MAX_CHARS {
        return Err(Refusal::NameTooLong);
    }
    // A mark belongs to a letter: a heap of them on one letter is no name.
    let mut marks = 0;
    for c in name.chars() {
        marks = if unicode_normalization::char::is_combining_mark(c) {
            marks + 1
        } else {
            0
        };
        let sign = matches!(
            c,
            ' ' | '.' | ',' | '-' | '\'' | '’' | 'ʻ' | 'ʼ' | '‐' | '·' | '・'
        );
        if !(sign || c.is_alphabetic() || (1..=4).contains(&marks)) {
            return Err(Refusal::NameSigns);
        }
    }
    Ok(name)
}

/// Whether two names can be the same person's: one family name in common, in either order, and given names or initials
/// that do not contradict each other. Says nothing about how likely that is.
pub fn akin(one: &str, other: &str) -> bool {
    let (one, other) = (tokens(one), tokens(other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    if one.concat() == other.concat() {
        return true;
    }
    let splits = |words: &[String]| -> Vec<(String, Vec<String>)> {
        let last = words.len() - 1;
        let mut splits = vec![(words[last].clone(), words[..last].to_vec())];
        if last > 0 {
            splits.push((words[0].clone(), words[1..].to_vec()));
        }
        splits
    };
    let written_out = |family: &str| family.chars().count() > 1 || !family.is_ascii();
    splits(&one).iter().any(|(family, given)| {
        splits(&other).iter().any(|(other_family, other_given)| {
            family == other_family && written_out(family) && given_agree(given, other_given)
        })
    })
}

/// Given names agree when neither is missing and the first ones are the same, or one begins the other (`J`, `Dan`).
fn given_agree(one: &[String], other: &[String]) -> bool {
    let (Some(first), Some(other_first)) = (one.first(), other.first()) else {
        return false;
    };
    let (whole, other_whole) = (one.concat(), other.concat());
    first.starts_with(other_first.as_str())
        || other_first.starts_with(first.as_str())
        || whole == other_whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_chosen_name_is_letters_and_the_signs_of_names() {
        for (typed, name) in [
            ("  Ada   Quill-Feather ", "Ada Quill-Feather"),
            ("J. R. O’Brien, Jr.", "J. R. O’Brien, Jr."),
            ("李 明", "李 明"),
            ("राम", "राम"),
            ("Nguyễn Đức", "Nguyễn Đức"),
        ] {
            assert_eq!(chosen_name(typed), Ok(name.to_owned()));
        }
        for (typed, refusal) in [
            ("", Refusal::NameMissing),
            ("...", Refusal::NameMissing),
            ("et al.", Refusal::NameMissing),
            ("Ada 99", Refusal::NameSigns),
            ("Ada <b>", Refusal::NameSigns),
            ("ada@home.example", Refusal::NameSigns),
            ("https://evil.example", Refusal::NameSigns),
            ("Ada\u{202e}Quill", Refusal::NameSigns),
            (
                "Z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}oe",
                Refusal::NameSigns,
            ),
        ] {
            assert_eq!(chosen_name(typed), Err(refusal), "{typed:?}");
        }
        assert_eq!(chosen_name(&"a".repeat(101)), Err(Refusal::NameTooLong));
        assert!(chosen_name(&"a".repeat(100)).is_ok());
    }

    #[test]
    fn forms_of_one_name_are_akin() {
        for (one, other) in [
            ("Ada Quillfeather", "A. Quillfeather"),
            ("Ada Quillfeather", "Quillfeather, Ada"),
            ("Ada Quillfeather", "Quillfeather A"),
            ("Cho-Jui Hsieh", "Chojui Hsieh"),
            ("Daniel Marr", "Dan Marr"),
            ("Plato", "PLATO"),
            ("José Núñez", "Jose M. Nunez"),
        ] {
            assert!(akin(one, other) && akin(other, one), "{one} / {other}");
        }
    }

    #[test]
    fn names_of_different_people_are_not() {
        for (one, other) in [
            ("Ada Quillfeather", "Ben Quillfeather"),
            ("Ada Quillfeather", "Ada Marr"),
            ("Ada Quillfeather", "Quillfeather"),
            ("Ada Q", "Ben Q"),
            ("", "Ada"),
        ] {
            assert!(!akin(one, other) && !akin(other, one), "{one} / {other}");
        }
    }

    proptest! {
        #[test]
        fn a_name_is_akin_to_itself_and_the_question_has_no_sides(one in "[A-Za-z. -]{0,20}", other in "[A-Za-z. -]{0,20}") {
            prop_assert_eq!(akin(&one, &other), akin(&other, &one));
            prop_assert!(tokens(&one).is_empty() || akin(&one, &one));
        }
    }
}
