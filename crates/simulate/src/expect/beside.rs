//! Paths beside a file.

/// The path that a text in the file `of` means, with `/` between its parts and without `.` and `..` where that can be
/// told from the names.
///
/// ```
/// use pipewright_simulate::expect::beside;
/// assert_eq!(beside("ci/more/a.test.yaml", "../release.yaml"), "ci/release.yaml");
/// assert_eq!(beside("a.test.yaml", "./x.yaml"), "x.yaml");
/// assert_eq!(beside("ci/a.test.yaml", "../../x.yaml"), "../x.yaml");
/// assert_eq!(beside("ci/a.test.yaml", "/x.yaml"), "/x.yaml");
/// assert_eq!(beside("a.test.yaml", "."), ".");
/// ```
pub fn beside(of: &str, path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let folder = of.rsplit_once('/').map(|(folder, _)| folder);
    let is_absolute = of.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    let all = folder.into_iter().flat_map(|folder| folder.split('/'));
    for part in all.chain(path.split('/')) {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (is_absolute, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}
