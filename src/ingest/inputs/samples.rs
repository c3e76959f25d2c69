//! Every real sample beside the repository, as the operator would import it: folders and archives as they are, without
//! naming a format. The counts are those of the samples' own README. Where the samples are absent, the test says so
//! and passes.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use super::super::format::Format::{self, *};
use super::super::record::{Extent, Record};
use super::open;

/// What must come of one sample.
struct Sample {
    /// Its folder or file.
    name: &'static str,
    /// The formats that its files are in.
    formats: &'static [Format],
    /// How many records are yielded.
    records: usize,
    /// How many different ones, by source and key.
    different: usize,
    /// How many are refused, each with its reason.
    refused: usize,
}

const fn sample(
    name: &'static str,
    formats: &'static [Format],
    records: usize,
    different: usize,
    refused: usize,
) -> Sample {
    Sample {
        name,
        formats,
        records,
        different,
        refused,
    }
}

const SAMPLES: [Sample; 21] = [
    sample("acl_anthology_full", &[Acl], 54_169, 54_169, 0),
    // 2,449 papers, and 1,717 people with variants, three of whom are several people of one name and so nobody.
    sample(
        "acl_anthology_xml",
        &[Acl, AclPeople],
        2_449 + 1_714,
        2_449 + 1_714,
        3,
    ),
    sample("arxiv_abs_legacy.tar.gz", &[ArxivAbs], 569, 569, 0),
    // 33 preprints, one of them in two feeds.
    sample("arxiv_atom_api", &[ArxivAtom], 34, 33, 0),
    sample("arxiv_kaggle_jsonl", &[ArxivLines], 25, 25, 0),
    sample("arxiv_metadata_lines", &[ArxivLines], 42_845, 42_845, 0),
    // 17 preprints, eleven of them in two answers.
    sample("arxiv_oai_pmh", &[ArxivOai], 28, 17, 0),
    // 1,360 entries, one of them without a title.
    sample("bibtex", &[Bibtex], 1_359, 1_359, 1),
    // 216 works, five of them in two files; the 17 without a title are tables and figures of articles, and an issue.
    sample("crossref_rest_json", &[Crossref], 204, 199, 17),
    // 449, one of them without a title.
    sample("datacite_json", &[DataCite], 448, 448, 1),
    sample("dblp_xml", &[Dblp], 72, 72, 0),
    // 18; journals, funders and publishers are not kept.
    sample("openalex_entities_json", &[OpenAlex], 12, 12, 6),
    sample("openalex_works_api_list", &[OpenAlex], 80, 80, 0),
    sample("openalex_works_jsonl", &[OpenAlex], 132, 132, 0),
    // Three files: a record, its works, and employments that do not say whose they are.
    sample("orcid_model_samples_xml", &[OrcidXml], 2, 2, 1),
    // Four, one of them with a bad checksum.
    sample("orcid_record_json", &[OrcidJson], 3, 3, 1),
    sample("pubmed_xml", &[Pubmed], 88, 88, 0),
    // 1,049 organisations, 375 of them in both schemas.
    sample("ror_json", &[Ror], 1_049 + 375, 1_049, 0),
    sample("ror_large", &[Ror], 35_990, 35_990, 0),
    sample("seed-author", &[CslJson], 40, 40, 0),
    // 35 answers with 3,957 papers and authors, many in several answers; 640 are stubs without a title or an id.
    sample(
        "semantic_scholar_json",
        &[SemanticScholar],
        3_317,
        2_665,
        640,
    ),
];

#[test]
fn every_sample_is_recognised_and_each_of_its_records_is_read_or_refused() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !data.exists() {
        println!("skipped: {} is not there", data.display());
        return;
    }
    let listed: BTreeSet<String> = SAMPLES
        .iter()
        .map(|sample| sample.name.to_owned())
        .collect();
    let there: BTreeSet<String> = std::fs::read_dir(&data)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md" && !name.ends_with(".enc"))
        .collect();
    assert_eq!(there, listed);
    let found: Vec<String> = SAMPLES.iter().map(|sample| read(&data, sample)).collect();
    let expected: Vec<String> = SAMPLES.iter().map(Sample::told).collect();
    assert_eq!(found, expected);
}

impl Sample {
    fn told(&self) -> String {
        let Self {
            name,
            formats,
            records,
            different,
            refused,
        } = self;
        format!("{name}: {formats:?}: {records} records, {different} different, {refused} refused")
    }
}

/// The same sentence of what was found.
fn read(data: &Path, sample: &Sample) -> String {
    let mut formats = BTreeSet::new();
    let mut keys = HashSet::new();
    let (mut records, mut refused) = (0, 0);
    for source in open(&[data.join(sample.name)], None, &std::env::temp_dir()) {
        let source = source.unwrap_or_else(|error| panic!("{error}"));
        formats.insert(source.format.expect("no sample is refused whole"));
        for record in source.records {
            match record {
                Ok(record) => {
                    records += 1;
                    keys.insert(key(record));
                }
                Err(error) => {
                    assert_eq!(error.extent, Extent::Record, "{error}");
                    refused += 1;
                }
            }
        }
    }
    let formats: Vec<Format> = formats.into_iter().collect();
    let (name, different) = (sample.name, keys.len());
    format!("{name}: {formats:?}: {records} records, {different} different, {refused} refused")
}

/// What names a record.
fn key(record: Record) -> (&'static str, String, String) {
    match record {
        Record::Work(work) => ("work", work.source, work.record_key),
        Record::Person(person) => ("person", person.source, person.record_key),
        Record::Institution(institution) => {
            ("institution", institution.source, institution.record_key)
        }
        Record::Topic(topic) => ("topic", topic.scheme, topic.code),
        Record::Deleted { source, record_key } => ("deleted", source, record_key),
    }
}
