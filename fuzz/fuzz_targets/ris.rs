#![no_main]

use bzpeer_fuzz::ingest::formats::ris;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(ris::read, bytes));
