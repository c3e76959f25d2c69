//! The page that it all started from, made from its forty records.

use super::*;
use crate::support::shared_data;

/// The seed author, the page as text, and the site that shows it; `None` where the records are not there.
struct Seed {
    records: PathBuf,
    page_as_text: String,
}

impl Seed {
    fn find() -> Option<Self> {
        let records = shared_data("seed-author/works.csl.json")?;
        let page = shared_data("../seed/author-page.txt")?;
        Some(Self {
            records,
            page_as_text: std::fs::read_to_string(page).unwrap(),
        })
    }

    /// (kind, year and source; title; abstract) of each work of the page as text.
    fn works(&self) -> Vec<[&str; 3]> {
        let lines: Vec<&str> = self
            .page_as_text
            .lines()
            .filter(|line| !line.is_empty())
            .collect();
        lines
            .windows(3)
            .filter(|three| {
                three[0]
                    .strip_prefix("preprint")
                    .and_then(|rest| rest.strip_suffix("arXiv"))
                    .is_some_and(|year| year.parse::<u16>().is_ok())
            })
            .map(|three| [three[0], three[1], three[2]])
            .collect()
    }
}

/// Dashes and quotation marks as LaTeX sets them.
fn typeset(text: &str) -> String {
    text.replace("---", "\u{2014}")
        .replace("--", "\u{2013}")
        .replace("``", "\u{201c}")
        .replace("''", "\u{201d}")
        .replace('~', " ")
        .replace('`', "\u{2018}")
}

const NAME: &str = "Cho-Jui Hsieh";

async fn seed_page(site: &TestSite, seed: &Seed) -> String {
    import_file(site, &seed.records).await;
    page(site, &author_path(site, NAME).await).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seed_author_has_the_forty_works_of_the_seed_page_in_its_order() {
    let Some(seed) = Seed::find() else { return };
    let wanted = seed.works();
    assert_eq!(wanted.len(), 40, "the page as text is read right");
    for_both(async |site: TestSite| {
        let page = seed_page(&site, &seed).await;
        let items: Vec<&str> = html::between(&page, "<li class=\"work-item\">", "</li>");
        assert_eq!(items.len(), 40);
        for (item, [meta, title, text]) in items.iter().zip(&wanted) {
            let shown = |class: &str| {
                let open = format!("class=\"{class}\"");
                html::between(
                    item,
                    &open,
                    if class == "work-title" {
                        "</h3>"
                    } else {
                        "</p>"
                    },
                )
                .first()
                .map(|piece| html::text(piece.split_once('>').unwrap().1))
                .unwrap_or_default()
            };
            assert_eq!(shown("work-title"), *title);
            assert_eq!(shown("work-meta").replace(' ', ""), *meta, "{title}");
            assert!(shown("work-authors").contains(NAME), "{item}");
            // Where LaTeX stands, the page says it otherwise.
            if !text.contains(['$', '\\']) {
                let wanted = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let shown = html::text(item);
                assert!(shown.contains(&typeset(&wanted)), "{wanted}\n{shown}");
            }
        }
        assert!(html::text(&page).contains("Published work 40 published item(s)"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quick_read_of_the_seed_author_says_what_the_record_holds_and_nothing_more() {
    let Some(seed) = Seed::find() else { return };
    for_both(async |site: TestSite| {
        let page = seed_page(&site, &seed).await;
        let text = html::text(&page);
        // 6 + 8.05 + 0 + 3 + 3: this file names three close collaborators, the seed page had four.
        for words in [
            "Trust 20 of 100 Emerging Verification L1 Unclaimed author",
            "works 40 followers 0 topics 8 close collaborators 3",
            "Log in to claim",
        ] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
        assert!(!page.contains("noindex"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seven_sections_stand_in_their_order_with_their_headings() {
    let Some(seed) = Seed::find() else { return };
    for_both(async |site: TestSite| {
        let text = html::text(&seed_page(&site, &seed).await);
        let mut from = 0;
        for heading in [
            "Author Cho-Jui Hsieh",
            "Trust snapshot Quick read",
            "Actions Decide how to stay connected",
            "Identity and collaboration How to connect with this researcher",
            "Direct collaboration Open a focused conversation when the fit is right",
            "Research graph See the researcher in context Open full explorer",
            "Building this graph slice",
            "Published work 40 published item(s)",
        ] {
            match text[from..].find(heading) {
                Some(at) => from += at + heading.len(),
                None => panic!("{heading} does not come next in {}", &text[from..]),
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn latex_in_the_seed_abstracts_is_mathematics_and_proper_text() {
    let Some(seed) = Seed::find() else { return };
    for_both(async |site: TestSite| {
        let page = seed_page(&site, &seed).await;
        let ell = html::between(&page, "<math", "</math>")
            .into_iter()
            .any(|math| math.contains("<msub><mi>ℓ</mi><mn>1</mn></msub>"));
        assert!(ell, "$\\ell_1$ is not MathML");
        assert!(
            page.contains("69.67"),
            "the works with percentages are there"
        );
        for raw in ["\\%", "\\ell", "$\\", "$N$"] {
            assert!(!page.contains(raw), "{raw} is still in the page");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_abstract_travels_once() {
    let Some(seed) = Seed::find() else { return };
    for_both(async |site: TestSite| {
        let page = seed_page(&site, &seed).await;
        let abstracts: Vec<(String, String)> =
            all(&site, "SELECT title, abstract_html FROM works", args![]).await;
        assert_eq!(abstracts.len(), 40);
        for (title, html) in abstracts {
            assert_eq!(page.matches(&html).count(), 1, "{title}");
            // Its longest run of plain words looks the same in any encoding.
            let words = html
                .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ' ' | ',')))
                .max_by_key(|run| run.len())
                .unwrap_or_default();
            assert!(words.len() > 40, "{title}: {words}");
            assert_eq!(page.matches(words).count(), 1, "{title}: {words}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_explorer_tells_how_often_each_co_author_published_with_the_seed_author() {
    let Some(seed) = Seed::find() else { return };
    for_both(async |site: TestSite| {
        seed_page(&site, &seed).await;
        let (id,): (i64,) = one(&site, "SELECT id FROM authors WHERE name = $1", args![NAME]).await;
        let explorer = page(&site, &format!("/explore?author={id}")).await;
        let rows: Vec<String> = html::between(&explorer, "<tr>", "</tr>")
            .into_iter()
            .map(html::text)
            .filter(|row| row.contains("joint work"))
            .collect();
        let count = |row: &String| -> i64 {
            let words: Vec<&str> = row.split(' ').collect();
            words[words.len() - 3].parse().unwrap()
        };
        let counts: Vec<i64> = rows.iter().map(count).collect();
        assert_eq!(counts[..9], [8, 5, 5, 4, 4, 4, 4, 3, 3], "{rows:?}");
        assert!(rows[0].contains("Huan Zhang"), "{rows:?}");
        assert!(
            rows[1].contains("Minhao Cheng") && rows[2].contains("Xiangning Chen"),
            "{rows:?}"
        );
        assert!(explorer.contains("<svg"));
    })
    .await;
}
