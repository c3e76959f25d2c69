//! The people and the record that the stories about claims and reports need, put straight into the database.

use bzpeer::args;
use bzpeer::db::{Arg, Sql};
use bzpeer::infra::session;

use crate::support::{Answer, Session, TestSite};

/// Somebody with an account and an open session.
pub struct Person {
    pub account: i64,
    pub session: Session,
}

/// What an account may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Is {
    Unverified,
    Verified,
    Moderator,
}

/// A site with one author of `works` works at University of Example (`university.example`).
pub struct Stage {
    pub site: TestSite,
    pub author: i64,
    pub works: Vec<i64>,
}

impl Stage {
    pub async fn set(site: TestSite, works: usize) -> Self {
        let mut stage = Self {
            site,
            author: 0,
            works: Vec::new(),
        };
        (stage.author, stage.works) = stage.author("Ada Quillfeather", works).await;
        let now = stage.site.clock.now();
        let institution = stage
            .insert(
                "INSERT INTO institutions (name, slug, created_at) VALUES ($1, $2, $3) RETURNING id",
                args!["University of Example", "university-of-example", now],
            )
            .await;
        stage
            .run(
                "INSERT INTO institution_domains (domain, institution_id) VALUES ($1, $2)",
                args!["university.example", institution],
            )
            .await;
        stage
            .run(
                "INSERT INTO author_institutions (author_id, institution_id, source) VALUES ($1, $2, 'test')",
                args![stage.author, institution],
            )
            .await;
        stage
    }

    /// An author with works, at no institution.
    pub async fn author(&self, name: &str, works: usize) -> (i64, Vec<i64>) {
        let now = self.site.clock.now();
        let author = self
            .insert(
                "INSERT INTO authors (name, name_key, slug, works_count, created_at)
                 VALUES ($1, $2, $3, $4, $5) RETURNING id",
                args![
                    name,
                    bzpeer::domain::names::name_key(name),
                    bzpeer::domain::names::slug(name),
                    works as i64,
                    now
                ],
            )
            .await;
        let mut ids = Vec::new();
        for n in 0..works {
            let title = format!("Work {n:03} of {name}");
            let work = self
                .insert(
                    "INSERT INTO works (kind, title, title_html, title_key, slug, year, created_at, updated_at)
                     VALUES ('article', $1, $1, $1, 'work', 2020, $2, $2) RETURNING id",
                    args![title, now],
                )
                .await;
            self.run(
                "INSERT INTO authorships (work_id, position, author_id, name_printed, source, confidence)
                 VALUES ($1, 1, $2, $3, 'test', $4)",
                args![work, author, name, 1.0],
            )
            .await;
            ids.push(work);
        }
        (author, ids)
    }

    pub async fn person(&self, name: &str, email: &str, is: Is) -> Person {
        let now = self.site.clock.now();
        let verified = (is != Is::Unverified).then_some(now);
        let account = self
            .insert(
                "INSERT INTO accounts (email, email_key, name, password_hash, email_verified_at, moderator,
                     accepts_invitations, created_at)
                 VALUES ($1, $1, $2, 'none', $3, $4, $5, $6) RETURNING id",
                args![email, name, verified, is == Is::Moderator, true, now],
            )
            .await;
        let token = format!("token-of-{account}");
        let mut tx = self.site.app.db.begin().await.unwrap();
        session::start(&mut tx, account.into(), &token, "test", now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Person {
            account,
            session: Session(format!("bzpeer={token}")),
        }
    }

