//! Corrections: each kind made, undone, refused to the wrong person, and told without former names.

mod addresses;
mod export;
mod hide;
mod lasting;
mod merge;
mod moving;
mod naming;
mod reviews;
mod rights;

use bzpeer::args;
use bzpeer::db::{Arg, Sql};

use crate::cast::{Is, Person, Stage};
use crate::support::{Answer, TestSite};

/// A stage whose author is held by Ada, with a moderator and a stranger.
pub struct Scene {
    pub stage: Stage,
    pub ada: Person,
    pub mia: Person,
    pub eve: Person,
}

impl Scene {
    /// The author Ada Quillfeather with `works` works, claimed.
    pub async fn set(site: TestSite, works: usize) -> Self {
        let stage = Stage::set(site, works).await;
        let ada = stage
            .person("Ada Quillfeather", "ada@mail.example", Is::Verified)
            .await;
        let mia = stage
            .person("Mia Moderates", "mia@mail.example", Is::Moderator)
            .await;
        let eve = stage
            .person("Eve Elsewhere", "eve@mail.example", Is::Verified)
            .await;
        stage.claimed_by(&ada).await;
        let scene = Self {
            stage,
            ada,
            mia,
            eve,
        };
        scene.refresh().await;
        scene
    }

    pub fn author(&self) -> i64 {
        self.stage.author
    }

