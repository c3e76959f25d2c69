//! Signing up, logging in and out.

use std::time::Duration;

use bzpeer::server::admin;

use super::*;
use crate::support::for_both;

#[tokio::test]
async fn a_new_researcher_signs_up_verifies_the_address_and_logs_in() {
    for_both(|site| async move {
        let sent = sign_up(&site, "Ada Quill", ADA, PASSWORD).await;
        assert_eq!(
            (sent.status.as_u16(), sent.location()),
            (302, Some("/signup?sent=1"))
        );
        assert!(sent.session().is_none(), "signing up logs nobody in");
        assert!(
            site.get("/signup?sent=1")
                .await
                .body
                .contains("We sent you a message")
        );

        let early = log_in(&site, ADA, PASSWORD).await;
        let home = site.get_as("/", Some(&early)).await.body;
        assert!(home.contains("Please verify your e-mail address"), "{home}");

        let token = mailed_token(&site, "/verify-email").await;
        let done = site
            .post_form(VERIFY, &[("token", &token)], None, "/verify-email")
            .await;
        assert_eq!(done.location(), Some("/login?done=verified"));
        assert!(
            site.get("/login?done=verified")
                .await
                .body
                .contains("is verified")
        );

        let home = site.get_as("/", Some(&early)).await.body;
        assert!(!home.contains("Please verify"), "{home}");
        assert!(
            home.contains("Ada Quill") && home.contains("Log out"),
            "{home}"
        );
    })
    .await;
}

