//! Whether two printed names can be of one person, and how common that difference is.

use super::Name;
use super::fold::{coarse, one_slip_apart};
use super::parse::syllables;
use super::tables::full_given;

/// The ways in which prints of one person's name differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Difference {
    /// None that counts: order, hyphens, where the family name begins.
    None,
    /// A middle name or its initial is there or not, or is spelled out.
    Middle,
    /// A first name is spelled out or an initial.
    Initial,
    /// A short form, a nickname, a usual other spelling.
    ShortForm,
    /// Another transcription.
    Spelling,
    /// A slip of the pen.
    Slip,
    /// The first of several given names is there or not.
    FirstDropped,
    /// One of two family names is there or not.
    FamilyPart,
    /// The given names are missing.
    NoGiven,
}

/// A name with what comparing it again and again would make of it every time.
pub(super) struct Compared<'n> {
    name: &'n Name,
    /// The given names in one word, and the family names.
    given: String,
    family: String,
    /// Both in one word.
    all: String,
    coarse_family: String,
    coarse_words: Vec<String>,
    /// The given names but the first.
    coarse_later: Vec<String>,
}

impl<'n> Compared<'n> {
    pub(super) fn new(name: &'n Name) -> Self {
        let (given, family) = (name.joined_given(), name.joined_family());
        Self {
            name,
            all: format!("{given}{family}"),
            coarse_family: coarse(&family),
            coarse_words: name.family.iter().map(|word| coarse(word)).collect(),
            coarse_later: name.given.iter().skip(1).map(|word| coarse(word)).collect(),
            given,
            family,
        }
    }
}

/// How two names differ, `None` if they contradict each other. The differences of given and family names.
pub(super) fn differences(one: &Compared<'_>, other: &Compared<'_>) -> Option<[Difference; 2]> {
    let (a, b) = (one.name, other.name);
    if let (Some(x), Some(y)) = (a.suffix, b.suffix)
        && x != y
    {
        return None;
    }
    if let (Some(x), Some(y)) = (&a.native, &b.native)
        && x != y
        && same_script(x, y)
    {
        return None;
    }
    if a.family.is_empty() || b.family.is_empty() {
        return (a.native.is_some() && a.native == b.native).then_some([Difference::None; 2]);
    }
    if one.all == other.all {
        return Some([Difference::None; 2]);
    }
    let family = family_difference(one, other)?;
    let given = given_difference(one, other)?;
    Some([given, family])
}

/// Chinese characters against Korean or Japanese syllables may be one name in two scripts.
fn same_script(x: &str, y: &str) -> bool {
    let han = |text: &str| text.chars().all(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    han(x) == han(y)
}

fn family_difference(a: &Compared<'_>, b: &Compared<'_>) -> Option<Difference> {
    if a.family == b.family {
        return Some(Difference::None);
    }
    if a.coarse_family == b.coarse_family {
        return Some(Difference::Spelling);
    }
    let part = |small: &Compared<'_>, large: &Compared<'_>| {
        small
            .coarse_words
            .iter()
            .all(|word| large.coarse_words.contains(word) || large.coarse_later.contains(word))
    };
    (part(a, b) || part(b, a)).then_some(Difference::FamilyPart)
}

fn given_difference(one: &Compared<'_>, other: &Compared<'_>) -> Option<Difference> {
    let (a, b) = (one.name, other.name);
    if a.given.is_empty() || b.given.is_empty() {
        return Some(if a.given.is_empty() && b.given.is_empty() {
            Difference::None
        } else {
            Difference::NoGiven
        });
    }
    if one.given == other.given {
        return Some(Difference::None);
    }
    let east_asian = a.system.is_syllabic();
    aligned(&a.given, &b.given, east_asian)
        .or_else(|| dropped(&a.given, &b.given))
        .or_else(|| dropped(&b.given, &a.given))
        .or_else(|| joined_spelling(&a.given, &b.given, east_asian))
}

/// The names read side by side from the first.
fn aligned(a: &[String], b: &[String], east_asian: bool) -> Option<Difference> {
    let first = word_difference(&a[0], &b[0], east_asian)?;
    let (rest_a, rest_b) = (&a[1..], &b[1..]);
    let mut rest = Difference::None;
    for (x, y) in rest_a.iter().zip(rest_b) {
        match word_difference(x, y, east_asian)? {
            Difference::None => {}
            Difference::Initial => rest = Difference::Middle,
            other => rest = rest.max(other),
        }
    }
    if rest_a.len() != rest_b.len() {
        // `Wei` and `Wei Ming` are two names, `Ming C.` and `Ming` may be one.
        let longer = if rest_a.len() > rest_b.len() {
            rest_a
        } else {
            rest_b
        };
        let left = &longer[rest_a.len().min(rest_b.len())..];
        let whole = |word: &String| word.chars().count() > 1;
        if east_asian
            && first == Difference::None
            && left.iter().any(whole)
            && syllables(&a[0]) == 1
        {
            return None;
        }
        rest = rest.max(Difference::Middle);
    }
    Some(first.max(rest))
}

fn word_difference(x: &str, y: &str, east_asian: bool) -> Option<Difference> {
    if x == y {
        return Some(Difference::None);
    }
    let (short, long) = if x.chars().count() <= y.chars().count() {
        (x, y)
    } else {
        (y, x)
    };
    let length = short.chars().count();
    if length == 1 {
        let by_nickname = full_given(long).starts_with(short);
        return (long.starts_with(short) || by_nickname).then_some(Difference::Initial);
    }
    if east_asian && syllables(short) < 2 {
        return None;
    }
    if full_given(x) == full_given(y) {
        return Some(Difference::ShortForm);
    }
    if coarse(x) == coarse(y) {
        return Some(Difference::Spelling);
    }
    if east_asian {
        return None;
    }
    if length >= 3 && long.starts_with(short) {
        return Some(Difference::ShortForm);
    }
    // `Kathy` for Katherine and for Kathleen.
    let stem = short.trim_end_matches("ie").trim_end_matches('y');
    if stem.len() < short.len() && stem.chars().count() >= 3 && long.starts_with(stem) {
        return Some(Difference::ShortForm);
    }
    if length >= 6 && one_slip_apart(x, y) {
        return Some(Difference::Slip);
    }
    None
}

/// `Scott` in `J. Scott`, `Ching-Yu` in `Shelley Ching-Yu` and in `Ching-Yu Shelley`.
fn dropped(long: &[String], short: &[String]) -> Option<Difference> {
    if long.len() <= short.len() || short.concat().chars().count() < 2 {
        return None;
    }
    let whole = short.concat();
    (1..long.len())
        .any(|from| {
            let rest = long[from..].concat();
            rest == whole
                || (short[0].chars().count() > 1 && long[from] == short[0] && short.len() == 1)
        })
        .then_some(Difference::FirstDropped)
}

/// `Keh-Jiann` and `Kejian`.
fn joined_spelling(a: &[String], b: &[String], east_asian: bool) -> Option<Difference> {
    let initials = a.iter().chain(b).any(|word| word.chars().count() == 1);
    let (x, y) = (a.concat(), b.concat());
    if initials || x.len() < 4 || y.len() < 4 {
        return None;
    }
    if coarse(&x) == coarse(&y) {
        return Some(Difference::Spelling);
    }
    (!east_asian && x.len() >= 6 && y.len() >= 6 && one_slip_apart(&x, &y))
        .then_some(Difference::Slip)
}
