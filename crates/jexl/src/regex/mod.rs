//! Java regular expressions.
//!
//! `translate` reads the Java dialect and writes the same language in the dialect of `fancy-regex`; what Java refuses
//! is an error of kind `pattern-syntax`. This module finds, replaces and splits as `String` and `Matcher` do. What an
//! automaton can decide, `regex-automata` decides in one pass; the rest is tried way by way. Either pays for what it
//! reads while it reads, so that one budget holds for a call and for the question. Lone surrogates in a text match as
//! U+FFFD.

#[cfg(test)]
mod agreement;
mod class;
mod code_point;
mod compile;
mod escape;
mod group;
mod linear;
mod machine;
mod pattern;
mod program;
mod property;
mod quantifier;
mod reader;
mod reading;
mod replacement;
mod search;
mod set;
mod shape;
mod trail;
mod translate;
mod word;

use crate::budget;
use crate::value::{JavaString, TextBuilder};
use crate::{ErrorKind, Failure, OpResult};

pub use pattern::Pattern;
use pattern::Use;
use replacement::Replacement;
pub use search::Match;

/// `text.matches(pattern)`: whether the whole text matches.
pub fn matches(pattern: &JavaString, text: &JavaString) -> OpResult<bool> {
    Pattern::cached(pattern, Use::Whole)?.is_match(&text.to_str())
}

/// `text.replaceAll(pattern, replacement)`, or `replaceFirst` with `only_first`.
pub fn replace(
    pattern: &JavaString,
    text: &JavaString,
    replacement: &JavaString,
    only_first: bool,
) -> OpResult<JavaString> {
    let pattern = Pattern::new(pattern)?;
    let most = if only_first { 1 } else { usize::MAX };
    budget::question(|| replace_up_to(most, &pattern, text, &replacement.to_str()))
}

fn replace_up_to(
    most: usize,
    pattern: &Pattern,
    text: &JavaString,
    replacement: &str,
) -> OpResult<JavaString> {
    let source = text.to_str();
    let mut search = pattern.search(&source);
    let mut out = TextBuilder::default();
    let mut copied = 0;
    let mut parsed = None;
    let mut count = 0;
    while count < most
        && let Some(found) = search.next()?
    {
        let replacement = match &parsed {
            Some(replacement) => replacement,
            // Java reads the replacement when it first needs it: without a match a wrong one is no error.
            None => parsed.insert(Replacement::parse(replacement, pattern, &found)?),
        };
        let range = found.range();
        out.push(&source[copied..range.start])?;
        replacement.write(&source, &found, &mut out)?;
        copied = range.end;
        count += 1;
    }
    if count == 0 {
        return Ok(text.clone());
    }
    out.push(&source[copied..])?;
    Ok(out.finish())
}

/// `text.split(pattern, limit)`: with limit 0 empty texts at the end are dropped, a positive limit is the most parts
/// there can be.
pub fn split(pattern: &JavaString, text: &JavaString, limit: i32) -> OpResult<Vec<JavaString>> {
    let pattern = Pattern::new(pattern)?;
    let most = usize::try_from(limit).ok().filter(|most| *most > 0);
    let mut parts = budget::question(|| split_up_to(most, &pattern, text))?;
    if limit == 0 && parts.len() > 1 {
        while parts.last().is_some_and(JavaString::is_empty) {
            parts.pop();
        }
    }
    Ok(parts)
}

fn split_up_to(
    most: Option<usize>,
    pattern: &Pattern,
    text: &JavaString,
) -> OpResult<Vec<JavaString>> {
    let source = text.to_str();
    let mut search = pattern.search(&source);
    let mut parts: Vec<JavaString> = Vec::new();
    let mut copied = 0;
    while most.is_none_or(|most| parts.len() + 1 < most)
        && let Some(found) = search.next()?
    {
        let range = found.range();
        if range.end == 0 {
            continue;
        }
        budget::grow(size_of::<JavaString>() + range.start - copied)?;
        parts.push(source[copied..range.start].into());
        copied = range.end;
    }
    if copied == 0 {
        return Ok(vec![text.clone()]);
    }
    parts.push(source[copied..].into());
    Ok(parts)
}

