//! Titles and abstracts: patterns filled with the words of a topic.

use std::fmt::Write;

use super::chance::{Dice, mix, permute};
use super::salt;
use super::sentences::{
    APPROACH, BACKGROUND, CONCLUSION, DETAIL, GAP, MATHEMATICS, RESULT, SUBTITLES, titles,
};
use super::topics::{Words, words};
use crate::domain::work::WorkKind;

/// The fewest words of an abstract.
pub const ABSTRACT_MIN_WORDS: usize = 80;
/// The most words of an abstract.
pub const ABSTRACT_MAX_WORDS: usize = 200;
/// No sentence has more words than this once it is filled.
const SENTENCE_MAX_WORDS: usize = 32;
/// No kind has more patterns of titles.
const PATTERNS_AT_MOST: usize = 32;
/// Words that stay small inside a title.
const SMALL_WORDS: [&str; 25] = [
    "a", "an", "the", "and", "or", "of", "for", "to", "in", "on", "at", "by", "with", "from",
    "under", "across", "over", "during", "after", "without", "through", "along", "near", "as",
    "into",
];

/// What a work is about; fills the patterns.
pub struct Subject {
    words: &'static Words,
    thing: &'static str,
    method: &'static str,
    aim: &'static str,
    setting: &'static str,
    quality: &'static str,
    subtitle: &'static str,
    year: u64,
    domain: String,
}

/// The title of work `index` and its subject.
///
/// The pattern and the words are the digits of a shuffled `index`, so that no two works of one kind, topic and pattern share a
/// title before all combinations (28,800 and more) are used up.
pub fn title(
    seed: u64,
    index: u64,
    kind: WorkKind,
    topic: usize,
    year: u64,
    domain: &str,
    dice: &mut Dice,
) -> (String, Subject) {
    let words = words(topic);
    let patterns = titles(kind);
    let place = (index % patterns.len() as u64) as usize;
    let pattern = patterns[place];
    let lists = [
        ("<t>", words.things.as_slice()),
        ("<s>", words.settings.as_slice()),
        ("<q>", words.qualities.as_slice()),
        ("<u>", SUBTITLES),
        ("<a>", words.aims.as_slice()),
        ("<m>", words.methods.as_slice()),
    ];
    let size: u64 = lists
        .iter()
        .filter(|(slot, _)| pattern.contains(slot))
        .map(|(_, list)| list.len() as u64)
        .product();
    let ordinal = index / patterns.len() as u64;
    let key = mix(seed, salt::TITLE, (topic * PATTERNS_AT_MOST + place) as u64);
    let mut digits = permute(key, ordinal % size, size);
    // Words that the pattern does not ask for are drawn, for the abstract.
    let [thing, setting, quality, subtitle, aim, method] = lists.map(|(slot, list)| {
        if pattern.contains(slot) {
            let digit = digits % list.len() as u64;
            digits /= list.len() as u64;
            list[digit as usize]
        } else {
            dice.pick(list)
        }
    });
    let subject = Subject {
        words,
        thing,
        method,
        aim,
        setting,
        quality,
        subtitle,
        year,
        domain: domain.to_owned(),
    };
    let mut filled = String::with_capacity(120);
    subject.fill(pattern, Slots::Title, dice, &mut filled);
    let title = if dice.percent(65) {
        title_case(&filled)
    } else {
        sentence_case(filled)
    };
    (title, subject)
}

/// Where a pattern is filled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slots {
    /// The words of the title.
    Title,
    /// The same, but qualities vary.
    Abstract,
}

