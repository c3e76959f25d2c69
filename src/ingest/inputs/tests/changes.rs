//! Files that somebody writes to while they are read.

use std::fs::{self, File, OpenOptions};
use std::time::{Duration, SystemTime};

use super::*;

/// What may happen to a file.
type Happen = fn(&Path);

/// Reads the first record of a file, lets something happen to it, and reads the rest.
fn read_around(place: &Place, path: &Path, happen: impl Fn(&Path)) -> Vec<RecordError> {
    let mut sources = place.open(&[path.to_owned()], None);
    let mut source = sources.next().unwrap().unwrap();
    assert!(source.records.next().unwrap().is_ok());
    happen(path);
    source.records.by_ref().filter_map(Result::err).collect()
}

#[test]
fn a_file_that_changes_while_it_is_read_is_refused() {
    let append = |path: &Path| {
        let mut file = OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(&lines(&["More"])).unwrap();
    };
    let rewrite = |path: &Path| {
        let same = fs::read(path).unwrap();
        fs::write(path, same).unwrap();
        // Clocks of file systems are coarse.
        let later = SystemTime::UNIX_EPOCH + Duration::from_secs(1_900_000_000);
        File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_modified(later)
            .unwrap();
    };
    let replace = |path: &Path| {
        let other = path.with_extension("other");
        fs::copy(path, &other).unwrap();
        let old = fs::metadata(path).unwrap().modified().unwrap();
        File::options()
            .write(true)
            .open(&other)
            .unwrap()
            .set_modified(old)
            .unwrap();
        fs::rename(&other, path).unwrap();
    };
    let remove = |path: &Path| fs::remove_file(path).unwrap();
    let works = lines(&["One", "Two"]);
    let cases: [(Happen, &str); 4] = [
        (append, "its size went from"),
        (rewrite, "it was written to while it was read"),
        (replace, "another file took its place while it was read"),
        (remove, "it was removed while it was read"),
    ];
    for (happen, told) in cases {
        for (name, bytes) in [
            ("works.jsonl", works.clone()),
            ("works.jsonl.gz", gzip(&works)),
            ("works.zip", zip_(&[("a.jsonl", &works)])),
        ] {
            let place = Place::new();
            let errors = read_around(&place, &place.file(name, &bytes), happen);
            assert_eq!(errors.len(), 1, "{name}");
            assert_eq!(errors[0].extent, Extent::File);
            assert!(errors[0].reason.contains(told), "{}", errors[0]);
        }
    }
}

#[test]
fn a_file_that_is_cut_while_it_is_read_is_not_called_broken_only() {
    // More than can be read ahead.
    let works = long(3_000_000);
    for (name, bytes) in [
        ("works.jsonl", works.clone()),
        ("works.jsonl.gz", gzip(&works)),
        ("works.tar", tar_(&[("a.jsonl", &works)])),
    ] {
        let place = Place::new();
        let errors = read_around(&place, &place.file(name, &bytes), |path| {
            File::options()
                .write(true)
                .open(path)
                .unwrap()
                .set_len(1_000_000)
                .unwrap();
        });
        assert_eq!(errors.len(), 1, "{name}");
        let told = &errors[0].reason;
        assert!(told.starts_with("its size went from"), "{told}");
    }
}

#[test]
fn a_file_that_is_left_alone_is_not_suspected() {
    let place = Place::new();
    let path = place.file("works.jsonl", &lines(&["One", "Two"]));
    let errors = read_around(&place, &path, |path| {
        // Reading it and looking at it is no change.
        fs::read(path).unwrap();
    });
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn who_stops_reading_leaves_nothing_running() {
    let place = Place::new();
    let path = place.file("works.jsonl", &long(3_000_000));
    let mut sources = place.open(&[path.clone(), path], None);
    let read = sources.bytes_read();
    let mut source = sources.next().unwrap().unwrap();
    source.records.next().unwrap().unwrap();
    drop(source);
    let mut source = sources.next().unwrap().unwrap();
    assert!(source.records.by_ref().all(|record| record.is_ok()));
    assert!(read.get() < sources.total_bytes().unwrap());
}
