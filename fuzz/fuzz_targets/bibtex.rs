#![no_main]

use bzpeer_fuzz::ingest::formats::bibtex;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(bibtex::read, bytes));
