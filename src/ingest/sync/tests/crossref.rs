use std::collections::HashMap;
use std::sync::Mutex;

use super::*;
use crate::ingest::sync::testing::{End, Received};

const TARGET: &str = "ror:046rm7j60";

fn list(numbers: std::ops::Range<usize>, total: usize, next: Option<&str>) -> Reply {
    let works: Vec<String> = numbers
        .map(|number| {
            format!(
                r#"{{"DOI":"10.5555/{number}","type":"journal-article","title":["Work {number}"]}}"#
            )
        })
        .collect();
    let next = next.map_or(String::new(), |next| format!(r#""next-cursor":"{next}","#));
    Reply::json(format!(
        r#"{{"status":"ok","message-type":"work-list","message":{{{next}"total-results":{total},"items":[{}]}}}}"#,
        works.join(",")
    ))
}

/// Seven works, three on a page, behind a cursor that stays the same and of which the service knows how far it was read.
#[derive(Default)]
pub(super) struct Service {
    cursors: Mutex<HashMap<String, usize>>,
}

impl Service {
    pub fn answer(&self, received: &Received) -> Reply {
        let mut cursors = self.cursors.lock().unwrap();
        let cursor = match received.parameter("cursor").unwrap().as_str() {
            "*" => format!("cursor+{}=", cursors.len()),
            known => known.to_owned(),
        };
        let at = cursors.entry(cursor.clone()).or_default();
        let from = *at;
        *at = (*at + 3).min(7);
        list(from..*at, 7, Some(&cursor))
    }
}

pub(super) fn all() -> BTreeSet<String> {
    numbers(0..7, "10.5555/")
}

#[tokio::test]
async fn works_are_walked_by_a_cursor_that_stays_the_same() {
    let service = Service::default();
    let world = World::new(move |received| service.answer(received)).await;
    let run = world.run(Source::Crossref, TARGET, None).await.unwrap();
    assert_eq!(run.keys(), all());
    world
        .run(Source::Crossref, TARGET, run.cursor.as_ref())
        .await
        .unwrap();
    let asked = world.asked();
    assert_eq!(
        asked[..4],
        [
            "/crossref/works filter=ror-id:https://ror.org/046rm7j60 rows=100 cursor=*",
            "/crossref/works filter=ror-id:https://ror.org/046rm7j60 rows=100 cursor=cursor+0=",
            "/crossref/works filter=ror-id:https://ror.org/046rm7j60 rows=100 cursor=cursor+0=",
            "/crossref/works filter=ror-id:https://ror.org/046rm7j60,from-index-date:2026-11-21 rows=100 cursor=*",
        ]
    );
    let agent = &world.server.received()[0].headers["user-agent"];
    assert!(agent.contains("mailto:library@university.example"));
    world
        .run(Source::Crossref, "orcid:0000-0002-1825-0097", None)
        .await
        .unwrap();
    assert!(world.asked()[6].contains("filter=orcid:0000-0002-1825-0097 "));
}

#[tokio::test]
async fn a_page_that_got_lost_on_the_way_is_noticed_and_the_list_walked_again() {
    for end in [End::Reset, End::Cut] {
        let service = Service::default();
        let count = std::sync::atomic::AtomicUsize::new(0);
        let world = World::new(move |received| {
            let reply = service.answer(received);
            let second = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 1;
            if second { reply.ending(end) } else { reply }
        });
        let world = world.await;
        let run = world.run(Source::Crossref, TARGET, None).await.unwrap();
        assert_eq!(run.keys(), all());
        assert_eq!(
            world
                .asked()
                .iter()
                .filter(|asked| asked.ends_with("cursor=*"))
                .count(),
            2
        );
    }
}

#[tokio::test]
async fn a_count_that_is_always_too_high_does_not_keep_the_run_from_ending() {
    let world = World::new(|received| match received.parameter("cursor").as_deref() {
        Some("*") => list(0..3, 9, Some("x")),
        _ => list(0..0, 9, Some("x")),
    });
    let world = world.await;
    let run = world.run(Source::Crossref, TARGET, None).await.unwrap();
    assert_eq!(run.keys().len(), 3);
    assert_eq!(world.asked().len(), 4);
}

#[tokio::test]
async fn pages_that_get_lost_every_time_are_an_error() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let world = World::new(
        move |received| match received.parameter("cursor").as_deref() {
            Some("*") => {
                let more = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                list(0..3 + more, 90, Some("x"))
            }
            _ => list(0..0, 90, Some("x")),
        },
    );
    let error = world.await.failure(Source::Crossref, TARGET).await;
    assert_eq!(
        error,
        "Crossref does not give its whole list of ror:046rm7j60: it gave 6 of 90 records."
    );
}

#[tokio::test]
async fn a_cursor_that_has_expired_starts_the_list_again_however_the_server_says_so() {
    for status in [400, 404, 500, 503] {
        let service = Service::default();
        let world = World::new(
            move |received| match received.parameter("cursor").as_deref() {
                Some("cursor+0=") => Reply::status(status),
                _ => service.answer(received),
            },
        );
        let run = world
            .await
            .run(Source::Crossref, TARGET, None)
            .await
            .unwrap();
        assert_eq!(run.keys(), all());
    }
    // A service that is down is not taken for an expired cursor.
    let down = World::new(|_| Reply::status(503)).await;
    let error = down.failure(Source::Crossref, TARGET).await;
    assert!(error.contains("3 times in vain"), "{error}");
    assert_eq!(down.asked().len(), 3);
}

#[tokio::test]
async fn whoever_has_no_works_there_has_none() {
    let world = World::new(|_| list(0..0, 0, None)).await;
    let run = world.run(Source::Crossref, TARGET, None).await.unwrap();
    assert!(run.records.is_empty() && run.cursor.is_some());
}

#[tokio::test]
async fn a_page_that_is_too_large_is_not_skipped_but_the_list_walked_in_smaller_pages() {
    let at = Mutex::new(0);
    let world = World::new(move |received| {
        let mut at = at.lock().unwrap();
        let rows: usize = received.parameter("rows").unwrap().parse().unwrap();
        if received.parameter("cursor").as_deref() == Some("*") {
            *at = 0;
        }
        let from = *at;
        *at = (*at + rows.min(40)).min(80);
        let mut reply = list(from..*at, 80, Some("x"));
        // The second half is larger: two megabytes for forty works.
        let weight = if from >= 40 { 60 * 1024 } else { 0 };
        reply.body.extend(vec![b' '; weight * (*at - from)]);
        reply
    });
    let world = world.await;
    let run = world.run(Source::Crossref, TARGET, None).await.unwrap();
    assert_eq!(run.keys(), numbers(0..80, "10.5555/"));
    assert!(
        world.asked()[2].contains("rows=25 cursor=*"),
        "{:?}",
        world.asked()
    );
}
