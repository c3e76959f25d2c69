#![no_main]

use bzpeer_fuzz::ingest::formats::arxiv_lines;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(arxiv_lines::read, bytes));
