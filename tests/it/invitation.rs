//! Invitations: who may send them, who may answer them, and what nobody may learn.

use axum::http::StatusCode;
use bzpeer::domain::clock::DAY;
use bzpeer::features::invitation::service::expire_due;

use super::people::*;
use super::support::{TestSite, for_both};

const STATE: &str = "SELECT state FROM invitations ORDER BY id DESC LIMIT 1";

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_mailed_seen_accepted_and_becomes_a_conversation() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        let form = site.get_as(&ben.invite_page(), Some(&ada.session)).await;
        assert_eq!(form.status, StatusCode::OK);
        assert!(form.body.contains("A work of Ada Berg"), "{}", form.body);
        assert!(form.body.contains("A work of Ben Cole"));

        let (author, work) = (ben.author.to_string(), ada.work.to_string());
        let fields = [
            ("author", author.as_str()),
            ("purpose", "joint_paper"),
            ("subject", "Comparing measurements"),
            ("message", MESSAGE),
            ("works[]", work.as_str()),
        ];
        let sent = site
            .post_form(
                "/api/invitation/send",
                &fields,
                Some(&ada.session),
                &ben.invite_page(),
            )
            .await;
        assert_eq!(sent.status, StatusCode::FOUND);
        let page = sent.location().unwrap().to_owned();
        assert_eq!(page, "/invitations/1");

        let mails = site.mails().await;
        assert_eq!(mails.len(), 1);
        assert!(
            mails[0].contains("To: ben-cole@university.example"),
            "{}",
            mails[0]
        );
        assert!(
            mails[0].contains("http://bzpeer.test/invitations/1"),
            "{}",
            mails[0]
        );

        let shown = site.get_as(&page, Some(&ben.session)).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.body.contains("Comparing measurements"));
        assert!(shown.body.contains("A work of Ada Berg"));
        assert!(shown.body.contains("Accept and open a conversation"));
        assert_eq!(
            text(&site, STATE).await,
            "sent",
            "reading a page changes nothing"
        );

        let inbox = site.get_as("/inbox", Some(&ben.session)).await;
        assert!(inbox.body.contains("1 new"), "{}", inbox.body);
        assert_eq!(
            step(&site, "open", 1, Some(&ben)).await.status,
            StatusCode::OK
        );
        assert_eq!(
            step(&site, "open", 1, Some(&ben)).await.status,
            StatusCode::OK
        );
        assert_eq!(text(&site, STATE).await, "seen");
        assert_eq!(
            number(
                &site,
                "SELECT COUNT(*) FROM events WHERE kind = 'invitation_seen'"
            )
            .await,
            1
        );

        let accepted = site
            .post_form(
                "/api/invitation/accept",
                &[("invitation", "1")],
                Some(&ben.session),
                &page,
            )
            .await;
        assert_eq!(accepted.status, StatusCode::FOUND);
        assert_eq!(accepted.location(), Some("/conversations/1"));
        assert_eq!(text(&site, STATE).await, "accepted");
        for who in [&ada, &ben] {
            let shown = site.get_as("/conversations/1", Some(&who.session)).await;
            assert_eq!(shown.status, StatusCode::OK);
            assert!(shown.body.contains("Send message"), "{}", shown.body);
        }
        let notices = site.get_as("/inbox?tab=notices", Some(&ada.session)).await;
        assert!(
            notices.body.contains("Ben Cole accepted your invitation."),
            "{}",
            notices.body
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_obstacle_to_sending_has_its_own_reason() {
    for_both(|site| async move {
        let ada = person(&site, "Ada Berg", Some(2)).await;
        let ben = person(&site, "Ben Cole", Some(2)).await;
        let nobody = person(&site, "Cleo Dahl", None).await;

        let anonymous = invite_with(&site, None, ben.author, "Subject", MESSAGE).await;
        assert_eq!(
            (anonymous.status, code(&anonymous)),
            (StatusCode::UNAUTHORIZED, "not_logged_in".into())
        );
        let page = site.get(&ben.page()).await;
        assert!(
            page.body.contains("Log in to invite this researcher."),
            "{}",
            page.body
        );
        let form = site.get(&ben.invite_page()).await;
        assert_eq!(form.status, StatusCode::FOUND);
        assert!(form.location().unwrap().starts_with("/login?next="));

        assert_eq!(code(&invite(&site, &ada, &nobody).await), "unclaimed");
        let page = site.get(&nobody.page()).await;
        assert!(
            page.body
                .contains("Claim this author entity first to unlock direct invitations.")
        );
        assert_eq!(
            code(&invite(&site, &nobody, &ben).await),
            "sender_level_too_low"
        );
        assert_eq!(code(&invite(&site, &ada, &ada).await), "own");
        let missing = invite_with(&site, Some(&ada.session), 999, "Subject", MESSAGE).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);

        change(
            &site,
            "UPDATE claims SET state = 'contested' WHERE author_id = $1",
            ben.author,
        )
        .await;
        assert_eq!(code(&invite(&site, &ada, &ben).await), "contested");
        change(
            &site,
            "UPDATE claims SET state = 'approved' WHERE author_id = $1",
            ben.author,
        )
        .await;

        change(
            &site,
            "UPDATE accounts SET email_verified_at = NULL WHERE id = $1",
            ada.account,
        )
        .await;
        assert_eq!(code(&invite(&site, &ada, &ben).await), "email_not_verified");
        change(
            &site,
            "UPDATE accounts SET email_verified_at = 1 WHERE id = $1",
            ada.account,
        )
        .await;

        invited(&site, &ada, &ben).await;
        assert_eq!(code(&invite(&site, &ada, &ben).await), "already_open");
        assert_eq!(
            code(&invite(&site, &ben, &ada).await),
            "already_open",
            "the other way round"
        );
        let page = site.get_as(&ben.page(), Some(&ada.session)).await;
        assert!(page.body.contains("/invitations/1"), "{}", page.body);
        step(&site, "accept", 1, Some(&ben)).await;
        assert_eq!(code(&invite(&site, &ada, &ben).await), "already_conversing");
        assert_eq!(number(&site, "SELECT COUNT(*) FROM invitations").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_persons_invitation_is_not_there() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        let eve = person(&site, "Eve Fox", Some(4)).await;
        change(
            &site,
            "UPDATE accounts SET moderator = TRUE WHERE id = $1",
            eve.account,
        )
        .await;
        let id = invited(&site, &ada, &ben).await;

        let page = site.get_as("/invitations/1", Some(&eve.session)).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(!page.body.contains("Comparing"));
        let visitor = site.get("/invitations/1").await;
        assert_eq!(visitor.status, StatusCode::FOUND);
        assert!(!visitor.body.contains("Comparing"));
        for verb in ["page", "open", "accept", "decline", "withdraw"] {
            assert_eq!(
                step(&site, verb, id, Some(&eve)).await.status,
                StatusCode::NOT_FOUND,
                "{verb}"
            );
            assert_eq!(
                step(&site, verb, id, None).await.status,
                StatusCode::UNAUTHORIZED,
                "{verb}"
            );
        }
        let blocked = block(&site, "block", &eve, "invitation", id).await;
        assert_eq!(blocked.status, StatusCode::NOT_FOUND);
        let inbox = site.get_as("/inbox", Some(&eve.session)).await;
        assert!(!inbox.body.contains("Comparing"));

        // The two people have different rights.
        for verb in ["accept", "decline"] {
            assert_eq!(
                code(&step(&site, verb, id, Some(&ada)).await),
                "not_recipient",
                "{verb}"
            );
        }
        assert_eq!(
            code(&step(&site, "withdraw", id, Some(&ben)).await),
            "not_sender"
        );
        assert_eq!(text(&site, STATE).await, "sent");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_counts_once() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        let id = invited(&site, &ada, &ben).await;
        assert_eq!(
            step(&site, "accept", id, Some(&ben)).await.status,
            StatusCode::OK
        );
        for verb in ["accept", "decline"] {
            let again = step(&site, verb, id, Some(&ben)).await;
            assert_eq!(
                (again.status, code(&again)),
                (StatusCode::CONFLICT, "wrong_state".into())
            );
        }
        assert_eq!(
            code(&step(&site, "withdraw", id, Some(&ada)).await),
            "wrong_state"
        );
        assert_eq!(number(&site, "SELECT COUNT(*) FROM conversations").await, 1);

        let cleo = person(&site, "Cleo Dahl", Some(2)).await;
        let id = invited(&site, &ada, &cleo).await;
        assert_eq!(
            step(&site, "withdraw", id, Some(&ada)).await.status,
            StatusCode::OK
        );
        assert_eq!(
            code(&step(&site, "accept", id, Some(&cleo)).await),
            "wrong_state"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_answers_at_the_same_moment_open_one_conversation() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        let id = invited(&site, &ada, &ben).await;
        let (a, b) = tokio::join!(
            step(&site, "accept", id, Some(&ben)),
            step(&site, "accept", id, Some(&ben))
        );
        let done = [&a, &b]
            .into_iter()
            .filter(|x| x.status == StatusCode::OK)
            .count();
        assert_eq!(done, 1, "{a:?} {b:?}");
        assert_eq!(number(&site, "SELECT COUNT(*) FROM conversations").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_thirty_days_an_invitation_cannot_be_answered_and_another_can_be_sent() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        change(
            &site,
            "UPDATE sessions SET expires_at = expires_at + $1",
            200 * DAY,
        )
        .await;
        let id = invited(&site, &ada, &ben).await;
        site.clock.advance(30 * DAY - 1);
        assert_eq!(expire_due(&site.app).await.unwrap(), 0);
        assert_eq!(code(&invite(&site, &ada, &ben).await), "already_open");
        site.clock.advance(1);
        // Before any job has run:
        assert_eq!(
            code(&step(&site, "accept", id, Some(&ben)).await),
            "expired"
        );
        assert_eq!(
            code(&step(&site, "withdraw", id, Some(&ada)).await),
            "expired"
        );
        let shown = site.get_as("/invitations/1", Some(&ada.session)).await;
        assert!(shown.body.contains("Expired"), "{}", shown.body);
        invited(&site, &ada, &ben).await;
        assert_eq!(
            number(
                &site,
                "SELECT COUNT(*) FROM invitations WHERE state = 'expired'"
            )
            .await,
            1
        );
        site.clock.advance(31 * DAY);
        assert_eq!(expire_due(&site.app).await.unwrap(), 1);
        assert_eq!(
            number(
                &site,
                "SELECT COUNT(*) FROM events WHERE kind = 'invitation_expired'"
            )
            .await,
            2
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_declined_waits_ninety_days_and_the_other_does_not() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        change(
            &site,
            "UPDATE sessions SET expires_at = expires_at + $1",
            400 * DAY,
        )
        .await;
        let id = invited(&site, &ada, &ben).await;
        assert_eq!(
            step(&site, "decline", id, Some(&ben)).await.status,
            StatusCode::OK
        );
        assert_eq!(code(&invite(&site, &ada, &ben).await), "cooling_off");
        let page = site.get_as(&ben.page(), Some(&ada.session)).await;
        assert!(
            page.body.contains("Wait until 31 August 2026."),
            "{}",
            page.body
        );
        let back = invited(&site, &ben, &ada).await;
        step(&site, "withdraw", back, Some(&ben)).await;
        site.clock.advance(90 * DAY - 1);
        assert_eq!(code(&invite(&site, &ada, &ben).await), "cooling_off");
        site.clock.advance(1);
        invited(&site, &ada, &ben).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_in_either_direction_looks_exactly_like_not_accepting() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        let seen_by_ada = || async {
            let mut all = Vec::new();
            for path in [ben.page(), ben.invite_page()] {
                let page = site.get_as(&path, Some(&ada.session)).await;
                all.push(format!("{} {}", page.status, steady(&page.body)));
            }
            // The address limit counts tries: the same number of them before each comparison.
            let sent = invite(&site, &ada, &ben).await;
            all.push(format!("{} {}", sent.status, sent.body));
            change(
                &site,
                "DELETE FROM drafts WHERE account_id = $1",
                ada.account,
            )
            .await;
            all
        };
        change(
            &site,
            "UPDATE accounts SET accepts_invitations = FALSE WHERE id = $1",
            ben.account,
        )
        .await;
        let not_accepting = seen_by_ada().await;
        assert!(
            not_accepting[0].contains("does not accept invitations at the moment"),
            "{}",
            not_accepting[0]
        );
        change(
            &site,
            "UPDATE accounts SET accepts_invitations = TRUE WHERE id = $1",
            ben.account,
        )
        .await;
        assert_eq!(
            block(&site, "block", &ben, "author", ada.author)
                .await
                .status,
            StatusCode::OK
        );
        assert_eq!(seen_by_ada().await, not_accepting);

        // The blocker cannot invite either, learns why, and can take it back.
        assert_eq!(code(&invite(&site, &ben, &ada).await), "not_accepting");
        let page = site.get_as(&ada.page(), Some(&ben.session)).await;
        assert!(
            page.body.contains("You blocked this researcher"),
            "{}",
            page.body
        );
        assert_eq!(
            block(&site, "unblock", &ada, "author", ben.author)
                .await
                .status,
            StatusCode::OK
        );
        assert_eq!(
            seen_by_ada().await,
            not_accepting,
            "the blocked person cannot take the block back"
        );
        assert_eq!(
            block(&site, "unblock", &ben, "author", ada.author)
                .await
                .status,
            StatusCode::OK
        );
        invited(&site, &ada, &ben).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn blocking_ends_an_open_invitation_as_a_decline_does() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        let id = invited(&site, &ada, &ben).await;
        assert_eq!(
            block(&site, "block", &ben, "invitation", id).await.status,
            StatusCode::OK
        );
        assert_eq!(text(&site, STATE).await, "declined");
        let shown = site.get_as("/invitations/1", Some(&ada.session)).await;
        assert!(shown.body.contains("Declined"));
        assert!(
            !shown.body.to_lowercase().contains("blocked this"),
            "{}",
            shown.body
        );
        let own = site.get_as("/invitations/1", Some(&ben.session)).await;
        assert!(own.body.contains("Unblock this person"), "{}", own.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_invite_each_other_at_the_same_moment_have_one_invitation() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        let (a, b, c) = tokio::join!(
            invite(&site, &ada, &ben),
            invite(&site, &ben, &ada),
            invite(&site, &ada, &ben)
        );
        let sent = [&a, &b, &c]
            .into_iter()
            .filter(|x| x.status == StatusCode::OK)
            .count();
        assert_eq!(sent, 1, "{a:?} {b:?} {c:?}");
        assert_eq!(number(&site, "SELECT COUNT(*) FROM invitations").await, 1);
        assert_eq!(site.mails().await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_level_has_its_number_of_invitations_a_day() {
    for_both(|site| async move {
        let mut others = Vec::new();
        const NAMES: [&str; 26] = [
            "P A", "P B", "P C", "P D", "P E", "P F", "P G", "P H", "P I", "P J", "P K", "P L",
            "P M", "P N", "P O", "P P", "P Q", "P R", "P S", "P T", "P U", "P V", "P W", "P X",
            "P Y", "P Z",
        ];
        for name in NAMES {
            others.push(person(&site, name, Some(2)).await);
        }
        for (name, level, limit) in [
            ("Ada Berg", 2, 3),
            ("Ben Cole", 3, 10),
            ("Cleo Dahl", 4, 25),
        ] {
            let sender = person(&site, name, Some(level)).await;
            change(&site, "DELETE FROM rate_hits WHERE hits > $1", 0).await;
            for other in &others[..limit] {
                invited(&site, &sender, other).await;
            }
            // Taking one back gives nothing back.
            let last = number(&site, "SELECT MAX(id) FROM invitations").await;
            step(&site, "withdraw", last, Some(&sender)).await;
            let refused = invite(&site, &sender, &others[limit]).await;
            assert_eq!(code(&refused), "daily_limit", "{name}");
            site.clock.advance(DAY);
            invited(&site, &sender, &others[limit]).await;
            site.clock.advance(DAY);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_cannot_send_without_end() {
    let site = TestSite::sqlite().await;
    let ada = person(&site, "Ada Berg", None).await;
    let ben = person(&site, "Ben Cole", Some(2)).await;
    for _ in 0..50 {
        assert_eq!(
            code(&invite(&site, &ada, &ben).await),
            "sender_level_too_low"
        );
    }
    let refused = invite(&site, &ada, &ben).await;
    assert_eq!(
        (refused.status, code(&refused)),
        (StatusCode::TOO_MANY_REQUESTS, "too_many".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_stands_in_the_form_again_after_a_refusal() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        let (author, work) = (ben.author.to_string(), ada.work.to_string());
        let evil = "</textarea><script>alert(1)</script>";
        let fields = [
            ("author", author.as_str()),
            ("purpose", "grant"),
            ("subject", "A \"quoted\" <b>subject</b>"),
            ("message", evil),
            ("works[]", work.as_str()),
        ];
        let refused = site
            .post_form(
                "/api/invitation/send",
                &fields,
                Some(&ada.session),
                &ben.invite_page(),
            )
            .await;
        assert_eq!(refused.status, StatusCode::FOUND);
        let back = refused
            .location()
            .unwrap()
            .replace("http://bzpeer.test", "");
        assert!(back.starts_with(&ben.invite_page()), "{back}");
        let form = site.get_as(&back, Some(&ada.session)).await.body;
        assert!(
            form.contains("The message needs at least 80 characters"),
            "{form}"
        );
        assert!(
            form.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>"),
            "{form}"
        );
        assert!(!form.contains("<script>alert(1)"), "{form}");
        assert!(!form.contains("<b>subject"), "{form}");
        assert!(form.contains("checked"), "{form}");
        assert!(form.contains("selected"), "{form}");
        // Only the one who typed it sees it.
        let other = person(&site, "Cleo Dahl", Some(2)).await;
        let form = site
            .get_as(&ben.invite_page(), Some(&other.session))
            .await
            .body;
        assert!(!form.contains("alert(1)"));
        // It is gone once the invitation was sent.
        invited(&site, &ada, &ben).await;
        assert_eq!(number(&site, "SELECT COUNT(*) FROM drafts").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_sender_writes_never_becomes_markup() {
    let site = TestSite::sqlite().await;
    let (ada, ben) = (
        person(&site, "Ada <script>alert(0)</script>", Some(2)).await,
        person(&site, "Ben Cole", Some(2)).await,
    );
    let subject = "</title></textarea><script>alert(1)</script>";
    let message = format!(
        "{MESSAGE} </script></textarea><script>alert(2)</script><img src=x onerror=alert(3)>"
    );
    let sent = invite_with(&site, Some(&ada.session), ben.author, subject, &message).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    let inboxes = [
        "/inbox",
        "/inbox?tab=conversations",
        "/inbox?tab=notices",
        "/invitations/1",
        "/conversations/1",
    ];
    for accepted in [false, true] {
        if accepted {
            step(&site, "accept", 1, Some(&ben)).await;
        }
        for path in inboxes {
            for who in [&ada, &ben] {
                let page = site.get_as(path, Some(&who.session)).await.body;
                assert!(!page.contains("<script>alert"), "{path}: {page}");
                assert!(!page.contains("<img src=x"), "{path}: {page}");
            }
        }
    }
    let shown = site.get_as("/invitations/1", Some(&ben.session)).await.body;
    assert!(shown.contains("&lt;script&gt;alert(2)"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_measured_in_characters_not_bytes() {
    let site = TestSite::sqlite().await;
    let ada = person(&site, "Ada Berg", Some(4)).await;
    let send = async |to: &Person, message: String| {
        invite_with(&site, Some(&ada.session), to.author, "Subject", &message).await
    };
    let ben = person(&site, "Ben Cole", Some(2)).await;
    assert_eq!(
        code(&send(&ben, "😀".repeat(79)).await),
        "message_too_short"
    );
    assert_eq!(send(&ben, "😀".repeat(80)).await.status, StatusCode::OK);
    let cleo = person(&site, "Cleo Dahl", Some(2)).await;
    assert_eq!(
        code(&send(&cleo, "é".repeat(2_001)).await),
        "message_too_long"
    );
    assert_eq!(send(&cleo, "é".repeat(2_000)).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_works_of_the_two_people_can_be_linked_and_at_most_three() {
    let site = TestSite::sqlite().await;
    let (ada, ben) = (
        person(&site, "Ada Berg", Some(2)).await,
        person(&site, "Ben Cole", Some(2)).await,
    );
    let cleo = person(&site, "Cleo Dahl", Some(2)).await;
    let author = ben.author.to_string();
    let send = async |works: &[String]| {
        let mut fields = vec![
            ("author", author.as_str()),
            ("purpose", "question"),
            ("subject", "Subject"),
            ("message", MESSAGE),
        ];
        fields.extend(works.iter().map(|w| ("works[]", w.as_str())));
        site.call("/api/invitation/send", &fields, Some(&ada.session))
            .await
    };
    assert_eq!(code(&send(&[cleo.work.to_string()]).await), "invalid");
    assert_eq!(code(&send(&["one".into()]).await), "invalid");
    let four: Vec<String> = (1..=4).map(|n: i64| n.to_string()).collect();
    assert_eq!(code(&send(&four).await), "too_many_works");
    assert_eq!(
        number(&site, "SELECT COUNT(*) FROM invitations").await,
        0,
        "nothing half done"
    );
    let sent = send(&[ada.work.to_string(), ben.work.to_string()]).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    assert_eq!(
        number(&site, "SELECT COUNT(*) FROM invitation_works").await,
        2
    );
}
