//! Topics from what sources call keywords, categories or subjects.

mod arxiv;

use super::markup::{self, Shape};
use super::record::RecordTopic;
use crate::domain::names::name_key;

/// A longer keyword is a sentence that lost its way into the field.
const MAX_KEYWORD_CHARS: usize = 120;
/// More keywords than this are somebody's vocabulary, not this work's subjects.
const MAX_KEYWORDS: usize = 50;

/// The name of an arXiv category (`cs.LG`), of archives that have no categories (`hep-th`) and of
/// those that were renamed; the code in arXiv's own spelling, and the same one for the two names of a category that belongs to two
/// archives.
pub fn arxiv_category(code: &str) -> Option<(&'static str, &'static str)> {
    let alias = arxiv::ALIASES
        .iter()
        .find(|(alias, _)| alias.eq_ignore_ascii_case(code));
    let code = alias.map_or(code, |(_, canonical)| *canonical);
    arxiv::CATEGORIES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(code))
        .copied()
}

/// Reads a list such as `cs.LG, stat.ML, 62H30, graph theory`: arXiv categories, MSC and ACM codes
/// by their form, everything else as a keyword. Sorted, without repetition.
pub fn from_keywords(list: &str) -> Vec<RecordTopic> {
    let mut topics: Vec<RecordTopic> = list
        .split([',', ';', '\n'])
        .map(|part| trim_label(part.trim()))
        .filter(|part| !part.is_empty() && part.chars().count() <= MAX_KEYWORD_CHARS)
        .filter_map(topic)
        .take(MAX_KEYWORDS)
        .collect();
    // Of two spellings the first in order stays, whatever the order of the list.
    topics.sort_by(|one, other| {
        (&one.scheme, &one.code, &one.name).cmp(&(&other.scheme, &other.code, &other.name))
    });
    topics.dedup_by(|one, other| one.scheme == other.scheme && one.code == other.code);
    topics
}

/// `Primary 62H30`, `MSC: 62H30`: the code alone.
fn trim_label(part: &str) -> &str {
    [
        "Primary",
        "Secondary",
        "MSC:",
        "ACM:",
        "MSC2020",
        "MSC2010",
        "MSC",
    ]
    .iter()
    .find_map(|label| part.strip_prefix(label))
    .map_or(part, |rest| rest.trim_start_matches([':', ' ']))
}

fn topic(text: &str) -> Option<RecordTopic> {
    let topic = |scheme: &str, code: &str, name: &str| {
        Some(RecordTopic {
            scheme: scheme.to_owned(),
            code: code.to_owned(),
            name: name.to_owned(),
            ..RecordTopic::default()
        })
    };
    if let Some((code, name)) = arxiv_category(text) {
        return topic("arxiv", code, name);
    }
    if is_msc(text) {
        return topic("msc", text, &format!("MSC {text}"));
    }
    if is_acm(text) {
        return topic("acm", text, &format!("ACM {text}"));
    }
    let name = markup::render(text, Shape::Line).text;
    let code = name_key(&name);
    if code.is_empty() {
        return None;
    }
    topic("keyword", &code, &name)
}

/// Mathematics Subject Classification: `62H30`, `62-XX`, `62Hxx`.
fn is_msc(text: &str) -> bool {
    let bytes = text.as_bytes();
    let two = |part: &[u8]| part.iter().all(u8::is_ascii_digit) || part.eq_ignore_ascii_case(b"xx");
    bytes.len() == 5
        && bytes[..2].iter().all(u8::is_ascii_digit)
        && (bytes[2].is_ascii_uppercase() || bytes[2] == b'-')
        && two(&bytes[3..])
}

/// ACM Computing Classification System of 1998: `I.2`, `I.2.6`, `H.3.m`.
fn is_acm(text: &str) -> bool {
    let mut parts = text.split('.');
    let letter = parts
        .next()
        .is_some_and(|part| matches!(part.as_bytes(), [b'A'..=b'K']));
    let rest: Vec<&str> = parts.collect();
    letter
        && (1..=2).contains(&rest.len())
        && rest.iter().all(|part| {
            matches!(part.as_bytes(), [byte] if byte.is_ascii_digit() || *byte == b'm')
                || (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: &str) -> Vec<(String, String)> {
        from_keywords(list)
            .into_iter()
            .map(|topic| (topic.scheme, topic.name))
            .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = |(scheme, name): &(&str, &str)| ((*scheme).to_owned(), (*name).to_owned());
        expected.iter().map(own).collect()
    }

    #[test]
    fn arxiv_categories_get_their_names() {
        assert_eq!(
            read("cs.LG, stat.ML, CS.AI, hep-th"),
            pairs(&[
                ("arxiv", "Artificial Intelligence"),
                ("arxiv", "Machine Learning"),
                ("arxiv", "High Energy Physics - Theory"),
                ("arxiv", "Machine Learning (Statistics)"),
            ])
        );
    }

    #[test]
    fn a_category_of_two_archives_is_one_topic() {
        assert_eq!(
            read("math.MP, math-ph, math.IT, cs.NA, math.NA, stat.TH, q-fin.EC, cs.SY, eess.SY"),
            pairs(&[
                ("arxiv", "Information Theory"),
                ("arxiv", "General Economics"),
                ("arxiv", "Systems and Control"),
                ("arxiv", "Mathematical Physics"),
                ("arxiv", "Numerical Analysis"),
                ("arxiv", "Statistics Theory"),
            ])
        );
    }

    #[test]
    fn codes_of_other_schemes_are_told_by_their_form() {
        assert_eq!(
            read("Primary 62H30; Secondary 05-XX; I.2.6; H.3.m"),
            pairs(&[
                ("acm", "ACM H.3.m"),
                ("acm", "ACM I.2.6"),
                ("msc", "MSC 05-XX"),
                ("msc", "MSC 62H30"),
            ])
        );
    }

    #[test]
    fn the_rest_are_keywords_once_each() {
        assert_eq!(
            read(r"graph theory, Graph  Theory; $\ell_1$ norm, cs.XX,, "),
            pairs(&[
                ("keyword", "cs.XX"),
                ("keyword", "Graph Theory"),
                ("keyword", "ℓ₁ norm")
            ])
        );
    }

    #[test]
    fn every_arxiv_code_is_listed_once() {
        let mut codes: Vec<&str> = arxiv::CATEGORIES.iter().map(|(code, _)| *code).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        assert!(count > 150);
        for (alias, canonical) in arxiv::ALIASES {
            assert!(!codes.contains(alias), "{alias}");
            assert!(codes.contains(canonical), "{canonical}");
        }
    }
}
