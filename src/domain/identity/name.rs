//! A name in the form in which it is compared.

use super::tables::{self, System};
use super::{fold, key};

/// A name in the form in which it is compared. Two prints of one name that differ in case, accents, punctuation, hyphens
/// or particles have the same words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// Words of the family name, folded, without particles. Empty for a name known in another script alone.
    pub family: Vec<String>,
    /// Words of the given names, folded; initials are single letters.
    pub given: Vec<String>,
    /// `Jr`, `III`, …: 1 for junior, 2 for II, …; 100 for senior.
    pub suffix: Option<u8>,
    /// The name in Chinese, Japanese or Korean script: its letters in sorted order, since prints differ in the order of
    /// family and given name.
    pub native: Option<String>,
    /// The word of the family name that blocks and statistics go by; see [`Name::main_family`].
    pub(super) main: String,
    /// The kind of given names that go with the family name.
    pub system: System,
}

impl Name {
    /// Whether nothing is known but a name in Chinese, Japanese or Korean script.
    pub fn is_native_only(&self) -> bool {
        self.family.is_empty() && self.native.is_some()
    }

    /// Whether the first given name is missing or an initial.
    pub fn is_abbreviated(&self) -> bool {
        self.given.iter().all(|word| word.chars().count() == 1)
    }

    /// The given names in one word.
    pub fn joined_given(&self) -> String {
        self.given.concat()
    }

    /// The family names in one word.
    pub fn joined_family(&self) -> String {
        self.family.concat()
    }

    /// The given name that tells people apart: all words where they are syllables of one name, else the first
    /// that is no initial, else the first.
    pub fn main_given(&self) -> String {
        if self.system.is_syllabic() {
            return self.joined_given();
        }
        self.given
            .iter()
            .find(|word| word.chars().count() > 1)
            .or(self.given.first())
            .cloned()
            .unwrap_or_default()
    }

    /// First letter of the given names, `None` where there are none.
    pub fn initial(&self) -> Option<char> {
        self.given
            .first()
            .and_then(|word| tables::full_given(word).chars().next())
    }

    /// The word of the family name that blocks and statistics go by. Of several it is the last, which stays the same wherever
    /// a source cuts between given and family names; but the first of a name with a hyphen, where the second is what comes
    /// and goes, and the father's of a Spanish pair.
    pub fn main_family(&self) -> &str {
        &self.main
    }

    /// The person as far as the name tells: family name and main given name. The key of co-authors and of
    /// [`Kind::Person`](super::Kind::Person).
    pub fn person_key(&self) -> u64 {
        if self.is_native_only() {
            return key(self.native.as_deref().unwrap_or_default());
        }
        key(&format!("{} {}", self.main_given(), self.main_family()))
    }
}

/// The one block that a name belongs to: the main word of its family name in a coarse spelling; with the first letter of the
/// given names where many people share that family name.
///
/// Names that may belong to one person are in one block, except for changes of the whole family name, slips of the pen in
/// it, and a first given name that is dropped before a widely shared family name.
pub fn block(name: &Name) -> String {
    if name.is_native_only() {
        return name.native.clone().unwrap_or_default();
    }
    let family = name.main_family();
    let Some((system, _)) = tables::shared_family(family) else {
        return fold::coarse(family);
    };
    // One letter tells two Chinese names apart.
    let family = match system {
        System::EastAsian | System::Vietnamese => family.to_owned(),
        _ => fold::coarse(family),
    };
    match name.initial() {
        Some(initial) => format!("{family} {initial}"),
        None => family,
    }
}
