//! Mailed links.

use super::*;
use crate::support::for_both;

const HOUR: i64 = 3_600_000;

async fn ask_for_reset(site: &TestSite, email: &str) -> Answer {
    site.post_form(REQUEST_RESET, &[("email", email)], None, "/forgot-password")
        .await
}

#[tokio::test]
async fn looking_at_a_link_does_not_use_it_and_using_it_works_once() {
    for_both(|site| async move {
        sign_up(&site, "Ada Quill", ADA, PASSWORD).await;
        let token = mailed_token(&site, "/verify-email").await;
        let page = format!("/verify-email?token={token}");
        for _ in 0..3 {
            let body = site.get(&page).await.body;
            assert!(
                body.contains("Verify this address") && body.contains(ADA),
                "{body}"
            );
        }
        let session = log_in(&site, ADA, PASSWORD).await;
        let done = site
            .post_form(VERIFY, &[("token", &token)], Some(&session), &page)
            .await;
        assert_eq!(done.location(), Some("/settings?done=verified"));
        let again = site
            .call(VERIFY, &[("token", &token)], Some(&session))
            .await;
        assert_eq!(refusal(&again), invalid("link"));
        assert!(site.get(&page).await.body.contains("was used before"));
    })
    .await;
}

#[tokio::test]
async fn a_link_serves_its_own_purpose_only() {
    for_both(|site| async move {
        sign_up(&site, "Ada Quill", ADA, PASSWORD).await;
        let verify = mailed_token(&site, "/verify-email").await;
        ask_for_reset(&site, ADA).await;
        let reset = mailed_token(&site, "/reset-password").await;
        let crossed = site.call(VERIFY, &[("token", &reset)], None).await;
        assert_eq!(refusal(&crossed), invalid("link"));
        let fields = [("token", verify.as_str()), ("password", OTHER_PASSWORD)];
        assert_eq!(
            refusal(&site.call(RESET, &fields, None).await),
            invalid("link")
        );
        for token in ["", "x", "' OR 1=1 --"] {
            assert_eq!(
                refusal(&site.call(VERIFY, &[("token", token)], None).await),
                invalid("link")
            );
            assert!(
                site.get("/verify-email?token=")
                    .await
                    .body
                    .contains("does not work any more")
            );
        }
        // Neither attempt used them up.
        assert_eq!(
            site.call(VERIFY, &[("token", &verify)], None)
                .await
                .status
                .as_u16(),
            200
        );
    })
    .await;
}

