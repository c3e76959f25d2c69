//! One address per page, and what pages say to search engines.

use super::*;
use crate::people;

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_or_wrong_slug_leads_for_good_to_the_right_address_with_its_query() {
    for_both(async |site: TestSite| {
        let mut work = record("2401.00001", "Maße & Räume", &["José Núñez-Ruiz"]);
        work["keyword"] = json!("cs.LG");
        import(&site, &[work]).await;
        site_has_institution(&site).await;
        for (folder, slug) in [
            ("/authors/1", "jose-nunez-ruiz"),
            ("/works/1", "masse-raume"),
            ("/topics/1", "machine-learning"),
            ("/institutions/1", "university-of-example"),
        ] {
            let right = format!("{folder}/{slug}");
            let answer = site.get(&right).await;
            assert_eq!(answer.status, 200, "{right}: {:?}", answer.location());
            for wrong in [
                folder.to_owned(),
                format!("{folder}/wrong"),
                format!("{right}x"),
            ] {
                let answer = site.get(&format!("{wrong}?sort=title&words=a%20b")).await;
                assert_eq!(answer.status, 301, "{wrong}");
                assert_eq!(
                    answer.location(),
                    Some(format!("{right}?sort=title&words=a%20b").as_str()),
                    "{wrong}"
                );
                assert_eq!(site.get(&wrong).await.location(), Some(right.as_str()));
            }
        }
    })
    .await;
}

async fn site_has_institution(site: &TestSite) {
    let mut tx = site.app.db.begin().await.unwrap();
    tx.execute(
        "INSERT INTO institutions (name, slug, created_at) VALUES ($1, $2, $3)",
        args![
            "University of Example",
            "university-of-example",
            site.clock.now()
        ],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn search_engines_are_kept_from_authors_that_are_only_a_name() {
    for_both(async |site: TestSite| {
        let nobody = people::person(&site, "Nora Nameless", None).await;
        let unknown = page(&site, &nobody.page()).await;
        assert!(
            html::text(&unknown).contains("Verification L0"),
            "{unknown}"
        );
        let robots = |page: &str| {
            html::tags(page)
                .into_iter()
                .filter(|tag| tag.name == "meta" && tag.get("name") == Some("robots"))
                .filter_map(|tag| tag.get("content").map(str::to_owned))
                .collect::<Vec<_>>()
        };
        assert_eq!(robots(&unknown), ["noindex"]);
        import(&site, &[record("2401.00001", "A title", &["Ada Example"])]).await;
        let known = page(&site, &author_path(&site, "Ada Example").await).await;
        assert!(html::text(&known).contains("Verification L1"), "{known}");
        assert!(robots(&known).is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_names_its_own_address_its_feed_and_its_citation_data() {
    for_both(async |site: TestSite| {
        let mut work = record(
            "2401.00001",
            "On \"quoted\" <things>",
            &["Ada Example", "Bo Sample"],
        );
        work["abstract"] = json!("An abstract.");
        import(&site, &[work]).await;
        let author = author_path(&site, "Ada Example").await;
        let links = html::tags(&page(&site, &author).await);
        let has = |rel: &str, href: &str| {
            links.iter().any(|tag| {
                tag.name == "link" && tag.get("rel") == Some(rel) && tag.get("href") == Some(href)
            })
        };
        assert!(has("canonical", &author));
        assert!(has("alternate", "/authors/1/feed.atom"), "{links:?}");
        let work = page(&site, "/works/1/on-quoted-things").await;
        let citation: Vec<(String, String)> = html::tags(&work)
            .into_iter()
            .filter(|tag| {
                tag.get("name")
                    .is_some_and(|name| name.starts_with("citation_"))
            })
            .map(|tag| {
                let content = html::unescape(tag.get("content").unwrap_or_default());
                (tag.get("name").unwrap_or_default().to_owned(), content)
            })
            .collect();
        let said =
            |name: &str, content: &str| citation.iter().any(|(n, c)| n == name && c == content);
        assert!(said("citation_author", "Ada Example") && said("citation_author", "Bo Sample"));
        assert!(
            said("citation_title", "On \"quoted\" <things>"),
            "{citation:?}"
        );
        assert!(said("citation_publication_date", "2024"), "{citation:?}");
    })
    .await;
}
