#![no_main]

use bzpeer_fuzz::ingest::formats::ror;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(ror::read, bytes));
