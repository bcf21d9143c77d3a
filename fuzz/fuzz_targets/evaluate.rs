//! A text with its context, or a program made from the bytes, run as an expression and as a script.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pipewright_jexl::fuzzing::check_program(data));
