//! Abstracts and venues.

use super::mojibake;
use crate::domain::names::name_key;

/// What stands where an abstract should, as [`name_key`] writes it.
const NO_SUMMARY: [&str; 22] = [
    "abstract",
    "abstract not available",
    "description not available",
    "na",
    "n a",
    "nan",
    "no abstract",
    "no abstract available",
    "no abstract provided",
    "no description",
    "no description available",
    "no description provided",
    "no description supplied",
    "none",
    "not available",
    "null",
    "pdf",
    "tba",
    "unav",
    "undefined",
    "unknown",
    "unas",
];

/// How such sentences begin, which go on in many ways ("… for this resource").
const NO_SUMMARY_AT_ALL: [&str; 5] = [
    "no abstract available",
    "no abstract is available",
    "abstract not available",
    "abstract is not available",
    "there is no abstract",
];
/// The longest of them, in bytes.
const MAX_EXCUSE: usize = 80;

/// What stands where a journal should.
const NO_VENUE: [&str; 14] = [
    "na",
    "n a",
    "nan",
    "none",
    "not available",
    "not specified",
    "null",
    "pubmed",
    "unav",
    "undefined",
    "unknown",
    "unpublished",
    "unspecified",
    "tba",
];

/// An abstract without the heading over it; `None` for what is no abstract.
pub(super) fn summary(mut text: String) -> Option<String> {
    mojibake::repair(&mut text);
    // `Abstract Abstract We …`
    for _ in 0..3 {
        let Some(rest) = without_heading(&text) else {
            break;
        };
        text = rest;
    }
    let key = if text.len() <= 4 * MAX_EXCUSE {
        name_key(&without_tags(&text))
    } else {
        return Some(text);
    };
    let excuse =
        key.len() <= MAX_EXCUSE && NO_SUMMARY_AT_ALL.iter().any(|start| key.starts_with(start));
    (!key.is_empty() && !excuse && !NO_SUMMARY.contains(&key.as_str())).then_some(text)
}

/// A journal, book or publisher as shown; `None` for what names none.
pub(super) fn venue(mut text: String) -> Option<String> {
    mojibake::repair(&mut text);
    let trimmed = text.trim_matches([' ', ',', ';', ':']);
    let key = name_key(trimmed);
    let says = !key.is_empty() && !NO_VENUE.contains(&key.as_str()) && !trimmed.starts_with("(:");
    says.then(|| trimmed.to_owned())
}

/// The text without the word "Abstract" at its start, if that is a heading.
fn without_heading(text: &str) -> Option<String> {
    let (before, rest) = text.split_at(leading_tags(text));
    let rest = rest.trim_start();
    let word = rest
        .get(..8)
        .filter(|word| *word == "Abstract" || *word == "ABSTRACT")?;
    let rest = &rest[word.len()..];
    // `<b>Abstract</b>: …`
    let (closing, rest) = rest.split_at(leading_tags(rest));
    let content = rest.trim_start_matches(|c: char| c.is_whitespace() || ".:-–—".contains(c));
    let mark = &rest[..rest.len() - content.len()];
    let line = mark.contains([':', '.', '–', '—']) || mark.contains(" -") || mark.contains("\n\n");
    let heading = match (mark, closing) {
        ("", "") => is_glued(word, content),
        _ if line || !closing.is_empty() => true,
        _ => mark.starts_with(char::is_whitespace) && is_sentence(content),
    };
    (heading || content.is_empty()).then(|| format!("{before}{closing}{content}"))
}

/// `AbstractThis`, not `Abstracts` or `ABSTRACTION`.
fn is_glued(word: &str, content: &str) -> bool {
    let mut letters = content.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let second = letters.next();
    first && (word == "Abstract" || second.is_some_and(|c| c.is_lowercase() || c == ' '))
}

