#![no_main]

use bzpeer_fuzz::ingest::formats::dblp;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(dblp::read, bytes));
