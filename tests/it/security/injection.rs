//! Text from people and from records that tries to become markup.

use bzpeer::args;
use bzpeer::db::Sql;
use bzpeer::domain::ids::AccountId;
use bzpeer::infra::session;
use bzpeer::server::admin;
use serde_json::json;

use super::*;
use crate::support::html;
use crate::support::import_csl_json;

/// Each closes something that a careless page might have open.
const PAYLOADS: [&str; 8] = [
    "</textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "'><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "$\\href{javascript:alert(1)}{x}$ \\url{javascript:alert(1)} \\href{javascript:alert(1)}{y}",
    "<a href=\"javascript:alert(1)\" onclick=alert(1) style=position:fixed>x</a><math><mtext><img src=x onerror=alert(1)>",
];

/// Fails when a browser would run, load or open something that the page did not mean.
fn assert_inert(place: &str, page: &str) {
    assert!(!page.contains("<script>alert"), "{place}: {page}");
    let mut nonces = std::collections::BTreeSet::new();
    for tag in html::tags(page) {
        if tag.name == "script" {
            nonces.insert(tag.get("nonce").map(str::to_owned));
        }
        for (name, value) in &tag.attributes {
            let address = matches!(
                name.as_str(),
                "href" | "src" | "action" | "formaction" | "xlink:href"
            );
            let value = html::unescape(value).to_lowercase();
            assert!(
                !name.starts_with("on") && name != "style",
                "{place}: {tag:?}"
            );
            assert!(
                !(address && value.trim_start().starts_with("javascript:")),
                "{place}: {tag:?}"
            );
        }
        assert!(tag.get("src") != Some("x"), "{place}: {tag:?}");
    }
    assert_eq!(
        nonces.len(),
        1,
        "{place}: every script has the page's nonce: {nonces:?}"
    );
    assert!(!nonces.contains(&None), "{place}: a script without nonce");
}

