//! Line breaks of what a fix writes.

use std::borrow::Cow;

use pipewright_source::SourceFile;

/// A text with the line breaks of the line of a file that stands at byte `at`, or of the one before where it is the
/// last.
pub(super) fn adapted<'t>(text: &'t str, file: &SourceFile, at: usize) -> Cow<'t, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let own = file
        .text()
        .get(at..)
        .and_then(|rest| rest.find('\n').map(|end| at + end));
    let end = own.or_else(|| file.text().get(..at)?.rfind('\n'));
    let is_wide = end.is_some_and(|end| file.text()[..end].ends_with('\r'));
    if is_wide {
        Cow::Owned(text.replace("\r\n", "\n").replace('\n', "\r\n"))
    } else {
        Cow::Borrowed(text)
    }
}
