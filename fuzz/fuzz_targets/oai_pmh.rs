#![no_main]

use bzpeer_fuzz::ingest::formats::oai_pmh;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(oai_pmh::read, bytes));