/// A record with the payload wherever a record holds text.
fn record(n: usize, payload: &str) -> serde_json::Value {
    json!({
        "id": format!("arxiv:2401.{n:05}"), "type": "article", "genre": "preprint",
        "title": format!("Title {n} {payload}"),
        "abstract": format!("Abstract {n} {payload}"),
        "author": [{"literal": format!("Author{n} {payload}")}, {"given": payload, "family": format!("Family{n}")}],
        "publisher": format!("Venue {payload}"), "container-title": format!("Journal {payload}"),
        "issued": {"date-parts": [[2024]]},
        "keyword": format!("topic{n} {payload}"),
        "URL": format!("javascript:alert({n})"),
        "DOI": format!("10.5555/x{n}"),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn text_of_records_is_only_ever_text() {
    for_both(async |site: TestSite| {
        let records: Vec<_> = PAYLOADS
            .iter()
            .enumerate()
            .map(|(n, p)| record(n, p))
            .collect();
        // Without an identifier a work's page links to the address that its record gives.
        let mut records = records;
        for (n, url) in ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,<script>alert(1)</script>", "x"]
            .into_iter()
            .enumerate()
        {
            records.push(json!({
                "id": format!("local{n}"), "type": "book", "title": format!("Linked {n}"), "URL": url,
                "author": [{"literal": "Ada Example"}], "issued": {"date-parts": [[2020]]},
            }));
        }
        let path = site.data.path().join("hostile.json");
        std::fs::write(&path, serde_json::to_vec(&records).unwrap()).unwrap();
        let summary = import_csl_json(&site.app.db, site.clock.now(), &path)
            .await
            .unwrap();
        assert_eq!(summary.works_new as usize, PAYLOADS.len() + 4);
        let mut db = site.app.db.clone();
        let mut paths: Vec<(String,)> = vec![
            ("/".into(),),
            ("/explore".into(),),
            ("/search?q=title".into(),),
        ];
        for sql in [
            "SELECT '/authors/' || CAST(id AS TEXT) || '/' || slug FROM authors",
            "SELECT '/authors/' || CAST(id AS TEXT) || '/' || slug || '/report' FROM authors",
            "SELECT '/works/' || CAST(id AS TEXT) || '/' || slug FROM works",
            "SELECT '/topics/' || CAST(id AS TEXT) || '/' || slug FROM topics",
            "SELECT '/explore?author=' || CAST(id AS TEXT) FROM authors",
            "SELECT '/search?q=author' || CAST(id AS TEXT) FROM works",
        ] {
            paths.extend(db.all::<(String,)>(sql, args![]).await.unwrap());
        }
        assert!(paths.len() > 60, "{paths:?}");
        for (path,) in &paths {
            let path = bzpeer::paths::encode(path)
                .replace("%3F", "?")
                .replace("%3D", "=");
            let answer = site.get(&path).await;
            assert_eq!(answer.status, 200, "{path}: {:?}", answer.location());
            assert_inert(&path, &answer.body);
        }
    })
    .await;
}

/// The import cleans names and titles; pages must not rely on it.
#[tokio::test(flavor = "multi_thread")]
async fn text_that_no_import_cleaned_is_still_only_text() {
    for_both(async |site: TestSite| {
        let mut record = record(1, "plain");
        record["keyword"] = json!("cs.LG");
        let path = site.data.path().join("plain.json");
        std::fs::write(&path, serde_json::to_vec(&[record]).unwrap()).unwrap();
        import_csl_json(&site.app.db, site.clock.now(), &path).await.unwrap();
        let stage = [
            "INSERT INTO institutions (name, slug, created_at) VALUES ($1, 'i', 1)",
            "INSERT INTO author_institutions (author_id, institution_id, source) SELECT id, 1, $1 FROM authors",
        ];
        let spoil = [
            "UPDATE authors SET name = $1",
            "UPDATE works SET title = $1, venue = $1, published_on = $1, url = $1, slug = 's', kind = $1",
            "UPDATE authorships SET name_printed = $1, affiliation_printed = $1",
            "UPDATE topics SET name = $1, scheme = $1, code = $1",
            "UPDATE institutions SET name = $1, ror = $1",
            "UPDATE author_institutions SET source = $1",
            "UPDATE work_identifiers SET value = $1 WHERE scheme = 'doi'",
            "UPDATE work_records SET source = $1, record_key = $1",
            "UPDATE author_names SET name = name || $1",
            "UPDATE author_identifiers SET value = $1",
        ];
        let mut tx = site.app.db.begin().await.unwrap();
        for sql in stage {
            tx.execute(sql, args!["x"]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (author, slug): (i64, String) = site
            .app
            .db
            .clone()
            .one("SELECT id, slug FROM authors ORDER BY id LIMIT 1", args![])
            .await
            .unwrap();
        for payload in PAYLOADS {
            let mut tx = site.app.db.begin().await.unwrap();
            for sql in spoil {
                tx.execute(sql, args![payload]).await.unwrap();
            }
            tx.commit().await.unwrap();
            for path in [
                "/".to_owned(),
                "/explore".to_owned(),
                format!("/explore?author={author}"),
                "/search?q=author1".to_owned(),
                format!("/authors/{author}/{slug}"),
                format!("/authors/{author}/{slug}/report"),
                "/works/1/s".to_owned(),
                "/topics/1/machine-learning".to_owned(),
                "/institutions/1/i".to_owned(),
            ] {
                let answer = site.get(&path).await;
                assert_eq!(answer.status, 200, "{path}: {:?}", answer.location());
                assert_inert(&format!("{path} with {payload}"), &answer.body);
                let read = html::text(&answer.body);
                let wanted = payload.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(path.ends_with("report") || read.contains(&wanted), "{path}: {read}");
            }
        }
        let mut tx = site.app.db.begin().await.unwrap();
        tx.execute("DELETE FROM work_identifiers", args![]).await.unwrap();
        tx.execute("UPDATE works SET url = $1", args!["javascript:alert(1)"]).await.unwrap();
        tx.commit().await.unwrap();
        assert_inert("the work's own address", &site.get("/works/1/s").await.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_of_an_account_is_only_ever_text() {
    for_both(async |site: TestSite| {
        for (n, payload) in PAYLOADS.iter().enumerate() {
            let name: String = format!("N{n} {payload}").chars().take(190).collect();
            let email = format!("person{n}@university.example");
            let account = admin::create_account(&site.app, &email, &name, "quiet-lantern over 9 rivers", true)
                .await
                .unwrap();
            let held = people::person(&site, "Ada Example", None).await;
            let now = site.clock.now();
            let token = format!("token-of-{n}");
            let mut tx = site.app.db.begin().await.unwrap();
            session::start(&mut tx, AccountId(account.0), &token, payload, now).await.unwrap();
            tx.execute(
                "INSERT INTO claims (account_id, author_id, state, level, proof_kind, created_at, updated_at)
                 VALUES ($1, $2, 'approved', 3, 'moderator', $3, $3)",
                args![account, held.author, now],
            )
            .await
            .unwrap();
            tx.execute(
                "UPDATE accounts SET email = 'ada' || CAST(id AS TEXT), email_key = 'ada' || CAST(id AS TEXT)
                 WHERE id = $1",
                args![held.account],
            )
            .await
            .unwrap();
            tx.commit().await.unwrap();
            let own = Session(format!("bzpeer={token}"));
            for path in ["/", "/settings", "/inbox", "/search?q=ada", "/nowhere", &held.page(), &held.invite_page()] {
                for who in [Some(&own), Some(&held.session), None] {
                    let answer = site.get_as(path, who).await;
                    if !answer.status.is_redirection() {
                        assert_inert(&format!("{path} of {name}"), &answer.body);
                    }
                }
            }
            let page = site.get(&held.page()).await.body;
            assert!(html::text(&page).contains("Claimed by N"), "{page}");
            let home = site.get_as("/", Some(&own)).await.body;
            assert!(home.contains(&format!("N{n} ")), "the name is on the page: {home}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_in_an_address_is_only_ever_text() {
    for_both(async |site: TestSite| {
        people::person(&site, "Ada Example", None).await;
        for payload in PAYLOADS {
            let q: String = url::form_urlencoded::byte_serialize(payload.as_bytes()).collect();
            let segment = bzpeer::paths::encode(payload).replace('/', "%2F");
            for path in [
                format!("/search?q={q}"),
                format!("/search?q=ada&page={q}"),
                format!("/explore?author={q}"),
                format!("/authors/1/ada-example?words={q}&kind={q}&year={q}&sort={q}"),
                format!("/login?next={q}"),
                format!("/login?next=/{q}&__err={q}&__path={q}"),
                format!("/signup?sent={q}&__path=%2Fapi%2Faccount%2Fsign-up&__err={q}"),
                format!("/reset-password?token={q}"),
                format!("/verify-email?token={q}"),
                format!("/verify-claim?token={q}"),
                format!("/{segment}"),
                format!("/authors/{segment}/x"),
                format!("/authors/1/{segment}"),
                format!("/works/1/{segment}?{q}={q}"),
            ] {
                let answer = site.get(&path).await;
                assert!(answer.status.as_u16() < 500, "{path}: {answer:?}");
                if let Some(to) = answer.location() {
                    assert!(
                        to.starts_with('/') && !to.starts_with("//"),
                        "{path} leads to {to}"
                    );
                }
                if !answer.status.is_redirection() {
                    assert_inert(&path, &answer.body);
                }
            }
        }
    })
    .await;
}
