//! Messages to the language server, one a line.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pipewright_lsp::fuzzing::check_messages(data));
