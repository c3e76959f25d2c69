//! Claiming an author, from every side.

use bzpeer::args;

use crate::cast::{Is, Stage};
use crate::support::for_both;

const XSS: &str = "</textarea><script>alert(1)</script>";

#[tokio::test(flavor = "multi_thread")]
async fn claiming_takes_an_account_with_a_proved_address() {
    for_both(|site| async move {
        let stage = Stage::set(site, 2).await;
        let path = format!("{}/claim", stage.page());
        let visitor = stage.site.get(&path).await;
        assert_eq!(visitor.status, 302);
        assert!(
            visitor
                .location()
                .unwrap()
                .starts_with("/login?next=/authors/")
        );
        assert_eq!(
            stage.submit(None, &[("proof", "moderator")]).await.status,
            401
        );

        let newcomer = stage
            .person("New Comer", "new@mail.example", Is::Unverified)
            .await;
        let page = stage.site.get_as(&path, Some(&newcomer.session)).await;
        assert_eq!(page.status, 200);
        assert!(
            page.body.contains("verify your e-mail address first"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("/api/claim/submit"));
        let refused = stage
            .submit(Some(&newcomer), &[("proof", "moderator")])
            .await;
        assert_eq!(refused.status, 403, "{}", refused.body);
        assert_eq!(stage.state(&newcomer).await, "none");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_at_the_institution_proves_the_claim_by_a_link_that_only_a_button_uses() {
    for_both(|site| async move {
        let stage = Stage::set(site, 3).await;
        let ada = stage
            .person("Ada Q.", "ada@mail.example", Is::Verified)
            .await;
        let form = stage
            .site
            .get_as(&format!("{}/claim", stage.page()), Some(&ada.session))
            .await;
        assert_eq!(form.status, 200);
        assert!(
            form.body.contains("university.example") && form.body.contains("Work 000"),
            "{}",
            form.body
        );

        let token = stage.link(&ada, "ada@cs.university.example").await;
        assert_eq!(stage.state(&ada).await, "proving");
        let link = format!("/verify-claim?token={token}");
        for _ in 0..2 {
            let seen = stage.site.get_as(&link, Some(&ada.session)).await;
            assert_eq!(seen.status, 200);
            assert!(seen.body.contains("Prove my claim"), "{}", seen.body);
        }
        assert_eq!(
            stage.state(&ada).await,
            "proving",
            "reading the link is not proving"
        );
        let visitor = stage.site.get(&link).await;
        assert_eq!(visitor.status, 302);
        assert!(
            visitor
                .location()
                .unwrap()
                .contains("verify-claim%3Ftoken%3D")
        );

        let done = stage
            .site
            .post_form(
                "/api/claim/prove",
                &[("token", &token)],
                Some(&ada.session),
                &link,
            )
            .await;
        assert_eq!(done.status, 302, "{}", done.body);
        assert_eq!(done.location(), Some(stage.page().as_str()));
        assert_eq!(stage.state(&ada).await, "approved");
        assert_eq!(
            stage.confirmed().await,
            1,
            "the selected work is confirmed, the others are not"
        );
        assert_eq!(stage.mails_to("ada@mail.example", "approved").await, 1);

        let twice = stage.prove(&ada, &token).await;
        assert_eq!(twice.status, 422, "{}", twice.body);

        let page = stage.site.get(&stage.page()).await;
        assert!(page.body.contains("Claimed by Ada Q."), "{}", page.body);
        assert!(
            page.body.contains("(cs.university.example)"),
            "{}",
            page.body
        );
        assert!(
            !page.body.contains("ada@cs.university.example"),
            "the address itself stays private"
        );
        let own = stage.site.get_as(&stage.page(), Some(&ada.session)).await;
        assert!(
            own.body.contains("You have claimed this author."),
            "{}",
            own.body
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_elsewhere_proves_nothing_and_the_selection_stays() {
    for_both(|site| async move {
        let stage = Stage::set(site, 2).await;
        let eve = stage.person("Eve", "eve@mail.example", Is::Verified).await;
        for foreign in [
            "eve@elsewhere.example",
            "eve@evil-university.example",
            "eve@university.example.evil.example",
            "eve@example",
            "university.example",
            "\"x@university.example\"@evil.example",
        ] {
            let answer = stage
                .submit(Some(&eve), &[("proof", "email"), ("email", foreign)])
                .await;
            assert_eq!(answer.status, 422, "{foreign}: {}", answer.body);
        }
        assert_eq!(stage.state(&eve).await, "proving");
        assert!(stage.site.mails().await.is_empty());
        let form = stage
            .site
            .get_as(&format!("{}/claim", stage.page()), Some(&eve.session))
            .await;
        assert_eq!(
            form.body.matches(" checked").count(),
            2,
            "one work and one radio: {}",
            form.body
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_for_its_account_only_and_for_a_day() {
    for_both(|site| async move {
        let stage = Stage::set(site, 2).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let eve = stage.person("Eve", "eve@mail.example", Is::Verified).await;
        let token = stage.link(&ada, "ada@university.example").await;
        assert_eq!(stage.prove(&eve, &token).await.status, 422);
        let page = stage
            .site
            .get_as(&format!("/verify-claim?token={token}"), Some(&eve.session))
            .await;
        assert!(
            !page.body.contains("ada@university.example") && !page.body.contains("Quillfeather")
        );

        let newer = stage.link(&ada, "ada@university.example").await;
        assert_eq!(
            stage.prove(&ada, &token).await.status,
            422,
            "a newer link ends the older one"
        );
        stage.site.clock.advance(24 * 3_600_000);
        assert_eq!(stage.prove(&ada, &newer).await.status, 422);
        assert_eq!(stage.state(&ada).await, "proving");
        assert_eq!(stage.state(&eve).await, "none");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_works_of_this_author_can_be_selected_and_at_least_one() {
    for_both(|site| async move {
        let stage = Stage::set(site, 2).await;
        let (_, foreign) = stage.author("Somebody Else", 1).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let author = stage.author.to_string();
        let foreign = foreign[0].to_string();
        let shown = stage.works[0].to_string();
        let fields = [
            ("author", author.as_str()),
            ("shown", &shown),
            ("works[]", &foreign),
            ("proof", "moderator"),
        ];
        let answer = stage
            .site
            .call("/api/claim/submit", &fields, Some(&ada.session))
            .await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        let fields = [
            ("author", author.as_str()),
            ("shown", &shown),
            ("proof", "moderator"),
        ];
        let answer = stage
            .site
            .call("/api/claim/submit", &fields, Some(&ada.session))
            .await;
        assert_eq!(answer.status, 409, "{}", answer.body);
        assert!(answer.body.contains("no_works_selected"), "{}", answer.body);
        assert_eq!(stage.state(&ada).await, "none");
        let fields = [("author", "999999"), ("proof", "moderator")];
        let answer = stage
            .site
            .call("/api/claim/submit", &fields, Some(&ada.session))
            .await;
        assert_eq!(answer.status, 404, "{}", answer.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_record_is_selected_page_by_page() {
    for_both(|site| async move {
        let stage = Stage::set(site, 120).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let author = stage.author.to_string();
        let path = format!("{}/claim", stage.page());
        let first = stage.works[..100]
            .iter()
            .map(i64::to_string)
            .collect::<Vec<_>>()
            .join(",");
        let fields = [
            ("author", author.as_str()),
            ("shown", &first),
            ("all", "true"),
            ("step", "page:2"),
        ];
        let turned = stage
            .site
            .post_form("/api/claim/submit", &fields, Some(&ada.session), &path)
            .await;
        assert_eq!(
            turned.location(),
            Some(format!("{path}?page=2").as_str()),
            "{}",
            turned.body
        );

        let second = stage
            .site
            .get_as(&format!("{path}?page=2"), Some(&ada.session))
            .await;
        assert!(
            second.body.contains("Page 2 of 2") && second.body.contains("100 are selected"),
            "{}",
            second.body
        );
        assert!(second.body.contains("Work 119") && !second.body.contains("Work 099"));

        let shown = stage.works[100..]
            .iter()
            .map(i64::to_string)
            .collect::<Vec<_>>()
            .join(",");
        let mut fields = vec![
            ("author", author.as_str()),
            ("shown", shown.as_str()),
            ("proof", "moderator"),
        ];
        let ticked: Vec<String> = stage.works[100..110].iter().map(i64::to_string).collect();
        fields.extend(ticked.iter().map(|work| ("works[]", work.as_str())));
        let sent = stage
            .site
            .call("/api/claim/submit", &fields, Some(&ada.session))
            .await;
        assert_eq!(sent.status, 200, "{}", sent.body);
        let claim = stage.claim_id(&ada).await;
        let selected = stage
            .number(
                "SELECT COUNT(*) FROM claim_works WHERE claim_id = $1",
                args![claim],
            )
            .await;
        assert_eq!(selected, 110);
        assert_eq!(stage.state(&ada).await, "pending_review");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_claim_opens_a_contest_that_both_sides_are_told_of() {
    for_both(|site| async move {
        let stage = Stage::set(site, 2).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let ben = stage.person("Ben", "ben@mail.example", Is::Verified).await;
        stage.claimed_by(&ada).await;
        let offer = stage.site.get_as(&stage.page(), Some(&ben.session)).await;
        assert!(offer.body.contains("This is me, too"), "{}", offer.body);
        let token = stage.link(&ben, "ben@university.example").await;
        assert_eq!(
            stage.state(&ada).await,
            "approved",
            "a claim that is not proved contests nothing"
        );
        assert_eq!(stage.prove(&ben, &token).await.status, 200);
        assert_eq!(stage.state(&ada).await, "contested");
        assert_eq!(stage.state(&ben).await, "pending_review");
        for side in ["ada@mail.example", "ben@mail.example"] {
            assert_eq!(stage.mails_to(side, "claimed").await, 1, "{side}");
        }
        let hers = stage.site.get_as(&stage.page(), Some(&ada.session)).await;
        assert!(
            hers.body.contains("Your claim stands until the decision"),
            "{}",
            hers.body
        );
        let his = stage.site.get_as(&stage.page(), Some(&ben.session)).await;
        assert!(
            his.body.contains("Another account holds this author"),
            "{}",
            his.body
        );

        let again = stage.submit(Some(&ada), &[("proof", "moderator")]).await;
        assert_eq!(
            again.status, 409,
            "the holder cannot claim again: {}",
            again.body
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_is_over_when_nobody_contests_any_more() {
    for_both(|site| async move {
        let stage = Stage::set(site, 2).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let ben = stage.person("Ben", "ben@mail.example", Is::Verified).await;
        let cleo = stage
            .person("Cleo", "cleo@mail.example", Is::Verified)
            .await;
        let mia = stage.person("Mia", "mia@mail.example", Is::Moderator).await;
        stage.claimed_by(&ada).await;
        stage.ask_moderator(&ben, "It is me").await;
        stage.ask_moderator(&cleo, "No, me").await;
        assert_eq!(stage.state(&ada).await, "contested");

        let withdrawn = stage.claim_id(&ben).await.to_string();
        let fields = [("claim", withdrawn.as_str())];
        let answer = stage
            .site
            .call("/api/claim/withdraw", &fields, Some(&ben.session))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(
            stage.state(&ada).await,
            "contested",
            "one claim against it is left"
        );
        let rejected = stage
            .decide(&mia, "reject", &cleo, &[("reason", "No proof")])
            .await;
        assert_eq!(rejected.status, 200, "{}", rejected.body);
        assert_eq!(stage.state(&ada).await, "upheld");
        assert_eq!(stage.mails_to("ada@mail.example", "upheld").await, 1);
        assert_eq!(stage.confirmed().await, 1, "what she confirmed stays so");

        stage.ask_moderator(&ben, "After all it is me").await;
        assert_eq!(stage.state(&ada).await, "contested");
        let withdrawn = stage.claim_id(&ben).await.to_string();
        let fields = [("claim", withdrawn.as_str())];
        let answer = stage
            .site
            .call("/api/claim/withdraw", &fields, Some(&ben.session))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(stage.state(&ada).await, "upheld");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_into_a_refused_claim_stands_in_the_form_again() {
    for_both(|site| async move {
        let stage = Stage::set(site, 2).await;
        let eve = stage.person("Eve", "eve@mail.example", Is::Verified).await;
        let typed = [
            ("proof", "email"),
            ("email", "eve@elsewhere.example"),
            ("note", "</textarea><script>alert(1)</script>"),
        ];
        let answer = stage.submit(Some(&eve), &typed).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        let path = format!("{}/claim", stage.page());
        let form = stage.site.get_as(&path, Some(&eve.session)).await;
        assert!(
            form.body.contains(r#"value="eve@elsewhere.example""#),
            "{}",
            form.body
        );
        assert!(
            form.body
                .contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"),
            "{}",
            form.body
        );
        let mia = stage.person("Mia", "mia@mail.example", Is::Verified).await;
        let other = stage.site.get_as(&path, Some(&mia.session)).await;
        assert!(
            !other.body.contains("elsewhere.example"),
            "shown to its writer alone"
        );
        stage.ask_moderator(&eve, "It is me").await;
        let drafts = stage
            .number("SELECT COUNT(*) FROM drafts", bzpeer::args![])
            .await;
        assert_eq!(drafts, 0, "gone once the form has gone through");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_proofs_at_the_same_moment_give_one_holder_and_a_contest() {
    for_both(|site| async move {
        let stage = Stage::set(site, 2).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let ben = stage.person("Ben", "ben@mail.example", Is::Verified).await;
        let first = stage.link(&ada, "ada@university.example").await;
        let second = stage.link(&ben, "ben@university.example").await;
        let (one, two) = tokio::join!(stage.prove(&ada, &first), stage.prove(&ben, &second));
        assert_eq!(
            (one.status.as_u16(), two.status.as_u16()),
            (200, 200),
            "{} {}",
            one.body,
            two.body
        );
        let mut states = [stage.state(&ada).await, stage.state(&ben).await];
        states.sort();
        assert_eq!(states, ["contested", "pending_review"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_withdrawn_by_its_owner_alone_and_takes_its_confirmations_along() {
    for_both(|site| async move {
        let stage = Stage::set(site, 2).await;
        let ada = stage.person("Ada", "ada@mail.example", Is::Verified).await;
        let eve = stage.person("Eve", "eve@mail.example", Is::Verified).await;
        stage.claimed_by(&ada).await;
        let claim = stage.claim_id(&ada).await.to_string();
        let fields = [("claim", claim.as_str())];
        let by = |who| stage.site.call("/api/claim/withdraw", &fields, who);
        assert_eq!(by(None).await.status, 401);
        assert_eq!(by(Some(&eve.session)).await.status, 404);
        assert_eq!(
            (stage.state(&ada).await.as_str(), stage.confirmed().await),
            ("approved", 1)
        );
        assert_eq!(by(Some(&ada.session)).await.status, 200);
        assert_eq!(
            (stage.state(&ada).await.as_str(), stage.confirmed().await),
            ("withdrawn", 0)
        );
        assert_eq!(by(Some(&ada.session)).await.status, 409);
        let page = stage.site.get(&stage.page()).await;
        assert!(page.body.contains("Log in to claim"), "{}", page.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_are_limited_per_account() {
    for_both(|site| async move {
        let stage = Stage::set(site, 1).await;
        let eve = stage.person("Eve", "eve@mail.example", Is::Verified).await;
        for _ in 0..10 {
            let answer = stage
                .submit(
                    Some(&eve),
                    &[("proof", "email"), ("email", "eve@elsewhere.example")],
                )
                .await;
            assert_eq!(answer.status, 422, "{}", answer.body);
        }
        let answer = stage.submit(Some(&eve), &[("proof", "moderator")]).await;
        assert_eq!(answer.status, 429, "{}", answer.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_a_claimant_writes_becomes_markup() {
    for_both(|site| async move {
        let stage = Stage::set(site, 1).await;
        let eve = stage.person(XSS, "eve@mail.example", Is::Verified).await;
        let mia = stage.person("Mia", "mia@mail.example", Is::Moderator).await;
        stage.ask_moderator(&eve, &format!("{XSS}\0")).await;
        let queue = stage.site.get_as("/moderation", Some(&mia.session)).await;
        assert_eq!(queue.status, 200);
        assert!(
            queue
                .body
                .contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"),
            "{}",
            queue.body
        );
        assert!(!queue.body.contains("<script>alert"), "{}", queue.body);
        assert_eq!(stage.decide(&mia, "approve", &eve, &[]).await.status, 200);
        let page = stage.site.get(&stage.page()).await;
        assert!(
            page.body.contains("&lt;script&gt;alert(1)"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
    })
    .await;
}
