//! A work as a BibTeX entry: the fields and escapes of classic BibTeX, which its later kin read as well.

#[cfg(test)]
mod tests;

use super::export::{Export, ExportAuthor};
use crate::db::authors::printed_name;
use crate::domain::work::WorkKind;
use crate::paths;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A work as an entry; its key is `bzpeer` and the work's number, so it never changes. `base_url` is the site's own
/// address.
pub fn entry(work: &Export, base_url: &str) -> String {
    let (kind, place) = match work.kind {
        WorkKind::Article => ("article", "journal"),
        WorkKind::ConferencePaper => ("inproceedings", "booktitle"),
        WorkKind::Chapter => ("incollection", "booktitle"),
        WorkKind::Book => ("book", "publisher"),
        WorkKind::Thesis if work.masters => ("mastersthesis", "school"),
        WorkKind::Thesis => ("phdthesis", "school"),
        WorkKind::Report => ("techreport", "institution"),
        WorkKind::Preprint | WorkKind::Dataset | WorkKind::Software | WorkKind::Other => {
            ("misc", "howpublished")
        }
    };
    let mut fields: Vec<(&str, String)> = Vec::new();
    if !work.authors.is_empty() {
        fields.push(("author", braced(&authors(work))));
    }
    let latex = work.title_latex.as_deref().and_then(latex_title);
    let title = latex.unwrap_or_else(|| title(&work.title));
    fields.push(("title", braced(&title)));
    if let Some(venue) = &work.venue {
        fields.push((place, braced(&text(venue))));
    }
    if let Some(year) = work.year {
        fields.push(("year", braced(&year.to_string())));
    }
    if let Some(month) = month(work) {
        fields.push(("month", month.to_owned()));
    }
    if let Some(doi) = &work.doi {
        fields.push(("doi", braced(&address(doi))));
    }
    if let Some(arxiv) = &work.arxiv {
        fields.push(("eprint", braced(&address(arxiv))));
        fields.push(("archiveprefix", braced("arXiv")));
    }
    let page = format!("{base_url}{}", paths::encode(&work.path));
    fields.push(("url", braced(&address(&page))));
    let lines: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("  {name} = {value},\n"))
        .collect();
    format!("@{kind}{{bzpeer{},\n{}}}", work.id, lines.concat())
}

fn braced(value: &str) -> String {
    format!("{{{value}}}")
}

/// Nothing where the date is of another year than the one that is shown.
fn month(work: &Export) -> Option<&'static str> {
    let mut parts = work.published_on.as_deref()?.split('-');
    if parts.next()?.parse().ok() != work.year {
        return None;
    }
    let month: usize = parts.next()?.parse().ok()?;
    MONTHS.get(month.checked_sub(1)?).copied()
}

fn authors(work: &Export) -> String {
    let mut names: Vec<String> = work.authors.iter().map(name).collect();
    if work.more_authors {
        names.push("others".to_owned());
    }
    names.join(" and ")
}

/// `Family, Given` where the family name is known. Otherwise as printed, for the style to divide; in braces what must not be
/// divided.
fn name(author: &ExportAuthor) -> String {
    let name = printed_name(&author.name, author.family.as_deref());
    // A comma or an "and" would end the name or the author.
    let whole = |part: &str| {
        !part.contains(',')
            && part
                .split_whitespace()
                .all(|word| !word.eq_ignore_ascii_case("and") && word != "others")
    };
    match (&name.family, &name.given) {
        _ if author.collective || !whole(&author.name) => braced(&text(&author.name)),
        (Some(family), Some(given)) => format!("{}, {}", text(family), text(given)),
        (Some(family), None) if family.contains(' ') => braced(&text(family)),
        _ => text(&author.name),
    }
}

/// A character as LaTeX reads it.
fn push(out: &mut String, c: char) {
    match c {
        '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
        '\\' => out.push_str("\\textbackslash{}"),
        // BibTeX counts braces even behind a backslash.
        '{' => out.push_str("\\textbraceleft{}"),
        '}' => out.push_str("\\textbraceright{}"),
        '^' => out.push_str("\\textasciicircum{}"),
        '~' => out.push_str("\\textasciitilde{}"),
        '\u{2010}' | '\u{2011}' => out.push('-'),
        // Two in a row are a dash.
        '-' if out.ends_with('-') => out.push_str("{}-"),
        other => out.push(other),
    }
}

fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    plain.chars().for_each(|c| push(&mut out, c));
    out
}

/// In a field that is taken literally, where only braces and backslashes mean something.
fn address(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\\' => out.push_str("%5C"),
            other => out.push(other),
        }
    }
    out
}

