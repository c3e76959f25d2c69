//! One work from many records, and who is who, through the loader.

use bzpeer::args;
use bzpeer::db::{Db, Sql};
use bzpeer::domain::identifiers::{Scheme, WorkIdentifier};
use bzpeer::domain::names::PersonName;
use bzpeer::domain::work::WorkKind;
use bzpeer::ingest::checksum::checksum;
use bzpeer::ingest::demo;
use bzpeer::ingest::loader::{self, ImportSummary};
use bzpeer::ingest::placing::{self, Corpus, Gatherer};
use bzpeer::ingest::record::{
    PersonRecord, Record, RecordAuthor, RecordInstitution, Relation, WorkRecord,
};

use crate::support::{TestSite, for_both};

const NOW: i64 = 1_780_000_000_000;

pub(crate) async fn import(db: &Db, records: Vec<Record>) -> ImportSummary {
    let folder = tempfile::tempdir().unwrap();
    let mut refused = Vec::new();
    let gatherer = Gatherer::start().unwrap();
    let mut summary = loader::import(
        db,
        NOW,
        records.into_iter().map(Ok),
        Some(folder.path()),
        &gatherer,
        |_| {},
        |error| refused.push(error),
    )
    .await
    .unwrap();
    assert!(refused.is_empty(), "{refused:?}");
    summary.authors_new = placing::place(db, NOW, gatherer.finish(), |_, _| {})
        .await
        .unwrap()
        .authors_new;
    summary
}

pub(crate) fn author(name: &str) -> RecordAuthor {
    RecordAuthor {
        name: PersonName::literal(name),
        ..RecordAuthor::default()
    }
}

pub(crate) fn identifier(scheme: Scheme, value: &str) -> WorkIdentifier {
    WorkIdentifier::parse(scheme, value).unwrap()
}

pub(crate) fn work(source: &str, key: &str, title: &str, authors: &[&str]) -> WorkRecord {
    WorkRecord {
        source: source.into(),
        record_key: key.into(),
        kind: WorkKind::Article,
        title_source: title.into(),
        year: Some(2020),
        authors: authors.iter().map(|name| author(name)).collect(),
        ..WorkRecord::default()
    }
}

fn record(work: WorkRecord) -> Record {
    Record::Work(Box::new(work))
}

/// A preprint, the published version that it names, and a third source that knows the article by its title alone.
fn one_work() -> Vec<WorkRecord> {
    let authors = ["Ottilie Quillfeather", "Ignatz Lanternbeck"];
    let preprint = WorkRecord {
        kind: WorkKind::Preprint,
        abstract_source: Some("Rivers forget.".into()),
        identifiers: vec![identifier(Scheme::Arxiv, "2001.00001v2")],
        related: vec![(
            Relation::PublishedAs,
            identifier(Scheme::Doi, "10.5555/rivers"),
        )],
        ..work(
            "arXiv",
            "2001.00001",
            "Rivers that forget, a first draft",
            &authors,
        )
    };
    let article = WorkRecord {
        year: Some(2021),
        venue: Some("Brindle Letters".into()),
        identifiers: vec![identifier(Scheme::Doi, "10.5555/RIVERS")],
        ..work(
            "Crossref",
            "10.5555/rivers",
            "Rivers that forget their lanterns",
            &authors,
        )
    };
    let third = WorkRecord {
        year: Some(2021),
        ..work(
            "dblp",
            "journals/brindle/QuillfeatherL21",
            "Rivers That Forget Their Lanterns.",
            &["O. Quillfeather", "I. Lanternbeck"],
        )
    };
    vec![preprint, article, third]
}

async fn number(db: &Db, sql: &'static str) -> i64 {
    let (n,): (i64,) = db.clone().one(sql, args![]).await.unwrap();
    n
}

const LIVING: &str = "SELECT COUNT(*) FROM works WHERE merged_into IS NULL";

