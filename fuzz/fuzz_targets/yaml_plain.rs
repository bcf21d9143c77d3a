//! A file, changed by lines, that the reader of plain lines reads as the parser does.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    pipewright_yaml::fuzzing::check_plain(text);
});
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    pipewright_fuzz::by_lines(data, size, max_size, seed)
});
