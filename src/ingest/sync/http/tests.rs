mod reach;

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::ingest::sync::testing::{End, Reply, Server};

const SOUND: &str = r#"{"sound":true}"#;

/// Manners for a server on this machine, which may be busy.
fn manners(named: &[&str], inside: bool) -> Manners {
    let named: Vec<Url> = named.iter().map(|url| Url::parse(url).unwrap()).collect();
    let intervals = HashMap::from([("127.0.0.1".to_owned(), 3 * SECOND)]);
    Manners {
        connect_timeout: Duration::from_secs(60),
        read_timeout: Duration::from_secs(60),
        total_timeout: Duration::from_secs(120),
        max_body: 1024 * 1024,
        attempts: 4,
        ..Manners::new(
            "BZPEER/0 (+https://people.university.example; mailto:library@university.example)"
                .to_owned(),
            Rules::new(named.iter(), inside),
            intervals,
        )
    }
}

struct Asked {
    server: Server,
    clock: Clock,
    client: Client,
}

impl Asked {
    /// A server that gives these answers in turn, the last one for ever, and a client that may ask it.
    async fn with(replies: Vec<Reply>) -> Self {
        Self::patiently(replies, |_| {}).await
    }

    async fn patiently(replies: Vec<Reply>, change: impl FnOnce(&mut Manners)) -> Self {
        let clock = Clock::manual(1_000_000);
        let count = AtomicUsize::new(0);
        let server = Server::start(&clock, move |_| {
            let at = count.fetch_add(1, Ordering::SeqCst);
            replies[at.min(replies.len() - 1)].clone()
        })
        .await;
        let mut manners = manners(&[&server.url()], true);
        change(&mut manners);
        let client = Client::new(manners, clock.clone(), Random::seeded(7)).unwrap();
        Self {
            server,
            clock,
            client,
        }
    }

    async fn get(&self) -> Result<String, FetchError> {
        get(&self.client, &format!("{}/works?page=1", self.server.url())).await
    }

    /// How long after the first request each came.
    fn times(&self) -> Vec<i64> {
        let received = self.server.received();
        received.iter().map(|one| one.at - received[0].at).collect()
    }
}

fn ask(url: &str) -> Ask {
    Ask {
        url: Url::parse(url).unwrap(),
        expects: Media::Json,
        key: None,
    }
}

async fn get(client: &Client, url: &str) -> Result<String, FetchError> {
    client.get(&ask(url), text).await
}

fn text(answer: Answer) -> Result<String, String> {
    String::from_utf8(answer.body).map_err(|error| error.to_string())
}

#[tokio::test]
async fn a_request_says_who_asks_and_for_what() {
    let asked = Asked::with(vec![Reply::json(SOUND).gzip()]).await;
    assert_eq!(asked.get().await.unwrap(), SOUND);
    let [received] = &asked.server.received()[..] else {
        panic!("one request");
    };
    assert_eq!(received.target, "/works?page=1");
    assert!(received.headers["user-agent"].contains("mailto:library@university.example"));
    assert_eq!(received.headers["accept"], "application/json");
    assert_eq!(received.headers["accept-encoding"], "gzip");
    for name in ["cookie", "referer", "authorization"] {
        assert!(!received.headers.contains_key(name), "{name}");
    }
}

#[tokio::test]
async fn a_server_that_asks_for_time_gets_it() {
    let later = Reply::status(429).with("retry-after", "90");
    let dated = Reply::status(503)
        .with("date", "Mon, 23 Nov 2020 10:00:00 GMT")
        .with("retry-after", "Mon, 23 Nov 2020 10:02:00 GMT");
    let asked = Asked::with(vec![later, dated, Reply::json(SOUND)]).await;
    assert_eq!(asked.get().await.unwrap(), SOUND);
    assert_eq!(asked.times(), [0, 90 * SECOND, 210 * SECOND]);
}

#[tokio::test]
async fn a_wait_beyond_reason_is_for_the_next_run_and_says_until_when() {
    let asked = Asked::with(vec![Reply::status(429).with("retry-after", "86400")]).await;
    let error = asked.get().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "127.0.0.1 wants no more requests before 1970-01-02T00:16:40Z; the next run goes on from there."
    );
    // The next one does not even ask.
    assert!(matches!(asked.get().await, Err(FetchError::Later { .. })));
    assert_eq!(asked.server.received().len(), 1);
}

