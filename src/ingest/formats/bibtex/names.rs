//! The names of authors as BibTeX writes them (Nicolas Markey, *Tame the BeaST*, section 11).

use biblatex::{Chunk, Person, Spanned};

use super::super::author_list;
use super::super::fields::plain;
use super::super::people::{author, in_parts, is_group, is_suffix};
use crate::domain::names::{PersonName, name_key};
use crate::ingest::record::RecordAuthor;

/// The authors of a field, and whether there are more than it names.
pub(super) fn authors(field: &str) -> (Vec<RecordAuthor>, bool) {
    let tokens = tokens(field);
    let mut authors = Vec::new();
    let mut more = false;
    for name in tokens.split(|token| token.is_word("and") || *token == Token::Semicolon) {
        match name {
            [] => {}
            [Token::Word(word)] if is_others(word) => more = true,
            name if is_list(name) => {
                let text: Vec<String> = name.iter().map(Token::text).collect();
                let list = author_list::parse(&text.join(" "));
                authors.extend(list.authors);
                more |= list.more;
            }
            name => authors.extend(one(name, &mut more)),
        }
    }
    (authors, more)
}

/// A piece of a field outside of braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'t> {
    Word(&'t str),
    Comma,
    Semicolon,
}

impl Token<'_> {
    fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(text) if text.eq_ignore_ascii_case(word))
    }

    /// As readers see it.
    fn text(&self) -> String {
        match self {
            Self::Word(word) => plain(word).unwrap_or_default(),
            Self::Comma => ",".to_owned(),
            Self::Semicolon => ";".to_owned(),
        }
    }
}

/// Commas in place of every `and`: no name has so many, unless its parts are labelled (`family=Berg, given=Ada`).
fn is_list(name: &[Token<'_>]) -> bool {
    let labelled = |token: &Token<'_>| matches!(token, Token::Word(word) if word.contains('='));
    name.iter().filter(|token| **token == Token::Comma).count() > 2 && !name.iter().any(labelled)
}

fn is_others(word: &str) -> bool {
    matches!(name_key(word).as_str(), "others" | "et al")
}

/// Cuts a field at white space, commas and semicolons that stand outside of braces.
fn tokens(field: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut depth = 0_usize;
    let mut start = None;
    let mut chars = field.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let separator = match c {
            '\\' => {
                start.get_or_insert(at);
                // `\c cedilla`: the space belongs to the command.
                let letter = chars.next().is_some_and(|(_, c)| c.is_ascii_alphabetic());
                while letter && chars.next_if(|(_, c)| c.is_ascii_alphabetic()).is_some() {}
                while letter && chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
                continue;
            }
            '{' => {
                depth += 1;
                false
            }
            '}' => {
                depth = depth.saturating_sub(1);
                false
            }
            c => depth == 0 && (c.is_whitespace() || "~,;".contains(c)),
        };
        if !separator {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            tokens.push(Token::Word(&field[from..at]));
        }
        match c {
            ',' => tokens.push(Token::Comma),
            ';' => tokens.push(Token::Semicolon),
            _ => {}
        }
    }
    if let Some(from) = start {
        tokens.push(Token::Word(&field[from..]));
    }
    tokens
}

/// A person, a group in braces, or nobody.
fn one(name: &[Token<'_>], more: &mut bool) -> Option<RecordAuthor> {
    let shown = shown(name);
    if is_others(&shown) {
        *more = true;
        return None;
    }
    if let [Token::Word(word)] = name
        && let Some(inner) = in_braces(word)
        // `{\'Agnes}` is one letter in braces, as BibTeX wants it.
        && !inner.starts_with('\\')
    {
        return group(&shown);
    }
    if is_group(&shown) || name_key(&shown).contains("working group") {
        return group(&shown);
    }
    author(person(name, shown))
}

fn group(name: &str) -> Option<RecordAuthor> {
    let mut author = author(PersonName::literal(name))?;
    author.group = true;
    Some(author)
}

/// The words of a name as they follow each other.
fn shown(name: &[Token<'_>]) -> String {
    let mut shown = String::new();
    for token in name {
        let text = token.text();
        if !shown.is_empty() && *token != Token::Comma {
            shown.push(' ');
        }
        shown.push_str(&text);
    }
    shown
}

/// The inside of a text that stands in one pair of braces.
pub(super) fn in_braces(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut depth = 0_usize;
    let mut escaped = false;
    for c in inner.chars() {
        match c {
            _ if std::mem::take(&mut escaped) => {}
            '\\' => escaped = true,
            '{' => depth += 1,
            // `{A} and {B}`
            '}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    (depth == 0 && !escaped).then_some(inner)
}

/// A person's name in its parts, as BibTeX finds them.
fn person(name: &[Token<'_>], shown: String) -> PersonName {
    // Scripts without capitals, and single words: BibTeX's rules say nothing of them.
    let words = name.iter().filter(|token| **token != Token::Comma).count();
    if words < 2 || !shown.chars().any(char::is_uppercase) {
        return PersonName::literal(shown.trim_matches([' ', ',']));
    }
    let mut chunks = Vec::new();
    for (at, token) in name.iter().enumerate() {
        if at > 0 && *token != Token::Comma {
            push(&mut chunks, Chunk::Normal(" ".to_owned()));
        }
        let text = token.text();
        let whole =
            matches!(token, Token::Word(word) if in_braces(word).is_some() || text.contains(','));
        let chunk = if whole {
            Chunk::Verbatim(text)
        } else {
            Chunk::Normal(text)
        };
        push(&mut chunks, chunk);
    }
    let person = Person::parse(&chunks);
    let family = format!("{} {}", person.prefix, person.name);
    // `{Bell, II}`
    let (family, suffix) = match family.split_once(',') {
        Some((family, suffix)) if is_suffix(suffix) => (family, suffix),
        _ => (family.as_str(), person.suffix.as_str()),
    };
    let parts = in_parts(Some(&person.given_name), Some(family), Some(suffix));
    if parts.is_name() {
        parts
    } else {
        PersonName::literal(&shown)
    }
}

/// Adds a piece of a name; what stands outside of braces is one piece for the crate.
fn push(chunks: &mut Vec<Spanned<Chunk>>, chunk: Chunk) {
    match (chunks.last_mut().map(|last| &mut last.v), chunk) {
        (Some(Chunk::Normal(last)), Chunk::Normal(text)) => last.push_str(&text),
        (_, chunk) => chunks.push(Spanned::zero(chunk)),
    }
}