impl Subject {
    /// An abstract of [`ABSTRACT_MIN_WORDS`] to [`ABSTRACT_MAX_WORDS`] words; with LaTeX in it if `mathematics`.
    pub fn abstract_text(&self, mathematics: bool, dice: &mut Dice) -> String {
        let goal = dice.between(
            ABSTRACT_MIN_WORDS + 2,
            ABSTRACT_MAX_WORDS - SENTENCE_MAX_WORDS,
        );
        let mut parts = [
            Part::new(BACKGROUND),
            Part::new(GAP),
            Part::new(APPROACH),
            Part::new(DETAIL),
            Part::new(MATHEMATICS),
            Part::new(RESULT),
            Part::new(CONCLUSION),
        ];
        let mut words = 0;
        for place in [0, 1, 2, 5, 6] {
            words += self.add(&mut parts[place], dice);
        }
        if mathematics {
            words += self.add(&mut parts[4], dice);
        }
        // The rest grows where real abstracts grow.
        const GROWTH: [usize; 10] = [3, 3, 5, 0, 3, 2, 5, 3, 1, 6];
        for place in GROWTH.into_iter().cycle().take(3 * GROWTH.len()) {
            if words >= goal {
                break;
            }
            words += self.add(&mut parts[place], dice);
        }
        let mut text = String::with_capacity(parts.iter().map(|part| part.text.len() + 1).sum());
        for part in parts.iter().filter(|part| !part.text.is_empty()) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&part.text);
        }
        text
    }

    /// Adds a sentence that the part does not hold yet; how many words it has, 0 if all are used.
    fn add(&self, part: &mut Part, dice: &mut Dice) -> usize {
        let Some(pattern) = part.next(dice) else {
            return 0;
        };
        if !part.text.is_empty() {
            part.text.push(' ');
        }
        let start = part.text.len();
        self.fill(pattern, Slots::Abstract, dice, &mut part.text);
        capitalise_at(&mut part.text, start);
        1 + part.text.as_bytes()[start..]
            .iter()
            .filter(|byte| **byte == b' ')
            .count()
    }

    /// Appends a pattern with its places filled.
    fn fill(&self, pattern: &str, slots: Slots, dice: &mut Dice, out: &mut String) {
        let mut rest = pattern;
        while let Some(place) = rest.find('<') {
            out.push_str(&rest[..place]);
            let tail = &rest[place..];
            let slot = tail.as_bytes().get(1).copied().unwrap_or_default();
            if tail.as_bytes().get(2) == Some(&b'>') {
                self.fill_slot(slot, slots, dice, out);
                rest = &tail[3..];
            } else {
                out.push('<');
                rest = &tail[1..];
            }
        }
        out.push_str(rest);
    }

    fn fill_slot(&self, slot: u8, slots: Slots, dice: &mut Dice, out: &mut String) {
        let phrase = match slot {
            b't' => self.thing,
            b'm' => self.method,
            b'a' => self.aim,
            b's' => self.setting,
            b'u' => self.subtitle,
            b'q' if slots == Slots::Title => self.quality,
            b'q' => dice.pick(&self.words.plain_qualities),
            b'o' => other(&self.words.things, self.thing, dice),
            b'k' => other(&self.words.methods, self.method, dice),
            b'b' => other(&self.words.aims, self.aim, dice),
            b'D' => &self.domain,
            _ => return self.fill_number(slot, dice, out),
        };
        fit_article(out, phrase);
        out.push_str(phrase);
    }

    fn fill_number(&self, slot: u8, dice: &mut Dice, out: &mut String) {
        // Writing to a String cannot fail.
        let _ = match slot {
            b'n' => write!(out, "{}", dice.between(3, 60)),
            b'c' => write!(out, "{},{:03}", dice.between(1, 90), dice.below(1000)),
            b'p' => write!(out, "{}.{}", dice.between(2, 88), dice.between(1, 9)),
            b'y' => {
                let last = self.year - dice.between(1, 2) as u64;
                write!(out, "{} and {last}", last - dice.between(1, 9) as u64)
            }
            b'N' => {
                out.push_str(&invented_name(dice));
                Ok(())
            }
            unknown => unreachable!("no such place in a pattern: {}", char::from(unknown)),
        };
    }
}

/// The sentences that play one part in an abstract.
struct Part {
    patterns: &'static [&'static str],
    used: u32,
    text: String,
}

impl Part {
    fn new(patterns: &'static [&'static str]) -> Self {
        Self {
            patterns,
            used: 0,
            text: String::with_capacity(256),
        }
    }

    /// A pattern that was not used yet: a random one or the next free one behind it.
    fn next(&mut self, dice: &mut Dice) -> Option<&'static str> {
        let start = dice.below(self.patterns.len());
        let place = (start..self.patterns.len())
            .chain(0..start)
            .find(|place| self.used & (1 << place) == 0)?;
        self.used |= 1 << place;
        Some(self.patterns[place])
    }
}

