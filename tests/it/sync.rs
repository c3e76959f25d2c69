//! The sync command against a service on this machine, with its faults.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bzpeer::args;
use bzpeer::db::{Db, Location, Sql};
use serde_json::{Value, json};

use crate::support::postgres;
use crate::support::program::{self, command};

const ADA: &str = "orcid:0000-0002-1825-0097";

/// What the service was asked, and how it behaves.
#[derive(Default)]
struct Crossref {
    asked: Mutex<Vec<String>>,
    /// Answers that it still refuses.
    busy: AtomicUsize,
    /// Whether it hands out works that came later.
    later: AtomicUsize,
}

fn work(number: usize) -> Value {
    json!({"DOI": format!("10.5555/{number}"), "type": "journal-article", "title": [format!("On Ink {number}")],
           "issued": {"date-parts": [[2020]]},
           "author": [{"given": "Ada", "family": "Quillfeather", "ORCID": "https://orcid.org/0000-0002-1825-0097",
                       "authenticated-orcid": true, "sequence": "first"}]})
}

async fn works(State(service): State<Arc<Crossref>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    service.asked.lock().unwrap().push(query.clone());
    let later = service.later.load(Ordering::SeqCst) > 0;
    let (items, next) = match (query.contains("cursor=second"), later) {
        (false, false) => (vec![work(1), work(2)], "second"),
        (true, false) => {
            if service
                .busy
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1))
                .is_ok()
            {
                return (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "86400")])
                    .into_response();
            }
            (vec![work(3)], "third")
        }
        (_, true) => (vec![work(4)], "third"),
    };
    let total = if later { 1 } else { 3 };
    let message = json!({"total-results": total, "items": items, "next-cursor": next});
    let answer = json!({"status": "ok", "message-type": "work-list", "message": message});
    axum::Json(answer).into_response()
}

async fn serve(service: Arc<Crossref>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new()
        .route("/works", axum::routing::get(works))
        .with_state(service);
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

fn sync(data: &Path, url: Option<&str>, config: &Path) -> Command {
    let mut command = command(data);
    if let Some(url) = url {
        command.env("BZPEER_DATABASE_URL", url);
    }
    command.env("BZPEER_CONFIG", config);
    command.args(["sync", "--json", "crossref", ADA]);
    command
}

async fn ran(command: Command) -> std::process::Output {
    tokio::task::spawn_blocking(move || program::run(command, ""))
        .await
        .unwrap()
}

/// Stops at a service that wants to be left alone, goes on there, and asks for what is new the next time.
async fn story(url: Option<String>) {
    let service = Arc::new(Crossref {
        busy: AtomicUsize::new(1),
        ..Crossref::default()
    });
    let base = serve(Arc::clone(&service)).await;
    let data = tempfile::tempdir().unwrap();
    let config = data.path().join("bzpeer.toml");
    let settings = |allowed: bool| {
        format!(
            "[sync]\ncontact = \"library@university.example\"\ncrossref_url = \"{base}\"\nallow_private_addresses = {allowed}\n"
        )
    };
    let run = || ran(sync(data.path(), url.as_deref(), &config));

    // This machine is no public service, unless the operator says so.
    std::fs::write(&config, settings(false)).unwrap();
    let refused = run().await;
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        service.asked.lock().unwrap().is_empty(),
        "nothing was asked"
    );

    std::fs::write(&config, settings(true)).unwrap();
    let stopped = run().await;
    let said = String::from_utf8_lossy(&stopped.stderr).into_owned();
    assert_eq!(stopped.status.code(), Some(1), "{said}");
    assert!(
        said.contains("1 list could not be read to the end"),
        "{said}"
    );
    let summary: Value = serde_json::from_slice(&stopped.stdout).unwrap();
    assert_eq!(summary["records"]["works_new"], 2, "{summary}");

    let asked = service.asked.lock().unwrap().len();
    let whole = run().await;
    assert!(
        whole.status.success(),
        "{}",
        String::from_utf8_lossy(&whole.stderr)
    );
    let summary: Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert_eq!(
        (&summary["records"]["works_new"], &summary["lists"]),
        (&json!(1), &json!(1))
    );
    let first = service.asked.lock().unwrap()[asked].clone();
    assert!(
        first.contains("cursor=second"),
        "it goes on where it stopped: {first}"
    );

    let asked = service.asked.lock().unwrap().len();
    service.later.store(1, Ordering::SeqCst);
    let later = run().await;
    assert!(
        later.status.success(),
        "{}",
        String::from_utf8_lossy(&later.stderr)
    );
    let first = service.asked.lock().unwrap()[asked].clone();
    assert!(
        first.contains("from-index-date"),
        "only what is new: {first}"
    );

    let location = Location::parse(url.as_deref(), data.path()).unwrap();
    let mut db = Db::open(&location).await.unwrap();
    let works: Vec<(i64, i64)> = db
        .all(
            "SELECT COUNT(*), COUNT(DISTINCT s.author_id) FROM authorships s
             JOIN author_identifiers i ON i.author_id = s.author_id AND i.value = '0000-0002-1825-0097'",
            args![],
        )
        .await
        .unwrap();
    assert_eq!(works, [(4, 1)], "four works of one author");
    db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_is_synced_on_sqlite() {
    story(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_is_synced_on_postgres() {
    if let Some(url) = postgres::fresh_database().await {
        story(Some(url)).await;
    }
}
