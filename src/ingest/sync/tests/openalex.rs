use super::*;
use crate::ingest::sync::testing::{End, Received};

const ADA: &str = "orcid:0000-0002-1825-0097";

fn work(number: usize) -> String {
    format!(
        r#"{{"id":"https://openalex.org/W{number}","title":"Work {number}","publication_year":2020,
        "type":"article","authorships":[]}}"#
    )
}

fn list(numbers: impl Iterator<Item = usize>, count: usize, next: Option<&str>) -> Reply {
    let works: Vec<String> = numbers.map(work).collect();
    let next = serde_json::to_string(&next).unwrap();
    Reply::json(format!(
        r#"{{"meta":{{"count":{count},"db_response_time_ms":{},"next_cursor":{next}}},"results":[{}]}}"#,
        works.len(),
        works.join(",")
    ))
}

fn entity(id: &str) -> Reply {
    Reply::json(format!(
        r#"{{"id":"https://openalex.org/{id}","display_name":"Ada Berg","works_count":7}}"#
    ))
}

/// Seven works, three on a page; the last page leads to an empty one, as on the real service.
pub(super) fn service(received: &Received) -> Reply {
    if received.path() != "/openalex/works" {
        return entity("A1");
    }
    let cursor = received.parameter("cursor").unwrap();
    let at = match cursor.as_str() {
        "*" => 0,
        at => at.parse().unwrap(),
    };
    let end = (at + 3).min(7);
    let next = (at < 7).then(|| end.to_string());
    list(at..end, 7, next.as_deref())
}

fn with_key(settings: &mut Settings) {
    settings.openalex_api_key = Some(Secret::new("key"));
}

#[tokio::test]
async fn a_walk_brings_the_author_and_all_works_and_the_next_asks_for_changes() {
    let world = World::with_settings(service, with_key).await;
    let run = world.run(Source::OpenAlex, ADA, None).await.unwrap();
    assert_eq!(
        run.keys(),
        &numbers(0..7, "W") | &BTreeSet::from(["A1".to_owned()])
    );
    let next = world.run(Source::OpenAlex, ADA, run.cursor.as_ref()).await;
    assert_eq!(next.unwrap().keys().len(), 8);
    let asked = world.asked();
    let works = "/openalex/works filter=authorships.author.id:A1";
    assert_eq!(
        asked[..5],
        [
            "/openalex/authors/orcid:0000-0002-1825-0097 api_key=key".to_owned(),
            format!("{works} per_page=100 cursor=* api_key=key"),
            format!("{works} per_page=100 cursor=3 api_key=key"),
            format!("{works} per_page=100 cursor=6 api_key=key"),
            format!("{works} per_page=100 cursor=7 api_key=key"),
        ]
    );
    assert_eq!(
        asked[6],
        format!("{works},from_updated_date:2026-11-19 per_page=100 cursor=* api_key=key")
    );
}

#[tokio::test]
async fn the_next_run_begins_where_the_server_says_it_was_or_we_if_that_is_earlier() {
    for (date, since) in [
        ("Sun, 15 Nov 2026 10:00:00 GMT", "2026-11-11"),
        ("Wed, 15 Nov 2034 10:00:00 GMT", "2026-11-19"),
        ("no date", "2026-11-19"),
    ] {
        let world = World::with_settings(
            move |received| service(received).with("date", date),
            with_key,
        );
        let world = world.await;
        let run = world.run(Source::OpenAlex, ADA, None).await.unwrap();
        world
            .run(Source::OpenAlex, ADA, run.cursor.as_ref())
            .await
            .unwrap();
        assert!(
            world.asked()[6].contains(&format!("from_updated_date:{since} ")),
            "{date}"
        );
    }
}

