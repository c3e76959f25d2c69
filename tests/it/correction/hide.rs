//! What is not shown.

use bzpeer::args;

use super::Scene;
use crate::support::{for_both, html};

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_work_leaves_the_page_and_its_counts_and_stays_on_its_own() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let work = scene.stage.works[0];
        let (author, id) = (scene.author().to_string(), work.to_string());
        let before = scene.snapshot().await;
        let fields = [
            ("author", author.as_str()),
            ("work", id.as_str()),
            ("what", "hide"),
            ("reason", "A draft"),
        ];
        let correction = scene.done(&scene.ada, "work", &fields).await;
        assert_eq!(scene.works_count(scene.author()).await, 1);
        let page = scene.stage.site.get(&scene.stage.page()).await;
        assert!(
            !page.body.contains("Work 000") && page.body.contains("Work 001"),
            "{}",
            page.body
        );
        let own = scene.stage.site.get(&format!("/works/{work}/work")).await;
        assert!(own.body.contains(&scene.stage.page()), "{}", own.body);
        assert_eq!(
            scene.send(Some(&scene.ada), "work", &fields).await.status,
            200
        );
        assert_eq!(scene.latest().await, correction, "sent twice, done once");

        // Which work it is only its owner and moderators are told.
        let public = html::text(&scene.history(None).await.body);
        assert!(
            public.contains("Took a work off this page; it stays on its own."),
            "{public}"
        );
        assert!(!public.contains("Work 000"), "{public}");
        let own = html::text(&scene.history(Some(&scene.ada)).await.body);
        assert!(own.contains("Work 000"), "{own}");
        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.snapshot().await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_outlives_the_claim() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let (author, id) = (scene.author().to_string(), scene.stage.works[1].to_string());
        let fields = [
            ("author", author.as_str()),
            ("work", id.as_str()),
            ("what", "hide"),
            ("reason", "A draft"),
        ];
        scene.done(&scene.ada, "work", &fields).await;
        let claim = scene.stage.claim_id(&scene.ada).await.to_string();
        let answer = scene
            .stage
            .site
            .call(
                "/api/claim/withdraw",
                &[("claim", &claim)],
                Some(&scene.ada.session),
            )
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let stances = scene
            .numbers(
                "SELECT work_id FROM authorships WHERE author_id = $1 AND stance = 'hidden'",
                args![scene.author()],
            )
            .await;
        assert_eq!(stances, [scene.stage.works[1]]);
        assert_eq!(scene.stage.confirmed().await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_page_is_gone_everywhere_until_it_is_undone() {
    for_both(|site| async move {
        let scene = Scene::set(site, 5).await;
        let author = scene.author().to_string();
        let (peer, _) = scene.other("Bruno Marr", 0).await;
        for work in scene.stage.works.clone() {
            scene.sign(work, 2, Some(peer), "Bruno Marr").await;
        }
        let before = scene.snapshot().await;
        let fields = [("author", author.as_str()), ("seen", "0"), ("reason", "I do not want it")];
        let correction = scene.done(&scene.ada, "hide", &fields).await;
        assert_eq!(scene.send(Some(&scene.ada), "hide", &fields).await.status, 200);
        assert_eq!(scene.latest().await, correction, "sent twice, done once");
        let slug = "ada-quillfeather";
        for path in [
            format!("/authors/{author}/{slug}"),
            format!("/authors/{author}"),
            format!("/authors/{author}/{slug}/claim"),
            format!("/authors/{author}/{slug}/report"),
            format!("/authors/{author}/{slug}/corrections"),
            format!("/authors/{author}/feed.atom"),
            format!("/authors/{author}/works.bib"),
            format!("/authors/{author}/corrections.json"),
            format!("/explore?author={author}"),
        ] {
            for who in [None, Some(&scene.eve.session)] {
                let gone = scene.stage.site.get_as(&path, who).await;
                assert_eq!(gone.status, 410, "{path}: {}", gone.body);
                assert!(!gone.body.contains("Ada Quillfeather"), "{path}: {}", gone.body);
                let marked = gone.body.contains("noindex") || gone.headers.contains_key("x-robots-tag");
                assert!(marked, "{path}");
            }
        }
        let search = scene.stage.site.get("/search?q=quillfeather").await;
        assert!(!search.body.contains(&format!("/authors/{author}/")), "{}", search.body);
        let home = scene.stage.site.get("/").await;
        assert!(!home.body.contains(&format!("/authors/{author}/")), "{}", home.body);
        let peers = scene.stage.site.get(&format!("/authors/{peer}/bruno-marr")).await;
        assert!(!peers.body.contains(&format!("/authors/{author}/")), "{}", peers.body);
        let id = peer.to_string();
        let slice = scene
            .stage
            .site
            .call("/api/graph/slice", &[("author", &id), ("wide", "true")], None)
            .await;
        assert!(!slice.body.contains(r#""label":"Ada Quillfeather""#), "{}", slice.body);
        // On a work the name stays as printed, and leads nowhere.
        let work = scene.stage.site.get(&format!("/works/{}/work", scene.stage.works[0])).await;
        assert!(html::text(&work.body).contains("Ada Quillfeather, Bruno Marr"), "{}", work.body);
        assert!(!work.body.contains(&format!("/authors/{author}/")), "{}", work.body);
        // Programs get nothing either, and nobody starts anything there.
        let list = axum::http::Request::post("/api/work/list")
            .header("host", "bzpeer.test")
            .header("content-type", "application/json")
            .body(axum::body::Body::from(format!(
                r#"{{"of":{{"of":"author","id":{author}}},"filter":{{"kind":"","year":"","words":"","sort":"","page":1}}}}"#
            )))
            .unwrap();
        let list = scene.stage.site.send(list).await;
        assert!(list.body.contains("\"total\":0"), "{}", list.body);
        let follow = [("kind", "author"), ("id", author.as_str())];
        let answer = scene.stage.site.call("/api/follow/add", &follow, Some(&scene.eve.session)).await;
        assert_ne!(answer.status, 200, "{}", answer.body);

        // Its claimant sees the way back, and corrects nothing else meanwhile.
        let own = scene.stage.site.get_as(&scene.stage.page(), Some(&scene.ada.session)).await;
        assert_eq!(own.status, 410);
        assert!(own.body.contains("history of this page"), "{}", own.body);
        let history = scene.history(Some(&scene.ada)).await;
        assert_eq!(history.status, 200, "{}", history.body);
        assert!(history.body.contains("/api/correction/undo"), "{}", history.body);
        let seen = scene.seen(scene.author()).await;
        let rename = [
            ("author", author.as_str()),
            ("name", "Ada Quill"),
            ("seen", seen.as_str()),
            ("reason", "x"),
        ];
        scene.refused(&scene.ada, "rename", &rename, 409, "hidden").await;
        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.snapshot().await, before);
        assert_eq!(scene.stage.site.get(&scene.stage.page()).await.status, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_page_takes_part_in_no_other_correction() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let (twin, _) = scene.other("Ada Quillfeather", 1).await;
        let (author, other) = (scene.author().to_string(), twin.to_string());
        let hide = [
            ("author", other.as_str()),
            ("seen", "0"),
            ("reason", "An objection was right"),
        ];
        scene.done(&scene.mia, "hide", &hide).await;
        let merge = [
            ("author", author.as_str()),
            ("other", other.as_str()),
            ("seen", "0"),
            ("reason", "x"),
        ];
        scene
            .refused(&scene.ada, "merge", &merge, 422, "reference")
            .await;
        let own = scene.stage.works[0].to_string();
        let split = [
            ("author", author.as_str()),
            ("works[]", own.as_str()),
            ("to", other.as_str()),
            ("seen", "0"),
            ("reason", "x"),
        ];
        scene
            .refused(&scene.ada, "split", &split, 422, "reference")
            .await;
    })
    .await;
}