#[tokio::test]
async fn an_allowance_that_is_used_up_is_respected_before_the_server_refuses() {
    let last = Reply::json(SOUND)
        .with("x-ratelimit-remaining", "0")
        .with("x-ratelimit-reset", "60");
    let asked = Asked::with(vec![last, Reply::json(SOUND)]).await;
    asked.get().await.unwrap();
    asked.get().await.unwrap();
    assert_eq!(asked.times(), [0, 60 * SECOND]);
}

#[tokio::test]
async fn what_may_pass_is_asked_again_with_growing_pauses_and_given_up_in_a_sentence() {
    for status in [408, 429, 500, 502, 503, 504] {
        let asked = Asked::with(vec![Reply::status(status)]).await;
        let error = asked.get().await.unwrap_err().to_string();
        assert!(
            error.contains("asked 4 times in vain; the last time it answered"),
            "{error}"
        );
        assert!(error.contains(&status.to_string()), "{error}");
        let times = asked.times();
        let pauses: Vec<i64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        for (at, pause) in pauses.iter().enumerate() {
            let whole = (2 * SECOND) << at;
            // The least interval of the host holds in any case.
            let least = (whole / 2).max(3 * SECOND);
            assert!(
                (least..=whole.max(3 * SECOND)).contains(pause),
                "{pauses:?}"
            );
        }
    }
}

