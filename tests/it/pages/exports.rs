//! Feeds and citation files, read back by the libraries that readers use.

use std::collections::BTreeMap;

use biblatex::{Bibliography, ChunksExt};
use bzpeer::ingest::record::{RecordAuthor, WorkRecord};

use super::*;

/// Titles that break naive writers of XML or BibTeX, or that close something.
const HOSTILE: [&str; 8] = [
    "a < b & c > d ]]> e",
    "\"quoted\" 'quoted' `quoted`",
    "</title><script>alert(1)</script>",
    "unbalanced } and { braces {",
    "100 % of # things _ and ^ ~ @article{x, title = {y}}",
    "ends with a backslash \\",
    "Ärger, 東京 and \u{1F600}",
    "a\u{0}b\u{8}c\u{fffe}d",
];

async fn stage(site: &TestSite) -> Vec<(String,)> {
    let records: Vec<Value> = HOSTILE
        .iter()
        .enumerate()
        .map(|(n, title)| {
            let mut work = record(
                &format!("2401.{n:05}"),
                title,
                &[
                    "Ada Example",
                    "Bo \"B\" {O'Brien}, Jr. & Sons",
                    "Fen and Lars",
                ],
            );
            work["abstract"] = json!(format!("About {title}"));
            work["publisher"] = json!(format!("arXiv {title}"));
            work
        })
        .collect();
    import(site, &records).await;
    let titles = all(
        site,
        "SELECT title FROM works ORDER BY year DESC, title_key, id",
        args![],
    )
    .await;
    assert_eq!(titles.len(), HOSTILE.len());
    titles
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_of_an_author_is_atom_whatever_the_titles() {
    for_both(async |site: TestSite| {
        let titles = stage(&site).await;
        let answer = site.get("/authors/1/feed.atom").await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.headers["content-type"],
            "application/atom+xml; charset=utf-8"
        );
        let feed = atom_syndication::Feed::read_from(answer.body.as_bytes())
            .unwrap_or_else(|error| panic!("{error}: {}", answer.body));
        let read: Vec<(String,)> = feed
            .entries
            .iter()
            .map(|e| (e.title.value.clone(),))
            .collect();
        assert_eq!(read, titles);
        assert_eq!(feed.title.value, "Works of Ada Example");
        let ids: std::collections::BTreeSet<&str> =
            feed.entries.iter().map(|e| e.id.as_str()).collect();
        assert_eq!(ids.len(), titles.len(), "every entry has an id of its own");
        for entry in &feed.entries {
            assert!(
                entry.id.starts_with("http://bzpeer.test/works/"),
                "{}",
                entry.id
            );
            assert_eq!(entry.authors.len(), 3);
            assert_eq!(entry.authors[0].name, "Ada Example");
            assert_eq!(entry.updated.timestamp_millis(), site.clock.now());
        }
        // What the 1.0 edition of XML cannot say must not be in it.
        let bad = |c: char| {
            c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}')
        };
        assert!(!answer.body.contains(bad), "{}", answer.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_citation_file_of_an_author_is_bibtex_whatever_the_titles() {
    for_both(async |site: TestSite| {
        stage(&site).await;
        let answer = site.get("/authors/1/works.bib").await;
        assert_eq!(answer.status, 200);
        let file = Bibliography::parse(&answer.body)
            .unwrap_or_else(|error| panic!("{error}: {}", answer.body));
        let stored: Vec<(i64, String)> = all(&site, "SELECT id, title FROM works", args![]).await;
        let read: BTreeMap<String, String> = file
            .iter()
            .map(|entry| {
                let title = entry
                    .title()
                    .unwrap_or_else(|error| panic!("{error}: {}", answer.body));
                (entry.key.clone(), title.format_verbatim())
            })
            .collect();
        let wanted: BTreeMap<String, String> = stored
            .iter()
            .map(|(id, title)| (format!("bzpeer{id}"), title.clone()))
            .collect();
        assert_eq!(read, wanted, "{}", answer.body);
        for entry in file.iter() {
            let authors = entry
                .author()
                .unwrap_or_else(|error| panic!("{error}: {}", answer.body));
            assert_eq!(authors.len(), 3, "{authors:?} in {}", answer.body);
        }
        for (id, title) in &stored {
            let one = site.get(&format!("/works/{id}/work.bib")).await;
            assert_eq!(one.status, 200, "{title}");
            assert_eq!(
                Bibliography::parse(&one.body).map(|b| b.len()),
                Ok(1),
                "{}",
                one.body
            );
            assert_eq!(
                one.headers["content-disposition"],
                format!("attachment; filename=\"work-{id}.bib\"")
            );
        }
    })
    .await;
}

/// A work is cited as the version that is shown, with names that styles can sort and shorten.
#[tokio::test(flavor = "multi_thread")]
async fn a_citation_is_of_the_published_version() {
    for_both(async |site: TestSite| {
        let work = |value: Value| {
            let work: WorkRecord = serde_json::from_value(value).unwrap();
            Ok(Record::Work(Box::new(work)))
        };
        let base = serde_json::to_value(WorkRecord::default()).unwrap();
        let with = |fields: Value| {
            let mut all = base.clone();
            all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            all
        };
        let author = |given: &str, family: &str| {
            let mut author = serde_json::to_value(RecordAuthor::default()).unwrap();
            author["name"] = json!({"given": given, "family": family, "literal": null});
            author
        };
        let preprint = with(json!({
            "source": "bioRxiv", "record_key": "p", "kind": "preprint", "title_source": "Rare decays of moss",
            "year": 2023, "venue": "bioRxiv", "authors": [author("Ada", "van der Moss")],
            "identifiers": [{"scheme": "doi", "value": "10.1101/2023.1"}, {"scheme": "arxiv", "value": "2301.00001"}],
            "related": [["published_as", {"scheme": "doi", "value": "10.5555/moss"}]]
        }));
        let article = with(json!({
            "source": "Crossref", "record_key": "10.5555/moss", "kind": "article",
            "title_source": "Rare $B^0_s\\to\\mu^+\\mu^-$ decays of DNA", "year": 2024, "published_on": "2024-05-01",
            "venue": "Journal of Moss", "authors": [author("Ada", "van der Moss")],
            "identifiers": [{"scheme": "doi", "value": "10.5555/moss"}]
        }));
        let gatherer = Gatherer::start().unwrap();
        let records = [preprint, article].map(work).into_iter();
        loader::import(&site.app.db, site.clock.now(), records, None, &gatherer, |_| {}, |_| {})
            .await
            .unwrap();
        placing::place(&site.app.db, site.clock.now(), gatherer.finish(), |_, _| {})
            .await
            .unwrap();
        let (id,): (i64,) = one(&site, "SELECT id FROM works WHERE merged_into IS NULL", args![]).await;
        let body = page(&site, &format!("/works/{id}/work.bib")).await;
        for line in [
            &format!("@article{{bzpeer{id},"),
            "  author = {van der Moss, Ada},",
            "  title = {Rare {$B^0_s\\to\\mu^+\\mu^-$} decays of {DNA}},",
            "  journal = {Journal of Moss},",
            "  year = {2024},",
            "  month = may,",
            "  doi = {10.5555/moss},",
            "  eprint = {2301.00001},",
        ] {
            assert!(body.contains(line), "{line} is missing in {body}");
        }
        assert!(!body.contains("10.1101"), "{body}");
        Bibliography::parse(&body).unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_what_is_not_there_are_404() {
    for_both(async |site: TestSite| {
        for path in [
            "/authors/999/feed.atom",
            "/authors/x/feed.atom",
            "/authors/999/works.bib",
            "/works/999/work.bib",
            "/works/%2e%2e/work.bib",
        ] {
            assert_eq!(site.get(path).await.status, 404, "{path}");
        }
    })
    .await;
}
