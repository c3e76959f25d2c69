//! Old addresses.

use bzpeer::args;

use super::Scene;
use crate::support::for_both;

#[tokio::test(flavor = "multi_thread")]
async fn every_address_below_a_joined_author_leads_to_the_one_who_stayed() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (twin, _) = scene.other("A. Quillfeather", 1).await;
        let author = scene.author();
        scene
            .stage
            .run(
                "UPDATE authors SET merged_into = $2 WHERE id = $1",
                args![twin, author],
            )
            .await;
        for (old, new) in [
            (format!("/authors/{twin}"), scene.stage.page()),
            (
                format!("/authors/{twin}/a-quillfeather?sort=title"),
                format!("{}?sort=title", scene.stage.page()),
            ),
            (
                format!("/authors/{twin}/x/claim"),
                format!("{}/claim", scene.stage.page()),
            ),
            (
                format!("/authors/{twin}/x/report?sent=1"),
                format!("{}/report?sent=1", scene.stage.page()),
            ),
            (
                format!("/authors/{twin}/x/corrections"),
                format!("{}/corrections", scene.stage.page()),
            ),
            (
                format!("/authors/{twin}/feed.atom"),
                format!("/authors/{author}/feed.atom"),
            ),
            (
                format!("/authors/{twin}/works.bib"),
                format!("/authors/{author}/works.bib"),
            ),
            (
                format!("/authors/{twin}/corrections.csv"),
                format!("/authors/{author}/corrections.csv"),
            ),
        ] {
            let moved = scene.stage.site.get(&old).await;
            assert_eq!(
                (moved.status.as_u16(), moved.location()),
                (301, Some(new.as_str())),
                "{old}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn works_that_turned_out_to_be_another_lead_there_and_withdrawn_ones_are_gone() {
    for_both(|site| async move {
        let scene = Scene::set(site, 4).await;
        let works = scene.stage.works.clone();
        for (work, into) in [(works[0], works[1]), (works[1], works[2])] {
            scene
                .stage
                .run(
                    "UPDATE works SET merged_into = $2 WHERE id = $1",
                    args![work, into],
                )
                .await;
        }
        scene
            .stage
            .run(
                "UPDATE works SET withdrawn_at = 1 WHERE id = $1",
                args![works[3]],
            )
            .await;
        for (old, new) in [
            (
                format!("/works/{}/work", works[0]),
                format!("/works/{}/work", works[2]),
            ),
            (
                format!("/works/{}", works[1]),
                format!("/works/{}/work", works[2]),
            ),
            (
                format!("/works/{}/work.bib", works[0]),
                format!("/works/{}/work.bib", works[2]),
            ),
        ] {
            let moved = scene.stage.site.get(&old).await;
            assert_eq!(
                (moved.status.as_u16(), moved.location()),
                (301, Some(new.as_str())),
                "{old}"
            );
        }
        for old in [
            format!("/works/{}/work", works[3]),
            format!("/works/{}/work.bib", works[3]),
        ] {
            assert_eq!(scene.stage.site.get(&old).await.status, 410, "{old}");
        }
        let page = scene.stage.site.get(&scene.stage.page()).await;
        assert!(
            !page.body.contains("Work 003"),
            "a withdrawn work is listed nowhere: {}",
            page.body
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_merged_several_times_is_the_last() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let mut chain = Vec::new();
        for _ in 0..4 {
            chain.push(scene.other("Bea Orr", 1).await.0);
        }
        for pair in chain.windows(2) {
            scene
                .stage
                .run(
                    "UPDATE authors SET merged_into = $2 WHERE id = $1",
                    args![pair[0], pair[1]],
                )
                .await;
        }
        let mut db = scene.stage.site.app.db.clone();
        let today = bzpeer::db::addresses::today(&mut db, chain.clone())
            .await
            .unwrap();
        let expected = chain[..3].iter().map(|author| (*author, chain[3]));
        assert_eq!(today, expected.collect());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loop_of_addresses_is_an_answer_and_not_a_loop() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (one, works) = scene.other("Bea Orr", 1).await;
        let (two, _) = scene.other("Bea Orr", 1).await;
        for (from, to) in [(one, two), (two, one)] {
            scene
                .stage
                .run(
                    "UPDATE authors SET merged_into = $2 WHERE id = $1",
                    args![from, to],
                )
                .await;
        }
        scene
            .stage
            .run(
                "UPDATE works SET merged_into = id WHERE id = $1",
                args![works[0]],
            )
            .await;
        for path in [
            format!("/authors/{one}/bea-orr"),
            format!("/authors/{one}/feed.atom"),
            format!("/works/{}/work", works[0]),
        ] {
            assert_eq!(scene.stage.site.get(&path).await.status, 404, "{path}");
        }
    })
    .await;
}
