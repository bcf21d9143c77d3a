//! Files of one project in one text, changed by lines, edited in a snapshot.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pipewright_lint::fuzzing::check_edits(text));
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    pipewright_fuzz::by_lines(data, size, max_size, seed)
});
