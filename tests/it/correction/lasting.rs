//! Corrections outlive imports: the same records come again, changed, with new ones beside them.

use bzpeer::args;
use bzpeer::db::Sql;
use serde_json::{Value, json};

use crate::cast::{Is, Person, Stage};
use crate::support::{Session, TestSite, for_both, html, import_csl_json};

/// A site whose record was imported, and a moderator.
struct Library {
    stage: Stage,
    mia: Person,
}

/// One record; `version` changes it without changing who wrote it.
fn record(id: &str, authors: &[&str], version: usize) -> Value {
    let authors: Vec<Value> = authors
        .iter()
        .map(|name| json!({"literal": name}))
        .collect();
    json!({"id": id, "type": "article", "title": format!("On {id}"), "author": authors, "publisher": "Press",
           "abstract": format!("Version {version}."), "issued": {"date-parts": [[2024]]}, "keyword": "cs.LG"})
}

const ADA: &str = "Ada Quillfeather";

impl Library {
    async fn open(site: TestSite) -> Self {
        let stage = Stage {
            site,
            author: 0,
            works: Vec::new(),
        };
        let mia = stage
            .person("Mia Moderates", "mia@mail.example", Is::Moderator)
            .await;
        let library = Self { stage, mia };
        library.import(1, &[]).await;
        library
    }

    /// Imports everything anew, and these records for the first time.
    async fn import(&self, version: usize, more: &[Value]) {
        let mut records = vec![
            record("ink", &[ADA, "Bo Marrowby"], version),
            record("quills", &[ADA, "Bo Marrowby"], version),
            record("paper", &[ADA, "Cy Orrington"], version),
            record("glue", &["Dot Galewind", "Cy Orrington"], version),
            record("wax", &["Dot Galewind"], version),
        ];
        records.extend_from_slice(more);
        let site = &self.stage.site;
        let path = site.data.path().join(format!("records-{version}.json"));
        std::fs::write(&path, serde_json::to_vec(&records).unwrap()).unwrap();
        import_csl_json(&site.app.db, site.clock.now() + version as i64, &path)
            .await
            .unwrap();
    }

    async fn text(&self, sql: &'static str, args: Vec<bzpeer::db::Arg>) -> String {
        let (text,): (String,) = self.stage.site.app.db.clone().one(sql, args).await.unwrap();
        text
    }

    async fn work(&self, id: &str) -> i64 {
        self.stage
            .number(
                "SELECT id FROM works WHERE title = $1",
                args![format!("On {id}")],
            )
            .await
    }

    /// Who is the author at this place of a work; 0 for nobody.
    async fn author_of(&self, id: &str, position: i64) -> i64 {
        let work = self.work(id).await;
        self.stage
            .number(
                "SELECT COALESCE(author_id, 0) FROM authorships WHERE work_id = $1 AND position = $2",
                args![work, position],
            )
            .await
    }

    async fn send(&self, session: &Session, verb: &str, fields: &[(&str, &str)]) -> i64 {
        let path = format!("/api/correction/{verb}");
        let answer = self.stage.site.call(&path, fields, Some(session)).await;
        assert_eq!(answer.status, 200, "{verb}: {}", answer.body);
        self.stage
            .number("SELECT MAX(id) FROM corrections", args![])
            .await
    }

    async fn undo(&self, correction: i64) {
        let number = correction.to_string();
        let fields = [
            ("correction", number.as_str()),
            ("reason", "Wrong after all"),
        ];
        self.send(&self.mia.session, "undo", &fields).await;
    }

    /// Joins another author with this one.
    async fn merge(&self, author: i64, other: i64) -> i64 {
        let seen = self.seen(author).await;
        let (author, other) = (author.to_string(), other.to_string());
        let fields = [
            ("author", author.as_str()),
            ("other", other.as_str()),
            ("seen", seen.as_str()),
            ("reason", "One person"),
        ];
        self.send(&self.mia.session, "merge", &fields).await
    }

