//! Former names: names that their owner wants neither shown nor exported nor led to.

use std::collections::BTreeSet;

use crate::domain::names::{name_key, tokens};

/// Words of a text shorter than this say too little to withhold the text for them.
const TELLING_CHARS: usize = 3;

/// The former names of one author, and the words that give them away: those that the name shown does not have.
///
/// A former name comes back in ever new forms (`Smith, J. Maria`), so a form is covered when it is one of the names, or holds
/// a word that only they hold. Initials give nothing away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormerNames {
    keys: BTreeSet<String>,
    words: BTreeSet<String>,
}

impl FormerNames {
    /// From folded former names ([`name_key`]) and the name shown instead.
    pub fn new(keys: impl IntoIterator<Item = String>, shown: &str) -> Self {
        let keys: BTreeSet<String> = keys.into_iter().collect();
        let words = keys
            .iter()
            .flat_map(|key| telling_words(key, shown))
            .collect();
        Self { keys, words }
    }

    /// Whether there are none, so that everything may be shown.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether a printed form of the author's name must not be shown.
    pub fn covers(&self, name: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        let key = name_key(name);
        self.keys.contains(&key) || key.split(' ').any(|word| self.words.contains(word))
    }

    /// Whether a text that somebody wrote tells a former name.
    pub fn is_told_by(&self, text: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        let words = tokens(text);
        let told = |key: &String| {
            let key: Vec<&str> = key.split(' ').collect();
            words.windows(key.len()).any(|run| run == key)
        };
        let telling = |word: &String| {
            self.words.contains(word) && (word.chars().count() >= TELLING_CHARS || !word.is_ascii())
        };
        words.iter().any(telling) || self.keys.iter().any(told)
    }
}

/// The words of a folded name that `shown` does not have; initials are none.
fn telling_words(key: &str, shown: &str) -> Vec<String> {
    let kept = tokens(shown);
    key.split(' ')
        .filter(|word| word.chars().count() > 1 || !word.is_ascii())
        .filter(|word| !word.is_empty() && !kept.iter().any(|kept| kept == word))
        .map(str::to_owned)
        .collect()
}

/// The folded names that become former ones when somebody who was shown as `before` wants to be known as `after` only:
/// `before`, and each of the `forms` with a word that `after` does not have. In byte order, each once.
pub fn former_keys<'a>(
    before: &str,
    forms: impl IntoIterator<Item = &'a str>,
    after: &str,
) -> Vec<String> {
    let new = name_key(after);
    let mut keys: BTreeSet<String> = forms
        .into_iter()
        .map(name_key)
        .filter(|key| !telling_words(key, after).is_empty())
        .collect();
    keys.insert(name_key(before));
    keys.remove(&new);
    keys.remove("");
    keys.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn former(keys: &[&str], shown: &str) -> FormerNames {
        FormerNames::new(keys.iter().map(|key| (*key).to_owned()), shown)
    }

    #[test]
    fn a_former_name_is_covered_in_every_form_that_gives_it_away() {
        let names = former(&["jane smith"], "John Doe");
        for form in [
            "Jane Smith",
            "SMITH, Jane",
            "J. Smith",
            "Jane M. Smith-Jones",
        ] {
            assert!(names.covers(form), "{form}");
        }
        for form in ["John Doe", "J. Doe", "Doe, J.", "J. D."] {
            assert!(!names.covers(form), "{form}");
        }
    }

    #[test]
    fn what_the_new_name_keeps_gives_nothing_away() {
        let names = former(&["jane smith"], "John Smith");
        assert!(names.covers("Jane Q. Smith"));
        assert!(!names.covers("J. Smith"));
        assert!(!names.covers("Smith"));
    }

    #[test]
    fn a_name_of_single_letters_of_another_script_is_a_name() {
        let names = former(&["李 明"], "李 强");
        assert!(names.covers("李 明") && names.covers("明 李"));
        assert!(!names.covers("李 强"));
    }

    #[test]
    fn a_text_tells_a_former_name_by_its_words() {
        let names = former(&["ana de la cruz"], "Anton Cruz");
        assert!(names.is_told_by("I was called ANA before."));
        assert!(names.is_told_by("Published as Ana de la Cruz."));
        assert!(!names.is_told_by("A la carte; all of it de facto by Anton Cruz."));
        assert!(!former(&[], "Anton Cruz").is_told_by("Ana de la Cruz"));
    }

    #[test]
    fn two_initials_as_a_whole_are_told_too() {
        let names = former(&["j k"], "Rowan Galbraith");
        assert!(names.is_told_by("once known as J. K. to everybody"));
        assert!(names.covers("J. K."));
        assert!(!names.covers("R. G."));
    }

    #[test]
    fn old_forms_become_former_and_forms_of_the_new_name_stay() {
        let forms = ["Jane Smith", "J. Smith", "Smith, Jane Maria", "John Smith"];
        assert_eq!(
            former_keys("Jane Smith", forms, "John Smith"),
            ["jane smith", "smith jane maria"]
        );
        // The name shown until now goes even where only initials tell the two apart.
        assert_eq!(
            former_keys("John A. Smith", ["J. Smith"], "John Smith"),
            ["john a smith"]
        );
        assert!(former_keys("José Núñez", ["Jose Nunez"], "Jose Nuñez").is_empty());
    }
}
