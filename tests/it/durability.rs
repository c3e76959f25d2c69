//! What was answered is kept: when the server is killed while it writes, and when it is asked to stop.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use bzpeer::args;
use bzpeer::db::{Db, Location, Sql};
use bzpeer::infra::clock::Clock;
use rand::{Rng, SeedableRng};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::postgres;
use crate::support::program::{self, Server, post};

const PASSWORD: &str = "quiet-lantern over 9 rivers";
const CLIENTS: usize = 6;
const TARGETS: i64 = 12;
const ROUNDS: u32 = 5;

/// A data folder with records and accounts, made by the program's own commands.
struct Stage {
    data: tempfile::TempDir,
    database_url: Option<String>,
}

impl Stage {
    fn set(database_url: Option<String>) -> Self {
        let stage = Self {
            data: tempfile::tempdir().unwrap(),
            database_url,
        };
        for n in 0..CLIENTS {
            let mut command = stage.command();
            command
                .args(["admin", "create-account", "--password-stdin", "--verified"])
                .args(["--name", "Ada Example", "--email", &email(n)]);
            let said = program::succeed(command, &format!("{PASSWORD}\n"));
            assert!(said.contains(&email(n)), "{said}");
        }
        let mut command = stage.command();
        command.args(["demo", "--works", "50"]);
        let said = program::succeed(command, "");
        assert!(said.contains("50 new"), "{said}");
        stage
    }

    fn command(&self) -> Command {
        let mut command = program::command(self.data.path());
        if let Some(url) = &self.database_url {
            command.env("BZPEER_DATABASE_URL", url);
        }
        command
    }

    async fn serve(&self) -> Server {
        Server::start(|| self.command()).await
    }

    async fn open(&self) -> Db {
        let location = Location::parse(self.database_url.as_deref(), self.data.path()).unwrap();
        Db::open(&location).await.unwrap()
    }
}

fn email(n: usize) -> String {
    format!("ada{n}@university.example")
}

async fn log_in(address: SocketAddr, n: usize) -> String {
    let body = format!(
        "email={}&password={}",
        email(n).replace('@', "%40"),
        PASSWORD.replace(' ', "+")
    );
    let answer = post(address, "/api/account/log-in", &body, "")
        .await
        .unwrap();
    answer.session().unwrap_or_else(|| panic!("{answer:?}"))
}

fn target(id: i64) -> String {
    format!("kind=author&id={id}")
}

/// What one client knows of its follows: by target, what the last answer said, and whether a later request stayed
/// unanswered.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    following: bool,
    in_doubt: bool,
}

/// Follows and unfollows at random, one request after another, until the server is gone. Answers how many requests were
/// answered.
async fn write_until_killed(
    address: SocketAddr,
    cookie: String,
    seed: u64,
    known: &mut HashMap<i64, Known>,
) -> usize {
    let mut rng = rand::rngs::StdRng::seed_from_u64(seed);
    let mut answered = 0;
    loop {
        let id = rng.random_range(1..=TARGETS);
        let follow = rng.random_bool(0.5);
        let path = if follow {
            "/api/follow/add"
        } else {
            "/api/follow/remove"
        };
        let entry = known.entry(id).or_default();
        match post(address, path, &target(id), &cookie).await {
            Ok(answer) => {
                assert_eq!(answer.status, 200, "{answer:?}");
                entry.following = follow;
                answered += 1;
            }
            Err(_) => {
                entry.in_doubt |= entry.following != follow;
                return answered;
            }
        }
    }
}

