//! Files that are cut off, damaged, empty, or packed in ways that are not read.

use super::*;

/// Whether all of a file was read as it should be.
fn is_whole(read: &Read) -> bool {
    read.errors.is_empty() && read.titles == ["One", "Two"]
}

fn has_file_error(read: &Read) -> bool {
    read.errors
        .iter()
        .filter(|error| error.extent == Extent::File)
        .count()
        == 1
        && read
            .errors
            .last()
            .is_some_and(|last| last.extent == Extent::File)
}

fn small() -> [(&'static str, Vec<u8>); 6] {
    let works = lines(&["One", "Two"]);
    let members: [(&str, &[u8]); 2] =
        [("a.jsonl", &lines(&["One"])), ("b.jsonl", &lines(&["Two"]))];
    [
        ("works.jsonl.gz", gzip(&works)),
        ("works.jsonl.zst", zstd_(&works)),
        ("works.zip", zip_(&members)),
        ("works.tar", tar_(&members)),
        ("works.tar.gz", gzip(&tar_(&members))),
        ("works.tar.zst", zstd_(&tar_(&members))),
    ]
}

#[test]
fn a_file_cut_off_at_any_byte_is_refused() {
    let place = Place::new();
    for (name, bytes) in small() {
        // Two blocks of zeros end a tar archive; one of them is enough.
        let end = if name.ends_with(".tar") {
            bytes.len() - 512
        } else {
            bytes.len()
        };
        for length in 0..end {
            let read = place.read(&[place.file(name, &bytes[..length])]);
            assert!(
                has_file_error(&read),
                "{name} at {length}: {:?}",
                read.errors
            );
        }
        assert!(is_whole(&place.read(&[place.file(name, &bytes)])), "{name}");
    }
}

#[test]
fn a_damaged_byte_never_changes_records_in_silence() {
    let place = Place::new();
    for (name, bytes) in small() {
        if name.ends_with(".tar") {
            // Has no checksums of its contents.
            continue;
        }
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x15;
            let read = place.read(&[place.file(name, &damaged)]);
            // Dates and the like mean nothing to us.
            assert!(
                is_whole(&read) || has_file_error(&read),
                "{name} at {at}: {:?} {:?}",
                read.titles,
                read.errors
            );
        }
    }
}

#[test]
fn what_is_wrong_is_told_with_file_and_place() {
    let place = Place::new();
    let works = long(300_000);
    let count = works.iter().filter(|byte| **byte == b'\n').count();
    let packed = gzip(&works);
    assert_eq!(
        place.refusal("cut.jsonl.gz", &packed[..packed.len() - 9]),
        format!(
            "cut.jsonl.gz: after record {count}: cannot be read: its gzip data ends too early: the file is cut off"
        )
    );
    let mut wrong = packed.clone();
    let sum = wrong.len() - 8;
    wrong[sum] ^= 1;
    let damaged = place.refusal("sum.jsonl.gz", &wrong);
    assert!(damaged.contains("its gzip data is damaged"), "{damaged}");
    assert_eq!(
        place.read(&[place.path("sum.jsonl.gz")]).titles.len(),
        count
    );
    let tar = tar_(&[("a.jsonl", &works), ("b.jsonl", &lines(&["B"]))]);
    let cut = place.refusal("cut.tar", &tar[..200_000]);
    assert!(cut.starts_with("cut.tar/a.jsonl: "), "{cut}");
    let cut = place.refusal("end.tar", &tar[..tar.len() - 1024]);
    assert_eq!(
        cut,
        "end.tar: the file as a whole: the archive ends too early: its end mark is missing, so it may be cut off"
    );
    let zip = zip_(&[("a.jsonl", &works)]);
    let cut = place.refusal("cut.zip", &zip[..zip.len() - 4]);
    assert!(
        cut.contains("its zip directory is missing or damaged"),
        "{cut}"
    );
    let mut wrong = zip.clone();
    wrong[1000] ^= 1;
    let damaged = place.refusal("sum.zip", &wrong);
    assert!(damaged.starts_with("sum.zip/a.jsonl: "), "{damaged}");
}

