//! Finding authors by name and works by identifier.

use super::*;

async fn stage(site: &TestSite) {
    let mut with_doi = record(
        "2401.00002",
        "Second",
        &["José Núñez-Ruiz", "Josephine Under_score"],
    );
    with_doi["DOI"] = json!("10.5555/Example.7");
    import(
        site,
        &[
            record(
                "2401.00001",
                "First",
                &["José Núñez-Ruiz", "Ørsted Łukasz", "王小明"],
            ),
            with_doi,
            record("hep-th/9901001", "Third", &["Ruiz Josten"]),
        ],
    )
    .await;
}

/// Names on a page of results, in order.
fn hits(page: &str) -> Vec<String> {
    html::between(page, "search-hit-name\">", "</h2>")
        .into_iter()
        .map(html::text)
        .collect()
}

/// Names found, in order, and what stands above them.
async fn search(site: &TestSite, q: &str) -> (Vec<String>, String) {
    let query: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let page = page(site, &format!("/search?q={query}")).await;
    let names = hits(&page);
    (names, html::text(&page))
}

#[tokio::test(flavor = "multi_thread")]
async fn authors_are_found_by_the_beginnings_of_their_words_whatever_the_accents() {
    for_both(async |site: TestSite| {
        stage(&site).await;
        let jose = "José Núñez-Ruiz";
        for (q, wanted) in [
            ("jos", vec![jose, "Josephine Under_score", "Ruiz Josten"]),
            ("José", vec![jose, "Josephine Under_score"]),
            ("NUNEZ", vec![jose]),
            ("núñ", vec![jose]),
            ("ruiz", vec![jose, "Ruiz Josten"]),
            ("ruiz jos", vec![jose, "Ruiz Josten"]),
            ("  jos,  NUÑEZ-ruiz ", vec![jose]),
            ("orsted", vec!["Ørsted Łukasz"]),
            ("lukasz", vec!["Ørsted Łukasz"]),
            ("王", vec!["王小明"]),
            ("under_score", vec!["Josephine Under_score"]),
        ] {
            let (names, text) = search(&site, q).await;
            assert_eq!(names, wanted, "{q}");
            let count = if wanted.len() == 1 {
                "1 author".to_owned()
            } else {
                format!("{} authors", wanted.len())
            };
            assert!(text.contains(&format!("{count} for “")), "{q}: {text}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_without_result_says_so_and_wildcards_are_only_letters() {
    for_both(async |site: TestSite| {
        stage(&site).await;
        for q in [
            "xyzzy",
            "ose",
            "jos xyzzy",
            "%",
            "_",
            "%%%",
            "j%",
            "j_s",
            "_os",
            "jos*",
            "' OR 1=1 --",
            "\\",
            "\"",
            "\u{0}",
            "..",
            "(",
            "\u{202e}",
        ] {
            let (names, text) = search(&site, q).await;
            // `j%`, `j_s` and `jos*` hold the words j, s and jos: nothing but beginnings of words may match.
            let words = bzpeer::domain::names::tokens(q);
            for name in &names {
                let tokens = bzpeer::domain::names::tokens(name);
                let fits = words
                    .iter()
                    .all(|w| tokens.iter().any(|t| t.starts_with(w.as_str())));
                assert!(!words.is_empty() && fits, "{q:?} found {name}");
            }
            if names.is_empty() {
                assert!(
                    text.contains("Nobody by this name is in the record."),
                    "{q:?}: {text}"
                );
            }
        }
        let (names, text) = search(&site, "").await;
        assert!(names.is_empty() && text.contains("Type a name"), "{text}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_of_ten_thousand_characters_is_answered_briefly() {
    for_both(async |site: TestSite| {
        stage(&site).await;
        for q in [
            "a".repeat(10_000),
            "jos ".repeat(2_500),
            "é%_ ".repeat(2_500),
        ] {
            let query: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
            let answer = site.get(&format!("/search?q={query}")).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            let path = format!("/search?q=jos&page={}", "9".repeat(10_000));
            assert_eq!(site.get(&path).await.status, 200);
        }
        let (names, _) = search(&site, &"jos ".repeat(2_500)).await;
        assert_eq!(names.len(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_arxiv_number_or_a_doi_finds_its_work() {
    for_both(async |site: TestSite| {
        stage(&site).await;
        for (q, title) in [
            ("2401.00001", "First"),
            ("arXiv:2401.00001v3", "First"),
            (" https://arxiv.org/abs/2401.00001 ", "First"),
            ("hep-th/9901001", "Third"),
            ("10.5555/example.7", "Second"),
            ("https://doi.org/10.5555/EXAMPLE.7", "Second"),
            ("doi:10.5555/Example.7", "Second"),
        ] {
            let (_, text) = search(&site, q).await;
            let sentence = format!("The work with this identifier: {title}");
            assert!(text.contains(&sentence), "{q}: {text}");
        }
        for q in ["2401.09999", "10.5555/nothing", "2401"] {
            let (_, text) = search(&site, q).await;
            assert!(
                !text.contains("The work with this identifier"),
                "{q}: {text}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_hits_are_cut_into_pages_that_keep_the_query() {
    for_both(async |site: TestSite| {
        // Digits behind a name would be taken for those of a footnote.
        let letter = |n: u8| char::from(b'a' + n);
        let names: Vec<String> = (0..45)
            .map(|n| format!("Josten Number{}{}", letter(n / 26), letter(n % 26)))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        import(&site, &[record("2401.00001", "Together", &names)]).await;
        let mut seen = Vec::new();
        for n in [1, 2, 3, 99] {
            let page = page(&site, &format!("/search?q=jos%20num&page={n}")).await;
            if n == 1 {
                assert!(page.contains("/search?q=jos%20num&amp;page=2"), "{page}");
            }
            let here = hits(&page);
            if n == 99 {
                assert_eq!(here, seen[40..], "beyond the last page stands the last");
            } else {
                seen.extend(here);
            }
        }
        assert_eq!(seen, names);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whole_words_come_before_beginnings_and_whole_names_before_both() {
    for_both(async |site: TestSite| {
        import(
            &site,
            &[
                record(
                    "2401.00001",
                    "First",
                    &["Thorsten Lumbsch", "Chi-Wei Wang", "Jana Götz"],
                ),
                record(
                    "2401.00002",
                    "Second",
                    &["Thorsten Lumbsch", "Chi-Wei Wang", "Yajuan Lü"],
                ),
                record("2401.00003", "Third", &["Wei Wang"]),
            ],
        )
        .await;
        for (q, wanted) in [
            ("Lü", vec!["Yajuan Lü", "Thorsten Lumbsch"]),
            ("Wang, Wei", vec!["Wei Wang", "Chi-Wei Wang"]),
            ("wei wang", vec!["Wei Wang", "Chi-Wei Wang"]),
            ("wang", vec!["Chi-Wei Wang", "Wei Wang"]),
            ("Goetz", vec!["Jana Götz"]),
        ] {
            let (names, _) = search(&site, q).await;
            assert_eq!(names, wanted, "{q}");
        }
    })
    .await;
}