#[tokio::test]
async fn without_a_key_authors_are_fetched_whole_and_institutions_from_a_year_before() {
    for (target, filter) in [
        (ADA, "authorships.author.id:A1 "),
        (
            "ror:046rm7j60",
            "authorships.institutions.id:I1,from_publication_date:2025-11-19 ",
        ),
        (
            "openalex:T1",
            "topics.id:T1,from_publication_date:2025-11-19 ",
        ),
    ] {
        let id = match target.as_bytes()[0] {
            b'o' if target == ADA => "A1",
            b'r' => "I1",
            _ => "T1",
        };
        let world = World::new(move |received| match received.path() {
            "/openalex/works" => service(received),
            _ => entity(id),
        });
        let world = world.await;
        let run = world.run(Source::OpenAlex, target, None).await.unwrap();
        world
            .run(Source::OpenAlex, target, run.cursor.as_ref())
            .await
            .unwrap();
        let asked = world.asked();
        assert!(asked[1].contains(filter.split(',').next().unwrap().trim()));
        assert!(!asked[1].contains("from_"), "{}", asked[1]);
        assert!(
            asked[6].contains(&format!("filter={filter}")),
            "{}",
            asked[6]
        );
    }
}

#[tokio::test]
async fn a_key_that_does_not_tell_changes_is_noticed() {
    let world = World::with_settings(
        |received| match received.parameter("filter") {
            Some(filter) if filter.contains("from_updated_date") => Reply::new(
                403,
                "application/json",
                r#"{"error":"Forbidden","message":"from_updated_date needs another plan"}"#,
            ),
            _ => service(received),
        },
        with_key,
    );
    let world = world.await;
    let run = world.run(Source::OpenAlex, ADA, None).await.unwrap();
    let next = world.run(Source::OpenAlex, ADA, run.cursor.as_ref()).await;
    assert_eq!(next.unwrap().keys().len(), 8);
}

