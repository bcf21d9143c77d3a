//! Any text, taken the whole way from YAML to findings.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pipewright_lint::fuzzing::check_file(text));
