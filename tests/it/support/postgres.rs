//! PostgreSQL for tests: a given server, or one of our own in a temporary folder.
//!
//! Our own is started once per test process from the machine's server binaries, listens on a socket
//! in its folder only, and ends with the process: a shell holds it and waits for the end of its
//! standard input, which is ours.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{Connection, Executor};

/// A URL without database at its end: `{server}{database}{options}`.
#[derive(Clone, Debug)]
struct Server {
    before: String,
    after: String,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(0);

/// The URL of a new, empty database; `None` when there is no PostgreSQL here.
pub async fn fresh_database() -> Option<String> {
    let server = tokio::task::spawn_blocking(|| SERVER.get_or_init(find_server).clone())
        .await
        .expect("starting PostgreSQL panicked")?;
    let name = format!(
        "bzpeer_test_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::SeqCst)
    );
    let admin = format!("{}postgres{}", server.before, server.after);
    let mut conn = sqlx::PgConnection::connect(&admin)
        .await
        .expect("PostgreSQL answers");
    conn.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .await
        .expect("a test database can be made");
    conn.close().await.expect("the connection closes");
    Some(format!("{}{name}{}", server.before, server.after))
}

fn find_server() -> Option<Server> {
    if let Ok(url) = std::env::var("BZPEER_TEST_POSTGRES_URL") {
        // postgres://user:password@host:port/database?options
        let (head, options) = url
            .split_once('?')
            .map_or((url.as_str(), String::new()), |(h, o)| (h, format!("?{o}")));
        let slash = head.rfind('/').expect("the URL names a database");
        return Some(Server {
            before: head[..=slash].to_owned(),
            after: options,
        });
    }
    match binaries() {
        Some(bin) => Some(start(&bin)),
        None => {
            assert!(
                std::env::var("BZPEER_TEST_REQUIRE_POSTGRES").is_err(),
                "PostgreSQL server binaries are missing: install Debian's `postgresql` or set BZPEER_TEST_POSTGRES_URL"
            );
            println!("skipped on PostgreSQL: no server binaries on this machine");
            None
        }
    }
}

fn binaries() -> Option<PathBuf> {
    let mut places: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    places.sort();
    places.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    places
        .into_iter()
        .rev()
        // A folder of links may hold the first two and lack the third.
        .find(|bin| {
            ["initdb", "postgres", "pg_isready"]
                .iter()
                .all(|program| bin.join(program).is_file())
        })
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|out| out.stdout.trim_ascii() == b"0")
}

/// PostgreSQL refuses to run as root; then it runs as `postgres`, or `nobody` where that is missing.
fn unprivileged() -> Vec<String> {
    if !is_root() {
        return Vec::new();
    }
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let user = if passwd.lines().any(|l| l.starts_with("postgres:")) {
        "postgres"
    } else {
        "nobody"
    };
    [
        "setpriv",
        "--reuid",
        user,
        "--regid",
        &group_of(user, &passwd),
        "--clear-groups",
        "--",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn group_of(user: &str, passwd: &str) -> String {
    passwd
        .lines()
        .find(|l| l.split(':').next() == Some(user))
        .and_then(|l| l.split(':').nth(3))
        .unwrap_or("65534")
        .to_owned()
}

#[allow(
    clippy::zombie_processes,
    reason = "the shell lives as long as this process and ends after it"
)]
fn start(bin: &Path) -> Server {
    let folder = tempfile::Builder::new()
        .prefix("bzpeer-pg-")
        .tempdir()
        .expect("a temporary folder can be made")
        .keep();
    let as_user = unprivileged();
    if let Some(user) = as_user.get(2) {
        let done = Command::new("chown").arg(user).arg(&folder).status();
        assert!(
            done.is_ok_and(|s| s.success()),
            "chown of the database folder failed"
        );
    }
    let run = |program: &Path, args: &[&str]| {
        let mut words = as_user.clone();
        words.push(program.display().to_string());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).args(args).current_dir("/");
        command
    };
    let data = folder.join("data");
    let made = run(
        &bin.join("initdb"),
        &[
            "-D",
            &data.display().to_string(),
            "-A",
            "trust",
            "-U",
            "bzpeer",
            "-E",
            "UTF8",
            "--no-sync",
        ],
    )
    .output()
    .expect("initdb can be run");
    assert!(
        made.status.success(),
        "initdb: {}",
        String::from_utf8_lossy(&made.stderr)
    );

    // The shell ends PostgreSQL and removes its folder when our end of the pipe closes.
    let mut words = as_user.clone();
    words.push(bin.join("postgres").display().to_string());
    let mut holder: Child = Command::new("sh")
        .arg("-c")
        .arg(
            "folder=$1; shift; \"$@\" >\"$folder/log\" 2>&1 </dev/null & server=$!; \
             read -r _; kill -INT $server; wait $server; rm -rf \"$folder\"",
        )
        .arg("sh")
        .arg(&folder)
        .args(&words)
        .args(["-D", &data.display().to_string()])
        .args(["-k", &folder.display().to_string()])
        .args([
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",
            "-c",
            "synchronous_commit=off",
        ])
        .args([
            "-c",
            "full_page_writes=off",
            "-c",
            "max_connections=400",
            "-c",
            "shared_buffers=64MB",
        ])
        .current_dir("/")
        .stdin(Stdio::piped())
        .spawn()
        .expect("PostgreSQL can be started");
    // Held open until this process ends.
    std::mem::forget(holder.stdin.take());
    let log = folder.join("log");
    for _ in 0..600 {
        let ready = std::fs::read_to_string(&log)
            .is_ok_and(|text| text.contains("ready to accept connections"));
        if ready {
            return Server {
                before: "postgres://bzpeer@localhost/".into(),
                after: format!("?host={}", folder.display()),
            };
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!(
        "PostgreSQL did not start: {}",
        std::fs::read_to_string(folder.join("log")).unwrap_or_default()
    );
}
