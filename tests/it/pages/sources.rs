//! A work's page says where everything on it comes from.

use super::*;

/// A work of two records, an article and its preprint.
async fn work_of_two_records(site: &TestSite) {
    let preprint = json!({
        "source": "arXiv", "record_key": "2401.00001", "kind": "preprint", "title_source": "On moss",
        "abstract_source": "Moss grows.", "year": 2023, "venue": "arXiv",
        "identifiers": [{"scheme": "arxiv", "value": "2401.00001"}],
        "related": [["published_as", {"scheme": "doi", "value": "10.5555/moss"}],
                    ["version_of", {"scheme": "doi", "value": "10.5555/moss.data"}]],
        "authors": [{"name": {"literal": "Ada Example"}}],
        "topics": [{"scheme": "arxiv", "code": "q-bio.PE", "name": "Populations"}],
        "url": "https://arxiv.example/abs/2401.00001"
    });
    let article = json!({
        "source": "Crossref", "record_key": "10.5555/moss", "kind": "article", "title_source": "On Moss",
        "year": 2024, "venue": "Journal of Moss", "identifiers": [{"scheme": "doi", "value": "10.5555/moss"}],
        "authors": [{"name": {"given": "A.", "family": "Example"}}, {"name": {"literal": "Bo Sample"}}],
        "url": "javascript:alert(1)", "retracted": true
    });
    let registry = json!({
        "source": "OpenAlex", "record_key": "W1", "kind": "article", "title_source": "About moss",
        "year": 2024, "identifiers": [{"scheme": "openalex", "value": "W1"}, {"scheme": "doi", "value": "10.5555/moss"}],
        "authors": []
    });
    let mut tx = site.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO works (id, kind, title, title_html, title_key, slug, year, venue, abstract_html, origins,
            retracted, more_authors, created_at, updated_at)
         VALUES (1, 'article', 'On Moss', 'On Moss', 'on moss', 'on-moss', 2024, 'Journal of Moss', '<p>Moss grows.</p>',
            $1, TRUE, TRUE, 1, 1)",
        args![
            json!({"title": "Crossref", "authors": "Crossref", "abstract": "arXiv", "year": "Crossref",
                   "venue": "Crossref", "kind": "Crossref", "identifiers": ["arXiv", "Crossref", "OpenAlex"]})
            .to_string()
        ],
    )
    .await
    .unwrap();
    for (position, name) in [(1, "A. Example"), (2, "Bo Sample")] {
        tx.execute(
            "INSERT INTO authorships (work_id, position, name_printed, affiliation_printed, source, confidence)
             VALUES (1, $1, $2, $3, 'Crossref', 1)",
            args![position, name, (position == 1).then_some("Altwald Acad., Altwald")],
        )
        .await
        .unwrap();
    }
    for (content, matched, confidence, withdrawn) in [
        (&article, "first", 1.0, None),
        (&preprint, "title", 0.934, Some(site.clock.now())),
        (&registry, "identifier", 1.0, None),
    ] {
        tx.execute(
            "INSERT INTO work_records (source, record_key, work_id, digest, imported_at, content, matched_by, confidence,
                withdrawn_at)
             VALUES ($1, $2, 1, 'd', $3, $4, $5, $6, $7)",
            args![
                content["source"].as_str(),
                content["record_key"].as_str(),
                site.clock.now(),
                content.to_string(),
                matched,
                confidence,
                withdrawn,
            ],
        )
        .await
        .unwrap();
    }
    for (id, name) in [(1, "Altwald Academy"), (2, "Moss Society")] {
        tx.execute(
            "INSERT INTO institutions (id, name, slug, created_at) VALUES ($1, $2, 'i', 1)",
            args![id, name],
        )
        .await
        .unwrap();
    }
    tx.execute(
        "INSERT INTO authorship_institutions (work_id, position, institution_id, confidence, source)
         VALUES (1, 1, 1, 0.879, 'affiliation'), (1, 2, 2, 1, 'Crossref')",
        args![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_fields_and_records_of_a_work_are_told_with_their_sources() {
    for_both(async |site: TestSite| {
        work_of_two_records(&site).await;
        let page = page(&site, "/works/1/on-moss").await;
        let text = html::text(&page);
        for words in [
            // The notice, and the list of authors that stops before its end.
            "This work was retracted. Crossref says so.",
            "A. Example, Bo Sample and others",
            // Versions: two records of the article, one of the preprint, and data that nobody described.
            "article 2024 Journal of Moss DOI: 10.5555/moss OpenAlex: W1 Told by Crossref, OpenAlex",
            "preprint 2023 arXiv arXiv: 2401.00001 Page at arXiv Told by arXiv",
            "another version DOI: 10.5555/moss.data",
            // Fields.
            "Title Crossref OpenAlex: About moss",
            "Authors Crossref arXiv: Ada Example",
            "Abstract arXiv",
            "Year Crossref arXiv: 2023",
            "Where it appeared Crossref arXiv: arXiv",
            "Kind Crossref arXiv: preprint",
            "Topics arXiv",
            "Identifiers arXiv, Crossref, OpenAlex",
            // Records.
            "Crossref 10.5555/moss 2 June 2026 The record that this work was made from",
            "arXiv 2401.00001 2 June 2026 The same title, year and authors: 93 % sure Withdrawn by the source on 2 June 2026.",
            "OpenAlex W1 2 June 2026 An identifier that both records carry",
            // Affiliations.
            "Altwald Acad., Altwald Altwald Academy (matched from the printed affiliation, 87 % sure)",
            "Bo Sample Moss Society",
        ] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
        assert!(!text.contains("Moss Society (matched"), "{text}");
        assert!(page.contains("href=\"https://arxiv.example/abs/2401.00001\""), "{page}");
        assert!(!page.contains("javascript:"), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_work_of_one_record_has_no_versions_and_nobody_who_disagrees() {
    for_both(async |site: TestSite| {
        import(
            &site,
            &[record("2401.00001", "One record", &["Ada Example"])],
        )
        .await;
        let (slug,): (String,) = one(&site, "SELECT slug FROM works", args![]).await;
        let page = page(&site, &format!("/works/1/{slug}")).await;
        let text = html::text(&page);
        assert!(
            !text.contains("Versions") && !text.contains("retracted"),
            "{text}"
        );
        assert!(
            text.contains(
                "All of it was given by arXiv: record arxiv:2401.00001, read on 2 June 2026."
            ) && !text.contains("Title arXiv"),
            "{text}"
        );
        assert!(!page.contains("work-others"), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_name_in_another_record_is_not_told() {
    for_both(async |site: TestSite| {
        work_of_two_records(&site).await;
        let mut tx = site.app.db.begin().await.unwrap();
        tx.execute(
            "INSERT INTO authors (id, name, name_key, slug, works_count, created_at)
             VALUES (1, 'A. Example', 'a example', 'a', 1, 1)",
            args![],
        )
        .await
        .unwrap();
        tx.execute("UPDATE authorships SET author_id = 1 WHERE position = 1", args![])
            .await
            .unwrap();
        tx.execute(
            "INSERT INTO former_names (author_id, name_key, correction_id) VALUES (1, 'ada example', 1)",
            args![],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let page = page(&site, "/works/1/on-moss").await;
        assert!(!page.contains("Ada Example"), "{page}");
        assert!(html::text(&page).contains("Authors Crossref"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn retracted_works_are_marked_in_lists_and_withdrawn_ones_left_out() {
    for_both(async |site: TestSite| {
        let mut records = [
            record("2401.00001", "Retracted thing", &["Ada Example"]),
            record("2401.00002", "Withdrawn thing", &["Ada Example"]),
        ];
        for record in &mut records {
            record["keyword"] = json!("cs.LG");
        }
        import(&site, &records).await;
        let mut tx = site.app.db.begin().await.unwrap();
        tx.execute(
            "UPDATE works SET retracted = TRUE WHERE title LIKE 'Retr%'",
            args![],
        )
        .await
        .unwrap();
        tx.execute(
            "UPDATE works SET withdrawn_at = 1 WHERE title LIKE 'With%'",
            args![],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let page = page(&site, "/topics/1/machine-learning").await;
        let text = html::text(&page);
        assert!(
            text.contains("Retracted thing Retracted Ada Example"),
            "{text}"
        );
        assert!(!text.contains("Withdrawn thing"), "{text}");
    })
    .await;
}
