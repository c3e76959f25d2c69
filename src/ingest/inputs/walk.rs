//! From the paths that were given to the files that are meant.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::super::format::Choice;
use super::super::record::RecordError;
use super::names;
use super::{Notes, broken};

/// Something to be read.
pub(super) enum Found {
    /// A file, a pipe.
    File {
        path: PathBuf,
        /// It was named, not found in a folder.
        given: bool,
        /// In bytes, of a regular file.
        size: Option<u64>,
    },
    /// `-`
    Stdin,
    /// It cannot be read, and that is known already.
    Broken(RecordError),
}

/// All that is meant by `paths`: folders with what is in them, by name.
pub(super) fn walk(paths: &[PathBuf], choice: Option<Choice>, notes: &Notes) -> Vec<Found> {
    let mut found = Vec::new();
    let mut stdin = false;
    for path in paths {
        if path.as_os_str() == "-" {
            if std::mem::replace(&mut stdin, true) {
                let reason = "standard input is named twice, but can be read only once";
                found.push(Found::Broken(broken(super::STDIN, reason)));
            } else {
                found.push(Found::Stdin);
            }
            continue;
        }
        match fs::metadata(path) {
            Err(error) => found.push(Found::Broken(unreadable(path, &error))),
            Ok(metadata) if metadata.is_dir() => folder(path, choice, notes, &mut found),
            Ok(metadata) => found.push(Found::File {
                path: path.clone(),
                given: true,
                size: size(&metadata),
            }),
        }
    }
    found
}

fn folder(root: &Path, choice: Option<Choice>, notes: &Notes, found: &mut Vec<Found>) {
    let before = found.len();
    let mut entries = WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.push(Found::Broken(unlisted(root, &error)));
                continue;
            }
        };
        let path = entry.path();
        let shown = path.display().to_string();
        let is_folder = entry.file_type().is_dir();
        if entry.depth() > 0 && names::is_hidden(&entry.file_name().to_string_lossy()) {
            notes.push(&shown, "it is hidden");
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        if is_folder {
            continue;
        }
        let name = entry.file_name().to_string_lossy();
        if let Some(reason) = names::passed_over(&name, choice) {
            notes.push(&shown, reason);
            continue;
        }
        match entry.metadata() {
            Ok(metadata) if metadata.is_file() => found.push(Found::File {
                path: path.to_owned(),
                given: false,
                size: size(&metadata),
            }),
            Ok(_) => notes.push(&shown, "it is neither a file nor a folder"),
            Err(error) => found.push(Found::Broken(unlisted(root, &error))),
        }
    }
    if found.len() == before {
        let shown = root.display().to_string();
        found.push(Found::Broken(broken(&shown, "no file of records is in it")));
    }
}

fn size(metadata: &Metadata) -> Option<u64> {
    metadata.is_file().then_some(metadata.len())
}

/// Why a path cannot be read.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> RecordError {
    let shown = path.display().to_string();
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    if is_link && error.kind() == ErrorKind::NotFound {
        let target = fs::read_link(path).unwrap_or_default();
        return broken(
            &shown,
            format!(
                "cannot be read: it is a symbolic link to {}, which is not there",
                target.display()
            ),
        );
    }
    broken(&shown, format!("cannot be read: {error}"))
}

/// Why something in a folder cannot be listed.
fn unlisted(root: &Path, error: &walkdir::Error) -> RecordError {
    let path = error.path().unwrap_or(root);
    if let Some(ancestor) = error.loop_ancestor() {
        let reason = format!(
            "it is a symbolic link back to {}, in which it lies: a loop",
            ancestor.display()
        );
        return broken(&path.display().to_string(), reason);
    }
    match error.io_error() {
        Some(io) => unreadable(path, io),
        None => broken(
            &path.display().to_string(),
            format!("cannot be read: {error}"),
        ),
    }
}
