//! Two authors are one person.

use bzpeer::args;

use super::Scene;
use crate::cast::Is;
use crate::support::{for_both, html};

fn fields<'a>(author: &'a str, other: &'a str, seen: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("author", author),
        ("other", other),
        ("seen", seen),
        ("reason", "Both pages list my thesis"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merger_brings_works_followers_and_reports_and_undoing_gives_all_of_it_back() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let (twin, twins_works) = scene.other("A. Quillfeather", 3).await;
        let (author, other) = (scene.author().to_string(), twin.to_string());
        for (who, target) in [
            (&scene.eve, scene.author()),
            (&scene.eve, twin),
            (&scene.mia, twin),
        ] {
            let target = target.to_string();
            let follow = [("kind", "author"), ("id", target.as_str())];
            let answer = scene
                .stage
                .site
                .call("/api/follow/add", &follow, Some(&who.session))
                .await;
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
        scene
            .stage
            .run(
                "INSERT INTO reports (author_id, kind, body, state, created_at) VALUES ($1, 'report', 'x', 'open', 1)",
                args![twin],
            )
            .await;
        let before = scene.snapshot().await;

        let seen = scene.seen(scene.author()).await;
        let correction = scene.done(&scene.ada, "merge", &fields(&author, &other, &seen)).await;
        assert_eq!(scene.works_count(scene.author()).await, 5);
        assert_eq!(scene.works_count(twin).await, 0);
        let followers = scene
            .numbers(
                "SELECT account_id FROM follows WHERE target_id = $1 ORDER BY account_id",
                args![scene.author()],
            )
            .await;
        assert_eq!(followers, [scene.mia.account, scene.eve.account]);
        let decisions = scene
            .stage
            .number(
                "SELECT COUNT(*) FROM authorship_decisions WHERE correction_id = $1 AND verdict = 'is' AND author_id = $2",
                args![correction, scene.author()],
            )
            .await;
        assert_eq!(decisions, 5, "also for the works that were there before");
        let old = format!("/authors/{twin}/a-quillfeather");
        let moved = scene.stage.site.get(&old).await;
        let here = format!("/authors/{}/", scene.author());
        assert_eq!(moved.status, 301);
        assert!(moved.location().unwrap().starts_with(&here), "{moved:?}");
        let found = scene.stage.site.get("/search?q=quillfeather").await;
        assert!(found.body.contains(&here), "{}", found.body);
        assert!(!found.body.contains(&old), "the joined page is not found any more");

        // Sent twice, it is done once.
        let again = scene.send(Some(&scene.ada), "merge", &fields(&author, &other, &seen)).await;
        assert_eq!(again.status, 200, "{}", again.body);
        assert_eq!(scene.latest().await, correction);

        let page = html::text(&scene.history(None).await.body);
        assert!(page.contains("Joined with the page of A. Quillfeather, which had 3 works."), "{page}");
        assert!(page.contains("by Ada Quillfeather, who claimed this page"), "{page}");
        assert!(page.contains("Both pages list my thesis"), "{page}");

        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.snapshot().await, before);
        assert_eq!(scene.owner(twins_works[0], 1).await, twin);
        assert_eq!(scene.stage.site.get(&old).await.status, 200);
        let page = html::text(&scene.history(None).await.body);
        assert!(page.contains("Undone") && page.contains("It was a mistake"), "{page}");
        assert_eq!(scene.undo(&scene.ada, correction).await.status, 200, "undone twice is undone once");
        let events = scene
            .stage
            .number("SELECT COUNT(*) FROM events WHERE kind IN ('corrected', 'correction_undone')", args![])
            .await;
        assert_eq!(events, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_who_left_is_not_brought_back_by_undoing() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (twin, _) = scene.other("Ada Quillfeather", 1).await;
        scene
            .stage
            .run(
                "INSERT INTO follows (account_id, target_kind, target_id, created_at) VALUES ($1, 'author', $2, 7)",
                args![scene.eve.account, twin],
            )
            .await;
        let (author, other) = (scene.author().to_string(), twin.to_string());
        let correction = scene.done(&scene.ada, "merge", &fields(&author, &other, "0")).await;
        scene
            .stage
            .run("DELETE FROM follows WHERE account_id = $1", args![scene.eve.account])
            .await;
        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.stage.number("SELECT COUNT(*) FROM follows", args![]).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_claimed_does_not_end_in_a_merger() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (twin, _) = scene.other("Ada Quillfeather", 1).await;
        let (author, other) = (scene.author().to_string(), twin.to_string());
        let back = fields(&other, &author, "0");
        scene
            .refused(&scene.mia, "merge", &back, 409, "joined_claimed")
            .await;
        let ben = scene
            .stage
            .person("Ben", "ben@mail.example", Is::Verified)
            .await;
        scene
            .stage
            .run(
                "INSERT INTO claims (account_id, author_id, state, level, created_at, updated_at)
                 VALUES ($1, $2, 'approved', 2, 1, 1)",
                args![ben.account, twin],
            )
            .await;
        let there = fields(&author, &other, "0");
        for who in [&scene.ada, &scene.mia] {
            scene
                .refused(who, "merge", &there, 409, "both_claimed")
                .await;
        }
        scene
            .stage
            .run(
                "UPDATE claims SET state = 'pending_review', level = NULL WHERE author_id = $1",
                args![twin],
            )
            .await;
        scene
            .refused(&scene.ada, "merge", &there, 409, "claim_pending")
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_looks_like_two_people_is_for_moderators() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let author = scene.author().to_string();
        let (stranger, _) = scene.other("Bruno Marr", 1).await;
        let (twin, twins_works) = scene.other("Ada Quillfeather", 1).await;
        let (stranger, other) = (stranger.to_string(), twin.to_string());
        let there = fields(&author, &stranger, "0");
        scene.refused(&scene.ada, "merge", &there, 409, "name_differs").await;
        scene.sign(twins_works[0], 2, Some(scene.author()), "Ada Quillfeather").await;
        let there = fields(&author, &other, "0");
        scene.refused(&scene.ada, "merge", &there, 409, "joint_works").await;
        scene.done(&scene.mia, "merge", &there).await;
        let notices = scene
            .stage
            .number("SELECT COUNT(*) FROM notifications WHERE account_id = $1 AND body LIKE 'A page that you hold%'", args![scene.ada.account])
            .await;
        assert_eq!(notices, 1, "the claimant is told");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn different_orcid_ids_stop_a_claimant() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (twin, works) = scene.other("Ada Quillfeather", 1).await;
        for (work, orcid) in [
            (scene.stage.works[0], "orcid:0000-0002-1825-0097"),
            (works[0], "orcid:0000-0001-5109-3700"),
        ] {
            scene
                .stage
                .run(
                    "UPDATE authorships SET identifiers = $2 WHERE work_id = $1",
                    args![work, orcid],
                )
                .await;
        }
        scene.refresh().await;
        let (author, other) = (scene.author().to_string(), twin.to_string());
        let there = fields(&author, &other, "0");
        scene
            .refused(&scene.ada, "merge", &there, 409, "identifiers_differ")
            .await;
        let before = scene.snapshot().await;
        let correction = scene.done(&scene.mia, "merge", &there).await;
        scene.undone(&scene.mia, correction).await;
        assert_eq!(scene.snapshot().await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_older_than_another_correction_is_refused() {
    for_both(|site| async move {
        let scene = Scene::set(site, 3).await;
        let (twin, _) = scene.other("Ada Quillfeather", 1).await;
        let (author, other) = (scene.author().to_string(), twin.to_string());
        let work = scene.stage.works[0].to_string();
        let not_mine = [
            ("author", author.as_str()),
            ("work", work.as_str()),
            ("what", "not_mine"),
            ("reason", "Not by me"),
        ];
        scene.done(&scene.ada, "work", &not_mine).await;
        let there = fields(&author, &other, "0");
        scene
            .refused(&scene.ada, "merge", &there, 409, "conflict")
            .await;
        let seen = scene.seen(scene.author()).await;
        scene
            .done(&scene.ada, "merge", &fields(&author, &other, &seen))
            .await;
        let gone = fields(&author, &other, "99");
        let (third, _) = scene.other("Ada Quillfeather", 1).await;
        let third = third.to_string();
        scene
            .refused(
                &scene.ada,
                "merge",
                &fields(&author, &third, "99"),
                409,
                "conflict",
            )
            .await;
        assert_eq!(
            scene.send(Some(&scene.ada), "merge", &gone).await.status,
            200,
            "done already"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merger_is_undone_only_after_what_builds_on_it() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (twin, twins_works) = scene.other("Ada Quillfeather", 2).await;
        let (author, other) = (scene.author().to_string(), twin.to_string());
        let merger = scene
            .done(&scene.ada, "merge", &fields(&author, &other, "0"))
            .await;
        let work = twins_works[0].to_string();
        let hide = [
            ("author", author.as_str()),
            ("work", work.as_str()),
            ("what", "hide"),
            ("reason", "A draft"),
        ];
        let later = scene.done(&scene.ada, "work", &hide).await;
        let refused = scene.undo(&scene.ada, merger).await;
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert!(refused.body.contains("built_on"), "{}", refused.body);
        assert!(
            refused.body.contains(&format!("\"correction\":{later}")),
            "{}",
            refused.body
        );
        // Without scripts the sentence names it too.
        let number = merger.to_string();
        let form = [("correction", number.as_str()), ("reason", "x")];
        let page = format!("{}/corrections", scene.stage.page());
        let posted = scene
            .stage
            .site
            .post_form(
                "/api/correction/undo",
                &form,
                Some(&scene.ada.session),
                &page,
            )
            .await;
        let shown = scene
            .stage
            .site
            .get_as(posted.location().unwrap(), Some(&scene.ada.session))
            .await;
        let said = html::text(&shown.body);
        assert!(
            said.contains(&format!(
                "A later correction, a hiding (number {later}), builds on this one"
            )),
            "{said}"
        );

        scene.undone(&scene.ada, later).await;
        scene.undone(&scene.ada, merger).await;
        assert_eq!(scene.owner(twins_works[0], 1).await, twin);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_of_mergers_leads_to_its_end_and_is_undone_from_there() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (first, _) = scene.other("Bea Orr", 1).await;
        let (second, _) = scene.other("Bea Orr", 1).await;
        let (third, _) = scene.other("Bea Orr", 1).await;
        let [one, two, three] = [first, second, third].map(|id| id.to_string());
        let before = scene.snapshot().await;
        let inner = scene
            .done(&scene.mia, "merge", &fields(&two, &one, "0"))
            .await;
        let seen = scene.seen(third).await;
        let outer = scene
            .done(&scene.mia, "merge", &fields(&three, &two, &seen))
            .await;
        let moved = scene
            .stage
            .site
            .get(&format!("/authors/{first}/bea-orr"))
            .await;
        let end = format!("/authors/{third}/bea-orr");
        assert_eq!(
            (moved.status.as_u16(), moved.location()),
            (301, Some(end.as_str()))
        );
        let circle = fields(&one, &three, "0");
        scene
            .refused(&scene.mia, "merge", &circle, 409, "conflict")
            .await;
        let refused = scene.undo(&scene.mia, inner).await;
        assert!(refused.body.contains("built_on"), "{}", refused.body);
        let history = scene.stage.site.get(&format!("{end}/corrections")).await;
        assert_eq!(
            history.body.matches("class=\"correction-line\"").count(),
            2,
            "{}",
            history.body
        );
        scene.undone(&scene.mia, outer).await;
        scene.undone(&scene.mia, inner).await;
        assert_eq!(scene.snapshot().await, before);
    })
    .await;
}