#[tokio::test(flavor = "multi_thread")]
async fn preprint_article_and_a_record_without_numbers_make_one_work_in_any_order() {
    for_both(async |site: TestSite| {
        let records = one_work();
        import(&site.app.db, records.iter().cloned().map(record).collect()).await;
        let db = &site.app.db;
        assert_eq!(number(db, LIVING).await, 1);
        assert_eq!(number(db, "SELECT COUNT(*) FROM work_records").await, 3);
        let (title, year, summary, origins): (String, i64, Option<String>, Option<String>) = db
            .clone()
            .one(
                "SELECT title, year, abstract_html, origins FROM works WHERE merged_into IS NULL",
                args![],
            )
            .await
            .unwrap();
        assert_eq!(
            (title.as_str(), year),
            ("Rivers that forget their lanterns", 2021)
        );
        assert!(summary.unwrap().contains("Rivers forget."));
        assert!(origins.unwrap().contains(r#""abstract":"arXiv""#));
        let matched: Vec<(String, String)> = db
            .clone()
            .all(
                "SELECT source, matched_by FROM work_records ORDER BY source",
                args![],
            )
            .await
            .unwrap();
        let matched: Vec<(&str, &str)> = matched
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(
            matched,
            [
                ("Crossref", "identifier"),
                ("arXiv", "first"),
                ("dblp", "title")
            ]
        );
        assert_eq!(
            number(db, "SELECT COUNT(DISTINCT author_id) FROM authorships").await,
            2
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_and_the_cut_of_imports_do_not_change_the_record() {
    let whole = TestSite::sqlite().await;
    import(&whole.app.db, one_work().into_iter().map(record).collect()).await;
    let expected = checksum(&whole.app.db).await.unwrap();
    for order in [
        [0, 1, 2],
        [2, 1, 0],
        [1, 0, 2],
        [1, 2, 0],
        [0, 2, 1],
        [2, 0, 1],
    ] {
        let site = TestSite::sqlite().await;
        for at in order {
            import(&site.app.db, vec![record(one_work().swap_remove(at))]).await;
        }
        assert_eq!(checksum(&site.app.db).await.unwrap(), expected, "{order:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_works_that_a_later_record_proves_to_be_one_are_joined_and_the_old_address_leads_on() {
    for_both(async |site: TestSite| {
        let db = &site.app.db;
        let arxiv = WorkRecord {
            identifiers: vec![identifier(Scheme::Arxiv, "2001.00002")],
            ..work(
                "arXiv",
                "2001.00002",
                "A title of its own",
                &["Ottilie Quillfeather"],
            )
        };
        let doi = WorkRecord {
            identifiers: vec![identifier(Scheme::Doi, "10.5555/other")],
            ..work(
                "Crossref",
                "10.5555/other",
                "Quite another title",
                &["Ottilie Quillfeather"],
            )
        };
        import(db, vec![record(arxiv), record(doi)]).await;
        assert_eq!(number(db, LIVING).await, 2);
        let both = WorkRecord {
            identifiers: vec![
                identifier(Scheme::OpenAlex, "W1"),
                identifier(Scheme::Arxiv, "2001.00002"),
                identifier(Scheme::Doi, "10.5555/other"),
            ],
            ..work(
                "OpenAlex",
                "W1",
                "Quite another title",
                &["Ottilie Quillfeather"],
            )
        };
        import(db, vec![record(both)]).await;
        assert_eq!(number(db, LIVING).await, 1);
        assert_eq!(
            number(
                db,
                "SELECT COUNT(*) FROM works w JOIN works i ON i.id = w.merged_into"
            )
            .await,
            1
        );
        assert_eq!(number(db, "SELECT COUNT(*) FROM authorships").await, 1);
        assert_eq!(
            number(
                db,
                "SELECT works_count FROM authors WHERE merged_into IS NULL"
            )
            .await,
            1
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_isbn_a_wrong_link_or_a_common_title_does_not_make_two_works_one() {
    for_both(async |site: TestSite| {
        let db = &site.app.db;
        let chapter = |key: &str, title: &str, name: &str| WorkRecord {
            kind: WorkKind::Chapter,
            identifiers: vec![identifier(Scheme::Isbn, "9783161484100")],
            ..work("Crossref", key, title, &[name])
        };
        let mistyped = WorkRecord {
            related: vec![(
                Relation::PublishedAs,
                identifier(Scheme::Doi, "10.5555/moss"),
            )],
            ..work(
                "arXiv",
                "2001.00003",
                "On entirely different lanterns",
                &["Cyprian Reedmaker"],
            )
        };
        let moss = WorkRecord {
            identifiers: vec![identifier(Scheme::Doi, "10.5555/moss")],
            ..work(
                "Crossref",
                "10.5555/moss",
                "Carpets of moss",
                &["Dagny Fernhollow"],
            )
        };
        import(
            db,
            vec![
                record(chapter("a", "Introduction", "Ottilie Quillfeather")),
                record(chapter("b", "Conclusion", "Ignatz Lanternbeck")),
                record(work("dblp", "c", "Introduction", &["Ignatz Lanternbeck"])),
                record(moss),
                record(mistyped),
            ],
        )
        .await;
        assert_eq!(number(db, LIVING).await, 5);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_record_leaves_the_work_to_the_others_and_the_last_one_takes_it_from_the_lists()
{
    for_both(async |site: TestSite| {
        let db = &site.app.db;
        let records = one_work();
        import(db, records.iter().cloned().map(record).collect()).await;
        let gone = |at: usize| Record::Deleted {
            source: records[at].source.clone(),
            record_key: records[at].record_key.clone(),
        };
        let summary = import(db, vec![gone(1)]).await;
        assert_eq!(summary.works_withdrawn, 1);
        assert_eq!(
            number(
                db,
                "SELECT COUNT(*) FROM works WHERE withdrawn_at IS NULL AND year = 2021"
            )
            .await,
            1
        );
        import(db, vec![gone(0), gone(2)]).await;
        assert_eq!(
            number(
                db,
                "SELECT COUNT(*) FROM works WHERE withdrawn_at IS NOT NULL"
            )
            .await,
            1
        );
        assert_eq!(number(db, "SELECT COUNT(*) FROM authorships").await, 0);
        // The source thinks better of it.
        import(db, vec![record(records[0].clone())]).await;
        assert_eq!(number(db, "SELECT COUNT(*) FROM authorships").await, 2);
        assert_eq!(
            number(
                db,
                "SELECT COUNT(*) FROM works WHERE withdrawn_at IS NOT NULL"
            )
            .await,
            0
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn identifiers_decide_before_names() {
    for_both(async |site: TestSite| {
        let db = &site.app.db;
        let with = |key: &str, title: &str, name: &str, orcid: &str| {
            let mut work = work("Crossref", key, title, &[name]);
            work.authors[0].identifiers = vec![("orcid".into(), orcid.into())];
            record(work)
        };
        let (one, other) = ("0000-0002-1825-0097", "0000-0001-5109-3700");
        import(
            db,
            vec![
                with("1", "Lanterns of the first kind", "Yang Liu", one),
                with("2", "Something about moss", "Yang Liu", other),
                with("3", "A third and different matter", "Y. Liu", one),
                // A changed family name: another block of names.
                with("4", "Later lanterns", "Yang Okonkwo-Berg", one),
            ],
        )
        .await;
        let people: Vec<(i64, i64)> = db
            .clone()
            .all(
                "SELECT author_id, COUNT(*) FROM authorships GROUP BY author_id ORDER BY 2 DESC",
                args![],
            )
            .await
            .unwrap();
        assert_eq!(people.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [3, 1]);
        assert_eq!(
            number(db, "SELECT COUNT(*) FROM author_identifiers").await,
            2
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_registry_knows_of_a_person_reaches_their_works_whichever_comes_first() {
    for_both(async |site: TestSite| {
        let db = &site.app.db;
        let person = |key: &str, name: &str, doi: &str| {
            Record::Person(Box::new(PersonRecord {
                source: "ORCID".into(),
                record_key: key.into(),
                name: PersonName::literal(name),
                identifiers: vec![("orcid".into(), key.into())],
                works: vec![identifier(Scheme::Doi, doi)],
                institutions: vec![(
                    RecordInstitution {
                        name: "University of Larkfield".into(),
                        ..RecordInstitution::default()
                    },
                    Some(2015),
                    None,
                )],
                ..PersonRecord::default()
            }))
        };
        let on = |doi: &str, title: &str, name: &str| WorkRecord {
            identifiers: vec![identifier(Scheme::Doi, doi)],
            ..work("Crossref", doi, title, &[name, "Dagny Fernhollow"])
        };
        import(
            db,
            vec![
                record(on("10.5555/before", "Work that came first", "Ottilie Quillfeather")),
                person("0000-0002-1825-0097", "Ottilie Quillfeather", "10.5555/before"),
                person("0000-0001-5109-3700", "Ignatz Lanternbeck", "10.5555/after"),
            ],
        )
        .await;
        import(
            db,
            vec![record(on("10.5555/after", "Work that came later", "I. Lanternbeck"))],
        )
        .await;
        let owners: Vec<(String, String)> = db
            .clone()
            .all(
                "SELECT i.value, a.name FROM author_identifiers i JOIN authors a ON a.id = i.author_id ORDER BY i.value",
                args![],
            )
            .await
            .unwrap();
        let owners: Vec<(&str, &str)> = owners.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            owners,
            [
                ("0000-0001-5109-3700", "I. Lanternbeck"),
                ("0000-0002-1825-0097", "Ottilie Quillfeather")
            ]
        );
        assert_eq!(number(db, "SELECT COUNT(*) FROM author_institutions WHERE from_year = 2015").await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collaboration_is_printed_and_has_no_page() {
    let site = TestSite::sqlite().await;
    let mut paper = work(
        "Crossref",
        "1",
        "Lanterns seen from afar",
        &["Ottilie Quillfeather", "The Lantern Collaboration"],
    );
    paper.authors[1].group = true;
    let summary = import(&site.app.db, vec![record(paper)]).await;
    assert_eq!(summary.authors_new, 1);
    assert_eq!(
        number(
            &site.app.db,
            "SELECT COUNT(*) FROM authorships WHERE author_id IS NULL AND collective"
        )
        .await,
        1
    );
}

/// What placing is told while works are stored is what it would read.
#[tokio::test(flavor = "multi_thread")]
async fn placing_makes_the_same_of_what_it_was_told_and_of_what_it_reads() {
    for_both(async |site: TestSite| {
        let works = || demo::works(7, 300).map(|w| Ok(Record::Work(Box::new(w))));
        let rest = || {
            demo::works(7, 400)
                .skip(300)
                .map(|w| Ok(Record::Work(Box::new(w))))
        };
        let mut sums = Vec::new();
        let other = TestSite::sqlite().await;
        for (db, told) in [(&site.app.db, true), (&other.app.db, false)] {
            for records in [
                Box::new(works()) as Box<dyn Iterator<Item = _> + Send>,
                Box::new(rest()),
            ] {
                let gatherer = Gatherer::start().unwrap();
                loader::import(db, NOW, records, None, &gatherer, |_| {}, |_| {})
                    .await
                    .unwrap();
                let corpus = if told {
                    gatherer.finish()
                } else {
                    Corpus::default()
                };
                placing::place(db, NOW, corpus, |_, _| {}).await.unwrap();
            }
            sums.push(checksum(db).await.unwrap());
        }
        assert_eq!(sums[0], sums[1]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stub_of_a_record_does_not_replace_it() {
    for_both(async |site: TestSite| {
        let db = &site.app.db;
        let full = work("Crossref", "10.5555/ink", "On Ink", &["Ada Quillfeather"]);
        let stub = WorkRecord {
            year: None,
            ..work("Crossref", "10.5555/ink", "On Ink", &[])
        };
        let other = work("Crossref", "10.5555/wax", "On Wax", &[]);
        let before = import(db, vec![Record::Work(Box::new(full.clone()))]).await;
        assert_eq!(before.works_new, 1);
        let sum = checksum(db).await.unwrap();
        let again = import(db, vec![Record::Work(Box::new(stub.clone()))]).await;
        assert_eq!((again.works_changed, again.works_unchanged), (0, 1));
        assert_eq!(checksum(db).await.unwrap(), sum);
        // In the other order the full record replaces the stub.
        let stubs = vec![Record::Work(Box::new(other))];
        import(db, stubs).await;
        let wax = work("Crossref", "10.5555/wax", "On Wax", &["Ada Quillfeather"]);
        let changed = import(db, vec![Record::Work(Box::new(wax))]).await;
        assert_eq!(changed.works_changed, 1);
        let shown: Vec<(i64,)> = db
            .clone()
            .all(
                "SELECT COUNT(*) FROM authorships WHERE author_id IS NOT NULL",
                args![],
            )
            .await
            .unwrap();
        assert_eq!(shown, [(2,)]);
    })
    .await;
}

/// Rows of one batch are written while the next is put together: what the next has to do with it is noticed all the same.
#[tokio::test(flavor = "multi_thread")]
async fn batches_of_one_file_know_of_each_other() {
    for_both(async |site: TestSite| {
        let db = &site.app.db;
        // Batches hold 1,024 records; so many of them go through a temporary file.
        let ink = |n: usize| {
            let title = format!("On Ink {n}");
            let mut work = work("A", &format!("a{n}"), &title, &["Ada Quillfeather"]);
            work.identifiers = vec![identifier(Scheme::Doi, &format!("10.5555/{n}"))];
            Record::Work(Box::new(work))
        };
        let deleted = |key: &str| Record::Deleted {
            source: "A".into(),
            record_key: key.into(),
        };
        let mut records: Vec<Record> = (0..3_072).map(ink).collect();
        let mut same = work("B", "b1", "On Ink 3071", &["Ada Quillfeather"]);
        same.identifiers = vec![identifier(Scheme::Doi, "10.5555/3071")];
        records.push(Record::Work(Box::new(same)));
        let by_title = work("B", "b2", "On Ink 3070", &["Ada Quillfeather"]);
        records.push(Record::Work(Box::new(by_title)));
        records.extend((3_072..4_094).map(ink));
        // The last batch takes back what the one before brought, and what it brings itself.
        records.push(deleted("a4000"));
        records.push(ink(4_094));
        records.push(deleted("a4094"));
        let summary = import(db, records).await;
        assert_eq!(
            (
                summary.works_new,
                summary.works_linked,
                summary.works_withdrawn
            ),
            (4_095, 2, 2)
        );
        let works: Vec<(i64,)> = db
            .clone()
            .all(
                "SELECT COUNT(*) FROM works WHERE withdrawn_at IS NULL AND merged_into IS NULL",
                args![],
            )
            .await
            .unwrap();
        assert_eq!(works, [(4_093,)]);
    })
    .await;
}
