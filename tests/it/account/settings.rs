//! Settings, sessions, and the demo's mail.

use super::*;
use crate::support::for_both;

const NAME: &str = "/api/account/change-name";
const CHANGE_PASSWORD: &str = "/api/account/change-password";
const END: &str = "/api/account/end-session";
const EVERYWHERE: &str = "/api/account/log-out-everywhere";
const ACCEPT: &str = "/api/account/accept-invitations";

/// The names of the sessions on the settings page, as its forms send them.
async fn session_ids(site: &TestSite, session: &Session) -> Vec<String> {
    let body = site.get_as("/settings", Some(session)).await.body;
    let field = |input: &str| {
        let value = input.split("value=\"").nth(1)?;
        Some(value.split('"').next()?.to_owned())
    };
    body.split("<input")
        .filter(|input| {
            input
                .split('>')
                .next()
                .is_some_and(|tag| tag.contains("name=\"id\""))
        })
        .filter_map(field)
        .collect()
}

#[tokio::test]
async fn a_visitor_is_sent_to_log_in_and_may_change_nothing() {
    let site = TestSite::sqlite().await;
    let page = site.get("/settings").await;
    assert_eq!(
        (page.status.as_u16(), page.location()),
        (302, Some("/login?next=/settings"))
    );
    for (path, fields) in [
        (NAME, &[("name", "Eve")][..]),
        (
            CHANGE_PASSWORD,
            &[("current_password", "x"), ("new_password", "y")],
        ),
        (END, &[("id", "x")]),
        (EVERYWHERE, &[]),
        (ACCEPT, &[]),
    ] {
        let answer = site.call(path, fields, None).await;
        assert_eq!(refusal(&answer), (401, "not_logged_in".into()), "{path}");
    }
}

#[tokio::test]
async fn a_name_is_changed_everywhere_and_never_becomes_markup() {
    for_both(|site| async move {
        account(&site, ADA).await;
        let session = log_in(&site, ADA, PASSWORD).await;
        for name in [
            "</textarea><script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "{{7*7}}<!--",
        ] {
            let done = site
                .post_form(NAME, &[("name", name)], Some(&session), "/settings")
                .await;
            assert_eq!(done.location(), Some("/settings?done=name"));
            let body = site
                .get_as("/settings?done=name", Some(&session))
                .await
                .body;
            assert!(body.contains("Your name is changed."));
            for markup in ["<script>alert", "<img src=x", "<!--\""] {
                assert!(!body.contains(markup), "{name:?} in {body}");
            }
        }
        assert_eq!(
            refusal(&site.call(NAME, &[("name", " ")], Some(&session)).await),
            invalid("name")
        );
    })
    .await;
}

