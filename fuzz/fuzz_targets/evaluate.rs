//! Any text, run as an expression and as a script; behind a zero byte the context as JSON.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pipewright_jexl::fuzzing::check_program(data));
