//! Conversations: two people, nobody else.

use axum::http::StatusCode;

use super::people::*;
use super::support::{Answer, TestSite, for_both};

async fn write(site: &TestSite, who: &Person, conversation: i64, body: &str) -> Answer {
    let id = conversation.to_string();
    let fields = [("conversation", id.as_str()), ("body", body)];
    site.call("/api/conversation/write", &fields, Some(&who.session))
        .await
}

async fn read(site: &TestSite, who: &Person, conversation: i64, message: i64) -> Answer {
    let (id, message) = (conversation.to_string(), message.to_string());
    let fields = [("conversation", id.as_str()), ("message", message.as_str())];
    site.call("/api/conversation/read", &fields, Some(&who.session))
        .await
}

async fn page(site: &TestSite, who: &Person, path: &str) -> String {
    let page = site.get_as(path, Some(&who.session)).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    page.body
}

const LAST: &str = "SELECT MAX(id) FROM messages";

#[tokio::test(flavor = "multi_thread")]
async fn two_people_write_and_each_sees_what_is_new() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        let id = conversing(&site, &ada, &ben).await;
        let before = site.mails().await.len();
        for text in ["First line\r\nsecond line", "And another"] {
            assert_eq!(write(&site, &ada, id, text).await.status, StatusCode::OK);
            site.clock.advance(60_000);
        }
        let mails = site.mails().await;
        assert_eq!(
            mails.len(),
            before + 1,
            "one mail for the first unread message"
        );
        assert!(mails[before].contains("To: ben-cole@university.example"));
        assert!(
            !mails[before].contains("First line"),
            "the text stays in the house"
        );

        let inbox = page(&site, &ben, "/inbox?tab=conversations").await;
        assert!(inbox.contains("2 new messages"), "{inbox}");
        let notices = page(&site, &ben, "/inbox?tab=notices").await;
        assert!(notices.contains("Ada Berg wrote to you."), "{notices}");
        assert_eq!(
            number(
                &site,
                "SELECT COUNT(*) FROM notifications WHERE body LIKE '%wrote to you.'"
            )
            .await,
            1
        );

        let shown = page(&site, &ben, "/conversations/1").await;
        let (first, second) = (
            shown.find("First line").unwrap(),
            shown.find("And another").unwrap(),
        );
        assert!(first < second, "oldest first");
        assert!(shown.contains("2 June 2026"), "{shown}");
        assert!(
            page(&site, &ben, "/inbox?tab=conversations")
                .await
                .contains("2 new messages"),
            "reading a page changes nothing"
        );

        let last = number(&site, LAST).await;
        assert_eq!(read(&site, &ben, id, last).await.status, StatusCode::OK);
        assert_eq!(read(&site, &ben, id, last - 1).await.status, StatusCode::OK);
        assert!(
            !page(&site, &ben, "/inbox?tab=conversations")
                .await
                .contains("new message"),
            "a mark never goes back"
        );

        let news = site
            .call(
                "/api/conversation/news",
                &[("conversation", "1"), ("after", "1")],
                Some(&ben.session),
            )
            .await;
        assert!(
            news.body.contains("And another") && !news.body.contains("First line"),
            "{}",
            news.body
        );
        assert_eq!(
            write(&site, &ben, id, "An answer").await.status,
            StatusCode::OK
        );
        assert!(
            page(&site, &ada, "/inbox?tab=conversations")
                .await
                .contains("1 new message")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_persons_conversation_is_not_there() {
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
        let id = conversing(&site, &ada, &ben).await;
        write(&site, &ada, id, "Between us").await;

        let shown = site.get_as("/conversations/1", Some(&eve.session)).await;
        assert_eq!(shown.status, StatusCode::NOT_FOUND);
        assert!(!shown.body.contains("Between us"));
        let visitor = site.get("/conversations/1").await;
        assert_eq!(visitor.status, StatusCode::FOUND);
        assert!(visitor.location().unwrap().starts_with("/login?next="));
        for (path, fields) in [
            ("page", vec![("conversation", "1")]),
            ("news", vec![("conversation", "1"), ("after", "0")]),
            ("write", vec![("conversation", "1"), ("body", "Hello")]),
            ("read", vec![("conversation", "1"), ("message", "1")]),
            ("close", vec![("conversation", "1")]),
        ] {
            let path = format!("/api/conversation/{path}");
            let other = site.call(&path, &fields, Some(&eve.session)).await;
            assert_eq!(other.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!other.body.contains("Between us"));
            let visitor = site.call(&path, &fields, None).await;
            assert_eq!(visitor.status, StatusCode::UNAUTHORIZED, "{path}");
        }
        assert_eq!(
            block(&site, "block", &eve, "conversation", id).await.status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(number(&site, "SELECT COUNT(*) FROM messages").await, 1);
        assert_eq!(number(&site, "SELECT COUNT(*) FROM blocks").await, 0);

        // A message of another conversation cannot be marked in this one.
        let other = conversing(&site, &ada, &eve).await;
        write(&site, &ada, other, "To Eve").await;
        let last = number(&site, LAST).await;
        assert_eq!(
            read(&site, &ben, id, last).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn to_the_other_one_a_block_looks_like_a_closed_conversation() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        let id = conversing(&site, &ada, &ben).await;
        write(&site, &ada, id, "Hello").await;
        let seen_by_ada = || async {
            let shown = steady(&page(&site, &ada, "/conversations/1").await);
            let inbox = steady(&page(&site, &ada, "/inbox?tab=conversations").await);
            let refused = write(&site, &ada, id, "Still there?").await;
            assert_eq!(code(&refused), "conversation_closed");
            change(
                &site,
                "DELETE FROM drafts WHERE account_id = $1",
                ada.account,
            )
            .await;
            (shown, inbox, refused.body)
        };
        let fields = [("conversation", "1")];
        let closed = site
            .call("/api/conversation/close", &fields, Some(&ben.session))
            .await;
        assert_eq!(closed.status, StatusCode::OK);
        let after_close = seen_by_ada().await;
        assert!(
            after_close.0.contains("This conversation is closed."),
            "{}",
            after_close.0
        );
        assert_eq!(
            code(&write(&site, &ben, id, "I closed it").await),
            "conversation_closed"
        );

        change(
            &site,
            "UPDATE conversations SET closed_at = NULL WHERE id = $1",
            id,
        )
        .await;
        change(
            &site,
            "DELETE FROM drafts WHERE account_id = $1",
            ben.account,
        )
        .await;
        assert_eq!(
            block(&site, "block", &ben, "conversation", id).await.status,
            StatusCode::OK
        );
        assert_eq!(seen_by_ada().await, after_close);
        assert!(
            page(&site, &ben, "/conversations/1")
                .await
                .contains("Unblock this person")
        );
        assert_eq!(number(&site, "SELECT COUNT(*) FROM messages").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_has_one_to_four_thousand_characters() {
    let site = TestSite::sqlite().await;
    let (ada, ben) = (
        person(&site, "Ada Berg", Some(2)).await,
        person(&site, "Ben Cole", Some(2)).await,
    );
    let id = conversing(&site, &ada, &ben).await;
    for wrong in [String::new(), " \r\n ".into(), "😀".repeat(4_001)] {
        assert_eq!(code(&write(&site, &ada, id, &wrong).await), "invalid");
    }
    assert_eq!(
        write(&site, &ada, id, &"😀".repeat(4_000)).await.status,
        StatusCode::OK
    );
    assert_eq!(number(&site, "SELECT COUNT(*) FROM messages").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_message_stands_in_the_form_again_and_is_never_markup() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        let id = conversing(&site, &ada, &ben).await;
        let evil = format!("</textarea><script>alert(1)</script>{}", "a".repeat(4_000));
        let fields = [("conversation", "1"), ("body", evil.as_str())];
        let refused = site
            .post_form(
                "/api/conversation/write",
                &fields,
                Some(&ada.session),
                "/conversations/1",
            )
            .await;
        assert_eq!(refused.status, StatusCode::FOUND);
        let back = refused
            .location()
            .unwrap()
            .replace("http://bzpeer.test", "");
        let form = page(&site, &ada, &back).await;
        assert!(
            form.contains("Please write something, at most 4,000 characters."),
            "{form}"
        );
        assert!(
            form.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"),
            "{form}"
        );
        assert!(!form.contains("<script>alert"), "{form}");

        let evil = "</p></textarea><script>alert(2)</script>";
        assert_eq!(write(&site, &ada, id, evil).await.status, StatusCode::OK);
        for path in [
            "/conversations/1",
            "/inbox?tab=conversations",
            "/inbox?tab=notices",
        ] {
            for who in [&ada, &ben] {
                let shown = page(&site, who, path).await;
                assert!(!shown.contains("<script>alert"), "{path}: {shown}");
            }
        }
        assert_eq!(number(&site, "SELECT COUNT(*) FROM drafts").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn old_messages_stand_on_pages_of_their_own() {
    let site = TestSite::sqlite().await;
    let (ada, ben) = (
        person(&site, "Ada Berg", Some(2)).await,
        person(&site, "Ben Cole", Some(2)).await,
    );
    let id = conversing(&site, &ada, &ben).await;
    for n in 1..=51 {
        assert_eq!(
            write(&site, &ada, id, &format!("Number {n}.")).await.status,
            StatusCode::OK
        );
    }
    let newest = page(&site, &ben, "/conversations/1").await;
    assert!(
        !newest.contains("Number 1.")
            && newest.contains("Number 2.")
            && newest.contains("Number 51.")
    );
    assert!(newest.contains("/conversations/1?before=2"), "{newest}");
    let oldest = page(&site, &ben, "/conversations/1?before=2").await;
    assert!(oldest.contains("Number 1.") && !oldest.contains("Number 2."));
    assert!(!oldest.contains("Older messages") && oldest.contains("Newest messages"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_account_writes_at_most_so_many_messages_an_hour() {
    let site = TestSite::sqlite().await;
    let (ada, ben) = (
        person(&site, "Ada Berg", Some(2)).await,
        person(&site, "Ben Cole", Some(2)).await,
    );
    let id = conversing(&site, &ada, &ben).await;
    for _ in 0..120 {
        assert_eq!(write(&site, &ada, id, "Hello").await.status, StatusCode::OK);
    }
    assert_eq!(code(&write(&site, &ada, id, "Hello").await), "too_many");
    assert_eq!(write(&site, &ben, id, "Hello").await.status, StatusCode::OK);
    site.clock.advance(3_600_000);
    assert_eq!(write(&site, &ada, id, "Hello").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn notices_are_marked_by_their_owner_only() {
    for_both(|site| async move {
        let (ada, ben) = (
            person(&site, "Ada Berg", Some(2)).await,
            person(&site, "Ben Cole", Some(2)).await,
        );
        conversing(&site, &ada, &ben).await;
        const UNREAD: &str = "SELECT COUNT(*) FROM notifications WHERE read_at IS NULL";
        assert_eq!(
            number(&site, UNREAD).await,
            2,
            "an invitation for Ben, an acceptance for Ada"
        );
        assert_eq!(
            site.call("/api/notice/unread", &[], Some(&ben.session))
                .await
                .body,
            "1"
        );
        assert_eq!(site.call("/api/notice/unread", &[], None).await.body, "0");
        let fields = [("href", "/invitations/1")];
        site.call("/api/notice/read", &fields, Some(&ada.session))
            .await;
        assert_eq!(number(&site, UNREAD).await, 2);
        site.call("/api/notice/read", &fields, Some(&ben.session))
            .await;
        assert_eq!(number(&site, UNREAD).await, 1);
        let all = site
            .post_form(
                "/api/notice/read-all",
                &[],
                Some(&ada.session),
                "/inbox?tab=notices",
            )
            .await;
        assert_eq!(all.status, StatusCode::FOUND);
        assert_eq!(number(&site, UNREAD).await, 0);
        let visitor = site.call("/api/notice/read-all", &[], None).await;
        assert_eq!(visitor.status, StatusCode::UNAUTHORIZED);
    })
    .await;
}
