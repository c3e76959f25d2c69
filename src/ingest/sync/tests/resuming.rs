//! Killed at every moment and started again: the same records.

use std::sync::Arc;

use super::*;
use crate::ingest::sync::testing::{End, Received};

type Answer = Arc<dyn Fn(&Received) -> Reply + Send + Sync>;

/// A service, what it is asked for, what all of its records are known by, and what makes it in its beginning.
type Case = (Source, &'static str, BTreeSet<String>, fn() -> Answer);

fn services() -> [Case; 5] {
    let author = BTreeSet::from(["A1".to_owned()]);
    let orcid = "orcid:0000-0002-1825-0097";
    [
        (
            Source::OpenAlex,
            orcid,
            &numbers(0..7, "W") | &author,
            || Arc::new(openalex::service),
        ),
        (
            Source::OpenAlex,
            "openalex:A1",
            &numbers(0..7, "W") | &author,
            || Arc::new(openalex::service_with_many_authors),
        ),
        (Source::Arxiv, "arxiv:cs.CL", arxiv::all(), || {
            Arc::new(arxiv::service)
        }),
        (Source::Crossref, orcid, crossref::all(), || {
            let service = crossref::Service::default();
            Arc::new(move |received| service.answer(received))
        }),
        (
            Source::Orcid,
            orcid,
            BTreeSet::from(["0000-0002-1825-0097".to_owned()]),
            || Arc::new(|_| orcid::record()),
        ),
    ]
}

/// What a database would keep: both or neither.
#[derive(Default)]
struct Kept {
    keys: BTreeSet<String>,
    cursor: Option<Cursor>,
}

impl Kept {
    fn take(&mut self, page: Page) {
        self.keys
            .extend(page.records.iter().map(|found| key(found).to_owned()));
        self.cursor = Some(page.cursor);
    }

    /// Runs until the end or until this many pages were fetched, of which the last is lost or kept before the kill.
    /// Whether it came to its end.
    async fn run(
        &mut self,
        world: &World,
        source: Source,
        target: &str,
        pages: usize,
        lost: bool,
    ) -> bool {
        let target = Target::parse(target).unwrap();
        let mut walk = world
            .services
            .pages(source, &target, self.cursor.as_ref())
            .unwrap();
        for at in 1..=pages {
            let Some(page) = walk.next().await else {
                return true;
            };
            let Ok(page) = page else {
                return false;
            };
            let done = page.done;
            if at < pages || !lost {
                self.take(page);
                if done {
                    return true;
                }
            }
        }
        false
    }
}

#[tokio::test]
async fn killed_once_after_any_page_kept_or_not_a_second_run_completes_the_records() {
    for (source, target, all, service) in services() {
        for lost in [false, true] {
            for pages in 1..=6 {
                let service = service();
                let world = World::new(move |received| service(received)).await;
                let mut kept = Kept::default();
                kept.run(&world, source, target, pages, lost).await;
                // The cursor is a text in between.
                kept.cursor = kept
                    .cursor
                    .map(|cursor| Cursor::kept(cursor.as_str().to_owned()));
                assert!(kept.run(&world, source, target, usize::MAX, false).await || !lost);
                assert_eq!(kept.keys, all, "{source}, {pages} pages, lost: {lost}");
            }
        }
    }
}

#[tokio::test]
async fn killed_after_every_page_the_records_are_the_same() {
    for (source, target, all, service) in services() {
        let service = service();
        let world = World::new(move |received| service(received)).await;
        let mut kept = Kept::default();
        let mut runs = 1;
        while !kept.run(&world, source, target, 1, false).await {
            runs += 1;
            assert!(runs < 20, "{source} makes no progress");
        }
        assert_eq!(kept.keys, all, "{source}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_at_any_request_loses_nothing() {
    for (source, target, all, service) in services() {
        for broken in 0..7 {
            for end in [End::Reset, End::Cut] {
                let service = service();
                let count = std::sync::atomic::AtomicUsize::new(0);
                let world = World::new(move |received| {
                    let at = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                    let reply = service(received);
                    if at == broken {
                        reply.ending(end)
                    } else {
                        reply
                    }
                });
                let world = world.await;
                let run = world.run(source, target, None).await.unwrap();
                assert_eq!(run.keys(), all, "{source}, request {broken}");
            }
        }
    }
}

#[tokio::test]
async fn a_service_that_goes_down_in_the_middle_is_gone_on_with_when_it_is_back() {
    for (source, target, all, service) in services() {
        for up in 0..5 {
            let service = service();
            let count = std::sync::atomic::AtomicUsize::new(0);
            // Down for as long as one run asks.
            let world = World::new(move |received| {
                let at = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                if (up..up + 6).contains(&at) {
                    Reply::status(502)
                } else {
                    service(received)
                }
            });
            let world = world.await;
            let mut kept = Kept::default();
            for _ in 0..4 {
                if kept.run(&world, source, target, usize::MAX, false).await {
                    break;
                }
            }
            assert_eq!(kept.keys, all, "{source}, down after {up} requests");
        }
    }
}

#[tokio::test]
async fn a_run_after_an_error_yields_nothing_more() {
    let world = World::new(|_| Reply::status(502)).await;
    let target = Target::parse("arxiv:cs.CL").unwrap();
    let mut pages = world.services.pages(Source::Arxiv, &target, None).unwrap();
    assert!(pages.next().await.unwrap().is_err());
    assert!(pages.next().await.is_none());
    assert!(world.clock.now() > NOW);
}