#[tokio::test]
async fn links_run_out() {
    for_both(|site| async move {
        sign_up(&site, "Ada Quill", ADA, PASSWORD).await;
        let verify = mailed_token(&site, "/verify-email").await;
        ask_for_reset(&site, ADA).await;
        let reset = mailed_token(&site, "/reset-password").await;
        site.clock.advance(HOUR);
        let fields = [("token", reset.as_str()), ("password", OTHER_PASSWORD)];
        assert_eq!(
            refusal(&site.call(RESET, &fields, None).await),
            invalid("link")
        );
        site.clock.advance(23 * HOUR);
        assert_eq!(
            refusal(&site.call(VERIFY, &[("token", &verify)], None).await),
            invalid("link")
        );
        assert!(
            site.get(&format!("/verify-email?token={verify}"))
                .await
                .body
                .contains("older than 24 hours")
        );

        let forget = bzpeer::features::account::service::forget_expired_links;
        let now = site.clock.now();
        assert_eq!(forget(&site.app.db, now).await.expect("answers"), 0);
        assert_eq!(
            forget(&site.app.db, now + 8 * 24 * HOUR)
                .await
                .expect("answers"),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn an_unverified_account_asks_for_another_link_and_a_verified_one_gets_none() {
    for_both(|site| async move {
        const SEND: &str = "/api/account/send-verification";
        sign_up(&site, "Ada Quill", ADA, PASSWORD).await;
        let first = mailed_token(&site, "/verify-email").await;
        let session = log_in(&site, ADA, PASSWORD).await;
        let sent = site.post_form(SEND, &[], Some(&session), "/settings").await;
        assert_eq!(sent.location(), Some("/settings?done=sent"));
        let second = mailed_token(&site, "/verify-email").await;
        assert_ne!(first, second);
        assert_eq!(
            site.call(VERIFY, &[("token", &second)], None)
                .await
                .status
                .as_u16(),
            200
        );
        // The older link went with it.
        assert_eq!(
            refusal(&site.call(VERIFY, &[("token", &first)], None).await),
            invalid("link")
        );
        let before = site.mails().await.len();
        site.post_form(SEND, &[], Some(&session), "/settings").await;
        assert_eq!(site.mails().await.len(), before);
        let visitor = site.call(SEND, &[], None).await;
        assert_eq!(refusal(&visitor), (401, "not_logged_in".into()));
    })
    .await;
}

#[tokio::test]
async fn asking_for_a_reset_answers_the_same_for_every_address() {
    for_both(|site| async move {
        account(&site, ADA).await;
        let known = ask_for_reset(&site, ADA).await;
        let unknown = ask_for_reset(&site, BEN).await;
        assert_eq!(known.location(), Some("/forgot-password?sent=1"));
        assert_eq!(
            (known.status, known.location(), &known.body),
            (unknown.status, unknown.location(), &unknown.body)
        );
        let mails = site.mails().await;
        assert!(mails[0].contains("/reset-password?token="), "{mails:?}");
        assert!(mails[1].contains("no account has it"), "{mails:?}");
    })
    .await;
}

#[tokio::test]
async fn a_reset_ends_every_session_and_every_other_link() {
    for_both(|site| async move {
        sign_up(&site, "Ada Quill", ADA, PASSWORD).await;
        let verify = mailed_token(&site, "/verify-email").await;
        let (here, there) = (
            log_in(&site, ADA, PASSWORD).await,
            log_in(&site, ADA, PASSWORD).await,
        );
        ask_for_reset(&site, ADA).await;
        let older = mailed_token(&site, "/reset-password").await;
        ask_for_reset(&site, ADA).await;
        let token = mailed_token(&site, "/reset-password").await;
        let page = format!("/reset-password?token={token}");
        assert!(site.get(&page).await.body.contains(ADA));

        // A refused password does not use the link up.
        let weak = [("token", token.as_str()), ("password", "passwordpassword")];
        assert_eq!(
            refusal(&site.call(RESET, &weak, None).await),
            invalid("password_common")
        );
        let good = [("token", token.as_str()), ("password", OTHER_PASSWORD)];
        let done = site.post_form(RESET, &good, None, &page).await;
        assert_eq!(done.location(), Some("/login?done=reset"));

        assert!(!alive(&site, &here).await && !alive(&site, &there).await);
        assert_eq!(
            refusal(&site.call(RESET, &good, None).await),
            invalid("link")
        );
        let with_older = [("token", older.as_str()), ("password", PASSWORD)];
        assert_eq!(
            refusal(&site.call(RESET, &with_older, None).await),
            invalid("link")
        );
        assert_eq!(
            refusal(&site.call(VERIFY, &[("token", &verify)], None).await),
            invalid("link")
        );
        assert_eq!(
            refusal(&try_log_in(&site, ADA, PASSWORD).await),
            invalid("credentials")
        );

        // Who reads the mail has proved the address.
        let session = log_in(&site, ADA, OTHER_PASSWORD).await;
        assert!(
            !site
                .get_as("/", Some(&session))
                .await
                .body
                .contains("Please verify")
        );
        assert!(
            site.mails()
                .await
                .last()
                .expect("mail")
                .contains("password of your BZPEER account was just changed")
        );
    })
    .await;
}

#[tokio::test]
async fn the_owner_of_an_address_takes_over_an_account_a_stranger_opened_with_it() {
    let site = TestSite::sqlite().await;
    sign_up(&site, "Eve", ADA, PASSWORD).await;
    let eve = log_in(&site, ADA, PASSWORD).await;
    sign_up(&site, "Ada Quill", ADA, OTHER_PASSWORD).await;
    let token = mailed_token(&site, "/reset-password").await;
    let fields = [("token", token.as_str()), ("password", OTHER_PASSWORD)];
    assert_eq!(site.call(RESET, &fields, None).await.status.as_u16(), 200);
    assert!(!alive(&site, &eve).await);
    assert!(try_log_in(&site, ADA, PASSWORD).await.session().is_none());
    assert!(alive(&site, &log_in(&site, ADA, OTHER_PASSWORD).await).await);
}
