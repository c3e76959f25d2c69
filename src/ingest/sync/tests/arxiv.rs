use super::*;
use crate::ingest::sync::testing::{End, Received};

const TARGET: &str = "arxiv:cs.CL";

pub(super) fn answer(content: &str) -> Reply {
    Reply::xml(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-20T18:45:11Z</responseDate>
        <request verb="ListRecords">http://example.org/oai</request>{content}</OAI-PMH>"#
    ))
}

fn record(number: usize) -> String {
    format!(
        r#"<record><header><identifier>oai:arXiv.org:2101.{number:05}</identifier>
        <datestamp>2026-11-19</datestamp></header><metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/">
        <id>2101.{number:05}</id><created>2021-01-01</created><authors><author><keyname>Berg</keyname>
        <forenames>Ada</forenames></author></authors><title>Work {number}</title>
        <categories>cs.CL</categories><abstract>Text.</abstract></arXiv></metadata></record>"#
    )
}

fn records(numbers: std::ops::Range<usize>, token: Option<&str>) -> Reply {
    let mut content: String = numbers.map(record).collect();
    let token = token.map(|token| token.replace('&', "&amp;"));
    content.push_str(&format!(
        "<resumptionToken>{}</resumptionToken>",
        token.unwrap_or_default()
    ));
    answer(&format!("<ListRecords>{content}</ListRecords>"))
}

fn error(code: &str) -> Reply {
    answer(&format!(r#"<error code="{code}">The reason.</error>"#))
}

/// Seven records, three in an answer; tokens with all that has to be encoded in a URL.
pub(super) fn service(received: &Received) -> Reply {
    let at = match received.parameter("resumptionToken") {
        None => 0,
        Some(token) => token.strip_prefix("a+b|&%=").unwrap().parse().unwrap(),
    };
    let end = (at + 3).min(7);
    let token = (end < 7).then(|| format!("a+b|&%={end}"));
    records(at..end, token.as_deref())
}

pub(super) fn all() -> BTreeSet<String> {
    (0..7).map(|number| format!("2101.{number:05}")).collect()
}

#[tokio::test]
async fn a_set_is_walked_by_tokens_and_the_next_run_asks_from_the_servers_date() {
    let world = World::new(service).await;
    let run = world.run(Source::Arxiv, TARGET, None).await.unwrap();
    assert_eq!(run.keys(), all());
    world
        .run(Source::Arxiv, TARGET, run.cursor.as_ref())
        .await
        .unwrap();
    assert_eq!(
        world.asked()[..4],
        [
            "/oai set=cs:cs:CL",
            "/oai resumptionToken=a+b|&%=3",
            "/oai resumptionToken=a+b|&%=6",
            "/oai set=cs:cs:CL from=2026-11-18",
        ]
    );
    assert!(
        world.server.received()[0]
            .target
            .contains("verb=ListRecords&metadataPrefix=arXiv")
    );
    let times: Vec<i64> = world.server.received().iter().map(|one| one.at).collect();
    assert!(
        times.windows(2).all(|pair| pair[1] - pair[0] >= 3_000),
        "{times:?}"
    );
}

#[tokio::test]
async fn nothing_new_is_a_run_like_any_other() {
    let world = World::new(|_| error("noRecordsMatch")).await;
    let run = world.run(Source::Arxiv, TARGET, None).await.unwrap();
    assert!(run.records.is_empty());
    world
        .run(Source::Arxiv, TARGET, run.cursor.as_ref())
        .await
        .unwrap();
    assert_eq!(world.asked()[1], "/oai set=cs:cs:CL from=2026-11-18");
}

#[tokio::test]
async fn a_token_that_is_no_longer_known_starts_the_window_again() {
    for status in [200, 400, 422] {
        let count = std::sync::atomic::AtomicUsize::new(0);
        let world = World::new(move |received| {
            let token = received.parameter("resumptionToken");
            let first = token.is_some_and(|token| token.ends_with("=6"))
                && count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
            if first {
                let mut reply = error("badResumptionToken");
                reply.status = status;
                return reply;
            }
            service(received)
        });
        let world = world.await;
        let since = Cursor::kept(r#"{"v":1,"since":"2026-10-01"}"#);
        let run = world
            .run(Source::Arxiv, TARGET, Some(&since))
            .await
            .unwrap();
        assert_eq!(run.keys(), all());
        assert_eq!(world.asked()[3], "/oai set=cs:cs:CL from=2026-10-01");
        assert_eq!(world.asked().len(), 6);
    }
}

#[tokio::test]
async fn tokens_that_are_never_known_are_an_error_after_a_few_tries() {
    let world = World::new(|received| match received.parameter("resumptionToken") {
        None => service(received),
        Some(_) => error("badResumptionToken"),
    });
    let world = world.await;
    let error = world.failure(Source::Arxiv, TARGET).await;
    assert_eq!(
        error,
        "arXiv does not give its whole list of arxiv:cs.CL: it no longer knows its token."
    );
    assert_eq!(world.asked().len(), 8);
}

#[tokio::test]
async fn a_token_that_leads_back_to_itself_is_noticed() {
    let world = World::new(|_| records(0..3, Some("same"))).await;
    let error = world.failure(Source::Arxiv, TARGET).await;
    assert!(error.contains("it leads in a circle"), "{error}");
}

#[tokio::test]
async fn other_errors_of_the_protocol_are_passed_on() {
    for status in [200, 400] {
        let mut reply = error("badArgument");
        reply.status = status;
        let world = World::new(move |_| reply.clone()).await;
        let error = world.failure(Source::Arxiv, TARGET).await;
        assert!(error.contains("badArgument: The reason"), "{error}");
        assert_eq!(world.asked().len(), 1);
    }
}

#[tokio::test]
async fn answers_that_are_not_whole_are_asked_for_again() {
    let whole = records(0..3, None);
    let mut short = whole.clone();
    short.body.truncate(short.body.len() - 20);
    let bare = Reply::xml(record(1));
    let html = Reply::xml("<html><body>Down</body></html>");
    let later = Reply::status(503).with("retry-after", "60");
    for broken in [
        short,
        bare,
        html,
        later,
        whole.clone().ending(End::Cut),
        whole.clone().ending(End::Reset),
        whole.clone().gzip().ending(End::Cut),
    ] {
        let world = World::new(in_turn(vec![broken, whole.clone()])).await;
        let run = world.run(Source::Arxiv, TARGET, None).await.unwrap();
        assert_eq!(run.keys().len(), 3);
        assert_eq!(world.asked().len(), 2);
    }
}

#[tokio::test]
async fn refused_and_deleted_records_are_handed_on_with_the_others() {
    let content = format!(
        r#"<ListRecords>{}<record><header status="deleted"><identifier>oai:arXiv.org:2101.00009</identifier></header>
        </record><record><header><identifier>oai:arXiv.org:2101.00010</identifier></header></record></ListRecords>"#,
        record(1)
    );
    let world = World::new(move |_| answer(&content)).await;
    let run = world.run(Source::Arxiv, TARGET, None).await.unwrap();
    let [
        Ok(Record::Work(_)),
        Ok(Record::Deleted { .. }),
        Err(refused),
    ] = &run.records[..]
    else {
        panic!("{:?}", run.records);
    };
    assert_eq!(refused.file, "arXiv, arxiv:cs.CL, page 1");
}
