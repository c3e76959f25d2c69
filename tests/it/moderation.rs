//! What moderators decide, and who may not.

use bzpeer::args;

use crate::cast::{Is, Person, Stage};
use crate::support::for_both;

const XSS: &str = "</textarea><script>alert(1)</script>";

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_and_every_decision_are_for_moderators_only() {
    for_both(|site| async move {
        let stage = Stage::set(site, 1).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let eve = stage.person("Eve", "eve@mail.example", Is::Verified).await;
        stage.ask_moderator(&ada, "It is me").await;

        let visitor = stage.site.get("/moderation").await;
        assert_eq!(visitor.status, 302);
        assert_eq!(visitor.location(), Some("/login?next=/moderation"));
        let page = stage.site.get_as("/moderation", Some(&eve.session)).await;
        assert_eq!(page.status, 403);
        assert!(!page.body.contains("It is me"));

        let claim = stage.claim_id(&ada).await.to_string();
        let fields = [
            ("claim", claim.as_str()),
            ("seen", "0"),
            ("contender", "1"),
            ("reason", "because"),
        ];
        for verb in ["approve", "reject", "uphold", "transfer", "revoke"] {
            let path = format!("/api/claim/{verb}");
            assert_eq!(
                stage.site.call(&path, &fields, None).await.status,
                401,
                "{verb}"
            );
            for person in [&ada, &eve] {
                let answer = stage.site.call(&path, &fields, Some(&person.session)).await;
                assert_eq!(answer.status, 403, "{verb}: {}", answer.body);
            }
        }
        for path in ["/api/claim/queue", "/api/report/queue"] {
            let answer = stage
                .site
                .call(path, &[("search", "")], Some(&eve.session))
                .await;
            assert_eq!(answer.status, 403, "{path}");
        }
        assert_eq!(stage.state(&ada).await, "pending_review");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_claim_stands_is_told_and_logged_and_a_second_decision_is_refused() {
    for_both(|site| async move {
        let stage = Stage::set(site, 2).await;
        let ada = stage.person("Ada", "ada@sub.university.example", Is::Verified).await;
        let mia = stage.person("Mia", "mia@mail.example", Is::Moderator).await;
        stage.ask_moderator(&ada, "See my home page").await;
        let queue = stage.site.get_as("/moderation", Some(&mia.session)).await;
        for evidence in ["See my home page", "sub.university.example (an institution of this author)", "Work 000", "1 of 2 works"] {
            assert!(queue.body.contains(evidence), "{evidence}: {}", queue.body);
        }
        assert!(!queue.body.contains("ada@sub"), "the address itself is not needed");

        let (claim, _, seen) = stage.claim_row(&ada).await.unwrap();
        let (claim, seen) = (claim.to_string(), seen.to_string());
        let fields = [("claim", claim.as_str()), ("seen", seen.as_str())];
        let done = stage.site.post_form("/api/claim/approve", &fields, Some(&mia.session), "/moderation").await;
        assert_eq!(done.status, 302, "{}", done.body);
        assert_eq!((stage.state(&ada).await.as_str(), stage.confirmed().await), ("approved", 1));
        assert_eq!(stage.mails_to("ada@sub.university.example", "approved").await, 1);

        for verb in ["approve", "reject"] {
            let late = stage.decide(&mia, verb, &ada, &[("reason", "late")]).await;
            assert_eq!(late.status, 409, "{}", late.body);
            assert!(late.body.contains("wrong_state"), "{}", late.body);
        }
        let log = stage.site.get_as("/moderation", Some(&mia.session)).await;
        assert!(log.body.contains("Last decisions on claims") && log.body.contains(">Approved<"), "{}", log.body);
        let events = stage
            .number("SELECT COUNT(*) FROM events WHERE kind = 'claim_approved' AND actor_account_id = $1", args![mia.account])
            .await;
        assert_eq!(events, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_decides_on_their_own_claim() {
    for_both(|site| async move {
        let stage = Stage::set(site, 1).await;
        let mia = stage.person("Mia", "mia@mail.example", Is::Moderator).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        stage.ask_moderator(&mia, "I know myself").await;
        let own = stage.decide(&mia, "approve", &mia, &[]).await;
        assert_eq!(own.status, 409, "{}", own.body);
        assert!(own.body.contains("own_claim"), "{}", own.body);
        let queue = stage.site.get_as("/moderation", Some(&mia.session)).await;
        assert!(
            queue.body.contains("another moderator has to decide"),
            "{}",
            queue.body
        );
        assert!(!queue.body.contains("/api/claim/approve"));

        // Nor on a claim that contests theirs, nor on the one that theirs contests.
        let token = stage.link(&ada, "ada@university.example").await;
        assert_eq!(stage.prove(&ada, &token).await.status, 200);
        assert_eq!(
            stage.state(&ada).await,
            "contested",
            "a claim that waited contests the one that came first"
        );
        let theirs = stage.claim_id(&mia).await.to_string();
        for (verb, whose) in [
            ("uphold", &ada),
            ("transfer", &ada),
            ("revoke", &ada),
            ("reject", &mia),
        ] {
            let more = [("reason", "mine"), ("contender", theirs.as_str())];
            let more = if verb == "transfer" {
                &more[..]
            } else {
                &more[..1]
            };
            let refused = stage.decide(&mia, verb, whose, more).await;
            assert_eq!(refused.status, 409, "{verb}: {}", refused.body);
            assert!(
                refused.body.contains("own_claim"),
                "{verb}: {}",
                refused.body
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_needs_a_reason_that_the_claimant_is_told() {
    for_both(|site| async move {
        let stage = Stage::set(site, 1).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let mia = stage.person("Mia", "mia@mail.example", Is::Moderator).await;
        stage.ask_moderator(&ada, "").await;
        let long = "x".repeat(1_001);
        for (reason, word) in [
            ("", "reason_missing"),
            ("  \n ", "reason_missing"),
            (&long, "reason_too_long"),
        ] {
            let refused = stage
                .decide(&mia, "reject", &ada, &[("reason", reason)])
                .await;
            assert_eq!(refused.status, 409, "{}", refused.body);
            assert!(refused.body.contains(word), "{}", refused.body);
        }
        let reason = format!("Not convincing {XSS}");
        let done = stage
            .decide(&mia, "reject", &ada, &[("reason", &reason)])
            .await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert_eq!(
            stage.mails_to("ada@mail.example", "Not convincing").await,
            1
        );
        for (path, who) in [(stage.page(), &ada), ("/moderation".to_owned(), &mia)] {
            let page = stage.site.get_as(&path, Some(&who.session)).await;
            assert!(
                page.body.contains("Not convincing &lt;/textarea&gt;"),
                "{path}: {}",
                page.body
            );
            assert!(!page.body.contains("<script>alert"), "{path}");
        }
        let others = stage.site.get(&stage.page()).await;
        assert!(
            !others.body.contains("Not convincing"),
            "a rejection is between the two"
        );
        // The way back stays open.
        stage.ask_moderator(&ada, "Now with a link").await;
        assert_eq!(stage.state(&ada).await, "pending_review");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_moderators_at_once_one_decides_and_the_other_is_told() {
    for_both(|site| async move {
        let stage = Stage::set(site, 1).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let mia = stage.person("Mia", "mia@mail.example", Is::Moderator).await;
        let moe = stage.person("Moe", "moe@mail.example", Is::Moderator).await;
        stage.ask_moderator(&ada, "me").await;
        let (claim, _, seen) = stage.claim_row(&ada).await.unwrap();
        let (claim, seen) = (claim.to_string(), seen.to_string());
        let fields = [("claim", claim.as_str()), ("seen", &seen), ("reason", "no")];
        let send = |verb, who: &Person| {
            let session = who.session.clone();
            let (site, fields) = (&stage.site, &fields);
            async move { site.call(verb, fields, Some(&session)).await }
        };
        let (yes, no) = tokio::join!(
            send("/api/claim/approve", &mia),
            send("/api/claim/reject", &moe)
        );
        let mut statuses = [yes.status.as_u16(), no.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", yes.body, no.body);
        let decided = stage
            .number(
                "SELECT COUNT(*) FROM claim_log WHERE event IN ('approve', 'reject')",
                args![],
            )
            .await;
        assert_eq!(decided, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_is_upheld_or_transferred_with_a_reason_by_one_who_has_seen_it() {
    for_both(|site| async move {
        let stage = Stage::set(site, 2).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let ben = stage.person("Ben", "ben@mail.example", Is::Verified).await;
        let cyd = stage.person("Cyd", "cyd@mail.example", Is::Verified).await;
        let mia = stage.person("Mia", "mia@mail.example", Is::Moderator).await;
        stage.claimed_by(&ada).await;
        stage.site.clock.advance(1_000);
        stage.ask_moderator(&ben, "I am Ada").await;
        let page = stage.site.get_as("/moderation", Some(&mia.session)).await;
        assert!(
            page.body.contains("Uphold the standing claim") && page.body.contains("I am Ada"),
            "{}",
            page.body
        );
        let direct = stage.decide(&mia, "approve", &ben, &[]).await;
        assert!(direct.body.contains("claimed_by_other"), "{}", direct.body);
        let silent = stage.decide(&mia, "uphold", &ada, &[]).await;
        assert!(silent.body.contains("reason_missing"), "{}", silent.body);

        let before = stage.claim_row(&ada).await.unwrap();
        let done = stage
            .decide(&mia, "uphold", &ada, &[("reason", "Known at the faculty")])
            .await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert_eq!(
            (
                stage.state(&ada).await.as_str(),
                stage.state(&ben).await.as_str()
            ),
            ("upheld", "rejected")
        );
        for side in ["ada@mail.example", "ben@mail.example"] {
            assert_eq!(
                stage.mails_to(side, "Known at the faculty").await,
                1,
                "{side}"
            );
        }

        stage.site.clock.advance(1_000);
        stage.ask_moderator(&cyd, "No, me").await;
        assert_eq!(stage.state(&ada).await, "contested");
        let (claim, seen) = (before.0.to_string(), before.2.to_string());
        let fields = [
            ("claim", claim.as_str()),
            ("seen", seen.as_str()),
            ("reason", "stale page"),
        ];
        let stale = stage
            .site
            .call("/api/claim/uphold", &fields, Some(&mia.session))
            .await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        assert!(stale.body.contains("conflict"), "{}", stale.body);
        assert_eq!(
            stage.state(&ada).await,
            "contested",
            "a contest is not decided on a page that shows another"
        );

        let loser = stage.claim_id(&ben).await.to_string();
        let wrong = stage
            .decide(
                &mia,
                "transfer",
                &ada,
                &[("reason", "x"), ("contender", &loser)],
            )
            .await;
        assert_eq!(
            wrong.status, 409,
            "a rejected claim cannot take over: {}",
            wrong.body
        );
        let winner = stage.claim_id(&cyd).await.to_string();
        let done = stage
            .decide(
                &mia,
                "transfer",
                &ada,
                &[("reason", "Shown by passport"), ("contender", &winner)],
            )
            .await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert_eq!(
            (
                stage.state(&ada).await.as_str(),
                stage.state(&cyd).await.as_str()
            ),
            ("transferred", "approved")
        );
        assert_eq!(stage.confirmed().await, 1);
        let page = stage.site.get(&stage.page()).await;
        assert!(page.body.contains("Claimed by Cyd"), "{}", page.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standing_claim_is_found_by_name_and_revoked() {
    for_both(|site| async move {
        let stage = Stage::set(site, 1).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let mia = stage.person("Mia", "mia@mail.example", Is::Moderator).await;
        stage.claimed_by(&ada).await;
        let page = stage
            .site
            .get_as("/moderation?author=quillf%C3%A9ather", Some(&mia.session))
            .await;
        assert!(page.body.contains("/api/claim/revoke"), "{}", page.body);
        let done = stage
            .decide(&mia, "revoke", &ada, &[("reason", "Left the field")])
            .await;
        assert_eq!(done.status, 200, "{}", done.body);
        assert_eq!(
            (stage.state(&ada).await.as_str(), stage.confirmed().await),
            ("revoked", 0)
        );
        assert_eq!(
            stage.mails_to("ada@mail.example", "Left the field").await,
            1
        );
        let twice = stage
            .decide(&mia, "revoke", &ada, &[("reason", "again")])
            .await;
        assert!(twice.body.contains("wrong_state"), "{}", twice.body);
    })
    .await;
}

async fn file(
    stage: &Stage,
    who: Option<&Person>,
    more: &[(&str, &str)],
) -> crate::support::Answer {
    let author = stage.author.to_string();
    let mut fields = vec![("author", author.as_str())];
    if more.iter().all(|(name, _)| *name != "kind") {
        fields.push(("kind", "report"));
    }
    fields.extend_from_slice(more);
    stage
        .site
        .call("/api/report/file", &fields, who.map(|p| &p.session))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_reports_a_mistake_and_is_thanked() {
    for_both(|site| async move {
        let stage = Stage::set(site, 1).await;
        let path = format!("{}/report", stage.page());
        let form = stage.site.get(&path).await;
        assert_eq!(form.status, 200);
        assert!(
            form.body.contains("Send to the moderators"),
            "{}",
            form.body
        );
        assert_eq!(stage.site.get("/authors/999999/x/report").await.status, 404);

        let author = stage.author.to_string();
        let fields = [
            ("author", author.as_str()),
            ("kind", "objection"),
            ("body", "Not me"),
            ("contact", "v@mail.example"),
        ];
        let sent = stage
            .site
            .post_form("/api/report/file", &fields, None, &path)
            .await;
        assert_eq!(
            sent.location(),
            Some(format!("{path}?sent=1").as_str()),
            "{}",
            sent.body
        );
        let thanks = stage.site.get(sent.location().unwrap()).await;
        assert!(thanks.body.contains("Thank you."), "{}", thanks.body);

        let long = "x".repeat(4_001);
        for (more, status) in [
            (vec![("body", "x"), ("contact", "")], 422),
            (vec![("body", "x"), ("contact", "nobody")], 422),
            (vec![("body", " "), ("contact", "v@mail.example")], 422),
            (vec![("body", &long), ("contact", "v@mail.example")], 422),
            (
                vec![
                    ("body", "x"),
                    ("contact", "v@mail.example"),
                    ("kind", "else"),
                ],
                422,
            ),
        ] {
            let answer = file(&stage, None, &more).await;
            assert_eq!(answer.status, status, "{more:?}: {}", answer.body);
        }
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        assert_eq!(
            file(&stage, Some(&ada), &[("body", "No address needed")])
                .await
                .status,
            200
        );
        for _ in 0..8 {
            file(&stage, Some(&ada), &[("body", "More")]).await;
        }
        assert_eq!(
            file(&stage, Some(&ada), &[("body", "Too many")])
                .await
                .status,
            429
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_into_a_refused_report_stands_in_the_form_again() {
    for_both(|site| async move {
        let stage = Stage::set(site, 1).await;
        let eve = stage.person("Eve", "eve@mail.example", Is::Verified).await;
        let path = format!("{}/report", stage.page());
        let author = stage
            .number("SELECT MIN(id) FROM authors", args![])
            .await
            .to_string();
        let typed = [
            ("author", author.as_str()),
            ("kind", "objection"),
            ("body", "The third work is not mine."),
            ("contact", "no address"),
        ];
        let file = "/api/report/file";
        let back = stage
            .site
            .post_form(file, &typed, Some(&eve.session), &path)
            .await;
        assert_eq!(back.status, 302, "{}", back.body);
        let form = stage.site.get_as(&path, Some(&eve.session)).await;
        assert!(
            form.body.contains("The third work is not mine."),
            "{}",
            form.body
        );
        assert!(form.body.contains(r#"value="no address""#), "{}", form.body);
        let sent = [
            ("author", author.as_str()),
            ("kind", "objection"),
            ("body", "The third work is not mine."),
        ];
        let done = stage
            .site
            .post_form(file, &sent, Some(&eve.session), &path)
            .await;
        assert!(done.location().is_some_and(|to| to.contains("sent=1")));
        let form = stage.site.get_as(&path, Some(&eve.session)).await;
        assert!(!form.body.contains("The third work is not mine."));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_decided_once_with_a_reason_by_a_moderator_outside_of_it() {
    for_both(|site| async move {
        let stage = Stage::set(site, 1).await;
        let eve = stage.person("Eve", "eve@mail.example", Is::Verified).await;
        let holder = stage.person("Hol", "hol@mail.example", Is::Moderator).await;
        let mia = stage.person("Mia", "mia@mail.example", Is::Moderator).await;
        stage.claimed_by(&holder).await;
        file(&stage, None, &[("body", &format!("Wrong work {XSS}")), ("contact", "v@mail.example")]).await;
        file(&stage, Some(&mia), &[("body", "From a moderator")]).await;
        let report = stage.number("SELECT MIN(id) FROM reports", args![]).await.to_string();
        let filed_by_mia = stage.number("SELECT MAX(id) FROM reports", args![]).await.to_string();

        let page = stage.site.get_as("/moderation", Some(&mia.session)).await;
        assert!(page.body.contains("Wrong work &lt;/textarea&gt;"), "{}", page.body);
        assert!(!page.body.contains("<script>alert"));
        let decide = |who: &Person, report: &str, verdict: &'static str, reason: &'static str| {
            let session = who.session.clone();
            let report = report.to_owned();
            let site = &stage.site;
            async move {
                let fields = [("report", report.as_str()), ("verdict", verdict), ("reason", reason)];
                site.call("/api/report/decide", &fields, Some(&session)).await.status.as_u16()
            }
        };
        assert_eq!(decide(&eve, &report, "uphold", "x").await, 403);
        assert_eq!(decide(&holder, &report, "dismiss", "x").await, 403, "the holder is its subject");
        assert_eq!(decide(&mia, &filed_by_mia, "uphold", "x").await, 403, "who filed it does not decide");
        assert_eq!(decide(&mia, &report, "uphold", "").await, 422);
        assert_eq!(decide(&mia, &report, "perhaps", "x").await, 422);
        assert_eq!(decide(&mia, "999999", "uphold", "x").await, 404);
        assert_eq!(decide(&mia, &report, "uphold", "Indeed wrong <b>").await, 200);
        assert_eq!(decide(&mia, &report, "dismiss", "changed my mind").await, 409);
        let upheld = stage
            .number("SELECT COUNT(*) FROM reports WHERE state = 'upheld' AND decided_at IS NOT NULL AND author_id = $1", args![stage.author])
            .await;
        assert_eq!(upheld, 1);
        let page = stage.site.get_as("/moderation", Some(&mia.session)).await;
        assert!(page.body.contains("Indeed wrong &lt;b&gt;"), "{}", page.body);
    })
    .await;
}
