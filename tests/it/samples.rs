//! The real records beside the project, into both databases: every one is stored or refused with its reason, and a second time
//! nothing changes.

use bzpeer::args;
use bzpeer::db::Sql;
use bzpeer::ingest::checksum::checksum;
use bzpeer::ingest::run::Options;

use crate::support::{TestSite, for_both, import_files, shared_data};

const NOW: i64 = 1_780_000_000_000;

/// The folders; what their readers make of each record is counted in the readers' own tests.
const SAMPLES: [&str; 14] = [
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
];

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
    })
    .await;
}
