//! Importing records.

use std::io::Write;
use std::path::{Path, PathBuf};

use bzpeer::args;
use bzpeer::db::{Db, Sql};
use bzpeer::ingest::loader::ImportSummary;
use serde_json::{Value, json};

use crate::support::{TestSite, csl_json, for_both, import_csl_json, import_files, shared_data};

const NOW: i64 = 1_780_000_000_000;
const LATER: i64 = NOW + 86_400_000;

fn record(id: &str, title: &str, authors: &[&str]) -> Value {
    let authors: Vec<Value> = authors
        .iter()
        .map(|name| json!({ "literal": name }))
        .collect();
    json!({"id": id, "type": "article", "genre": "preprint", "title": title, "author": authors,
           "publisher": "arXiv", "issued": {"date-parts": [[2024]]}, "keyword": "cs.LG"})
}

fn file(site: &TestSite, name: &str, records: &[Value]) -> PathBuf {
    raw_file(
        site,
        name,
        serde_json::to_string_pretty(records).unwrap().as_bytes(),
    )
}

fn raw_file(site: &TestSite, name: &str, bytes: &[u8]) -> PathBuf {
    let path = site.data.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

async fn import(site: &TestSite, path: &Path) -> ImportSummary {
    import_csl_json(&site.app.db, NOW, path).await.unwrap()
}

/// The whole public record as lines of text.
async fn dump(db: &Db) -> Vec<String> {
    let mut db = db.clone();
    let mut lines = Vec::new();
    for sql in [
        "SELECT 'work ' || CAST(id AS TEXT) || ' ' || title_html || ' ' || COALESCE(abstract_html, '')
            || ' ' || CAST(updated_at AS TEXT) FROM works ORDER BY id",
        "SELECT 'author ' || CAST(id AS TEXT) || ' ' || name || ' ' || CAST(works_count AS TEXT) FROM authors ORDER BY id",
        "SELECT 'name ' || CAST(author_id AS TEXT) || ' ' || name FROM author_names ORDER BY 1",
        "SELECT 'token ' || CAST(author_id AS TEXT) || ' ' || token FROM author_name_tokens ORDER BY 1",
        "SELECT 'authorship ' || CAST(work_id AS TEXT) || ' ' || CAST(position AS TEXT) || ' ' || CAST(author_id AS TEXT)
            || ' ' || name_printed || ' ' || COALESCE(stance, '-') FROM authorships ORDER BY work_id, position",
        "SELECT 'record ' || source || ' ' || record_key || ' ' || CAST(work_id AS TEXT) || ' ' || digest
            || ' ' || CAST(imported_at AS TEXT) FROM work_records ORDER BY 1",
        "SELECT 'identifier ' || scheme || ' ' || value || ' ' || CAST(work_id AS TEXT) FROM work_identifiers ORDER BY 1",
        "SELECT 'topic ' || t.code || ' ' || CAST(w.work_id AS TEXT) FROM work_topics w JOIN topics t ON t.id = w.topic_id
            ORDER BY 1",
    ] {
        let rows: Vec<(String,)> = db.all(sql, args![]).await.unwrap();
        lines.extend(rows.into_iter().map(|(line,)| line));
    }
    lines
}

async fn number(db: &Db, sql: &'static str) -> i64 {
    let (n,): (i64,) = db.clone().one(sql, args![]).await.unwrap();
    n
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seed_author_comes_out_as_on_the_page_and_a_second_run_changes_nothing() {
    let Some(path) = shared_data("seed-author/works.csl.json") else {
        return;
    };
    let text = std::fs::read_to_string(&path).unwrap();
    let given: Vec<Value> = serde_json::from_str(&text).unwrap();
    let titles: Vec<String> = given
        .iter()
        .map(|work| work["title"].as_str().unwrap().to_owned())
        .collect();
    for_both(async |site: TestSite| {
        let summary = import(&site, &path).await;
        assert_eq!((summary.works_new, summary.works_unchanged), (40, 0));
        let mut db = site.app.db.clone();
        let (author, works): (i64, i64) = db
            .one("SELECT id, works_count FROM authors WHERE name = $1", args!["Cho-Jui Hsieh"])
            .await
            .unwrap();
        assert_eq!(works, 40);
        let listed: Vec<(String,)> = db
            .all(
                "SELECT w.title FROM works w JOIN authorships a ON a.work_id = w.id
                 WHERE a.author_id = $1 ORDER BY w.year DESC, w.title_key",
                args![author],
            )
            .await
            .unwrap();
        let listed: Vec<String> = listed.into_iter().map(|(title,)| title).collect();
        assert_eq!(listed, titles);
        let joint: Vec<(String, i64)> = db
            .all(
                "SELECT o.name, COUNT(*) FROM authorships a JOIN authorships b ON b.work_id = a.work_id
                 JOIN authors o ON o.id = b.author_id WHERE a.author_id = $1 AND b.author_id <> $1
                 GROUP BY o.id, o.name ORDER BY COUNT(*) DESC, o.name_key LIMIT 4",
                args![author],
            )
            .await
            .unwrap();
        let joint: Vec<(&str, i64)> = joint.iter().map(|(name, n)| (name.as_str(), *n)).collect();
        assert_eq!(joint[..3], [("Huan Zhang", 8), ("Minhao Cheng", 5), ("Xiangning Chen", 5)]);
        assert_eq!(joint[3].1, 4);
        let before = dump(&site.app.db).await;
        let again = import_csl_json(&site.app.db, LATER, &path).await.unwrap();
        assert_eq!((again.works_unchanged, again.works_new, again.works_changed, again.authors_new), (40, 0, 0, 0));
        assert_eq!(dump(&site.app.db).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn strictly_a_broken_record_refuses_its_whole_file_and_leaves_the_rest_untouched() {
    for_both(async |site: TestSite| {
        import(
            &site,
            &file(
                &site,
                "good.json",
                &[record("arxiv:2401.00001", "Good", &["Ada Example"])],
            ),
        )
        .await;
        let before = dump(&site.app.db).await;
        // Far enough into the file that earlier records have reached the transaction.
        let mut records: Vec<Value> = (0..600)
            .map(|n| {
                record(
                    &format!("arxiv:2402.{n:05}"),
                    &format!("Title {n}"),
                    &["New Name"],
                )
            })
            .collect();
        records.push(json!({"id": "arxiv:2403.00001", "author": []}));
        let untitled = file(&site, "untitled.json", &records);
        let mut latin1 = serde_json::to_vec(&records[..600]).unwrap();
        latin1.truncate(latin1.len() - 1);
        latin1.extend_from_slice(b",{\"id\":\"x\",\"title\":\"Poincar\xe9\"}]");
        let mut cut = serde_json::to_vec(&records[..600]).unwrap();
        cut.truncate(cut.len() - 40);
        for (path, reason) in [
            (
                untitled,
                "untitled.json: record 601 (arxiv:2403.00001): it has no title",
            ),
            (
                raw_file(&site, "latin1.json", &latin1),
                "latin1.json: record 601 (x): byte 0xE9 at line 1",
            ),
            (
                raw_file(&site, "cut.json", &cut),
                "cut.json: record 600 (arxiv:2402.00599): line 1",
            ),
            (raw_file(&site, "empty.json", b""), "the file is empty"),
            (
                site.data.path().join("missing.json"),
                "missing.json: the file as a whole: cannot be read",
            ),
        ] {
            let error = import_csl_json(&site.app.db, LATER, &path)
                .await
                .unwrap_err()
                .to_string();
            assert!(error.contains(reason), "{error}");
            assert_eq!(dump(&site.app.db).await, before, "after {reason}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_of_fifty_megabytes_is_refused_by_name() {
    let site = TestSite::sqlite().await;
    let path = site.data.path().join("huge.json");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    out.write_all(b"[{\"id\":\"arxiv:2401.00002\",\"title\":\"")
        .unwrap();
    for _ in 0..50 {
        out.write_all(&vec![b'x'; 1024 * 1024]).unwrap();
    }
    out.write_all(b"\"}]").unwrap();
    out.flush().unwrap();
    let error = import_csl_json(&site.app.db, NOW, &path)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("huge.json: record 1 (arxiv:2401.00002): its title is too long"),
        "{error}"
    );
    assert_eq!(number(&site.app.db, "SELECT COUNT(*) FROM works").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_record_updates_its_work_in_place_and_keeps_what_the_author_said() {
    for_both(async |site: TestSite| {
        let first = record("arxiv:2401.00001", "Before", &["Ada Example", "Bo Sample", "Cy Gone"]);
        import(&site, &file(&site, "a.json", &[first])).await;
        let mut tx = site.app.db.begin().await.unwrap();
        tx.execute("UPDATE authorships SET stance = 'confirmed' WHERE position = 2", args![]).await.unwrap();
        tx.commit().await.unwrap();
        let mut changed = record("arxiv:2401.00001", "After", &["Zoe New", "Ada Example", "Bo Sample"]);
        changed["keyword"] = json!("cs.AI");
        let path = file(&site, "a.json", &[changed]);
        let summary = import_csl_json(&site.app.db, LATER, &path).await.unwrap();
        assert_eq!((summary.works_changed, summary.works_new, summary.authors_new), (1, 0, 1));
        let mut db = site.app.db.clone();
        let works: Vec<(String, i64, i64)> = db
            .all("SELECT title, created_at, updated_at FROM works", args![])
            .await
            .unwrap();
        assert_eq!(works, [("After".to_owned(), NOW, LATER)]);
        let authors: Vec<(String, Option<String>)> = db
            .all(
                "SELECT a.name, s.stance FROM authorships s JOIN authors a ON a.id = s.author_id ORDER BY s.position",
                args![],
            )
            .await
            .unwrap();
        let expected = [("Zoe New", None), ("Ada Example", None), ("Bo Sample", Some("confirmed"))];
        assert_eq!(authors, expected.map(|(name, stance)| (name.to_owned(), stance.map(str::to_owned))));
        assert_eq!(number(&db, "SELECT works_count FROM authors WHERE name = 'Cy Gone'").await, 0);
        assert_eq!(number(&db, "SELECT COUNT(*) FROM work_topics").await, 1);
        let again = import_csl_json(&db, LATER, &path).await.unwrap();
        assert_eq!(again.works_unchanged, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_records_with_one_key_the_first_counts_however_far_apart_they_stand() {
    for_both(async |site: TestSite| {
        let mut records: Vec<Value> = (0..700)
            .map(|n| {
                record(
                    &format!("arxiv:2402.{n:05}"),
                    &format!("Title {n}"),
                    &["Ada Example"],
                )
            })
            .collect();
        records.push(record(
            "arxiv:2402.00000v3",
            "Another title",
            &["Ada Example"],
        ));
        let path = file(&site, "twice.json", &records);
        assert_eq!(import(&site, &path).await.works_new, 700);
        let before = dump(&site.app.db).await;
        let again = import_csl_json(&site.app.db, LATER, &path).await.unwrap();
        assert_eq!((again.works_changed, again.works_unchanged), (0, 701));
        assert_eq!(dump(&site.app.db).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_record_is_reported_with_its_reason_and_the_others_are_stored() {
    for_both(async |site: TestSite| {
        let records = [
            record("arxiv:2401.00001", "One", &["Ada Example"]),
            json!({"id": "arxiv:2401.00002", "author": []}),
            record("arxiv:2401.00003", "Three", &["Ada Example"]),
        ];
        let path = file(&site, "some.json", &records);
        let report = site.data.path().join("report.jsonl");
        let options = bzpeer::ingest::run::Options {
            report: Some(report.clone()),
            ..csl_json()
        };
        let (outcome, _) = import_files(&site.app.db, NOW, &path, &options).await;
        assert_eq!((outcome.records.works_new, outcome.records.refused), (2, 1));
        assert_eq!((outcome.files, outcome.files_refused), (1, 0));
        let lines = std::fs::read_to_string(&report).unwrap();
        assert_eq!(lines.lines().count(), 1, "{lines}");
        let line: Value = serde_json::from_str(&lines).unwrap();
        assert_eq!(line["place"], "record 2 (arxiv:2401.00002)");
        assert_eq!(line["reason"], "it has no title");
        assert!(line["file"].as_str().unwrap().ends_with("some.json"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_of_a_known_work_joins_it() {
    for_both(async |site: TestSite| {
        let mut preprint = record("arxiv:2401.00001", "The preprint", &["Ada Example"]);
        preprint["DOI"] = json!("10.5555/shared");
        let article = |title: &str| {
            json!({"id": "x", "type": "article-journal", "title": title, "publisher": "A Press",
                   "DOI": "10.5555/SHARED", "PMID": "4711", "author": [{"literal": "A. Example"}]})
        };
        let path = file(&site, "both.json", &[preprint, article("The article")]);
        let summary = import(&site, &path).await;
        assert_eq!((summary.works_new, summary.works_linked), (1, 1));
        let mut db = site.app.db.clone();
        assert_eq!(number(&db, "SELECT COUNT(*) FROM work_records").await, 2);
        let identifiers = "SELECT COUNT(*) FROM work_identifiers";
        assert_eq!(number(&db, identifiers).await, 3);
        let path = file(&site, "later.json", &[article("The article, corrected")]);
        let changed = import_csl_json(&db, LATER, &path).await.unwrap();
        assert_eq!(changed.works_changed, 1);
        let titles: Vec<(String,)> = db.all("SELECT title FROM works", args![]).await.unwrap();
        // The published version is shown.
        assert_eq!(titles, [("The article, corrected".to_owned(),)]);
        assert_eq!(number(&db, identifiers).await, 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn spellings_of_one_full_name_make_one_author_who_is_found_by_every_word() {
    for_both(async |site: TestSite| {
        let records = [
            record(
                "arxiv:2401.00001",
                "One",
                &["José Núñez-Ruiz", ":", "Bo Sample"],
            ),
            record(
                "arxiv:2401.00002",
                "Two",
                &["Jose Nunez-Ruiz", "others", "Bo Sample"],
            ),
            record(
                "arxiv:2401.00003",
                "Three",
                &["jose nunez ruiz", "Bo Sample"],
            ),
        ];
        let summary = import(&site, &file(&site, "a.json", &records)).await;
        assert_eq!(summary.authors_new, 2);
        let mut db = site.app.db.clone();
        let (name, slug, works): (String, String, i64) = db
            .one(
                "SELECT name, slug, works_count FROM authors WHERE slug <> 'bo-sample'",
                args![],
            )
            .await
            .unwrap();
        assert_eq!(
            (name.as_str(), slug.as_str(), works),
            ("José Núñez-Ruiz", "jose-nunez-ruiz", 3)
        );
        assert_eq!(number(&db, "SELECT COUNT(*) FROM author_names").await, 4);
        let tokens: Vec<(String,)> = db
            .all(
                "SELECT t.token FROM author_name_tokens t JOIN authors a ON a.id = t.author_id
                 WHERE a.slug <> 'bo-sample' ORDER BY t.token",
                args![],
            )
            .await
            .unwrap();
        let tokens: Vec<String> = tokens.into_iter().map(|(token,)| token).collect();
        assert_eq!(tokens, ["jose", "nunez", "ruiz"]);
        assert_eq!(
            number(&db, "SELECT MAX(position) FROM authorships").await,
            2
        );
    })
    .await;
}
