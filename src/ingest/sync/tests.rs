//! The services as they answer, faults included, and what a run makes of it.

mod arxiv;
mod crossref;
mod openalex;
mod orcid;
mod resuming;
mod samples;

use std::collections::BTreeSet;
use std::time::Duration;

use super::testing::{Reply, Server};
use super::*;
use crate::infra::clock::Clock;
use crate::infra::random::Random;

/// 23 November 2026, by our clock.
const NOW: Millis = 1_795_392_000_000;

/// A server that stands in for all services, and services that ask it.
struct World {
    server: Server,
    clock: Clock,
    services: Services,
}

impl World {
    async fn new(answer: impl Fn(&testing::Received) -> Reply + Send + Sync + 'static) -> Self {
        Self::with_settings(answer, |_| {}).await
    }

    async fn with_settings(
        answer: impl Fn(&testing::Received) -> Reply + Send + Sync + 'static,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let clock = Clock::manual(NOW);
        let server = Server::start(&clock, answer).await;
        let url = |path: &str| Some(format!("{}/{path}", server.url()));
        let mut settings = Settings {
            contact: Some("library@university.example".parse().unwrap()),
            openalex_url: url("openalex"),
            arxiv_url: url("oai"),
            crossref_url: url("crossref/"),
            orcid_url: url(""),
            allow_private_addresses: true,
            ..Settings::default()
        };
        change(&mut settings);
        let site = "https://people.university.example";
        let services = Services::with_manners(
            &settings,
            site,
            clock.clone(),
            Random::seeded(1),
            |manners| {
                manners.attempts = 3;
                manners.max_body = 2 * 1024 * 1024;
                manners.read_timeout = Duration::from_secs(60);
            },
        )
        .unwrap();
        Self {
            server,
            clock,
            services,
        }
    }

    /// One run to its end.
    async fn run(
        &self,
        source: Source,
        target: &str,
        kept: Option<&Cursor>,
    ) -> Result<Run, SyncError> {
        let target = Target::parse(target).unwrap();
        let mut pages = self.services.pages(source, &target, kept)?;
        let mut run = Run::default();
        while let Some(page) = pages.next().await {
            let page = page?;
            run.pages += 1;
            run.records.extend(page.records);
            run.cursor = Some(page.cursor);
        }
        Ok(run)
    }

    /// The error of a run.
    async fn failure(&self, source: Source, target: &str) -> String {
        let run = self.run(source, target, None).await;
        run.map(|run| run.keys()).unwrap_err().to_string()
    }

    /// Path and query of what was asked, decoded, without what every request has.
    fn asked(&self) -> Vec<String> {
        let received = self.server.received();
        received
            .iter()
            .map(|one| {
                let url = url::Url::parse("http://x/").unwrap().join(&one.target);
                let url = url.unwrap();
                let pairs: Vec<String> = url
                    .query_pairs()
                    .filter(|(name, _)| !matches!(&**name, "sort" | "verb" | "metadataPrefix"))
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect();
                format!("{} {}", url.path(), pairs.join(" "))
            })
            .collect()
    }
}

#[derive(Debug, Default)]
struct Run {
    records: Vec<Found>,
    cursor: Option<Cursor>,
    pages: usize,
}

impl Run {
    /// What the records are known by, each once.
    fn keys(&self) -> BTreeSet<String> {
        self.records
            .iter()
            .map(|found| key(found).to_owned())
            .collect()
    }
}

/// Answers in turn, the last one for ever.
fn in_turn(replies: Vec<Reply>) -> impl Fn(&testing::Received) -> Reply + Send + Sync + 'static {
    let count = std::sync::atomic::AtomicUsize::new(0);
    move |_| {
        let at = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        replies[at.min(replies.len() - 1)].clone()
    }
}

fn numbers(numbers: std::ops::Range<usize>, prefix: &str) -> BTreeSet<String> {
    numbers.map(|number| format!("{prefix}{number}")).collect()
}

#[tokio::test]
async fn a_source_is_asked_only_for_what_it_can_tell() {
    let world = World::new(|_| Reply::status(500)).await;
    let all = [
        "orcid:0000-0002-1825-0097",
        "ror:046rm7j60",
        "openalex:A1",
        "openalex:T1",
        "arxiv:cs.CL",
    ];
    for text in all {
        let target = Target::parse(text).unwrap();
        for source in Source::ALL {
            let pages = world.services.pages(source, &target, None);
            assert_eq!(pages.is_ok(), target.sources().contains(&source));
        }
    }
    let error = world.failure(Source::Arxiv, "ror:046rm7j60").await;
    assert_eq!(error, "arXiv cannot be asked for ror:046rm7j60.");
    assert!(world.asked().is_empty());
}