/// Kills the server while clients write, starts it again, and looks for everything that was answered.
async fn kill_and_look(stage: &Stage) {
    let seed: u64 = std::env::var("BZPEER_TEST_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| Clock::System.now().unsigned_abs());
    println!("the seed is {seed}; BZPEER_TEST_SEED={seed} repeats the choices");
    let mut rng = rand::rngs::StdRng::seed_from_u64(seed);
    let mut server = stage.serve().await;
    let mut cookies = Vec::new();
    for n in 0..CLIENTS {
        cookies.push(log_in(server.address, n).await);
    }
    let mut known: Vec<HashMap<i64, Known>> = vec![HashMap::new(); CLIENTS];
    for round in 1..=ROUNDS {
        let address = server.address;
        let mut clients = Vec::new();
        for (cookie, mut known) in cookies.iter().cloned().zip(known.drain(..)) {
            let seed = rng.random();
            clients.push(tokio::spawn(async move {
                let answered = write_until_killed(address, cookie, seed, &mut known).await;
                (answered, known)
            }));
        }
        tokio::time::sleep(Duration::from_millis(rng.random_range(20..500))).await;
        server.kill().await;
        let mut answered = 0;
        for client in clients {
            let (n, map) = client.await.unwrap();
            answered += n;
            known.push(map);
        }
        println!("round {round}: {answered} requests were answered before the kill");

        server = stage.serve().await;
        for (cookie, known) in cookies.iter().zip(&mut known) {
            for (id, known) in known.iter_mut() {
                let answer = post(server.address, "/api/follow/state", &target(*id), cookie)
                    .await
                    .unwrap();
                assert_eq!(answer.status, 200, "{answer:?}");
                let following = answer.body.contains("\"following\":true");
                assert!(
                    known.in_doubt || following == known.following,
                    "seed {seed}, round {round}, author {id}: {known:?}, but the server says {}",
                    answer.body
                );
                *known = Known {
                    following,
                    in_doubt: false,
                };
            }
        }
    }
    let all: Vec<&Known> = known.iter().flat_map(HashMap::values).collect();
    assert!(all.len() > CLIENTS, "the clients wrote: {known:?}");
    server.kill().await;
    let mut db = stage.open().await;
    // Every follow came with its event, and the other way round.
    let (follows, sum): (i64, i64) = db
        .one(
            "SELECT (SELECT COUNT(*) FROM follows), (SELECT COUNT(*) FROM events WHERE kind = 'followed')
                - (SELECT COUNT(*) FROM events WHERE kind = 'unfollowed')",
            args![],
        )
        .await
        .unwrap();
    assert_eq!(follows, sum, "follows and their events differ");
    assert_eq!(
        follows,
        all.iter().filter(|known| known.following).count() as i64
    );
    if !db.is_postgres() {
        let (verdict,): (String,) = db.one("PRAGMA integrity_check", args![]).await.unwrap();
        assert_eq!(verdict, "ok");
    }
    db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_survives_kill_9_on_the_embedded_database() {
    kill_and_look(&Stage::set(None)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_survives_kill_9_on_postgresql() {
    if let Some(url) = postgres::fresh_database().await {
        kill_and_look(&Stage::set(Some(url))).await;
    }
}

/// Asks the server to stop while a request is half sent.
async fn stop_during_a_request(stage: &Stage) {
    let mut server = stage.serve().await;
    let cookie = log_in(server.address, 0).await;
    let whole = program::form(server.address, "/api/follow/add", &target(1), &cookie);
    let (first, rest) = whole.split_at(whole.len() - 4);
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    slow.write_all(first.as_bytes()).await.unwrap();
    // The server has read that much when it answers somebody who came later.
    let later = post(server.address, "/api/follow/state", &target(1), &cookie)
        .await
        .unwrap();
    assert!(later.body.contains("\"followers\":0"), "{later:?}");
    let _idle = TcpStream::connect(server.address).await.unwrap();

    server.terminate();
    let refused = async {
        while TcpStream::connect(server.address).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(program::PATIENCE, refused)
        .await
        .expect("it takes no new visitors");
    slow.write_all(rest.as_bytes()).await.unwrap();
    let answer = program::answer(slow).await.unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(answer.body.contains("\"followers\":1"), "{answer:?}");
    let ended = tokio::time::timeout(Duration::from_secs(10), server.ended()).await;
    assert_eq!(ended, Ok(Some(0)), "it ends soon, and well");
    if stage.database_url.is_none() {
        assert_eq!(
            size_of_log(stage.data.path()),
            0,
            "the write-ahead log was not folded in"
        );
    }
    let mut db = stage.open().await;
    let (follows,): (i64,) = db
        .one("SELECT COUNT(*) FROM follows", args![])
        .await
        .unwrap();
    assert_eq!(follows, 1);
    db.close().await;
}

fn size_of_log(data: &Path) -> u64 {
    std::fs::metadata(data.join("bzpeer.db-wal")).map_or(0, |meta| meta.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_lets_an_open_request_finish_and_then_closes_the_embedded_database() {
    stop_during_a_request(&Stage::set(None)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_lets_an_open_request_finish_on_postgresql() {
    if let Some(url) = postgres::fresh_database().await {
        stop_during_a_request(&Stage::set(Some(url))).await;
    }
}
