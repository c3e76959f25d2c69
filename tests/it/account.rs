//! Accounts, as a browser without scripts and as a program meet them.

mod entry;
mod limits;
mod recovery;
mod settings;

use bzpeer::server::admin;

use crate::support::{Answer, Session, TestSite};

/// Good enough for anyone.
const PASSWORD: &str = "quiet-lantern over 9 rivers";
/// Good enough, and another.
const OTHER_PASSWORD: &str = "seven copper herons at dusk";
const ADA: &str = "ada.quill@example.org";
const BEN: &str = "ben.osprey@example.org";

const SIGN_UP: &str = "/api/account/sign-up";
const LOG_IN: &str = "/api/account/log-in";
const LOG_OUT: &str = "/api/account/log-out";
const VERIFY: &str = "/api/account/verify-email";
const REQUEST_RESET: &str = "/api/account/request-reset";
const RESET: &str = "/api/account/reset-password";

/// An account that an operator opened, its address proved.
async fn account(site: &TestSite, email: &str) {
    admin::create_account(&site.app, email, "Ada Quill", PASSWORD, true)
        .await
        .expect("the account is opened");
}

async fn try_log_in(site: &TestSite, email: &str, password: &str) -> Answer {
    site.call(LOG_IN, &[("email", email), ("password", password)], None)
        .await
}

async fn log_in(site: &TestSite, email: &str, password: &str) -> Session {
    let answer = try_log_in(site, email, password).await;
    answer
        .session()
        .unwrap_or_else(|| panic!("no session: {answer:?}"))
}

/// Whether the session opens the settings.
async fn alive(site: &TestSite, session: &Session) -> bool {
    let answer = site.get_as("/settings", Some(session)).await;
    match answer.status.as_u16() {
        200 => true,
        302 => {
            assert_eq!(answer.location(), Some("/login?next=/settings"));
            false
        }
        _ => panic!("{answer:?}"),
    }
}

async fn sign_up(site: &TestSite, name: &str, email: &str, password: &str) -> Answer {
    let fields = [("name", name), ("email", email), ("password", password)];
    site.post_form(SIGN_UP, &fields, None, "/signup").await
}

/// The latest token mailed for the page at `path`.
async fn mailed_token(site: &TestSite, path: &str) -> String {
    let mails = site.mails().await;
    let mark = format!("http://bzpeer.test{path}?token=");
    mails
        .iter()
        .rev()
        .find_map(|mail| mail.split_once(&mark))
        .map(|(_, rest)| rest.chars().take_while(|c| !c.is_whitespace()).collect())
        .unwrap_or_else(|| panic!("no link to {path} in {mails:?}"))
}

/// The refusal in an answer to a program: its code and, for an input, what is wrong with it.
fn refusal(answer: &Answer) -> (u16, String) {
    let json: serde_json::Value =
        serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{answer:?}"));
    let code = json["code"].as_str().unwrap_or_default();
    let detail = json["detail"]
        .as_str()
        .map(|d| format!(":{d}"))
        .unwrap_or_default();
    (answer.status.as_u16(), format!("{code}{detail}"))
}

fn invalid(problem: &str) -> (u16, String) {
    (422, format!("invalid:{problem}"))
}
