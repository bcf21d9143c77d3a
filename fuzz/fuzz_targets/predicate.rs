//! A text, or a predicate made from the bytes, read, printed and read again.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pipewright_syntax::fuzzing::check_predicate(data));
