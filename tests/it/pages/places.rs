//! Pages and lists of topics and institutions.

use bzpeer::db::Tx;
use bzpeer::ingest::loader::places::{self, Cache};
use bzpeer::ingest::record::{
    InstitutionRecord, InstitutionStatus, RecordInstitution, RecordTopic,
};

use super::*;

const NOW: i64 = 1_780_000_000_000;

fn topic(scheme: &str, code: &str, name: &str, broader: Option<RecordTopic>) -> RecordTopic {
    RecordTopic {
        scheme: scheme.to_owned(),
        code: code.to_owned(),
        name: name.to_owned(),
        description: None,
        broader: broader.map(Box::new),
    }
}

async fn add_topic(tx: &mut Tx, topic: &RecordTopic) -> i64 {
    places::topic(tx, &mut Cache::default(), topic)
        .await
        .unwrap()
}

/// A work with an author of its own, on topics.
async fn add_work(tx: &mut Tx, n: i64, on: &[i64]) {
    tx.execute(
        "INSERT INTO works (id, kind, title, title_html, title_key, slug, year, created_at, updated_at)
         VALUES ($1, 'article', $2, $2, $2, 'w', $3, 1, 1)",
        args![n, format!("work {n:03}"), 2000 + n % 20],
    )
    .await
    .unwrap();
    tx.execute(
        "INSERT INTO authors (id, name, name_key, slug, works_count, created_at) VALUES ($1, $2, $2, 'a', 1, 1)",
        args![n, format!("author {n:03}")],
    )
    .await
    .unwrap();
    tx.execute(
        "INSERT INTO authorships (work_id, position, author_id, name_printed, source, confidence)
         VALUES ($1, 1, $1, $2, 'test', 1)",
        args![n, format!("author {n:03}")],
    )
    .await
    .unwrap();
    for topic in on {
        tx.execute(
            "INSERT INTO work_topics (work_id, topic_id) VALUES ($1, $2)",
            args![n, *topic],
        )
        .await
        .unwrap();
    }
}

async fn work_at(tx: &mut Tx, work: i64, institution: i64, confidence: f64) {
    tx.execute(
        "INSERT INTO authorship_institutions (work_id, position, institution_id, confidence, source)
         VALUES ($1, 1, $2, $3, 'affiliation')",
        args![work, institution, confidence],
    )
    .await
    .unwrap();
}

fn institution(name: &str, ror: &str) -> InstitutionRecord {
    InstitutionRecord {
        source: "ROR".to_owned(),
        record_key: ror.to_owned(),
        institution: RecordInstitution {
            name: name.to_owned(),
            ror: Some(ror.to_owned()),
            country: Some("AT".to_owned()),
            ..RecordInstitution::default()
        },
        ..InstitutionRecord::default()
    }
}

