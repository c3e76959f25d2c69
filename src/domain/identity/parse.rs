//! Takes a printed name apart and folds it, so that two can be compared.

use super::tables::{self, System};
use super::{Name, fold};
use crate::domain::names::{PersonName, name_key};

/// Takes a name apart. `others` are further forms that the same record gives: the Latin form of a name in another
/// script, or the reverse.
pub fn parse(name: &PersonName, others: &[PersonName]) -> Name {
    let mut parsed = parse_one(name);
    for other in others {
        if !parsed.family.is_empty() && parsed.native.is_some() {
            break;
        }
        let other = parse_one(other);
        if parsed.family.is_empty() && !other.family.is_empty() {
            parsed = Name {
                native: parsed.native,
                ..other
            };
        } else if parsed.native.is_none() {
            parsed.native = other.native;
        }
    }
    parsed
}

fn parse_one(name: &PersonName) -> Name {
    let literal = name.literal.as_deref().unwrap_or_default().trim();
    let given = name.given.as_deref().unwrap_or_default();
    let family = name.family.as_deref().unwrap_or_default();
    let (native, words) = if literal.is_empty() {
        let mut native = take_native(given).1;
        native.push_str(&take_native(family).1);
        let words = in_parts(&take_native(given).0, &take_native(family).0);
        (native, words)
    } else {
        let (text, native) = take_native(literal);
        let words = match text.split_once(',') {
            Some((family, given)) => comma_order(family, given),
            None => in_one_piece(&text),
        };
        (native, words)
    };
    let mut native: Vec<char> = native.chars().collect();
    native.sort_unstable();
    let native: String = native.into_iter().collect();
    finish(words, (!native.is_empty()).then_some(native))
}

/// Words of a name, before it is clear which of them are particles.
#[derive(Default)]
struct Words {
    given: Vec<String>,
    family: Vec<String>,
    /// The last words of the family name that were joined by hyphens.
    hyphened: usize,
    suffix: Option<u8>,
}

/// The text without what stands in brackets and in quotation marks (nicknames), and its Chinese, Japanese and Korean letters.
fn take_native(text: &str) -> (String, String) {
    let mut rest = String::with_capacity(text.len());
    let mut native = String::new();
    let mut depth = 0_u32;
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            '"' | '“' | '”' | '„' => quoted = !quoted,
            c if is_native(c) => native.push(c),
            c if depth == 0 && !quoted => rest.push(c),
            _ => {}
        }
    }
    (rest, native)
}

