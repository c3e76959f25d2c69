//! The headers that keep a browser from being talked into things.

use super::*;
use crate::support::html;

fn policy(answer: &Answer) -> String {
    let all: Vec<&str> = answer
        .headers
        .get_all(header::CONTENT_SECURITY_POLICY)
        .iter()
        .map(|value| value.to_str().unwrap())
        .collect();
    assert_eq!(all.len(), 1, "one policy: {all:?}");
    all[0].to_owned()
}

/// The value of a directive.
fn directive<'a>(policy: &'a str, name: &str) -> Option<&'a str> {
    policy
        .split(';')
        .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix(' '))
}

fn nonce(policy: &str) -> String {
    let scripts = directive(policy, "script-src").expect("scripts are named");
    let (_, rest) = scripts.split_once("'nonce-").expect("there is a nonce");
    rest.split('\'').next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_allows_only_its_own_scripts_by_a_nonce_that_never_returns() {
    for_both(async |site: TestSite| {
        let ada = people::person(&site, "Ada Example", Some(2)).await;
        let paths = [
            "/",
            "/search?q=ada",
            "/explore",
            "/about",
            "/login",
            "/signup",
            "/settings",
            "/inbox",
            "/moderation",
            "/works/1/a-work",
            "/nowhere",
            "/authors/999/x",
            &ada.page(),
            &ada.invite_page(),
        ];
        let mut nonces = std::collections::BTreeSet::new();
        for path in paths {
            for who in [None, Some(&ada.session)] {
                let answer = site.get_as(path, who).await;
                let policy = policy(&answer);
                for never in [
                    "unsafe-inline",
                    "'unsafe-eval'",
                    "*",
                    "http:",
                    "https:",
                    "data: 'self'",
                ] {
                    assert!(!policy.contains(never), "{path}: {policy}");
                }
                for (name, value) in [
                    ("object-src", "'none'"),
                    ("frame-ancestors", "'none'"),
                    ("form-action", "'self'"),
                    ("base-uri", "'self'"),
                    ("style-src", "'self'"),
                    ("default-src", "'self'"),
                ] {
                    assert_eq!(directive(&policy, name), Some(value), "{path}: {policy}");
                }
                if answer.status.is_redirection() {
                    continue;
                }
                let nonce = nonce(&policy);
                assert!(nonce.len() >= 22, "{path}: {nonce}");
                assert!(nonces.insert(nonce.clone()), "{path}: {nonce} came twice");
                let scripts: Vec<html::Tag> = html::tags(&answer.body)
                    .into_iter()
                    .filter(|tag| tag.name == "script")
                    .collect();
                assert!(!scripts.is_empty(), "{path}");
                for script in scripts {
                    assert_eq!(
                        script.get("nonce"),
                        Some(nonce.as_str()),
                        "{path}: {script:?}"
                    );
                }
                for tag in html::tags(&answer.body) {
                    let inline = tag
                        .attributes
                        .iter()
                        .find(|(name, _)| name.starts_with("on") || name == "style");
                    assert_eq!(inline, None, "{path}: {tag:?}");
                }
            }
        }
        assert!(nonces.len() > 20);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_sent_carries_the_usual_headers() {
    for_both(async |site: TestSite| {
        let ada = people::person(&site, "Ada Example", None).await;
        let mut answers = Vec::new();
        for path in [
            "/",
            &ada.page(),
            "/nowhere",
            "/authors/999/x",
            "/authors/1/feed.atom",
            "/authors/1/works.bib",
            "/authors/1/wrong",
            "/pkg/nothing.js",
            "/pkg/",
            "/favicon.svg",
            "/healthz",
            "/readyz",
            "/api/follow/state",
        ] {
            answers.push((path.to_owned(), site.get(path).await));
        }
        for path in [
            "/api/follow/state",
            "/api/follow/add",
            "/api/nowhere",
            "/theme",
        ] {
            let fields = [("kind", "author"), ("id", "1"), ("theme", "dark")];
            answers.push((format!("POST {path}"), site.call(path, &fields, None).await));
        }
        let cross = [("origin", "https://evil.example")];
        let refused = send(&site, Method::POST, "/api/follow/add", None, &cross).await;
        answers.push(("a foreign POST".into(), refused));
        for (what, answer) in answers {
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "strict-origin-when-cross-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
            ] {
                let sent = answer.headers.get(name).and_then(|v| v.to_str().ok());
                assert_eq!(sent, Some(value), "{name} of {what}");
            }
            assert!(answer.headers.contains_key("permissions-policy"), "{what}");
            let policy = policy(&answer);
            assert!(
                policy.contains("frame-ancestors 'none'"),
                "{what}: {policy}"
            );
            assert!(!policy.contains("unsafe-inline"), "{what}: {policy}");
            assert!(answer.headers.get("server").is_none(), "{what}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_logged_in_reader_gets_is_kept_nowhere() {
    for_both(async |site: TestSite| {
        let ada = people::person(&site, "Ada Example", Some(2)).await;
        let kept = |answer: &Answer| {
            let cache = answer.headers[header::CACHE_CONTROL]
                .to_str()
                .unwrap()
                .to_owned();
            let vary: Vec<String> = answer
                .headers
                .get_all(header::VARY)
                .iter()
                .map(|value| value.to_str().unwrap().to_lowercase())
                .collect();
            assert!(vary.iter().any(|v| v.contains("cookie")), "{vary:?}");
            cache
        };
        for path in [
            "/",
            "/settings",
            "/inbox",
            "/search?q=ada",
            "/nowhere",
            &ada.page(),
        ] {
            let personal = site.get_as(path, Some(&ada.session)).await;
            assert_eq!(kept(&personal), "private, no-store", "{path}");
            let public = site.get(path).await;
            assert_eq!(kept(&public), "no-cache", "{path}");
        }
        let fields = [("kind", "author"), ("id", "1")];
        let answer = site
            .call("/api/follow/state", &fields, Some(&ada.session))
            .await;
        assert_eq!(kept(&answer), "private, no-store");
    })
    .await;
}
