#![no_main]

use bzpeer_fuzz::ingest::csl_json;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(csl_json::read, bytes));
