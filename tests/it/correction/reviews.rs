//! Pages that may be one person, for moderators.

use bzpeer::args;

use super::Scene;
use crate::support::{for_both, html};

#[tokio::test(flavor = "multi_thread")]
async fn similar_pages_are_joined_or_told_apart_and_both_can_be_taken_back() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (one, ones) = scene.other("Bea Orr", 2).await;
        let (two, twos) = scene.other("B. Orr", 1).await;
        for work in [ones[0], twos[0]] {
            scene.sign(work, 2, Some(scene.author()), "Ada Quillfeather").await;
        }
        scene
            .stage
            .run(
                "INSERT INTO identity_reviews (author_low, author_high, probability, state, created_at)
                 VALUES ($1, $2, $3, 'open', 1)",
                args![one, two, 0.8],
            )
            .await;
        let list = async || {
            let page = scene.stage.site.get_as("/moderation", Some(&scene.mia.session)).await;
            assert_eq!(page.status, 200);
            html::text(&page.body)
        };
        let page = list().await;
        for words in ["May be one person", "80 % probable", "Bea Orr", "B. Orr", "Co-authors: Ada Quillfeather"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let (low, high) = (one.to_string(), two.to_string());
        let both = [("one", low.as_str()), ("other", high.as_str())];
        scene.done(&scene.mia, "apart", &both).await;
        let page = list().await;
        assert!(page.contains("No two pages look like one person."), "{page}");
        assert!(page.contains("are different people"), "{page}");
        assert_eq!(scene.send(Some(&scene.mia), "apart", &both).await.status, 200, "twice is once");
        scene.done(&scene.mia, "reopen", &both).await;
        assert!(list().await.contains("80 % probable"));

        let merge = [
            ("author", low.as_str()),
            ("other", high.as_str()),
            ("seen", "0"),
            ("back", "moderation"),
            ("reason", "Same co-author"),
        ];
        let answer = scene
            .stage
            .site
            .post_form("/api/correction/merge", &merge, Some(&scene.mia.session), "/moderation")
            .await;
        assert_eq!(answer.location(), Some("/moderation#one-person"), "{}", answer.body);
        let page = list().await;
        assert!(page.contains("No two pages look like one person."), "{page}");
        assert!(page.contains("Merger"), "{page}");
        assert_eq!(scene.owner(twos[0], 1).await, one);
        scene.undone(&scene.mia, scene.latest().await).await;
        assert!(list().await.contains("80 % probable"), "undoing puts the pair back on the list");

        let unknown = [("one", "1"), ("other", "999")];
        assert_eq!(scene.send(Some(&scene.mia), "apart", &unknown).await.status, 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moderator_tells_nobody_apart_from_themselves() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (one, _) = scene.other("Bea Orr", 1).await;
        let (two, _) = scene.other("Bea Orr", 1).await;
        scene
            .stage
            .run(
                "INSERT INTO identity_reviews (author_low, author_high, probability, state, created_at)
                 VALUES ($1, $2, $3, 'open', 1)",
                args![one, two, 0.8],
            )
            .await;
        scene
            .stage
            .run(
                "INSERT INTO claims (account_id, author_id, state, level, created_at, updated_at)
                 VALUES ($1, $2, 'approved', 2, 1, 1)",
                args![scene.mia.account, two],
            )
            .await;
        let (low, high) = (one.to_string(), two.to_string());
        let both = [("one", low.as_str()), ("other", high.as_str())];
        for verb in ["apart", "reopen"] {
            let answer = scene.send(Some(&scene.mia), verb, &both).await;
            assert_eq!(answer.status, 403, "{}", answer.body);
        }
        let page = scene.stage.site.get_as("/moderation", Some(&scene.mia.session)).await;
        assert!(page.body.contains("another moderator has to decide"), "{}", page.body);
    })
    .await;
}
