//! Following authors, topics and institutions.

use axum::http::StatusCode;
use bzpeer::args;
use bzpeer::db::Sql;
use bzpeer::domain::clock::HOUR;
use serde_json::{Value, json};

use crate::people::{self, Person};
use crate::support::{Answer, Session, TestSite, for_both};

const ADD: &str = "/api/follow/add";
const REMOVE: &str = "/api/follow/remove";
const STATE: &str = "/api/follow/state";

async fn call(site: &TestSite, path: &str, kind: &str, id: i64, who: Option<&Person>) -> Answer {
    let id = id.to_string();
    site.call(
        path,
        &[("kind", kind), ("id", &id)],
        who.map(|p| &p.session),
    )
    .await
}

/// An answer that is not a refusal.
fn state(answer: &Answer) -> Value {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn refusal(answer: &Answer) -> (u16, String) {
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{answer:?}"));
    let code = body["code"].as_str().unwrap_or_default().to_owned();
    (answer.status.as_u16(), code)
}

async fn rows(site: &TestSite) -> i64 {
    people::number(site, "SELECT COUNT(*) FROM follows").await
}

async fn events(site: &TestSite) -> Vec<String> {
    let events: Vec<(String,)> = site
        .app
        .db
        .clone()
        .all(
            "SELECT kind FROM events WHERE kind IN ('followed', 'unfollowed') ORDER BY id",
            args![],
        )
        .await
        .unwrap();
    events.into_iter().map(|(kind,)| kind).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_sees_the_count_and_is_refused_to_follow() {
    for_both(async |site: TestSite| {
        let ada = people::person(&site, "Ada Example", None).await;
        let seen = state(&call(&site, STATE, "author", ada.author, None).await);
        assert_eq!(
            seen,
            json!({"followers": 0, "following": false, "logged_in": false})
        );
        for path in [ADD, REMOVE] {
            let answer = call(&site, path, "author", ada.author, None).await;
            assert_eq!(refusal(&answer), (401, "not_logged_in".into()), "{path}");
            let forged = Session("bzpeer=not-a-token".into());
            let answer = site
                .call(path, &[("kind", "author"), ("id", "1")], Some(&forged))
                .await;
            assert_eq!(refusal(&answer), (401, "not_logged_in".into()), "{path}");
        }
        assert_eq!(rows(&site).await, 0);
        let page = site.get(&ada.page()).await.body;
        let login = format!("/login?next={}", ada.page());
        assert!(page.contains(&login), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn following_twice_is_the_same_as_once_and_so_is_unfollowing() {
    for_both(async |site: TestSite| {
        let ada = people::person(&site, "Ada Example", None).await;
        let ben = people::person(&site, "Ben Sample", None).await;
        for _ in 0..2 {
            let now = state(&call(&site, ADD, "author", ada.author, Some(&ben)).await);
            assert_eq!(
                now,
                json!({"followers": 1, "following": true, "logged_in": true})
            );
        }
        assert_eq!(events(&site).await, ["followed"]);
        for _ in 0..2 {
            let now = state(&call(&site, REMOVE, "author", ada.author, Some(&ben)).await);
            assert_eq!(
                now,
                json!({"followers": 0, "following": false, "logged_in": true})
            );
        }
        assert_eq!(events(&site).await, ["followed", "unfollowed"]);
        assert_eq!(rows(&site).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_accounts_count_two_and_each_ends_only_its_own() {
    for_both(async |site: TestSite| {
        let ada = people::person(&site, "Ada Example", None).await;
        let ben = people::person(&site, "Ben Sample", None).await;
        let cy = people::person(&site, "Cy Third", None).await;
        state(&call(&site, ADD, "author", ada.author, Some(&ben)).await);
        let two = state(&call(&site, ADD, "author", ada.author, Some(&cy)).await);
        assert_eq!(two["followers"], 2);
        let page = site.get_as(&ada.page(), Some(&cy.session)).await.body;
        let page = crate::support::html::text(&page);
        assert!(
            page.contains("followers 2") && page.contains("Following researcher2"),
            "{page}"
        );
        let one = state(&call(&site, REMOVE, "author", ada.author, Some(&ben)).await);
        assert_eq!(one["followers"], 1);
        let cys = state(&call(&site, STATE, "author", ada.author, Some(&cy)).await);
        assert_eq!(
            cys,
            json!({"followers": 1, "following": true, "logged_in": true})
        );
        // The same number of another kind of thing is another thing.
        let elsewhere = state(&call(&site, STATE, "topic", ada.author, Some(&cy)).await);
        assert_eq!(elsewhere["followers"], 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn topics_and_institutions_are_followed_too_and_what_is_not_there_cannot_be() {
    for_both(async |site: TestSite| {
        let ben = people::person(&site, "Ben Sample", None).await;
        let mut tx = site.app.db.begin().await.unwrap();
        let topic = tx
            .insert(
                "INSERT INTO topics (scheme, code, name, slug) VALUES ('arxiv', 'cs.LG', 'Learning', 'learning')
                 RETURNING id",
                args![],
            )
            .await
            .unwrap();
        let institution = tx
            .insert(
                "INSERT INTO institutions (name, slug, created_at) VALUES ('Example', 'example', $1) RETURNING id",
                args![site.clock.now()],
            )
            .await
            .unwrap();
        tx.commit().await.unwrap();
        for (kind, id) in [("topic", topic), ("institution", institution)] {
            let now = state(&call(&site, ADD, kind, id, Some(&ben)).await);
            assert_eq!(now["followers"], 1, "{kind}");
        }
        for kind in ["author", "topic", "institution"] {
            for id in [0, -1, 999, i64::MAX] {
                let answer = call(&site, ADD, kind, id, Some(&ben)).await;
                assert_eq!(refusal(&answer), (404, "not_found".into()), "{kind} {id}");
            }
        }
        for kind in ["", "work", "Author", "author'--"] {
            for path in [ADD, REMOVE, STATE] {
                let answer = call(&site, path, kind, 1, Some(&ben)).await;
                assert_eq!(refusal(&answer), (422, "invalid".into()), "{path} {kind}");
            }
        }
        for fields in [vec![("kind", "author")], vec![("kind", "author"), ("id", "one")], vec![]] {
            let answer = site.call(ADD, &fields, Some(&ben.session)).await;
            assert!(!answer.status.is_success(), "{fields:?}: {answer:?}");
        }
        assert_eq!(rows(&site).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_form_follows_and_comes_back_to_its_page() {
    for_both(async |site: TestSite| {
        let ada = people::person(&site, "Ada Example", None).await;
        let ben = people::person(&site, "Ben Sample", None).await;
        let id = ada.author.to_string();
        let fields = [("kind", "author"), ("id", id.as_str())];
        for (path, count) in [(ADD, 1), (REMOVE, 0)] {
            let answer = site
                .post_form(path, &fields, Some(&ben.session), &ada.page())
                .await;
            assert_eq!(answer.status, 302, "{}", answer.body);
            let back = answer.location().unwrap_or_default();
            let back = back.trim_start_matches("http://bzpeer.test");
            assert_eq!(back, ada.page());
            assert_eq!(rows(&site).await, count);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_limit_following_waits_for_the_next_hour() {
    for_both(async |site: TestSite| {
        let ada = people::person(&site, "Ada Example", None).await;
        let ben = people::person(&site, "Ben Sample", None).await;
        let cy = people::person(&site, "Cy Third", None).await;
        state(&call(&site, ADD, "author", ada.author, Some(&ben)).await);
        // All but one of the hour's 300 are used up.
        people::change(
            &site,
            "UPDATE rate_hits SET hits = 299 WHERE scope = 'follow_account' AND $1 > 0",
            1,
        )
        .await;
        state(&call(&site, REMOVE, "author", ada.author, Some(&ben)).await);
        for path in [ADD, REMOVE] {
            let answer = call(&site, path, "author", ada.author, Some(&ben)).await;
            assert_eq!(refusal(&answer), (429, "too_many".into()));
        }
        assert_eq!(rows(&site).await, 0);
        state(&call(&site, STATE, "author", ada.author, Some(&ben)).await);
        state(&call(&site, ADD, "author", ada.author, Some(&cy)).await);
        site.clock.advance(HOUR);
        state(&call(&site, ADD, "author", ada.author, Some(&ben)).await);
        assert_eq!(rows(&site).await, 2);
    })
    .await;
}
