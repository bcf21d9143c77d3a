//! How the fuzz targets change files.

use pipewright_lint::fuzzing::mutate;
use pipewright_syntax::fuzzing::{Bytes, scattered};

/// Changes the first `size` bytes of `data` by lines, or every fourth time as libFuzzer does. Returns the new size.
pub fn by_lines(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    if seed.is_multiple_of(4) {
        return libfuzzer_sys::fuzzer_mutate(data, size, max_size);
    }
    let text = String::from_utf8_lossy(&data[..size]).into_owned();
    let bytes = scattered(u64::from(seed));
    let mut changed = mutate(&text, &mut Bytes::new(&bytes));
    let mut length = changed.len().min(max_size);
    while !changed.is_char_boundary(length) {
        length -= 1;
    }
    changed.truncate(length);
    data[..length].copy_from_slice(changed.as_bytes());
    length
}
