//! A text, or a tree made from the bytes, printed, and read again to the same tree.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pipewright_syntax::fuzzing::check_printing(data));
