//! A file, changed by lines, whose scalars lead back to their bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pipewright_yaml::fuzzing::check_maps(text));
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    pipewright_fuzz::by_lines(data, size, max_size, seed)
});
