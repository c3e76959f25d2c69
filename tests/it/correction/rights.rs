//! Who may correct, and who may not.

use bzpeer::args;
use bzpeer::infra::limits;

use super::Scene;
use crate::cast::{Is, Person};
use crate::support::for_both;

/// Every correction about the scene's author, with fields that would do.
fn all(scene: &Scene, other: i64, work: i64) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let author = ("author", scene.author().to_string());
    let reason = ("reason", "Because".to_owned());
    let seen = ("seen", "0".to_owned());
    let own = scene.stage.works[0].to_string();
    vec![
        (
            "merge",
            vec![
                author.clone(),
                ("other", other.to_string()),
                seen.clone(),
                reason.clone(),
            ],
        ),
        (
            "split",
            vec![
                author.clone(),
                ("works[]", own.clone()),
                seen.clone(),
                reason.clone(),
            ],
        ),
        (
            "work",
            vec![
                author.clone(),
                ("work", own.clone()),
                ("what", "not_mine".into()),
                reason.clone(),
            ],
        ),
        (
            "work",
            vec![
                author.clone(),
                ("work", own),
                ("what", "hide".into()),
                reason.clone(),
            ],
        ),
        (
            "mine",
            vec![
                author.clone(),
                ("spot", format!("{work}:1:{other}")),
                reason.clone(),
            ],
        ),
        (
            "rename",
            vec![
                author.clone(),
                ("name", "Ada Quill".into()),
                seen.clone(),
                reason.clone(),
            ],
        ),
        ("hide", vec![author, seen, reason]),
    ]
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn visitors_strangers_and_unverified_accounts_correct_nothing() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let (twin, works) = scene.other("Ada Quillfeather", 2).await;
        let new = scene
            .stage
            .person("Una", "una@mail.example", Is::Unverified)
            .await;
        let before = scene.snapshot().await;
        for (verb, fields) in all(&scene, twin, works[0]) {
            let fields = borrowed(&fields);
            let visitor = scene.send(None, verb, &fields).await;
            assert_eq!(visitor.status, 401, "{verb}: {}", visitor.body);
            let unverified = scene.send(Some(&new), verb, &fields).await;
            assert_eq!(unverified.status, 403, "{verb}: {}", unverified.body);
            let stranger = scene.send(Some(&scene.eve), verb, &fields).await;
            assert_eq!(stranger.status, 403, "{verb}: {}", stranger.body);
            assert!(
                stranger.body.contains("not_claimant"),
                "{verb}: {}",
                stranger.body
            );
        }
        assert_eq!(scene.snapshot().await, before);
        for who in [None, Some(&scene.eve)] {
            let session = who.map(|who| &who.session);
            let page = scene.stage.site.get_as(&scene.stage.page(), session).await;
            assert!(!page.body.contains("/api/correction/"), "{}", page.body);
            let history = scene.history(who).await;
            assert_eq!(history.status, 200);
            assert!(
                !history.body.contains("/api/correction/"),
                "{}",
                history.body
            );
        }
        for path in ["reviews", "apart", "reopen"] {
            let fields = [("one", "1"), ("other", "2")];
            assert_eq!(
                scene.send(Some(&scene.ada), path, &fields).await.status,
                403,
                "{path}"
            );
            assert_eq!(scene.send(None, path, &fields).await.status, 401, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_claim_is_contested_its_owner_corrects_nothing() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let (twin, works) = scene.other("Ada Quillfeather", 2).await;
        let eve: &Person = &scene.eve;
        scene
            .stage
            .run(
                "INSERT INTO claims (account_id, author_id, state, created_at, updated_at)
                 VALUES ($1, $2, 'pending_review', 1, 1)",
                args![eve.account, scene.author()],
            )
            .await;
        scene
            .stage
            .run(
                "UPDATE claims SET state = 'contested' WHERE account_id = $1",
                args![scene.ada.account],
            )
            .await;
        for (verb, fields) in all(&scene, twin, works[0]) {
            let fields = borrowed(&fields);
            scene
                .refused(&scene.ada, verb, &fields, 403, "contested")
                .await;
            scene.refused(eve, verb, &fields, 403, "not_claimant").await;
        }
        let history = scene.history(Some(&scene.ada)).await;
        assert!(
            history
                .body
                .contains("Another claim on this page waits for a moderator"),
            "{}",
            history.body
        );
        assert!(
            !history.body.contains("/api/correction/"),
            "{}",
            history.body
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moderator_does_not_correct_what_they_take_part_in() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let (twin, works) = scene.other("Ada Quillfeather", 2).await;
        scene
            .stage
            .run(
                "INSERT INTO claims (account_id, author_id, state, created_at, updated_at)
                 VALUES ($1, $2, 'proving', 1, 1)",
                args![scene.mia.account, scene.author()],
            )
            .await;
        for (verb, fields) in all(&scene, twin, works[0]) {
            let fields = borrowed(&fields);
            scene
                .refused(&scene.mia, verb, &fields, 403, "own_case")
                .await;
        }
        // Nor where the other page is theirs.
        scene
            .stage
            .run(
                "UPDATE claims SET author_id = $2 WHERE account_id = $1",
                args![scene.mia.account, twin],
            )
            .await;
        let every = all(&scene, twin, works[0]);
        for (verb, fields) in every
            .iter()
            .filter(|(verb, _)| matches!(*verb, "merge" | "mine"))
        {
            scene
                .refused(&scene.mia, verb, &borrowed(fields), 403, "own_case")
                .await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hiding_a_work_is_its_owners_choice_alone() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (author, work) = (scene.author().to_string(), scene.stage.works[0].to_string());
        let fields = [
            ("author", author.as_str()),
            ("work", work.as_str()),
            ("what", "hide"),
            ("reason", "x"),
        ];
        scene
            .refused(&scene.mia, "work", &fields, 403, "not_claimant")
            .await;
        let page = scene
            .stage
            .site
            .get_as(&scene.stage.page(), Some(&scene.mia.session))
            .await;
        assert!(page.body.contains("Not this author’s"), "{}", page.body);
        assert!(!page.body.contains("Hide from my page"), "{}", page.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claimant_undoes_their_own_corrections_and_a_moderator_any() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let (author, work) = (scene.author().to_string(), scene.stage.works[0].to_string());
        let fields = [
            ("author", author.as_str()),
            ("work", work.as_str()),
            ("what", "not_mine"),
            ("reason", "The source says so"),
        ];
        let correction = scene.done(&scene.mia, "work", &fields).await;
        let number = correction.to_string();
        let undo = [("correction", number.as_str()), ("reason", "No")];
        scene
            .refused(&scene.ada, "undo", &undo, 403, "not_yours")
            .await;
        scene
            .refused(&scene.eve, "undo", &undo, 403, "not_claimant")
            .await;
        assert_eq!(scene.send(None, "undo", &undo).await.status, 401);
        let nameless = [("correction", number.as_str()), ("reason", " ")];
        scene
            .refused(&scene.mia, "undo", &nameless, 409, "reason_missing")
            .await;
        let unknown = [("correction", "999"), ("reason", "No")];
        scene
            .refused(&scene.mia, "undo", &unknown, 404, "not_found")
            .await;
        scene.undone(&scene.mia, correction).await;
        let correction = scene.done(&scene.ada, "work", &fields).await;
        scene.undone(&scene.mia, correction).await;
        let who = scene
            .numbers(
                "SELECT undone_by FROM corrections WHERE undone_at IS NOT NULL ORDER BY id",
                args![],
            )
            .await;
        assert_eq!(who, [scene.mia.account, scene.mia.account]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_needed_and_what_was_typed_stands_in_the_form_again() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (author, long) = (scene.author().to_string(), "y".repeat(1_001));
        let page = format!("{}/corrections", scene.stage.page());
        for (reason, word) in [("", "reason_missing"), (long.as_str(), "reason_too_long")] {
            let fields = [
                ("author", author.as_str()),
                ("name", "Ada Quill"),
                ("seen", "0"),
                ("reason", reason),
            ];
            scene
                .refused(&scene.ada, "rename", &fields, 409, word)
                .await;
            let form = scene
                .stage
                .site
                .post_form(
                    "/api/correction/rename",
                    &fields,
                    Some(&scene.ada.session),
                    &page,
                )
                .await;
            let back = form.location().unwrap().to_owned();
            let shown = scene
                .stage
                .site
                .get_as(&back, Some(&scene.ada.session))
                .await;
            assert!(shown.body.contains("value=\"Ada Quill\""), "{}", shown.body);
            assert!(shown.body.contains(reason), "{}", shown.body);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sites_form_corrects_nothing_and_nobody_corrects_without_end() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (twin, works) = scene.other("Ada Quillfeather", 2).await;
        for (verb, fields) in all(&scene, twin, works[0]) {
            let body = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(fields.iter().map(|(name, value)| (*name, value.as_str())))
                .finish();
            let request = axum::http::Request::post(format!("/api/correction/{verb}"))
                .header("host", "bzpeer.test")
                .header("origin", "https://evil.example")
                .header("sec-fetch-site", "cross-site")
                .header("cookie", &scene.ada.session.0)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(axum::body::Body::from(body))
                .unwrap();
            assert_eq!(scene.stage.site.send(request).await.status, 403, "{verb}");
        }
        assert_eq!(scene.latest().await, 0);
        scene
            .stage
            .run(
                "INSERT INTO rate_hits (scope, subject, window_start, hits) VALUES ('correction_account', $1, $2, $3)",
                args![
                    scene.ada.account.to_string(),
                    scene.stage.site.clock.now() - scene.stage.site.clock.now().rem_euclid(3_600_000),
                    limits::CORRECTION_ACCOUNT.max
                ],
            )
            .await;
        for (verb, fields) in all(&scene, twin, works[0]) {
            scene.refused(&scene.ada, verb, &borrowed(&fields), 429, "too_many").await;
        }
    })
    .await;
}
