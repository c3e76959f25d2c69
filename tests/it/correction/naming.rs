//! The name that a page shows, and former names that nothing shows.

use bzpeer::args;

use super::Scene;
use crate::cast::Is;
use crate::support::{for_both, html};

fn fields<'a>(
    author: &'a str,
    name: &'a str,
    former: &'a str,
    seen: &'a str,
) -> [(&'a str, &'a str); 5] {
    [
        ("author", author),
        ("name", name),
        ("former", former),
        ("seen", seen),
        ("reason", "I use this name now"),
    ]
}

/// Every address that tells something about the scene's author.
async fn every_page(scene: &Scene) -> Vec<(String, String)> {
    let author = scene.author();
    let slug = scene
        .text("SELECT slug FROM authors WHERE id = $1", args![author])
        .await;
    let work = scene.stage.works[0];
    let mut out = Vec::new();
    for path in [
        format!("/authors/{author}/{slug}"),
        format!("/authors/{author}/{slug}/corrections"),
        format!("/authors/{author}/{slug}/claim"),
        format!("/authors/{author}/{slug}/report"),
        format!("/authors/{author}/feed.atom"),
        format!("/authors/{author}/works.bib"),
        format!("/authors/{author}/corrections.json"),
        format!("/authors/{author}/corrections.csv"),
        format!("/works/{work}/work"),
        format!("/works/{work}/work.bib"),
        format!("/explore?author={author}"),
        "/".to_owned(),
    ] {
        let who = path.ends_with("/claim").then_some(&scene.eve.session);
        let answer = scene.stage.site.get_as(&path, who).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        out.push((path, answer.body));
    }
    let id = author.to_string();
    let slice = scene
        .stage
        .site
        .call(
            "/api/graph/slice",
            &[("author", &id), ("wide", "true")],
            None,
        )
        .await;
    assert_eq!(slice.status, 200, "{}", slice.body);
    out.push(("graph".to_owned(), slice.body));
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chosen_name_is_shown_and_stays_until_it_is_undone() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let author = scene.author().to_string();
        let before = scene.snapshot().await;
        let correction = scene
            .done(
                &scene.ada,
                "rename",
                &fields(&author, "Ada M. Quillfeather", "", "0"),
            )
            .await;
        scene.refresh().await;
        let old = scene.stage.site.get(&scene.stage.page()).await;
        let new = format!("/authors/{author}/ada-m-quillfeather");
        assert_eq!(
            (old.status.as_u16(), old.location()),
            (301, Some(new.as_str()))
        );
        let page = html::text(&scene.stage.site.get(&new).await.body);
        assert!(page.contains("Ada M. Quillfeather"), "{page}");
        assert!(page.contains("Also known as Ada Quillfeather"), "{page}");
        let history = html::text(&scene.history(None).await.body);
        assert!(
            history.contains("Changed the name from Ada Quillfeather to Ada M. Quillfeather."),
            "{history}"
        );
        let seen = scene.seen(scene.author()).await;
        let same = fields(&author, "Ada M. Quillfeather", "", &seen);
        assert_eq!(
            scene.send(Some(&scene.ada), "rename", &same).await.status,
            200
        );
        assert_eq!(scene.latest().await, correction, "sent twice, done once");
        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.snapshot().await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_name_is_found_and_shown_nowhere() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let author = scene.author().to_string();
        // Titles of the stage hold the name: another title for the whole test.
        scene
            .stage
            .run(
                "UPDATE works SET title = 'On quills', title_html = 'On quills', title_key = 'on quills'",
                args![],
            )
            .await;
        scene
            .stage
            .run("UPDATE accounts SET name = 'Robin Keepsake' WHERE id = $1", args![scene.ada.account])
            .await;
        // Another form of the old name, and a page of the old name that was joined before.
        scene.sign(scene.stage.works[0], 2, None, "Co Author").await;
        scene
            .stage
            .run(
                "UPDATE authorships SET name_printed = 'A. Quillfeather' WHERE work_id = $1 AND position = 1",
                args![scene.stage.works[1]],
            )
            .await;
        let (twin, _) = scene.other("Ada Quillfeather", 1).await;
        scene
            .stage
            .run("UPDATE works SET title = 'On ink', title_html = 'On ink', title_key = 'on ink' WHERE title LIKE 'Work %'", args![])
            .await;
        let other = twin.to_string();
        let merge = [
            ("author", author.as_str()),
            ("other", other.as_str()),
            ("seen", "0"),
            ("reason", "Ada Quillfeather is me"),
        ];
        scene.done(&scene.ada, "merge", &merge).await;
        let before = scene.snapshot().await;
        let pages_before = every_page(&scene).await;

        let seen = scene.seen(scene.author()).await;
        let new_name = fields(&author, "Robin Stane", "true", &seen);
        let correction = scene.done(&scene.ada, "rename", &new_name).await;
        for round in ["at once", "after an import"] {
            for (path, body) in every_page(&scene).await {
                let body = body.to_lowercase();
                assert!(
                    !body.contains("quillfeather"),
                    "{round} {path}: {}",
                    &body[body.find("quillfeather").unwrap().saturating_sub(200)..]
                );
            }
            // The old addresses lead nowhere, and the answer does not tell where they would.
            for old in [
                format!("/authors/{author}/ada-quillfeather"),
                format!("/authors/{author}/anything"),
                format!("/authors/{author}/ada-quillfeather/report"),
                format!("/authors/{author}/ada-quillfeather/corrections"),
                format!("/authors/{twin}/ada-quillfeather"),
                format!("/authors/{twin}"),
                format!("/authors/{twin}/feed.atom"),
                format!("/authors/{twin}/robin-stane"),
            ] {
                let gone = scene.stage.site.get(&old).await;
                assert_eq!(gone.status, 410, "{round} {old}: {}", gone.body);
                // The address itself stands in the page, for coming back after logging in.
                let body = gone.body.to_lowercase().replace(&old, "");
                assert!(!body.contains("stane"), "{round} {old}: {body}");
                assert!(!body.contains("keepsake"), "{round} {old}: {body}");
            }
            // It can be searched for, and what is found carries the new name only.
            for query in ["ada%20quillfeather", "quillfeather", "robin"] {
                let found = scene.stage.site.get(&format!("/search?q={query}")).await;
                let hits = html::text(&found.body);
                assert!(hits.contains("Robin Stane"), "{query}: {hits}");
                assert!(!hits.contains("Ada Quillfeather"), "{query}: {hits}");
            }
            scene.refresh().await;
        }
        let new = scene.stage.site.get(&format!("/authors/{author}")).await;
        let to = format!("/authors/{author}/robin-stane");
        assert_eq!((new.status.as_u16(), new.location()), (301, Some(to.as_str())));
        let history = html::text(&scene.history(None).await.body);
        assert!(history.contains("Changed the name."), "{history}");
        assert!(history.contains("Joined with the page of another record"), "{history}");
        assert!(history.contains("The reason is not shown"), "{history}");
        let bib = scene.stage.site.get(&format!("/authors/{author}/works.bib")).await;
        assert!(bib.body.contains("Robin Stane"), "{}", bib.body);

        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.snapshot().await, before);
        let after = every_page(&scene).await;
        for ((path, old), (_, new)) in pages_before.iter().zip(&after) {
            if path.ends_with(".bib") || path.ends_with(".atom") {
                assert_eq!(old, new, "{path} is as before");
            }
        }
        assert_eq!(scene.stage.site.get(&format!("/authors/{twin}")).await.status, 301);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_name_stays_with_a_work_that_turns_out_to_be_anothers() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let (author, work) = (scene.author().to_string(), scene.stage.works[0].to_string());
        scene
            .done(
                &scene.ada,
                "rename",
                &fields(&author, "Robin Stane", "true", "0"),
            )
            .await;
        let before = scene.snapshot().await;
        let last = scene.last_author().await;
        let not_mine = [
            ("author", author.as_str()),
            ("work", work.as_str()),
            ("what", "not_mine"),
            ("reason", "Somebody else"),
        ];
        let correction = scene.done(&scene.ada, "work", &not_mine).await;
        let names = scene
            .stage
            .number(
                "SELECT COUNT(*) FROM authorships WHERE name_shown IS NOT NULL",
                args![],
            )
            .await;
        assert_eq!(names, 1, "the other person is called what is printed");
        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.snapshot_up_to(last).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_a_name_and_not_another_claimants() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let author = scene.author().to_string();
        for (name, word) in [
            ("", "name_missing"),
            ("Ada <script>", "name_signs"),
            ("see https://x.example", "name_signs"),
            ("Ada Quillfeather", "name_same"),
        ] {
            scene
                .refused(
                    &scene.ada,
                    "rename",
                    &fields(&author, name, "", "0"),
                    409,
                    word,
                )
                .await;
        }
        let (famous, _) = scene.other("Bruno Marr", 1).await;
        let ben = scene
            .stage
            .person("Ben", "ben@mail.example", Is::Verified)
            .await;
        scene
            .stage
            .run(
                "INSERT INTO claims (account_id, author_id, state, level, created_at, updated_at)
                 VALUES ($1, $2, 'approved', 2, 1, 1)",
                args![ben.account, famous],
            )
            .await;
        let taken = fields(&author, "Bruno Marr", "", "0");
        scene
            .refused(&scene.ada, "rename", &taken, 409, "name_of_other")
            .await;
        let stale = fields(&author, "Ada Quill", "", "7");
        scene
            .refused(&scene.ada, "rename", &stale, 409, "conflict")
            .await;
        scene.done(&scene.mia, "rename", &taken).await;
        let name = scene
            .text(
                "SELECT name FROM authors WHERE id = $1",
                args![scene.author()],
            )
            .await;
        assert_eq!(name, "Bruno Marr", "a moderator can");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_name_is_undone_after_the_later_one() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let author = scene.author().to_string();
        let first = scene
            .done(&scene.ada, "rename", &fields(&author, "Ada Quill", "", "0"))
            .await;
        let seen = scene.seen(scene.author()).await;
        let second = scene
            .done(
                &scene.ada,
                "rename",
                &fields(&author, "Ada Feather", "", &seen),
            )
            .await;
        let refused = scene.undo(&scene.ada, first).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("built_on"), "{}", refused.body);
        scene.undone(&scene.ada, second).await;
        scene.undone(&scene.ada, first).await;
        let name = scene
            .text(
                "SELECT name FROM authors WHERE id = $1",
                args![scene.author()],
            )
            .await;
        assert_eq!(name, "Ada Quillfeather");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn notices_tell_the_name_of_today() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let author = scene.author().to_string();
        let report = [
            ("author", author.as_str()),
            ("kind", "report"),
            ("body", "A wrong work"),
        ];
        let site = &scene.stage.site;
        let filed = site
            .call("/api/report/file", &report, Some(&scene.eve.session))
            .await;
        assert_eq!(filed.status, 200, "{}", filed.body);
        let report = scene
            .stage
            .number("SELECT MAX(id) FROM reports", args![])
            .await
            .to_string();
        let decision = [
            ("report", report.as_str()),
            ("verdict", "dismiss"),
            ("reason", "It is right"),
        ];
        let decided = site
            .call("/api/report/decide", &decision, Some(&scene.mia.session))
            .await;
        assert_eq!(decided.status, 200, "{}", decided.body);
        let inbox = || site.get_as("/inbox?tab=notices", Some(&scene.eve.session));
        let before = inbox().await.body;
        assert!(
            html::text(&before).contains("Your report on Ada Quillfeather was dismissed."),
            "{before}"
        );

        let seen = scene.seen(scene.author()).await;
        let new_name = fields(&author, "Robin Stane", "true", &seen);
        scene.done(&scene.ada, "rename", &new_name).await;
        let after = inbox().await.body;
        assert!(
            html::text(&after).contains("Your report on Robin Stane was dismissed."),
            "{after}"
        );
        assert!(!after.to_lowercase().contains("quillfeather"), "{after}");
        let page = format!("/authors/{author}/robin-stane");
        assert!(after.contains(&page), "{after}");
        // Being there reads the notice, though its address was another one.
        let read = site
            .call(
                "/api/notice/read",
                &[("href", page.as_str())],
                Some(&scene.eve.session),
            )
            .await;
        assert_eq!(read.status, 200, "{}", read.body);
        let unread = scene
            .stage
            .number(
                "SELECT COUNT(*) FROM notifications WHERE read_at IS NULL AND account_id = $1",
                args![scene.eve.account],
            )
            .await;
        assert_eq!(unread, 0);
    })
    .await;
}