async fn institution_path(site: &TestSite, name: &'static str) -> (i64, String) {
    let (id, slug): (i64, String) = one(
        site,
        "SELECT id, slug FROM institutions WHERE name = $1",
        args![name],
    )
    .await;
    (id, format!("/institutions/{id}/{slug}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_stands_among_those_above_below_and_elsewhere() {
    for_both(async |site: TestSite| {
        let mut tx = site.app.db.begin().await.unwrap();
        let field = topic("openalex", "fields/17", "Computing", None);
        let learning = topic("openalex", "subfields/1", "Learning", Some(field));
        let mut nets = topic("openalex", "T1", "Deep nets", Some(learning.clone()));
        nets.description = Some("Nets that are deep.".to_owned());
        let nets = add_topic(&mut tx, &nets).await;
        let trees = add_topic(&mut tx, &topic("openalex", "T2", "Trees", Some(learning))).await;
        let category = add_topic(&mut tx, &topic("arxiv", "cs.LG", "Machine Learning", None)).await;
        let word = add_topic(&mut tx, &topic("keyword", "backprop", "Backprop", None)).await;
        add_work(&mut tx, 1, &[nets, category, word]).await;
        add_work(&mut tx, 2, &[nets, category]).await;
        add_work(&mut tx, 3, &[trees]).await;
        tx.commit().await.unwrap();

        let leaf = page(&site, &format!("/topics/{nets}/deep-nets")).await;
        let text = html::text(&leaf);
        for words in [
            "Computing Learning Deep nets",
            "OpenAlex topic",
            "Nets that are deep.",
            "arXiv category Machine Learning 2 works",
            "Keyword Backprop 1 work",
        ] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
        assert_eq!(listed(&leaf).len(), 2);

        let (middle,): (i64,) = one(
            &site,
            "SELECT id FROM topics WHERE name = 'Learning'",
            args![],
        )
        .await;
        let above = page(&site, &format!("/topics/{middle}/learning")).await;
        let text = html::text(&above);
        assert!(
            text.contains("Narrower topics Deep nets 2 works Trees 1 work"),
            "{text}"
        );
        // The works below it are its own.
        assert_eq!(listed(&above).len(), 3);
        assert!(text.contains("author 003"), "{text}");

        let arxiv = html::text(&page(&site, &format!("/topics/{category}/machine-learning")).await);
        assert!(arxiv.contains("arXiv category cs.LG"), "{arxiv}");
        assert!(!arxiv.contains("Narrower topics"), "{arxiv}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn topics_in_a_circle_still_have_pages() {
    for_both(async |site: TestSite| {
        let mut tx = site.app.db.begin().await.unwrap();
        let one = add_topic(&mut tx, &topic("x", "1", "First", None)).await;
        let other = add_topic(&mut tx, &topic("x", "2", "Second", None)).await;
        for (below, above) in [(one, other), (other, one)] {
            tx.execute(
                "UPDATE topics SET broader_id = $1 WHERE id = $2",
                args![above, below],
            )
            .await
            .unwrap();
        }
        add_work(&mut tx, 1, &[one]).await;
        tx.commit().await.unwrap();
        let page = page(&site, &format!("/topics/{other}/second")).await;
        assert_eq!(listed(&page).len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_authors_of_a_topic_are_listed_over_several_pages() {
    for_both(async |site: TestSite| {
        let mut tx = site.app.db.begin().await.unwrap();
        let id = add_topic(&mut tx, &topic("x", "1", "Crowded", None)).await;
        for n in 1..=30 {
            add_work(&mut tx, n, &[id]).await;
        }
        tx.execute("UPDATE authors SET hidden_at = 1 WHERE id = 7", args![])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let path = format!("/topics/{id}/crowded");
        let first = page(&site, &path).await;
        let second = page(&site, &format!("{path}?people=2")).await;
        assert!(html::text(&first).contains("29 authors"));
        assert!(
            first.contains(&format!("href=\"{path}?people=2#people\"")),
            "{first}"
        );
        let people = |page: &str| {
            let list = html::between(page, "<ul class=\"people-list\">", "</ul>");
            let list = list.iter().find(|list| list.contains("/authors/")).unwrap();
            html::between(list, "href=\"/authors/", "/")
                .into_iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (first, second) = (people(&first), people(&second));
        assert_eq!((first.len(), second.len()), (24, 5));
        assert!(!first.iter().any(|author| second.contains(author)));
        assert!(!first.contains(&"7".to_owned()) && !second.contains(&"7".to_owned()));
        // A page that is not there shows the first.
        assert_eq!(
            people(&page(&site, &format!("{path}?people=99")).await),
            first
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_institution_tells_its_names_place_and_kin() {
    for_both(async |site: TestSite| {
        let mut old = institution("Old Altwald School", "01an7q238");
        old.status = InstitutionStatus::Inactive;
        old.successors = vec!["046rm7j60".to_owned()];
        let mut academy = institution("Altwald Academy", "046rm7j60");
        academy.city = Some("Altwald".to_owned());
        academy.url = Some("https://altwald.example/".to_owned());
        academy.other_names = vec![
            ("Akademie Altwald".to_owned(), Some("de".to_owned())),
            ("AAW".to_owned(), None),
        ];
        academy.parents = vec!["03yrm5c26".to_owned(), "02mhbdp94".to_owned()];
        let mut society = institution("Society of Woods", "03yrm5c26");
        society.url = Some("javascript:alert(1)".to_owned());
        let mut tx = site.app.db.begin().await.unwrap();
        places::institutions(&mut tx, NOW, &[old, academy, society])
            .await
            .unwrap();
        tx.commit().await.unwrap();

        let (_, path) = institution_path(&site, "Altwald Academy").await;
        let academy = page(&site, &path).await;
        let text = html::text(&academy);
        for words in [
            "Altwald, Austria",
            "Akademie Altwald (German)",
            "Short for it AAW",
            "Part of Society of Woods ROR 02mhbdp94",
            "Successor of Old Altwald School",
            "https://ror.org/046rm7j60",
            "No authors yet.",
        ] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
        assert!(academy.contains("href=\"https://altwald.example/\""));
        assert!(academy.contains("lang=\"de\""));
        assert!(academy.contains("href=\"https://ror.org/02mhbdp94\""));

        let (_, path) = institution_path(&site, "Society of Woods").await;
        let society = page(&site, &path).await;
        assert!(html::text(&society).contains("Its parts Altwald Academy"));
        assert!(!society.contains("javascript:"), "{society}");

        let (_, path) = institution_path(&site, "Old Altwald School").await;
        let text = html::text(&page(&site, &path).await);
        assert!(
            text.contains("This organisation no longer exists; another took its place."),
            "{text}"
        );
        assert!(text.contains("Succeeded by Altwald Academy"), "{text}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn works_of_an_institution_are_those_written_there() {
    for_both(async |site: TestSite| {
        let mut tx = site.app.db.begin().await.unwrap();
        let records = [institution("Altwald Academy", "046rm7j60")];
        places::institutions(&mut tx, NOW, &records).await.unwrap();
        let (academy,): (i64,) = tx
            .one("SELECT id FROM institutions", args![])
            .await
            .unwrap();
        for n in 1..=4 {
            add_work(&mut tx, n, &[]).await;
        }
        work_at(&mut tx, 1, academy, 1.0).await;
        work_at(&mut tx, 2, academy, 0.8).await;
        work_at(&mut tx, 4, academy, 1.0).await;
        tx.execute("UPDATE works SET withdrawn_at = 1 WHERE id = 4", args![])
            .await
            .unwrap();
        // A member today, who wrote the third work elsewhere.
        tx.execute(
            "INSERT INTO author_institutions (author_id, institution_id, from_year, to_year, source)
             VALUES (3, $1, 2015, NULL, 'test'), (1, $1, 1999, 2012, 'test')",
            args![academy],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let (_, path) = institution_path(&site, "Altwald Academy").await;
        let page = page(&site, &path).await;
        assert_eq!(listed(&page), ["/works/2/w", "/works/1/w"]);
        let text = html::text(&page);
        for words in [
            "author 001 1 work · 1999 to 2012",
            "author 002 1 work · 2002",
            "author 003 since 2015",
        ] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
        assert!(!text.contains("author 004"), "{text}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_topics_and_institutions_are_searched_by_the_beginnings_of_words() {
    for_both(async |site: TestSite| {
        for (path, words) in [
            ("/topics", "There are no topics in the record yet."),
            (
                "/institutions",
                "No work or author in the record names an institution yet.",
            ),
        ] {
            let text = html::text(&page(&site, path).await);
            assert!(text.contains(words), "{text}");
        }
        let mut tx = site.app.db.begin().await.unwrap();
        let nets = add_topic(
            &mut tx,
            &topic("openalex", "T1", "Réseaux de neurones", None),
        )
        .await;
        add_topic(&mut tx, &topic("keyword", "resins", "Resins", None)).await;
        for n in 0..60 {
            add_topic(
                &mut tx,
                &topic("msc", &format!("62H{n}"), &format!("Class {n}"), None),
            )
            .await;
        }
        let mut academy = institution("Altwald Academy", "046rm7j60");
        academy.other_names = vec![("AAW".to_owned(), None)];
        let empty = institution("Empty House", "03yrm5c26");
        places::institutions(&mut tx, NOW, &[academy, empty])
            .await
            .unwrap();
        let (id,): (i64,) = tx
            .one(
                "SELECT id FROM institutions WHERE ror = '046rm7j60'",
                args![],
            )
            .await
            .unwrap();
        add_work(&mut tx, 1, &[nets]).await;
        work_at(&mut tx, 1, id, 1.0).await;
        tx.commit().await.unwrap();

        let found = html::text(&page(&site, "/topics?q=neuro+RES").await);
        assert!(
            found.contains("1 topic Réseaux de neurones OpenAlex topic · 1 work"),
            "{found}"
        );
        let of_scheme = html::text(&page(&site, "/topics?q=res&scheme=keyword").await);
        assert!(of_scheme.contains("1 topic Resins"), "{of_scheme}");
        let all = page(&site, "/topics").await;
        assert!(html::text(&all).contains("62 topics"), "{all}");
        assert!(all.contains("page=2"), "{all}");
        let none = html::text(&page(&site, "/topics?q=zzz").await);
        assert!(none.contains("No topic matches."), "{none}");

        let all = html::text(&page(&site, "/institutions").await);
        assert!(
            all.contains("1 institution Altwald Academy Austria · 1 work"),
            "{all}"
        );
        for (q, words) in [
            ("aaw", "Altwald Academy"),
            ("hou", "Empty House"),
            ("zzz", "No institution matches."),
        ] {
            let found = html::text(&page(&site, &format!("/institutions?q={q}")).await);
            assert!(found.contains(words), "{q}: {found}");
        }
        let found = html::text(&page(&site, "/search?q=ac").await);
        assert!(
            found.contains("Institutions Altwald Academy Austria · 1 work"),
            "{found}"
        );
        let found = html::text(&page(&site, "/search?q=cla").await);
        assert!(
            found.contains("Topics Class 0 Mathematics Subject Classification 62H0"),
            "{found}"
        );
        assert!(found.contains("All 60"), "{found}");
        let start = page(&site, "/explore").await;
        assert!(start.contains("href=\"/topics\"") && start.contains("href=\"/institutions\""));
    })
    .await;
}
