//! Names of people.

use unicode_normalization::char::compose;

use super::mojibake;
use crate::domain::names::PersonName;

/// A group's name is only put right.
pub(super) fn group(name: &mut PersonName) {
    for part in parts(name) {
        mojibake::repair(part);
    }
}

/// A person's name: letters as they were meant, accents on them, initials apart, no marks of footnotes, nothing twice.
pub(super) fn person(name: &mut PersonName) {
    let words = name.display().split(' ').count();
    for part in parts(name) {
        mojibake::repair(part);
        accents(part);
        initials(part);
        // A single word with a number is a name of an account.
        if words > 1 {
            footnote(part);
        }
        twice(part);
    }
    if name.literal.is_none()
        && let (Some(given), Some(family)) = (&name.given, &name.family)
        && given == family
        && is_whole_name(family)
    {
        name.literal = name.family.take();
        name.given = None;
    }
}

fn parts(name: &mut PersonName) -> impl Iterator<Item = &mut String> {
    let PersonName {
        given,
        family,
        literal,
    } = name;
    given.iter_mut().chain(family).chain(literal)
}

/// A given name that is the family name as well may be right (`Ali Ali`), a whole name twice is not: one of several
/// words, or of a script that writes none.
fn is_whole_name(name: &str) -> bool {
    name.contains(' ') || (name.chars().count() > 1 && name.chars().all(is_ideograph))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// `周嘉政 周嘉政`
fn twice(name: &mut String) {
    let words: Vec<&str> = name.split(' ').collect();
    let half = words.len() / 2;
    if half == 0 || words.len() % 2 == 1 || words[..half] != words[half..] {
        return;
    }
    let once = words[..half].join(" ");
    if is_whole_name(&once) {
        *name = once;
    }
}

/// `Damtew1`: the number of an affiliation.
fn footnote(name: &mut String) {
    let kept = name.trim_end_matches(|c: char| c.is_ascii_digit() || "¹²³⁴⁵⁶⁷⁸⁹*†‡§¶".contains(c));
    let marks = &name[kept.len()..];
    let word = kept.rsplit([' ', '-', '.']).next().unwrap_or_default();
    let of_a_name = word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
    if !marks.is_empty() && marks.chars().count() <= 2 && of_a_name {
        name.truncate(kept.len());
    }
}

/// `J.H.Field`: a space behind the point of an initial.
fn initials(name: &mut String) {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 4);
    // How many letters the word so far has, if it may be an initial: `J`, `Yu`.
    let mut letters = Some(0);
    for (at, c) in chars.iter().enumerate() {
        out.push(*c);
        if *c == '.' {
            let next = chars.get(at + 1).is_some_and(|next| next.is_uppercase());
            if next && matches!(letters, Some(1 | 2)) {
                out.push(' ');
            }
            letters = Some(0);
        } else if c.is_uppercase() {
            letters = (letters == Some(0)).then_some(1);
        } else if c.is_lowercase() {
            letters = (letters == Some(1)).then_some(2);
        } else {
            letters = Some(0);
        }
    }
    if out.len() > name.len() {
        *name = out;
    }
}

