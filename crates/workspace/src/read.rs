//! From bytes to text, with a limit.

use std::io::Read;
use std::path::Path;

use crate::ReadError;
use crate::open::{self, Links};

/// The largest file that is read: 16 MiB. The largest published pipeline is below 1 MB; the rest is room for generated
/// ones.
pub const MAX_FILE_BYTES: u64 = 16 << 20;

/// Byte order marks of UTF-16 in both orders. The one of UTF-32, little end first, begins with that of UTF-16.
const WIDE_MARKS: [&[u8]; 3] = [&[0xFF, 0xFE], &[0xFE, 0xFF], &[0x00, 0x00, 0xFE, 0xFF]];

/// Reads a regular file.
pub(crate) fn read_file(path: &Path, links: Links) -> Result<String, ReadError> {
    decode(read_bytes(path, links, MAX_FILE_BYTES)?)
}

/// Reads a stream to its end, but never more than the limit.
pub(crate) fn read_stream(stream: &mut dyn Read) -> Result<String, ReadError> {
    decode(bytes_of(stream, MAX_FILE_BYTES)?)
}

/// The bytes of a regular file of at most `limit` bytes.
pub(crate) fn read_bytes(path: &Path, links: Links, limit: u64) -> Result<Vec<u8>, ReadError> {
    bytes_of(&mut open::regular_file(path, links)?, limit)
}

/// The bytes of a stream of at most `limit` bytes.
pub(crate) fn bytes_of(stream: &mut dyn Read, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    stream.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge { limit });
    }
    Ok(bytes)
}

fn decode(bytes: Vec<u8>) -> Result<String, ReadError> {
    if WIDE_MARKS.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(ReadError::WideText);
    }
    if let Some(offset) = memchr::memchr(0, &bytes) {
        return Err(ReadError::Binary { offset });
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        ReadError::NotUtf8 {
            line: 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count(),
            byte: bytes[at],
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_says_why() {
        let cases: [(&[u8], &str); 6] = [
            (b"a: \xE9\n", "it is not UTF-8: line 1 holds the byte 0xE9"),
            (
                b"a: 1\nb: \xE9\n",
                "it is not UTF-8: line 2 holds the byte 0xE9",
            ),
            (b"\x7FELF\x02\0\0", "it is binary: byte 5 is zero"),
            (
                b"\xFF\xFEa\0",
                "it is UTF-16 or UTF-32 text, and only UTF-8 is read",
            ),
            (
                b"\xFE\xFF\0a",
                "it is UTF-16 or UTF-32 text, and only UTF-8 is read",
            ),
            (
                b"a: \xF0\x9F",
                "it is not UTF-8: line 1 holds the byte 0xF0",
            ),
        ];
        for (bytes, expected) in cases {
            let error = read_stream(&mut &*bytes).unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn the_limit_itself_is_allowed() {
        let mut stream = std::io::repeat(b'a').take(MAX_FILE_BYTES);
        assert_eq!(
            read_stream(&mut stream).unwrap().len() as u64,
            MAX_FILE_BYTES
        );
        let error = read_stream(&mut std::io::repeat(b'a')).unwrap_err();
        assert_eq!(
            error,
            ReadError::TooLarge {
                limit: MAX_FILE_BYTES
            }
        );
        assert_eq!(error.to_string(), "it is larger than 16 MiB");
    }
}
