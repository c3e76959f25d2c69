//! Works that leave a page and works that come to it.

use bzpeer::args;

use super::Scene;
use crate::support::{for_both, html};

#[tokio::test(flavor = "multi_thread")]
async fn a_work_that_is_not_mine_goes_to_a_new_author_and_comes_back() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let work = scene.stage.works[0];
        let (author, id) = (scene.author().to_string(), work.to_string());
        let before = scene.snapshot().await;
        let last = scene.last_author().await;
        assert_eq!(scene.stage.confirmed().await, 1);
        let fields = [
            ("author", author.as_str()),
            ("work", id.as_str()),
            ("what", "not_mine"),
            ("reason", "A namesake wrote it"),
        ];
        let correction = scene.done(&scene.ada, "work", &fields).await;
        let owner = scene.owner(work, 1).await;
        assert!(owner > last, "a new author has it");
        assert_eq!(scene.stage.confirmed().await, 0, "what was confirmed is not any more");
        assert_eq!((scene.works_count(scene.author()).await, scene.works_count(owner).await), (1, 1));
        let said = scene
            .text(
                "SELECT name_key || ' ' || CAST(nth AS TEXT) || ' ' || verdict || ' ' || CAST(author_id AS TEXT)
                 FROM authorship_decisions",
                args![],
            )
            .await;
        assert_eq!(said, format!("ada quillfeather 1 is_not {}", scene.author()));
        let again = scene.send(Some(&scene.ada), "work", &fields).await;
        assert_eq!(again.status, 200, "{}", again.body);
        assert_eq!(scene.latest().await, correction, "sent twice, done once");

        // The page says so, and undoes it from there.
        let page = format!("{}?done={correction}", scene.stage.page());
        let page = scene.stage.site.get_as(&page, Some(&scene.ada.session)).await;
        assert!(html::text(&page.body).contains("Took off a work that is somebody else’s."), "{}", page.body);
        assert!(page.body.contains("/api/correction/undo"), "{}", page.body);
        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.snapshot_up_to(last).await, before);
        let new = scene.stage.site.get(&format!("/authors/{owner}/ada-quillfeather")).await;
        assert_eq!((new.status.as_u16(), new.location()), (301, Some(scene.stage.page().as_str())));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_split_gives_works_to_a_new_page_or_to_one_that_is_there() {
    for_both(|site| async move {
        let scene = Scene::set(site, 3).await;
        let works = scene.stage.works.clone();
        let [one, two, three] = [works[0], works[1], works[2]].map(|id| id.to_string());
        let author = scene.author().to_string();
        let before = scene.snapshot().await;
        let last = scene.last_author().await;
        let fields = [
            ("author", author.as_str()),
            ("works[]", one.as_str()),
            ("works[]", two.as_str()),
            ("seen", "0"),
            ("reason", "Two people of this name"),
        ];
        let correction = scene.done(&scene.ada, "split", &fields).await;
        let made = scene.owner(works[0], 1).await;
        assert_eq!(scene.owner(works[1], 1).await, made);
        let name = scene
            .text("SELECT name FROM authors WHERE id = $1", args![made])
            .await;
        assert_eq!(
            (name.as_str(), scene.works_count(made).await),
            ("Ada Quillfeather", 2)
        );
        assert_eq!(
            scene.send(Some(&scene.ada), "split", &fields).await.status,
            200
        );
        assert_eq!(scene.latest().await, correction, "sent twice, done once");
        let history = html::text(&scene.history(None).await.body);
        assert!(
            history.contains("Gave 2 works to Ada Quillfeather."),
            "{history}"
        );
        let other_side = scene
            .stage
            .site
            .get(&format!("/authors/{made}/ada-quillfeather/corrections"))
            .await;
        assert!(html::text(&other_side.body).contains("Received 2 works from Ada Quillfeather."));

        let seen = scene.seen(scene.author()).await;
        let address = format!("http://bzpeer.test/authors/{made}/ada-quillfeather");
        let all = [
            ("author", author.as_str()),
            ("works[]", three.as_str()),
            ("to", address.as_str()),
            ("seen", seen.as_str()),
            ("reason", "This one too"),
        ];
        scene
            .refused(&scene.ada, "split", &all, 409, "all_works")
            .await;
        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.snapshot_up_to(last).await, before);

        let (namesake, _) = scene.other("A. Quillfeather", 1).await;
        let (stranger, _) = scene.other("Bruno Marr", 1).await;
        let last = scene.last_author().await;
        let before = scene.snapshot().await;
        let seen = scene.seen(scene.author()).await;
        let (namesake_text, stranger_text) = (namesake.to_string(), stranger.to_string());
        let give = |to: &str| {
            [
                ("author".to_owned(), author.clone()),
                ("works[]".to_owned(), three.clone()),
                ("to".to_owned(), to.to_owned()),
                ("seen".to_owned(), seen.clone()),
                ("reason".to_owned(), "Theirs".to_owned()),
            ]
        };
        for (target, status, word) in [
            (stranger_text.as_str(), 409, "name_differs"),
            (author.as_str(), 409, "same_author"),
            ("999999", 422, "reference"),
            ("nobody", 422, "reference"),
        ] {
            let fields = give(target);
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(a, b)| (a.as_str(), b.as_str()))
                .collect();
            scene
                .refused(&scene.ada, "split", &fields, status, word)
                .await;
        }
        let fields = give(&namesake_text);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        let correction = scene.done(&scene.ada, "split", &fields).await;
        assert_eq!(scene.owner(works[2], 1).await, namesake);
        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.snapshot_up_to(last).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_work_is_taken_in_from_an_unclaimed_page_and_given_back() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (twin, works) = scene.other("A. Quillfeather", 1).await;
        let (author, work) = (scene.author().to_string(), works[0]);
        let before = scene.snapshot().await;

        // Offered on the work's page, to the claimant only.
        let page = format!("/works/{work}/work");
        let offered = scene
            .stage
            .site
            .get_as(&page, Some(&scene.ada.session))
            .await;
        assert!(
            offered.body.contains("Did you write this?"),
            "{}",
            offered.body
        );
        for who in [None, Some(&scene.eve.session)] {
            let seen = scene.stage.site.get_as(&page, who).await;
            assert!(!seen.body.contains("Did you write this?"), "{}", seen.body);
        }
        let spot = format!("{work}:1:{twin}");
        assert!(
            offered.body.contains(&format!("value=\"{spot}\"")),
            "{}",
            offered.body
        );
        // And found by its title on the page of corrections.
        let found = format!("{}/corrections?work=000%20of%20a", scene.stage.page());
        let found = scene
            .stage
            .site
            .get_as(&found, Some(&scene.ada.session))
            .await;
        assert!(
            found.body.contains(&format!("value=\"{spot}\"")),
            "{}",
            found.body
        );

        let fields = [
            ("author", author.as_str()),
            ("spot", spot.as_str()),
            ("reason", "My first paper"),
        ];
        let correction = scene.done(&scene.ada, "mine", &fields).await;
        assert_eq!(scene.owner(work, 1).await, scene.author());
        assert_eq!(scene.stage.confirmed().await, 2, "the claimant said so");
        let moved = scene
            .stage
            .site
            .get(&format!("/authors/{twin}/a-quillfeather"))
            .await;
        assert_eq!(moved.status, 301, "it was this work and nothing else");
        assert_eq!(
            scene.send(Some(&scene.ada), "mine", &fields).await.status,
            200
        );
        assert_eq!(scene.latest().await, correction, "sent twice, done once");
        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.snapshot().await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_work_is_not_taken_from_a_claimant_nor_under_another_name() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let author = scene.author().to_string();
        let (stranger, strangers) = scene.other("Bruno Marr", 2).await;
        let (twin, twins) = scene.other("Ada Quillfeather", 2).await;
        let take = |work: i64, position: i64, from: i64| format!("{work}:{position}:{from}");
        let fields = |spot: &str| {
            vec![
                ("author".to_owned(), author.clone()),
                ("spot".to_owned(), spot.to_owned()),
                ("reason".to_owned(), "Mine".to_owned()),
            ]
        };
        let refuse = async |who: &crate::cast::Person, spot: String, status: u16, word: &str| {
            let fields = fields(&spot);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            scene.refused(who, "mine", &fields, status, word).await;
        };
        refuse(&scene.ada, take(strangers[0], 1, stranger), 409, "name_differs").await;
        refuse(&scene.ada, take(twins[0], 1, stranger), 409, "conflict").await;
        refuse(&scene.ada, take(twins[0], 7, twin), 422, "reference").await;
        refuse(&scene.ada, "1:2".to_owned(), 422, "reference").await;
        refuse(&scene.ada, take(scene.stage.works[0], 1, scene.author()), 409, "already_yours").await;
        scene
            .stage
            .run(
                "INSERT INTO authorships (work_id, position, name_printed, collective, source, confidence)
                 VALUES ($1, 2, 'Quillfeather Collaboration', $2, 'test', $3)",
                args![twins[0], true, 1.0],
            )
            .await;
        refuse(&scene.mia, take(twins[0], 2, 0), 409, "not_a_person").await;
        scene
            .stage
            .run(
                "INSERT INTO claims (account_id, author_id, state, level, created_at, updated_at)
                 VALUES ($1, $2, 'approved', 2, 1, 1)",
                args![scene.eve.account, twin],
            )
            .await;
        for who in [&scene.ada, &scene.mia] {
            refuse(who, take(twins[0], 1, twin), 409, "held_by_other").await;
        }
        // What differs in name only, a moderator can decide.
        let spot = take(strangers[0], 1, stranger);
        let fields = fields(&spot);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        scene.done(&scene.mia, "mine", &fields).await;
        assert_eq!(scene.owner(strangers[0], 1).await, scene.author());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_work_that_waits_to_be_placed_can_be_taken_in_and_waits_again() {
    for_both(|site| async move {
        let scene = Scene::set(site, 1).await;
        let (_, works) = scene.other("Bruno Marr", 1).await;
        scene.sign(works[0], 2, None, "Ada Quillfeather").await;
        let (author, spot) = (scene.author().to_string(), format!("{}:2:0", works[0]));
        let before = scene.snapshot().await;
        let fields = [
            ("author", author.as_str()),
            ("spot", spot.as_str()),
            ("reason", "Mine"),
        ];
        let correction = scene.done(&scene.ada, "mine", &fields).await;
        assert_eq!(scene.owner(works[0], 2).await, scene.author());
        scene.undone(&scene.ada, correction).await;
        assert_eq!(scene.snapshot().await, before);
        let waiting = scene
            .numbers("SELECT work_id FROM unplaced_works", args![])
            .await;
        assert_eq!(waiting, works);
    })
    .await;
}
