//! A text, or one made from the bytes, read as CEL and as a text with islands of both languages, printed and read
//! again.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pipewright_syntax::fuzzing::check_cel(data));
