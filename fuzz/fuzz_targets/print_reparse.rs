//! Any text, read as an expression and as a script, printed, and read again to the same tree.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pipewright_syntax::fuzzing::check_print(text));
