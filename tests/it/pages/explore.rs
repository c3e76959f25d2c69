//! The explorer and the start page, without scripts.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn the_explorer_without_an_author_offers_some_to_start_from() {
    for_both(async |site: TestSite| {
        let empty = html::text(&page(&site, "/explore").await);
        assert!(
            empty.contains("There are no authors in the record yet."),
            "{empty}"
        );
        import_demo(&site).await;
        let [most, ..] = demo::prolific(1, demo::DEFAULT_WORKS);
        for path in ["/explore", "/explore?author="] {
            let text = html::text(&page(&site, path).await);
            assert!(
                text.contains("Authors with the most works"),
                "{path}: {text}"
            );
            assert!(text.contains(&most), "{path}: {text}");
        }
        let home = html::text(&page(&site, "/").await);
        assert!(
            home.contains("400 works in the record") && home.contains(&most),
            "{home}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_explorer_draws_the_graph_and_says_the_same_as_a_table() {
    for_both(async |site: TestSite| {
        import_demo(&site).await;
        let [most, ..] = demo::prolific(1, demo::DEFAULT_WORKS);
        let (id,): (i64,) = one(
            &site,
            "SELECT id FROM authors WHERE name = $1",
            args![&most],
        )
        .await;
        let explorer = page(&site, &format!("/explore?author={id}")).await;
        let picture = html::between(&explorer, "<svg", "</svg>")
            .into_iter()
            .find(|svg| svg.contains("graph-node"))
            .expect("there is a picture");
        let table = html::between(&explorer, "<table class=\"graph-table", "</table>")[0];
        let links = |part: &str| -> std::collections::BTreeSet<String> {
            html::tags(&format!("<x {part}"))
                .into_iter()
                .filter(|tag| tag.name == "a")
                .filter_map(|tag| tag.get("href").map(str::to_owned))
                .filter(|href| !href.starts_with(&format!("/authors/{id}/")))
                .collect()
        };
        assert!(links(table).len() > 10, "{table}");
        assert_eq!(links(picture), links(table));
        for href in links(table) {
            assert_eq!(site.get(&href).await.status, 200, "{href}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_explorer_around_nobody_is_a_404() {
    for_both(async |site: TestSite| {
        for author in ["999", "x", "-1", "1%20OR%201=1", "99999999999999999999"] {
            let answer = site.get(&format!("/explore?author={author}")).await;
            assert_eq!(answer.status, 404, "{author}");
        }
    })
    .await;
}
