//! Public pages, read without scripts.

mod addresses;
mod explore;
mod exports;
mod lists;
mod places;
mod search;
mod seed;
mod sources;

use std::path::{Path, PathBuf};

use bzpeer::args;
use bzpeer::db::{Arg, Row, Sql};
use bzpeer::ingest::placing::Gatherer;
use bzpeer::ingest::record::Record;
use bzpeer::ingest::{demo, loader, placing};
use serde_json::{Value, json};

use crate::support::{TestSite, for_both, html, import_csl_json};

/// A CSL-JSON record of a preprint.
fn record(arxiv: &str, title: &str, authors: &[&str]) -> Value {
    let authors: Vec<Value> = authors
        .iter()
        .map(|name| json!({ "literal": name }))
        .collect();
    json!({"id": format!("arxiv:{arxiv}"), "type": "article", "genre": "preprint", "title": title,
           "author": authors, "publisher": "arXiv", "issued": {"date-parts": [[2024]]}})
}

/// Imports records as a file of them would be.
async fn import(site: &TestSite, records: &[Value]) {
    let path: PathBuf = site.data.path().join("records.json");
    std::fs::write(&path, serde_json::to_vec(records).unwrap()).unwrap();
    import_file(site, &path).await;
}

async fn import_file(site: &TestSite, path: &Path) {
    import_csl_json(&site.app.db, site.clock.now(), path)
        .await
        .unwrap_or_else(|error| panic!("{error}"));
}

/// The invented community of 400 works.
async fn import_demo(site: &TestSite) {
    let records = demo::works(1, demo::DEFAULT_WORKS).map(|w| Ok(Record::Work(Box::new(w))));
    let now = site.clock.now();
    let gatherer = Gatherer::start().unwrap();
    loader::import(&site.app.db, now, records, None, &gatherer, |_| {}, |_| {})
        .await
        .unwrap();
    placing::place(&site.app.db, now, gatherer.finish(), |_, _| {})
        .await
        .unwrap();
}

/// One row of the database.
async fn one<T: Row>(site: &TestSite, sql: &'static str, args: Vec<Arg>) -> T {
    site.app.db.clone().one(sql, args).await.unwrap()
}

/// All rows of a query.
async fn all<T: Row>(site: &TestSite, sql: &'static str, args: Vec<Arg>) -> Vec<T> {
    site.app.db.clone().all(sql, args).await.unwrap()
}

/// The address of an author's page.
async fn author_path(site: &TestSite, name: &'static str) -> String {
    let (id, slug): (i64, String) = one(
        site,
        "SELECT id, slug FROM authors WHERE name = $1",
        args![name],
    )
    .await;
    format!("/authors/{id}/{slug}")
}

/// A page that must be there.
async fn page(site: &TestSite, path: &str) -> String {
    let answer = site.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

/// The addresses of the listed works, in order.
fn listed(page: &str) -> Vec<String> {
    html::between(page, "<h3 class=\"work-title\"", "</h3>")
        .into_iter()
        .flat_map(|heading| html::between(heading, "<a href=\"", "\""))
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_start_page_of_an_empty_site_says_so() {
    for_both(|site| async move {
        let page = site.get("/").await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains("holds no works yet"), "{}", page.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_leads_nowhere_is_a_404_with_words() {
    for_both(|site| async move {
        for path in [
            "/nowhere",
            "/authors/999/nobody",
            "/works/1/x",
            "/topics/abc/x",
            "/authors/0/x",
        ] {
            let page = site.get(path).await;
            assert_eq!(page.status, 404, "{path}");
            assert!(
                page.body.contains("There is nothing here"),
                "{path}: {}",
                page.body
            );
        }
    })
    .await;
}