#[test]
fn more_behind_the_end_of_an_archive_is_told() {
    let place = Place::new();
    let tar = tar_(&[("a.jsonl", &lines(&["One"]))]);
    let two = [tar.clone(), tar].concat();
    assert!(
        place
            .refusal("two.tar", &two)
            .contains("more follows after the end of the archive")
    );
    let junk = [gzip(&lines(&["One"])), b"junk".to_vec()].concat();
    assert!(
        place
            .refusal("junk.jsonl.gz", &junk)
            .contains("its gzip data")
    );
}

#[test]
fn empty_files_are_told_however_they_are_packed() {
    let place = Place::new();
    for (name, bytes) in [
        ("a.json", Vec::new()),
        ("b.json.gz", gzip(b"")),
        ("c.bib", b" \n\n".to_vec()),
        ("d.json.zst", zstd_(b"\n")),
    ] {
        let told = place.refusal(name, &bytes);
        assert_eq!(
            told,
            format!("{name}: the file as a whole: the file is empty")
        );
    }
    for (name, bytes) in [("e.zip", zip_(&[])), ("f.zip", zip_(&[("README", b"x")]))] {
        let told = place.refusal(name, &bytes);
        assert_eq!(
            told,
            format!("{name}: the file as a whole: no file of records is in it")
        );
    }
    let none = tar::Builder::new(Vec::new()).into_inner().unwrap();
    assert!(
        place
            .refusal("g.tar", &none)
            .contains("its name ends in .tar")
    );
}

#[test]
fn names_that_promise_a_packing_are_held_to_it() {
    let place = Place::new();
    let works = lines(&["One"]);
    for ending in ["gz", "zst", "zip", "tar", "tgz", "tar.gz", "bz2"] {
        let told = place.refusal(&format!("works.{ending}"), &works);
        let last = ending.rsplit('.').next().unwrap();
        assert!(
            told.contains(&format!(
                "its name ends in .{last}, but it does not begin like that"
            )),
            "{told}"
        );
    }
    // A tar inside, as its name says, but there is none.
    assert!(
        place
            .refusal("works.tgz", &gzip(&works))
            .contains("its name ends in .tar")
    );
}

#[test]
fn other_packings_are_named_with_a_way_out() {
    let place = Place::new();
    let starts: [(&str, &[u8], &str); 6] = [
        ("a.bz2", b"BZh91AY&SY", "bzip2 -dc FILE | bzpeer import -"),
        ("b.xz", b"\xfd7zXZ\0\0\x04", "xz -dc FILE"),
        ("c.7z", b"7z\xbc\xaf\x27\x1c\0\x04", "7-Zip"),
        ("d.rar", b"Rar!\x1a\x07\x01\0", "RAR"),
        ("e.Z", b"\x1f\x9d\x90abc", "compress"),
        ("f.lz4", b"\x04\x22\x4d\x18abc", "lz4"),
    ];
    for (name, bytes, told) in starts {
        let refusal = place.refusal(name, bytes);
        assert!(
            refusal.contains(told) && refusal.contains("is not read here"),
            "{refusal}"
        );
    }
}

#[test]
fn members_that_cannot_be_unpacked_are_named() {
    let place = Place::new();
    let works = lines(&["One"]);
    // The flag of encryption, in both directories.
    let mut locked = zip_(&[("a.jsonl", &works)]);
    let central = locked
        .windows(4)
        .position(|bytes| bytes == b"PK\x01\x02")
        .unwrap();
    locked[6] |= 1;
    locked[central + 8] |= 1;
    let told = place.refusal("locked.zip", &locked);
    assert!(
        told.starts_with("locked.zip/a.jsonl: the file as a whole: it is locked with a password"),
        "{told}"
    );
    let mut lzma = zip_(&[("a.jsonl", &works)]);
    lzma[8] = 14;
    lzma[central + 10] = 14;
    let told = place.refusal("lzma.zip", &lzma);
    assert!(
        told.contains("which is not read here; unpack the archive first"),
        "{told}"
    );
}
