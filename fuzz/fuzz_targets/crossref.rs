#![no_main]

use bzpeer_fuzz::ingest::formats::crossref;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(crossref::read, bytes));
