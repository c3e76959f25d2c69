//! Formats that are neither XML nor JSON, by the lines that only they have.

use super::super::Format;

pub(super) fn guess(bytes: &[u8], file_name: &str) -> Option<Format> {
    let text = String::from_utf8_lossy(bytes);
    let lines = || text.lines().map(str::trim_end);
    if lines().any(|line| line.starts_with("TY  -")) {
        return Some(Format::Ris);
    }
    let ruled = lines().any(|line| line == r"\\");
    if ruled && lines().any(is_abs_field) {
        return Some(Format::ArxivAbs);
    }
    if lines().any(is_entry) {
        return Some(Format::Bibtex);
    }
    is_people(&text, file_name).then_some(Format::AclPeople)
}

/// `arXiv:0704.0001`, `Paper: hep-th/9901001`, `Title: …`: what an `.abs` file has between its first two rules.
fn is_abs_field(line: &str) -> bool {
    ["arXiv:", "Paper: ", "Title: "]
        .iter()
        .any(|field| line.starts_with(field))
}

/// `@article{`, `@String(`: the start of an entry of BibTeX.
fn is_entry(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix('@') else {
        return false;
    };
    let rest = rest.trim_start();
    let kind = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    kind > 0 && rest[kind..].trim_start().starts_with(['{', '('])
}

/// The Anthology's `name_variants.yaml`, a list whose entries begin with a canonical name, and its `people.yaml`, a table
/// of people with their names.
fn is_people(text: &str, file_name: &str) -> bool {
    let mut lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#') && !line.trim().is_empty());
    let is_yaml = [".yaml", ".yml"]
        .iter()
        .any(|ending| file_name.to_ascii_lowercase().ends_with(ending));
    let Some(first) = lines.find(|line| *line != "---") else {
        return false;
    };
    first.starts_with("- canonical:")
        || (is_yaml
            && first.ends_with(':')
            && !first.starts_with(' ')
            && text.lines().any(|line| line.trim() == "names:")
            && text.contains("last:"))
}
