//! What strangers try: requests from other sites, oversized and crooked ones, and text that wants to be markup.

mod headers;
mod injection;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use leptos::server_fn::axum::server_fn_paths;

use crate::people;
use crate::support::{Answer, Session, TestSite, for_both};

/// Every server function's address, in order.
fn functions() -> Vec<&'static str> {
    let mut paths: Vec<&str> = server_fn_paths().map(|(path, _)| path).collect();
    paths.sort_unstable();
    assert!(
        paths.len() > 60,
        "the functions register themselves: {paths:?}"
    );
    paths
}

/// Everything that a request may change, as one number per table.
async fn counts(site: &TestSite) -> Vec<i64> {
    let mut counts = Vec::new();
    for sql in [
        "SELECT COUNT(*) FROM accounts",
        "SELECT COUNT(*) FROM sessions",
        "SELECT COUNT(*) FROM follows",
        "SELECT COUNT(*) FROM claims",
        "SELECT COUNT(*) FROM invitations",
        "SELECT COUNT(*) FROM reports",
        "SELECT COUNT(*) FROM events",
        "SELECT COUNT(*) FROM mail_outbox",
        "SELECT COUNT(*) FROM rate_hits",
    ] {
        counts.push(people::number(site, sql).await);
    }
    counts
}

/// Fields that make most functions do something.
const FIELDS: &str = "kind=author&id=1&author=1&email=a%40university.example&password=quiet-lantern+over+9+rivers\
                      &name=Ada&body=text&claim=1&seen=0&invitation=1&q=a&page=1&token=x&wide=false";