/// A title as text, with braces around the words whose capitals a style must keep.
fn title(plain: &str) -> String {
    let mut words = Words::new(plain);
    let mut out = String::with_capacity(plain.len() + 16);
    let mut word = String::new();
    for c in plain.chars() {
        if c.is_alphanumeric() {
            word.push(c);
            continue;
        }
        words.end(&mut out, &mut word);
        words.between(c);
        push(&mut out, c);
    }
    words.end(&mut out, &mut word);
    out
}

/// Where in a title a word stands.
struct Words {
    /// All letters are capitals, so that they say nothing of a word.
    shouted: bool,
    first: bool,
    after_colon: bool,
}

impl Words {
    fn new(title: &str) -> Self {
        let words = title.split_whitespace().filter(|word| {
            let mut letters = word.chars().filter(|c| c.is_alphabetic());
            letters.nth(1).is_some()
        });
        Self {
            shouted: words.count() > 2 && !title.chars().any(char::is_lowercase),
            first: true,
            after_colon: false,
        }
    }

    fn between(&mut self, c: char) {
        match c {
            ':' => self.after_colon = true,
            ' ' => {}
            _ => self.after_colon = false,
        }
    }

    /// Writes a word and empties it.
    fn end(&mut self, out: &mut String, word: &mut String) {
        if word.is_empty() {
            return;
        }
        if self.keeps(word) {
            out.extend(["{", word, "}"]);
        } else {
            out.push_str(word);
        }
        word.clear();
        self.first = false;
        self.after_colon = false;
    }

    /// Whether a style would spoil the word: TeX, DNA, H2O, the D of vitamin D, the first one behind a colon.
    fn keeps(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let capital = chars.next().is_some_and(char::is_uppercase);
        let inside = chars.clone().any(char::is_uppercase);
        let alone = chars.all(|c| !c.is_lowercase());
        let article = word == "A" || self.first && word.chars().nth(1).is_none();
        !self.shouted && (inside || capital && (self.after_colon || alone && !article))
    }
}

/// A title whose source is LaTeX with mathematics, as that source; nothing where it is not, or would break the entry.
fn latex_title(source: &str) -> Option<String> {
    let outside: String = source.split('$').step_by(2).collect();
    let dollars = source.matches('$').count();
    let markup = outside.contains(['<', '>']) || outside.contains('&') && outside.contains(';');
    if dollars == 0
        || dollars % 2 == 1
        || source.contains("$$")
        || source.contains("\\$")
        || markup
        || !knows_commands(&outside)
        || !balanced(source)
        || source.split('$').any(|part| !balanced(part))
    {
        return None;
    }
    let mut words = Words::new(&outside);
    let mut out = String::with_capacity(source.len() + 16);
    for (at, part) in source.split('$').enumerate() {
        if at % 2 == 1 {
            // Styles change the case of letters outside braces, also of those in mathematics.
            out.extend(["{$", part, "$}"]);
            words.first = false;
        } else {
            latex_words(part, &mut words, &mut out);
        }
    }
    Some(out.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Commands that every LaTeX knows; a bibliography's own ones would stop a reader's document.
const COMMANDS: [&str; 32] = [
    "TeX",
    "LaTeX",
    "em",
    "emph",
    "it",
    "bf",
    "sc",
    "tt",
    "rm",
    "textit",
    "textbf",
    "textsc",
    "texttt",
    "textrm",
    "textsuperscript",
    "textsubscript",
    "c",
    "v",
    "u",
    "H",
    "k",
    "r",
    "o",
    "O",
    "l",
    "L",
    "ss",
    "ae",
    "oe",
    "aa",
    "i",
    "j",
];

fn knows_commands(text: &str) -> bool {
    text.split('\\').skip(1).all(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic());
        let command = &rest[..end.unwrap_or(rest.len())];
        command.is_empty() || COMMANDS.contains(&command)
    })
}

/// LaTeX between the mathematics, with braces as in [`title`] where it has none itself.
fn latex_words(part: &str, words: &mut Words, out: &mut String) {
    let mut depth = 0_usize;
    let mut word = String::new();
    let mut chars = part.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() && depth == 0 {
            word.push(c);
            continue;
        }
        words.end(out, &mut word);
        words.between(c);
        match c {
            '\\' => {
                out.push('\\');
                out.extend(chars.next());
                while let Some(letter) = chars.next_if(char::is_ascii_alphabetic) {
                    out.push(letter);
                }
            }
            '{' => {
                depth += 1;
                out.push(c);
            }
            '}' => {
                depth = depth.saturating_sub(1);
                out.push(c);
            }
            '~' | '-' => out.push(c),
            _ => push(out, c),
        }
    }
    words.end(out, &mut word);
}

/// As BibTeX counts: a backslash in front of a brace changes nothing.
fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    text.chars().all(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth >= 0
    }) && depth == 0
        && !text.ends_with('\\')
}
