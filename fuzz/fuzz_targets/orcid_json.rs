#![no_main]

use bzpeer_fuzz::ingest::formats::orcid_json;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(orcid_json::read, bytes));
