//! A text with islands, or one made from the bytes, read as everything it could be.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pipewright_syntax::fuzzing::check_island_text(data));
