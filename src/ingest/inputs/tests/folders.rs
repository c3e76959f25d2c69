//! Paths, folders, links.

use std::os::unix::fs::symlink;

use super::*;

#[test]
fn a_folder_is_read_in_the_order_of_names_without_what_lies_beside_records() {
    let place = Place::new();
    for (name, title) in [
        ("b.jsonl", "B"),
        ("a/z.jsonl", "A z"),
        ("a/b/c.json", "A b c"),
    ] {
        place.file(&format!("in/{name}"), &lines(&[title]));
    }
    let aside = [
        "in/.git/config.json",
        "in/.hidden.json",
        "in/README.md",
        "in/a/LICENSE",
        "in/a/dblp.dtd",
        "in/a/manifest",
        "in/a/numbers.csv.gz",
    ];
    for name in aside {
        place.file(name, &lines(&["Not this"]));
    }
    place.file("in/a/venues.yaml", b"acl:\n  name: Annual Meeting\n");
    place.file("in/a/notes.txt", b"Nothing much.");
    place.file(
        "in/pictures.zip",
        &zip_(&[("a.png", b"x"), ("b.txt", b"y")]),
    );
    let read = place.read(&[place.path("in")]);
    assert!(read.errors.is_empty(), "{:?}", read.errors);
    assert_eq!(read.titles, ["A b c", "A z", "B"]);
    let mut notes = noted(&read, place.0.path());
    notes.sort();
    assert_eq!(
        notes,
        [
            "in/.git: it is hidden",
            "in/.hidden.json: it is hidden",
            "in/README.md: by its name it holds no records",
            "in/a/LICENSE: by its name it holds no records",
            "in/a/dblp.dtd: by its name it holds no records",
            "in/a/manifest: by its name it holds no records",
            "in/a/notes.txt: it holds no records in a known format",
            "in/a/numbers.csv.gz: by its name it holds no records",
            "in/a/venues.yaml: it holds no records in a known format",
            "in/pictures.zip/a.png: by its name it holds no records",
            "in/pictures.zip/b.txt: it holds no records in a known format",
            "in/pictures.zip: no file of records is in it",
        ]
    );
    // What is named is read, whatever it is called.
    let named = [place.path("in/README.md"), place.path("in/.hidden.json")];
    assert_eq!(place.read(&named).titles, ["Not this"; 2]);
}

#[test]
fn a_file_that_should_hold_records_and_does_not_is_told() {
    let place = Place::new();
    place.file("in/a.jsonl", &lines(&["A"]));
    place.file("in/b.json", b"{\"name\": \"b\"}");
    place.file("in/c.xml", b"<html><body>Sign in</body></html>");
    let read = place.read(&[place.path("in")]);
    assert_eq!(read.titles, ["A"]);
    let told: Vec<String> = read.errors.iter().map(|error| place.told(error)).collect();
    assert!(told[0].starts_with("in/b.json: the file as a whole: its format is not recognised"));
    assert!(told[1].starts_with("in/c.xml: the file as a whole: it is a web page"));
    assert_eq!(told.len(), 2);
}

#[test]
fn paths_that_lead_nowhere_are_errors_by_themselves() {
    let place = Place::new();
    let good = place.file("in/good.jsonl", &lines(&["Good"]));
    symlink("nowhere", place.path("in/dangling.jsonl")).unwrap();
    symlink(place.path("in"), place.path("in/loop")).unwrap();
    symlink(&good, place.path("in/link.jsonl")).unwrap();
    std::fs::create_dir(place.path("bare")).unwrap();
    place.file("only-notes/README.md", b"# Notes");
    let paths = [
        "in",
        "missing.json",
        "bare",
        "only-notes",
        "in/dangling.jsonl",
    ];
    let read = place.read(&paths.map(|name| place.path(name)));
    assert_eq!(read.titles, ["Good", "Good"]);
    let told: Vec<String> = read.errors.iter().map(|error| place.told(error)).collect();
    let told = told
        .iter()
        .map(|text| text.replace(": the file as a whole", ""));
    let dangling =
        "in/dangling.jsonl: cannot be read: it is a symbolic link to nowhere, which is not there";
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            dangling.to_owned(),
            "in/loop: it is a symbolic link back to in, in which it lies: a loop".to_owned(),
            "missing.json: cannot be read: No such file or directory (os error 2)".to_owned(),
            "bare: no file of records is in it".to_owned(),
            "only-notes: no file of records is in it".to_owned(),
            dangling.to_owned(),
        ]
    );
}

#[test]
fn a_file_that_may_not_be_read_is_an_error_that_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let path = place.file("in/secret.jsonl", &lines(&["Secret"]));
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).unwrap();
    if std::fs::File::open(&path).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let read = place.read(&[place.path("in")]);
    assert_eq!(
        place.told(&read.errors[0]),
        "in/secret.jsonl: the file as a whole: cannot be read: Permission denied (os error 13)"
    );
}

#[test]
fn standard_input_can_be_named_once() {
    let place = Place::new();
    let mut sources = place.open(&[PathBuf::from("-"), PathBuf::from("-")], None);
    assert_eq!((sources.remaining(), sources.total_bytes()), (2, None));
    let last = sources.found.pop_back();
    let Some(super::super::Found::Broken(error)) = last else {
        panic!("read twice");
    };
    assert_eq!(
        error.to_string(),
        "standard input: the file as a whole: standard input is named twice, but can be read only once"
    );
}

#[test]
fn the_operators_word_on_the_format_counts() {
    let place = Place::new();
    let file = place.file("works.jsonl", &lines(&["One"]));
    let read_as = |choice| read(place.open(std::slice::from_ref(&file), Some(choice)));
    assert_eq!(read_as("csl-json").titles, ["One"]);
    // One format is taken at its word, with a warning.
    let as_crossref = read_as("crossref");
    assert_eq!(as_crossref.formats, [Some(Format::Crossref)]);
    assert_eq!(
        noted(&as_crossref, place.0.path()),
        ["works.jsonl: it looks like csl-json; it is read as crossref, as asked"]
    );
    // It is no reason to read what lies beside.
    place.file("in/works.jsonl", &lines(&["One"]));
    place.file("in/notes.txt", b"Nothing much.");
    let folder = read(place.open(&[place.path("in")], Some("csl-json")));
    assert_eq!((folder.titles.len(), folder.errors.len()), (1, 0));
    // Of several the file decides.
    let as_arxiv = read_as("arxiv");
    assert_eq!(
        place.told(&as_arxiv.errors[0]),
        "works.jsonl: the file as a whole: it is not in a format of arxiv: it looks like csl-json"
    );
}