    /// Makes every author's row anew, as an import does.
    pub async fn refresh(&self) {
        let db = self.stage.site.app.db.clone();
        let ids = self
            .numbers("SELECT id FROM authors ORDER BY id", args![])
            .await;
        let mut tx = db.begin().await.unwrap();
        bzpeer::db::authors::refresh(&mut tx, &ids).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Another author, whose row is as an import makes it.
    pub async fn other(&self, name: &str, works: usize) -> (i64, Vec<i64>) {
        let made = self.stage.author(name, works).await;
        self.refresh().await;
        made
    }

    /// One more name on a work.
    pub async fn sign(&self, work: i64, position: i64, author: Option<i64>, name: &str) {
        self.stage
            .run(
                "INSERT INTO authorships (work_id, position, author_id, name_printed, source, confidence)
                 VALUES ($1, $2, $3, $4, 'test', $5)",
                args![work, position, author, name, 1.0],
            )
            .await;
        self.refresh().await;
    }

    pub async fn numbers(&self, sql: &'static str, args: Vec<Arg>) -> Vec<i64> {
        let rows: Vec<(i64,)> = self.stage.site.app.db.clone().all(sql, args).await.unwrap();
        rows.into_iter().map(|(n,)| n).collect()
    }

    pub async fn text(&self, sql: &'static str, args: Vec<Arg>) -> String {
        let (text,): (String,) = self.stage.site.app.db.clone().one(sql, args).await.unwrap();
        text
    }

    /// Posts a form of corrections, as a program.
    pub async fn send(&self, who: Option<&Person>, verb: &str, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/api/correction/{verb}");
        let session = who.map(|who| &who.session);
        self.stage.site.call(&path, fields, session).await
    }

    /// The same, and it must succeed; answers the number of the latest correction.
    pub async fn done(&self, who: &Person, verb: &str, fields: &[(&str, &str)]) -> i64 {
        let answer = self.send(Some(who), verb, fields).await;
        assert_eq!(answer.status, 200, "{verb} {fields:?}: {}", answer.body);
        self.latest().await
    }

    /// The same, and it must be refused with this word.
    pub async fn refused(
        &self,
        who: &Person,
        verb: &str,
        fields: &[(&str, &str)],
        status: u16,
        word: &str,
    ) {
        let before = self.snapshot().await;
        let answer = self.send(Some(who), verb, fields).await;
        assert_eq!(answer.status, status, "{verb} {fields:?}: {}", answer.body);
        assert!(answer.body.contains(word), "{word}: {}", answer.body);
        assert_eq!(self.snapshot().await, before, "a refusal changes nothing");
    }

    pub async fn latest(&self) -> i64 {
        self.stage
            .number("SELECT COALESCE(MAX(id), 0) FROM corrections", args![])
            .await
    }

    pub async fn undo(&self, who: &Person, correction: i64) -> Answer {
        let number = correction.to_string();
        let fields = [
            ("correction", number.as_str()),
            ("reason", "It was a mistake"),
        ];
        self.send(Some(who), "undo", &fields).await
    }

    pub async fn undone(&self, who: &Person, correction: i64) {
        let answer = self.undo(who, correction).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// What a form made now would have seen of an author.
    pub async fn seen(&self, author: i64) -> String {
        self.stage
            .number(
                "SELECT COALESCE(MAX(id), 0) + COUNT(undone_at) FROM corrections
                 WHERE author_id = $1 OR other_author_id = $1",
                args![author],
            )
            .await
            .to_string()
    }

    /// Whose the works are now, by work and position.
    pub async fn owner(&self, work: i64, position: i64) -> i64 {
        self.stage
            .number(
                "SELECT COALESCE(author_id, 0) FROM authorships WHERE work_id = $1 AND position = $2",
                args![work, position],
            )
            .await
    }

    pub async fn works_count(&self, author: i64) -> i64 {
        self.stage
            .number(
                "SELECT works_count FROM authors WHERE id = $1",
                args![author],
            )
            .await
    }

    /// Everything that corrections may change, of the authors with a number up to `last`.
    pub async fn snapshot_up_to(&self, last: i64) -> Vec<String> {
        let mut out = Vec::new();
        for sql in [
            "SELECT 'author ' || CAST(id AS TEXT) || ' ' || name || ' ' || name_key || ' ' || slug || ' ' ||
                CAST(works_count AS TEXT) || ' ' || COALESCE(CAST(merged_into AS TEXT), '-') || ' ' ||
                CASE WHEN hidden_at IS NULL THEN '-' ELSE 'hidden' END || CASE WHEN name_decided THEN ' decided' ELSE '' END
             FROM authors WHERE id <= $1 ORDER BY id",
            "SELECT 'authorship ' || CAST(work_id AS TEXT) || ' ' || CAST(position AS TEXT) || ' ' ||
                COALESCE(CAST(author_id AS TEXT), '-') || ' ' || name_printed || ' ' || COALESCE(name_shown, '-') || ' ' ||
                COALESCE(stance, '-') FROM authorships WHERE author_id IS NULL OR author_id <= $1 ORDER BY work_id, position",
            "SELECT 'follow ' || CAST(account_id AS TEXT) || ' ' || CAST(target_id AS TEXT) || ' ' || CAST(created_at AS TEXT)
             FROM follows WHERE target_id <= $1 ORDER BY account_id, target_id",
            "SELECT 'report ' || CAST(id AS TEXT) || ' ' || CAST(author_id AS TEXT) FROM reports WHERE author_id <= $1 ORDER BY id",
            "SELECT 'former ' || CAST(author_id AS TEXT) || ' ' || name_key FROM former_names WHERE author_id <= $1
             ORDER BY author_id, name_key",
            "SELECT 'token ' || CAST(author_id AS TEXT) || ' ' || token FROM author_name_tokens WHERE author_id <= $1
             ORDER BY author_id, token",
            "SELECT 'name ' || CAST(author_id AS TEXT) || ' ' || name FROM author_names WHERE author_id <= $1
             ORDER BY author_id, name",
            "SELECT 'identifier ' || CAST(author_id AS TEXT) || ' ' || value FROM author_identifiers WHERE author_id <= $1
             ORDER BY author_id, value",
        ] {
            let rows: Vec<(String,)> =
                self.stage.site.app.db.clone().all(sql, args![last]).await.unwrap();
            out.extend(rows.into_iter().map(|(row,)| row));
        }
        out
    }

    pub async fn snapshot(&self) -> Vec<String> {
        self.snapshot_up_to(i64::MAX).await
    }

    pub async fn last_author(&self) -> i64 {
        self.stage
            .number("SELECT MAX(id) FROM authors", args![])
            .await
    }

    /// The history page, as somebody sees it.
    pub async fn history(&self, who: Option<&Person>) -> Answer {
        let slug = self
            .text(
                "SELECT slug FROM authors WHERE id = $1",
                args![self.author()],
            )
            .await;
        let path = format!("/authors/{}/{slug}/corrections", self.author());
        self.stage
            .site
            .get_as(&path, who.map(|who| &who.session))
            .await
    }
}
