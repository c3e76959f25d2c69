//! Organisations and topics in the database, and affiliations matched to them.

use std::collections::HashSet;
use std::io::{BufReader, Cursor, Read};

use bzpeer::args;
use bzpeer::db::{Db, Sql, Tx};
use bzpeer::ingest::affiliations::Matcher;
use bzpeer::ingest::formats::{openalex, ror};
use bzpeer::ingest::loader::places::{self, Cache, FROM_AFFILIATION, Stored};
use bzpeer::ingest::record::{
    Input, InstitutionRecord, InstitutionStatus, Record, RecordInstitution, RecordTopic,
};

use crate::support::{TestSite, for_both, shared_data};

const NOW: i64 = 1_780_000_000_000;

/// An organisation as a register describes it.
fn described(source: &str, name: &str, ror: &str) -> InstitutionRecord {
    InstitutionRecord {
        source: source.to_owned(),
        record_key: ror.to_owned(),
        institution: RecordInstitution {
            name: name.to_owned(),
            ror: Some(ror.to_owned()),
            country: Some("AT".to_owned()),
            ..RecordInstitution::default()
        },
        ..InstitutionRecord::default()
    }
}

/// An organisation as a work names it.
fn named(name: &str, country: Option<&str>) -> RecordInstitution {
    RecordInstitution {
        name: name.to_owned(),
        country: country.map(str::to_owned),
        ..RecordInstitution::default()
    }
}

async fn store(site: &TestSite, records: &[InstitutionRecord]) -> Vec<Stored> {
    let mut tx = site.app.db.begin().await.unwrap();
    let stored = places::institutions(&mut tx, NOW, records).await.unwrap();
    tx.commit().await.unwrap();
    stored
}

async fn name(tx: &mut Tx, record: &RecordInstitution) -> i64 {
    places::named(tx, NOW, &mut Cache::default(), record)
        .await
        .unwrap()
}

/// Everything about organisations but their numbers, as lines.
async fn dump(db: &Db) -> Vec<String> {
    let mut db = db.clone();
    let mut lines = Vec::new();
    for sql in [
        "SELECT name || ' ' || name_key || ' ' || slug || ' ' || COALESCE(ror, '-') || ' ' || COALESCE(country, '-') || ' '
            || COALESCE(city, '-') || ' ' || COALESCE(url, '-') || ' ' || status || ' ' || COALESCE(source, '-')
         FROM institutions ORDER BY 1",
        "SELECT i.name || ': ' || n.name || ' ' || n.name_key || ' ' || COALESCE(n.lang, '-')
         FROM institution_names n JOIN institutions i ON i.id = n.institution_id ORDER BY 1",
        "SELECT i.name || ' word ' || t.token FROM institution_name_tokens t
         JOIN institutions i ON i.id = t.institution_id ORDER BY 1",
        "SELECT i.name || ' at ' || d.domain FROM institution_domains d
         JOIN institutions i ON i.id = d.institution_id ORDER BY 1",
        "SELECT i.name || ' is ' || d.scheme || ':' || d.value FROM institution_identifiers d
         JOIN institutions i ON i.id = d.institution_id ORDER BY 1",
        "SELECT i.name || ' ' || l.kind || ' ' || l.ror FROM institution_links l
         JOIN institutions i ON i.id = l.institution_id ORDER BY 1",
    ] {
        let rows: Vec<(String,)> = db.all(sql, args![]).await.unwrap();
        lines.extend(rows.into_iter().map(|(line,)| line));
    }
    lines
}

async fn number(db: &Db, sql: &'static str) -> i64 {
    let (n,): (i64,) = db.clone().one(sql, args![]).await.unwrap();
    n
}