/// One of a list other than `than`.
fn other(list: &[&'static str], than: &str, dice: &mut Dice) -> &'static str {
    let place = dice.below(list.len());
    if list[place] == than {
        list[(place + 1) % list.len()]
    } else {
        list[place]
    }
}

/// Makes a trailing `a` an `an` where `next` sounds like a vowel.
fn fit_article(out: &mut String, next: &str) {
    let article = out.as_str() == "a " || out.ends_with(" a ") || out.ends_with("A ");
    let like_consonant = ["uni", "use", "one", "eu"]
        .iter()
        .any(|start| next.starts_with(start));
    let vowel = next.starts_with(['a', 'e', 'i', 'o', 'u'])
        || next.starts_with("$\\ep")
        || next.starts_with("$N");
    if article && !like_consonant && (vowel || next.starts_with("$\\ell") || next.starts_with("$O"))
    {
        out.pop();
        out.push_str("n ");
    }
}

/// A name for a program, of two or three syllables.
fn invented_name(dice: &mut Dice) -> String {
    const FIRST: [&str; 16] = [
        "Bra", "Cor", "Del", "Fen", "Gla", "Hes", "Kor", "Lum", "Mer", "Nov", "Pel", "Quo", "Rin",
        "Sol", "Tav", "Vel",
    ];
    const MIDDLE: [&str; 8] = ["", "", "", "li", "ra", "mo", "ve", "da"];
    const LAST: [&str; 12] = [
        "dex", "fold", "graph", "kit", "lint", "mark", "net", "pipe", "scope", "tide", "vane",
        "weave",
    ];
    format!(
        "{}{}{}",
        dice.pick(&FIRST),
        dice.pick(&MIDDLE),
        dice.pick(&LAST)
    )
}

/// Makes the letter at `start` a capital; all of our phrases begin with ASCII.
fn capitalise_at(text: &mut str, start: usize) {
    if let Some(first) = text.get_mut(start..start + 1) {
        first.make_ascii_uppercase();
    }
}

/// A capital at the start and after a colon or question mark.
fn sentence_case(mut text: String) -> String {
    capitalise_at(&mut text, 0);
    for mark in [": ", "? "] {
        if let Some(place) = text.find(mark) {
            capitalise_at(&mut text, place + 2);
        }
    }
    text
}

/// Capitals for all but small words; formulas stay.
fn title_case(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut formula = false;
    let mut begins = true;
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        if !out.is_empty() {
            out.push(' ');
        }
        let start = out.len();
        out.push_str(word);
        let plain = !formula && !word.contains('$');
        if begins && !formula {
            capitalise_at(&mut out, start);
        }
        if plain && (words.peek().is_none() || !SMALL_WORDS.contains(&word)) {
            capitalise_at(&mut out, start);
            for (hyphen, _) in word.match_indices('-') {
                let part = word[hyphen + 1..].split('-').next().unwrap_or_default();
                if !SMALL_WORDS.contains(&part) {
                    capitalise_at(&mut out, start + hyphen + 1);
                }
            }
        }
        formula ^= word.matches('$').count() % 2 == 1;
        begins = word.ends_with([':', '?']);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_take_capitals_but_formulas_and_small_words_do_not() {
        assert_eq!(
            title_case(r"an $O(n \log n)$-time approach: a low-rank case of state-of-the-art DNA"),
            r"An $O(n \log n)$-time Approach: A Low-Rank Case of State-of-the-Art DNA"
        );
        assert_eq!(title_case("ten years on"), "Ten Years On");
        assert_eq!(title_case("top-$k$ search"), "Top-$k$ Search");
        assert_eq!(
            sentence_case("when does it help? trapped ions".to_owned()),
            "When does it help? Trapped ions"
        );
    }

    #[test]
    fn the_article_fits_the_next_word() {
        for (before, next, after) in [
            ("a ", "adaptive", "an "),
            ("is a ", "unified", "is a "),
            ("we use a ", r"$\ell_1$-regularised", "we use an "),
            ("data ", "open", "data "),
        ] {
            let mut out = before.to_owned();
            fit_article(&mut out, next);
            assert_eq!(out, after);
        }
    }

    #[test]
    fn patterns_are_few_enough_to_be_numbered() {
        for patterns in [
            BACKGROUND,
            GAP,
            APPROACH,
            DETAIL,
            MATHEMATICS,
            RESULT,
            CONCLUSION,
        ] {
            assert!(patterns.len() <= 32);
        }
        for kind in WorkKind::ALL {
            assert!(titles(kind).len() <= PATTERNS_AT_MOST);
        }
    }
}
