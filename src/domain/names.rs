//! Names of people: how they are shown, compared, searched for and put into addresses.

mod shown;

pub use shown::best;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest [`slug`], in characters.
pub const SLUG_MAX_CHARS: usize = 80;

/// A name in the parts that a source gives (as CSL-JSON names them). Empty texts count as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonName {
    /// Given names or initials.
    pub given: Option<String>,
    /// Family name, with its particles.
    pub family: Option<String>,
    /// The name as one text, for sources and cultures that do not split it; wins over the parts.
    pub literal: Option<String>,
}

impl PersonName {
    /// A name in one piece.
    pub fn literal(name: &str) -> Self {
        Self {
            literal: Some(name.to_owned()),
            ..Self::default()
        }
    }

    /// The name as shown to readers, with single spaces; empty when no part holds anything.
    pub fn display(&self) -> String {
        let literal = one_line(self.literal.as_deref().unwrap_or_default());
        if !literal.is_empty() {
            return literal;
        }
        let given = self.given.as_deref().unwrap_or_default();
        let family = self.family.as_deref().unwrap_or_default();
        one_line(&format!("{given} {family}"))
    }

    /// Whether this names somebody, see [`is_name`].
    pub fn is_name(&self) -> bool {
        is_name(&self.display())
    }
}

/// White space and control characters folded to single spaces, none at the ends.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a text printed in an author list names an author.
///
/// Sources carry leftovers of list syntax there: the `:` after a collaboration (arXiv), BibTeX's `and others`, `et al.`, and
/// `Anonymous`, under which unrelated people would be thrown together.
pub fn is_name(text: &str) -> bool {
    const LEFTOVERS: [&str; 9] = [
        "others",
        "and others",
        "et al",
        "et alii",
        "and",
        "anonymous",
        "anonymous author",
        "anonymous authors",
        "no author",
    ];
    // An address of mail in the place of a name.
    if text.contains('@') {
        return false;
    }
    let key = name_key(text);
    key.chars().any(char::is_alphabetic) && !LEFTOVERS.contains(&key.as_str())
}

