//! Texts in UTF-8 that somebody read as Latin-1 or Windows-1252 and wrote again: `GÃ¶tz`.

use std::borrow::Cow;

/// Windows-1252 from 0x80 to 0x9f; what it leaves out is as in Latin-1.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// [`repaired`] in place.
pub fn repair(text: &mut String) {
    if let Cow::Owned(repaired) = repaired(text) {
        *text = repaired;
    }
}

/// The text as it was meant. A word is changed where all letters in it that are not of ASCII turn out to be such pairs
/// (`Ãlvaro` and `São` stay). Must be called before control characters are cleaned away, which may be halves.
pub fn repaired(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(['Â', 'Ã', 'Ä', 'Å', 'â']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut changed = false;
    for word in text.split_inclusive([' ', '\n', '\t', '\r']) {
        match repaired_word(word) {
            Some(repaired) => {
                changed = true;
                out.push_str(&repaired);
            }
            None => out.push_str(word),
        }
    }
    if changed {
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

fn repaired_word(word: &str) -> Option<String> {
    if !word.contains(['Â', 'Ã', 'Ä', 'Å', 'â']) {
        return None;
    }
    let chars: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    let mut pairs = 0;
    while at < chars.len() {
        if let Some((meant, taken)) = sequence(&chars, at) {
            out.push(meant);
            at += taken;
            pairs += 1;
            continue;
        }
        // A letter that is right says that the word is.
        if !chars[at].is_ascii() && chars[at].is_alphabetic() {
            return None;
        }
        out.push(chars[at]);
        at += 1;
    }
    (pairs > 0).then_some(out)
}

/// The character that two or three stand for.
fn sequence(chars: &[char], at: usize) -> Option<(char, usize)> {
    let length = match chars[at] {
        'Â' | 'Ã' | 'Ä' | 'Å' => 2,
        'â' => 3,
        _ => return None,
    };
    let bytes: Vec<u8> = chars
        .get(at..at + length)?
        .iter()
        .map(|c| byte(*c))
        .collect::<Option<_>>()?;
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    let near = |at: Option<usize>| {
        let c = at.and_then(|at| chars.get(at));
        c.is_some_and(|c| c.is_ascii_alphabetic() || byte(*c).is_some_and(|byte| byte >= 0xc2))
            || at.is_some_and(|at| at > 0 && sequence_ends(chars, at))
    };
    let plausible = match chars[at] {
        // Before signs of all sorts: `1.5Â cm`, `Â°`, `â€™`.
        'Â' | 'â' => !meant.is_control(),
        // Cubic ångströms, and ranges of them.
        'Å' if matches!(chars[at + 1], '¹' | '²' | '³' | '–' | '—' | '’' | '”') => {
            false
        }
        _ => meant.is_alphabetic() && (near(at.checked_sub(1)) || near(Some(at + length))),
    };
    plausible.then_some((meant, length))
}

/// Whether the character there may be the second half of a letter before.
fn sequence_ends(chars: &[char], at: usize) -> bool {
    matches!(chars[at - 1], 'Ã' | 'Ä' | 'Å') && byte(chars[at]).is_some_and(|byte| byte < 0xc0)
}

/// The byte that was read as this character, if it is none of ASCII.
fn byte(c: char) -> Option<u8> {
    if let Some(at) = WINDOWS.iter().position(|known| *known == c) {
        return u8::try_from(0x80 + at).ok();
    }
    u8::try_from(u32::from(c)).ok().filter(|byte| *byte >= 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_were_read_in_another_encoding_are_put_right() {
        for (given, meant) in [
            ("Katharina GÃ¶tz", "Katharina Götz"),
            ("Dirk WÃ¼bben", "Dirk Wübben"),
            ("KroiÃ\u{9f}", "Kroiß"),
            ("KroiÃŸ", "Kroiß"),
            ("1.5Â\u{a0}cm at 5Â°C", "1.5\u{a0}cm at 5°C"),
            ("Ã–sterreich, SÃ£o", "Österreich, São"),
            ("itâ€™s â€œsoâ€\u{9d}", "it’s “so”"),
            ("Ã\u{a0} la", "Ã\u{a0} la"),
            ("JiÅ™Ã\u{ad} NovÃ¡k", "Jiří Novák"),
            ("MarÃ\u{ad}a", "María"),
            ("YÄ±lmaz", "Yılmaz"),
        ] {
            assert_eq!(repaired(given), meant, "{given}");
        }
    }

    #[test]
    fn what_is_right_stays() {
        for text in [
            "Ãlvaro",
            "São Paulo",
            "CORAÇÃO",
            "5 Å³",
            "2 Å–3 Å",
            "2.5 Å±0.1",
            "Ångström",
            "château",
            "Ä",
            "Âge",
            "Ärzte",
            "naïve Ã© is",
            "plain",
        ] {
            assert_eq!(repaired(text), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[ÃÂÄÅâ€™¶¼ a-e\u{80}-\u{bf}]{0,20}") {
            let _ = repaired(&text);
        }
    }
}