/// `Sve˘tlík`: accents that stand beside their letter, as copies from printed pages have them.
fn accents(name: &mut String) {
    if name.is_ascii() || !name.chars().any(|c| mark(c).is_some()) {
        return;
    }
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len());
    let mut at = 0;
    while at < chars.len() {
        let (before, next) = (out.chars().next_back(), chars.get(at + 1).copied());
        let Some(mark) = mark(chars[at]) else {
            out.push(chars[at]);
            at += 1;
            continue;
        };
        let under = before.and_then(|before| accented(before, mark));
        let over = next.and_then(|next| accented(next, mark));
        // `Dell´Acqua`
        let apostrophe = chars[at] == '´' && next.is_some_and(char::is_uppercase);
        let below = matches!(chars[at], '¸' | '˛');
        match (under, over) {
            _ if apostrophe => {
                out.push(chars[at]);
                at += 1;
            }
            (Some(letter), over) if over.is_none() || below || before.is_some_and(is_vowel) => {
                out.pop();
                out.push(letter);
                at += 1;
            }
            (_, Some(letter)) => {
                out.push(letter);
                at += 2;
            }
            _ => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    *name = out;
}

/// The combining form of an accent that takes a place of its own.
fn mark(c: char) -> Option<char> {
    Some(match c {
        '´' => '\u{301}',
        '¨' => '\u{308}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '˘' => '\u{306}',
        'ˇ' => '\u{30c}',
        '˚' => '\u{30a}',
        '˝' => '\u{30b}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        _ => return None,
    })
}

/// The letter under the accent, if the names of any language have it.
fn accented(letter: char, mark: char) -> Option<char> {
    let letter = if letter == 'ı' { 'i' } else { letter };
    let (letters, mark) = match mark {
        '\u{301}' => ("aeiouycnszlr", mark),
        '\u{308}' => ("aeiouy", mark),
        '\u{302}' => ("aeiou", mark),
        '\u{303}' => ("ano", mark),
        // Printers take the breve for the caron.
        '\u{306}' if "cdenrstz".contains(letter.to_ascii_lowercase()) => ("cdenrstz", '\u{30c}'),
        '\u{306}' => ("agu", mark),
        '\u{30c}' => ("cdenrstz", mark),
        '\u{30a}' => ("au", mark),
        '\u{30b}' => ("ou", mark),
        '\u{327}' => ("cst", mark),
        _ => ("ae", mark),
    };
    letters
        .contains(letter.to_ascii_lowercase())
        .then(|| compose(letter, mark))
        .flatten()
}

fn is_vowel(c: char) -> bool {
    matches!(
        c.to_ascii_lowercase(),
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ı'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> String {
        let mut name = PersonName::literal(name);
        person(&mut name);
        name.display()
    }

    #[test]
    fn names_are_written_as_they_were_meant() {
        for (given, meant) in [
            ("Ebrahim Damtew1", "Ebrahim Damtew"),
            ("Ada Berg*", "Ada Berg"),
            ("J.H.Field", "J. H. Field"),
            ("J.-P.Serre", "J.-P. Serre"),
            ("Yu.A.Berg", "Yu. A. Berg"),
            ("J.R. Smith", "J. R. Smith"),
            ("Sve˘tlík", "Světlík"),
            ("M¨uller", "Müller"),
            ("Gonz´alez", "González"),
            ("Mu˜noz", "Muñoz"),
            ("Koˇcí", "Kočí"),
            ("Franc¸ois", "François"),
            ("周嘉政 周嘉政", "周嘉政"),
            ("Ada Berg Ada Berg", "Ada Berg"),
            ("Katharina GÃ¶tz", "Katharina Götz"),
        ] {
            assert_eq!(read(given), meant, "{given}");
        }
    }

    #[test]
    fn names_that_are_right_stay() {
        for name in [
            "Ali Ali",
            "Longas14",
            "Berg 2nd",
            "O´Brien",
            "Dell´Acqua",
            "St. John",
            "A. Berg III",
            "Ada Maria Berg",
            "Jean-Luc Berg",
            "Wei Wang 0001",
            "周 周",
            "DeepMind R2D2",
            "van.der Berg",
        ] {
            assert_eq!(read(name), name);
        }
    }

    #[test]
    fn a_name_that_is_given_as_both_parts_is_one() {
        let mut name = PersonName {
            given: Some("周嘉政".to_owned()),
            family: Some("周嘉政".to_owned()),
            literal: None,
        };
        person(&mut name);
        assert_eq!(name.display(), "周嘉政");
        let mut name = PersonName {
            given: Some("J.H.".to_owned()),
            family: Some("Field2".to_owned()),
            literal: None,
        };
        person(&mut name);
        assert_eq!(name.display(), "J. H. Field");
    }
}
