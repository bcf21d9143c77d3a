//! How far a search reads beyond the match it finds.

use regex_syntax::hir::{Hir, HirKind};

/// The longest beginning of a match that may be read in vain before it is given up, in bytes.
const MAX_BEGINNING: usize = 1024;

/// Whether a search reads little more than up to the end of the match it finds: nothing repeats without end but at the end of
/// the pattern, where each repetition could be the last. `[^a-z]`, `\s+` and `a[0-9]*|b` are such, `.*a|b` is not. What
/// `regex-syntax` does not know is not.
pub(super) fn ends_with_its_match(pattern: &str) -> bool {
    regex_syntax::parse(pattern).is_ok_and(|hir| ends_with_match(&hir))
}

fn ends_with_match(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => true,
        HirKind::Repetition(repetition) => is_short(&repetition.sub),
        HirKind::Capture(capture) => ends_with_match(&capture.sub),
        HirKind::Concat(parts) => match parts.split_last() {
            Some((last, before)) => before.iter().all(is_short) && ends_with_match(last),
            None => true,
        },
        HirKind::Alternation(branches) => branches.iter().all(ends_with_match),
    }
}

fn is_short(hir: &Hir) -> bool {
    let longest = hir.properties().maximum_len();
    longest.is_some_and(|longest| longest <= MAX_BEGINNING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_may_repeat_without_end() {
        for pattern in [
            "[^a-z]",
            r"\s+",
            "a[0-9]*|b",
            "(ab)+",
            "^x{2,}",
            "x??",
            "a|(b|c+)",
            "",
        ] {
            assert!(ends_with_its_match(pattern), "{pattern}");
        }
        for pattern in [
            ".*a|b", "a+b", "(.*)x", "(?=.*y)x", "(a*)*b", r"(a+)\1", "x{2000}y",
        ] {
            assert!(!ends_with_its_match(pattern), "{pattern}");
        }
    }
}
