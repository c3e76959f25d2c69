//! The numbered list of affiliations behind a list of authors.

use std::collections::HashMap;

use crate::ingest::formats::fields::plain;

/// More affiliations than any work has.
const MAX_ENTRIES: usize = 2000;

/// Affiliations by their numbers.
#[derive(Debug, Default)]
pub(super) struct Legend(HashMap<String, String>);

impl Legend {
    /// Takes `(1) Riga, (2) Turku`, `1 Riga; 2 Turku` or `1 - Riga, 2 - Turku`; tells whether it was such a list.
    pub fn read(&mut self, text: &str) -> bool {
        let entries = if text.starts_with('(') {
            bracketed(text)
        } else {
            counted(text)
        };
        for (label, name) in &entries {
            if let Some(name) = plain(name.trim_matches([' ', ',', ';'])) {
                self.0.insert((*label).to_owned(), name);
            }
        }
        !entries.is_empty()
    }

    /// The affiliation of a number.
    pub fn get(&self, label: &str) -> Option<&str> {
        self.0.get(label).map(String::as_str)
    }
}

/// The numbers in `1`, `1,2`, `1 and 3` or `a,b`; `None` if there is anything else.
pub(super) fn markers(text: &str) -> Option<Vec<String>> {
    let labels: Vec<String> = text
        .split([',', ' ', '&', ';'])
        .filter(|word| !word.is_empty() && *word != "and")
        .map(str::to_owned)
        .collect();
    (!labels.is_empty() && labels.iter().all(|label| is_label(label))).then_some(labels)
}

fn is_label(text: &str) -> bool {
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits || matches!(text.as_bytes(), [b'a'..=b'z' | b'*'])
}

/// `(1) Riga, (2) Turku`
fn bracketed(text: &str) -> Vec<(&str, &str)> {
    let mut labels = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('(').map(|at| from + at) {
        from = at + 1;
        let Some(length) = text[from..].bytes().take(4).position(|byte| byte == b')') else {
            continue;
        };
        let label = &text[from..from + length];
        if is_label(label) && labels.len() < MAX_ENTRIES {
            labels.push((at, label, from + length + 1));
        }
    }
    let ends = labels.iter().skip(1).map(|(at, _, _)| *at);
    let ends: Vec<usize> = ends.chain([text.len()]).collect();
    labels
        .iter()
        .zip(ends)
        .filter_map(|((_, label, start), end)| Some((*label, text.get(*start..end)?)))
        .collect()
}

/// `1 Riga, Latvia; 2 Turku`: each number is one more than the last.
fn counted(text: &str) -> Vec<(&str, &str)> {
    let mut starts: Vec<(usize, &str, usize)> = Vec::new();
    let pieces = std::iter::once(0).chain(
        text.char_indices()
            .filter(|(_, c)| matches!(c, ',' | ';'))
            .map(|(at, _)| at + 1),
    );
    for at in pieces {
        let piece = &text[at..];
        let trimmed = piece.trim_start();
        let begin = at + piece.len() - trimmed.len();
        let digits = trimmed
            .bytes()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let (label, rest) = trimmed.split_at(digits);
        let separated = rest.starts_with([' ', '-', '.', ')', ':', '=']);
        if separated && label.parse() == Ok(starts.len() + 1) && starts.len() < MAX_ENTRIES {
            let content = rest.trim_start_matches([' ', '-', '.', ')', ':', '=']);
            starts.push((begin, label, text.len() - content.len()));
        }
    }
    // One that is not first was no number of a list: `Building 1, Riga`.
    if starts.first().is_none_or(|(at, _, _)| *at > 0) {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).map(|(at, _, _)| *at);
    let ends: Vec<usize> = ends.chain([text.len()]).collect();
    starts
        .iter()
        .zip(ends)
        .filter_map(|((_, label, start), end)| Some((*label, text.get(*start..end)?)))
        .collect()
}
