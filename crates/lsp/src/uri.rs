//! Between the URIs of the protocol and paths.

use std::path::PathBuf;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What is escaped in the path of a URI: everything but letters, digits, `/` and the marks that stand for themselves.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The path of a `file` URI of this machine; `None` for any other.
pub(crate) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.split(['?', '#']).next()?;
    let start = rest.find('/')?;
    let (host, path) = rest.split_at(start);
    if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8().ok()?;
    if path.contains('\0') {
        return None;
    }
    let path = match path.as_bytes() {
        [b'/', drive, b':', ..] if cfg!(windows) && drive.is_ascii_alphabetic() => &path[1..],
        _ => &path,
    };
    Some(PathBuf::from(path))
}

/// The `file` URI of an absolute path with `/` between its parts.
pub(crate) fn of_path(path: &str) -> String {
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", utf8_percent_encode(path, ESCAPED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_there_and_back() {
        for path in ["/a/b c.yaml", "/ä/😀#?%.yaml", "/a/[b]/~c-d_e.yaml"] {
            let uri = of_path(path);
            assert!(uri.is_ascii() && !uri.contains('#'), "{uri}");
            assert_eq!(super::path(&uri), Some(PathBuf::from(path)));
        }
        assert_eq!(path("file://localhost/a%20b"), Some(PathBuf::from("/a b")));
        for other in [
            "untitled:Untitled-1",
            "file://server/share/a",
            "file:",
            "file:///%ff",
            "file:///a%00",
        ] {
            assert_eq!(path(other), None, "{other}");
        }
    }
}
