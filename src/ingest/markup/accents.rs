//! Accents and letters of LaTeX's text mode.

use unicode_normalization::char::compose;

/// The combining mark of an accent command (`\'`, `\c`, ...), without the backslash.
pub(super) fn mark(command: &str) -> Option<char> {
    Some(match command {
        "`" => '\u{300}',
        "'" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "r" => '\u{30a}',
        "H" => '\u{30b}',
        "v" => '\u{30c}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        "t" => '\u{361}',
        _ => return None,
    })
}

/// A letter command of text mode (`\o`, `\ss`, ...), without the backslash.
pub(super) fn letter(command: &str) -> Option<&'static str> {
    Some(match command {
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "i" => "ı",
        "j" => "ȷ",
        "ss" => "ß",
        "SS" => "SS",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "aa" => "å",
        "AA" => "Å",
        "dh" => "ð",
        "DH" => "Ð",
        "dj" => "đ",
        "DJ" => "Đ",
        "th" => "þ",
        "TH" => "Þ",
        "ng" => "ŋ",
        "NG" => "Ŋ",
        _ => return None,
    })
}

/// `base` under `mark`: one character where Unicode has it, otherwise the two in a row. A dotless
/// `ı` or `ȷ` is written below an accent in TeX where Unicode has the accented `i` or `j`.
pub(super) fn compose_accent(base: char, mark: char) -> (char, Option<char>) {
    let dotted = match base {
        'ı' => 'i',
        'ȷ' => 'j',
        other => other,
    };
    match compose(dotted, mark) {
        Some(composed) => (composed, None),
        None => (base, Some(mark)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_compose_where_unicode_has_the_letter() {
        assert_eq!(compose_accent('e', '\u{301}'), ('é', None));
        assert_eq!(compose_accent('ı', '\u{301}'), ('í', None));
        assert_eq!(compose_accent('ø', '\u{301}'), ('ǿ', None));
        assert_eq!(compose_accent('q', '\u{301}'), ('q', Some('\u{301}')));
    }
}
