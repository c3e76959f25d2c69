//! The real records beside the project, into both databases: every one is stored or refused with its reason, and a second time
//! nothing changes.

use bzpeer::args;
use bzpeer::db::{Db, Sql};
use bzpeer::ingest::checksum::checksum;
use bzpeer::ingest::run::Options;

use crate::support::{TestSite, for_both, import_files, shared_data};

const NOW: i64 = 1_780_000_000_000;

/// The folders; what their readers make of each record is counted in the readers' own tests.
const SAMPLES: [&str; 18] = [
    "seed-author",
    "openalex_entities_json",
    "openalex_works_api_list",
    "openalex_works_jsonl",
    "arxiv_atom_api",
    "arxiv_oai_pmh",
    "arxiv_kaggle_jsonl",
    "crossref_rest_json",
    "datacite_json",
    "dblp_xml",
    "orcid_record_json",
    "orcid_model_samples_xml",
    "pubmed_xml",
    "bibtex",
    "acl_anthology_xml",
    "semantic_scholar_json",
    "ror_json",
    "arxiv_abs_legacy.tar.gz",
];

/// Rows that imports write without foreign keys: (table, column, what it refers to).
const REFERENCES: [(&str, &str, &str); 11] = [
    ("authorships", "work_id", "works"),
    ("authorships", "author_id", "authors"),
    ("authorship_institutions", "work_id", "works"),
    ("authorship_institutions", "institution_id", "institutions"),
    ("work_identifiers", "work_id", "works"),
    ("work_topics", "work_id", "works"),
    ("work_topics", "topic_id", "topics"),
    ("author_names", "author_id", "authors"),
    ("author_name_tokens", "author_id", "authors"),
    ("author_blocks", "author_id", "authors"),
    ("unplaced_works", "work_id", "works"),
];

/// No row refers to what is not there.
async fn nothing_dangles(db: &Db) {
    for (table, column, to) in REFERENCES {
        let sql = format!(
            "SELECT COUNT(*) FROM {table} WHERE {column} IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM {to} WHERE {to}.id = {table}.{column})"
        );
        let rows: Vec<(i64,)> = db.clone().all_assembled(sql.into(), args![]).await.unwrap();
        assert_eq!(rows, [(0,)], "{table}.{column}");
    }
}

/// Some of the citations, spread over all sources, are BibTeX.
async fn citations_parse(site: &TestSite) {
    let works: Vec<(i64,)> = site
        .app
        .db
        .clone()
        .all(
            "SELECT id FROM works WHERE withdrawn_at IS NULL AND merged_into IS NULL ORDER BY id",
            args![],
        )
        .await
        .unwrap();
    for (id,) in works.into_iter().step_by(11) {
        let answer = site.get(&format!("/works/{id}/work.bib")).await;
        assert_eq!(answer.status, 200, "{id}");
        let file = biblatex::Bibliography::parse(&answer.body)
            .unwrap_or_else(|error| panic!("{error}: {}", answer.body));
        for entry in file.iter() {
            assert!(entry.title().is_ok(), "{}", answer.body);
            let named = answer.body.contains("  author = ");
            assert_eq!(entry.author().is_ok(), named, "{}", answer.body);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sample_is_imported_and_a_second_time_changes_nothing() {
    for_both(async |site: TestSite| {
        let db = &site.app.db;
        let options = Options {
            quiet: true,
            ..Options::default()
        };
        for sample in SAMPLES {
            let Some(path) = shared_data(sample) else {
                return;
            };
            let (outcome, told) = import_files(db, NOW, &path, &options).await;
            assert!(outcome.files > 0, "{sample}: {told:?}");
            assert_eq!(outcome.files_refused, 0, "{sample}: {told:?}");
            let records = outcome.records;
            let stored = records.works_new + records.works_linked + records.works_changed
                + records.works_unchanged + records.persons + records.institutions + records.topics;
            assert!(stored > 0, "{sample}: {records:?}");
            let counted: u64 = outcome.refused.iter().map(|(_, n)| n).sum();
            assert_eq!(counted, records.refused, "{sample}: each refusal has its reason");
        }
        let waiting: Vec<(i64,)> = db
            .clone()
            .all("SELECT work_id FROM unplaced_works", args![])
            .await
            .unwrap();
        assert!(waiting.is_empty());
        let alone: Vec<(i64, String)> = db
            .clone()
            .all(
                "SELECT work_id, name_printed FROM authorships WHERE author_id IS NULL AND NOT collective",
                args![],
            )
            .await
            .unwrap();
        assert!(alone.is_empty(), "without an author: {alone:?}");
        nothing_dangles(db).await;
        let before = checksum(db).await.unwrap();
        for sample in SAMPLES {
            let Some(path) = shared_data(sample) else {
                return;
            };
            let (outcome, _) = import_files(db, NOW + 1, &path, &options).await;
            let records = outcome.records;
            // Two files may hold two versions of one record: the later one wins again.
            assert_eq!((records.works_new, records.works_linked), (0, 0), "{sample}");
        }
        assert_eq!(checksum(db).await.unwrap(), before);
        citations_parse(&site).await;
        nothing_dangles(db).await;
    })
    .await;
}
