#![no_main]

use bzpeer_fuzz::ingest::formats::openalex;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(openalex::read, bytes));
