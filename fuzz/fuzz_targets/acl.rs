#![no_main]

use bzpeer_fuzz::ingest::formats::acl;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::records(acl::read, bytes));
