#![no_main]

use bzpeer_fuzz::ingest::formats::datacite;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(datacite::read, bytes));