#[tokio::test]
async fn signing_up_answers_the_same_whether_the_address_is_known_or_not() {
    for_both(|site| async move {
        account(&site, ADA).await;
        let known = sign_up(&site, "Eve", "ADA.Quill@example.org", OTHER_PASSWORD).await;
        let unknown = sign_up(&site, "Eve", BEN, OTHER_PASSWORD).await;
        assert_eq!(known.status, unknown.status);
        assert_eq!(known.body, unknown.body);
        let mut headers = [known.headers, unknown.headers];
        for headers in &mut headers {
            headers.remove("date");
        }
        assert_eq!(headers[0], headers[1]);

        // The owner is told, the account is as before, and a stranger's words travel nowhere.
        let mails = site.mails().await;
        assert_eq!(mails.len(), 2, "{mails:?}");
        assert!(
            mails[0].contains(&format!("To: {ADA}")) && mails[0].contains("There is one already")
        );
        assert!(
            mails[1].contains(&format!("To: {BEN}")) && mails[1].contains("/verify-email?token=")
        );
        assert!(!mails.concat().contains("Eve"));
        assert!(try_log_in(&site, ADA, PASSWORD).await.session().is_some());
        assert!(
            try_log_in(&site, ADA, OTHER_PASSWORD)
                .await
                .session()
                .is_none()
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_sign_up_is_told() {
    let site = TestSite::sqlite().await;
    let long = "x7 Qw".repeat(201);
    for (name, email, password, problem) in [
        (" ", ADA, PASSWORD, "name"),
        ("Ada\nQuill", ADA, PASSWORD, "name"),
        ("Ada Quill", "ada", PASSWORD, "email"),
        (
            "Ada Quill",
            "ada@example.org\r\nBcc: ben@example.org",
            PASSWORD,
            "email",
        ),
        ("Ada Quill", ADA, "fourteen chars", "password_short"),
        ("Ada Quill", ADA, &long, "password_long"),
        ("Ada Quill", ADA, "passwordpassword1", "password_common"),
        ("Ada Quill", ADA, "ada.quill@example.org", "password_common"),
    ] {
        let fields = [("name", name), ("email", email), ("password", password)];
        let answer = site.call(SIGN_UP, &fields, None).await;
        assert_eq!(
            refusal(&answer),
            invalid(problem),
            "{name:?} {email:?} {password:?}"
        );
    }
    assert!(site.mails().await.is_empty());
}

#[tokio::test]
async fn a_refused_plain_form_comes_back_with_the_sentence() {
    let site = TestSite::sqlite().await;
    let answer = sign_up(&site, "Ada Quill", ADA, "too short").await;
    assert_eq!(answer.status.as_u16(), 302);
    let back = answer.location().expect("a way back");
    let path = back
        .strip_prefix("http://bzpeer.test")
        .expect("back on this site");
    assert!(path.starts_with("/signup?"), "{path}");
    assert!(
        !back.contains("too+short") && !back.contains("too%20short"),
        "the password is in the address: {back}"
    );
    let page = site.get(path).await;
    assert!(
        page.body.contains("at least 15 characters. A few"),
        "{}",
        page.body
    );
    assert!(page.body.contains("aria-invalid=\"true\""));
}

#[tokio::test]
async fn a_log_in_is_refused_alike_for_a_wrong_password_and_an_unknown_address() {
    for_both(|site| async move {
        account(&site, ADA).await;
        let wrong = try_log_in(&site, ADA, OTHER_PASSWORD).await;
        assert_eq!(refusal(&wrong), invalid("credentials"));
        for email in [BEN, "nobody", ""] {
            let unknown = try_log_in(&site, email, OTHER_PASSWORD).await;
            assert_eq!(
                (unknown.status, &unknown.body),
                (wrong.status, &wrong.body),
                "{email:?}"
            );
            assert!(unknown.session().is_none());
        }
    })
    .await;
}

#[tokio::test]
#[allow(clippy::disallowed_methods, reason = "this test is about real time")]
async fn a_log_in_takes_as_long_for_an_unknown_address() {
    let site = TestSite::sqlite().await;
    account(&site, ADA).await;
    let mut fastest = [Duration::MAX; 3];
    for _ in 0..4 {
        for (i, email) in [ADA, BEN, "no address"].into_iter().enumerate() {
            let start = std::time::Instant::now();
            try_log_in(&site, email, OTHER_PASSWORD).await;
            fastest[i] = fastest[i].min(start.elapsed());
        }
    }
    // Without the hash an answer takes a tenth of this.
    for other in &fastest[1..] {
        assert!(*other > fastest[0] / 2, "{fastest:?}");
    }
}

#[tokio::test]
async fn every_log_in_has_a_session_of_its_own_and_ends_the_one_before() {
    for_both(|site| async move {
        account(&site, ADA).await;
        let first = log_in(&site, ADA, PASSWORD).await;
        let again = site
            .call(
                LOG_IN,
                &[("email", ADA), ("password", PASSWORD)],
                Some(&first),
            )
            .await;
        let second = again.session().expect("a new session");
        assert_ne!(first.0, second.0);
        assert!(!alive(&site, &first).await);
        assert!(alive(&site, &second).await);
        // A session that the browser was made to bring along is not taken over.
        let planted = Session("bzpeer=planted".into());
        let answer = site
            .call(
                LOG_IN,
                &[("email", ADA), ("password", PASSWORD)],
                Some(&planted),
            )
            .await;
        assert_ne!(answer.session().expect("a new session").0, planted.0);
        assert!(!alive(&site, &planted).await);
    })
    .await;
}

#[tokio::test]
async fn logging_out_ends_the_session_on_the_server_too() {
    for_both(|site| async move {
        account(&site, ADA).await;
        let session = log_in(&site, ADA, PASSWORD).await;
        let by_link = site.get_as(LOG_OUT, Some(&session)).await;
        assert_ne!(by_link.status.as_u16(), 302);
        assert!(alive(&site, &session).await, "a link must not log out");
        let out = site
            .post_form(LOG_OUT, &[], Some(&session), "/settings")
            .await;
        assert_eq!((out.status.as_u16(), out.location()), (302, Some("/")));
        let cookie = out.headers["set-cookie"].to_str().expect("text").to_owned();
        assert!(
            cookie.starts_with("bzpeer=;") && cookie.contains("Max-Age=0"),
            "{cookie}"
        );
        assert!(!alive(&site, &session).await);
        // Twice, and as a visitor.
        let again = site.post_form(LOG_OUT, &[], Some(&session), "/").await;
        assert_eq!(again.location(), Some("/"));
    })
    .await;
}

#[tokio::test]
async fn after_logging_in_one_goes_on_within_this_site_only() {
    let site = TestSite::sqlite().await;
    account(&site, ADA).await;
    for (next, to) in [
        ("/authors/1/ada-quill/claim", "/authors/1/ada-quill/claim"),
        ("/search?q=é", "/search?q=%C3%A9"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("/\t/evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ] {
        let fields = [("email", ADA), ("password", PASSWORD), ("next", next)];
        let answer = site.post_form(LOG_IN, &fields, None, "/login").await;
        assert_eq!(
            (answer.status.as_u16(), answer.location()),
            (302, Some(to)),
            "{next:?}"
        );
    }
}

#[tokio::test]
async fn the_cookie_is_closed_to_scripts_and_other_sites_and_under_https_to_other_hosts() {
    let http = TestSite::sqlite().await;
    let https = TestSite::with(None, |c| c.base_url = "https://bzpeer.test".into()).await;
    for (site, name, secure) in [(http, "bzpeer=", false), (https, "__Host-bzpeer=", true)] {
        account(&site, ADA).await;
        let answer = try_log_in(&site, ADA, PASSWORD).await;
        let cookie = answer.headers["set-cookie"]
            .to_str()
            .expect("text")
            .to_owned();
        assert!(cookie.starts_with(name), "{cookie}");
        for flag in ["; Path=/", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(flag), "{cookie}");
        }
        assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
        assert!(!cookie.contains("Domain"), "{cookie}");
        assert!(alive(&site, &answer.session().expect("a session")).await);
    }
}

#[tokio::test]
async fn another_site_cannot_log_a_browser_in_or_out() {
    use axum::body::Body;
    use axum::http::Request;
    let site = TestSite::sqlite().await;
    account(&site, ADA).await;
    let session = log_in(&site, ADA, PASSWORD).await;
    for (path, body) in [(LOG_OUT, ""), (LOG_IN, "email=a@b.example&password=x")] {
        let request = Request::post(path)
            .header("host", "bzpeer.test")
            .header("origin", "http://evil.example")
            .header("sec-fetch-site", "cross-site")
            .header("cookie", &session.0)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        assert_eq!(site.send(request).await.status.as_u16(), 403, "{path}");
    }
    assert!(alive(&site, &session).await);
}

#[tokio::test]
async fn operators_open_accounts_and_grant_moderation() {
    for_both(|site| async move {
        account(&site, ADA).await;
        let again = admin::create_account(&site.app, ADA, "Ada", PASSWORD, true).await;
        assert!(
            again
                .unwrap_err()
                .to_string()
                .contains("has an account already")
        );
        let weak = admin::create_account(&site.app, BEN, "Ben", "short", true).await;
        assert!(weak.unwrap_err().to_string().contains("at least 15"));

        let session = log_in(&site, ADA, PASSWORD).await;
        assert!(
            !site
                .get_as("/", Some(&session))
                .await
                .body
                .contains("href=\"/moderation\"")
        );
        admin::grant_moderator(&site.app, "ADA.quill@example.org")
            .await
            .expect("granted");
        admin::grant_moderator(&site.app, ADA)
            .await
            .expect("twice is the same as once");
        assert!(
            site.get_as("/", Some(&session))
                .await
                .body
                .contains("href=\"/moderation\"")
        );
        let nobody = admin::grant_moderator(&site.app, BEN).await;
        assert!(nobody.unwrap_err().to_string().contains("no account"));
    })
    .await;
}
