//! Files that would become far more than they are.

use super::super::budget::Limits;
use super::*;

/// As usual, but small enough for a test.
const SMALL: Limits = Limits {
    free_bytes: 1024 * 1024,
    members: 50,
    ..Limits::USUAL
};

fn refusal(place: &Place, name: &str, bytes: &[u8]) -> String {
    let path = place.file(name, bytes);
    let mut sources = place.open(&[path], None);
    sources.limits = SMALL;
    let read = read(sources);
    let [error] = &read.errors[..] else {
        panic!("{name}: not one error: {:?}", read.errors);
    };
    assert_eq!(error.extent, Extent::File);
    place.told(error)
}

/// A record, then white space that goes on and on.
fn spaces(bytes: usize) -> Vec<u8> {
    let mut text = lines(&["x"]);
    text.resize(bytes, b' ');
    text
}

#[test]
fn what_unpacks_to_too_much_is_refused_long_before_its_end() {
    let place = Place::new();
    let long = spaces(16 * 1024 * 1024);
    let gz = gzip(&long);
    let zst = zstd_(&long);
    for (name, bytes) in [
        ("bomb.json.gz", gz.clone()),
        ("bomb.json.zst", zst),
        ("bomb.zip", zip_(&[("bomb.json", &long)])),
        ("bomb.tar.gz", gzip(&tar_(&[("bomb.json", &long)]))),
        ("bomb-in.zip", zip_(&[("bomb.json.gz", &gz)])),
        ("bomb-in.tar", tar_(&[("bomb.json.gz", &gz)])),
        ("twice.json.gz.gz", gzip(&gz)),
        // Many members, each of them harmless.
        ("many.zip", {
            let member = vec![b' '; 400_000];
            let names: Vec<String> = (0..40).map(|n| format!("{n}.json")).collect();
            let members: Vec<(&str, &[u8])> = names
                .iter()
                .map(|name| (name.as_str(), &member[..]))
                .collect();
            zip_(&members)
        }),
    ] {
        let told = refusal(&place, name, &bytes);
        assert!(told.contains("it is refused as a bomb"), "{name}: {told}");
        assert!(told.starts_with(name), "{told}");
    }
}

#[test]
fn well_packed_metadata_is_no_bomb() {
    let place = Place::new();
    let works = lines(&["A title that is always the same"]).repeat(100_000);
    for (name, bytes) in [
        ("same.jsonl.gz", gzip(&works)),
        ("same.zip", zip_(&[("a.jsonl", &works)])),
    ] {
        assert!(works.len() > 40 * bytes.len());
        let read = place.read(&[place.file(name, &bytes)]);
        assert_eq!(
            (read.titles.len(), read.errors.len()),
            (100_000, 0),
            "{name}"
        );
    }
}

#[test]
fn archives_and_compressions_lie_in_each_other_only_so_deep() {
    let place = Place::new();
    let works = lines(&["One"]);
    let inner = zip_(&[("works.jsonl", &works)]);
    let middle = tar_(&[("inner.zip", &inner)]);
    assert_eq!(
        place
            .read(&[place.file("two.tar.gz", &gzip(&middle))])
            .titles,
        ["One"]
    );
    let told = place.refusal("three.zip", &zip_(&[("middle.tar", &middle)]));
    assert!(
        told.starts_with("three.zip/middle.tar/inner.zip: "),
        "{told}"
    );
    assert!(
        told.contains("an archive within an archive within an archive"),
        "{told}"
    );
    let told = place.refusal("works.jsonl.gz.gz.gz", &gzip(&gzip(&gzip(&works))));
    assert!(told.contains("more often than anybody needs"), "{told}");
}

