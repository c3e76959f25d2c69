//! Affiliations and names of organisations as folded words.

use super::words;
use crate::domain::names::name_key;

/// A word that is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Hash of the word, see [`hash`].
    pub hash: u64,
    /// What it means beside its letters.
    pub sort: Sort,
    /// Which part of the text it stands in: parts are ended by commas, brackets, dashes and the like.
    pub part: u16,
    /// Which sentence: no name runs over a semicolon.
    pub sentence: u16,
    /// What stood between it and the word before in the same part.
    pub before: Joint,
    /// Belongs to the word before, by a hyphen.
    pub hyphened: bool,
    /// Printed in capitals throughout, at least two letters.
    pub capitals: bool,
    /// Of a script that writes several words without a space.
    pub unspaced: bool,
    /// Can be a name by itself: not one or two letters, nor the form of a company.
    pub names_alone: bool,
    /// Three letters or fewer.
    pub short: bool,
    /// The postal code of a state of the United States, in capitals.
    pub state: bool,
}

/// What a word means in an affiliation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Nothing beside its letters.
    Plain,
    /// Holds a digit.
    Number,
    /// See [`words::is_part`].
    Part,
    /// See [`words::stands_alone`].
    Alone,
    /// See [`words::is_legal_form`].
    Legal,
    /// See [`words::is_subject`].
    Subject,
}

/// The joint before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// None.
    Nothing,
    /// After which a name goes on, see [`words::extends`].
    Extends,
    /// Of a list, see [`words::lists`].
    And,
    /// Another.
    Other,
}

/// FNV-1a over the bytes of a word.
pub fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The hash of a phrase that goes on by one word; a phrase begins as 0.
pub fn extend(phrase: u64, word: u64) -> u64 {
    (phrase.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The words of a text. `known` tells whether a word (by its hash) is in any name: two words without a space between
/// them ("UniversitySingapore") are parted where it does not know them together.
pub fn tokens(text: &str, known: impl Fn(u64) -> bool) -> Vec<Token> {
    let mut reader = Reader {
        tokens: Vec::new(),
        part: 0,
        sentence: 0,
        joint: Joint::Nothing,
        known,
    };
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || is_break(c)) {
        rest = &rest[start..];
        let first = rest.chars().next().unwrap_or(' ');
        if is_break(first) {
            reader.end_part(matches!(first, ';' | '|' | '\n' | '•'));
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = rest.find(ends_word).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        reader.word(word);
        rest = after;
    }
    reader.tokens
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | '|'
            | '\n'
            | '•'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '/'
            | ':'
            | '"'
            | '“'
            | '”'
            | '#'
            | '，'
            | '、'
            | '；'
            | '（'
            | '）'
            | '–'
            | '—'
    )
}

/// A hyphen and an address of mail stay inside a word.
fn ends_word(c: char) -> bool {
    c.is_whitespace() || is_break(c)
}

struct Reader<K> {
    tokens: Vec<Token>,
    part: u16,
    sentence: u16,
    joint: Joint,
    known: K,
}

impl<K: Fn(u64) -> bool> Reader<K> {
    fn end_part(&mut self, sentence: bool) {
        self.part = self.part.saturating_add(1);
        self.joint = Joint::Nothing;
        if sentence {
            self.sentence = self.sentence.saturating_add(1);
        }
    }

    fn word(&mut self, printed: &str) {
        if printed.contains('@') {
            self.end_part(false);
            return;
        }
        // "1Department", "2School": the mark of a footnote.
        let letters = printed.trim_start_matches(|c: char| c.is_ascii_digit() || c == '*');
        let glued = letters.len() < printed.len()
            && letters.chars().next().is_some_and(char::is_uppercase)
            && letters.chars().filter(|c| c.is_alphabetic()).count() > 3;
        let printed = if glued { letters } else { printed };
        let undotted = undotted(printed);
        let printed = undotted.as_deref().unwrap_or(printed);
        let key = name_key(printed);
        let mut pieces = key.split(' ').filter(|piece| !piece.is_empty()).peekable();
        if pieces.peek().is_none() {
            // A dash with spaces around it.
            self.end_part(false);
            return;
        }
        let whole = hash(words::canonical(&key));
        if !key.contains(' ')
            && !(self.known)(whole)
            && let Some((one, other)) = unglue(printed)
        {
            self.word(one);
            self.word(other);
            return;
        }
        let capitals = printed.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !printed.chars().any(char::is_lowercase);
        let first = self.tokens.len();
        for piece in pieces {
            self.push(piece, printed, capitals);
        }
        for token in self.tokens.iter_mut().skip(first + 1) {
            token.hyphened = true;
        }
        // "Institut Pasteur. Paris": a full stop that ends no abbreviation.
        if printed.ends_with('.') && printed.chars().count() > 6 {
            self.end_part(false);
        }
    }

    fn push(&mut self, folded: &str, printed: &str, capitals: bool) {
        if words::is_joint(folded) && !(capitals && folded.len() > 1) {
            self.joint = if words::extends(folded) {
                Joint::Extends
            } else if words::lists(folded) {
                Joint::And
            } else {
                Joint::Other
            };
            return;
        }
        let word = words::canonical(folded);
        let letters = word.chars().count();
        let unspaced = word.chars().all(|c| ('\u{2e80}'..='\u{d7ff}').contains(&c));
        self.tokens.push(Token {
            hash: hash(word),
            sort: sort(word),
            part: self.part,
            sentence: self.sentence,
            before: self.joint,
            hyphened: false,
            capitals,
            unspaced: unspaced && letters > 2,
            names_alone: letters > 2 && !words::is_legal_form(word),
            short: letters < 4,
            state: capitals && words::is_state_code(printed),
        });
        self.joint = Joint::Nothing;
    }
}

/// `USA` for `U.S.A.`: letters with a full stop each.
fn undotted(printed: &str) -> Option<String> {
    let mut letters = String::new();
    for letter in printed.split_terminator('.') {
        let mut chars = letter.chars();
        letters.push(chars.next().filter(|c| c.is_alphabetic())?);
        if chars.next().is_some() {
            return None;
        }
    }
    (letters.chars().count() > 1).then_some(letters)
}

fn sort(word: &str) -> Sort {
    if word.chars().any(|c| c.is_ascii_digit()) {
        Sort::Number
    } else if words::is_part(word) {
        Sort::Part
    } else if words::stands_alone(word) {
        Sort::Alone
    } else if words::is_legal_form(word) {
        Sort::Legal
    } else if words::is_subject(word) {
        Sort::Subject
    } else {
        Sort::Plain
    }
}

/// `UniversitySingapore` at its second capital, where both parts are words.
fn unglue(printed: &str) -> Option<(&str, &str)> {
    let mut lower = 0;
    for (place, c) in printed.char_indices() {
        if c.is_uppercase() && lower > 2 {
            return Some(printed.split_at(place));
        }
        lower = if c.is_lowercase() { lower + 1 } else { 0 };
    }
    None
}