#[tokio::test]
async fn the_welcome_of_invitations_is_switched_off_and_on() {
    for_both(|site| async move {
        account(&site, ADA).await;
        let session = log_in(&site, ADA, PASSWORD).await;
        let ticked = async || {
            let body = site.get_as("/settings", Some(&session)).await.body;
            let tag = body
                .split("<input")
                .find(|t| t.contains("name=\"accepts\""))
                .expect("the box")
                .to_owned();
            tag.split('>')
                .next()
                .is_some_and(|tag| tag.contains("checked"))
        };
        assert!(ticked().await);
        site.post_form(ACCEPT, &[], Some(&session), "/settings")
            .await;
        assert!(!ticked().await);
        site.post_form(ACCEPT, &[("accepts", "true")], Some(&session), "/settings")
            .await;
        assert!(ticked().await);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_needs_the_current_one_and_ends_every_other_session() {
    for_both(|site| async move {
        account(&site, ADA).await;
        let (here, there) = (
            log_in(&site, ADA, PASSWORD).await,
            log_in(&site, ADA, PASSWORD).await,
        );
        let change = async |current: &str, new: &str| {
            let fields = [("current_password", current), ("new_password", new)];
            site.call(CHANGE_PASSWORD, &fields, Some(&here)).await
        };
        assert_eq!(
            refusal(&change(OTHER_PASSWORD, OTHER_PASSWORD).await),
            invalid("credentials")
        );
        assert_eq!(
            refusal(&change(PASSWORD, "short").await),
            invalid("password_short")
        );
        assert!(alive(&site, &there).await);

        site.post_form(REQUEST_RESET, &[("email", ADA)], None, "/forgot-password")
            .await;
        let open_link = mailed_token(&site, "/reset-password").await;
        let renewed = change(PASSWORD, OTHER_PASSWORD)
            .await
            .session()
            .expect("a new session");
        assert!(!alive(&site, &here).await && !alive(&site, &there).await);
        assert!(alive(&site, &renewed).await);
        assert!(try_log_in(&site, ADA, PASSWORD).await.session().is_none());
        assert!(
            try_log_in(&site, ADA, OTHER_PASSWORD)
                .await
                .session()
                .is_some()
        );
        let fields = [("token", open_link.as_str()), ("password", PASSWORD)];
        assert_eq!(
            refusal(&site.call(RESET, &fields, None).await),
            invalid("link")
        );
    })
    .await;
}

#[tokio::test]
async fn one_ends_ones_own_sessions_and_nobody_elses() {
    for_both(|site| async move {
        account(&site, ADA).await;
        account(&site, BEN).await;
        let (here, there) = (
            log_in(&site, ADA, PASSWORD).await,
            log_in(&site, ADA, PASSWORD).await,
        );
        let ben = log_in(&site, BEN, PASSWORD).await;
        let bens = session_ids(&site, &ben).await;
        assert_eq!(bens.len(), 1);
        let theirs = site.call(END, &[("id", &bens[0])], Some(&here)).await;
        assert_eq!(refusal(&theirs), (404, "not_found".into()));
        assert!(alive(&site, &ben).await);

        let mine = session_ids(&site, &here).await;
        assert_eq!(mine.len(), 2);
        let from_there = session_ids(&site, &there).await;
        assert_eq!(mine.len(), from_there.len());
        for id in &mine {
            site.post_form(END, &[("id", id)], Some(&there), "/settings")
                .await;
        }
        // Ended one after the other; the one that asked went in its turn, too.
        assert!(!alive(&site, &there).await);

        let (here, there) = (
            log_in(&site, ADA, PASSWORD).await,
            log_in(&site, ADA, PASSWORD).await,
        );
        let out = site
            .post_form(EVERYWHERE, &[], Some(&here), "/settings")
            .await;
        assert_eq!(out.location(), Some("/login?done=everywhere"));
        assert!(!alive(&site, &here).await && !alive(&site, &there).await);
        assert!(alive(&site, &ben).await);
    })
    .await;
}

#[tokio::test]
async fn the_mail_of_the_demo_is_read_on_a_page_and_nowhere_else() {
    let site = TestSite::sqlite().await;
    sign_up(&site, "Ada Quill", ADA, PASSWORD).await;
    assert_eq!(site.mails().await.len(), 1);
    assert_eq!(site.get("/mail").await.status.as_u16(), 404);
    assert!(
        !site
            .get("/signup?sent=1")
            .await
            .body
            .contains("href=\"/mail\"")
    );

    let demo = TestSite::with(None, |c| c.demo = true).await;
    assert!(
        demo.get("/mail")
            .await
            .body
            .contains("No message has been sent yet")
    );
    sign_up(&demo, "Ada Quill", ADA, PASSWORD).await;
    let token = mailed_token(&demo, "/verify-email").await;
    let page = demo.get("/mail").await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.body.contains(ADA) && page.body.contains("Verify your e-mail address"));
    let link = format!("href=\"http://bzpeer.test/verify-email?token={token}\"");
    assert!(page.body.contains(&link), "{}", page.body);
    assert!(
        demo.get("/signup?sent=1")
            .await
            .body
            .contains("href=\"/mail\"")
    );
}
