//! A stream of the line protocol.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pipewright_cli::fuzzing::check_lines(data));
