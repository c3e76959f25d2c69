//! Interrupted is not broken: imports that are killed, run out of room or are given half a file.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use bzpeer::ingest::demo;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use crate::support::postgres;
use crate::support::program::{self, command};

const WORKS: usize = 1_200;
const KILLS: u32 = 20;

/// Invented works as CSL-JSON, without the generator's numbers of people: names have to do.
fn corpus(folder: &Path, works: usize) -> PathBuf {
    let records: Vec<Value> = demo::works(7, works)
        .map(|work| {
            let authors: Vec<Value> = work
                .authors
                .iter()
                .map(|author| match (&author.name.given, &author.name.family) {
                    (Some(given), Some(family)) => json!({"given": given, "family": family}),
                    _ => json!({"literal": author.name.display()}),
                })
                .collect();
            json!({"id": work.record_key, "type": "article-journal", "title": work.title_source,
                   "abstract": work.abstract_source, "author": authors, "container-title": work.venue,
                   "issued": {"date-parts": [[work.year.unwrap_or(2020)]]}})
        })
        .collect();
    let path = folder.join("works.json");
    std::fs::write(&path, serde_json::to_vec(&records).unwrap()).unwrap();
    path
}

fn program(data: &Path, url: Option<&str>) -> Command {
    let mut command = command(data);
    if let Some(url) = url {
        command.env("BZPEER_DATABASE_URL", url);
    }
    command
}

fn import(data: &Path, url: Option<&str>, file: &Path) -> Command {
    let mut command = program(data, url);
    command.args(["import", "csl-json", "--quiet"]).arg(file);
    command
}

fn checksum(data: &Path, url: Option<&str>) -> String {
    let mut command = program(data, url);
    command.arg("checksum");
    program::succeed(command, "")
}

/// Imports undisturbed; answers the checksum and how long it took.
#[allow(clippy::disallowed_methods, reason = "what is measured is real time")]
fn undisturbed(file: &Path) -> (String, Duration) {
    let data = tempfile::tempdir().unwrap();
    let started = Instant::now();
    program::succeed(import(data.path(), None, file), "");
    (checksum(data.path(), None), started.elapsed())
}

/// Kills an import at random moments, each time started again, then lets it end.
fn killed(data: &Path, url: Option<&str>, file: &Path, kills: u32, whole: Duration, seed: u64) {
    println!("seed {seed}");
    let mut rng = rand::rngs::StdRng::seed_from_u64(seed);
    for _ in 0..kills {
        let mut child = import(data, url, file).spawn().unwrap();
        let wait = rng.random_range(0.0..1.1) * whole.as_secs_f64();
        std::thread::sleep(Duration::from_secs_f64(wait));
        // SIGKILL; the program may have ended before.
        let _ = child.kill();
        child.wait().unwrap();
    }
    program::succeed(import(data, url, file), "");
}

#[test]
fn an_import_that_is_killed_at_twenty_moments_ends_with_the_record_of_an_undisturbed_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = corpus(folder.path(), WORKS);
    let (expected, whole) = undisturbed(&file);
    let data = tempfile::tempdir().unwrap();
    killed(data.path(), None, &file, KILLS, whole, 20_261_125);
    assert_eq!(checksum(data.path(), None), expected);
    let left: Vec<_> = std::fs::read_dir(data.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("bzpeer.db") && name != "import.lock" && name != "mail")
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgresql_too() {
    let Some(url) = postgres::fresh_database().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = corpus(folder.path(), 600);
    let (expected, _) = undisturbed(&file);
    let data = tempfile::tempdir().unwrap();
    let whole = Duration::from_secs(3);
    killed(data.path(), Some(&url), &file, 5, whole, 4711);
    assert_eq!(checksum(data.path(), Some(&url)), expected);
}

#[test]
fn half_a_file_changes_nothing_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = corpus(folder.path(), 1_500);
    let data = tempfile::tempdir().unwrap();
    let before = checksum(data.path(), None);
    let whole = std::fs::read(&file).unwrap();
    let half = folder.path().join("half.json");
    std::fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    let packed = folder.path().join("half.json.gz");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&whole).unwrap();
    let bytes = encoder.finish().unwrap();
    std::fs::write(&packed, &bytes[..bytes.len() * 2 / 3]).unwrap();
    for broken in [half, packed] {
        let output = program::run(import(data.path(), None, &broken), "");
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let name = broken.file_name().unwrap().to_string_lossy().into_owned();
        assert!(said.contains(&name), "{said}");
        assert_eq!(checksum(data.path(), None), before, "{name}");
    }
}

#[test]
fn a_disk_without_room_is_said_and_the_import_goes_on_once_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = corpus(folder.path(), 1_500);
    let (expected, _) = undisturbed(&file);
    let data = tempfile::tempdir().unwrap();
    program::succeed(
        {
            let mut command = program(data.path(), None);
            command.arg("migrate");
            command
        },
        "",
    );
    // The shell's limit on the size of files, in blocks of 1,024 bytes, stands for a full disk: first too small for the temporary
    // file, then for the database.
    for blocks in [64, 2_500] {
        let inner = import(data.path(), None, &file);
        let mut limited = Command::new("bash");
        limited
            .args([
                "-c",
                "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"",
                &blocks.to_string(),
            ])
            .arg(inner.get_program())
            .args(inner.get_args());
        for (name, value) in inner.get_envs() {
            match value {
                Some(value) => limited.env(name, value),
                None => limited.env_remove(name),
            };
        }
        let output = limited.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.starts_with("bzpeer: "), "{said}");
        // Whatever stands there is whole.
        checksum(data.path(), None);
    }
    program::succeed(import(data.path(), None, &file), "");
    assert_eq!(checksum(data.path(), None), expected);
}

#[test]
fn two_imports_at_once_are_one_too_many() {
    let folder = tempfile::tempdir().unwrap();
    let file = corpus(folder.path(), 10);
    let data = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(data.path()).unwrap();
    let lock = std::fs::File::create(data.path().join("import.lock")).unwrap();
    lock.lock().unwrap();
    let output = program::run(import(data.path(), None, &file), "");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("another import is under way"), "{said}");
    lock.unlock().unwrap();
    program::succeed(import(data.path(), None, &file), "");
}
