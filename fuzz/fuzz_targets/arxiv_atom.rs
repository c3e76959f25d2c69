#![no_main]

use bzpeer_fuzz::ingest::formats::arxiv_atom;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(arxiv_atom::read, bytes));
