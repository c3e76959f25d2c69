#![no_main]

use bzpeer_fuzz::ingest::formats::orcid_xml;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(orcid_xml::read, bytes));