    async fn seen(&self, author: i64) -> String {
        self.stage
            .number(
                "SELECT COALESCE(MAX(id), 0) + COUNT(undone_at) FROM corrections
                 WHERE author_id = $1 OR other_author_id = $1",
                args![author],
            )
            .await
            .to_string()
    }

    /// Lets somebody hold the author, as an approved claim does.
    async fn held(&self, author: i64) -> Person {
        let ada = self
            .stage
            .person(ADA, "ada@mail.example", Is::Verified)
            .await;
        self.stage
            .run(
                "INSERT INTO claims (account_id, author_id, state, level, created_at, updated_at)
                 VALUES ($1, $2, 'approved', 2, 1, 1)",
                args![ada.account, author],
            )
            .await;
        ada
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_work_that_is_not_mine_does_not_come_back() {
    for_both(|site| async move {
        let library = Library::open(site).await;
        let ada = library.author_of("ink", 1).await;
        assert_eq!(
            library.author_of("paper", 1).await,
            ada,
            "the import takes them for one"
        );
        let (author, work) = (ada.to_string(), library.work("paper").await.to_string());
        let fields = [
            ("author", author.as_str()),
            ("work", work.as_str()),
            ("what", "not_mine"),
            ("reason", "A namesake"),
        ];
        let correction = library.send(&library.mia.session, "work", &fields).await;
        for version in 2..4 {
            let new = record(&format!("new{version}"), &[ADA, "Bo Marrowby"], version);
            library.import(version, &[new]).await;
            assert_ne!(
                library.author_of("paper", 1).await,
                ada,
                "version {version}"
            );
            assert_eq!(library.author_of("ink", 1).await, ada);
            assert_eq!(library.author_of(&format!("new{version}"), 1).await, ada);
        }
        library.undo(correction).await;
        assert_eq!(library.author_of("paper", 1).await, ada);
        library.import(4, &[]).await;
        assert_eq!(library.author_of("paper", 1).await, ada);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_split_stays_apart() {
    for_both(|site| async move {
        let library = Library::open(site).await;
        let ada = library.author_of("ink", 1).await;
        let (author, work) = (ada.to_string(), library.work("paper").await.to_string());
        let fields = [
            ("author", author.as_str()),
            ("works[]", work.as_str()),
            ("seen", "0"),
            ("reason", "Two people"),
        ];
        let correction = library.send(&library.mia.session, "split", &fields).await;
        let other = library.author_of("paper", 1).await;
        library.import(2, &[]).await;
        assert_eq!(library.author_of("paper", 1).await, other);
        assert_eq!(library.author_of("ink", 1).await, ada);
        assert_eq!(library.author_of("quills", 1).await, ada);
        library.undo(correction).await;
        library.import(3, &[]).await;
        assert_eq!(library.author_of("paper", 1).await, ada);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_merged_stays_one_and_what_comes_later_joins_it() {
    for_both(|site| async move {
        let library = Library::open(site).await;
        let (ada, dot) = (
            library.author_of("ink", 1).await,
            library.author_of("wax", 1).await,
        );
        assert_eq!(library.author_of("glue", 1).await, dot);
        let correction = library.merge(ada, dot).await;
        for version in 2..4 {
            let new = record(
                &format!("new{version}"),
                &["Dot Galewind", "Cy Orrington"],
                version,
            );
            library.import(version, &[new]).await;
            for work in [
                "ink",
                "quills",
                "paper",
                "glue",
                "wax",
                &format!("new{version}"),
            ] {
                assert_eq!(
                    library.author_of(work, 1).await,
                    ada,
                    "{work}, version {version}"
                );
            }
        }
        let old = library.stage.site.get(&format!("/authors/{dot}")).await;
        assert_eq!(old.status, 301);
        library.undo(correction).await;
        // Also what came meanwhile under the other name goes with it.
        for version in [3, 4] {
            for work in ["glue", "wax", "new2", "new3"] {
                let author = library.author_of(work, 1).await;
                assert_eq!(author, dot, "{work}, version {version}");
            }
            for work in ["ink", "quills", "paper"] {
                let author = library.author_of(work, 1).await;
                assert_eq!(author, ada, "{work}, version {version}");
            }
            library.import(version + 1, &[]).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mergers_one_after_the_other_lead_to_the_last() {
    for_both(|site| async move {
        let library = Library::open(site).await;
        let edda = |work: &str, version| record(work, &["Edda Finchley"], version);
        library.import(2, &[edda("twig", 2), edda("bark", 2)]).await;
        let (edda, by_edda) = (library.author_of("twig", 1).await, edda);
        assert_eq!(library.author_of("bark", 1).await, edda);
        let (author, work) = (edda.to_string(), library.work("bark").await.to_string());
        let fields = [
            ("author", author.as_str()),
            ("work", work.as_str()),
            ("what", "not_mine"),
            ("reason", "A namesake"),
        ];
        library.send(&library.mia.session, "work", &fields).await;
        let dot = library.author_of("wax", 1).await;
        let ada = library.author_of("ink", 1).await;
        let mut corrections = Vec::new();
        for (author, other) in [(dot, edda), (ada, dot)] {
            corrections.push(library.merge(author, other).await);
        }
        let theirs = async |works: &[&str], author: i64, when: &str| {
            for work in works {
                assert_eq!(library.author_of(work, 1).await, author, "{work}, {when}");
            }
        };
        for version in 3..5 {
            let works = ["twig", "bark", "leaf"].map(|work| by_edda(work, version));
            library.import(version, &works).await;
            // What was not hers is not theirs to whom she was joined.
            assert_ne!(library.author_of("bark", 1).await, ada, "version {version}");
            let all = ["ink", "glue", "wax", "twig", "leaf"];
            theirs(&all, ada, &format!("version {version}")).await;
        }
        library.undo(corrections[1]).await;
        for version in [4, 5] {
            theirs(&["ink", "quills"], ada, "the second undone").await;
            theirs(&["glue", "wax", "twig", "leaf"], dot, "the second undone").await;
            library.import(version + 1, &[]).await;
        }
        library.undo(corrections[0]).await;
        for version in [6, 7] {
            theirs(&["glue", "wax"], dot, "both undone").await;
            theirs(&["twig", "leaf"], edda, "both undone").await;
            library.import(version + 1, &[]).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_equal_names_the_one_meant_is_corrected() {
    for_both(|site| async move {
        let library = Library::open(site).await;
        let twins = |version| record("twins", &[ADA, "The Ink Group", ADA], version);
        library.import(2, &[twins(2)]).await;
        let ada = library.author_of("twins", 1).await;
        let (author, spot) = (
            library.author_of("glue", 1).await.to_string(),
            format!("{}:3:{ada}", library.work("twins").await),
        );
        let fields = [
            ("author", author.as_str()),
            ("spot", spot.as_str()),
            ("reason", "The second is me"),
        ];
        library.send(&library.mia.session, "mine", &fields).await;
        library.import(3, &[twins(3)]).await;
        assert_eq!(library.author_of("twins", 3).await.to_string(), author);
        assert_eq!(library.author_of("twins", 1).await, ada);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_in_stays() {
    for_both(|site| async move {
        let library = Library::open(site).await;
        let (ada, dot) = (
            library.author_of("ink", 1).await,
            library.author_of("wax", 1).await,
        );
        let (author, spot) = (
            ada.to_string(),
            format!("{}:1:{dot}", library.work("wax").await),
        );
        let fields = [
            ("author", author.as_str()),
            ("spot", spot.as_str()),
            ("reason", "Under a pen name"),
        ];
        let correction = library.send(&library.mia.session, "mine", &fields).await;
        library.import(2, &[]).await;
        assert_eq!(library.author_of("wax", 1).await, ada);
        assert_eq!(library.author_of("glue", 1).await, dot);
        library.undo(correction).await;
        library.import(3, &[]).await;
        assert_eq!(library.author_of("wax", 1).await, dot);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_stays_and_a_former_one_is_not_brought_back_in_any_form() {
    for_both(|site| async move {
        let library = Library::open(site).await;
        let ada = library.author_of("ink", 1).await;
        let author = ada.to_string();
        let fields = [
            ("author", author.as_str()),
            ("name", "Robin Stane"),
            ("former", "true"),
            ("seen", "0"),
            ("reason", "My name"),
        ];
        let correction = library.send(&library.mia.session, "rename", &fields).await;
        let new = [
            record("felt", &[ADA, "Bo Marrowby"], 2),
            record("twine", &["Ada M. Quillfeather", "Bo Marrowby"], 2),
        ];
        library.import(2, &new).await;
        for work in ["felt", "twine"] {
            assert_eq!(library.author_of(work, 1).await, ada, "{work}");
        }
        let name = library
            .text("SELECT name FROM authors WHERE id = $1", args![ada])
            .await;
        assert_eq!(name, "Robin Stane");
        let twine = library.work("twine").await;
        for path in [
            format!("/authors/{ada}/robin-stane"),
            format!("/authors/{ada}/works.bib"),
            format!("/authors/{ada}/feed.atom"),
            format!("/works/{twine}/on-twine"),
        ] {
            let page = library.stage.site.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(page.body.contains("Robin Stane"), "{path}: {}", page.body);
            assert!(!page.body.contains("Quillfeather"), "{path}: {}", page.body);
        }
        let found = library.stage.site.get("/search?q=ada%20quillfeather").await;
        assert!(
            html::text(&found.body).contains("Robin Stane"),
            "{}",
            found.body
        );
        library.undo(correction).await;
        library.import(3, &[]).await;
        let name = library
            .text("SELECT name FROM authors WHERE id = $1", args![ada])
            .await;
        assert!(name.contains("Quillfeather"), "{name}");
        let hidden = library
            .stage
            .number(
                "SELECT COUNT(*) FROM authorships WHERE name_shown IS NOT NULL",
                args![],
            )
            .await;
        assert_eq!(hidden, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_hidden_stays_hidden() {
    for_both(|site| async move {
        let library = Library::open(site).await;
        let ada = library.author_of("ink", 1).await;
        let person = library.held(ada).await;
        let (author, work) = (ada.to_string(), library.work("paper").await.to_string());
        let fields = [
            ("author", author.as_str()),
            ("work", work.as_str()),
            ("what", "hide"),
            ("reason", "A draft"),
        ];
        let hidden_work = library.send(&person.session, "work", &fields).await;
        library.import(2, &[]).await;
        let stance = library
            .text(
                "SELECT COALESCE(stance, '-') FROM authorships WHERE work_id = $1 AND position = 1",
                args![library.work("paper").await],
            )
            .await;
        assert_eq!(stance, "hidden");
        let works = library
            .stage
            .number("SELECT works_count FROM authors WHERE id = $1", args![ada])
            .await;
        assert_eq!(works, 2);
        library.undo(hidden_work).await;

        let seen = library.seen(ada).await;
        let hide = [
            ("author", author.as_str()),
            ("seen", seen.as_str()),
            ("reason", "No page"),
        ];
        let hidden_page = library.send(&person.session, "hide", &hide).await;
        library
            .import(3, &[record("late", &[ADA, "Bo Marrowby"], 3)])
            .await;
        assert_eq!(library.author_of("late", 1).await, ada);
        assert_eq!(
            library
                .stage
                .site
                .get(&format!("/authors/{ada}"))
                .await
                .status,
            410
        );
        let found = library.stage.site.get("/search?q=quillfeather").await;
        assert!(
            !found.body.contains(&format!("/authors/{ada}/")),
            "{}",
            found.body
        );
        library.undo(hidden_page).await;
        library.import(4, &[]).await;
        let works = library
            .stage
            .number("SELECT works_count FROM authors WHERE id = $1", args![ada])
            .await;
        assert_eq!(works, 4, "the hidden work and the late one count again");
        assert_eq!(
            library
                .stage
                .site
                .get(&format!("/authors/{ada}"))
                .await
                .status,
            301
        );
    })
    .await;
}