#[tokio::test]
async fn pauses_depend_on_chance() {
    let mut pauses: Vec<Millis> = Vec::new();
    for seed in 0..5 {
        let client = Client::new(manners(&[], false), Clock::manual(0), Random::seeded(seed));
        let pause = client.unwrap().pause(5);
        assert!((16 * SECOND..=32 * SECOND).contains(&pause), "{pause}");
        pauses.push(pause);
    }
    pauses.dedup();
    assert_eq!(pauses.len(), 5);
    let client = Client::new(manners(&[], false), Clock::manual(0), Random::seeded(1)).unwrap();
    assert!(client.pause(1_000) <= 2 * MINUTE);
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_asked_for_again() {
    let long = format!("[{}1]", "1,".repeat(50_000));
    for broken in [
        Reply::json(long.clone()).ending(End::Reset),
        Reply::json(long.clone()).ending(End::Cut),
        Reply::json(long.clone()).gzip().ending(End::Reset),
        Reply::json(long.clone()).gzip().ending(End::Cut),
        Reply::json("not gzip").with("content-encoding", "gzip"),
        Reply::status(302),
    ] {
        let shown = format!("{:?} {:?}", broken.headers, broken.end);
        let asked = Asked::with(vec![broken.clone(), Reply::json(long.clone())]).await;
        assert_eq!(asked.get().await.unwrap(), long, "{shown}");
        assert_eq!(asked.server.received().len(), 2, "{shown}");
    }
}

#[tokio::test]
async fn packed_data_that_ends_too_early_is_no_answer() {
    let long = "1,".repeat(50_000);
    let mut cut = Reply::json(long).gzip();
    cut.body.truncate(cut.body.len() - 9);
    let asked = Asked::with(vec![cut, Reply::json(SOUND)]).await;
    assert_eq!(asked.get().await.unwrap(), SOUND);
}

#[tokio::test]
async fn a_server_that_falls_silent_or_drips_is_left_alone_after_a_while() {
    for (slow, silence, whole) in [
        (Reply::json("  ").ending(End::Silence), 200, 60_000),
        (Reply::json(" ").ending(End::Drip), 60_000, 400),
    ] {
        let asked = Asked::patiently(vec![slow, Reply::json(SOUND)], |manners| {
            manners.read_timeout = Duration::from_millis(silence);
            manners.total_timeout = Duration::from_millis(whole);
            // A busy machine may need more than one try.
            manners.attempts = 20;
        });
        let asked = asked.await;
        assert_eq!(asked.get().await.unwrap(), SOUND);
        assert!(asked.server.received().len() >= 2);
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut_off_and_not_asked_for_again() {
    let zeros = vec![b' '; 64 * 1024];
    let bomb = Reply::json(vec![b' '; 8 * 1024 * 1024]).gzip();
    assert!(bomb.body.len() < 1024 * 1024);
    for reply in [Reply::json(zeros).ending(End::Endless), bomb] {
        let asked = Asked::with(vec![reply]).await;
        let error = asked.get().await.unwrap_err().to_string();
        assert!(error.contains("more than 1048576 bytes"), "{error}");
        assert_eq!(asked.server.received().len(), 1);
    }
}

#[tokio::test]
async fn a_page_for_people_is_no_answer() {
    let page = "<html><body>Down for maintenance</body></html>";
    for content_type in [
        "text/html",
        "text/plain",
        "application/octet-stream",
        "json",
    ] {
        let asked = Asked::with(vec![
            Reply::new(200, content_type, page),
            Reply::json(SOUND),
        ])
        .await;
        assert_eq!(asked.get().await.unwrap(), SOUND, "{content_type}");
    }
    let asked = Asked::with(vec![Reply::new(200, "text/html", page)]).await;
    let error = asked.get().await.unwrap_err().to_string();
    assert!(
        error.contains("it sent `text/html` where Json was asked for"),
        "{error}"
    );
}

#[test]
fn forms_are_known_by_their_names() {
    for (named, json, xml) in [
        ("application/json", true, false),
        ("Application/JSON;charset=UTF-8", true, false),
        ("application/vnd.orcid+json; qs=4", true, false),
        ("text/xml", false, true),
        ("application/atom+xml", false, true),
        ("application/xhtml+xml", false, false),
        ("text/html", false, false),
        ("application/x-json-lines", false, false),
        ("", false, false),
    ] {
        assert_eq!(Media::Json.is_named_by(named), json, "{named}");
        assert_eq!(Media::Xml.is_named_by(named), xml, "{named}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_asked_for_again() {
    let asked = Asked::with(vec![Reply::json("{"), Reply::json(SOUND)]).await;
    let url = format!("{}/works", asked.server.url());
    let read = |answer: Answer| {
        serde_json::from_slice::<serde_json::Value>(&answer.body).map_err(|e| e.to_string())
    };
    assert!(asked.client.get(&ask(&url), read).await.is_ok());
    assert_eq!(asked.server.received().len(), 2);
}

#[tokio::test]
async fn a_refusal_is_passed_on_in_the_servers_words_and_not_repeated() {
    let reply = Reply::new(404, "application/json", r#"{"message":"No such work"}"#);
    let asked = Asked::with(vec![reply]).await;
    let error = asked.get().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{}/works answered 404: No such work", asked.server.url())
    );
    assert_eq!(asked.server.received().len(), 1);
}

#[tokio::test]
async fn one_host_gets_one_request_at_a_time() {
    let clock = Clock::manual(0);
    let slow = Reply::json(SOUND).ending(End::Slow);
    let server = Server::start(&clock, move |_| slow.clone()).await;
    let manners = manners(&[&server.url()], true);
    let client = Arc::new(Client::new(manners, clock, Random::seeded(1)).unwrap());
    let tasks: Vec<_> = (0..5)
        .map(|_| {
            let (client, url) = (Arc::clone(&client), server.url());
            tokio::spawn(async move { get(&client, &url).await.unwrap() })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), SOUND);
    }
    let times: Vec<i64> = server.received().iter().map(|one| one.at).collect();
    assert_eq!(times, [0, 3_000, 6_000, 9_000, 12_000]);
    assert_eq!(server.most_at_once(), 1);
}

#[tokio::test]
async fn a_server_that_names_a_lower_limit_is_asked_less_often() {
    let slow = Reply::json(SOUND)
        .with("x-rate-limit-limit", "1")
        .with("x-rate-limit-interval", "10s");
    let asked = Asked::with(vec![slow]).await;
    for _ in 0..3 {
        asked.get().await.unwrap();
    }
    assert_eq!(asked.times(), [0, 10 * SECOND, 20 * SECOND]);
    assert_eq!(asked.clock.now(), 1_000_000 + 20 * SECOND);
}
