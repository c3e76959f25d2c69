//! Researchers with claimed records, put straight into the database, for stories between people.

use axum::http::StatusCode;
use bzpeer::args;
use bzpeer::db::Sql;
use bzpeer::domain::clock::YEAR;
use bzpeer::domain::ids::AccountId;
use bzpeer::infra::session;

use super::support::{Answer, Session, TestSite};

/// Somebody with an account and an author record.
pub struct Person {
    pub account: i64,
    pub session: Session,
    pub author: i64,
    pub slug: String,
    pub work: i64,
}

impl Person {
    /// The address of the author's page.
    pub fn page(&self) -> String {
        format!("/authors/{}/{}", self.author, self.slug)
    }

    /// The address of the form that invites this person.
    pub fn invite_page(&self) -> String {
        format!("{}/invite", self.page())
    }
}

/// A verified account that holds an author with one work at `level`, or holds none (`None`).
pub async fn person(site: &TestSite, name: &'static str, level: Option<i64>) -> Person {
    let now = site.clock.now();
    let slug = name.to_lowercase().replace(' ', "-");
    let token = site.app.random.token();
    let mut tx = site.app.db.begin().await.unwrap();
    let account = tx
        .insert(
            "INSERT INTO accounts (email, email_key, name, password_hash, email_verified_at, moderator,
                 accepts_invitations, created_at)
             VALUES ($1, $1, $2, 'none', $3, $4, $5, $3) RETURNING id",
            args![format!("{slug}@university.example"), name, now, false, true],
        )
        .await
        .unwrap();
    let author = tx
        .insert(
            "INSERT INTO authors (name, name_key, slug, works_count, created_at)
             VALUES ($1, $2, $3, 1, $4) RETURNING id",
            args![name, name.to_lowercase(), slug.as_str(), now],
        )
        .await
        .unwrap();
    let work = tx
        .insert(
            "INSERT INTO works (kind, title, title_html, title_key, slug, year, created_at, updated_at)
             VALUES ('article', $1, $1, $1, 'a-work', 2020, $2, $2) RETURNING id",
            args![format!("A work of {name}"), now],
        )
        .await
        .unwrap();
    tx.execute(
        "INSERT INTO authorships (work_id, position, author_id, name_printed, source, confidence)
         VALUES ($1, 1, $2, $3, 'test', 1.0)",
        args![work, author, name],
    )
    .await
    .unwrap();
    if let Some(level) = level {
        tx.execute(
            "INSERT INTO claims (account_id, author_id, state, level, proof_kind, created_at, updated_at, recheck_at)
             VALUES ($1, $2, 'approved', $3, 'moderator', $4, $4, $5)",
            args![account, author, level, now, now + YEAR],
        )
        .await
        .unwrap();
    }
    session::start(&mut tx, AccountId(account), &token, "test", now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Person {
        account,
        session: Session(format!("{}={token}", session::cookie_name(false))),
        author,
        slug,
        work,
    }
}

/// Runs one statement with one number.
pub async fn change(site: &TestSite, sql: &'static str, id: i64) {
    let mut tx = site.app.db.begin().await.unwrap();
    tx.execute(sql, args![id]).await.unwrap();
    tx.commit().await.unwrap();
}

/// One number from the database.
pub async fn number(site: &TestSite, sql: &'static str) -> i64 {
    let (n,): (i64,) = site.app.db.clone().one(sql, args![]).await.unwrap();
    n
}

/// One text from the database.
pub async fn text(site: &TestSite, sql: &'static str) -> String {
    let (text,): (String,) = site.app.db.clone().one(sql, args![]).await.unwrap();
    text
}

/// A message that is long enough.
pub const MESSAGE: &str = "I read your work on graph slices and would like to compare it with our \
                           own measurements of the same networks.";

/// Sends an invitation as the page's scripts do.
pub async fn invite(site: &TestSite, from: &Person, to: &Person) -> Answer {
    invite_with(
        site,
        Some(&from.session),
        to.author,
        "Comparing measurements",
        MESSAGE,
    )
    .await
}

/// Sends an invitation with these texts.
pub async fn invite_with(
    site: &TestSite,
    session: Option<&Session>,
    author: i64,
    subject: &str,
    message: &str,
) -> Answer {
    let author = author.to_string();
    let fields = [
        ("author", author.as_str()),
        ("purpose", "joint_paper"),
        ("subject", subject),
        ("message", message),
    ];
    site.call("/api/invitation/send", &fields, session).await
}

/// Invites and expects that to work; answers the invitation's number.
pub async fn invited(site: &TestSite, from: &Person, to: &Person) -> i64 {
    let answer = invite(site, from, to).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    number(site, "SELECT MAX(id) FROM invitations").await
}

/// Does something to an invitation: `open`, `accept`, `decline` or `withdraw`.
pub async fn step(site: &TestSite, verb: &str, invitation: i64, who: Option<&Person>) -> Answer {
    let path = format!("/api/invitation/{verb}");
    let id = invitation.to_string();
    site.call(&path, &[("invitation", &id)], who.map(|p| &p.session))
        .await
}

/// A conversation of two people, through an invitation of the first; answers its number.
pub async fn conversing(site: &TestSite, a: &Person, b: &Person) -> i64 {
    let id = invited(site, a, b).await;
    let answer = step(site, "accept", id, Some(b)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    number(site, "SELECT MAX(id) FROM conversations").await
}

/// Blocks or unblocks (`verb`) the person known through something.
pub async fn block(site: &TestSite, verb: &str, who: &Person, kind: &str, id: i64) -> Answer {
    let path = format!("/api/person/{verb}");
    let id = id.to_string();
    site.call(&path, &[("kind", kind), ("id", &id)], Some(&who.session))
        .await
}

/// The code of a refusal: `detail.refusal` where the rules of a feature refuse, else `code`.
pub fn code(answer: &Answer) -> String {
    let json: serde_json::Value = serde_json::from_str(&answer.body)
        .unwrap_or_else(|_| panic!("no refusal: {} {}", answer.status, answer.body));
    json["detail"]["refusal"]
        .as_str()
        .or(json["code"].as_str())
        .unwrap_or_else(|| panic!("no code in {}", answer.body))
        .to_owned()
}

/// What a person and their browser learn from a page: its markup and the data that travels with it,
/// without the nonce, and without how often and in which order the same data was loaded, which
/// differs from one request to the next.
pub fn steady(html: &str) -> String {
    let nonce = html
        .split_once("nonce=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(nonce, _)| nonce)
        .expect("every page has scripts with a nonce");
    let html = html.replace(nonce, "");
    let (markup, data) = html
        .split_once("__RESOLVED_RESOURCES=[]")
        .expect("every page carries data");
    let mut values: Vec<&str> = data
        .split("__RESOLVED_RESOURCES[")
        .skip(1)
        .filter_map(|one| one.split_once("] = "))
        .map(|(_, value)| {
            value
                .split("</script>")
                .next()
                .unwrap_or(value)
                .trim_end_matches(';')
        })
        .collect();
    values.sort_unstable();
    values.dedup();
    assert!(!values.is_empty(), "no data found in {data}");
    format!("{markup}\n{}", values.join("\n"))
}