/// The form in which two spellings of a name compare equal: compatibility forms unified (NFKD), accents of Latin and Greek
/// letters stripped, letters such as `ø` and `ı` replaced by their base, lower case, apostrophes dropped, every other
/// punctuation and space folded to one space. Other scripts are kept. Empty for a text without a letter or digit.
///
/// Marks are stripped from Latin and Greek only, since in Indic scripts, in kana and in й they make another letter; Hebrew
/// and Arabic vowel points go, as readers leave them out.
pub fn name_key(text: &str) -> String {
    if text.is_ascii() {
        return ascii_key(text);
    }
    let mut folded = String::with_capacity(text.len());
    let mut base = ' ';
    for c in text.chars().filter(|c| !is_apostrophe(*c)).nfkd() {
        if is_combining_mark(c) {
            if !base.is_alphanumeric() || loses_marks(base) || is_vowel_point(c) {
                continue;
            }
            // ё and е are one letter in most printed names.
            if c == '\u{308}' && matches!(base, 'е' | 'Е') {
                continue;
            }
            folded.push(c);
            continue;
        }
        if is_invisible(c) || is_apostrophe(c) {
            continue;
        }
        // What follows is looked at beside the letter that is kept.
        base = c.to_lowercase().next().unwrap_or(c);
        if c.is_alphanumeric() {
            for lower in c.to_lowercase().filter(|lower| !is_combining_mark(*lower)) {
                push_base_letters(&mut folded, lower);
            }
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.trim_end().nfc().collect()
}

/// [`name_key`] of a text in which there is nothing to decompose, as most are.
fn ascii_key(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            folded.push(char::from(byte.to_ascii_lowercase()));
        } else if !is_apostrophe(char::from(byte)) && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// The words of a name or title for searching: [`name_key`] at its spaces, so that `J.-P. Serre` gives `j`, `p`, `serre`.
pub fn tokens(text: &str) -> Vec<String> {
    name_key(text)
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// The words of a search: each as [`tokens`] gives it, then as it may be spelled otherwise. German writes ä, ö and ü as ae, oe
/// and ue where it has to, so `Goetz` and `Götz` find each other.
pub fn search_words(text: &str) -> Vec<Vec<String>> {
    let marks = [
        ('ä', "ae"),
        ('ö', "oe"),
        ('ü', "ue"),
        ('Ä', "ae"),
        ('Ö', "oe"),
        ('Ü', "ue"),
    ];
    let mut spelled: String = text.nfc().collect();
    for (mark, letters) in marks {
        spelled = spelled.replace(mark, letters);
    }
    let spelled = tokens(&spelled);
    let folded = tokens(text);
    let same_words = spelled.len() == folded.len();
    folded
        .into_iter()
        .enumerate()
        .map(|(at, word)| {
            let mut spellings = vec![word];
            let other = spelled.get(at).filter(|_| same_words);
            let further = without_e(&spellings[0]).into_iter().chain(other.cloned());
            for spelling in further {
                if !spellings.contains(&spelling) {
                    spellings.push(spelling);
                }
            }
            spellings
        })
        .collect()
}

/// `goetz` as `gotz`. Nothing for short words, for names like Michael and Samuel and for the `xue` of Chinese, where the e is a
/// letter of its own.
fn without_e(word: &str) -> Option<String> {
    const SHORT: usize = 5;
    let chars: Vec<char> = word.chars().collect();
    if chars.len() < SHORT {
        return None;
    }
    let umlaut = |at: usize| {
        let vowel = at.checked_sub(1).map(|before| chars[before]);
        let before = at.checked_sub(2).map(|before| chars[before]);
        let ends_in_l = at + 2 == chars.len() && chars[at + 1] == 'l';
        matches!(vowel, Some('a' | 'o' | 'u'))
            && !matches!(before, Some('a' | 'e' | 'i' | 'o' | 'q' | 'u' | 'x' | 'y'))
            && !ends_in_l
    };
    let kept: String = (0..chars.len())
        .filter(|at| !(chars[*at] == 'e' && umlaut(*at)))
        .map(|at| chars[at])
        .collect();
    (kept != word).then_some(kept)
}

/// The readable last part of an author's address, see [`slug_or`].
pub fn slug(name: &str) -> String {
    slug_or(name, "author")
}

/// The readable last part of an address: [`name_key`] with hyphens for spaces, at most [`SLUG_MAX_CHARS`] characters, cut at a
/// hyphen where there is one; `fallback` for a text without a letter or digit.
///
/// Letters of other scripts stay letters (browsers show them as such, and the number in the address identifies the record),
/// so a slug may have to be percent-encoded.
pub fn slug_or(text: &str, fallback: &str) -> String {
    let whole = name_key(text).replace(' ', "-");
    if whole.is_empty() {
        return fallback.to_owned();
    }
    let Some((end, next)) = whole.char_indices().nth(SLUG_MAX_CHARS) else {
        return whole;
    };
    let cut = &whole[..end];
    if next == '-' {
        return cut.to_owned();
    }
    match cut.rsplit_once('-') {
        Some((kept, _partial_word)) => kept.to_owned(),
        None => cut.to_owned(),
    }
}

/// Signs that join rather than separate: `O'Brien`, `Hawaiʻi`.
fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '\u{b4}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{2b9}'
            ..='\u{2bf}' | '\u{ff07}' | '\u{5f3}' | '\u{55a}'
    )
}

/// Soft hyphens, joiners, direction marks and the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// Latin and Greek letters: their accents vary between spellings of one name.
fn loses_marks(base: char) -> bool {
    base.is_ascii_alphanumeric()
        || matches!(base, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}')
}

/// Hebrew points and Arabic vowel signs.
fn is_vowel_point(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{652}' | '\u{670}')
}

/// Letters that NFKD leaves whole although writers replace them by plain ones.
fn push_base_letters(out: &mut String, c: char) {
    let letters = match c {
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ŋ' => "n",
        'ĸ' => "k",
        'ς' => "σ",
        other => return out.push(other),
    };
    out.push_str(letters);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_shows_its_literal_or_its_parts() {
        let split = PersonName {
            given: Some(" Cho-Jui ".into()),
            family: Some("Hsieh".into()),
            literal: Some(String::new()),
        };
        assert_eq!(split.display(), "Cho-Jui Hsieh");
        let family_only = PersonName {
            family: Some("Plato".into()),
            ..PersonName::default()
        };
        assert_eq!(family_only.display(), "Plato");
        assert_eq!(
            PersonName::literal("ATLAS\n Collaboration").display(),
            "ATLAS Collaboration"
        );
        assert_eq!(PersonName::default().display(), "");
    }

    #[test]
    fn leftovers_of_list_syntax_are_no_names() {
        for leftover in [
            ":",
            "",
            " ",
            "others",
            "Others",
            "and others",
            "et al.",
            "et al",
            "-",
            "...",
            "***",
            "12",
            "Anonymous",
            "ada@example.org",
            "\u{200b}",
        ] {
            assert!(!is_name(leftover), "{leftover:?}");
        }
        for name in [
            "Huan Zhang",
            "X",
            "張",
            "Ng",
            "Al Others",
            "DELPHI Collaboration",
        ] {
            assert!(is_name(name), "{name:?}");
        }
    }

    #[test]
    fn a_mark_goes_with_the_letter_that_is_kept() {
        // Only the small form of this letter is among those that lose their marks.
        let once = name_key("\u{a7dc}\u{1e023}");
        assert_eq!(name_key(&once), once);
    }

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (one, other) in [
            ("José Núñez", "jose  nunez"),
            ("O’Brien", "O'Brien"),
            ("J.R. Smith", "J. R. Smith"),
            ("J.-P. Serre", "J P Serre"),
            ("Cho-Jui Hsieh", "Cho‐Jui Hsieh"),
            ("Lars Sørensen", "Lars Sorensen"),
            ("Łukasz Żółć", "Lukasz Zolc"),
            ("Işık", "ISIK"),
            ("İnce", "ince"),
            ("Straße", "STRASSE"),
            ("Ｈｕａｎ Ｚｈａｎｇ", "Huan Zhang"),
            ("ﬁsher", "fisher"),
            ("Σωκράτης", "ΣΩΚΡΑΤΗΣ"),
            ("Алёна", "Алена"),
            ("Nguyễn Đức", "Nguyen Duc"),
            ("مُحَمَّد", "محمد"),
            ("Huan\u{200b} Zhang\u{feff}", "Huan Zhang"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one} / {other}");
        }
    }

    #[test]
    fn marks_that_make_another_letter_stay() {
        assert_eq!(name_key("Андрей"), "андрей");
        assert_ne!(name_key("が"), name_key("か"));
        assert_eq!(name_key("김철수"), "김철수");
        assert_eq!(name_key("राम"), "राम");
        assert_ne!(name_key("राम"), name_key("रम"));
    }

    #[test]
    fn search_words_are_folded_and_initials_lose_their_dots() {
        assert_eq!(tokens("J.-P. Serre"), ["j", "p", "serre"]);
        assert_eq!(tokens("Hsieh, Cho-Jui"), ["hsieh", "cho", "jui"]);
        assert_eq!(tokens("李 明"), ["李", "明"]);
        assert!(tokens(" : ").is_empty());
    }

    #[test]
    fn german_spellings_find_each_other() {
        for (typed, spellings) in [
            ("Goetz", &["goetz", "gotz"][..]),
            ("Götz", &["gotz", "goetz"]),
            ("Mueller", &["mueller", "muller"]),
            ("Lü", &["lu", "lue"]),
            ("Michael", &["michael"]),
            ("Xuejun", &["xuejun"]),
            ("Yuen", &["yuen"]),
            ("Núñez", &["nunez"]),
        ] {
            assert_eq!(search_words(typed), [spellings], "{typed}");
        }
        assert_eq!(search_words("Wang, Wei"), [["wang"], ["wei"]]);
    }

    #[test]
    fn a_slug_is_readable_and_never_empty() {
        assert_eq!(slug("Cho-Jui Hsieh"), "cho-jui-hsieh");
        assert_eq!(slug("Łukasz  Żółć"), "lukasz-zolc");
        assert_eq!(slug("李明"), "李明");
        assert_eq!(slug(":"), "author");
        assert_eq!(slug(""), "author");
        assert_eq!(slug_or("***", "work"), "work");
        assert_eq!(slug("../../etc/passwd?x=<script>"), "etc-passwd-x-script");
    }

    #[test]
    fn a_long_slug_is_cut_at_a_hyphen() {
        let words = slug(&"collaboration ".repeat(20));
        assert_eq!(words, ["collaboration"; 5].join("-"));
        assert_eq!(slug(&"x".repeat(200)), "x".repeat(80));
        assert_eq!(slug(&format!("{} tail", "x".repeat(80))), "x".repeat(80));
    }

    proptest! {
        #[test]
        fn plain_text_is_folded_like_any_other(text in "[ -~]{0,40}") {
            // The letter in front is folded by the long way and stands for itself.
            let long = name_key(&format!("\u{4e2d} {text}"));
            let short = format!("\u{4e2d} {}", name_key(&text));
            prop_assert_eq!(short.trim_end(), long);
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = name_key(&text);
            prop_assert_eq!(name_key(&once), once);
        }

        #[test]
        fn any_text_gives_a_slug_fit_for_one_path_segment(text in any::<String>()) {
            let slug = slug(&text);
            prop_assert!(!slug.is_empty());
            prop_assert!(slug.chars().count() <= SLUG_MAX_CHARS);
            prop_assert!(!slug.contains(['/', '?', '#', '%', ' ', '.', '<', '"', '\\']));
            prop_assert!(!slug.starts_with('-') && !slug.ends_with('-'));
        }
    }
}
