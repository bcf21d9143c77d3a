//! Any text, read as an expression, a script, a template and a predicate.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pipewright_syntax::fuzzing::check_text(text));