    pub async fn run(&self, sql: &'static str, args: Vec<Arg>) {
        let mut tx = self.site.app.db.begin().await.unwrap();
        tx.execute(sql, args).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn insert(&self, sql: &'static str, args: Vec<Arg>) -> i64 {
        let mut tx = self.site.app.db.begin().await.unwrap();
        let id = tx.insert(sql, args).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn number(&self, sql: &'static str, args: Vec<Arg>) -> i64 {
        let (n,): (i64,) = self.site.app.db.clone().one(sql, args).await.unwrap();
        n
    }

    /// The state of the account's latest claim on the author of the stage, or `none`.
    pub async fn state(&self, who: &Person) -> String {
        self.claim_row(who)
            .await
            .map_or("none".to_owned(), |(_, state, _)| state)
    }

    /// Number, state and time of the account's latest claim.
    pub async fn claim_row(&self, who: &Person) -> Option<(i64, String, i64)> {
        self.site
            .app
            .db
            .clone()
            .optional(
                "SELECT id, state, updated_at FROM claims WHERE account_id = $1 ORDER BY id DESC LIMIT 1",
                args![who.account],
            )
            .await
            .unwrap()
    }

    pub async fn claim_id(&self, who: &Person) -> i64 {
        self.claim_row(who).await.expect("there is a claim").0
    }

    pub async fn confirmed(&self) -> i64 {
        self.number(
            "SELECT COUNT(*) FROM authorships WHERE author_id = $1 AND stance = 'confirmed'",
            args![self.author],
        )
        .await
    }

    pub fn page(&self) -> String {
        format!("/authors/{}/ada-quillfeather", self.author)
    }

    /// Sends the claim form with the first work ticked.
    pub async fn submit(&self, who: Option<&Person>, proof: &[(&str, &str)]) -> Answer {
        let author = self.author.to_string();
        let work = self.works[0].to_string();
        let mut fields = vec![
            ("author", author.as_str()),
            ("shown", work.as_str()),
            ("works[]", work.as_str()),
            ("step", "prove"),
        ];
        fields.extend_from_slice(proof);
        self.site
            .call("/api/claim/submit", &fields, who.map(|p| &p.session))
            .await
    }

    pub async fn ask_moderator(&self, who: &Person, note: &str) {
        let answer = self
            .submit(Some(who), &[("proof", "moderator"), ("note", note)])
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// Asks for a link to `email` and answers its token.
    pub async fn link(&self, who: &Person, email: &str) -> String {
        let answer = self
            .submit(Some(who), &[("proof", "email"), ("email", email)])
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let mails = self.site.mails().await;
        let mail = mails
            .iter()
            .rev()
            .find(|mail| {
                mail.contains(&format!("To: {email}")) && mail.contains("/verify-claim?token=")
            })
            .expect("the link was mailed to that address");
        let (_, after) = mail.split_once("/verify-claim?token=").unwrap();
        after
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect()
    }

    pub async fn prove(&self, who: &Person, token: &str) -> Answer {
        self.site
            .call("/api/claim/prove", &[("token", token)], Some(&who.session))
            .await
    }

    /// Makes `who` the holder by an institution's address.
    pub async fn claimed_by(&self, who: &Person) {
        let token = self.link(who, "holder@university.example").await;
        let answer = self.prove(who, &token).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(self.state(who).await, "approved");
    }

    /// A moderator's decision on `whose` claim as it stands now.
    pub async fn decide(
        &self,
        by: &Person,
        verb: &str,
        whose: &Person,
        more: &[(&str, &str)],
    ) -> Answer {
        let (claim, _, seen) = self.claim_row(whose).await.expect("there is a claim");
        let (claim, seen) = (claim.to_string(), seen.to_string());
        let mut fields = vec![("claim", claim.as_str()), ("seen", seen.as_str())];
        fields.extend_from_slice(more);
        self.site
            .call(&format!("/api/claim/{verb}"), &fields, Some(&by.session))
            .await
    }

    /// Mails to this account's address about `subject`.
    pub async fn mails_to(&self, email: &str, words: &str) -> usize {
        let to = format!("To: {email}");
        let mails = self.site.mails().await;
        mails
            .iter()
            .filter(|mail| mail.contains(&to) && mail.contains(words))
            .count()
    }
}