async fn send(
    site: &TestSite,
    method: Method,
    path: &str,
    who: Option<&Session>,
    headers: &[(&str, &str)],
) -> Answer {
    let uri = if method == Method::POST {
        path.to_owned()
    } else {
        format!("{path}?{FIELDS}")
    };
    let mut request = Request::builder()
        .method(&method)
        .uri(uri)
        .header(header::HOST, "bzpeer.test")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(session) = who {
        request = request.header(header::COOKIE, &session.0);
    }
    let body = if method == Method::POST { FIELDS } else { "" };
    site.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_from_another_site_reaches_no_function() {
    for_both(async |site: TestSite| {
        let ada = people::person(&site, "Ada Example", None).await;
        let before = counts(&site).await;
        let foreign: [&[(&str, &str)]; 5] = [
            &[
                ("origin", "https://evil.example"),
                ("sec-fetch-site", "cross-site"),
            ],
            &[
                ("origin", "https://sub.bzpeer.test"),
                ("sec-fetch-site", "same-site"),
            ],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site"), ("accept", "text/html")],
        ];
        let mut paths = functions();
        paths.push("/theme");
        for path in paths {
            for headers in foreign {
                let answer = send(&site, Method::POST, path, Some(&ada.session), headers).await;
                assert_eq!(
                    answer.status,
                    StatusCode::FORBIDDEN,
                    "{path} with {headers:?}"
                );
                assert!(answer.session().is_none());
            }
        }
        assert_eq!(counts(&site).await, before);
        // The same request from our own page gets through.
        let own = [
            ("origin", "http://bzpeer.test"),
            ("sec-fetch-site", "same-origin"),
        ];
        let answer = send(
            &site,
            Method::POST,
            "/api/follow/add",
            Some(&ada.session),
            &own,
        )
        .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_function_answers_a_request_that_is_not_a_post() {
    for_both(async |site: TestSite| {
        let ada = people::person(&site, "Ada Example", None).await;
        let before = counts(&site).await;
        let methods = [
            Method::GET,
            Method::HEAD,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::OPTIONS,
        ];
        for path in functions() {
            for method in &methods {
                let answer = send(&site, method.clone(), path, Some(&ada.session), &[]).await;
                assert!(
                    matches!(answer.status.as_u16(), 403..=405),
                    "{method} {path}: {answer:?}"
                );
            }
        }
        assert_eq!(counts(&site).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_function_fails_inside_on_fields_of_nonsense() {
    for_both(async |site: TestSite| {
        let ada = people::person(&site, "Ada Example", None).await;
        for path in functions() {
            for value in [
                "",
                "a\u{0}b",
                "-9223372036854775808",
                "99999999999999999999",
                "'; --",
                "\u{202e}%",
            ] {
                let names = FIELDS.split('&').filter_map(|pair| pair.split('=').next());
                let more = [
                    "subject",
                    "message",
                    "purpose",
                    "note",
                    "contact",
                    "reason",
                    "verdict",
                    "next",
                    "step",
                    "proof",
                    "works[]",
                    "conversation",
                    "report",
                    "account",
                    "session",
                    "accepts",
                    "current",
                    "new",
                ];
                let fields: Vec<(&str, &str)> =
                    names.chain(more).map(|name| (name, value)).collect();
                for who in [None, Some(&ada.session)] {
                    let answer = site.call(path, &fields, who).await;
                    assert!(
                        answer.status.as_u16() < 500,
                        "{path} with {value:?}: {answer:?}"
                    );
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_over_256_kib_is_refused_unread() {
    for_both(async |site: TestSite| {
        let before = counts(&site).await;
        let post = |path: &str, size: usize, told: bool| {
            let mut request = Request::post(path)
                .header(header::HOST, "bzpeer.test")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            if told {
                request = request.header(header::CONTENT_LENGTH, size);
            }
            let body = format!("email=a%40b.example&password={}", "x".repeat(size - 29));
            assert_eq!(body.len(), size);
            request.body(Body::from(body)).unwrap()
        };
        let limit = 256 * 1024;
        for path in [
            "/api/account/log-in",
            "/api/account/sign-up",
            "/api/follow/add",
            "/theme",
            "/",
        ] {
            let answer = site.send(post(path, limit + 1, true)).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            // Without a length given the reading stops at the limit.
            let answer = site.send(post(path, limit + 1, false)).await;
            assert!(!answer.status.is_success(), "{path}: {answer:?}");
        }
        assert_eq!(counts(&site).await, before);
        let answer = site.send(post("/api/account/log-in", limit, true)).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "the limit itself is read"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_outside_the_site_folder_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    std::fs::create_dir_all(root.join("pkg")).unwrap();
    std::fs::write(folder.path().join("secret.txt"), "THE SECRET").unwrap();
    std::fs::write(root.join("favicon.svg"), "<svg/>").unwrap();
    std::fs::write(root.join("pkg/app.js"), "1;").unwrap();
    let site = TestSite::with(None, |config| config.site_root = root.clone()).await;
    for (path, body) in [("/pkg/app.js", "1;"), ("/favicon.svg", "<svg/>")] {
        let answer = site.get(path).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (StatusCode::OK, body),
            "{path}"
        );
    }
    let absolute = folder.path().join("secret.txt").display().to_string();
    let mut paths = vec![
        format!("/pkg/{absolute}"),
        format!("/{absolute}"),
        format!("/pkg/%2f{absolute}"),
    ];
    for up in [
        "..",
        "%2e%2e",
        ".%2e",
        "..%2f..",
        "..%5c..",
        "....//..",
        "%252e%252e",
        "..%00",
    ] {
        for start in ["/", "/pkg/", "/pkg/x/", "/pkg/../"] {
            for deep in 1..=3 {
                let steps = vec![up; deep].join("/");
                paths.push(format!("{start}{steps}/secret.txt"));
                paths.push(format!(
                    "{start}{}secret.txt",
                    format!("{up}%2f").repeat(deep)
                ));
            }
        }
    }
    for path in paths {
        let answer = site.get(&path).await;
        assert!(
            !answer.body.contains("THE SECRET"),
            "{path} reads the secret"
        );
        assert!(!answer.status.is_success(), "{path}: {}", answer.status);
    }
    for folder in ["/pkg", "/pkg/"] {
        let answer = site.get(folder).await;
        assert!(
            !answer.body.contains("app.js\""),
            "{folder} lists its files"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_theme_is_one_of_three_and_leads_back_to_this_site_only() {
    let site = TestSite::sqlite().await;
    let choose = async |theme: &str, referer: &str| {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("theme", theme)
            .finish();
        let request = Request::post("/theme")
            .header(header::HOST, "bzpeer.test")
            .header(header::ORIGIN, "http://bzpeer.test")
            .header(header::REFERER, referer)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        site.send(request.body(Body::from(body)).unwrap()).await
    };
    let cookie = |answer: &Answer| {
        answer.headers[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .to_owned()
    };
    for theme in ["light", "dark"] {
        let answer = choose(theme, "http://bzpeer.test/authors/1/a?sort=title").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.location(), Some("/authors/1/a?sort=title"));
        assert!(cookie(&answer).starts_with(&format!("theme={theme}; ")));
    }
    for theme in [
        "system",
        "",
        "Dark",
        "dark\"><script>alert(1)</script>",
        "x; Domain=.test",
        "dark\r\nSet-Cookie: a=b",
    ] {
        let answer = choose(theme, "http://bzpeer.test/").await;
        assert!(
            cookie(&answer).starts_with("theme=; "),
            "{theme:?}: {answer:?}"
        );
    }
    for referer in [
        "https://evil.example/",
        "https://evil.example/path",
        "https://evil.example//evil.example/path",
        "https://evil.example/\\evil.example",
        "http://bzpeer.test//evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "not an address",
        "",
    ] {
        let answer = choose("dark", referer).await;
        let to = answer
            .location()
            .unwrap_or_else(|| panic!("{referer:?}: {answer:?}"));
        assert!(
            to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'),
            "{referer:?} leads to {to}"
        );
    }
    for (cookie, wanted) in [
        ("theme=dark", Some("dark")),
        ("a=b; theme=light", Some("light")),
        ("theme=\"><script>alert(1)</script>", None),
        ("theme=darker", None),
    ] {
        let page = site.get_as("/", Some(&Session(cookie.into()))).await.body;
        let html = &crate::support::html::tags(&page)[0];
        assert_eq!(
            (html.name.as_str(), html.get("data-theme")),
            ("html", wanted),
            "{cookie}"
        );
        assert!(!page.contains("<script>alert"));
    }
}
