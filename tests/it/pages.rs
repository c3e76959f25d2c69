//! Public pages, read without scripts.

use crate::support::for_both;

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
