#![no_main]

use bzpeer_fuzz::ingest::formats::semantic_scholar;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(semantic_scholar::read, bytes));
