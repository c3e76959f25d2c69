//! Every way of packing, to the same records.

use super::*;

const TITLES: [&str; 3] = ["One", "Two", "Three"];

#[test]
fn every_packing_gives_the_same_records() {
    let plain = lines(&TITLES);
    let (first, rest) = plain.split_at(30);
    let skippable = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
    let files: [(&str, Vec<u8>); 19] = [
        ("plain.jsonl", plain.clone()),
        ("packed.jsonl.gz", gzip(&plain)),
        ("in-two.jsonl.gz", [gzip(first), gzip(rest)].concat()),
        ("packed.jsonl.zst", zstd_(&plain)),
        (
            "in-two.jsonl.zst",
            [zstd_(first), skippable.clone(), zstd_(rest)].concat(),
        ),
        (
            "skippable-first.jsonl.zst",
            [skippable, zstd_(&plain)].concat(),
        ),
        ("twice.jsonl.gz.zst", zstd_(&gzip(&plain))),
        // The first bytes count, not the name.
        ("misnamed.jsonl", gzip(&plain)),
        ("misnamed.gz", zstd_(&plain)),
        ("deflated.zip", zip_(&[("works.jsonl", &plain)])),
        (
            "stored.zip",
            zip_with(zip::CompressionMethod::Stored, &[("works.jsonl", &plain)]),
        ),
        (
            "zstd.zip",
            zip_with(zip::CompressionMethod::Zstd, &[("works.jsonl", &plain)]),
        ),
        (
            "packed-member.zip",
            zip_(&[("works.jsonl.gz", &gzip(&plain))]),
        ),
        ("works.tar", tar_(&[("works.jsonl", &plain)])),
        ("works.tar.gz", gzip(&tar_(&[("works.jsonl", &plain)]))),
        (
            "works.tgz",
            gzip(&tar_(&[("a/works.jsonl.zst", &zstd_(&plain))])),
        ),
        ("works.tar.zst", zstd_(&tar_(&[("works.jsonl", &plain)]))),
        (
            "tar-in.zip",
            zip_(&[("works.tar.gz", &gzip(&tar_(&[("works.jsonl", &plain)])))]),
        ),
        // Cannot be read as a stream: put on disk first.
        (
            "zip-in.tar.gz",
            gzip(&tar_(&[("works.zip", &zip_(&[("works.jsonl", &plain)]))])),
        ),
    ];
    let place = Place::new();
    for (name, bytes) in files {
        let read = place.read(&[place.file(name, &bytes)]);
        assert!(read.errors.is_empty(), "{name}: {:?}", read.errors);
        assert_eq!(read.titles, TITLES, "{name}");
        assert_eq!(read.formats, [Some(Format::CslJson)], "{name}");
        assert!(read.notes.is_empty(), "{name}: {:?}", read.notes);
    }
}

#[test]
fn what_has_no_end_to_seek_is_read_from_a_pipe() {
    let place = Place::new();
    let long = long(500_000);
    for bytes in [
        long.clone(),
        gzip(&long),
        zip_(&[("works.jsonl", &long)]),
        tar_(&[("works.jsonl", &long)]),
    ] {
        let (reader, mut writer) = std::io::pipe().unwrap();
        let feeding = std::thread::spawn(move || writer.write_all(&bytes));
        let path = {
            use std::os::fd::AsRawFd;
            PathBuf::from(format!("/dev/fd/{}", reader.as_raw_fd()))
        };
        let sources = place.open(&[path], None);
        assert_eq!(sources.total_bytes(), None);
        drop(reader_after_first(sources, reader));
        feeding.join().unwrap().unwrap();
    }
}

/// Reads all while the first end of the pipe stays open.
fn reader_after_first(sources: Sources, first: std::io::PipeReader) -> Vec<String> {
    let read = read(sources);
    drop(first);
    assert!(read.errors.is_empty(), "{:?}", read.errors);
    assert_eq!(read.titles.len(), lines_in(500_000));
    read.titles
}

fn lines_in(bytes: usize) -> usize {
    long(bytes).iter().filter(|byte| **byte == b'\n').count()
}

#[test]
fn members_of_an_archive_belong_together_and_may_differ_in_format() {
    let place = Place::new();
    let bib = b"@article{a, title = {From BibTeX}, author = {Ada Berg}, year = 2020}\n";
    let members: [(&str, &[u8]); 4] = [
        ("b/works.jsonl", &lines(&["From JSON"])),
        ("a.bib", bib),
        ("readme.txt", b"Have a look."),
        ("empty.json", b""),
    ];
    // A zip is read in the order of its names, a tar as it comes.
    for (name, bytes, titles) in [
        ("all.zip", zip_(&members), ["From BibTeX", "From JSON"]),
        ("all.tar", tar_(&members), ["From JSON", "From BibTeX"]),
    ] {
        let read = place.read(&[place.file(name, &bytes)]);
        assert!(read.errors.is_empty(), "{:?}", read.errors);
        assert_eq!(read.titles, titles);
        assert_eq!(read.formats.len(), 1);
        let mut notes = noted(&read, place.0.path());
        notes.sort();
        assert_eq!(
            notes,
            [
                format!("{name}/empty.json: it is empty"),
                format!("{name}/readme.txt: by its name it holds no records"),
            ]
        );
    }
}

#[test]
fn errors_in_members_name_archive_and_member() {
    let place = Place::new();
    let bytes = zip_(&[
        (
            "a.jsonl",
            b"{\"type\": \"book\", \"title\": \"A\"}\n{\"type\": \"book\", \"id\": \"n\"}\n",
        ),
        ("b/package.json", b"{\"name\": \"b\"}"),
        ("c.jsonl", &lines(&["C"])),
    ]);
    let read = place.read(&[place.file("all.zip", &bytes)]);
    assert_eq!(read.titles, ["A", "C"]);
    let told: Vec<String> = read.errors.iter().map(|error| place.told(error)).collect();
    assert_eq!(
        told,
        [
            "all.zip/a.jsonl: record 2 (n): it has no title",
            "all.zip/b/package.json: the file as a whole: its format is not recognised; if it is a known one, name it: \
             bzpeer import FORMAT FILE",
        ]
    );
    assert!(
        read.errors
            .iter()
            .all(|error| error.extent == Extent::Record)
    );
}

#[test]
fn long_paths_in_tar_archives_are_read_in_both_ways_of_writing_them() {
    let place = Place::new();
    let path = format!("{}/works.jsonl", "folder".repeat(40));
    let gnu = tar_(&[(&path, &lines(&["One"]))]);
    let mut pax = tar::Builder::new(Vec::new());
    pax.append_pax_extensions([("comment", b"none".as_slice()), ("path", path.as_bytes())])
        .unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_path("short").unwrap();
    let bytes = b"{\"type\": \"book\", \"title\": 7,}";
    header.set_size(bytes.len() as u64);
    header.set_cksum();
    pax.append(&header, &bytes[..]).unwrap();
    let read = place.read(&[place.file("gnu.tar", &gnu)]);
    assert_eq!(read.titles, ["One"]);
    let pax = pax.into_inner().unwrap();
    let read = place.read(&[place.file("pax.tar", &pax)]);
    let told = place.told(&read.errors[0]);
    assert!(
        told.starts_with(&format!("pax.tar/{path}: record 1")),
        "{told}"
    );
}
