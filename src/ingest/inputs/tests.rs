//! Files of every kind, good and bad.

mod bad;
mod bombs;
mod changes;
mod folders;
mod good;

use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zip::write::SimpleFileOptions;

use super::super::format::{Choice, Format};
use super::super::record::{Extent, Record, RecordError};
use super::{Note, Sources, open};

/// Lines of CSL-JSON with these titles.
fn lines(titles: &[&str]) -> Vec<u8> {
    let line = |title| format!("{{\"type\": \"book\", \"title\": \"{title}\"}}\n");
    titles.iter().map(line).collect::<String>().into_bytes()
}

/// Lines of CSL-JSON that hardly pack, at least so many bytes.
fn long(bytes: usize) -> Vec<u8> {
    let mut text = Vec::new();
    let mut state = 1u64;
    while text.len() < bytes {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        text.extend(lines(&[&format!("{state:x}")]));
    }
    text
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zstd_(bytes: &[u8]) -> Vec<u8> {
    let mut out = zstd::Encoder::new(Vec::new(), 3).unwrap();
    out.include_checksum(true).unwrap();
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn tar_(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (path, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        out.append_data(&mut header, path, *bytes).unwrap();
    }
    out.into_inner().unwrap()
}

fn zip_with(method: zip::CompressionMethod, members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(method);
        out.start_file(*path, options).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn zip_(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(zip::CompressionMethod::Deflated, members)
}

/// A folder for one test.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// All that comes of these paths.
    fn read(&self, paths: &[PathBuf]) -> Read {
        read(self.open(paths, None))
    }

    fn open(&self, paths: &[PathBuf], choice: Option<&str>) -> Sources {
        let choice = choice.map(|name| Choice::parse(name).unwrap());
        open(paths, choice, self.0.path())
    }

    /// A message without the name of the folder.
    fn told(&self, error: &RecordError) -> String {
        let folder = format!("{}/", self.0.path().display());
        error.to_string().replace(&folder, "")
    }

    /// What is told of a file of which nothing may be kept.
    fn refusal(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.file(name, bytes);
        let read = self.read(&[path]);
        let [error] = &read.errors[..] else {
            panic!("not one error: {:?}", read.errors);
        };
        assert_eq!(error.extent, Extent::File);
        self.told(error)
    }
}

/// What came of reading.
struct Read {
    titles: Vec<String>,
    errors: Vec<RecordError>,
    formats: Vec<Option<Format>>,
    notes: Vec<Note>,
}

fn read(mut sources: Sources) -> Read {
    let notes = sources.notes();
    let (counted, total) = (sources.bytes_read(), sources.total_bytes());
    let mut read = Read {
        titles: Vec::new(),
        errors: Vec::new(),
        formats: Vec::new(),
        notes: Vec::new(),
    };
    for source in sources.by_ref() {
        match source {
            Ok(source) => {
                read.formats.push(source.format);
                for record in source.records {
                    match record {
                        Ok(Record::Work(work)) => read.titles.push(work.title_source),
                        Ok(other) => panic!("not a work: {other:?}"),
                        Err(error) => read.errors.push(error),
                    }
                }
            }
            Err(error) => read.errors.push(error),
        }
    }
    if let Some(total) = total
        && read.errors.is_empty()
    {
        assert_eq!(counted.get(), total);
    }
    assert_eq!(sources.remaining(), 0);
    read.notes = notes.take();
    read
}

/// The ends of the files in the notes, and what is noted.
fn noted(read: &Read, folder: &Path) -> Vec<String> {
    let folder = format!("{}/", folder.display());
    let told = |note: &Note| format!("{}: {}", note.file.replace(&folder, ""), note.what);
    read.notes.iter().map(told).collect()
}