#[tokio::test]
async fn where_cursors_are_refused_without_a_key_pages_are_asked_for_by_number() {
    let by_number = |count: usize| {
        move |received: &Received| {
            if received.path() != "/openalex/works" {
                return entity("A1");
            }
            if received.parameter("cursor").is_some() {
                return Reply::new(401, "application/json", r#"{"message":"a key is needed"}"#);
            }
            let page: usize = received.parameter("page").unwrap().parse().unwrap();
            list((page - 1) * 100..(page * 100).min(count), count, None)
        }
    };
    let world = World::new(by_number(250)).await;
    let run = world.run(Source::OpenAlex, ADA, None).await.unwrap();
    assert_eq!(run.keys().len(), 251);
    // With a key that is refused there is no way.
    let refused = World::with_settings(by_number(250), with_key).await;
    let error = refused.failure(Source::OpenAlex, ADA).await;
    assert!(error.ends_with("answered 401: a key is needed"), "{error}");
    let many = World::new(by_number(10_001)).await;
    let error = many.failure(Source::OpenAlex, ADA).await;
    assert!(error.contains("first 10000 of 10001 works"), "{error}");
    let exactly = World::new(by_number(10_000)).await;
    assert!(exactly.run(Source::OpenAlex, ADA, None).await.is_ok());
}

#[tokio::test]
async fn a_merged_author_is_followed_to_the_one_that_is_left() {
    let world = World::new(|received| match received.path() {
        "/openalex/authors/A9" => Reply::redirect("/openalex/authors/A1"),
        _ => service(received),
    });
    let world = world.await;
    let run = world
        .run(Source::OpenAlex, "openalex:A9", None)
        .await
        .unwrap();
    assert!(run.keys().contains("A1"));
    assert!(world.asked()[2].contains("authorships.author.id:A1"));
}

#[tokio::test]
async fn who_is_unknown_may_have_works_under_their_orcid_id_but_not_under_an_id_of_openalex() {
    let world = World::new(|received| match received.path() {
        "/openalex/works" => service(received),
        _ => Reply::new(404, "application/json", r#"{"message":"not found"}"#),
    });
    let world = world.await;
    let run = world.run(Source::OpenAlex, ADA, None).await.unwrap();
    assert_eq!(run.keys(), numbers(0..7, "W"));
    assert!(
        world.asked()[1].contains("authorships.author.orcid:https://orcid.org/0000-0002-1825-0097")
    );
    world
        .run(Source::OpenAlex, "ror:046rm7j60", None)
        .await
        .unwrap();
    let asked = world.asked();
    assert!(
        asked[6].contains("authorships.institutions.ror:https://ror.org/046rm7j60"),
        "{asked:?}"
    );
    let error = world.failure(Source::OpenAlex, "openalex:A1").await;
    assert_eq!(error, "OpenAlex knows no openalex:A1.");
}

#[tokio::test]
async fn an_empty_page_in_the_middle_leads_on() {
    let world = World::new(|received| match received.parameter("cursor").as_deref() {
        Some("3") => list(0..0, 7, Some("gap")),
        Some("gap") => list(3..6, 7, Some("6")),
        _ => service(received),
    });
    let run = world.await.run(Source::OpenAlex, ADA, None).await.unwrap();
    assert_eq!(run.keys().len(), 8);
}

#[tokio::test]
async fn empty_pages_at_the_end_are_not_followed_for_ever() {
    let world = World::new(|received| match received.parameter("cursor").as_deref() {
        Some("7") => list(0..0, 7, Some("7")),
        _ => service(received),
    });
    let world = world.await;
    let run = world.run(Source::OpenAlex, ADA, None).await.unwrap();
    assert_eq!(run.keys().len(), 8);
    assert_eq!(world.asked().len(), 5);
    // Where works are still missing, that is an error.
    let count = std::sync::atomic::AtomicUsize::new(10);
    let world = World::new(
        move |received| match received.parameter("cursor").as_deref() {
            None => service(received),
            Some("*") => list(0..3, 7, Some("3")),
            _ => {
                let next = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                list(0..0, 7, Some(&next.to_string()))
            }
        },
    );
    let error = world.await.failure(Source::OpenAlex, ADA).await;
    assert!(
        error.contains("one empty page leads to the next"),
        "{error}"
    );
}

#[tokio::test]
async fn a_page_that_comes_twice_does_no_harm() {
    let world = World::new(|received| match received.parameter("cursor").as_deref() {
        Some("3") => list(0..3, 7, Some("again")),
        Some("again") => list(3..6, 7, Some("6")),
        _ => service(received),
    });
    let run = world.await.run(Source::OpenAlex, ADA, None).await.unwrap();
    assert_eq!(run.keys().len(), 8);
}

#[tokio::test]
async fn a_cursor_that_never_advances_is_an_error_after_a_few_tries() {
    for stuck in ["*", "3"] {
        let world = World::new(move |received| match received.parameter("cursor") {
            None => service(received),
            Some(cursor) if cursor == "*" && stuck == "3" => service(received),
            Some(_) => list(3..6, 7, Some(stuck)),
        });
        let world = world.await;
        let error = world.failure(Source::OpenAlex, ADA).await;
        assert!(error.contains("it leads in a circle"), "{error}");
        assert!(world.asked().len() < 40, "{}", world.asked().len());
    }
}

#[tokio::test]
async fn a_list_without_end_is_left_at_twice_its_length() {
    let world = World::new(|received| match received.parameter("cursor").as_deref() {
        None => service(received),
        Some("*") => list(0..90, 100, Some("90")),
        Some(at) => {
            let at: usize = at.parse().unwrap();
            list(at..at + 90, 100, Some(&(at + 90).to_string()))
        }
    });
    let world = world.await;
    let error = world.failure(Source::OpenAlex, ADA).await;
    assert!(error.contains("more than twice what it should"), "{error}");
    assert!(world.asked().len() < 20);
}

#[tokio::test]
async fn a_cursor_that_is_no_longer_known_starts_the_list_again() {
    let world = World::new(|received| match received.parameter("cursor").as_deref() {
        Some("kept") => Reply::new(400, "application/json", r#"{"message":"invalid cursor"}"#),
        _ => service(received),
    });
    let world = world.await;
    let target = Target::parse(ADA).unwrap();
    let mut pages = world
        .services
        .pages(Source::OpenAlex, &target, None)
        .unwrap();
    pages.next().await.unwrap().unwrap();
    let page = pages.next().await.unwrap().unwrap();
    let kept = Cursor::kept(page.cursor.as_str().replace(r#"\"3\""#, r#"\"kept\""#));
    assert!(kept.as_str().contains("kept"));
    let run = world.run(Source::OpenAlex, ADA, Some(&kept)).await.unwrap();
    assert_eq!(run.keys().len(), 8);
}

#[tokio::test]
async fn pages_that_are_too_large_are_asked_for_in_smaller_pieces() {
    let world = World::new(|received| {
        if received.path() != "/openalex/works" {
            return entity("A1");
        }
        let rows: usize = received.parameter("per_page").unwrap().parse().unwrap();
        let cursor = received.parameter("cursor").unwrap();
        let at: usize = cursor.parse().unwrap_or(0);
        let end = (at + rows).min(60);
        let next = (end < 60).then(|| end.to_string());
        let mut reply = list(at..end, 60, next.as_deref());
        // A hundred kilobytes for each work.
        reply.body.extend(vec![b' '; 100 * 1024 * (end - at)]);
        reply
    });
    let world = world.await;
    let run = world.run(Source::OpenAlex, ADA, None).await.unwrap();
    assert_eq!(run.keys().len(), 61);
    assert!(
        world.asked()[3].contains("per_page=6 "),
        "{:?}",
        world.asked()
    );
    // A single record that is too large is an error.
    let endless = World::new(|received| match received.path() {
        "/openalex/works" => Reply::json(vec![b' '; 1024]).ending(End::Endless),
        _ => entity("A1"),
    });
    let error = endless.await.failure(Source::OpenAlex, ADA).await;
    assert!(error.contains("more than 2097152 bytes"), "{error}");
}

#[tokio::test]
async fn what_is_no_list_of_works_is_given_up_with_a_reason() {
    for body in [
        "{}",
        r#"{"error":"x"}"#,
        r#"{"meta":{"count":1},"results":{}}"#,
        "[",
        "",
    ] {
        let world = World::new(move |received| match received.path() {
            "/openalex/works" => Reply::json(body),
            _ => entity("A1"),
        });
        let error = world.await.failure(Source::OpenAlex, ADA).await;
        assert!(error.contains("it sent no list of works"), "{error}");
    }
}

/// As the service, but with two works whose list of authors is cut off in lists.
pub(super) fn service_with_many_authors(received: &Received) -> Reply {
    let cut = r#""is_authors_truncated":true,"authorships""#;
    match received.path() {
        "/openalex/works/W4" | "/openalex/works/W6" => {
            let number = received.path().trim_start_matches("/openalex/works/W");
            Reply::json(work(number.parse().unwrap()))
        }
        "/openalex/works" => {
            let mut reply = service(received);
            let mut text = String::from_utf8(reply.body).unwrap();
            for number in [4, 6] {
                let whole = work(number);
                text = text.replace(&whole, &whole.replace(r#""authorships""#, cut));
            }
            reply.body = text.into_bytes();
            reply
        }
        _ => service(received),
    }
}

#[tokio::test]
async fn works_with_more_authors_than_a_list_shows_are_fetched_one_by_one() {
    let world = World::new(service_with_many_authors).await;
    let run = world.run(Source::OpenAlex, ADA, None).await.unwrap();
    assert_eq!(run.keys().len(), 8);
    for found in &run.records {
        let Ok(Record::Work(work)) = found else {
            continue;
        };
        assert!(!work.more_authors, "{}", work.record_key);
    }
    let paths: Vec<String> = world
        .server
        .received()
        .iter()
        .map(|one| one.path().to_owned())
        .collect();
    let list = "/openalex/works";
    assert_eq!(
        paths[1..],
        [
            list,
            list,
            "/openalex/works/W4",
            list,
            "/openalex/works/W6",
            list
        ]
    );
}

#[tokio::test]
async fn a_work_that_went_away_since_the_list_was_made_is_passed_over() {
    let world = World::new(|received| match received.path() {
        "/openalex/works/W6" => Reply::new(404, "application/json", "{}"),
        _ => service_with_many_authors(received),
    });
    let run = world.await.run(Source::OpenAlex, ADA, None).await.unwrap();
    assert_eq!(run.keys().len(), 7);
}
