//! How often one may try.

use axum::body::Body;
use axum::http::Request;
use bzpeer::infra::limits;

use super::*;
use crate::support::for_both;

const MINUTE: i64 = 60_000;

/// A site behind a proxy, so that a test can come from any address.
async fn behind_proxy() -> TestSite {
    TestSite::with(None, |c| {
        c.trusted_proxies = vec!["198.51.100.7".parse().expect("an address")]
    })
    .await
}

async fn post_from(site: &TestSite, from: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let request = Request::post(path)
        .header("host", "bzpeer.test")
        .header("origin", "http://bzpeer.test")
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-for", from)
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .expect("a request");
    site.send(request).await
}

/// Uses up a limit as that many requests would.
async fn use_up(site: &TestSite, limit: limits::Limit, subject: &str) {
    for _ in 0..limit.max {
        limits::hit(&site.app.db, limit, subject, site.clock.now())
            .await
            .expect("below the limit");
    }
}

fn too_many(answer: &Answer) -> bool {
    answer.status.as_u16() == 429 && answer.body.contains("\"too_many\"")
}

#[tokio::test]
async fn guessing_at_one_account_ends_soon_even_with_the_right_password() {
    for_both(|site| async move {
        account(&site, ADA).await;
        account(&site, BEN).await;
        for _ in 0..limits::LOGIN_ACCOUNT.max {
            assert_eq!(
                refusal(&try_log_in(&site, ADA, OTHER_PASSWORD).await),
                invalid("credentials")
            );
        }
        // However the address is spelled.
        let full = try_log_in(&site, "ADA.Quill@EXAMPLE.org", PASSWORD).await;
        assert!(too_many(&full) && full.session().is_none(), "{full:?}");
        assert!(try_log_in(&site, BEN, PASSWORD).await.session().is_some());
        site.clock.advance(15 * MINUTE);
        assert!(try_log_in(&site, ADA, PASSWORD).await.session().is_some());
    })
    .await;
}

#[tokio::test]
async fn an_unknown_account_is_limited_like_a_known_one() {
    let site = TestSite::sqlite().await;
    use_up(&site, limits::LOGIN_ACCOUNT, BEN).await;
    assert!(too_many(&try_log_in(&site, BEN, PASSWORD).await));
}

#[tokio::test]
async fn guessing_from_one_ipv6_network_is_limited_whatever_the_host_and_the_account() {
    let site = behind_proxy().await;
    account(&site, ADA).await;
    use_up(&site, limits::LOGIN_ADDRESS, "2001:db8:1:2::/64").await;
    let right = [("email", ADA), ("password", PASSWORD)];
    for host in ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"] {
        assert!(
            too_many(&post_from(&site, host, LOG_IN, &right).await),
            "{host}"
        );
    }
    assert!(
        post_from(&site, "2001:db8:1:3::1", LOG_IN, &right)
            .await
            .session()
            .is_some()
    );
}

#[tokio::test]
async fn requests_count_for_the_address_they_come_from() {
    let site = behind_proxy().await;
    for i in 0..limits::SIGNUP_ADDRESS.max {
        let email = format!("person{i}@example.org");
        let fields = [
            ("name", "Person"),
            ("email", email.as_str()),
            ("password", "short"),
        ];
        let answer = post_from(&site, &format!("2001:db8::{i:x}"), SIGN_UP, &fields).await;
        assert_eq!(refusal(&answer), invalid("password_short"));
    }
    let fields = [("name", "Person"), ("email", ADA), ("password", PASSWORD)];
    assert!(too_many(
        &post_from(&site, "2001:db8::ffff", SIGN_UP, &fields).await
    ));
    assert_eq!(
        post_from(&site, "192.0.2.1", SIGN_UP, &fields)
            .await
            .status
            .as_u16(),
        200
    );
}

#[tokio::test]
async fn nobody_is_flooded_with_mail_through_us() {
    for_both(|site| async move {
        account(&site, ADA).await;
        for email in [ADA, BEN] {
            for _ in 0..limits::MAIL_RECIPIENT.max {
                let answer = site.call(REQUEST_RESET, &[("email", email)], None).await;
                assert_eq!(answer.status.as_u16(), 200);
            }
            // Known and unknown alike, for resets and sign-ups together.
            assert!(too_many(
                &site.call(REQUEST_RESET, &[("email", email)], None).await
            ));
            let fields = [("name", "Ada"), ("email", email), ("password", PASSWORD)];
            assert!(too_many(&site.call(SIGN_UP, &fields, None).await));
        }
        assert_eq!(
            site.mails().await.len() as i64,
            2 * limits::MAIL_RECIPIENT.max
        );
    })
    .await;
}

#[tokio::test]
async fn a_stolen_session_is_no_place_to_guess_the_password() {
    let site = TestSite::sqlite().await;
    account(&site, ADA).await;
    let session = log_in(&site, ADA, PASSWORD).await;
    use_up_rest(&site).await;
    let fields = [
        ("current_password", PASSWORD),
        ("new_password", OTHER_PASSWORD),
    ];
    let answer = site
        .call("/api/account/change-password", &fields, Some(&session))
        .await;
    assert!(too_many(&answer), "{answer:?}");
}

/// One try was the log-in itself.
async fn use_up_rest(site: &TestSite) {
    for _ in 1..limits::LOGIN_ACCOUNT.max {
        limits::hit(&site.app.db, limits::LOGIN_ACCOUNT, ADA, site.clock.now())
            .await
            .expect("below the limit");
    }
}
