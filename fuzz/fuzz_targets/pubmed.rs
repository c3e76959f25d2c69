#![no_main]

use bzpeer_fuzz::ingest::formats::pubmed;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(pubmed::read, bytes));