/// Whether a sentence begins here, not the rest of one about something abstract.
fn is_sentence(content: &str) -> bool {
    const ABSTRACT_THINGS: [&str; 17] = [
        "algebra",
        "argumentation",
        "art",
        "cauchy",
        "class",
        "classes",
        "data",
        "expressionism",
        "harmonic",
        "interpretation",
        "machine",
        "machines",
        "meaning",
        "state",
        "syntax",
        "wiener",
        "window",
    ];
    let word: String = content
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .take(20)
        .collect();
    !content.starts_with(char::is_lowercase)
        && !ABSTRACT_THINGS.contains(&word.to_lowercase().as_str())
}

/// How many bytes of tags and white space a text begins with.
fn leading_tags(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = text[at..].trim_start();
        let Some(end) = rest.bytes().take(40).position(|byte| byte == b'>') else {
            return at;
        };
        let name = rest[..end].strip_prefix('<').unwrap_or_default();
        let name = name.strip_prefix('/').unwrap_or(name);
        let tag = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b':');
        // The renderer knows what to do about a heading that is one.
        if !tag || name.ends_with("title") {
            return at;
        }
        at = text.len() - rest.len() + end + 1;
    }
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        out.push(' ');
        rest = match tag.split_once('>') {
            Some((name, after)) if !name.starts_with([' ', '=']) => after,
            _ => tag,
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_that_there_is_no_abstract_is_none() {
        for text in [
            "No description provided.",
            ":unav",
            ":none",
            "(:null)",
            "No abstract available",
            "No abstract available for this resource",
            "Abstract not available",
            "n/a",
            "N/A",
            "PDF:",
            "-",
            "null",
            "None",
            "<p>None</p>",
            "Abstract",
            "…",
            "<jats:p>No abstract available.</jats:p>",
        ] {
            assert_eq!(summary(text.to_owned()), None, "{text}");
        }
        for text in [
            "No abstract nonsense: we prove it.",
            "None of these methods works.",
            "Карта",
            "x < 1",
        ] {
            assert_eq!(summary(text.to_owned()).as_deref(), Some(text));
        }
    }

    #[test]
    fn the_heading_over_an_abstract_is_no_part_of_it() {
        for (given, left) in [
            ("Abstract We show", "We show"),
            ("ABSTRACT: We show", "We show"),
            ("Abstract. We show", "We show"),
            ("Abstract\n\nwe show", "we show"),
            ("Abstract\nWe show", "We show"),
            ("Abstract — We show", "We show"),
            ("Abstract Abstract Background: x", "Background: x"),
            ("AbstractThis is", "This is"),
            ("ABSTRACTThis is", "This is"),
            ("ABSTRACTA new", "A new"),
            ("<p>Abstract</p><p>We show</p>", "<p></p><p>We show</p>"),
            ("<p><b>Abstract</b>: We show</p>", "<p><b></b>We show</p>"),
            ("Abstract 5-HT", "5-HT"),
        ] {
            assert_eq!(summary(given.to_owned()).as_deref(), Some(left), "{given}");
        }
        for text in [
            "Abstract interpretation is a theory.",
            "Abstract\ninterpretation is",
            "Abstract Syntax Trees",
            "Abstracts of the meeting",
            "ABSTRACTION in art",
            "Abstract-valued maps",
            "Summary We show",
            "abstract We show",
            "<jats:title>Abstract</jats:title><jats:p>We</jats:p>",
        ] {
            assert_eq!(summary(text.to_owned()).as_deref(), Some(text));
        }
    }

    #[test]
    fn venues_that_name_none_are_dropped() {
        for text in [
            "Unpublished",
            "n.a.",
            "N/A",
            "PubMed",
            "null",
            "(:Null)",
            " ;",
            "Unknown",
        ] {
            assert_eq!(venue(text.to_owned()), None, "{text}");
        }
        for (given, left) in [
            ("Chiang Mai University,", "Chiang Mai University"),
            ("Nature;", "Nature"),
            ("Null Hypothesis Letters", "Null Hypothesis Letters"),
            ("PubMed Central Letters", "PubMed Central Letters"),
        ] {
            assert_eq!(venue(given.to_owned()).as_deref(), Some(left));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(Abstract|ABSTRACT|<p>|</b>|<|>|[:. é-]|[A-Za-z]){0,12}") {
            let _ = summary(text);
        }
    }
}
