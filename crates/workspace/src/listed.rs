//! Lists of paths, as other programs write them.

use std::path::PathBuf;

/// The paths of a list: between zero bytes where there is one, otherwise one on each line. Empty ones are left out.
pub(crate) fn paths(list: &[u8]) -> Vec<PathBuf> {
    let separator = if list.contains(&0) { 0 } else { b'\n' };
    let names = list.split(|byte| *byte == separator);
    let names = names.map(|name| match separator {
        0 => name,
        _ => name.strip_suffix(b"\r").unwrap_or(name),
    });
    names.filter(|name| !name.is_empty()).map(path).collect()
}

#[cfg(unix)]
fn path(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;

    std::ffi::OsStr::from_bytes(name).into()
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    String::from_utf8_lossy(name).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_lines_or_zero_bytes() {
        let found = |list: &[u8]| -> Vec<String> {
            let paths = paths(list).into_iter();
            paths.map(|path| path.display().to_string()).collect()
        };
        assert_eq!(
            found(b"a.yaml\nb c.yaml\r\n\nd"),
            ["a.yaml", "b c.yaml", "d"]
        );
        assert_eq!(found(b"a\nb\0c\r\0"), ["a\nb", "c\r"]);
        assert_eq!(found(b""), Vec::<String>::new());
    }
}
