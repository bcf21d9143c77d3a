//! A text and values that may refer to each other, evaluated, rendered and resolved.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pipewright_engine::fuzzing::check_template(data));