/// A failure of kind `pattern-syntax`.
fn syntax(message: impl std::fmt::Display) -> Failure {
    Failure::new(
        ErrorKind::PatternSyntax,
        format!("the regular expression is not valid: {message}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_match(pattern: &str, text: &str) -> bool {
        matches(&pattern.into(), &text.into()).unwrap()
    }

    fn replaced(text: &str, pattern: &str, replacement: &str) -> String {
        replace(&pattern.into(), &text.into(), &replacement.into(), false)
            .unwrap()
            .to_string()
    }

    fn parts(text: &str, pattern: &str, limit: i32) -> Vec<String> {
        let parts = split(&pattern.into(), &text.into(), limit).unwrap();
        parts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_whole_text_must_match() {
        for (pattern, text, expected) in [
            ("b", "abc", false),
            ("a|ab", "ab", true),
            ("a.c", "a\nc", false),
            ("(?s)a.c", "a\nc", true),
            (r"\Qa.c\E+", "a.ccc", true),
            (r"\p{Alpha}+\d{2,}", "abc123", true),
            (r"\p{javaLowerCase}+", "é", true),
            (r"\p{Lower}+", "é", false),
            (r"(\w)\1", "aa", true),
            (r"a++a", "aaa", false),
            (r"(?i)é", "É", false),
            (r"(?iu)é", "É", true),
            (r"(?i)abc[d-f]", "ABCE", true),
            (r"^abc$", "abc", true),
            (r"[a-z&&[^b]]+", "acd", true),
            (r"[a-z&&[^b]]+", "abc", false),
            (r"(?<!-)foo(?=bar).*", "foobar", true),
            (r"\d", "٣", false),
            (r"(?x) a b # c", "ab", true),
            (r"}]", "}]", true),
            (r"(a)?\1b", "b", false),
            (r"a\x41\u0042\103?", "aABC", false),
            ("x{2}{3}", "xx", true),
            ("x{2}{3}", "xxxxxx", false),
            ("x*{2}", "xxx", true),
            ("(?x)x * ?", "xx", true),
            ("^?(?=a)*a(){3}", "a", true),
            ("(?!b)+a(?<=b)?+", "a", true),
        ] {
            assert_eq!(is_match(pattern, text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn what_java_refuses_is_a_syntax_error() {
        for pattern in [
            "[",
            "(",
            ")",
            "*a",
            "a**",
            "a{",
            "{",
            "${x}",
            "a{2,1}",
            r"\",
            r"\y",
            "[b-a]",
            "(?<n>a)(?<n>b)",
            r"\k<x>",
            r"\p{Nope}",
            "(?<=a+)b",
            "[]",
            "(?z)",
            "a{1",
            r"\x4",
            r"[a-\d]",
            "(?<1>a)",
            r"\c",
        ] {
            let failure = matches(&pattern.into(), &"x".into()).unwrap_err();
            assert_eq!(failure.kind(), Some(ErrorKind::PatternSyntax), "{pattern}");
        }
    }

    #[test]
    fn replacing() {
        assert_eq!(replaced("abc", "x*", "-"), "-a-b-c-");
        assert_eq!(replaced("baaac", "a*", "-"), "-b--c-");
        assert_eq!(
            replaced("v1.2", r"v(\d)\.(?<minor>\d)", "$1-${minor}\\$"),
            "1-2$"
        );
        assert_eq!(replaced("a10", "(a)1", "$10"), "a00");
        assert_eq!(replaced("none", "x", "$9"), "none");
        for replacement in ["$", "$2", "\\", "${", "${x}", "$x"] {
            let failure = replace(&"(a)".into(), &"a".into(), &replacement.into(), false);
            assert_eq!(
                failure.unwrap_err().kind(),
                Some(ErrorKind::MethodFailed),
                "{replacement}"
            );
        }
    }

    #[test]
    fn splitting() {
        assert_eq!(parts("a,b,,c,,", ",", 0), ["a", "b", "", "c"]);
        assert_eq!(parts("a,b,,c,,", ",", -1), ["a", "b", "", "c", "", ""]);
        assert_eq!(parts("a,b,,c,,", ",", 2), ["a", "b,,c,,"]);
        assert_eq!(parts("", ",", 0), [""]);
        assert_eq!(parts(",", ",", 0), Vec::<String>::new());
        assert_eq!(parts("abc", "", 0), ["a", "b", "c"]);
        assert_eq!(parts("v1.2", r"\.", 0), ["v1", "2"]);
        assert_eq!(parts("v1.2", ".", 0), Vec::<String>::new());
    }

    #[test]
    fn backtracking_is_bounded() {
        let text = "a".repeat(64);
        let failure = matches(
            &r"(a|a|b\1)*+c|(?=(a+)+$)(a+)+\3b".into(),
            &text.as_str().into(),
        );
        assert!(
            matches!(failure, Ok(false)) || failure.unwrap_err().kind() == Some(ErrorKind::Limit)
        );
        let failure = matches(&r"(?:(a+)+\1)+b".into(), &text.as_str().into()).unwrap_err();
        assert_eq!(failure.kind(), Some(ErrorKind::Limit));
        let failure = matches(&"(((a{900}){900}){900})".into(), &"a".into()).unwrap_err();
        assert_eq!(failure.kind(), Some(ErrorKind::Limit));
        let deep = format!("{}a{}", "(".repeat(4000), ")".repeat(4000));
        let failure = matches(&deep.as_str().into(), &"a".into()).unwrap_err();
        assert_eq!(failure.kind(), Some(ErrorKind::Limit));
    }
}
