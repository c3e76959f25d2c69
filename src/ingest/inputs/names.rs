//! Names of files and of members of archives: which of them hold no records, and which are no good.

use super::super::format::{Choice, Format};
use super::packing::unpacked_name;

/// The longest name of a member that is accepted, in bytes.
const MAX_NAME_BYTES: usize = 1024;

/// Files that lie beside records, by what comes before the first full stop.
const COMPANIONS: [&str; 14] = [
    "authors",
    "changelog",
    "changes",
    "citation",
    "contributing",
    "contributors",
    "copying",
    "licence",
    "license",
    "manifest",
    "notice",
    "readme",
    "release_notes",
    "sha256sums",
];

/// Endings of files that hold no records in any of our formats.
const OTHER_ENDINGS: [&str; 34] = [
    "asc", "cls", "css", "csv", "doc", "docx", "dtd", "gif", "htm", "html", "jpeg", "jpg", "js",
    "lock", "log", "md", "md5", "markdown", "pdf", "png", "ps", "py", "rng", "sh", "sha256", "sql",
    "sty", "svg", "tex", "toml", "tsv", "xls", "xlsx", "xsd",
];

/// Endings of files that should hold records: what is in them is told if it is not recognised.
const RECORD_ENDINGS: [&str; 9] = [
    "abs", "bib", "bibtex", "json", "jsonl", "ndjson", "nbib", "ris", "xml",
];

/// Why a file that was found in a folder or an archive is passed over without a look at what is in it; `path` is
/// relative to the folder or archive.
pub(super) fn passed_over(path: &str, choice: Option<Choice>) -> Option<&'static str> {
    let mut parts = path
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".");
    if parts.any(is_hidden) {
        return Some("it is hidden");
    }
    let file = unpacked_name(path.rsplit('/').next().unwrap_or(path));
    let file = file.to_ascii_lowercase();
    let stem = file.split('.').next().unwrap_or_default();
    let ending = ending(&file);
    // `authors.json` does hold records.
    let companion = COMPANIONS.contains(&stem) && !RECORD_ENDINGS.contains(&ending);
    let yaml = matches!(ending, "yaml" | "yml")
        && choice.is_some_and(|choice| !choice.formats().contains(&Format::AclPeople));
    (companion || yaml || OTHER_ENDINGS.contains(&ending))
        .then_some("by its name it holds no records")
}

/// Whether a file or folder of this name is hidden.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') && name != "." && name != ".." || name == "__MACOSX"
}

/// Whether a file should hold records, by its name.
pub(super) fn looks_like_records(path: &str) -> bool {
    let file = unpacked_name(path).to_ascii_lowercase();
    RECORD_ENDINGS.contains(&ending(&file))
}

fn ending(file: &str) -> &str {
    file.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// What is wrong with the path of a member of an archive. Members are never written anywhere, but who makes such
/// paths means no good.
pub(super) fn flaw(path: &str) -> Option<String> {
    let shown: String = path
        .chars()
        .take(100)
        .flat_map(char::escape_default)
        .collect();
    let told = |what: &str| Some(format!("the path of a member {what}: {shown}"));
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.is_empty() {
        return Some("a member has no name".to_owned());
    }
    if path.len() > MAX_NAME_BYTES {
        return told("is too long");
    }
    if path.starts_with(['/', '\\']) || drive {
        return told("leads out of the archive");
    }
    if path.split(['/', '\\']).any(|part| part == "..") {
        return told("leads out of the archive");
    }
    if path.contains(char::is_control) {
        return told("holds control characters");
    }
    None
}
