#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bzpeer_fuzz::render(bytes));