/// The same organisation at ROR and at OpenAlex.
fn at_both_registers() -> (InstitutionRecord, InstitutionRecord) {
    let mut by_ror = described("ROR", "Technische Universität Altwald", "046rm7j60");
    by_ror.other_names = vec![
        ("TUA".to_owned(), None),
        (
            "Altwald University of Technology".to_owned(),
            Some("EN".to_owned()),
        ),
    ];
    by_ror.city = Some("Altwald".to_owned());
    by_ror.url = Some("https://altwald.example/".to_owned());
    by_ror.parents = vec!["03yrm5c26".to_owned()];
    by_ror.institution.domains = vec!["Altwald.example".to_owned()];
    by_ror.institution.identifiers = vec![("grid".to_owned(), "grid.1.1".to_owned())];
    let mut by_openalex = described("OpenAlex", "TU Altwald (Austria)", "046rm7j60");
    by_openalex.other_names = vec![("Waldtechnik".to_owned(), None)];
    by_openalex.status = InstitutionStatus::Inactive;
    by_openalex.institution.domains = vec!["old.example".to_owned()];
    by_openalex.institution.identifiers = vec![("openalex".to_owned(), "I7".to_owned())];
    (by_ror, by_openalex)
}

#[tokio::test(flavor = "multi_thread")]
async fn ror_describes_an_organisation_whatever_the_order_of_imports() {
    for_both(async |site: TestSite| {
        let (by_ror, by_openalex) = at_both_registers();
        let first = store(&site, std::slice::from_ref(&by_openalex)).await;
        assert_eq!(first, [Stored::New]);
        let second = store(&site, std::slice::from_ref(&by_ror)).await;
        assert_eq!(second, [Stored::Changed]);
        let told = dump(&site.app.db).await;
        for line in [
            "Technische Universität Altwald technische universitat altwald technische-universitat-altwald 046rm7j60 AT \
             Altwald https://altwald.example/ active ROR",
            "Technische Universität Altwald: Altwald University of Technology altwald university of technology en",
            "Technische Universität Altwald: TUA tua -",
            "Technische Universität Altwald at altwald.example",
            "Technische Universität Altwald is grid:grid.1.1",
            "Technische Universität Altwald is openalex:I7",
            "Technische Universität Altwald parent 03yrm5c26",
            "Technische Universität Altwald word tua",
        ] {
            assert!(told.contains(&line.to_owned()), "{line} is missing in {told:#?}");
        }
        assert!(!told.iter().any(|line| line.contains("Waldtechnik") || line.contains("old.example")));

        let other = TestSite::sqlite().await;
        store(&other, std::slice::from_ref(&by_ror)).await;
        let weaker = store(&other, std::slice::from_ref(&by_openalex)).await;
        assert_eq!(weaker, [Stored::Unchanged]);
        assert_eq!(dump(&other.app.db).await, told);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_record_a_second_time_changes_nothing() {
    for_both(async |site: TestSite| {
        let (by_ror, _) = at_both_registers();
        // Twice within one batch, too.
        let twice = [by_ror.clone(), by_ror.clone()];
        assert_eq!(store(&site, &twice).await, [Stored::New, Stored::Unchanged]);
        let before = dump(&site.app.db).await;
        assert_eq!(store(&site, &twice[..1]).await, [Stored::Unchanged]);
        assert_eq!(dump(&site.app.db).await, before);
        let mut changed = by_ror;
        changed.city = Some("Neuwald".to_owned());
        changed.other_names.clear();
        assert_eq!(store(&site, &[changed]).await, [Stored::Changed]);
        let after = dump(&site.app.db).await;
        assert!(after.iter().any(|line| line.contains("Neuwald")));
        assert!(!after.iter().any(|line| line.contains("TUA")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_ror_ids_are_two_organisations_whatever_they_share() {
    for_both(async |site: TestSite| {
        let mut one = described("ROR", "Hospital of Saint Example", "046rm7j60");
        one.institution.identifiers = vec![("isni".to_owned(), "0000".to_owned())];
        let mut other = described("ROR", "Hospital of Saint Example", "03yrm5c26");
        other.institution.identifiers = one.institution.identifiers.clone();
        assert_eq!(
            store(&site, &[one, other]).await,
            [Stored::New, Stored::New]
        );
        assert_eq!(
            number(&site.app.db, "SELECT COUNT(*) FROM institutions").await,
            2
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_finds_what_works_had_named_before() {
    for_both(async |site: TestSite| {
        let mut tx = site.app.db.begin().await.unwrap();
        let bare = name(&mut tx, &named("Altwald Academy", Some("AT"))).await;
        let abroad = name(&mut tx, &named("Altwald Academy", Some("DE"))).await;
        let mut by_id = named("Another Academy", None);
        by_id.identifiers = vec![("openalex".to_owned(), "I9".to_owned())];
        let identified = name(&mut tx, &by_id).await;
        tx.commit().await.unwrap();
        let mut later = described("OpenAlex", "The Other Academy", "03yrm5c26");
        later.institution.identifiers = by_id.identifiers.clone();
        let records = [described("ROR", "Altwald Academy", "046rm7j60"), later];
        assert_eq!(
            store(&site, &records).await,
            [Stored::Changed, Stored::Changed]
        );
        let mut db = site.app.db.clone();
        let rows: Vec<(i64, String, Option<String>)> = db
            .all(
                "SELECT id, name, ror FROM institutions ORDER BY id",
                args![],
            )
            .await
            .unwrap();
        assert_eq!(
            rows,
            [
                (
                    bare,
                    "Altwald Academy".to_owned(),
                    Some("046rm7j60".to_owned())
                ),
                (abroad, "Altwald Academy".to_owned(), None),
                (
                    identified,
                    "The Other Academy".to_owned(),
                    Some("03yrm5c26".to_owned())
                ),
            ]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_in_a_record_means_the_one_organisation_of_that_name_or_a_new_one() {
    for_both(async |site: TestSite| {
        let mut twin = described("ROR", "St. Example Hospital", "03yrm5c26");
        twin.institution.country = Some("DE".to_owned());
        let registered = [
            described("ROR", "Altwald Academy", "046rm7j60"),
            described("ROR", "St. Example Hospital", "01an7q238"),
            twin,
        ];
        store(&site, &registered).await;
        let mut tx = site.app.db.begin().await.unwrap();
        let mut cache = Cache::default();
        let mut by_ror = named("Another spelling", None);
        by_ror.ror = Some("046rm7j60".to_owned());
        let academy = places::named(&mut tx, NOW, &mut cache, &by_ror)
            .await
            .unwrap();
        for (record, same) in [
            (named("ALTWALD  academy", None), true),
            (named("Altwald Academy", Some("AT")), true),
            (named("Altwald Academy", Some("FR")), false),
        ] {
            let id = places::named(&mut tx, NOW, &mut cache, &record)
                .await
                .unwrap();
            assert_eq!(id == academy, same, "{record:?}");
        }
        // Two hospitals have this name: which one is meant is not guessed, and the third is met again.
        let open = places::named(
            &mut tx,
            NOW,
            &mut cache,
            &named("St Example Hospital", None),
        )
        .await
        .unwrap();
        let again = name(&mut tx, &named("St. Example Hospital", None)).await;
        assert_eq!(open, again);
        let german = name(&mut tx, &named("St. Example Hospital", Some("DE"))).await;
        let ror: (Option<String>,) = tx
            .one("SELECT ror FROM institutions WHERE id = $1", args![german])
            .await
            .unwrap();
        assert_eq!(ror.0.as_deref(), Some("03yrm5c26"));
        tx.rollback().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identifier_of_its_own_makes_it_another_organisation() {
    for_both(async |site: TestSite| {
        let mut academy = described("ROR", "Altwald Academy", "046rm7j60");
        academy.institution.identifiers = vec![("grid".to_owned(), "grid.1.1".to_owned())];
        store(&site, &[academy.clone()]).await;
        let mut tx = site.app.db.begin().await.unwrap();
        let known = name(&mut tx, &academy.institution).await;
        // Found by the identifier, whatever it is called.
        let mut renamed = named("Academy of Altwald", None);
        renamed.identifiers = academy.institution.identifiers.clone();
        assert_eq!(name(&mut tx, &renamed).await, known);
        // The same name under an identifier that nobody has, and the same identifier under another ROR id.
        let mut numbered = named("Altwald Academy", Some("AT"));
        numbered.identifiers = vec![("openalex".to_owned(), "I5".to_owned())];
        assert_ne!(name(&mut tx, &numbered).await, known);
        let mut contradicting = academy.institution.clone();
        contradicting.ror = Some("03yrm5c26".to_owned());
        assert_ne!(name(&mut tx, &contradicting).await, known);
    })
    .await;
}

fn topic(code: &str, name: &str, broader: Option<RecordTopic>) -> RecordTopic {
    RecordTopic {
        scheme: "openalex".to_owned(),
        code: code.to_owned(),
        name: name.to_owned(),
        description: None,
        broader: broader.map(Box::new),
    }
}

/// (code, name, name of the one above)
async fn topics(db: &Db) -> Vec<(String, String, Option<String>)> {
    db.clone()
        .all(
            "SELECT t.code, t.name, b.name FROM topics t LEFT JOIN topics b ON b.id = t.broader_id ORDER BY t.code",
            args![],
        )
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_comes_with_those_above_it_and_its_own_record_names_it() {
    for_both(async |site: TestSite| {
        let chain = topic(
            "T1",
            "T1",
            Some(topic(
                "S1",
                "Learning",
                Some(topic("F1", "Computing", None)),
            )),
        );
        let mut tx = site.app.db.begin().await.unwrap();
        let mut cache = Cache::default();
        let id = places::topic(&mut tx, &mut cache, &chain).await.unwrap();
        assert_eq!(
            places::topic(&mut tx, &mut cache, &topic("T1", "T1", None))
                .await
                .unwrap(),
            id
        );
        // A work that knows the name replaces a bare code; one that says otherwise does not replace a name.
        let mut cache = Cache::default();
        places::topic(&mut tx, &mut cache, &topic("T1", "Deep nets", None))
            .await
            .unwrap();
        let mut cache = Cache::default();
        places::topic(&mut tx, &mut cache, &topic("T1", "Shallow nets", None))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let expect = |name: &str| {
            [
                ("F1".to_owned(), "Computing".to_owned(), None),
                (
                    "S1".to_owned(),
                    "Learning".to_owned(),
                    Some("Computing".to_owned()),
                ),
                (
                    "T1".to_owned(),
                    name.to_owned(),
                    Some("Learning".to_owned()),
                ),
            ]
        };
        assert_eq!(topics(&site.app.db).await, expect("Deep nets"));

        let mut record = topic("T1", "Neural networks", None);
        record.description = Some("About them.".to_owned());
        for stored in [Stored::Changed, Stored::Unchanged] {
            let mut tx = site.app.db.begin().await.unwrap();
            let mut cache = Cache::default();
            assert_eq!(
                places::topic_record(&mut tx, &mut cache, &record)
                    .await
                    .unwrap(),
                stored
            );
            tx.commit().await.unwrap();
        }
        assert_eq!(topics(&site.app.db).await, expect("Neural networks"));
        let mut db = site.app.db.clone();
        let words: Vec<(String,)> = db
            .all(
                "SELECT token FROM topic_name_tokens WHERE topic_id = $1 ORDER BY token",
                args![id],
            )
            .await
            .unwrap();
        assert_eq!(words, [("networks".to_owned(),), ("neural".to_owned(),)]);
        let (slug, key): (String, String) = db
            .one("SELECT slug, name_key FROM topics WHERE id = $1", args![id])
            .await
            .unwrap();
        assert_eq!(
            (slug.as_str(), key.as_str()),
            ("neural-networks", "neural networks")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_is_never_above_itself() {
    for_both(async |site: TestSite| {
        let circle = topic("T1", "Round", Some(topic("T1", "Round", None)));
        let mut tx = site.app.db.begin().await.unwrap();
        places::topic(&mut tx, &mut Cache::default(), &circle)
            .await
            .unwrap();
        places::topic_record(&mut tx, &mut Cache::default(), &circle)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            topics(&site.app.db).await,
            [("T1".to_owned(), "Round".to_owned(), None)]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn affiliations_are_matched_after_the_organisations_came() {
    for_both(async |site: TestSite| {
        let mut academy = described("ROR", "Altwald Academy of Sciences", "046rm7j60");
        academy.city = Some("Altwald".to_owned());
        store(&site, &[academy]).await;
        let mut tx = site.app.db.begin().await.unwrap();
        let other = name(&mut tx, &named("Elsewhere College", None)).await;
        tx.execute(
            "INSERT INTO works (id, kind, title, title_html, title_key, slug, created_at, updated_at)
             VALUES (1, 'article', 'T', 'T', 't', 't', 1, 1)",
            args![],
        )
        .await
        .unwrap();
        let printed = "Dept. of Moss, Altwald Acad. of Sci., Altwald, Austria";
        for (position, affiliation) in [(1, Some(printed)), (2, Some(printed)), (3, Some("nowhere")), (4, None)] {
            tx.execute(
                "INSERT INTO authorships (work_id, position, name_printed, affiliation_printed, source, confidence)
                 VALUES (1, $1, 'A', $2, 'test', 1)",
                args![position, affiliation],
            )
            .await
            .unwrap();
        }
        tx.execute(
            "INSERT INTO authorship_institutions (work_id, position, institution_id, confidence, source)
             VALUES (1, 2, $1, 1, 'test')",
            args![other],
        )
        .await
        .unwrap();
        let mut matcher = Matcher::load(&mut tx).await.unwrap();
        assert_eq!(matcher.organisations(), 2);
        assert_eq!(places::rematch(&mut tx, &mut matcher).await.unwrap(), 1);
        assert_eq!(places::rematch(&mut tx, &mut matcher).await.unwrap(), 0);
        let rows: Vec<(i64, String, f64, String)> = tx
            .all(
                "SELECT x.position, i.name, x.confidence, x.source FROM authorship_institutions x
                 JOIN institutions i ON i.id = x.institution_id ORDER BY x.position",
                args![],
            )
            .await
            .unwrap();
        let (position, name, confidence, source) = &rows[0];
        assert_eq!((*position, name.as_str(), source.as_str()), (1, "Altwald Academy of Sciences", FROM_AFFILIATION));
        assert!((0.75..1.0).contains(confidence), "{confidence}");
        assert_eq!(rows[1..], [(2, "Elsewhere College".to_owned(), 1.0, "test".to_owned())]);
    })
    .await;
}

fn read(bytes: Vec<u8>) -> Input {
    Input {
        name: "sample".to_owned(),
        bytes: Box::new(BufReader::new(Cursor::new(bytes))),
    }
}

/// The organisations of the large sample.
fn registered() -> Option<Vec<InstitutionRecord>> {
    let path = shared_data("ror_large/ror-records-union-schema-v2.json.zip")?;
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut bytes = Vec::new();
    archive
        .by_index(0)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    let records = ror::read(read(bytes)).map(|record| match record.unwrap() {
        Record::Institution(record) => *record,
        other => panic!("{other:?}"),
    });
    Some(records.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn printed_affiliations_are_matched_as_openalex_matched_them() {
    let (Some(records), Some(works)) = (
        registered(),
        shared_data("openalex_works_jsonl/works.jsonl"),
    ) else {
        return;
    };
    let site = TestSite::sqlite().await;
    let stored = store(&site, &records).await;
    assert_eq!(stored.len(), 35_990);
    assert!(stored.iter().all(|stored| *stored == Stored::New));
    let mut db = site.app.db.clone();
    let rors: Vec<(i64, String)> = db
        .all(
            "SELECT id, ror FROM institutions WHERE ror IS NOT NULL",
            args![],
        )
        .await
        .unwrap();
    let rors: std::collections::HashMap<i64, String> = rors.into_iter().collect();
    let held: HashSet<&String> = rors.values().collect();
    let mut matcher = Matcher::load(&mut db).await.unwrap();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    let mut seen = HashSet::new();
    for record in openalex::read(read(std::fs::read(works).unwrap())).flatten() {
        let Record::Work(work) = record else { continue };
        for author in &work.authors {
            // With several affiliations, which of them an organisation belongs to is not told.
            let [printed] = author.affiliations.as_slice() else {
                continue;
            };
            if author.institutions.is_empty() || !seen.insert(printed.clone()) {
                continue;
            }
            let meant: HashSet<&String> = author
                .institutions
                .iter()
                .filter_map(|i| i.ror.as_ref())
                .collect();
            let found: HashSet<&String> = matcher
                .find(printed)
                .iter()
                .map(|found| &rors[&found.institution_id])
                .collect();
            right += found.intersection(&meant).count();
            wrong += found.difference(&meant).count();
            missed += meant
                .iter()
                .filter(|ror| held.contains(*ror) && !found.contains(*ror))
                .count();
        }
    }
    println!(
        "{} affiliations: right {right}, wrong {wrong}, missed {missed}",
        seen.len()
    );
    // What OpenAlex does not name counts as wrong here; docs/institutions.md looks at those.
    assert!(
        right * 100 >= 85 * (right + wrong),
        "right {right}, wrong {wrong}"
    );
    assert!(
        right * 100 >= 75 * (right + missed),
        "right {right}, missed {missed}"
    );
}
