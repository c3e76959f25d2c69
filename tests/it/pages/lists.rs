//! Long lists of works: filters, order, pages; and the pages of works, topics and institutions.

use super::*;

/// The topic with the most works: id, slug, name, number of works.
async fn busiest_topic(site: &TestSite) -> (i64, String, String, i64) {
    one(
        site,
        "SELECT t.id, t.slug, t.name, x.n FROM
            (SELECT topic_id, COUNT(*) AS n FROM work_topics GROUP BY topic_id) x
         JOIN topics t ON t.id = x.topic_id ORDER BY x.n DESC, t.id LIMIT 1",
        args![],
    )
    .await
}

/// Every work on a topic in the order of the page, as (address, kind, year, folded title).
async fn works_on(site: &TestSite, topic: i64) -> Vec<(String, String, Option<i64>, String)> {
    all(
        site,
        "SELECT '/works/' || CAST(w.id AS TEXT) || '/' || w.slug, w.kind, w.year, w.title_key FROM works w
         JOIN work_topics t ON t.work_id = w.id WHERE t.topic_id = $1
         ORDER BY CASE WHEN w.year IS NULL THEN 1 ELSE 0 END, w.year DESC, w.title_key, w.id",
        args![topic],
    )
    .await
}

/// Puts works on one topic until it has more than a page of them.
async fn crowd(site: &TestSite, topic: i64) {
    let mut tx = site.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO work_topics (work_id, topic_id)
         SELECT id, $1 FROM works WHERE id <= 130 AND id NOT IN
            (SELECT work_id FROM work_topics WHERE topic_id = $1)",
        args![topic],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_cut_into_pages_and_beyond_the_last_stands_the_last() {
    for_both(async |site: TestSite| {
        import_demo(&site).await;
        let (topic, slug, ..) = busiest_topic(&site).await;
        crowd(&site, topic).await;
        let path = format!("/topics/{topic}/{slug}");
        let wanted: Vec<String> = works_on(&site, topic)
            .await
            .into_iter()
            .map(|w| w.0)
            .collect();
        assert!((101..=200).contains(&wanted.len()), "{}", wanted.len());
        let pages = wanted.len().div_ceil(50);
        let mut seen = Vec::new();
        for n in 1..=pages {
            let page = page(&site, &format!("{path}?page={n}")).await;
            seen.extend(listed(&page));
            if n < pages {
                assert!(
                    page.contains(&format!("{path}?page={}", n + 1)),
                    "no way on from {n}"
                );
            }
        }
        assert_eq!(seen, wanted);
        let last = &wanted[50 * (pages - 1)..];
        for beyond in ["999", "1000001", "4294967295"] {
            let page = page(&site, &format!("{path}?page={beyond}")).await;
            assert_eq!(listed(&page), last, "{beyond}");
        }
        for before in ["0", "-1", "x", "", "99999999999999999999"] {
            let page = page(&site, &format!("{path}?page={before}")).await;
            assert_eq!(listed(&page), wanted[..50], "{before:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_narrowed_by_kind_year_and_words_and_says_how_far() {
    for_both(async |site: TestSite| {
        import_demo(&site).await;
        let (topic, slug, ..) = busiest_topic(&site).await;
        crowd(&site, topic).await;
        let path = format!("/topics/{topic}/{slug}");
        let works = works_on(&site, topic).await;
        let total = works.len();
        let (_, kind, year, title) = works[7].clone();
        let year = year.expect("undated works come last");
        let word = title
            .split(' ')
            .max_by_key(|word| word.len())
            .unwrap()
            .to_owned();
        type Work = (String, String, Option<i64>, String);
        let check = async |query: String, keep: &dyn Fn(&Work) -> bool| {
            let wanted: Vec<String> = works
                .iter()
                .filter(|w| keep(w))
                .map(|w| w.0.clone())
                .collect();
            let page = page(&site, &format!("{path}?{query}")).await;
            let shown: Vec<String> = wanted.iter().take(50).cloned().collect();
            assert_eq!(listed(&page), shown, "{query}");
            assert!(
                !wanted.is_empty() && wanted.len() < total,
                "{query} tells nothing"
            );
            let summary = format!("{} of {total} items · Show all", wanted.len());
            assert!(html::text(&page).contains(&summary), "{query}: {summary}");
        };
        check(format!("kind={kind}"), &|w| w.1 == kind).await;
        check(format!("year={year}"), &|w| w.2 == Some(year)).await;
        check(format!("words={word}"), &|w| w.3.contains(&word)).await;
        check(format!("words={}%20%25_", word.to_uppercase()), &|w| {
            w.3.contains(&word)
        })
        .await;
        check(
            format!("kind={kind}&year={year}&words={word}&page=3"),
            &|w| w.1 == kind && w.2 == Some(year) && w.3.contains(&word),
        )
        .await;
        for nothing in [
            "words=qqqxyzzy",
            "kind=nonsense",
            "year=1492",
            "words=a'%20OR%201=1--",
        ] {
            let page = page(&site, &format!("{path}?{nothing}")).await;
            assert!(
                html::text(&page).contains("No work matches these filters."),
                "{nothing}"
            );
            assert!(listed(&page).is_empty(), "{nothing}");
        }
        // What was asked for stands in the form, so that it can be asked again.
        let narrowed = page(&site, &format!("{path}?kind={kind}&words={word}")).await;
        assert!(
            narrowed.contains(&format!("value=\"{word}\"")),
            "{narrowed}"
        );
        assert!(html::tags(&narrowed).iter().any(|tag| {
            tag.name == "option" && tag.get("value") == Some(&kind) && tag.get("selected").is_some()
        }));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_ordered_by_year_or_title_with_the_undated_at_the_end() {
    for_both(async |site: TestSite| {
        import_demo(&site).await;
        let (topic, slug, ..) = busiest_topic(&site).await;
        crowd(&site, topic).await;
        let path = format!("/topics/{topic}/{slug}");
        let newest = works_on(&site, topic).await;
        assert!(
            newest.iter().any(|w| w.2.is_none()),
            "some works have no year"
        );
        let addresses = |works: &[(String, String, Option<i64>, String)]| -> Vec<String> {
            works.iter().take(50).map(|w| w.0.clone()).collect()
        };
        let mut oldest = newest.clone();
        oldest.sort_by_key(|w| w.2.unwrap_or(i64::MAX));
        let mut by_title = newest.clone();
        by_title.sort_by(|a, b| a.3.cmp(&b.3));
        for (sort, wanted) in [
            ("", &newest),
            ("nonsense", &newest),
            ("oldest", &oldest),
            ("title", &by_title),
        ] {
            let page = page(&site, &format!("{path}?sort={sort}")).await;
            assert_eq!(listed(&page), addresses(wanted), "{sort}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_works_page_shows_its_record_with_authors_topics_identifiers_and_sources() {
    for_both(async |site: TestSite| {
        let mut work = record(
            "2401.00001",
            "A title with $x^2$",
            &["Ada Example", "Bo Sample"],
        );
        work["keyword"] = json!("cs.LG");
        work["abstract"] = json!("An abstract about \\textbf{things}.");
        work["DOI"] = json!("10.5555/example.1");
        import(&site, &[work]).await;
        let (slug,): (String,) = one(&site, "SELECT slug FROM works", args![]).await;
        let page = page(&site, &format!("/works/1/{slug}")).await;
        let text = html::text(&page);
        for words in [
            "preprint 2024 arXiv",
            "Ada Example, Bo Sample",
            "An abstract about things.",
            "Topics Machine Learning (cs.LG)",
            "arXiv: 2401.00001",
            "DOI: 10.5555/example.1",
            "2 June 2026",
        ] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
        assert!(
            page.contains("<math") && page.contains("<b>things</b>"),
            "{page}"
        );
        for href in [
            "https://doi.org/10.5555/example.1",
            "https://arxiv.org/abs/2401.00001",
            "/authors/1/ada-example",
            "/topics/1/machine-learning",
            "/works/1/work.bib",
        ] {
            assert!(
                page.contains(&format!("href=\"{href}\"")),
                "{href} is missing in {page}"
            );
        }
        assert_eq!(page.matches("An abstract about").count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn topics_and_institutions_list_their_authors_by_number_of_works() {
    for_both(async |site: TestSite| {
        import_demo(&site).await;
        // Every work was written where its authors are.
        let mut tx = site.app.db.begin().await.unwrap();
        tx.execute(
            "INSERT INTO authorship_institutions (work_id, position, institution_id, confidence, source)
             SELECT s.work_id, s.position, i.institution_id, 1, 'demo' FROM authorships s
             JOIN author_institutions i ON i.author_id = s.author_id WHERE true ON CONFLICT DO NOTHING",
            args![],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let (topic, slug, name, _) = busiest_topic(&site).await;
        let (institution, institution_slug, institution_name): (i64, String, String) = one(
            &site,
            "SELECT i.id, i.slug, i.name FROM institutions i WHERE i.id =
                (SELECT institution_id FROM author_institutions GROUP BY institution_id
                 ORDER BY COUNT(*) DESC, institution_id LIMIT 1)",
            args![],
        )
        .await;
        let on_topic: Vec<(String,)> = all(
            &site,
            "SELECT a.name FROM authors a JOIN authorships s ON s.author_id = a.id
             JOIN work_topics t ON t.work_id = s.work_id WHERE t.topic_id = $1
             GROUP BY a.id, a.name ORDER BY COUNT(DISTINCT s.work_id) DESC, a.id LIMIT 3",
            args![topic],
        )
        .await;
        let at_institution: Vec<(String,)> = all(
            &site,
            "SELECT a.name FROM authors a JOIN author_institutions i ON i.author_id = a.id
             WHERE i.institution_id = $1 ORDER BY a.works_count DESC, a.id LIMIT 3",
            args![institution],
        )
        .await;
        for (path, name, authors) in [
            (format!("/topics/{topic}/{slug}"), name, on_topic),
            (
                format!("/institutions/{institution}/{institution_slug}"),
                institution_name,
                at_institution,
            ),
        ] {
            let page = page(&site, &path).await;
            let text = html::text(&page);
            assert!(text.contains(&name), "{path}");
            assert!(!listed(&page).is_empty(), "{path}");
            let mut from = text
                .find(" Authors ")
                .unwrap_or_else(|| panic!("{path}: {text}"));
            for (author,) in authors {
                match text[from..].find(&author) {
                    Some(at) => from += at,
                    None => panic!("{author} does not come next on {path}: {text}"),
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_abstract_is_folded_in_lists_and_whole_on_its_own_page() {
    for_both(async |site: TestSite| {
        let mut short = record("2401.00001", "Short", &["Ada Example"]);
        short["abstract"] = json!("Moss grows.");
        let mut long = record("2401.00002", "Long", &["Ada Example"]);
        let text = "Moss grows where it is wet. ".repeat(40);
        long["abstract"] = json!(text);
        import(&site, &[short, long]).await;
        let list = page(&site, &author_path(&site, "Ada Example").await).await;
        assert_eq!(
            list.matches("<details class=\"work-more\">").count(),
            1,
            "{list}"
        );
        // Everything is there without scripts.
        assert!(list.contains(text.trim()), "{list}");
        for path in listed(&list) {
            assert!(!page(&site, &path).await.contains("work-more"), "{path}");
        }
    })
    .await;
}
