//! A file, changed by lines and broken at one of them, read all the same.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pipewright_yaml::fuzzing::check_recovery(data));
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    pipewright_fuzz::by_lines(data, size, max_size, seed)
});