/// Letters of scripts whose names are written without spaces and never abbreviated.
fn is_native(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

fn comma_order(family: &str, rest: &str) -> Words {
    let (given, more) = rest.split_once(',').unwrap_or((rest, ""));
    if let (Some(suffix), true) = (suffix_of(&name_key(given)), more.trim().is_empty()) {
        // `Ada Berg, Jr.`
        let mut words = in_one_piece(family);
        words.suffix = Some(suffix);
        return words;
    }
    in_parts(&format!("{given} {more}"), family)
}

fn in_parts(given: &str, family: &str) -> Words {
    let mut words = Words::default();
    let family_in_capitals = is_in_capitals(family);
    words.take_family(family);
    words.given = folded(given, !family_in_capitals);
    words.take_suffix();
    if words.family.is_empty() {
        let given = std::mem::take(&mut words.given);
        words.split(given, None);
        return words;
    }
    // South Indian names print the initial behind: `Akilandeswari A`.
    if words.family.iter().all(|word| word.chars().count() == 1)
        && words
            .given
            .last()
            .is_some_and(|word| word.chars().count() > 1)
    {
        let last = words.given.pop().into_iter().collect();
        let initials = std::mem::replace(&mut words.family, last);
        words.given.extend(initials);
        return words;
    }
    // A source that took `Wang Xiaoming` for a western name.
    if let ([given], [family]) = (words.given.as_slice(), words.family.as_slice())
        && is_east_asian(given)
        && tables::shared_family(family).is_none()
        && syllables(family) == 2
        && looks_east_asian(family)
        && syllables(given) == 1
    {
        std::mem::swap(&mut words.given, &mut words.family);
    }
    words
}

/// A name whose parts the source does not tell.
fn in_one_piece(text: &str) -> Words {
    let text = separate_particle(text);
    let pieces: Vec<&str> = text.split_whitespace().collect();
    let capitals: Vec<bool> = pieces.iter().map(|piece| is_in_capitals(piece)).collect();
    // `WANG Xiaoming`, `Jean DUPONT`.
    let capital_at = match (capitals.first(), capitals.last()) {
        (Some(true), _) if !capitals[1..].iter().any(|c| *c) => Some(0),
        (_, Some(true)) if !capitals[..capitals.len() - 1].iter().any(|c| *c) => {
            Some(pieces.len() - 1)
        }
        _ => None,
    };
    let mut words = Words::default();
    if let (Some(at), true) = (capital_at, pieces.len() > 1)
        && pieces[at].chars().filter(|c| c.is_alphabetic()).count() > 3
    {
        words.take_family(pieces[at]);
        let given: Vec<&str> = pieces
            .iter()
            .enumerate()
            .filter(|(i, _)| *i != at)
            .map(|(_, piece)| *piece)
            .collect();
        words.given = folded(&given.join(" "), true);
        words.take_suffix();
        return words;
    }
    let all_capitals = capitals.iter().all(|c| *c);
    words.given = folded(&text, !all_capitals);
    words.take_suffix();
    let all = std::mem::take(&mut words.given);
    let first_piece_words = pieces.first().map_or(0, |piece| folded(piece, false).len());
    let last_piece = pieces.last().copied().unwrap_or_default();
    words.split(all, Some(first_piece_words));
    if words.family.len() == 1 && last_piece.contains(['-', '‐', '–']) {
        let joined = folded(last_piece, false);
        // A western double name; `Hsieh Cho-Jui` was told by its first word.
        if joined.last() == words.family.last() && joined.len() <= words.given.len() {
            words.given.truncate(words.given.len() + 1 - joined.len());
            words.hyphened = joined.len();
            words.family = joined;
        }
    }
    words
}

impl Words {
    fn take_family(&mut self, family: &str) {
        let family = separate_particle(family);
        self.hyphened = family
            .split_whitespace()
            .next_back()
            .filter(|piece| piece.contains(['-', '‐', '–']))
            .map_or(0, |piece| folded(piece, false).len());
        self.family = folded(&family, false);
    }

    /// Removes `Jr` and the like from the ends.
    fn take_suffix(&mut self) {
        for list in [&mut self.family, &mut self.given] {
            if list.len() > 1
                && let Some(suffix) = list.last().and_then(|word| suffix_of(word))
            {
                list.pop();
                self.suffix = Some(suffix);
                self.hyphened = 0;
            }
        }
    }

    /// Decides which words are the family name: the last, unless the first is one that stands first in print.
    fn split(&mut self, mut all: Vec<String>, first_piece_words: Option<usize>) {
        let Some(last) = all.last() else {
            return;
        };
        if all.len() == 1 {
            self.family = all;
            return;
        }
        let first = all[0].as_str();
        let last_is_initial = last.chars().count() == 1;
        let family_first = first_piece_words == Some(1)
            && first.chars().count() > 1
            && ((is_east_asian(first) && tables::shared_family(last).is_none() && all.len() <= 3)
                || (tables::is_hungarian(first) && !tables::is_hungarian(last))
                // `Berg A`, `Berg A M`
                || (last_is_initial && all[1..].iter().all(|word| word.chars().count() == 1)));
        if family_first {
            self.given = all.split_off(1);
            self.family = all;
        } else {
            self.family = all.split_off(all.len() - 1);
            self.given = all;
        }
    }
}

fn is_east_asian(family: &str) -> bool {
    tables::shared_family(family).is_some_and(|(system, _)| system.is_syllabic())
}

fn finish(mut words: Words, native: Option<String>) -> Name {
    let hyphened = words.family.len() - words.hyphened.min(words.family.len());
    let joined = without_particles(words.family.split_off(hyphened));
    words.family = without_particles([words.family, joined.clone()].concat());
    let main = match joined.first() {
        Some(first) if joined.len() > 1 => first.clone(),
        _ => main_word(&words),
    };
    let system = tables::shared_family(&main).map_or(System::Other, |(system, _)| system);
    if !system.is_syllabic() {
        // `Oier Lopez de | Lacalle`
        while words.given.len() > 1
            && words
                .given
                .last()
                .is_some_and(|word| word.chars().count() > 1 && tables::is_particle(word))
        {
            words.given.pop();
        }
    }
    Name {
        family: words.family,
        given: words.given,
        suffix: words.suffix,
        native,
        main,
        system,
    }
}

fn main_word(words: &Words) -> String {
    let Some(last) = words.family.last() else {
        return String::new();
    };
    let before = words.family[..words.family.len() - 1].last();
    let before = before.or_else(|| words.given.iter().skip(1).next_back());
    match before {
        Some(one) if tables::is_spanish(one) || (one.ends_with("ez") && one.len() > 4) => {
            one.clone()
        }
        _ => last.clone(),
    }
}

/// The words without particles, as long as one is left.
fn without_particles(words: Vec<String>) -> Vec<String> {
    if words.len() < 2 || !words.iter().any(|word| tables::is_particle(word)) {
        return words;
    }
    let kept: Vec<String> = words
        .iter()
        .filter(|word| !tables::is_particle(word))
        .cloned()
        .collect();
    if kept.is_empty() { words } else { kept }
}

/// `DeRoeck` as `De Roeck`, `Mc Hale` as `McHale`.
fn separate_particle(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for piece in text.split_whitespace() {
        if matches!(out.as_str(), "Mc" | "Mac") || out.ends_with(" Mc") || out.ends_with(" Mac") {
            out.push_str(piece);
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        let upper = piece.char_indices().skip(1).find(|(_, c)| c.is_uppercase());
        match upper {
            Some((at, _))
                if piece[at..].chars().nth(1).is_some_and(char::is_lowercase)
                    && tables::is_particle(&piece[..at].to_lowercase()) =>
            {
                out.push_str(&piece[..at]);
                out.push(' ');
                out.push_str(&piece[at..]);
            }
            _ => out.push_str(piece),
        }
    }
    out
}

/// Letters in capitals only, at least two of them.
fn is_in_capitals(text: &str) -> bool {
    let mut letters = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if !c.is_uppercase() {
            return false;
        }
        letters += 1;
    }
    letters > 1
}

/// The folded words of a text. With `initials`, a word of two or three capitals without a vowel between them, as in `JR` and
/// `RK`, is taken for initials.
fn folded(text: &str, initials: bool) -> Vec<String> {
    let mut words = Vec::new();
    for piece in
        text.split(|c: char| c.is_whitespace() || c == '.' || c == '-' || c == '‐' || c == '·')
    {
        let plain =
            piece.len() <= 3 && piece.len() > 1 && piece.bytes().all(|b| b.is_ascii_uppercase());
        if initials
            && plain
            && (piece.len() == 2 || !piece.contains(['A', 'E', 'I', 'O', 'U', 'Y']))
            && suffix_of(&piece.to_ascii_lowercase()).is_none()
        {
            words.extend(piece.chars().map(|c| c.to_ascii_lowercase().to_string()));
            continue;
        }
        let name = name_key(piece);
        let name = if name.is_ascii() {
            name
        } else {
            fold::to_latin(&name)
        };
        words.extend(
            name.split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned),
        );
    }
    words
}

fn suffix_of(word: &str) -> Option<u8> {
    match word {
        "jr" | "junior" => Some(1),
        "sr" | "senior" => Some(100),
        "ii" | "2nd" => Some(2),
        "iii" | "3rd" => Some(3),
        "iv" | "4th" => Some(4),
        _ => None,
    }
}

/// Groups of vowels in a word.
pub(super) fn syllables(word: &str) -> usize {
    let mut count = 0;
    let mut before = false;
    for b in word.bytes() {
        let vowel = matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        count += usize::from(vowel && !before);
        before = vowel;
    }
    count
}

/// Whether a word could be two syllables of Pinyin: it ends as they do.
fn looks_east_asian(word: &str) -> bool {
    word.ends_with(['a', 'e', 'i', 'o', 'u', 'n', 'g'])
        && (!word.ends_with('g') || word.ends_with("ng"))
        && !word.contains(['v', 'r'])
}