#[test]
fn archives_of_too_many_members_are_refused() {
    let place = Place::new();
    let names: Vec<String> = (0..60).map(|n| format!("{n}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), &b"x"[..]))
        .collect();
    for (name, bytes) in [("many.zip", zip_(&members)), ("many.tar", tar_(&members))] {
        let told = refusal(&place, name, &bytes);
        assert!(told.contains("too many members: at most 50"), "{told}");
    }
}

#[test]
fn members_that_share_their_bytes_are_refused() {
    let place = Place::new();
    let works = lines(&["One"]);
    let mut bytes = zip_(&[("a.jsonl", &works), ("b.jsonl", &works)]);
    // The second entry of the directory points to the first member.
    let second = bytes
        .windows(4)
        .rposition(|bytes| bytes == b"PK\x01\x02")
        .unwrap();
    bytes[second + 42..second + 46].fill(0);
    let told = place.refusal("shared.zip", &bytes);
    assert!(
        told.contains("its zip directory is missing or damaged"),
        "{told}"
    );
    let same = {
        let mut bytes = zip_(&[("a.jsonl", &works), ("b.jsonl", &works)]);
        for at in 0..bytes.len() - 7 {
            if bytes[at..].starts_with(b"b.jsonl") {
                bytes[at] = b'a';
            }
        }
        bytes
    };
    let told = place.refusal("same.zip", &same);
    assert!(told.contains("duplicate"), "{told}");
}

/// A tar archive with one member of any path, unlike [`tar_`], which refuses bad ones.
fn tar_of(path: &[u8], kind: tar::EntryType, size: u64, bytes: &[u8]) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..path.len()].copy_from_slice(path);
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_cksum();
    let mut out = header.as_bytes().to_vec();
    out.extend_from_slice(bytes);
    out.resize(out.len().next_multiple_of(512) + 1024, 0);
    out
}

#[test]
fn paths_that_mean_no_good_are_refused() {
    let place = Place::new();
    let works = lines(&["One"]);
    let size = works.len() as u64;
    for (path, flaw) in [
        ("../works.jsonl", "leads out of the archive: ../works.jsonl"),
        ("a/../../works.jsonl", "leads out of the archive"),
        ("/etc/works.jsonl", "leads out of the archive"),
        ("..\\works.jsonl", "leads out of the archive"),
        ("C:\\works.jsonl", "leads out of the archive"),
        ("a\nb.jsonl", r"holds control characters: a\nb.jsonl"),
    ] {
        let tar = tar_of(path.as_bytes(), tar::EntryType::Regular, size, &works);
        let told = place.refusal("path.tar", &tar);
        assert!(
            told.contains(&format!("the path of a member {flaw}")),
            "{told}"
        );
        let told = place.refusal("path.zip", &zip_(&[(path, &works)]));
        assert!(told.contains("the path of a member"), "{told}");
    }
    let long = tar_(&[
        (&"x/".repeat(700), b""),
        (&format!("{}a.json", "x/".repeat(700)), &works),
    ]);
    assert!(
        place
            .refusal("long.tar", &long)
            .contains("the path of a member is too long")
    );
    let endless = tar_of(
        b"././@LongLink",
        tar::EntryType::GNULongName,
        1 << 40,
        &[b'x'; 4096],
    );
    assert!(
        place
            .refusal("endless.tar", &endless)
            .contains("the path of a member is too long")
    );
}

#[test]
fn links_and_devices_are_passed_over_and_holes_refused() {
    let place = Place::new();
    for (kind, what) in [
        (tar::EntryType::Symlink, "it is a link"),
        (tar::EntryType::Link, "it is a link"),
        (tar::EntryType::Char, "it is not a file"),
        (tar::EntryType::Fifo, "it is not a file"),
    ] {
        let path = place.file("link.tar", &tar_of(b"a.jsonl", kind, 0, b""));
        let read = place.read(&[path]);
        assert_eq!(
            noted(&read, place.0.path()),
            [format!("link.tar/a.jsonl: {what}")]
        );
        assert!(
            read.errors[0]
                .reason
                .contains("no file of records is in it")
        );
    }
    let sparse = tar_of(b"a.jsonl", tar::EntryType::GNUSparse, 512, &[b' '; 512]);
    assert!(
        place
            .refusal("sparse.tar", &sparse)
            .contains("stored with holes")
    );
    let pax = b"27 GNU.sparse.size=1000000\n";
    let sparse = tar_of(b"x", tar::EntryType::XHeader, pax.len() as u64, pax);
    assert!(
        place
            .refusal("pax.tar", &sparse)
            .contains("stored with holes")
    );
}
