//! What must hold for every file, for the fuzz target `pipeline` and the tests that replay its seeds.

use pipewright_source::{FileId, SourceFile, Span};

use crate::{Options, analyse, check};

/// Takes a text the whole way from bytes to findings.
///
/// # Panics
/// Where a finding, a related place or an edit does not stand inside the text on the bounds of characters, or where the
/// findings are not in order.
pub fn check_file(text: &str) {
    let file = SourceFile::new("fuzz.yaml", text);
    let options =
        Options::new::<&str>(&[], &[], true).expect("no rule is named, so none is unknown");
    let findings = check(&analyse(FileId(0), &file), &file, &options);
    let inside = |span: Span| text.get(span.range.to_usize()).is_some();
    for finding in &findings {
        assert!(inside(finding.span), "{finding:?}");
        assert!(
            finding.related.iter().all(|related| inside(related.span)),
            "{finding:?}"
        );
        let mut edits = finding.fixes.iter().flat_map(|fix| &fix.edits);
        assert!(edits.all(|edit| inside(edit.span)), "{finding:?}");
    }
    assert!(findings.is_sorted_by_key(|finding| (finding.span.range.start(), finding.rule)));
}
